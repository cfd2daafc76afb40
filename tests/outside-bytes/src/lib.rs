//! Every parser of bytes from outside, with what must hold for any bytes at all.
//!
//! Each function takes bytes as they could come (from Twilio, from the keychain, from a file, from somebody's clipboard), reads them
//! as the program does, and panics where a promise is broken. `fuzz/` searches for such bytes with libFuzzer; `tests/seeds.rs`
//! replays the ones that are kept in `seeds/`, one folder a function, with small changes to each.

mod answers;
mod iam;
mod kept;
mod numbers;
mod odd_rows;
mod passphrase;
mod pasted;
mod practice_state;
mod records;
mod typed;

pub use answers::{
    twilio_accounts, twilio_balance, twilio_headers, twilio_keys, twilio_paging, twilio_refusal,
    twilio_spend,
};
pub use iam::twilio_iam;
pub use kept::{backup_document, keychain_item, sealed_copy};
pub use numbers::twilio_numbers;
pub use odd_rows::twilio_odd_rows;
pub use passphrase::{backup_file, sealed_passphrase, wrapped_identity};
pub use pasted::pasted_keys;
pub use practice_state::practice_state;
pub use records::{records_file, records_log, records_rows};
pub use typed::{money, tags_in_names, typed_fields};

/// One parser under trial.
pub struct Parser {
    /// The name of its target in `fuzz/` and of its folder in `seeds/`.
    pub name: &'static str,
    /// Reads the bytes, and panics where a promise is broken.
    pub read: fn(&[u8]),
}

/// All of them.
pub const PARSERS: &[Parser] = &[
    parser("twilio_accounts", twilio_accounts),
    parser("twilio_keys", twilio_keys),
    parser("twilio_numbers", twilio_numbers),
    parser("twilio_iam", twilio_iam),
    parser("twilio_odd_rows", twilio_odd_rows),
    parser("twilio_spend", twilio_spend),
    parser("twilio_balance", twilio_balance),
    parser("twilio_refusal", twilio_refusal),
    parser("twilio_headers", twilio_headers),
    parser("twilio_paging", twilio_paging),
    parser("money", money),
    parser("typed_fields", typed_fields),
    parser("tags_in_names", tags_in_names),
    parser("pasted_keys", pasted_keys),
    parser("keychain_item", keychain_item),
    parser("sealed_copy", sealed_copy),
    parser("backup_document", backup_document),
    parser("backup_file", backup_file),
    parser("wrapped_identity", wrapped_identity),
    parser("sealed_passphrase", sealed_passphrase),
    parser("records_file", records_file),
    parser("records_log", records_log),
    parser("records_rows", records_rows),
    parser("practice_state", practice_state),
];

const fn parser(name: &'static str, read: fn(&[u8])) -> Parser {
    Parser { name, read }
}
