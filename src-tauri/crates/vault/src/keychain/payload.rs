//! What is inside an item.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The bytes that a keychain keeps for an item.
pub(super) type Payload = Zeroizing<Vec<u8>>;

/// Tells the content that this program wrote for an item from anything else.
pub(super) type IsOurs<'a> = &'a dyn Fn(&[u8]) -> bool;

/// Compares without telling by the time it takes where they differ.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}
