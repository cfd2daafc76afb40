//! Which characters a passphrase may be made of, when it is set: what can be typed at a terminal, and told from its neighbours on paper.

/// Whether there is a character in it that no keyboard types into a line: controls, breaks of lines and paragraphs, what stands for
/// something unreadable, and code points that are no characters (<https://www.unicode.org/faq/private_use.html#noncharacters>).
pub(super) fn has_untypable(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffd}' | '\u{fdd0}'..='\u{fdef}')
            || u32::from(c) & 0xfffe == 0xfffe
    })
}

/// Whether there is a character in it that has no picture and changes none.
pub(super) fn has_invisible(text: &str) -> bool {
    let mut before = None;
    text.chars().any(|c| {
        let before = before.replace(c);
        is_never_seen(c) || (is_joiner(c) && !joins(before))
    })
}

/// Pasted from web pages and word processors.
fn is_never_seen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
    )
}

/// What makes one picture of two, or another picture of one: in emoji, in Persian, in the scripts of India.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0001}'..='\u{e01ef}')
}

/// Whether something can be joined to this. Of the plain characters only those on the keys of a telephone have a second picture.
fn joins(before: Option<char>) -> bool {
    before
        .is_some_and(|c| matches!(c, '0'..='9' | '#' | '*') || !(c.is_ascii() || c.is_whitespace()))
}
