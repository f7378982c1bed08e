//! Pure crates read no clock, make no id, draw no lot, start no thread: all that comes in as an
//! argument, so that the simulator runs exactly the code that ships.

use super::Finding;
use super::sources::Source;

const PURE: [&str; 5] = ["kase-domain", "kase-text", "kase-replication", "kase-search", "kase-register"];

/// The places take clock and ids as ports; what else is impure, they may use.
const PLACES: [&str; 2] = ["kase-channel", "kase-headquarters"];

const CLOCKS_AND_IDS: [&str; 5] =
    ["SystemTime::now", "Instant::now", "Uuid::new_v", "Uuid::now_v", "tokio::time"];

const IMPURE: [&str; 7] =
    ["std::time::SystemTime", "Instant::now", "std::thread", "tokio", "Uuid::new_v", "Uuid::now_v", "rand::"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let Some(package) = source.package().filter(|_| source.kind() == "rs") else { return Vec::new() };
    let forbidden: &[&str] = if PURE.contains(&package) {
        &IMPURE
    } else if PLACES.contains(&package) {
        &CLOCKS_AND_IDS
    } else {
        return Vec::new();
    };
    let code = source.lines().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let found = code.flat_map(|(number, line)| {
        forbidden.iter().filter(|word| mentions(line, word)).map(move |word| (number, *word))
    });
    let finding = |(number, word)| {
        Finding::new(format!("{}:{number}", source.path), format!("{package} must not mention {word}"))
    };
    found.map(finding).collect()
}

/// Whether `word` stands in `line` and is not the end of a longer name.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    fn check_line(path: &str, line: &str, expected: &[&str]) {
        let found: Vec<String> = check(&source(path, line)).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn a_pure_crate_reads_no_clock_and_makes_no_id() {
        let path = "crates/kase-domain/src/id.rs";
        check_line(
            path,
            "let id = Uuid::now_v7();",
            &[&format!("{path}:1: kase-domain must not mention Uuid::now_v")],
        );
        check_line(
            path,
            "\nlet n = rand::random();",
            &[&format!("{path}:2: kase-domain must not mention rand::")],
        );
        check_line(path, "use tokio::sync;", &[&format!("{path}:1: kase-domain must not mention tokio")]);
    }

    #[test]
    fn words_alone_and_comments_are_no_use() {
        let path = "crates/kase-domain/src/id.rs";
        check_line(path, "/// Never calls Instant::now.", &[]);
        check_line(path, "brand::name()", &[]);
        check_line(path, "Uuid::parse_str(text)", &[]);
    }

    #[test]
    fn places_may_use_tokio_but_not_its_clock() {
        let path = "crates/kase-channel/src/link.rs";
        check_line(path, "use tokio::sync::Notify;", &[]);
        let expected = format!("{path}:1: kase-channel must not mention tokio::time");
        check_line(path, "tokio::time::sleep(pause).await;", &[&expected]);
    }

    #[test]
    fn the_server_and_tests_may_do_as_they_need() {
        check_line("crates/kase-server/src/clock.rs", "SystemTime::now()", &[]);
        check_line("crates/kase-domain/tests/promise.rs", "Uuid::new_v4()", &[]);
    }
}
