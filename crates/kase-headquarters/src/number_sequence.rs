//! Number sequences: each number is given out once. Gaps are allowed, reuse is not.

use sqlx::SqliteConnection;

use crate::HeadquartersError;

/// Account numbers.
pub(crate) const CUSTOMER_ACCOUNT: &str = "customer_account";
/// Loyalty card numbers, where the profile has them generated.
pub(crate) const LOYALTY_CARD: &str = "loyalty_card";

/// A sequence inside a transaction: what is taken counts once [`NumberSequence::store`] is committed.
#[derive(Debug, Clone)]
pub(crate) struct NumberSequence {
    name: &'static str,
    format: String,
    next: u64,
    loaded: u64,
}

impl NumberSequence {
    pub(crate) async fn load(
        connection: &mut SqliteConnection,
        name: &'static str,
    ) -> Result<Self, HeadquartersError> {
        let (format, next): (String, i64) =
            sqlx::query_as("SELECT format, next FROM number_sequences WHERE name = ?")
                .bind(name)
                .fetch_one(connection)
                .await?;
        let next = u64::try_from(next).unwrap_or_default();
        Ok(Self { name, format, next, loaded: next })
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
    use super::formatted;

    #[test]
    fn a_number_takes_the_places_of_its_format_and_more_when_it_must() {
        for (format, number, expected) in [
            ("C-#######", 4007, "C-0004007"),
            ("C-#######", 12_345_678, "C-12345678"),
            ("##/A", 7, "07/A"),
            ("X", 7, "X7"),
        ] {
            assert_eq!(formatted(format, number), expected);
        }
    }
}
