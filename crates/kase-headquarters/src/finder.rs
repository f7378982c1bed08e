//! Finds customers of the whole chain. Its index in memory follows the feed: before each search it takes in what
//! was committed since the last one, so nothing needs to tell it.

use kase_domain::{Account, CustomerId, Stage};
use kase_replication::CustomerState;
use kase_search::{Entry, Index, Query, Shortcuts};
use sqlx::SqliteConnection;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::pending::{pending_after, pending_of};
use crate::staging::hex_list;
use crate::{Headquarters, HeadquartersError};

/// Customers taken in at once while catching up; others get a turn between.
const CATCH_UP: i64 = 2_000;

/// Customers found at most.
const MOST_FOUND: usize = 200;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    followed: Mutex<Followed>,
}

#[derive(Debug, Default)]
struct Followed {
    index: Index,
    position: i64,
    pending_position: i64,
}

impl Headquarters {
    /// The customers that match best, at most `limit`, best first.
    pub async fn search(&self, query: &str, limit: usize) -> Result<Vec<CustomerState>, HeadquartersError> {
        let query = Query::parse(query, &Shortcuts::ENGLISH);
        let mut snapshot = self.database.snapshot().await?;
        let ids: Vec<Uuid> = {
            let mut followed = self.finder.followed.lock().await;
            catch_up(&mut followed, &mut snapshot).await?;
            let found = followed.index.search(&query, limit.min(MOST_FOUND));
            found.hits.iter().map(|hit| hit.customer_id.0).collect()
        };
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT state FROM customers WHERE customer_id IN (SELECT unhex(value) FROM json_each(?))",
        )
        .bind(hex_list(&ids))
        .fetch_all(&mut *snapshot)
        .await?;
        let mut states: Vec<CustomerState> = readable(rows.iter()).collect();
        if rows.len() < ids.len() {
            let pending = pending_of(&mut snapshot, &ids).await?;
            let is_new =
                |state: &CustomerState| states.iter().all(|known| known.customer_id != state.customer_id);
            let pending: Vec<CustomerState> = pending.into_iter().filter(is_new).collect();
            states.extend(pending);
        }
        let place = |id: CustomerId| ids.iter().position(|found| *found == id.0);
        states.sort_by_key(|state| place(state.customer_id));
        Ok(states)
    }
}

async fn catch_up(
    followed: &mut Followed,
    connection: &mut SqliteConnection,
) -> Result<(), HeadquartersError> {
    // In this order: in one snapshot a customer is pending or has its number, and between two it goes from the one to
    // the other.
    catch_up_with_pending(followed, connection).await?;
    loop {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT position, state FROM customers WHERE position > ? ORDER BY position LIMIT ?",
        )
        .bind(followed.position)
        .bind(CATCH_UP)
        .fetch_all(&mut *connection)
        .await?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        let last = *last;
        let states: Vec<CustomerState> = readable(rows.iter().map(|(_, text)| text)).collect();
        followed.index.extend(states.iter().map(entry));
        followed.position = last;
        tokio::task::yield_now().await;
    }
}

async fn catch_up_with_pending(
    followed: &mut Followed,
    connection: &mut SqliteConnection,
) -> Result<(), HeadquartersError> {
    loop {
        let page = pending_after(connection, followed.pending_position, CATCH_UP).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        followed.pending_position = *last;
        let states = page.into_iter().filter_map(|(_, state)| state);
        let (ended, pending): (Vec<_>, Vec<_>) =
            states.partition(|state| matches!(state.account, Account::Pending(Stage::Discarded(_))));
        followed.index.extend(pending.iter().map(entry));
        for state in ended {
            followed.index.remove(state.customer_id);
        }
        tokio::task::yield_now().await;
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

/// One that cannot be read is not found, and hides no other; the feed tells of it.
fn readable<'a>(texts: impl Iterator<Item = &'a String>) -> impl Iterator<Item = CustomerState> {
    texts.filter_map(|text| serde_json::from_str(text).ok())
}
