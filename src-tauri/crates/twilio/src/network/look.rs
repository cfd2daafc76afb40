//! A look at why a proxy did not connect, for the check of the computer: more than the library that sends the requests tells.

use super::{Proxy, ProxyTrouble, trouble::SignInSchemes};
use rustls::pki_types::ServerName;
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;
use url::{Host, Url};

/// The most bytes of an answer's head that are read.
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 100;

/// Goes the same way once more, as far as the proxy's answer, and says what was in the way; `first`, what the failed request said,
/// where this finds nothing. Nothing is sent to `to`.
pub(crate) async fn look_why(
    proxy: &Proxy,
    first: ProxyTrouble,
    tls: rustls::ClientConfig,
    to: &Url,
    within: Duration,
) -> ProxyTrouble {
    match tokio::time::timeout(within, look(proxy, tls, to)).await {
        Ok(Some(found)) => found,
        Ok(None) => first,
        Err(_) => ProxyTrouble::TimedOut,
    }
}

/// `None` where the proxy connects, or has to be asked in another way than HTTP's.
async fn look(proxy: &Proxy, tls: rustls::ClientConfig, to: &Url) -> Option<ProxyTrouble> {
    let stream = match connect(proxy).await {
        Ok(stream) => stream,
        Err(trouble) => return Some(trouble),
    };
    match proxy.scheme() {
        super::ProxyScheme::Http => ask(proxy, stream, to).await,
        super::ProxyScheme::Https => match encrypt(proxy, stream, tls).await {
            Ok(stream) => ask(proxy, stream, to).await,
            Err(_) => Some(ProxyTrouble::NotEncrypted),
        },
        _ => None,
    }
}

async fn connect(proxy: &Proxy) -> Result<TcpStream, ProxyTrouble> {
    let port = proxy.port();
    let addresses = match proxy.host() {
        Host::Ipv4(address) => vec![(*address, port).into()],
        Host::Ipv6(address) => vec![(*address, port).into()],
        Host::Domain(name) => match tokio::net::lookup_host((name.as_str(), port)).await {
            Ok(addresses) => addresses.collect(),
            Err(_) => return Err(ProxyTrouble::NotFound),
        },
    };
    if addresses.is_empty() {
        return Err(ProxyTrouble::NotFound);
    }
    let connected = TcpStream::connect(addresses.as_slice()).await;
    connected.map_err(|_| ProxyTrouble::NotThere)
}

async fn encrypt(
    proxy: &Proxy,
    stream: TcpStream,
    mut tls: rustls::ClientConfig,
) -> io::Result<impl AsyncRead + AsyncWrite + Unpin> {
    tls.alpn_protocols.clear();
    let name = match proxy.host() {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(io::Error::other)?,
        Host::Ipv4(address) => ServerName::from(std::net::IpAddr::from(*address)),
        Host::Ipv6(address) => ServerName::from(std::net::IpAddr::from(*address)),
    };
    TlsConnector::from(Arc::new(tls))
        .connect(name, stream)
        .await
}

async fn ask(
    proxy: &Proxy,
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    to: &Url,
) -> Option<ProxyTrouble> {
    let (host, port) = (to.host_str()?, to.port_or_known_default()?);
    let mut request =
        format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n").into_bytes();
    if let Some(authorization) = proxy.authorization() {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(authorization.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    if stream.write_all(&request).await.is_err() {
        return Some(ProxyTrouble::NotAProxy);
    }
    let mut head = Vec::new();
    loop {
        match judge(proxy, &head) {
            Judged::Whole(trouble) => return trouble,
            Judged::Unreadable => return Some(ProxyTrouble::NotAProxy),
            Judged::More if head.len() >= LONGEST_HEAD => return Some(ProxyTrouble::NotAProxy),
            Judged::More => {}
        }
        match stream.read_buf(&mut head).await {
            Ok(length) if length > 0 => {}
            _ => return Some(ProxyTrouble::NotAProxy),
        }
    }
}

enum Judged {
    More,
    Unreadable,
    Whole(Option<ProxyTrouble>),
}

fn judge(proxy: &Proxy, head: &[u8]) -> Judged {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Judged::More,
        Err(_) => return Judged::Unreadable,
    }
    let Some(status) = response.code else {
        return Judged::Unreadable;
    };
    let offered = || {
        let challenges = response
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case("Proxy-Authenticate"));
        SignInSchemes::offered(
            challenges.filter_map(|header| std::str::from_utf8(header.value).ok()),
        )
    };
    Judged::Whole(match status {
        200..=299 => None,
        407 if proxy.has_sign_in() => Some(ProxyTrouble::SignInRefused(offered())),
        407 => Some(ProxyTrouble::WantsSignIn(offered())),
        502..=504 => Some(ProxyTrouble::TwilioNotReached),
        status => Some(ProxyTrouble::Refused {
            status: Some(status),
        }),
    })
}
