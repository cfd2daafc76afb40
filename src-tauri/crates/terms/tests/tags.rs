//! The mark that an unfinished creation carries in its name.

use proptest::prelude::*;
use terms::{LONGEST_NAME, Tag};

#[test]
fn a_marked_name_reads_as_the_name_and_the_tag() {
    let tag = Tag::parse("k3f9x2abcd").expect("a tag");
    assert_eq!(
        tag.mark("Acme - DicksonOne"),
        "Acme - DicksonOne [saving k3f9x2abcd]"
    );
    assert_eq!(tag.mark(""), "[saving k3f9x2abcd]");
}

#[test]
fn a_long_name_gives_way_to_the_tag() {
    let tag = Tag::random();
    let marked = tag.mark(&"é".repeat(64));
    assert_eq!(marked, format!("{} [saving {tag}]", "é".repeat(44)));
    assert_eq!(marked.chars().count(), LONGEST_NAME);
}

#[test]
fn a_cut_leaves_no_invisible_joiner_behind() {
    let tag = Tag::random();
    let name = format!("{}\u{200d}👩", "a".repeat(43));
    assert_eq!(
        tag.mark(&name),
        format!("{} [saving {tag}]", "a".repeat(43))
    );
}

#[test]
fn only_a_whole_tag_of_ours_is_found() {
    for name in [
        "",
        "Acme - DicksonOne",
        "[saving ]",
        "[saving k3f9x2abc]",
        "[saving k3f9x2abcde]",
        "[saving K3F9X2ABCD]",
        "[saving k3f9x2abci]",
        "[saving k3f9x2abcd",
        "saving k3f9x2abcd]",
        "[saving k3f9x2abcé]",
    ] {
        assert_eq!(Tag::find_in(name), None, "{name}");
    }
    let tag = Tag::parse("k3f9x2abcd");
    assert_eq!(Tag::find_in("[saving k3f9x2abcd]"), tag);
    assert_eq!(
        Tag::find_in("Acme [saving money] [saving k3f9x2abcd] x"),
        tag
    );
}

#[test]
fn the_last_tag_in_a_name_counts() {
    let (first, second) = (Tag::random(), Tag::random());
    assert_eq!(
        Tag::find_in(&second.mark(&format!("[saving {first}]"))),
        Some(second)
    );
}

#[test]
fn tags_do_not_repeat() {
    let tags: std::collections::HashSet<String> = (0..10_000)
        .map(|_| Tag::random().as_str().to_owned())
        .collect();
    assert_eq!(tags.len(), 10_000);
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,100}",
        "[a-zA-Z0-9 .,&-]{0,80}",
        proptest::collection::vec(
            prop_oneof![
                Just("👨‍👩‍👧‍👦"),
                Just("🇩🇪"),
                Just("é"),
                Just("e\u{301}"),
                Just("עברית"),
                Just(" "),
                Just("[saving "),
                Just("]")
            ],
            0..60
        )
        .prop_map(|parts| parts.concat()),
    ]
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[test]
fn a_name_of_emoji_leaves_room_for_the_whole_tag_however_they_are_counted() {
    let tag = Tag::random();
    let marked = tag.mark(&"🧊".repeat(64));
    assert_eq!(marked, format!("{} [saving {tag}]", "🧊".repeat(22)));
    assert!(length(&marked) <= LONGEST_NAME);
}

proptest! {
    #[test]
    fn a_marked_name_fits_keeps_the_start_of_the_name_and_ends_in_the_whole_tag(name in names()) {
        let tag = Tag::random();
        let marked = tag.mark(&name);
        prop_assert!(length(&marked) <= LONGEST_NAME);
        let mark = format!("[saving {tag}]");
        let start = marked.strip_suffix(&mark);
        prop_assert!(start.is_some());
        let start = start.unwrap_or_default().trim_end();
        prop_assert!(name.starts_with(start));
        // Nothing more than needed is cut: the name is whole, or the room is used but for what may not end it.
        let hidden = |c: char| c == '\u{200d}' || c.is_whitespace();
        let room = LONGEST_NAME - length(&mark) - 1;
        let mut fits = name.to_owned();
        while length(&fits) > room {
            fits.pop();
        }
        prop_assert_eq!(start, fits.trim_end_matches(hidden));
        prop_assert_eq!(Tag::find_in(&marked), Some(tag));
    }

    #[test]
    fn looking_for_a_tag_never_panics(name in names()) {
        let _ = Tag::find_in(&name);
    }
}
