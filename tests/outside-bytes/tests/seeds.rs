//! The kept bytes, as they are and with small changes, through every parser.
//!
//! `OUTSIDE_BYTES_CHANGES` says how many changed inputs each parser gets, `OUTSIDE_BYTES_SEED` which; the records' own get a
//! fiftieth of them, because each opens a database.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use outside_bytes::{PARSERS, Parser};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

const CHANGES: u64 = 2_000;
const SLOW: [&str; 4] = [
    "practice_state",
    "records_file",
    "records_log",
    "records_rows",
];

fn folder_of(parser: &Parser) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(parser.name)
}

fn seeds_of(parser: &Parser) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = folder_of(parser);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let bytes = fs::read(&file).expect("a seed");
            (file, bytes)
        })
        .collect()
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// The bytes with a few small changes, each such as a bad disk, a cut line or a hostile hand makes.
fn changed(bytes: &[u8], others: &[(PathBuf, Vec<u8>)], random: &mut StdRng) -> Vec<u8> {
    const TELLING: [&[u8]; 8] = [
        b"\"",
        b"\\u0000",
        b"null",
        b"-1",
        b"1e999",
        b"\xff",
        b"\0",
        b"[[[[[[[[",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..random.random_range(1..4) {
        let at = random.random_range(0..=bytes.len());
        match random.random_range(0..6) {
            0 => bytes.truncate(at),
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.random_range(0..8);
                }
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.random();
                }
            }
            3 => {
                let telling = TELLING.choose(random).expect("there are some");
                bytes.splice(at..at, telling.iter().copied());
            }
            4 => {
                let end = bytes.len().min(at + random.random_range(1..16));
                bytes.drain(at..end);
            }
            _ => {
                let (_, other) = others.choose(random).expect("there are seeds");
                let from = random.random_range(0..=other.len());
                let end = other.len().min(from + 64);
                bytes.splice(
                    at..at,
                    other.get(from..end).unwrap_or_default().iter().copied(),
                );
            }
        }
    }
    bytes
}

/// Reads, and where a promise is broken leaves the bytes where they can be looked at.
fn read(parser: &Parser, bytes: &[u8], what: &str) {
    if catch_unwind(AssertUnwindSafe(|| (parser.read)(bytes))).is_ok() {
        return;
    }
    let left = std::env::temp_dir().join(format!("outside-bytes-{}", parser.name));
    fs::write(&left, bytes).expect("the bytes are left");
    panic!(
        "{} broke a promise on {what}; the bytes are in {}",
        parser.name,
        left.display()
    );
}

fn try_out(name: &str) {
    let parser = PARSERS
        .iter()
        .find(|parser| parser.name == name)
        .expect("a parser");
    let seeds = seeds_of(parser);
    assert!(!seeds.is_empty(), "{name} has seeds");
    for (file, bytes) in &seeds {
        read(parser, bytes, &file.display().to_string());
    }
    let seed = setting("OUTSIDE_BYTES_SEED", 1);
    let mut random = StdRng::seed_from_u64(seed);
    let changes = setting("OUTSIDE_BYTES_CHANGES", CHANGES);
    let changes = if SLOW.contains(&name) {
        changes / 50
    } else {
        changes
    };
    for number in 0..changes {
        let (file, bytes) = seeds.choose(&mut random).expect("there are seeds");
        let bytes = changed(bytes, &seeds, &mut random);
        let what = format!("change {number} of seed {seed}, from {}", file.display());
        read(parser, &bytes, &what);
    }
    println!(
        "{name}: {} seeds and {changes} changes of them held",
        seeds.len()
    );
}

macro_rules! each {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                try_out(stringify!($name));
            }
        )+

        #[test]
        fn every_parser_is_tried_out() {
            let tried = [$(stringify!($name)),+];
            let all: Vec<_> = PARSERS.iter().map(|parser| parser.name).collect();
            assert_eq!(all, tried);
        }
    };
}

each! {
    twilio_accounts twilio_keys twilio_numbers twilio_iam twilio_odd_rows twilio_spend twilio_balance twilio_refusal twilio_headers twilio_paging money typed_fields
    tags_in_names pasted_keys keychain_item sealed_copy backup_document backup_file wrapped_identity sealed_passphrase records_file records_log records_rows practice_state
}

#[test]
fn every_parser_has_a_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/targets");
    for parser in PARSERS {
        let target = folder.join(format!("{}.rs", parser.name));
        let text = fs::read_to_string(&target)
            .unwrap_or_else(|error| panic!("{}: {error}", target.display()));
        assert!(
            text.contains(&format!("outside_bytes::{}", parser.name)),
            "{text}"
        );
    }
}
