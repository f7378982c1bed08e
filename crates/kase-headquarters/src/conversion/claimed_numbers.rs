//! The account numbers that channels say their customers had before a restore, as far as a batch needs them.

use std::collections::HashSet;

use kase_domain::AccountNumber;
use sqlx::SqliteConnection;

use crate::HeadquartersError;
use crate::number_sequence::NumberSequence;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct ClaimedNumbers {
    taken: HashSet<AccountNumber>,
    /// What a customer had, and what it was given instead.
    pub(crate) renumbered: Vec<(AccountNumber, AccountNumber)>,
}

impl ClaimedNumbers {
    pub(crate) async fn load(
        connection: &mut SqliteConnection,
        claimed: &[&AccountNumber],
    ) -> Result<Self, HeadquartersError> {
        if claimed.is_empty() {
            return Ok(Self::default());
        }
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT account_number FROM customers WHERE account_number IN (SELECT value FROM json_each(?))",
        )
        .bind(serde_json::to_string(claimed)?)
        .fetch_all(connection)
        .await?;
        let taken = rows.iter().filter_map(|number| AccountNumber::parse(number).ok()).collect();
        Ok(Self { taken, renumbered: Vec::new() })
    }

    /// Gives the number back to who had it, where a restore may have lost it and nobody else has it.
    pub(crate) fn keep(&mut self, accounts: &NumberSequence, number: &AccountNumber) -> bool {
        accounts.may_have_been_lost(number.as_str()) && self.taken.insert(number.clone())
    }
}
