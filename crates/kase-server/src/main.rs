//! `kase-server`: reads its settings and serves until it is told to stop.

use std::process::ExitCode;

use kase_server::{Settings, logging, run};

/// What a shell is told when a setting is bad.
const BAD_SETTINGS: u8 = 2;

fn main() -> ExitCode {
    let settings = match Settings::read(std::env::args_os()) {
        Ok(settings) => settings,
        Err(refusal) => {
            refusal.tell();
            return ExitCode::from(refusal.exit_status().unwrap_or(BAD_SETTINGS));
        }
    };
    logging::start(settings.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "the server cannot start");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kase-server: {error}");
            ExitCode::from(if error.is_setting() { BAD_SETTINGS } else { 1 })
        }
    }
}
