//! A backup file that was changed in any one place, or cut off anywhere.

use outside_bytes::backup_file;

const WHOLE: &[u8] = include_bytes!("../seeds/backup_file/whole.age");
const ARMOURED: &[u8] = include_bytes!("../seeds/backup_file/armoured.age");

#[test]
fn a_backup_with_any_one_bit_flipped_is_refused_with_a_reason() {
    for whole in [WHOLE, ARMOURED] {
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut changed = whole.to_vec();
                changed[at] ^= 1 << bit;
                backup_file(&changed);
            }
        }
    }
}

#[test]
fn a_backup_that_is_cut_off_anywhere_is_refused_with_a_reason() {
    for whole in [WHOLE, ARMOURED] {
        for length in 0..whole.len() {
            backup_file(&whole[..length]);
        }
    }
}

#[test]
fn a_backup_with_anything_after_its_end_is_refused_with_a_reason() {
    for more in [&b"x"[..], b"\0", WHOLE] {
        backup_file(&[WHOLE, more].concat());
    }
}
