//! A running `kase-server`.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

use crate::client::{Client, Register, SignedIn};

/// Nothing that a test waits for takes so long; a hang becomes a failure.
pub(crate) const BOUND: Duration = Duration::from_secs(60);

/// A server of a test's own. Dropped, it is killed.
pub(crate) struct TestApp {
    child: Child,
    pub(crate) url: String,
    pub(crate) data: Option<TempDir>,
}

impl TestApp {
    /// Everything in one process, with the demo chain.
    pub(crate) async fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut app = Self::start_with(&["--demo"], data.path(), "127.0.0.1:0").await;
        app.data = Some(data);
        app
    }

    /// A process with other settings.
    pub(crate) async fn start_with(arguments: &[&str], data: &Path, listen: &str) -> Self {
        Self::start_in(arguments, data, listen, &[]).await
    }

    /// A process with other settings, in other surroundings.
    pub(crate) async fn start_in(
        arguments: &[&str],
        data: &Path,
        listen: &str,
        surroundings: &[(&str, &str)],
    ) -> Self {
        if arguments.contains(&"--demo") {
            lay_out_demo(data).await;
        }
        Self::launch(arguments, data, listen, surroundings).await
    }

    async fn launch(arguments: &[&str], data: &Path, listen: &str, surroundings: &[(&str, &str)]) -> Self {
        let mut child = command(arguments)
            .envs(surroundings.iter().copied())
            .args(["--listen", listen, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().unwrap();
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(url) = line.strip_prefix("listening on ") {
                    let _ = sender.send(url.to_owned());
                }
            }
        });
        let url = tokio::task::spawn_blocking(move || receiver.recv_timeout(BOUND).unwrap()).await.unwrap();
        Self { child, url, data: None }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// A register with its device token; waits until the channel knows it.
    pub(crate) async fn register(&self, name: &str) -> Register {
        self.client().activate(name).await
    }

    /// Operator 1001 at a register.
    pub(crate) async fn signed_in(&self, register: &str) -> SignedIn {
        self.register(register).await.sign_in().await
    }

    /// Freezes it, or lets it go on: its connections stay open meanwhile and nothing answers.
    pub(crate) fn freeze(&self, on: bool) {
        let signal = if on { "-STOP" } else { "-CONT" };
        assert!(
            Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success()
        );
    }

    /// Asks it to stop and waits for its end.
    pub(crate) async fn stop(mut self) -> (ExitStatus, Option<TempDir>) {
        let stopped = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(stopped.success());
        let data = self.data.take();
        let status = tokio::task::spawn_blocking(move || self.child.wait().unwrap()).await.unwrap();
        (status, data)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Puts the demo chain into a folder that has none yet, as a server does: filling one takes longer than most tests,
/// so it is done once and copied.
async fn lay_out_demo(data: &Path) {
    static DEMO: tokio::sync::OnceCell<PathBuf> = tokio::sync::OnceCell::const_new();
    let is_demo =
        |file: &std::fs::DirEntry| file.path().is_file() && file.path().extension() != Some("pem".as_ref());
    if std::fs::read_dir(data).unwrap().any(|file| is_demo(&file.unwrap())) {
        return;
    }
    let demo = DEMO.get_or_init(async || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let (status, _) = TestApp::launch(&["--demo"], &folder, "127.0.0.1:0", &[]).await.stop().await;
        assert!(status.success(), "{status}");
        folder
    });
    for file in std::fs::read_dir(demo.await).unwrap().map(Result::unwrap) {
        std::fs::copy(file.path(), data.join(file.file_name())).unwrap();
    }
}

/// The program with none of the surroundings' settings.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kase-server"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KASE_")) {
        command.env_remove(name);
    }
    command.env("RUST_LOG", "warn").args(arguments);
    command
}

/// What a program that ends by itself says, and how it ends.
pub(crate) fn run_to_end(arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = command(arguments).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

/// Waits for the thing itself: asks until it is there, with a bound.
pub(crate) async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let found = async {
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(BOUND, found).await.unwrap_or_else(|_| panic!("{what} did not come"))
}
