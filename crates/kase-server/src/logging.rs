//! The log: to stderr, for people or for machines. No credential and no customer's data goes there.

use tracing_subscriber::EnvFilter;

use crate::LogFormat;

/// What is logged where `RUST_LOG` says nothing.
const USUAL_FILTER: &str = "info,sqlx=warn";

/// Starts logging. A second start in one process changes nothing.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL_FILTER));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => subscriber.with_ansi(false).try_init(),
        LogFormat::Json => subscriber.json().try_init(),
    };
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
}
