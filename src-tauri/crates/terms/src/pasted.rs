//! Values that were copied from somewhere else.

/// A pasted value without what web pages, mails and spreadsheets add to it: spaces and quotes of
/// any kind around it; line breaks, zero-width characters and byte order marks anywhere.
pub fn trim_pasted(pasted: &str) -> String {
    let mut kept = String::with_capacity(pasted.len());
    kept.extend(pasted.chars().filter(|&c| !is_invisible(c)));
    let trimmed = kept.trim_matches(|c: char| c.is_whitespace() || is_quote(c));
    if trimmed.len() == kept.len() {
        return kept;
    }
    let trimmed = trimmed.to_owned();
    // The value may be a secret.
    zeroize::Zeroize::zeroize(&mut kept);
    trimmed
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' // line breaks
        | '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' // zero width
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '\u{2018}'
            ..='\u{201f}' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' | '＂' | '＇'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_pasting_adds_is_taken_off() {
        for pasted in [
            " AC12\n",
            "\u{feff}AC12",
            "\"AC12\"",
            "“AC12”",
            "‘AC12’",
            "«\u{a0}AC12\u{a0}»",
            "`AC12`",
            "A\u{200b}C\u{2060}12",
            "AC\r\n12",
            "\t' AC12 '\t",
            "„AC12‟",
        ] {
            assert_eq!(trim_pasted(pasted), "AC12", "{pasted:?}");
        }
        assert_eq!(trim_pasted("se'cr et"), "se'cr et");
        assert_eq!(trim_pasted(" \u{200b}\"\" "), "");
    }

    proptest! {
        #[test]
        fn trimming_twice_is_trimming_once(text in any::<String>()) {
            let once = trim_pasted(&text);
            prop_assert_eq!(trim_pasted(&once), once.clone());
        }
    }
}
