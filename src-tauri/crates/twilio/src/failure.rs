//! From what the network library reports to what happened.

use crate::{Error, Inspector, Proxy, ProxyTrouble, network};
use rustls::CertificateError;
use std::{error::Error as StdError, io};

/// The same as [`sort`] for a request that was to go through this proxy, if through any.
pub(crate) fn sort_through(error: reqwest::Error, proxy: Option<&Proxy>) -> Error {
    match (sort(error), proxy) {
        (
            Error::TimedOut {
                request_sent: false,
            },
            Some(_),
        ) => Error::Proxy {
            trouble: ProxyTrouble::TimedOut,
            detail: String::new(),
        },
        (
            Error::Proxy {
                trouble: ProxyTrouble::WantsSignIn(schemes),
                detail,
            },
            Some(proxy),
        ) if proxy.has_sign_in() => Error::Proxy {
            trouble: ProxyTrouble::SignInRefused(schemes),
            detail,
        },
        (error, _) => error,
    }
}

/// Sorts a failure of sending a request or reading its answer.
///
/// Everything up to an established connection is known not to have sent a byte of the request; all
/// else may have.
pub(crate) fn sort(error: reqwest::Error) -> Error {
    let error = error.without_url();
    if error.is_builder() {
        return Error::Setup(describe(&error));
    }
    let request_sent = !error.is_connect();
    if error.is_timeout() {
        return Error::TimedOut { request_sent };
    }
    let detail = describe(&error);
    if request_sent {
        return Error::ConnectionLost {
            request_sent,
            detail,
        };
    }
    // Before the certificate: a proxy can have one as well.
    if let Some(trouble) = network::trouble(causes(&error)) {
        return Error::Proxy { trouble, detail };
    }
    if let Some(tls) = find::<rustls::Error>(&error) {
        return match tls {
            rustls::Error::InvalidCertificate(reason) => match inspector(reason) {
                Some(by) => Error::Inspected { by },
                None => Error::Certificate {
                    clock_may_be_wrong: clock_may_be_wrong(reason),
                },
            },
            _ => Error::EncryptionFailed { detail },
        };
    }
    if error.is_dns() {
        return Error::Offline { detail };
    }
    match find::<io::Error>(&error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => Error::ConnectionRefused { detail },
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof,
        ) => Error::ConnectionLost {
            request_sent,
            detail,
        },
        _ => Error::Offline { detail },
    }
}

/// Who opens the connection on its way, where it ended for that.
fn inspector(reason: &CertificateError) -> Option<Inspector> {
    match reason {
        CertificateError::Other(other) => other.0.downcast_ref::<Inspector>().cloned(),
        _ => None,
    }
}

/// Expired or not yet valid. Apple's verifier names these only by the number at the end of its text
/// (`errSecCertificateExpired`, `errSecCertificateNotValidYet`).
fn clock_may_be_wrong(reason: &CertificateError) -> bool {
    match reason {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => true,
        CertificateError::Other(other) => {
            let text = other.0.to_string();
            text.ends_with(": -67818") || text.ends_with(": -67819")
        }
        _ => false,
    }
}

/// The chain of causes. An `io::Error` that wraps another error hides it from `source`, so it is opened.
fn causes<'a>(
    error: &'a reqwest::Error,
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> + Clone {
    let outermost: &'a (dyn StdError + 'static) = error;
    std::iter::successors(Some(outermost), |&cause| {
        let wrapped = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match wrapped {
            Some(inner) => Some(inner),
            None => cause.source(),
        }
    })
}

/// The innermost cause of a type: outer layers wrap the one that says what happened.
fn find<E: StdError + 'static>(error: &reqwest::Error) -> Option<&E> {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<E>())
        .last()
}

fn describe(error: &reqwest::Error) -> String {
    let mut texts: Vec<String> = causes(error).map(ToString::to_string).collect();
    texts.dedup();
    texts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Created;
    use reqwest::dns::{Name, Resolve, Resolving};
    use rustls::OtherError;
    use std::{sync::Arc, time::Duration};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    /// A host name that no test ever looks up.
    const TWILIO: &str = "https://api.twilio.example/";

    fn builder() -> reqwest::ClientBuilder {
        let nobody = crate::tls::Trust::Only(Vec::new());
        let tls = crate::tls::settings(nobody).unwrap();
        reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .timeout(Duration::from_secs(2))
    }

    async fn through_proxy(proxy: String) -> Error {
        let proxy = reqwest::Proxy::all(proxy).unwrap();
        let client = builder().proxy(proxy).build().unwrap();
        sort(client.post(TWILIO).send().await.unwrap_err())
    }

    async fn through_proxy_that_answers(answer: &'static [u8]) -> Error {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let length = stream.read(&mut request).await.unwrap();
            assert!(request[..length].starts_with(b"CONNECT api.twilio.example:443"));
            stream.write_all(answer).await.unwrap();
        });
        through_proxy(address).await
    }

    #[tokio::test]
    async fn a_proxy_that_does_not_connect_is_named_and_nothing_was_sent() {
        for answer in [
            b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".as_slice(),
            b"HTTP/1.1 403 Forbidden\r\n\r\n",
            b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
            b"",
        ] {
            let error = through_proxy_that_answers(answer).await;
            assert!(matches!(error, Error::Proxy { .. }), "{error:?}");
            assert_eq!(error.created(), Created::No);
        }
    }

    #[tokio::test]
    async fn a_proxy_that_is_not_there_is_named() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let error = through_proxy(address).await;
        assert!(matches!(error, Error::Proxy { .. }), "{error:?}");
        assert_eq!(error.created(), Created::No);
    }

    struct NoSuchName;

    impl Resolve for NoSuchName {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(std::future::ready(Err("no such name".into())))
        }
    }

    #[tokio::test]
    async fn a_name_that_is_not_found_means_offline_and_nothing_was_sent() {
        let client = builder()
            .no_proxy()
            .dns_resolver(Arc::new(NoSuchName))
            .build()
            .unwrap();
        let error = sort(client.post(TWILIO).send().await.unwrap_err());
        let Error::Offline { detail } = &error else {
            panic!("{error:?}");
        };
        assert!(!detail.contains("twilio.example"), "{detail}");
        assert!(detail.contains("no such name"), "{detail}");
        assert_eq!(error.created(), Created::No);
    }

    #[test]
    fn expiry_is_recognised_in_every_systems_words() {
        let other = |text: &str| {
            let error: Box<dyn StdError + Send + Sync> = text.into();
            CertificateError::Other(OtherError(Arc::from(error)))
        };
        for reason in [
            CertificateError::Expired,
            CertificateError::NotValidYet,
            other("“api.twilio.com” certificate is expired: -67818"),
            other("“api.twilio.com” certificate is not valid yet: -67819"),
        ] {
            assert!(clock_may_be_wrong(&reason), "{reason:?}");
        }
        for reason in [
            CertificateError::UnknownIssuer,
            CertificateError::NotValidForName,
            CertificateError::Revoked,
            other("“api.twilio.com” certificate is not trusted: -67843"),
        ] {
            assert!(!clock_may_be_wrong(&reason), "{reason:?}");
        }
    }
}
