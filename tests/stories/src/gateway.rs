use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use parking_lot::Mutex;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::{Failure, Practice, Told};

/// The host that its certificate is for.
const HOST: &str = "127.0.0.1";

/// An authority that no public list has, as a company makes one for its own computers.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A company's gateway on the way to the made-up Twilio: it opens each connection, reads what passes, and passes it on.
pub struct Gateway {
    base: String,
    read: Arc<Mutex<Vec<u8>>>,
    passing: JoinHandle<()>,
}

impl Authority {
    /// One of this name.
    pub fn named(name: &str) -> Told<Self> {
        let making = |error| Failure::from_error("make an authority", error);
        let mut params = CertificateParams::new(Vec::new()).map_err(making)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        within_its_time(&mut params);
        let key = KeyPair::generate().map_err(making)?;
        CertifiedIssuer::self_signed(params, key)
            .map(Self)
            .map_err(making)
    }

    /// Writes these into one file, as a computer's list of those that it trusts.
    pub fn list(all: &[&Self], to: &Path) -> Told {
        let list: String = all
            .iter()
            .map(|authority| {
                let text = BASE64_STANDARD.encode(authority.0.der());
                format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
            })
            .collect();
        std::fs::write(to, list)
            .map_err(|error| Failure::from_error("write the list of authorities", error))
    }

    fn acceptor(&self) -> Told<TlsAcceptor> {
        let making = |error| Failure::from_error("make a certificate", error);
        let mut params = CertificateParams::new(vec![HOST.to_owned()]).map_err(making)?;
        within_its_time(&mut params);
        let key = KeyPair::generate().map_err(making)?;
        let certificate = params.signed_by(&key, &self.0).map_err(making)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config =
            ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .and_then(|builder| {
                    builder
                        .with_no_client_auth()
                        .with_single_cert(vec![certificate.der().clone()], key)
                })
                .map_err(|error| Failure::from_error("serve a certificate", error))?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn within_its_time(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2400, 1, 1);
}

impl Gateway {
    /// Starts one before this Twilio, with a certificate by this authority.
    pub async fn start(authority: &Authority, practice: &Practice) -> Told<Self> {
        let acceptor = authority.acceptor()?;
        let starting = |error| Failure::from_error("start the gateway", error);
        let listener = TcpListener::bind((HOST, 0)).await.map_err(starting)?;
        let base = format!("https://{}", listener.local_addr().map_err(starting)?);
        let to = practice.address()?;
        let read = Arc::<Mutex<Vec<u8>>>::default();
        let heard = Arc::clone(&read);
        let passing = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass(acceptor.clone(), stream, to, Arc::clone(&heard)));
            }
        });
        Ok(Self {
            base,
            read,
            passing,
        })
    }

    /// The address, as `--twilio` takes it.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Everything that it was sent so far, as it could read it.
    pub fn read(&self) -> String {
        let read = self.read.lock();
        String::from_utf8_lossy(&read).into_owned()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.passing.abort();
    }
}

/// One connection. Where anything fails it ends, as any gateway's does.
async fn pass(acceptor: TlsAcceptor, from: TcpStream, to: SocketAddr, heard: Arc<Mutex<Vec<u8>>>) {
    let (Ok(opened), Ok(beyond)) = (acceptor.accept(from).await, TcpStream::connect(to).await)
    else {
        return;
    };
    let (mut asked, mut answered) = split(opened);
    let (mut answers, mut asks) = beyond.into_split();
    let back = tokio::spawn(async move {
        // Whoever asked may be gone by now.
        let _ = copy(&mut answers, &mut answered).await;
        let _ = answered.shutdown().await;
    });
    let mut piece = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = asked.read(&mut piece).await {
        let sent = piece.get(..length).unwrap_or_default();
        heard.lock().extend_from_slice(sent);
        if asks.write_all(sent).await.is_err() {
            break;
        }
    }
    drop(asks);
    // It ends by itself once there is nothing more to answer.
    let _ = back.await;
}
