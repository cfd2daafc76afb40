//! Write-ahead logs whose sums hold (<https://www.sqlite.org/fileformat2.html#the_write_ahead_log>).

const HEADER: usize = 32;
/// What lies before each page.
const FRAME: usize = 24;
/// What the sums of a header and of a frame are made over; they follow behind, or after the salt.
const SUMMED_HEADER: usize = 24;
const SUMMED_FRAME: usize = 8;
const SALT: std::ops::Range<usize> = 16..24;
const PAGE_SIZE: std::ops::Range<usize> = 8..12;
/// Where a frame that ends a transaction says how many pages the database has.
const SAYS_PAGES: std::ops::Range<usize> = 4..8;
/// The pages of the good database.
const PAGE: usize = 512;

/// The log with the sums and the salt that its frames need to be taken for its own, and pages of the database's size. How its bytes
/// are ordered in the sums, how many frames it has, and which pages they say they are, stays. They say at most 65,535 pages in all:
/// SQLite makes room for each that it is told of, and clearing gigabytes is all that would be tried. 2³² − 1 stays as well, which is
/// more than there can be.
pub fn repaired(log: &[u8]) -> Vec<u8> {
    let mut log = log.to_vec();
    let Some((header, mut frames)) = log.split_at_mut_checked(HEADER) else {
        return log;
    };
    let is_big_endian = header[3] & 1 == 1;
    let magic = 0x377f_0682 | u32::from(is_big_endian);
    header[..4].copy_from_slice(&magic.to_be_bytes());
    header[4..8].copy_from_slice(&3_007_000_u32.to_be_bytes());
    header[PAGE_SIZE].copy_from_slice(&[0, 0, 2, 0]);
    let mut sum = Sum::default();
    sum.add(&header[..SUMMED_HEADER], is_big_endian);
    sum.write(&mut header[SUMMED_HEADER..]);
    while let Some((frame, rest)) = frames.split_at_mut_checked(FRAME + PAGE) {
        if frame[SAYS_PAGES] != [0xff; 4] {
            frame[SAYS_PAGES][..2].fill(0);
        }
        frame[8..16].copy_from_slice(&header[SALT]);
        sum.add(&frame[..SUMMED_FRAME], is_big_endian);
        sum.add(&frame[FRAME..], is_big_endian);
        sum.write(&mut frame[16..FRAME]);
        frames = rest;
    }
    log
}

/// Whether a frame that is all there says how large the database is with it.
pub fn ends_a_transaction(log: &[u8]) -> bool {
    let frames = log.get(HEADER..).unwrap_or_default();
    frames
        .chunks_exact(FRAME + PAGE)
        .any(|frame| frame[SAYS_PAGES] != [0; 4])
}

/// SQLite's running sum.
#[derive(Default)]
struct Sum(u32, u32);

impl Sum {
    fn add(&mut self, bytes: &[u8], is_big_endian: bool) {
        let word = |bytes: &[u8; 4]| match is_big_endian {
            true => u32::from_be_bytes(*bytes),
            false => u32::from_le_bytes(*bytes),
        };
        let (words, _) = bytes.as_chunks::<4>();
        let (pairs, _) = words.as_chunks::<2>();
        for [one, other] in pairs {
            self.0 = self.0.wrapping_add(word(one)).wrapping_add(self.1);
            self.1 = self.1.wrapping_add(word(other)).wrapping_add(self.0);
        }
    }

    fn write(&self, place: &mut [u8]) {
        place[..4].copy_from_slice(&self.0.to_be_bytes());
        place[4..8].copy_from_slice(&self.1.to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use vault::fuzzing::{Examined, examine};

    use super::super::{DATABASE, GOOD, LOG};
    use super::*;

    const IMPOSSIBLE: &[u8] = include_bytes!("../../seeds/records_log/impossible_size.wal");
    const WRITTEN: &[u8] = include_bytes!("../../seeds/records_log/two_changes.wal");

    #[test]
    fn a_log_that_sqlite_wrote_is_right_already() {
        assert!(repaired(WRITTEN) == WRITTEN);
    }

    #[test]
    fn a_log_that_says_an_impossible_size_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join(DATABASE);
        std::fs::write(&database, GOOD).unwrap();
        std::fs::write(folder.path().join(LOG), IMPOSSIBLE).unwrap();
        assert!(repaired(IMPOSSIBLE) == IMPOSSIBLE);
        assert_eq!(examine(&database), Ok(Examined::Broken));
    }

    #[test]
    fn a_log_whose_pages_were_changed_gets_other_sums() {
        let mut changed = WRITTEN.to_vec();
        changed[HEADER + FRAME] ^= 1;
        let right = repaired(&changed);
        assert!(right != changed);
        assert_eq!(
            right[HEADER + FRAME..][..PAGE],
            changed[HEADER + FRAME..][..PAGE]
        );
    }
}
