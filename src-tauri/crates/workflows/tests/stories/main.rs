//! What an admin does, from end to end: the real workflows against the made-up Twilio and a keychain in a file.

mod answered_by_another;
mod batches;
mod bench;
mod checking_the_computer;
mod connecting;
mod creating;
mod handing_over;
mod lost_replies;
mod odd_rows;
mod older_layouts;
mod one_bad_item;
mod operations;
mod owner;
mod reading;
mod recovering;
mod refusing_keychain;
mod renaming;
mod restarting;
mod resting;
mod restoring;
mod settling;
mod several_items;
mod tested_keys;
