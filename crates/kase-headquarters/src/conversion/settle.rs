//! Writes what was decided, in the transaction that read it: customers, aliases, cards, history, numbers, and the
//! operations' ends, each with its place in the feed. A handful of statements, whatever the batch's size.

use kase_domain::{CustomerId, Timestamp};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{Book, Verdict, Waiting};
use crate::audit::note;
use crate::staging::{code_text, hex_list};
use crate::write::Write;
use crate::{HeadquartersError, PLACE_NAME};

pub(crate) async fn settle(
    write: &mut Write<'_>,
    book: &Book,
    batch: &[Waiting],
    verdicts: &[(usize, Verdict)],
) -> Result<(), HeadquartersError> {
    put_customers(write, book).await?;
    let connection = write.connection();
    put_aliases(connection, book).await?;
    put_cards(connection, book).await?;
    put_changes(connection, book).await?;
    note_renumbered(connection, book).await?;
    book.accounts.store(connection).await?;
    book.card_numbers.store(connection).await?;
    end_operations(write, book, batch, verdicts).await?;
    let new: Vec<Uuid> = book
        .new_aliases
        .values()
        .filter(|(kind, _)| *kind == "customer")
        .map(|(_, CustomerId(id))| *id)
        .collect();
    release_early_ones(write, &new, book.now).await
}

async fn put_customers(write: &mut Write<'_>, book: &Book) -> Result<(), HeadquartersError> {
    let mut rows: Vec<Value> = Vec::with_capacity(book.touched.len());
    for id in &book.touched {
        let Some(state) = book.customers().get(id) else { continue };
        let Some(number) = state.account.number() else { continue };
        let text = serde_json::to_string(state)?;
        rows.push(json!([id.0.simple().to_string(), number.as_str(), text, write.next_position()]));
    }
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO customers (customer_id, account_number, state, position)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
         ON CONFLICT (customer_id) DO UPDATE SET state = excluded.state, position = excluded.position",
    )
    .bind(serde_json::to_string(&rows)?)
    .execute(write.connection())
    .await?;
    Ok(())
}

async fn put_aliases(connection: &mut SqliteConnection, book: &Book) -> Result<(), HeadquartersError> {
    if book.new_aliases.is_empty() {
        return Ok(());
    }
    let rows: Vec<Value> = book
        .new_aliases
        .iter()
        .map(|(alias, (kind, owner))| json!([alias.simple().to_string(), kind, owner.0.simple().to_string()]))
        .collect();
    sqlx::query(
        "INSERT INTO aliases (alias, kind, customer_id)
         SELECT unhex(value ->> 0), value ->> 1, unhex(value ->> 2) FROM json_each(?)",
    )
    .bind(serde_json::to_string(&rows)?)
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_cards(connection: &mut SqliteConnection, book: &Book) -> Result<(), HeadquartersError> {
    for (number, owner) in &book.new_cards {
        sqlx::query("INSERT INTO loyalty_cards (number, customer_id, issued_at) VALUES (?, ?, ?)")
            .bind(number.as_str())
            .bind(owner.0)
            .bind(book.now.0)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn put_changes(connection: &mut SqliteConnection, book: &Book) -> Result<(), HeadquartersError> {
    if book.changes.is_empty() {
        return Ok(());
    }
    let rows: Vec<Value> = book
        .changes
        .iter()
        .map(|recorded| {
            json!([
                recorded.customer_id.0.simple().to_string(),
                recorded.change.field,
                recorded.change.seen.to_string(),
                recorded.change.value.to_string(),
                recorded.who,
                recorded.operation.0.simple().to_string(),
                recorded.channel,
            ])
        })
        .collect();
    sqlx::query(
        "INSERT INTO changes (customer_id, field, old, new, who, operation, channel, changed_at)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, unhex(value ->> 5),
                value ->> 6, ?2
         FROM json_each(?1) ORDER BY key",
    )
    .bind(serde_json::to_string(&rows)?)
    .bind(book.now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A receipt that was printed before a restore says another number now: people must know.
async fn note_renumbered(connection: &mut SqliteConnection, book: &Book) -> Result<(), HeadquartersError> {
    for (had, given) in &book.claimed.renumbered {
        tracing::warn!("after a restore a customer could not keep its account number; the audit says which");
        let action = "gave a customer another account number after a restore";
        note(connection, book.now, PLACE_NAME, action, given.as_str(), &format!("had {had}")).await?;
    }
    Ok(())
}

/// The operations' ends come after the customers in the feed: who reads that a creation took effect has its
/// number already.
async fn end_operations(
    write: &mut Write<'_>,
    book: &Book,
    batch: &[Waiting],
    verdicts: &[(usize, Verdict)],
) -> Result<(), HeadquartersError> {
    let mut rows: Vec<Value> = Vec::with_capacity(verdicts.len());
    for (at, verdict) in verdicts {
        let Some(waiting) = batch.get(*at) else { continue };
        let (status, refusal, conflicts) = match verdict {
            Verdict::Applied => ("applied", None, None),
            Verdict::Held(conflicts) => ("held", None, Some(serde_json::to_string(conflicts)?)),
            Verdict::Refused(refusal) => ("refused", Some(refusal), None),
        };
        // A customer that was refused is told of anew, one that has its number is told of by that.
        let shows = refusal.is_some() && waiting.id.0 == waiting.customer_id.0;
        let pending_position = shows.then(|| write.next_position());
        rows.push(json!([
            waiting.id.0.simple().to_string(),
            status,
            refusal.map(|refusal| code_text(refusal.code)),
            refusal.map(|refusal| &refusal.detail),
            refusal.and_then(|refusal| refusal.field.as_ref()),
            conflicts,
            write.next_position(),
            pending_position,
        ]));
    }
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE operations
         SET status = ended.status, error_code = ended.code, error_detail = ended.detail,
             error_field = ended.field, conflicts = ended.conflicts, position = ended.position, pending_position = ended.pending_position,
             settled_at = ?2
         FROM (
           SELECT unhex(value ->> 0) AS id, value ->> 1 AS status, value ->> 2 AS code, value ->> 3 AS detail,
                  value ->> 4 AS field, value ->> 5 AS conflicts, value ->> 6 AS position,
                  value ->> 7 AS pending_position
           FROM json_each(?1)
         ) AS ended
         WHERE operations.id = ended.id",
    )
    .bind(serde_json::to_string(&rows)?)
    .bind(book.now.0)
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Operations that came before their customer's creation were refused for it; now they are in line again.
async fn release_early_ones(
    write: &mut Write<'_>,
    new: &[Uuid],
    now: Timestamp,
) -> Result<(), HeadquartersError> {
    if new.is_empty() {
        return Ok(());
    }
    let released = sqlx::query(
        "UPDATE operations
         SET status = 'at_headquarters', error_code = NULL, error_detail = NULL, error_field = NULL,
             settled_at = ?2
         WHERE status = 'refused' AND error_code = 'unknown_customer'
           AND customer_id IN (SELECT unhex(value) FROM json_each(?1))",
    )
    .bind(hex_list(new))
    .bind(now.0)
    .execute(write.connection())
    .await?;
    if released.rows_affected() > 0 {
        write.mark_staged();
    }
    Ok(())
}
