//! What comes back after a restore: operations that this database had forgotten, with what their channels had been told
//! of them.

use std::collections::BTreeMap;

use kase_domain::{AccountNumber, ChannelId, LoyaltyCardNumber, OperationId};
use kase_replication::{Claim, PushRequest};
use sqlx::SqliteConnection;

use crate::HeadquartersError;
use crate::number_sequence::{CUSTOMER_ACCOUNT, LOYALTY_CARD, NumberSequence};
use crate::staging::Arrival;

/// The claims of a request, where this database was ever restored; nobody else's history is believed. Numbers that the
/// restore did not pass over are passed over now.
pub(crate) async fn believed_claims(
    connection: &mut SqliteConnection,
    request: &PushRequest,
) -> Result<BTreeMap<OperationId, Claim>, HeadquartersError> {
    if request.claims.is_empty() || latest(connection).await?.is_none() {
        return Ok(BTreeMap::new());
    }
    let numbers = request.claims.values().filter_map(|claim| claim.account_number.as_ref());
    let cards = request.claims.values().flat_map(|claim| &claim.loyalty_cards);
    pass_numbers(connection, numbers, cards).await?;
    Ok(request.claims.clone())
}

/// Numbers that were given out before a restore, and that the restore did not pass over, are passed over now.
pub(crate) async fn pass_numbers<'a>(
    connection: &mut SqliteConnection,
    numbers: impl Iterator<Item = &'a AccountNumber>,
    cards: impl Iterator<Item = &'a LoyaltyCardNumber>,
) -> Result<(), HeadquartersError> {
    let mut accounts = NumberSequence::load(connection, CUSTOMER_ACCOUNT).await?;
    let mut card_numbers = NumberSequence::load(connection, LOYALTY_CARD).await?;
    numbers.for_each(|number| accounts.pass(number.as_str()));
    cards.for_each(|number| card_numbers.pass(number.as_str()));
    accounts.store(connection).await?;
    card_numbers.store(connection).await
}

/// Counts and logs those of the new operations that were delivered before.
pub(crate) async fn note_returned(
    connection: &mut SqliteConnection,
    channel: &ChannelId,
    new: &[&Arrival],
) -> Result<(), HeadquartersError> {
    let returned = new.iter().filter(|arrival| arrival.claim.is_some()).count();
    let restore = if returned == 0 { None } else { latest(connection).await? };
    let Some(restore) = restore else { return Ok(()) };
    tracing::info!(%channel, returned, "operations that the restore had lost came back");
    sqlx::query(
        "INSERT INTO returned_operations (restore, channel, operations) VALUES (?, ?, ?)
         ON CONFLICT (restore, channel) DO UPDATE SET operations = operations + excluded.operations",
    )
    .bind(restore)
    .bind(channel.as_str())
    .bind(i64::try_from(returned).unwrap_or(i64::MAX))
    .execute(connection)
    .await?;
    Ok(())
}

/// The latest restore of this database, if there ever was one.
pub(crate) async fn latest(connection: &mut SqliteConnection) -> Result<Option<i64>, HeadquartersError> {
    Ok(sqlx::query_scalar("SELECT max(id) FROM restores").fetch_one(connection).await?)
}
