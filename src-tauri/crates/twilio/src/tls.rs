//! Encryption settings. They are built here rather than taken from a process-wide default, so that
//! neither this crate nor the program around it can surprise the other.

use crate::Error;
use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider, pki_types::CertificateDer};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// TLS 1.2 and 1.3 on ring; certificates are judged by the operating system's own rules, so that a
/// company's inspection certificate works as it does in the browser.
pub(crate) fn settings(encrypted: bool, trusted: Vec<Vec<u8>>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let setup = |error: rustls::Error| Error::Setup(error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(setup)?;
    let mut config = if encrypted {
        let verifier = verifier(trusted, provider).map_err(setup)?;
        builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth()
    } else {
        // Practice mode must also start on a computer without a certificate store.
        builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn verifier(
    trusted: Vec<Vec<u8>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    if trusted.is_empty() {
        Verifier::new(provider)
    } else {
        let trusted = trusted.into_iter().map(CertificateDer::from);
        Verifier::new_with_extra_roots(trusted, provider)
    }
}
