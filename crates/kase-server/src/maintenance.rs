//! What an operator does beside serving: `backup`, `restore` and `import`. Each ends by itself, says on stdout what it
//! did, and on stderr in one line why it did not.

mod backup;
mod databases;
mod import;
mod manifest;
mod passed_over;
mod restore;

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use kase_headquarters::SKIPPED_NUMBERS;

use crate::{Refusal, ServerError};

/// What is to be done.
#[derive(Debug, Clone, Parser)]
#[command(name = "kase-server", version, about = "Kase's server: copies, brings back and takes in data")]
pub enum Maintenance {
    /// Copy a running installation's databases into a new folder
    Backup {
        /// The folder to be made
        target: PathBuf,
        /// The folder of the databases
        #[arg(long, env = "KASE_DATA", value_name = "DIR", default_value = "var")]
        data: PathBuf,
    },
    /// Bring databases back from a backup, while no server runs on them
    Restore {
        /// The backup's folder
        source: PathBuf,
        /// The folder of the databases
        #[arg(long, env = "KASE_DATA", value_name = "DIR", default_value = "var")]
        data: PathBuf,
        /// Move aside the databases that are there
        #[arg(long)]
        replace: bool,
        /// Bring back this place alone: `headquarters` or a channel's id; may be given more than once
        #[arg(long, value_name = "PLACE")]
        only: Vec<String>,
        /// How many account and card numbers headquarters passes over: more than it gave out since the backup
        #[arg(long, value_name = "N", default_value_t = SKIPPED_NUMBERS)]
        skip_numbers: u64,
    },
    /// Take in what a register sealed into its rescue file
    Import {
        /// The register's file
        file: PathBuf,
        /// Where headquarters is
        #[arg(long, env = "KASE_HEADQUARTERS_URL", value_name = "URL")]
        headquarters_url: String,
        /// Who takes it in; the password comes from KASE_PASSWORD, or else from standard input
        #[arg(long, env = "KASE_USER", value_name = "NAME")]
        user: String,
    },
}

impl Maintenance {
    /// Reads the arguments; none when they are of a server that serves.
    pub fn read(arguments: &[OsString]) -> Option<Result<Self, Refusal>> {
        let verb = arguments.get(1).and_then(|verb| OsStr::to_str(verb))?;
        matches!(verb, "backup" | "restore" | "import")
            .then(|| Self::try_parse_from(arguments).map_err(Refusal::of_clap))
    }

    /// Does it.
    pub async fn run(self) -> Result<(), ServerError> {
        let done = match self {
            Self::Backup { target, data } => backup::back_up(&data, &target).await?,
            Self::Restore { source, data, replace, only, skip_numbers } => {
                restore::restore(&source, &data, &restore::Wish { replace, only, skip_numbers }).await?
            }
            Self::Import { file, headquarters_url, user } => {
                import::import(&file, &headquarters_url, &user).await?
            }
        };
        let mut stdout = std::io::stdout().lock();
        // That nobody reads it undoes nothing.
        let _ = writeln!(stdout, "{done}").and_then(|()| stdout.flush());
        Ok(())
    }
}
