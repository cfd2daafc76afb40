//! Encryption settings. They are built here rather than taken from a process-wide default, so that
//! neither this crate nor the program around it can surprise the other.

use crate::Error;
use rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// Who vouches for a server.
#[derive(Debug, Clone)]
pub(crate) enum Trust {
    /// Whom the operating system trusts, judged by its own rules, so that a company's inspection
    /// certificate works as it does in the browser.
    System,
    /// These authorities (DER) and nobody else; none where nothing is encrypted, so that practice
    /// mode also starts on a computer without a certificate store.
    Only(Vec<Vec<u8>>),
}

/// TLS 1.2 and 1.3 on ring.
pub(crate) fn settings(trust: Trust) -> Result<ClientConfig, Error> {
    build(trust).map_err(|error| Error::Setup(error.to_string()))
}

fn build(trust: Trust) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    let mut config = match trust {
        Trust::System => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier::new(provider)?))
            .with_no_client_auth(),
        Trust::Only(authorities) => {
            let mut roots = RootCertStore::empty();
            for authority in authorities {
                roots.add(CertificateDer::from(authority))?;
            }
            builder.with_root_certificates(roots).with_no_client_auth()
        }
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
