//! Why the server does not serve.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// One variant for each thing that whoever starts it can do about it.
#[derive(Debug, Error)]
pub enum ServerError {
    /// A setting is bad in a way that shows only when it is used.
    #[error("{setting}: {reason}")]
    Setting {
        /// Which, as it is written.
        setting: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The data folder cannot be made.
    #[error("the folder {} cannot be made: {reason}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {reason}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file that somebody named is not what it should be.
    #[error("{}: {reason}", file.display())]
    Source {
        /// Which.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A setting was refused; the line names it.
    #[error("{0}")]
    Refused(String),
    /// Headquarters did not take in what it was sent.
    #[error("{0}")]
    Import(String),
    /// Headquarters' database failed.
    #[error("headquarters: {0}")]
    Headquarters(#[from] kase_headquarters::HeadquartersError),
    /// A channel's database failed.
    #[error("channel: {0}")]
    Channel(#[from] kase_channel::ChannelError),
    /// Serving failed.
    #[error("serving: {0}")]
    Serving(#[from] std::io::Error),
}

impl ServerError {
    /// Whether a setting is to blame.
    pub fn is_setting(&self) -> bool {
        matches!(self, Self::Setting { .. } | Self::Source { .. } | Self::Refused(_))
    }

    pub(crate) fn file(file: &Path, reason: impl ToString) -> Self {
        Self::File { file: file.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn source(file: &Path, reason: impl ToString) -> Self {
        Self::Source { file: file.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn setting(setting: &'static str, reason: impl ToString) -> Self {
        Self::Setting { setting, reason: reason.to_string() }
    }
}
