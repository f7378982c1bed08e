//! The feed that registers pull: rows after a position, in the order of their commits, each the whole state.

use std::str::FromStr;

use kase_domain::ErrorCode;
use kase_replication::{Change, Cursor, MOST_PULLED_CHANGES, PullAnswer};
use uuid::Uuid;

use crate::store::{customer, operation, place, settings};
use crate::{Channel, ChannelError, Device};

impl Channel {
    /// The changes after `cursor` that this register may have.
    pub async fn pull(
        &self,
        device: &Device,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<PullAnswer, ChannelError> {
        let cursor = cursor.filter(|text| !text.is_empty()).map(Cursor::from_str).transpose();
        let cursor = cursor.map_err(|_| ErrorCode::BadRequest)?;
        let limit = limit.unwrap_or(MOST_PULLED_CHANGES).clamp(1, MOST_PULLED_CHANGES);
        let mut read = self.database.snapshot().await?;
        let settings = settings::current(&mut read).await?;
        let excluded = settings.as_ref().is_some_and(|(_, settings)| settings.filter_shared_customer_data);
        let with_customers = !device.kiosk && !device.delivers_only && !excluded;
        let feed = feed_of(self.identity, with_customers);
        // A position that was never given out is one of before a backup came back.
        let last = place::position(&mut read).await?;
        let known = cursor.filter(|cursor| cursor.database == feed && cursor.position <= last);
        let after = known.map_or(0, |cursor| cursor.position);

        // One more than asked for of each kind tells whether there is more.
        let mut changes: Vec<(i64, Change)> = Vec::new();
        changes.extend(
            settings
                .filter(|(position, _)| *position > after)
                .map(|(position, settings)| (position, Change::Settings(Box::new(settings)))),
        );
        if with_customers {
            changes.extend(customer::after(&mut read, after, limit + 1).await?);
        }
        let operations = operation::states_after(&mut read, &device.register, after, limit + 1).await?;
        changes.extend(operations.into_iter().map(|(position, state)| (position, Change::Operation(state))));
        changes.sort_unstable_by_key(|(position, _)| *position);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = changes.len() > most;
        changes.truncate(most);
        let position = changes.last().map_or(after, |(position, _)| *position);
        Ok(PullAnswer {
            changes: changes.into_iter().map(|(_, change)| change).collect(),
            cursor: Cursor { database: feed, position }.to_string(),
            more,
            restarted: cursor.is_some() && known.is_none(),
            delivers_only: device.delivers_only,
        })
    }
}

/// A feed without customers is another feed: whoever changes over begins anew, since its position says nothing
/// of the customers that it was not sent.
fn feed_of(database: Uuid, with_customers: bool) -> Uuid {
    if with_customers { database } else { Uuid::from_u128(!database.as_u128()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_without_customers_is_another_feed() {
        let database = Uuid::from_u128(7);
        assert_ne!(feed_of(database, true), feed_of(database, false));
        assert_eq!(feed_of(database, false), feed_of(database, false));
    }
}
