//! Where a receiver stands in a feed. Opaque to the receiver; it names the database it came from.

use thiserror::Error;
use uuid::Uuid;

/// A position in the feed of one database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The database; made anew when a backup is restored.
    pub database: Uuid,
    /// The last position that the receiver has.
    pub position: i64,
}

/// The text is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a cursor of this service")]
pub struct CursorError;

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.database.simple(), self.position)
    }
}

impl std::str::FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (database, position) = text.split_once('.').ok_or(CursorError)?;
        Ok(Self {
            database: Uuid::parse_str(database).map_err(|_| CursorError)?,
            position: position.parse().map_err(|_| CursorError)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor = Cursor { database: Uuid::from_u128(7), position: 42 };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in
            ["", "1", "x.1", "00000000000000000000000000000007.", "00000000000000000000000000000007.x"]
        {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
        }
    }
}
