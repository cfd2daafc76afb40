//! Numbers that look random and depend on nothing but the seed, the same on every system and in every release.

/// Mixes a seed with the place of a value: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014), so that any value
/// can be had without those before it.
pub(crate) fn scatter(seed: u64, place: &[u64]) -> u64 {
    place
        .iter()
        .fold(mix(seed), |sum, &part| mix(sum ^ mix(part)))
}

fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A number from 0 up to, not including, `below`; 0 when there is no such number.
pub(crate) fn below(value: u64, below: u64) -> u64 {
    value.checked_rem(below).unwrap_or(0)
}
