//! SIDs and secrets: valid by Twilio's patterns, plainly not real, and never given out twice.

use super::scatter::{below, scatter};

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A SID of the given two-letter prefix. The first and the last four digits differ from one SID to the next, so that a
/// shortened one can be told from its neighbours; the zeros between show that it is made up.
pub(crate) fn sid(prefix: &str, seed: u64, ordinal: u32) -> String {
    let low = u64::from(ordinal & 0xffff);
    let high = ordinal >> 16;
    let salt = scatter(seed, &[u64::from(b'S')]) & 0xffff;
    // An odd factor only reorders the 65,536 values, so two ordinals never meet.
    let first = (low.wrapping_mul(0x9e3b) ^ salt) & 0xffff;
    let last = (low.wrapping_mul(0x6a2d) ^ (salt >> 3) ^ 0x5a5a) & 0xffff;
    format!("{prefix}{first:04x}{:020}{high:04x}{last:04x}", 0)
}

/// An Auth Token: 32 lower-case hexadecimal digits, the last eight being the ordinal.
pub(crate) fn auth_token(seed: u64, ordinal: u32) -> String {
    let one = scatter(seed, &[u64::from(b'T'), u64::from(ordinal), 1]);
    let two = scatter(seed, &[u64::from(b'T'), u64::from(ordinal), 2]) >> 32;
    format!("{one:016x}{two:08x}{ordinal:08x}")
}

/// A key's secret: 32 letters and digits, the last six of which spell the ordinal.
pub(crate) fn secret(seed: u64, ordinal: u32) -> String {
    let letter = |index: u64| {
        let index = usize::try_from(index).unwrap_or_default();
        LETTERS.get(index).copied().map_or('0', char::from)
    };
    let random = (0..26).map(|place| {
        letter(below(
            scatter(seed, &[u64::from(b'K'), u64::from(ordinal), place]),
            62,
        ))
    });
    let counted = (0..6).map(|place| letter(below(u64::from(ordinal) / 62_u64.pow(place), 62)));
    random.chain(counted).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ten_thousand_sids_differ_in_their_first_and_in_their_last_four_digits() {
        let sids: Vec<String> = (0..10_000).map(|ordinal| sid("AC", 7, ordinal)).collect();
        let firsts: HashSet<&str> = sids.iter().map(|sid| &sid[2..6]).collect();
        let lasts: HashSet<&str> = sids.iter().map(|sid| &sid[30..]).collect();
        assert_eq!((firsts.len(), lasts.len()), (10_000, 10_000));
        assert!(sids.iter().all(|sid| sid.len() == 34 && sid[2..].bytes().all(|byte| byte.is_ascii_hexdigit())));
    }

    #[test]
    fn sids_secrets_and_tokens_do_not_repeat_past_the_sixteen_bits() {
        let ordinals = (0..70_000).step_by(7).chain(65_530..65_600);
        let ordinals: HashSet<u32> = ordinals.collect();
        let count = |make: fn(u64, u32) -> String| {
            ordinals
                .iter()
                .map(|&o| make(1, o))
                .collect::<HashSet<_>>()
                .len()
        };
        assert_eq!(count(|seed, o| sid("SK", seed, o)), ordinals.len());
        assert_eq!(count(secret), ordinals.len());
        assert_eq!(count(auth_token), ordinals.len());
    }

    #[test]
    fn secrets_are_letters_and_digits_and_tokens_are_lower_case_hexadecimal() {
        for ordinal in [0, 1, 61, 62, 4_000_000_000] {
            let secret = secret(3, ordinal);
            assert!(
                secret.len() == 32 && secret.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{secret}"
            );
            let token = auth_token(3, ordinal);
            assert!(
                token.len() == 32
                    && token
                        .bytes()
                        .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
            );
        }
    }
}
