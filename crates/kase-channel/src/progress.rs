//! How far a recorded operation has come in this channel, as one value and as its two columns.

use kase_domain::{Refusal, Stage};

use crate::ChannelError;

/// How far a recorded operation has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Made of an API request; headquarters is being asked, or was and did not answer. Its bytes are kept for
    /// a repeat of the request and are never sent otherwise.
    Asked,
    /// To be pushed.
    Ready,
    /// Waits for its customer's account number.
    Held,
    /// Headquarters has it.
    Delivered(Stage),
    /// Headquarters did not take it; it waits for a person.
    Refused(Refusal),
    /// It has taken effect.
    Done,
}

impl Progress {
    /// The name in the database; never changed once it has shipped.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Ready => "ready",
            Self::Held => "held",
            Self::Delivered(_) => "delivered",
            Self::Refused(_) => "refused",
            Self::Done => "done",
        }
    }

    /// The stage that its sender is told; none when it has taken effect.
    pub(crate) fn stage(&self) -> Option<Stage> {
        match self {
            Self::Asked | Self::Ready | Self::Held => Some(Stage::InChannel),
            Self::Delivered(stage) => Some(stage.clone()),
            Self::Refused(refusal) => Some(Stage::Refused(refusal.clone())),
            Self::Done => None,
        }
    }

    /// The stage column.
    pub(crate) fn stage_column(&self) -> Result<Option<String>, ChannelError> {
        Ok(self.stage().map(|stage| serde_json::to_string(&stage)).transpose()?)
    }

    /// Reads the two columns.
    pub(crate) fn read(name: &str, stage: Option<&str>) -> Result<Self, ChannelError> {
        let stage: Option<Stage> = stage.map(serde_json::from_str).transpose()?;
        match (name, stage) {
            ("asked", _) => Ok(Self::Asked),
            ("ready", _) => Ok(Self::Ready),
            ("held", _) => Ok(Self::Held),
            ("delivered", Some(stage)) => Ok(Self::Delivered(stage)),
            ("refused", Some(Stage::Refused(refusal))) => Ok(Self::Refused(refusal)),
            ("done", _) => Ok(Self::Done),
            (name, _) => Err(ChannelError::Corrupt(format!("no progress is called {name}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::ErrorCode;

    #[test]
    fn progress_survives_its_columns() {
        let refusal = Refusal { code: ErrorCode::TooLong, detail: "…".into(), field: None };
        for progress in [
            Progress::Asked,
            Progress::Ready,
            Progress::Held,
            Progress::Delivered(Stage::AtHeadquarters),
            Progress::Delivered(Stage::Refused(refusal.clone())),
            Progress::Refused(refusal),
            Progress::Done,
        ] {
            let stage = progress.stage_column().unwrap();
            assert_eq!(Progress::read(progress.name(), stage.as_deref()).unwrap(), progress);
        }
    }
}
