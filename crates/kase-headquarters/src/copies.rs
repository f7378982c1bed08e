//! Customers that a restore has lost and another store's channel still has a copy of. Where nothing else of them has come
//! back they become accounts again, with their numbers and cards.

use std::collections::HashSet;

use kase_domain::{Account, AccountNumber, AddressId, ChannelId};
use kase_replication::{CustomerState, MOST_COPIES};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::HeadquartersError;
use crate::PLACE_NAME;
use crate::audit::note;
use crate::conversion::{Book, settle};
use crate::returned::{latest, pass_numbers};
use crate::staging::hex_list;
use crate::write::Write;

/// Takes back those of `copies` that are not here, where this database was ever restored; whether anything was written.
pub(crate) async fn take_copies(
    write: &mut Write<'_>,
    channel: &ChannelId,
    copies: &[CustomerState],
    now: kase_domain::Timestamp,
) -> Result<bool, HeadquartersError> {
    let restore = if copies.is_empty() { None } else { latest(write.connection()).await? };
    let Some(restore) = restore else { return Ok(false) };
    let copies = &copies[..copies.len().min(MOST_COPIES)];
    let connection = write.connection();
    let numbers = copies.iter().filter_map(|copy| copy.account.number());
    let cards = copies.iter().flat_map(|copy| &copy.loyalty_cards).map(|card| &card.number);
    pass_numbers(connection, numbers.clone(), cards.clone()).await?;
    let creations = in_line(connection, copies).await?;
    let (numbers, cards): (Vec<_>, Vec<_>) = (numbers.collect(), cards.map(|card| card.as_str()).collect());
    let mut book = Book::about(connection, &ids(copies), &numbers, &cards, now).await?;
    let mut taken = Vec::new();
    for copy in copies {
        let Some(number) = copy.account.number() else { continue };
        if creations.contains(&copy.customer_id.0) {
            keep_for_creation(write.connection(), copy.customer_id.0, number).await?;
        } else if book.owner(copy.customer_id.0).is_none() && take(&mut book, copy, number) {
            taken.push(copy.customer_id.0);
        }
    }
    if taken.is_empty() {
        return Ok(!creations.is_empty());
    }
    settle(write, &book, &[], &[]).await?;
    let connection = write.connection();
    sqlx::query(
        "INSERT INTO returned_copies (customer_id, restore, channel)
         SELECT unhex(value), ?2, ?3 FROM json_each(?1)",
    )
    .bind(hex_list(&taken))
    .bind(restore)
    .bind(channel.as_str())
    .execute(&mut *connection)
    .await?;
    let detail = format!("{} that the restore had lost, from the copies of its store", taken.len());
    note(connection, now, PLACE_NAME, "took customers back", channel.as_str(), &detail).await?;
    tracing::info!(%channel, customers = taken.len(), "customers that the restore had lost came back from copies");
    Ok(true)
}

/// Makes the account anew. Not where its number is none that a restore has lost.
fn take(book: &mut Book, copy: &CustomerState, number: &AccountNumber) -> bool {
    if !book.accounts.may_have_been_lost(number.as_str()) {
        tracing::warn!("a copy with a number that no restore has lost is left alone");
        return false;
    }
    let Some(own) = book.number_for(Some(number)) else { return false };
    let mut customer = copy.customer.clone();
    // What its channel shows ahead comes with its own operation, and an address of somebody else is not this one's.
    let is_here = |id: AddressId| !copy.pending_addresses.contains(&id) && book.owner(id.0).is_none();
    customer.addresses.retain(|address| is_here(address.id()));
    let is_free = |card: &&kase_domain::LoyaltyCard| book.card_owner(&card.number).is_none();
    let cards: Vec<_> = copy.loyalty_cards.iter().filter(is_free).cloned().collect();
    for card in &cards {
        book.put_card(card.number.clone(), copy.customer_id);
    }
    let state = CustomerState::new(copy.customer_id, Account::Synced(own), customer);
    book.put(CustomerState { loyalty_cards: cards, loyalty_blocked: copy.loyalty_blocked, ..state });
    true
}

fn ids(copies: &[CustomerState]) -> Vec<Uuid> {
    let addresses =
        |copy: &CustomerState| copy.customer.addresses.iter().map(|address| address.id().0).collect();
    copies
        .iter()
        .flat_map(|copy| std::iter::once(copy.customer_id.0).chain::<Vec<Uuid>>(addresses(copy)))
        .collect()
}

/// Those whose creation has come back itself, and waits here or for a person.
async fn in_line(
    connection: &mut SqliteConnection,
    copies: &[CustomerState],
) -> Result<HashSet<Uuid>, HeadquartersError> {
    let ids: Vec<Uuid> = copies.iter().map(|copy| copy.customer_id.0).collect();
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM operations
         WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND status <> 'applied' AND status <> 'held'",
    )
    .bind(hex_list(&ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// A creation whose own channel did not know its number yet gets the one that it had.
async fn keep_for_creation(
    connection: &mut SqliteConnection,
    id: Uuid,
    number: &AccountNumber,
) -> Result<(), HeadquartersError> {
    sqlx::query(
        "UPDATE operations SET claim = json_set(coalesce(claim, '{}'), '$.account_number', ?2)
         WHERE id = ?1 AND claim ->> '$.account_number' IS NULL",
    )
    .bind(id)
    .bind(number.as_str())
    .execute(connection)
    .await?;
    Ok(())
}
