//! What is kept of a name that was typed or pasted. The page does the same while one types (`ui/src/names.ts`); the cases that both
//! are tested with are in `ui/src/names.cases.json`.

use unicode_normalization::UnicodeNormalization;

/// What a character is to a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Seen,
    /// A space of any width or make, a line break, a tab.
    Space,
    /// Nobody sees it: controls, what only joins, hints or directs, fillers, selectors, tags, and what is no character at all.
    Unseen,
}

/// Unicode's `Default_Ignorable_Code_Point`, the formats that show nothing (`Cf`), controls, and noncharacters
/// (<https://www.unicode.org/reports/tr44/>, `DerivedCoreProperties.txt`).
pub(super) fn kind_of(character: char) -> Kind {
    match character {
        ' '
        | '\t'..='\r'
        | '\u{85}'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        // Braille without a dot.
        | '\u{2800}'
        | '\u{3000}' => Kind::Space,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Kind::Unseen,
        _ if u32::from(character) & 0xfffe == 0xfffe => Kind::Unseen,
        _ => Kind::Seen,
    }
}

/// The name without what nobody sees, with plain single spaces inside and none at its ends, in Unicode's composed form (NFC). Joiners
/// stay in emoji and in scripts that are written with them, as do the selectors and tags of emoji.
pub(super) fn tidied(typed: &str) -> String {
    let mut text = typed.to_owned();
    // What was beside a thing that is taken out may have been kept for it alone.
    loop {
        let next = tidied_once(&text);
        if next == text {
            return next;
        }
        text = next;
    }
}

fn tidied_once(typed: &str) -> String {
    let typed: Vec<char> = typed.chars().collect();
    let mut kept = String::with_capacity(typed.len());
    let mut space = false;
    for (place, &character) in typed.iter().enumerate() {
        let (before, after) = typed.split_at(place);
        match kind_of(character) {
            Kind::Space => space = true,
            Kind::Unseen if !is_needed(character, before, after.get(1..).unwrap_or_default()) => {}
            Kind::Unseen | Kind::Seen => {
                if space && !kept.is_empty() {
                    kept.push(' ');
                }
                space = false;
                kept.push(character);
            }
        }
    }
    kept.nfc().collect()
}

/// Whether what is unseen by itself changes what is seen beside it.
fn is_needed(character: char, before: &[char], after: &[char]) -> bool {
    let (Some(&last), next) = (before.last(), after.first().copied()) else {
        return false;
    };
    match character {
        '\u{200c}' => next.is_some_and(|next| is_joining(last) && is_joining(next)),
        '\u{200d}' => {
            let in_emoji =
                is_symbol(last) || matches!(last, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
            let in_word = is_joining(last);
            next.is_some_and(|next| in_emoji && is_symbol(next) || in_word && is_joining(next))
        }
        '\u{fe0e}' | '\u{fe0f}' => {
            let keycap = matches!(last, '0'..='9' | '#' | '*') && next == Some('\u{20e3}');
            is_symbol(last) || keycap
        }
        '\u{e0020}'..='\u{e007f}' => is_in_flag(before, character, after),
        _ => false,
    }
}

/// Scripts in which a joiner is part of the spelling: from Arabic to Tibetan, Myanmar, Khmer and Mongolian, and their later blocks.
fn is_joining(character: char) -> bool {
    kind_of(character) == Kind::Seen
        && matches!(
            character,
            '\u{620}'..='\u{109f}'
                | '\u{1780}'..='\u{18af}'
                | '\u{1900}'..='\u{1cff}'
                | '\u{a800}'..='\u{abff}'
                | '\u{fb50}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefc}'
                | '\u{10a00}'..='\u{11fff}'
        )
}

/// The blocks that emoji come from.
fn is_symbol(character: char) -> bool {
    matches!(
        character,
        '\u{a9}'
            | '\u{ae}'
            | '\u{203c}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}'
            | '\u{24c2}'
            | '\u{25a0}'..='\u{27bf}'
            | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}'
            | '\u{3030}'
            | '\u{303d}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

const BLACK_FLAG: char = '\u{1f3f4}';
const LAST_TAG: char = '\u{e007f}';

/// A flag of a region is the black flag, tags, and the last tag.
fn is_in_flag(before: &[char], character: char, after: &[char]) -> bool {
    let is_tag = |character: &&char| matches!(**character, '\u{e0020}'..='\u{e007e}');
    let opened = before.iter().rev().find(|character| !is_tag(character)) == Some(&BLACK_FLAG);
    let closed = character == LAST_TAG
        || after.iter().find(|character| !is_tag(character)) == Some(&LAST_TAG);
    let empty = character == LAST_TAG && before.last() == Some(&BLACK_FLAG);
    opened && closed && !empty
}
