//! Whose address an id is. Nothing is ever removed: whoever noted an address's id can resolve it for ever.

use kase_domain::{AddressId, CustomerId};
use kase_replication::CustomerState;
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::ChannelError;
use crate::store::customer;

/// The customer that an address's id stands for.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: AddressId,
) -> Result<Option<CustomerState>, ChannelError> {
    let owner: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT customer_id FROM address_aliases WHERE address_id = ?")
            .bind(id.0.as_bytes().as_slice())
            .fetch_optional(&mut *connection)
            .await?;
    match owner {
        Some(owner) => customer::find(connection, CustomerId(Uuid::from_slice(&owner)?)).await,
        None => Ok(None),
    }
}

/// Notes the addresses of these customers, in two statements. Headquarters' word goes before what waits for it: a pending
/// customer takes no address from anybody, and one that was merged into another has its addresses there.
pub(crate) async fn note(
    connection: &mut SqliteConnection,
    states: impl Iterator<Item = &CustomerState>,
) -> Result<(), ChannelError> {
    let mut rows = Vec::new();
    for state in states {
        let (owner, is_synced) = (state.customer_id.0.simple().to_string(), !state.account.is_pending());
        let addresses = state.customer.addresses.iter();
        rows.extend(addresses.map(|address| (address.id().0.simple().to_string(), owner.clone(), is_synced)));
    }
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO address_aliases (address_id, customer_id)
         SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each(?1) WHERE NOT value ->> 2
         ON CONFLICT (address_id) DO NOTHING",
    )
    .bind(serde_json::to_string(&rows)?)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO address_aliases (address_id, customer_id)
         SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each(?1) WHERE value ->> 2
         ON CONFLICT (address_id) DO UPDATE SET customer_id = excluded.customer_id
         WHERE customer_id <> excluded.customer_id",
    )
    .bind(serde_json::to_string(&rows)?)
    .execute(connection)
    .await?;
    Ok(())
}
