use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use super::names::Names;

/// The circles among files that use each other, each with a line for every use in it.
pub fn circles(uses: &BTreeMap<Names, BTreeSet<Names>>) -> Vec<Vec<String>> {
    let mut graph = DiGraphMap::<&Names, ()>::new();
    for (file, used) in uses {
        for other in used {
            graph.add_edge(file, other, ());
        }
    }
    let groups = tarjan_scc(&graph);
    let circles = groups.iter().filter(|group| group.len() > 1);
    let told = circles.map(|circle| {
        let inside = circle
            .iter()
            .flat_map(|&from| graph.neighbors(from).map(move |to| (from, to)));
        let mut lines: Vec<String> = inside
            .filter(|(_, to)| circle.contains(to))
            .map(|(from, to)| format!("{} uses {}", shown(from), shown(to)))
            .collect();
        lines.sort();
        lines
    });
    told.collect()
}

fn shown(file: &Names) -> String {
    if file.is_empty() {
        return "the root".to_owned();
    }
    file.join("::")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arrows::{Source, uses};

    /// The circles of a library whose files are these.
    fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        let source = Source::read(&folder.path().join("lib.rs")).expect("it is Rust");
        circles(&uses(&source))
    }

    #[test]
    fn a_circle_is_found_through_names_that_are_handed_on_and_inside_macros() {
        let found = circles_of(&[
            ("lib.rs", "mod shown; mod session;"),
            ("shown/mod.rs", "mod failure; pub use failure::of;"),
            (
                "shown/failure.rs",
                "pub fn of() { println!(\"{}\", crate::session::open()); }",
            ),
            (
                "session.rs",
                "use crate::shown; pub fn open() { shown::of() }",
            ),
        ]);
        assert_eq!(
            found,
            [[
                "session uses shown::failure".to_owned(),
                "shown::failure uses session".to_owned()
            ]]
        );
    }

    #[test]
    fn a_modules_own_parts_its_tests_and_what_goes_one_way_are_no_circle() {
        let found = circles_of(&[
            ("lib.rs", "mod one; mod two; pub struct Shared;"),
            (
                "one/mod.rs",
                "mod part; pub struct Whole; pub fn made() { part::make() }",
            ),
            (
                "one/part.rs",
                "use super::Whole; use crate::Shared; pub fn make() {}",
            ),
            (
                "two.rs",
                "use crate::one::made; #[cfg(test)] mod tests { use super::*; }",
            ),
        ]);
        assert_eq!(found, Vec::<Vec<String>>::new());
    }

    #[test]
    fn what_every_build_but_a_tests_has_is_counted() {
        let found = circles_of(&[
            ("lib.rs", "mod one; mod two;"),
            ("one.rs", "#[cfg(not(test))] pub fn a() { crate::two::b() }"),
            ("two.rs", "pub fn b() { crate::one::a() }"),
        ]);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_only_tests_use_is_not_counted() {
        let found = circles_of(&[
            ("lib.rs", "mod one; mod two;"),
            (
                "one.rs",
                "#[cfg(test)] mod tests { use crate::two::b; } pub fn a() {}",
            ),
            ("two.rs", "pub fn b() { crate::one::a() }"),
        ]);
        assert_eq!(found, Vec::<Vec<String>>::new());
    }
}
