//! The name of the authority at the top of a chain of certificates.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

/// An authority of this computer's own that vouches for a host on the internet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the connection is opened on its way by {name}")]
pub struct Inspector {
    /// Its name, as its certificate has it.
    pub name: String,
    /// Its whole name, by which it is known again.
    pub(crate) identity: String,
}

/// Longer chains than this are not followed to their end.
const MOST_STEPS: usize = 10;
const LONGEST_NAME: usize = 100;

/// The parts of a name (X.520) that say who it is, the best first.
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANISATION: &[u8] = &[0x55, 4, 10];
const UNIT: &[u8] = &[0x55, 4, 11];

/// Who vouches at the top: the intermediate ones change more often.
pub(super) fn topmost(
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
) -> Inspector {
    let parsed: Vec<EndEntityCert<'_>> = intermediates
        .iter()
        .filter_map(|certificate| EndEntityCert::try_from(certificate).ok())
        .collect();
    let mut issuer: Vec<u8> = EndEntityCert::try_from(end_entity)
        .map(|certificate| certificate.issuer().to_vec())
        .unwrap_or_default();
    for _ in 0..MOST_STEPS {
        let above = parsed
            .iter()
            .find(|above| above.subject() == issuer && above.issuer() != issuer);
        match above {
            Some(above) => issuer = above.issuer().to_vec(),
            None => break,
        }
    }
    Inspector {
        name: readable(&issuer),
        identity: BASE64_STANDARD.encode(&issuer),
    }
}

/// What a person calls the owner of a name, out of its DER.
fn readable(name: &[u8]) -> String {
    let parts = parts(name);
    let text = [COMMON_NAME, ORGANISATION, UNIT]
        .iter()
        .find_map(|wanted| {
            parts
                .iter()
                .find(|(kind, text)| kind == wanted && !text.is_empty())
        })
        .map(|(_, text)| text.clone());
    text.unwrap_or_else(|| "an authority without a name".to_owned())
}

/// The kinds and texts in a name: sets of sequences of an identifier and a string.
fn parts(name: &[u8]) -> Vec<(&[u8], String)> {
    elements(name)
        .flat_map(|(_, set)| elements(set))
        .filter_map(|(_, pair)| {
            let mut pair = elements(pair);
            let (_, kind) = pair.next()?;
            let (tag, bytes) = pair.next()?;
            Some((kind, text(tag, bytes)))
        })
        .collect()
}

fn text(tag: u8, bytes: &[u8]) -> String {
    const BMP_STRING: u8 = 0x1e;
    let text = if tag == BMP_STRING {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|unit| Some(u16::from_be_bytes(unit.try_into().ok()?)))
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    let text: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    text.trim().to_owned()
}

/// The elements that stand one after the other in DER, with their tags; it ends where they are not well formed.
fn elements(mut bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    std::iter::from_fn(move || {
        let (tag, rest) = bytes.split_first()?;
        let (length, rest) = length(rest)?;
        let (content, rest) = rest.split_at_checked(length)?;
        bytes = rest;
        Some((*tag, content))
    })
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    if *first < 0x80 {
        return Some(((*first).into(), rest));
    }
    let (digits, rest) = rest.split_at_checked((*first & 0x7f).into())?;
    if digits.len() > 2 {
        return None;
    }
    let length = digits
        .iter()
        .fold(0, |length, digit| length << 8 | usize::from(*digit));
    Some((length, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_common_name_counts_before_the_organisation() {
        let part = |kind: &[u8], tag: u8, text: &[u8]| {
            let wrapped = |tag: u8, content: &[u8]| {
                [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
            };
            let pair = [wrapped(6, kind), wrapped(tag, text)].concat();
            wrapped(0x31, &wrapped(0x30, &pair))
        };
        let organisation = part(ORGANISATION, 0x13, b"Acme Inc.");
        let common = part(COMMON_NAME, 0x0c, "Acme\u{7} Prüfung".as_bytes());
        assert_eq!(
            readable(&[organisation.clone(), common].concat()),
            "Acme Prüfung"
        );
        let wide = part(COMMON_NAME, 0x1e, &[0, b'A', 0, b'b']);
        assert_eq!(readable(&[wide, organisation.clone()].concat()), "Ab");
        assert_eq!(readable(&organisation), "Acme Inc.");
        assert_eq!(readable(&[]), "an authority without a name");
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = readable(&bytes);
            let certificate = CertificateDer::from(bytes);
            let _ = topmost(&certificate, std::slice::from_ref(&certificate));
        }
    }
}
