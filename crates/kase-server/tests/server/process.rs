//! The program among programs: bad settings, and what it prints.

use crate::app::{TestApp, run_to_end};

#[test]
fn bad_settings_end_with_status_2_and_one_line_that_names_the_setting() {
    for (arguments, setting) in [
        (&["--listen", "nonsense"][..], "--listen"),
        (&["--demo", "--listen", "0.0.0.0:0"], "--demo"),
        (&["--role", "channel"], "--headquarters-url"),
        (&["--database-url", "postgres://localhost/kase"], "--database-url"),
        (&["--tls-cert", "nowhere.pem", "--tls-key", "nowhere.key"], "--tls-cert"),
        (&["--config", "nowhere.toml"], "--config"),
        (&["--nonsense"], "--nonsense"),
    ] {
        let (status, said) = run_to_end(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(setting), "{said}");
    }
}

#[tokio::test]
async fn a_setting_can_stand_in_the_file() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("kase.toml");
    std::fs::write(&file, "demo = true\nlog = \"json\"\n").unwrap();
    let arguments = ["--config", file.to_str().unwrap()];
    let app = TestApp::start_with(&arguments, data.path(), "127.0.0.1:0").await;
    app.signed_in("RIGA-1").await;
    std::fs::write(&file, "demno = true\n").unwrap();
    let (status, said) = run_to_end(&arguments);
    assert_eq!((status, said.contains("demno"), said.lines().count()), (Some(2), true, 1), "{said}");
}
