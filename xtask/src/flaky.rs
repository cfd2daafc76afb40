//! Tests that failed at first and passed when they were tried again, as the programs that run them tell at their end.

/// In what cargo-nextest prints last: a line such as `   FLAKY 2/2 [   1.2s] package::program the_test`.
pub fn in_nextests(end: &[String]) -> Vec<String> {
    let named = |line: &String| {
        let told = line.trim_start().strip_prefix("FLAKY ")?;
        let (_, test) = told.split_once(']')?;
        Some(test.trim().to_owned())
    };
    let mut tests: Vec<String> = end.iter().filter_map(named).collect();
    // Each is told when it happens and once more at the end.
    tests.sort();
    tests.dedup();
    tests
}

/// In what Playwright prints last: `  1 flaky`, and a line further in for each.
pub fn in_playwrights(end: &[String]) -> Vec<String> {
    let is_heading = |line: &&String| {
        let mut words = line.split_whitespace();
        words
            .next()
            .is_some_and(|count| count.parse::<u32>().is_ok())
            && words.next() == Some("flaky")
    };
    let after = end.iter().skip_while(|line| !is_heading(line)).skip(1);
    after
        .take_while(|line| line.starts_with("    "))
        .map(|line| line.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_nextest_calls_flaky_is_named_once() {
        let end = lines(
            "        PASS [   2.1s] (1/3) stories::stories one\n   FLAKY 2/2 [   3.0s] (2/3) stories::stories two\n\
             ------------\n     Summary [  9.0s] 3 tests run: 3 passed (1 flaky), 0 skipped\n\
             \x20  FLAKY 2/2 [   3.0s] (2/3) stories::stories two",
        );
        assert_eq!(in_nextests(&end), ["(2/3) stories::stories two"]);
        assert_eq!(
            in_nextests(&lines("     Summary [ 9.0s] 3 passed")),
            [""; 0]
        );
    }

    #[test]
    fn what_playwright_calls_flaky_is_named() {
        let end = lines(
            "  ok 1 tests/a.spec.ts:3:1 › one\n\n  1 flaky\n    tests/lock.spec.ts:20:3 › the lock › opens ───\n  465 passed (2.0m)",
        );
        assert_eq!(
            in_playwrights(&end),
            ["tests/lock.spec.ts:20:3 › the lock › opens ───"]
        );
        assert_eq!(in_playwrights(&lines("  466 passed (2.0m)")), [""; 0]);
    }
}
