use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Hit;

/// Needles are compared by their first bytes first; this many.
const HEAD: usize = 4;

/// A known secret, and every form in which it could lie about.
pub struct Canary {
    needles: Vec<(String, Vec<u8>)>,
    secrets: Vec<(String, String)>,
    /// Which byte values a needle begins with: most places are passed over by one look.
    begins: [bool; 256],
}

impl Canary {
    /// Each of the named secrets, looked for by its halves: a copy of which a part was overwritten is found too.
    pub fn of(secrets: &[(&str, &str)]) -> Self {
        let mut needles = Vec::new();
        for (name, secret) in secrets {
            let (first, second) = secret.split_at(secret.len() / 2);
            for (half, text) in [("first half", first), ("second half", second)] {
                for (form, bytes) in forms(text) {
                    needles.push((format!("{half} of {name} as {form}"), bytes));
                }
            }
        }
        let mut begins = [false; 256];
        for (_, needle) in &needles {
            if let Some(&first) = needle.first() {
                begins[usize::from(first)] = true;
            }
        }
        let secrets = secrets
            .iter()
            .map(|&(name, secret)| (name.to_owned(), secret.to_owned()))
            .collect();
        Self {
            needles,
            secrets,
            begins,
        }
    }

    /// The secret of this name in plain words, to try the search itself on.
    pub fn told_of(&self, name: &str) -> &str {
        let found = self.secrets.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, secret)| secret)
    }

    /// The longest needle's length: so much of a piece has to be seen again with the next one.
    pub fn longest(&self) -> usize {
        let lengths = self.needles.iter().map(|(_, needle)| needle.len());
        lengths.max().unwrap_or(0)
    }

    /// What is found in `bytes`, each form once.
    pub fn search(&self, bytes: &[u8], place: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (at, &byte) in bytes.iter().enumerate() {
            if !self.begins[usize::from(byte)] {
                continue;
            }
            let rest = &bytes[at..];
            let found = self
                .needles
                .iter()
                .filter(|(_, needle)| rest.get(..HEAD) == needle.get(..HEAD))
                .filter(|(_, needle)| rest.starts_with(needle));
            for (what, _) in found {
                let hit = Hit {
                    what: what.clone(),
                    place: place.to_owned(),
                };
                if !hits.contains(&hit) {
                    hits.push(hit);
                }
            }
        }
        hits
    }
}

/// The text as it could be written down: plain, as Windows and JavaScript hold it, in hexadecimal, as in a web address, and in Base64
/// at each of the three places where it can begin.
fn forms(text: &str) -> Vec<(String, Vec<u8>)> {
    let bytes = text.as_bytes();
    let mut forms = vec![
        ("UTF-8".to_owned(), bytes.to_vec()),
        (
            "UTF-16".to_owned(),
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        (
            "hexadecimal".to_owned(),
            each(bytes, |b| format!("{b:02x}")),
        ),
        (
            "hexadecimal in capitals".to_owned(),
            each(bytes, |b| format!("{b:02X}")),
        ),
        (
            "percent codes".to_owned(),
            each(bytes, |b| format!("%{b:02X}")),
        ),
    ];
    for before in 0..3_usize {
        let mut shifted = vec![0_u8; before];
        shifted.extend_from_slice(bytes);
        let written = BASE64_STANDARD.encode(&shifted);
        // The outermost characters depend on what stands beside the text.
        let (from, to) = (before.div_ceil(3) * 4, shifted.len() / 3 * 4);
        if let Some(inner) = written.get(from..to) {
            forms.push((format!("Base64 at {before}"), inner.as_bytes().to_vec()));
            let for_addresses = inner.replace('+', "-").replace('/', "_");
            if for_addresses != inner {
                forms.push((format!("Base64url at {before}"), for_addresses.into_bytes()));
            }
        }
    }
    forms
}

fn each(bytes: &[u8], write: impl Fn(u8) -> String) -> Vec<u8> {
    bytes
        .iter()
        .flat_map(|&byte| write(byte).into_bytes())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "k7Qv2mXc9LpR4tZs8WbN1yHd6JfG3aEu";

    #[test]
    fn a_secret_is_found_in_every_form_it_could_be_written_in() {
        let canary = Canary::of(&[("the secret", SECRET)]);
        let around = |inner: &[u8]| [b"before ".as_slice(), inner, b" after"].concat();
        let utf_16: Vec<u8> = SECRET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut written = vec![
            SECRET.as_bytes().to_vec(),
            utf_16,
            each(SECRET.as_bytes(), |b| format!("{b:02x}")),
            each(SECRET.as_bytes(), |b| format!("{b:02X}")),
            each(SECRET.as_bytes(), |b| format!("%{b:02X}")),
        ];
        for before in ["", "a", "ab", "abc"] {
            let user_and_secret = format!("{before}{SECRET}~");
            written.push(BASE64_STANDARD.encode(user_and_secret).into_bytes());
        }
        for form in written {
            let found = canary.search(&around(&form), "here");
            assert!(
                found.len() >= 2,
                "{}: {found:?}",
                String::from_utf8_lossy(&form)
            );
        }
    }

    #[test]
    fn half_a_secret_is_found_and_another_text_is_not() {
        let canary = Canary::of(&[("the secret", SECRET)]);
        let half = &SECRET.as_bytes()[16..];
        assert_eq!(canary.search(half, "here").len(), 1);
        assert!(canary.search(&half[1..], "here").is_empty());
        assert!(canary.search(&[0; 4096], "here").is_empty());
    }
}
