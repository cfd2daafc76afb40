//! Names as they are compared: what a hurried reader, or another keyboard, makes of them.

use unicode_normalization::UnicodeNormalization;

use super::tidy::{Kind, kind_of};

/// Whether two names are the same to a person.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The name without what nobody sees, case, accents, and the make of its spaces, quotes and dashes; compatible forms and the Latin
/// letters that have no accent to take off become plain letters. The page searches by the same rule (`ui/src/names.ts`).
pub(crate) fn folded(name: &str) -> String {
    spaced_once(&lower(&bare(name)))
}

/// The name taken apart (NFKD), without accents and without what nobody sees; its case stays.
pub(super) fn bare(name: &str) -> String {
    let seen = name
        .chars()
        .filter_map(|character| match kind_of(character) {
            Kind::Unseen => None,
            Kind::Space => Some(' '),
            Kind::Seen => Some(plain_mark(character)),
        });
    seen.nfkd()
        .filter(|character| !is_accent(*character))
        .collect()
}

/// In lower case, with one letter for each that only looks or is written otherwise.
pub(super) fn lower(bare: &str) -> String {
    let mut plain = String::with_capacity(bare.len());
    // By way of capitals ß is ss, and ı is i.
    for character in bare.to_uppercase().to_lowercase().chars() {
        match plain_letter(character) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(character),
        }
    }
    plain
}

pub(super) fn spaced_once(text: &str) -> String {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Accents and points, without which the word is still read. The vowel signs of the scripts of India are not among them, nor are the
/// marks that make か to が.
pub(super) fn is_accent(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'
            | '\u{5c2}'
            | '\u{5c4}'
            | '\u{5c5}'
            | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

fn plain_mark(character: char) -> char {
    match character {
        '\u{b4}' | '\u{2b9}'..='\u{2bd}' | '\u{2c8}' | '\u{2018}'..='\u{201b}' | '\u{2032}' => '\'',
        '\u{ab}' | '\u{bb}' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2039}' | '\u{203a}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' => '-',
        other => other,
    }
}

fn plain_letter(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' => "n",
        'ø' | 'ɵ' | 'ɔ' => "o",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ł' | 'ƚ' | 'ɫ' => "l",
        'ħ' => "h",
        'ŧ' | 'ƭ' | 'ʈ' => "t",
        'ə' | 'ǝ' | 'ɛ' | 'ɇ' => "e",
        'ɨ' => "i",
        'ʉ' | 'ʋ' => "u",
        'ƀ' | 'ɓ' => "b",
        'ƈ' | 'ȼ' => "c",
        'ƒ' => "f",
        'ǥ' | 'ɠ' | 'ɣ' => "g",
        'ɉ' => "j",
        'ĸ' | 'ƙ' => "k",
        'ɲ' | 'ƞ' => "n",
        'ƥ' => "p",
        'ɍ' => "r",
        'ɏ' | 'ƴ' => "y",
        'ƶ' | 'ȥ' | 'ʒ' => "z",
        'ς' => "σ",
        _ => return None,
    })
}
