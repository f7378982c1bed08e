//! Which settings are refused, and how.

use super::*;

#[track_caller]
fn check(arguments: &[&str], expected: Result<(), &str>) {
    let arguments = std::iter::once(&"kase-server").chain(arguments).map(OsString::from);
    match (Settings::read(arguments), expected) {
        (Ok(_), Ok(())) => {}
        (Err(Refusal::Bad(line)), Err(setting)) => {
            assert!(line.contains(setting), "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
        (settings, expected) => panic!("{settings:?} instead of {expected:?}"),
    }
}

#[test]
fn a_bad_setting_is_named_in_one_line() {
    check(&[], Ok(()));
    check(&["--listen", "[::1]:0", "--demo", "--log", "json"], Ok(()));
    check(&["--listen", "nonsense"], Err("--listen"));
    check(&["--role", "king"], Err("--role"));
    check(&["--demo", "--listen", "0.0.0.0:8080"], Err("--demo"));
    check(&["--role", "channel"], Err("--headquarters-url"));
    check(&["--role", "channel", "--headquarters-url", "http://hq"], Err("--enrolment"));
    check(
        &["--role", "channel", "--headquarters-url", "hq", "--enrolment", "a.b"],
        Err("--headquarters-url"),
    );
    check(&["--enrolment", "a.b"], Err("--enrolment"));
    check(&["--tls-cert", "a.pem"], Err("--tls-key"));
    check(&["--database-url", "postgres://x"], Err("--database-url"));
    check(&["--config", "/nowhere.toml"], Err("--config"));
    check(&["--unknown"], Err("--unknown"));
}
