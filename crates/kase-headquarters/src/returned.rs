//! What comes back after a restore: operations that this database had forgotten, with what their channels had been told
//! of them.

use std::collections::BTreeMap;

use kase_domain::{ChannelId, OperationId};
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
    let mut accounts = NumberSequence::load(connection, CUSTOMER_ACCOUNT).await?;
    let mut cards = NumberSequence::load(connection, LOYALTY_CARD).await?;
    for claim in request.claims.values() {
        claim.account_number.iter().for_each(|number| accounts.pass(number.as_str()));
        claim.loyalty_cards.iter().for_each(|number| cards.pass(number.as_str()));
    }
    accounts.store(connection).await?;
    cards.store(connection).await?;
    Ok(request.claims.clone())
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

async fn latest(connection: &mut SqliteConnection) -> Result<Option<i64>, HeadquartersError> {
    Ok(sqlx::query_scalar("SELECT max(id) FROM restores").fetch_one(connection).await?)
}
