//! The answer to `GET replication/hints`, read as it arrives.

use thiserror::Error;

use crate::{EventStream, EventTooLong, Hint};

/// A stream of hints that is being read.
#[derive(Debug, Default)]
pub struct HintStream {
    events: EventStream,
}

/// The stream is not one of hints; whoever answers is no peer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HintStreamError {
    /// An event is too long.
    #[error(transparent)]
    TooLong(#[from] EventTooLong),
    /// An event has a hint's name and not its content.
    #[error("a hint cannot be read: {0}")]
    Invalid(String),
}

impl HintStream {
    /// Takes the next piece and gives the hints that it completes. Events that a newer peer may send and this
    /// code does not know are passed over.
    pub fn read(&mut self, piece: &[u8]) -> Result<Vec<Hint>, HintStreamError> {
        let known = self.events.read(piece)?.into_iter().filter(|event| is_hint(&event.event));
        let parse = |data: &str| {
            serde_json::from_str(data).map_err(|error| HintStreamError::Invalid(error.to_string()))
        };
        known.map(|event| parse(&event.data)).collect()
    }
}

fn is_hint(name: &str) -> bool {
    matches!(name, "hello" | "changes" | "heartbeat")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HeadquartersReach;

    fn as_sent(hint: &Hint) -> String {
        let data = serde_json::to_value(hint).unwrap();
        let name = data["event"].as_str().unwrap();
        format!("event: {name}\ndata: {data}\n\n")
    }

    #[test]
    fn every_hint_is_read_as_it_was_sent() {
        let headquarters = HeadquartersReach::OutOfReach;
        let hints = vec![
            Hint::Hello { place: "riga-centrs".into(), headquarters },
            Hint::Changes,
            Hint::Heartbeat { headquarters, jobs: Vec::new() },
        ];
        let text: String = hints.iter().map(as_sent).collect();
        assert_eq!(HintStream::default().read(text.as_bytes()), Ok(hints));
    }

    #[test]
    fn a_newer_peers_events_are_passed_over() {
        let text =
            "event: moon_phase\ndata: full\n\nevent: changes\ndata: {\"event\":\"changes\",\"of\":1}\n\n";
        assert_eq!(HintStream::default().read(text.as_bytes()), Ok(vec![Hint::Changes]));
    }

    #[test]
    fn a_known_name_with_other_content_is_refused() {
        let text = "event: hello\ndata: <html>\n\n";
        assert!(matches!(HintStream::default().read(text.as_bytes()), Err(HintStreamError::Invalid(_))));
    }
}
