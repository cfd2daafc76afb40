//! Encryption settings. They are built here rather than taken from a process-wide default, so that
//! neither this crate nor the program around it can surprise the other.

use crate::{
    Environment, Error, Inspectors,
    network::{Inspected, Watching},
};
use rustls::{
    ClientConfig, RootCertStore, client::danger::ServerCertVerifier, crypto::CryptoProvider,
    pki_types::CertificateDer,
};
use std::sync::Arc;

/// Who vouches for a server.
#[derive(Clone)]
pub(crate) enum Trust {
    /// Whom the operating system trusts, judged by its own rules, so that a company's inspection
    /// certificate works as it does in the browser, where its user allows that.
    System {
        environment: Environment,
        /// Who answers for whom is looked at twice for this host.
        host: String,
        inspectors: Inspectors,
        inspected: Inspected,
    },
    /// These authorities (DER) and nobody else; none where nothing is encrypted, so that practice
    /// mode also starts on a computer without a certificate store.
    Only(Vec<Vec<u8>>),
}

/// TLS 1.2 and 1.3 on ring.
pub(crate) fn settings(trust: Trust) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(setup)?;
    let mut config = match trust {
        Trust::System {
            environment,
            host,
            inspectors,
            inspected,
        } => {
            let system = systems_verifier(&environment, Arc::clone(&provider))?;
            let watching = Watching::new(system, provider, host, inspectors, inspected);
            let watching =
                watching.ok_or_else(|| Error::Setup("no list of public authorities".to_owned()))?;
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(watching))
                .with_no_client_auth()
        }
        Trust::Only(authorities) => {
            let mut roots = RootCertStore::empty();
            for authority in authorities {
                roots.add(CertificateDer::from(authority)).map_err(setup)?;
            }
            builder.with_root_certificates(roots).with_no_client_auth()
        }
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The system's own judgement.
#[cfg(any(windows, target_os = "macos"))]
fn systems_verifier(
    _: &Environment,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let verifier = rustls_platform_verifier::Verifier::new(provider).map_err(setup)?;
    Ok(Arc::new(verifier))
}

/// The system has a list of authorities and no judgement of its own.
#[cfg(not(any(windows, target_os = "macos")))]
fn systems_verifier(
    environment: &Environment,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let authorities = Arc::new(crate::network::trusted_authorities(environment)?);
    let verifier =
        rustls::client::WebPkiServerVerifier::builder_with_provider(authorities, provider)
            .build()
            .map_err(|error| Error::Setup(error.to_string()))?;
    Ok(verifier)
}

fn setup(error: rustls::Error) -> Error {
    Error::Setup(error.to_string())
}
