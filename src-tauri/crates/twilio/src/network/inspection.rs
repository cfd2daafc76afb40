//! Noticing that a connection is opened on its way: this computer trusts the certificate, and no public authority vouches for it, as
//! where a company's gateway inspects what passes. Whoever opens it reads the Auth Token and every new secret.

use parking_lot::{Mutex, MutexGuard};
use rustls::{
    CertificateError, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _},
};
use std::{collections::BTreeSet, fmt, sync::Arc};

use super::issuer::{self, Inspector};

/// See the head of the file for what it is and where it comes from.
const PUBLIC_AUTHORITIES: &[u8] = include_bytes!("../../public-authorities.pem");

/// By whom connections may be opened, and by whom they were found to be. Clones share it.
#[derive(Clone, Default)]
pub struct Inspectors(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    allowed: BTreeSet<String>,
    found: Vec<Inspector>,
}

impl Inspectors {
    /// Allows those of these identities, as [`Inspectors::allowed`] gave them.
    pub fn allow_known(&self, identities: impl IntoIterator<Item = String>) {
        self.known().allowed.extend(identities);
    }

    /// Allows whoever of this name was found to open a connection; false where nobody was.
    pub fn allow(&self, name: &str) -> bool {
        let mut known = self.known();
        let identities: Vec<String> = known
            .found
            .iter()
            .filter(|found| found.name == name)
            .map(|found| found.identity.clone())
            .collect();
        let any = !identities.is_empty();
        known.allowed.extend(identities);
        any
    }

    /// The identities of those that are allowed, to be kept.
    pub fn allowed(&self) -> Vec<String> {
        self.known().allowed.iter().cloned().collect()
    }

    pub(crate) fn allow_this(&self, inspector: &Inspector) -> bool {
        self.known().allowed.contains(&inspector.identity)
    }

    fn note(&self, inspector: &Inspector) {
        let mut known = self.known();
        if !known.found.contains(inspector) {
            known.found.push(inspector.clone());
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock()
    }
}

impl fmt::Debug for Inspectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inspectors").finish_non_exhaustive()
    }
}

/// Who was found to open one connection.
pub(crate) type Noticed = Arc<Mutex<Option<Inspector>>>;

/// What happens to a connection that somebody opens who is not allowed to.
#[derive(Clone)]
pub(crate) enum Inspected {
    /// It ends before anything is sent.
    Refused,
    /// It goes on, and who it is is written down: for a question that holds no secret.
    Noted(Noticed),
}

/// The system's verifier, with a second look at what it accepts.
pub(crate) struct Watching {
    pub system: Arc<dyn ServerCertVerifier>,
    /// The host that this is about; a proxy on the way has a certificate of its own.
    pub host: String,
    pub inspectors: Inspectors,
    pub inspected: Inspected,
    public: Arc<WebPkiServerVerifier>,
}

impl Watching {
    /// `None` where the list of public authorities cannot be read, which a test rules out.
    pub(crate) fn new(
        system: Arc<dyn ServerCertVerifier>,
        provider: Arc<CryptoProvider>,
        host: String,
        inspectors: Inspectors,
        inspected: Inspected,
    ) -> Option<Self> {
        let public = Arc::new(public_authorities());
        let public = WebPkiServerVerifier::builder_with_provider(public, provider)
            .build()
            .ok()?;
        Some(Self {
            system,
            host,
            inspectors,
            inspected,
            public,
        })
    }
}

fn public_authorities() -> RootCertStore {
    let mut authorities = RootCertStore::empty();
    let certificates = CertificateDer::pem_slice_iter(PUBLIC_AUTHORITIES).flatten();
    authorities.add_parsable_certificates(certificates);
    authorities
}

impl ServerCertVerifier for Watching {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verify = |by: &dyn ServerCertVerifier| {
            by.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        let accepted = verify(&*self.system)?;
        if server_name.to_str() != self.host.as_str() || !by_nobody_public(verify(&*self.public)) {
            return Ok(accepted);
        }
        let inspector = issuer::topmost(end_entity, intermediates);
        self.inspectors.note(&inspector);
        match &self.inspected {
            Inspected::Noted(noticed) => {
                *noticed.lock() = Some(inspector);
                Ok(accepted)
            }
            Inspected::Refused if self.inspectors.allow_this(&inspector) => Ok(accepted),
            Inspected::Refused => {
                Err(CertificateError::Other(OtherError(Arc::new(inspector))).into())
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

/// A date or a purpose on which the two judges differ is the system's to decide; only a chain that ends at nobody public counts.
fn by_nobody_public(judged: Result<ServerCertVerified, rustls::Error>) -> bool {
    matches!(
        judged,
        Err(rustls::Error::InvalidCertificate(
            CertificateError::UnknownIssuer
        ))
    )
}

impl fmt::Debug for Watching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watching").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_authority_of_the_list_can_be_read() {
        let text = std::str::from_utf8(PUBLIC_AUTHORITIES).unwrap();
        let listed = text.matches("BEGIN CERTIFICATE").count();
        assert!(listed > 100);
        assert_eq!(public_authorities().len(), listed);
    }

    #[test]
    fn only_who_was_found_can_be_allowed_and_who_is_allowed_is_known_again() {
        let inspector = |identity: &str| Inspector {
            name: "Acme Inspection".to_owned(),
            identity: identity.to_owned(),
        };
        let inspectors = Inspectors::default();
        assert!(!inspectors.allow("Acme Inspection"));
        inspectors.note(&inspector("one"));
        assert!(!inspectors.allow_this(&inspector("one")));
        assert!(inspectors.allow("Acme Inspection"));
        assert!(inspectors.allow_this(&inspector("one")));
        assert!(!inspectors.allow_this(&inspector("two")));

        let after_a_restart = Inspectors::default();
        after_a_restart.allow_known(inspectors.allowed());
        assert!(after_a_restart.allow_this(&inspector("one")));
    }
}
