//! How long a name may be.

/// What Twilio allows for a friendly name, in characters. Here they are counted as UTF-16 does, in which an emoji is two: where it is
/// counted like this on the way, a longer name would be cut, and a tag at its end would be lost
/// (<https://www.twilio.com/docs/iam/api/account>, <https://www.twilio.com/docs/iam/api-keys/key-resource-v1>).
pub const LONGEST_NAME: usize = 64;
