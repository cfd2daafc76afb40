//! From what the network library reports to what happened.

use crate::Error;
use rustls::CertificateError;
use std::{error::Error as StdError, io};

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
    if let Some(tls) = find::<rustls::Error>(&error) {
        return match tls {
            rustls::Error::InvalidCertificate(reason) => Error::Certificate {
                clock_may_be_wrong: clock_may_be_wrong(reason),
            },
            _ => Error::EncryptionFailed { detail },
        };
    }
    if went_through_proxy(&error) {
        return Error::Proxy { detail };
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

/// The proxy connector's error type is private; its text is all there is to tell it by.
fn went_through_proxy(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.to_string().starts_with("tunnel error"))
}

/// The chain of causes. An `io::Error` that wraps another error hides it from `source`, so it is opened.
fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
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
