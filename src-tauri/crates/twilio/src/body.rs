//! Answers as bytes: read up to a limit, wiped when dropped, because account lists carry Auth Tokens
//! and new keys carry their secret.

use zeroize::Zeroizing;

/// The longest answer about one thing, in bytes: a name of ten thousand characters is read, each written as two escapes.
pub(crate) const ONE_THING: usize = 256 * 1024;
/// The longest page of a list, in bytes; 1000 accounts with their links take about 2 MB.
pub(crate) const ONE_PAGE: usize = 8 * 1024 * 1024;

const FIRST_CAPACITY: usize = 16 * 1024;

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Unfinished {
    TooLarge,
    Broken(reqwest::Error),
}

/// Reads the body, stopping as soon as it exceeds `limit` bytes.
pub(crate) async fn read(
    mut response: reqwest::Response,
    limit: usize,
) -> Result<Zeroizing<Vec<u8>>, Unfinished> {
    let mut body = Wiped::default();
    while let Some(chunk) = response.chunk().await.map_err(Unfinished::Broken)? {
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(Unfinished::TooLarge);
        }
        body.append(&chunk);
    }
    Ok(body.into_bytes())
}

/// Bytes whose outgrown copies are wiped too; a `Vec` that grows by itself leaves them in memory.
pub(crate) struct Wiped(Zeroizing<Vec<u8>>);

impl Default for Wiped {
    fn default() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(FIRST_CAPACITY)))
    }
}

impl Wiped {
    fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    pub(crate) fn append(&mut self, bytes: &[u8]) {
        let needed = self.len().saturating_add(bytes.len());
        if needed > self.0.capacity() {
            let capacity = needed.max(self.0.capacity().saturating_mul(2));
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_piece_by_piece_is_the_whole(
            pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..9000), 0..9)
        ) {
            let mut body = Wiped::default();
            for piece in &pieces {
                body.append(piece);
            }
            prop_assert_eq!(&*body.0, &pieces.concat());
        }
    }
}
