//! `kase-server`: reads its settings and serves until it is told to stop, or does what an operator
//! asks for beside that.

use std::ffi::OsString;
use std::process::ExitCode;

use kase_server::{LogFormat, Maintenance, Refusal, ServerError, Settings, logging, run};

/// What a shell is told when a setting is bad.
const BAD_SETTINGS: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if let Some(maintenance) = Maintenance::read(&arguments) {
        return match maintenance {
            Ok(maintenance) => ends(LogFormat::Text, maintenance.run()),
            Err(refusal) => refused(&refusal),
        };
    }
    match Settings::read(arguments) {
        Ok(settings) => ends(settings.log, run(settings)),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> ExitCode {
    refusal.tell();
    ExitCode::from(refusal.exit_status().unwrap_or(BAD_SETTINGS))
}

/// Runs it to its end, and tells the shell how that was.
fn ends(log: LogFormat, work: impl Future<Output = Result<(), ServerError>>) -> ExitCode {
    logging::start(log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "the server cannot start");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kase-server: {error}");
            ExitCode::from(if error.is_setting() { BAD_SETTINGS } else { 1 })
        }
    }
}
