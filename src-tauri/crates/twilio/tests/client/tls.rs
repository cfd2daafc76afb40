//! Certificates: whom the client believes, and what it says when it does not.

use crate::raw_server::{
    PARENT, account_json, answer_bytes, parent, parent_credentials, read_request,
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{io::AsyncWriteExt, net::TcpListener};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use twilio::{Client, Created, Error, Hosts, Timeouts};

pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate for a host, from and until years.
pub struct Certificate {
    pub host: &'static str,
    pub from: i32,
    pub until: i32,
}

pub const GOOD: Certificate = Certificate {
    host: "127.0.0.1",
    from: 2020,
    until: 2400,
};

impl Certificate {
    fn params(&self) -> CertificateParams {
        let mut params = CertificateParams::new(vec![self.host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(self.from, 1, 1);
        params.not_after = date_time_ymd(self.until, 1, 1);
        params
    }
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Made-up authority");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2400, 1, 1);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    pub fn pem(&self) -> String {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        let text = BASE64_STANDARD.encode(self.der());
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    }

    pub fn sign(&self, certificate: &Certificate) -> (CertificateDer<'static>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let signed = certificate.params().signed_by(&key, &self.0).unwrap();
        (signed.der().clone(), key)
    }
}

pub fn acceptor(certificate: CertificateDer<'static>, key: KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Serves accounts over TLS; the base address.
pub async fn serve(certificate: CertificateDer<'static>, key: KeyPair) -> String {
    serve_counting(certificate, key, Arc::default()).await
}

/// The same, and counts the requests.
pub async fn serve_counting(
    certificate: CertificateDer<'static>,
    key: KeyPair,
    requests: Arc<AtomicUsize>,
) -> String {
    let acceptor = acceptor(certificate, key);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            if let Ok(Some(_)) = read_request(&mut stream, 1).await {
                requests.fetch_add(1, Ordering::SeqCst);
                let body = account_json(PARENT, PARENT, "Main");
                let _ = stream
                    .write_all(&answer_bytes(200, &[], body.as_bytes()))
                    .await;
                let _ = stream.shutdown().await;
            }
        }
    });
    base
}

fn client(base: &str, trusted: Option<Vec<u8>>) -> Client {
    let mut builder = Client::builder(Hosts::loopback(base).unwrap(), parent_credentials())
        .timeouts(Timeouts {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(6),
            ..Timeouts::default()
        });
    if let Some(trusted) = trusted {
        builder = builder.trusting(trusted);
    }
    builder.build().unwrap()
}

async fn refused_certificate(certificate: &Certificate) -> Error {
    let authority = Authority::new();
    let (certificate, key) = authority.sign(certificate);
    let base = serve(certificate, key).await;
    let client = client(&base, Some(authority.der()));
    let error = client.create_account("Acme").await.unwrap_err();
    assert_eq!(error.created(), Created::No, "{error:?}");
    assert_eq!(client.account(&parent()).await.unwrap_err(), error);
    error
}

#[tokio::test]
async fn a_trusted_certificate_is_accepted() {
    let authority = Authority::new();
    let (certificate, key) = authority.sign(&GOOD);
    let base = serve(certificate, key).await;
    client(&base, Some(authority.der()))
        .account(&parent())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_expired_certificate_may_mean_a_wrong_clock() {
    let expired = Certificate {
        until: 2021,
        ..GOOD
    };
    assert_eq!(
        refused_certificate(&expired).await,
        Error::Certificate {
            clock_may_be_wrong: true
        }
    );
}

#[tokio::test]
async fn a_certificate_from_the_future_may_mean_a_wrong_clock() {
    let future = Certificate { from: 2399, ..GOOD };
    assert_eq!(
        refused_certificate(&future).await,
        Error::Certificate {
            clock_may_be_wrong: true
        }
    );
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let other = Certificate {
        host: "example.org",
        ..GOOD
    };
    assert_eq!(
        refused_certificate(&other).await,
        Error::Certificate {
            clock_may_be_wrong: false
        }
    );
}

#[tokio::test]
async fn a_certificate_that_vouches_for_itself_is_refused() {
    let key = KeyPair::generate().unwrap();
    let certificate = GOOD.params().self_signed(&key).unwrap().der().clone();
    let base = serve(certificate, key).await;
    let client = client(&base, None);
    let error = client.create_account("Acme").await.unwrap_err();
    assert_eq!(
        error,
        Error::Certificate {
            clock_may_be_wrong: false
        }
    );
    assert_eq!(error.created(), Created::No);
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    let (certificate, key) = Authority::new().sign(&GOOD);
    let base = serve(certificate, key).await;
    let error = client(&base, Some(Authority::new().der()))
        .account(&parent())
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::Certificate {
            clock_may_be_wrong: false
        }
    );
}

#[test]
fn nobody_else_is_trusted_to_be_twilio() {
    let error = Client::builder(Hosts::twilio(), parent_credentials())
        .trusting(Authority::new().der())
        .build()
        .unwrap_err();
    assert!(matches!(error, Error::Setup(_)), "{error:?}");
}
