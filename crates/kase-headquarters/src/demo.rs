//! The demo chain: the same names, codes and invented customers each time, in one transaction. Seeding a database
//! that has it already changes nothing.

mod chain;
mod customer_fields;
mod people;

use kase_domain::{Account, AccountNumber, CustomerId, Timestamp};
use kase_replication::CustomerState;
use serde_json::json;

use crate::settings::Concerns;
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

/// How many customers the demo chain has.
pub(crate) const DEMO_CUSTOMERS: u32 = 2_000;

impl Headquarters {
    /// Makes the demo chain where there is none yet.
    pub async fn seed_demo(&self) -> Result<(), HeadquartersError> {
        self.seed(DEMO_CUSTOMERS).await
    }

    /// Makes the demo chain without its customers where there is none yet: a chain that opens today.
    pub async fn seed_demo_chain(&self) -> Result<(), HeadquartersError> {
        self.seed(0).await
    }

    async fn seed(&self, customers: u32) -> Result<(), HeadquartersError> {
        let here: i64 =
            sqlx::query_scalar("SELECT count(*) FROM channels").fetch_one(self.database.readers()).await?;
        if here > 0 {
            return Ok(());
        }
        // Hashes are slow on purpose: made before the transaction, which everybody else would wait for.
        let hashed = chain::hashes(self).await?;
        let mut write = self.write().await?;
        let here: i64 =
            sqlx::query_scalar("SELECT count(*) FROM channels").fetch_one(write.connection()).await?;
        if here > 0 {
            return Ok(());
        }
        chain::seed(&mut write, &hashed, self.now()).await?;
        customer_fields::seed(&mut write).await?;
        self.make_settings_version(&mut write, Concerns::Everyone).await?;
        seed_customers(&mut write, customers).await?;
        write.commit().await
    }
}

async fn seed_customers(write: &mut Write<'_>, count: u32) -> Result<(), HeadquartersError> {
    let mut customers = Vec::new();
    let mut aliases = Vec::new();
    for nth in 1..=count {
        let (id, customer) = people::customer(nth)?;
        let number = AccountNumber::parse(&format!("C-{nth:07}"))
            .map_err(|error| HeadquartersError::Stored(error.to_string()))?;
        let hex = id.0.simple().to_string();
        aliases.push(json!([hex, "customer", hex]));
        for address in &customer.addresses {
            aliases.push(json!([address.id().0.simple().to_string(), "address", hex]));
        }
        let state = CustomerState::new(id, Account::Synced(number.clone()), customer);
        let text = serde_json::to_string(&state)?;
        customers.push(json!([hex, number.as_str(), text, write.next_position()]));
    }
    sqlx::query(
        "INSERT INTO customers (customer_id, account_number, state, position)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)",
    )
    .bind(serde_json::to_string(&customers)?)
    .execute(write.connection())
    .await?;
    sqlx::query(
        "INSERT INTO aliases (alias, kind, customer_id)
         SELECT unhex(value ->> 0), value ->> 1, unhex(value ->> 2) FROM json_each(?)",
    )
    .bind(serde_json::to_string(&aliases)?)
    .execute(write.connection())
    .await?;
    sqlx::query("UPDATE number_sequences SET next = ? WHERE name = 'customer_account'")
        .bind(count + 1)
        .execute(write.connection())
        .await?;
    Ok(())
}

/// A moment that every demo id carries, so that they are the same each time: the start of 2026.
pub(crate) const DEMO_MOMENT: Timestamp = Timestamp(1_767_225_600_000);

/// The `nth` demo id of a family, in the shape of a UUIDv7.
pub(crate) fn demo_id(family: u16, nth: u32) -> CustomerId {
    let moment = u128::from(DEMO_MOMENT.0.unsigned_abs()) & 0xffff_ffff_ffff;
    let version_and_family = 0x7000 | (u128::from(family) & 0x0fff);
    CustomerId(uuid::Uuid::from_u128(
        (moment << 80) | (version_and_family << 64) | (0x8000_u128 << 48) | u128::from(nth),
    ))
}
