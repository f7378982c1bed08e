//! Finding customers: over what the channel holds, and *Search all stores* at headquarters.

use std::sync::PoisonError;

use kase_domain::{CustomerId, ErrorCode, FieldError, Problem};
use kase_replication::CustomerState;
use kase_search::{Entry, Index, Query, Shortcuts};

use crate::applying::is_discarded;
use crate::store::customer;
use crate::{Channel, ChannelError};

/// *Search all stores* asks for so many characters at least.
pub const LEAST_CHARACTERS_OF_ALL_STORES: usize = 4;

/// Most customers in one answer.
pub const MOST_FOUND: u32 = 200;

/// The index over the channel's customers.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    index: Index,
}

/// Where to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What the channel holds.
    #[default]
    Channel,
    /// All stores: headquarters is asked.
    All,
}

impl Channel {
    /// The best `limit` customers that match.
    pub async fn search(
        &self,
        query: &str,
        limit: u32,
        scope: Scope,
    ) -> Result<Vec<CustomerState>, ChannelError> {
        let limit = limit.clamp(1, MOST_FOUND);
        match scope {
            Scope::Channel => self.search_here(query, limit).await,
            Scope::All => self.search_all_stores(query, limit).await,
        }
    }

    async fn search_here(&self, query: &str, limit: u32) -> Result<Vec<CustomerState>, ChannelError> {
        let query = Query::parse(query, &Shortcuts::ENGLISH);
        let found: Vec<CustomerId> = {
            let finder = self.finder.read().unwrap_or_else(PoisonError::into_inner);
            let found = finder.index.search(&query, usize::try_from(limit).unwrap_or(usize::MAX));
            found.hits.iter().map(|hit| hit.customer_id).collect()
        };
        let mut read = self.database.snapshot().await?;
        let mut customers = Vec::with_capacity(found.len());
        for id in found {
            customers.extend(customer::find(&mut read, id).await?);
        }
        Ok(customers)
    }

    async fn search_all_stores(&self, query: &str, limit: u32) -> Result<Vec<CustomerState>, ChannelError> {
        if query.trim().chars().count() < LEAST_CHARACTERS_OF_ALL_STORES {
            return Err(ChannelError::Fields(vec![FieldError::new("query", Problem::Invalid)]));
        }
        let answer = self.headquarters.search(query.trim(), limit).await;
        self.note_answer(&answer);
        answer.map_err(|error| {
            tracing::warn!(channel = %self.id, %error, "headquarters could not be searched");
            ErrorCode::HeadquartersUnreachable.into()
        })
    }

    /// Takes customers into the index, in place of what was known of them. Whom headquarters discarded is not found.
    pub(crate) fn find_from_now_on<'a>(&self, customers: impl Iterator<Item = &'a CustomerState>) {
        let (gone, found): (Vec<_>, Vec<_>) = customers.partition(|state| is_discarded(state));
        let mut finder = self.finder.write().unwrap_or_else(PoisonError::into_inner);
        finder.index.extend(found.into_iter().map(entry));
        for state in gone {
            finder.index.remove(state.customer_id);
        }
    }
}

fn entry(state: &CustomerState) -> Entry<'_> {
    Entry {
        customer_id: state.customer_id,
        account_number: state.account.number(),
        reference: state.reference.as_ref(),
        loyalty_cards: &state.loyalty_cards,
        customer: &state.customer,
    }
}
