//! The event-stream format of `text/event-stream` (HTML Living Standard, 9.2), read as it arrives: in pieces
//! that end anywhere, also in the middle of a character or of a line's end. It only reads; what an event means
//! is [`crate::HintStream`]'s matter.

use thiserror::Error;

/// Most bytes of one event. A hint has about a hundred; whoever sends more is no peer of ours.
pub const MOST_EVENT_BYTES: usize = 64 * 1_024;

/// A stream that is being read.
#[derive(Debug, Default)]
pub struct EventStream {
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed now belongs to the same end of line.
    after_return: bool,
    begun: bool,
    event: String,
    data: String,
    has_data: bool,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEvent {
    /// Its name; `message` where none was sent.
    pub event: String,
    /// Its data, lines joined by line feeds.
    pub data: String,
}

/// An event is longer than [`MOST_EVENT_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an event is longer than {MOST_EVENT_BYTES} bytes")]
pub struct EventTooLong;

impl EventStream {
    /// Takes the next piece and gives the events that it completes.
    pub fn read(&mut self, piece: &[u8]) -> Result<Vec<StreamEvent>, EventTooLong> {
        let mut events = Vec::new();
        for &byte in piece {
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if second_half {
                continue;
            }
            if byte == b'\n' || byte == b'\r' {
                events.extend(self.end_line());
            } else {
                self.line.push(byte);
            }
            if self.line.len() + self.data.len() + self.event.len() > MOST_EVENT_BYTES {
                return Err(EventTooLong);
            }
        }
        Ok(events)
    }

    fn end_line(&mut self) -> Option<StreamEvent> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&bytes);
        let first = !std::mem::replace(&mut self.begun, true);
        let line = if first { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
        if line.is_empty() {
            return self.end_event();
        }
        // A comment is a line whose field has no name: it falls through.
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<StreamEvent> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        let has_data = std::mem::take(&mut self.has_data);
        let event = if event.is_empty() { "message".to_owned() } else { event };
        has_data.then_some(StreamEvent { event, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the pieces, the events are the same.
    fn check(text: &str, expected: &[(&str, &str)]) {
        for size in [1, 2, 3, 5, 7, text.len().max(1)] {
            let mut stream = EventStream::default();
            let pieces = text.as_bytes().chunks(size);
            let events: Vec<StreamEvent> = pieces.flat_map(|piece| stream.read(piece).unwrap()).collect();
            let found: Vec<(&str, &str)> =
                events.iter().map(|found| (found.event.as_str(), found.data.as_str())).collect();
            assert_eq!(found, expected, "{text:?} in pieces of {size}");
        }
    }

    #[test]
    fn an_event_has_a_name_and_data() {
        check("event: changes\ndata: {}\n\n", &[("changes", "{}")]);
        check("data:bare\n\n", &[("message", "bare")]);
        check("data:  two spaces\n\n", &[("message", " two spaces")]);
        check("data\n\n", &[("message", "")]);
    }

    #[test]
    fn every_end_of_line_counts_once() {
        check("event:a\r\ndata:1\r\n\r\nevent:b\r\ndata:2\r\n\r\n", &[("a", "1"), ("b", "2")]);
        check("event:a\rdata:1\r\rdata:2\r\r", &[("a", "1"), ("message", "2")]);
        check("event:a\ndata:1\r\n\ndata:2\n\r", &[("a", "1"), ("message", "2")]);
    }

    #[test]
    fn lines_of_data_are_joined() {
        check("data: one\ndata:\ndata: three\n\n", &[("message", "one\n\nthree")]);
    }

    #[test]
    fn comments_other_fields_and_events_without_data_are_passed_over() {
        check(": heartbeat\n\nid: 7\nretry: 10\nfuture: x\ndata: 1\n\n", &[("message", "1")]);
        check("event: lost\n\ndata: 1\n\n", &[("message", "1")]);
    }

    #[test]
    fn characters_are_whole_wherever_a_piece_ends() {
        check("data: Žņēķle 👩‍👩‍👧 محمد\n\n", &[("message", "Žņēķle 👩‍👩‍👧 محمد")]);
        check("\u{feff}data: 1\n\n", &[("message", "1")]);
    }

    #[test]
    fn what_is_not_ended_is_no_event() {
        check("data: 1\n\ndata: 2\n", &[("message", "1")]);
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let mut stream = EventStream::default();
        let events = stream.read(b"data: \xff\xfe\n\n").unwrap();
        assert_eq!(events[0].data, "\u{fffd}\u{fffd}");
    }

    #[test]
    fn an_endless_event_is_refused() {
        let line = vec![b'x'; MOST_EVENT_BYTES + 1];
        assert_eq!(EventStream::default().read(&line), Err(EventTooLong));
        let mut stream = EventStream::default();
        let mut refused = false;
        for _ in 0..=MOST_EVENT_BYTES {
            refused |= stream.read(b"data: x\n").is_err();
        }
        assert!(refused, "many short lines of one event count together");
    }
}
