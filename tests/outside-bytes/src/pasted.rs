//! Texts and files in which keys are looked for.

use std::collections::HashSet;

use workflows::fuzzing::keys_in;

/// As many bytes as an API SID has.
const SID_BYTES: usize = 34;

/// API SIDs with their secrets: each pair once, and no Auth Token among them.
pub fn pasted_keys(bytes: &[u8]) {
    let Some(found) = keys_in(bytes) else {
        return;
    };
    let pairs: HashSet<_> = found
        .iter()
        .map(|(key, _, secret)| (key, secret.as_ref().map(|secret| secret.expose())))
        .collect();
    assert_eq!(pairs.len(), found.len(), "each pair is found once");
    // A workbook names a text once for many cells.
    let is_text = !bytes.starts_with(b"PK");
    for secret in found.iter().filter_map(|(_, _, secret)| secret.as_ref()) {
        let secret = secret.expose();
        let is_token = secret.len() == 32
            && secret
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        assert!(!is_token, "an Auth Token is no secret of a key");
    }
    assert!(!is_text || found.len() <= bytes.len() / SID_BYTES);
}
