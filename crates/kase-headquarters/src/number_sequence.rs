//! Number sequences: each number is given out once. Gaps are allowed, reuse is not.

use sqlx::SqliteConnection;

use crate::HeadquartersError;

/// Account numbers.
pub(crate) const CUSTOMER_ACCOUNT: &str = "customer_account";
/// Loyalty card numbers, where the profile has them generated.
pub(crate) const LOYALTY_CARD: &str = "loyalty_card";

/// A number further beyond what was given out is a mistake, and would use up the sequence.
const MOST_PASSED: u64 = 10_000_000;

/// A sequence inside a transaction: what is taken counts once [`NumberSequence::store`] is committed.
#[derive(Debug, Clone)]
pub(crate) struct NumberSequence {
    name: &'static str,
    format: String,
    next: u64,
    loaded: u64,
    /// The first number that a restore may have lost.
    lost_from: Option<u64>,
}

impl NumberSequence {
    pub(crate) async fn load(
        connection: &mut SqliteConnection,
        name: &'static str,
    ) -> Result<Self, HeadquartersError> {
        let (format, next): (String, i64) =
            sqlx::query_as("SELECT format, next FROM number_sequences WHERE name = ?")
                .bind(name)
                .fetch_one(&mut *connection)
                .await?;
        let lost_from: Option<i64> =
            sqlx::query_scalar("SELECT min(first) FROM skipped_numbers WHERE sequence = ?")
                .bind(name)
                .fetch_one(connection)
                .await?;
        let next = u64::try_from(next).unwrap_or_default();
        let lost_from = lost_from.map(i64::unsigned_abs);
        Ok(Self { name, format, next, loaded: next, lost_from })
    }

    /// Whether this number may have been given out and then forgotten by a restore.
    pub(crate) fn may_have_been_lost(&self, number: &str) -> bool {
        let lost = |(from, number)| from <= number && number < self.next;
        self.lost_from.zip(parsed(&self.format, number)).is_some_and(lost)
    }

    /// Passes over a number that was given out before a restore and lies beyond what the restore passed over.
    pub(crate) fn pass(&mut self, number: &str) {
        let Some(number) = self.lost_from.and_then(|_| parsed(&self.format, number)) else { return };
        if (self.next..self.next.saturating_add(MOST_PASSED)).contains(&number) {
            self.next = number + 1;
        }
    }

    /// Passes over at least `by` numbers beyond what `earlier` restores went on from, and all before `others`; the first
    /// that was passed over, and the next that is given out.
    pub(crate) fn jump(&mut self, by: u64, earlier: u64, others: u64) -> (u64, u64) {
        let first = self.next;
        self.next = first.max(earlier).saturating_add(by).max(others);
        (first, self.next)
    }

    /// A number as people read it.
    pub(crate) fn formatted(&self, number: u64) -> String {
        formatted(&self.format, number)
    }

    /// The next number in its format.
    pub(crate) fn take(&mut self) -> String {
        let number = formatted(&self.format, self.next);
        self.next += 1;
        number
    }

    /// Passes over numbers that are in use: an operator may have typed one that was not reached yet, and a
    /// restored backup may stand behind what was given out since.
    pub(crate) async fn skip_taken(
        &mut self,
        connection: &mut SqliteConnection,
    ) -> Result<(), HeadquartersError> {
        loop {
            let number = formatted(&self.format, self.next);
            let taken: Option<i64> = sqlx::query_scalar(
                "SELECT 1 FROM customers WHERE account_number = ?1
                 UNION ALL SELECT 1 FROM loyalty_cards WHERE number = ?1 LIMIT 1",
            )
            .bind(number)
            .fetch_optional(&mut *connection)
            .await?;
            if taken.is_none() {
                return Ok(());
            }
            self.next += 1;
        }
    }

    pub(crate) async fn store(&self, connection: &mut SqliteConnection) -> Result<(), HeadquartersError> {
        if self.next > self.loaded {
            sqlx::query("UPDATE number_sequences SET next = ? WHERE name = ?")
                .bind(i64::try_from(self.next).unwrap_or(i64::MAX))
                .bind(self.name)
                .execute(connection)
                .await?;
        }
        Ok(())
    }
}

/// The number that [`formatted`] wrote.
fn parsed(format: &str, text: &str) -> Option<u64> {
    let before = format.find('#').map_or(format, |first| &format[..first]);
    let after = format.rfind('#').map_or("", |last| &format[last + 1..]);
    let digits = text.strip_prefix(before)?.strip_suffix(after)?;
    let number = digits.parse().ok()?;
    (formatted(format, number) == text).then_some(number)
}

/// The `#` of `format` are the places of the number, with leading zeros; a number that needs more takes more.
fn formatted(format: &str, number: u64) -> String {
    let (Some(first), Some(last)) = (format.find('#'), format.rfind('#')) else {
        return format!("{format}{number}");
    };
    let places = format[first..=last].chars().filter(|c| *c == '#').count();
    format!("{}{number:0places$}{}", &format[..first], &format[last + 1..])
}

#[cfg(test)]
mod tests {
    use super::{formatted, parsed};

    #[test]
    fn a_number_takes_the_places_of_its_format_and_more_when_it_must() {
        for (format, number, expected) in [
            ("C-#######", 4007, "C-0004007"),
            ("C-#######", 12_345_678, "C-12345678"),
            ("##/A", 7, "07/A"),
            ("X", 7, "X7"),
        ] {
            assert_eq!(formatted(format, number), expected);
            assert_eq!(parsed(format, expected), Some(number));
        }
    }

    #[test]
    fn what_a_sequence_never_writes_is_none_of_its_numbers() {
        for text in [
            "C-4007",
            "C-00004007",
            "D-0004007",
            "C-000400x",
            "C-+004007",
            "C-",
            "",
            "C-99999999999999999999",
        ] {
            assert_eq!(parsed("C-#######", text), None, "{text}");
        }
    }
}
