//! The demo chain without its customers: stores, registers, operators, the user, affiliations.

use futures::future::join_all;
use kase_domain::{Currency, DefaultCustomer, Language, ReceiptPreference, Timestamp};

use crate::users::put_user;
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

const CHANNELS: [(&str, &str, &str, &str, &str); 3] = [
    ("riga-centrs", "store", "Rīga Centrs", "LV", "lv"),
    ("tartu-kesklinn", "store", "Tartu Kesklinn", "EE", "et"),
    ("web-shop", "web_shop", "Kase.example", "LV", "lv"),
];

const REGISTERS: [(&str, &str, &str, bool); 4] = [
    ("RIGA-1", "riga-centrs", "R1", false),
    ("RIGA-2", "riga-centrs", "R2", false),
    ("TARTU-1", "tartu-kesklinn", "T1", false),
    ("KIOSK-1", "riga-centrs", "K1", true),
];

const OPERATORS: [(&str, &str, &str, bool); 2] =
    [("1001", "Līga Ozoliņa", "246810", false), ("9001", "Andris Kalniņš", "135790", true)];

const USER: (&str, &str) = ("admin", "demo-admin");

pub(super) const AFFILIATIONS: [(&str, &str); 5] = [
    ("staff", "Staff"),
    ("senior", "Senior citizens"),
    ("student", "Students"),
    ("business-club", "Business club"),
    (ONLINE, "Online customers"),
];

/// What every customer made in the web shop takes over from its default customer.
const ONLINE: &str = "online";

/// Slow hashes of the demo's codes, in the order of their lists.
pub(super) struct Hashes {
    registers: Vec<String>,
    operators: Vec<String>,
    user: String,
}

/// Makes the hashes, as many at once as the service allows.
pub(super) async fn hashes(headquarters: &Headquarters) -> Result<Hashes, HeadquartersError> {
    let codes = REGISTERS.iter().map(|(name, ..)| format!("demo-{}", name.to_ascii_lowercase()));
    let pins = OPERATORS.iter().map(|(_, _, pin, _)| (*pin).to_owned());
    let all = codes.chain(pins).chain([USER.1.to_owned()]);
    let hashed = all.map(|secret| headquarters.secrets.hash(secret, headquarters.environment.random()));
    let mut hashed: Vec<String> = join_all(hashed)
        .await
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| HeadquartersError::Stored(error.to_string()))?;
    let user = hashed.pop().unwrap_or_default();
    let operators = hashed.split_off(REGISTERS.len());
    Ok(Hashes { registers: hashed, operators, user })
}

pub(super) async fn seed(
    write: &mut Write<'_>,
    hashes: &Hashes,
    now: Timestamp,
) -> Result<(), HeadquartersError> {
    for (id, name) in AFFILIATIONS {
        sqlx::query("INSERT INTO affiliations (id, name) VALUES (?, ?)")
            .bind(id)
            .bind(name)
            .execute(write.connection())
            .await?;
    }
    for (id, kind, store_name, country, language) in CHANNELS {
        seed_channel(write, (id, kind, store_name, country, language)).await?;
    }
    for ((name, channel, prefix, kiosk), hash) in REGISTERS.iter().zip(&hashes.registers) {
        sqlx::query(
            "INSERT INTO registers
               (name, channel, reference_prefix, activation_hash, activation_reusable, kiosk, deactivated)
             VALUES (?, ?, ?, ?, 1, ?, 0)",
        )
        .bind(name)
        .bind(channel)
        .bind(prefix)
        .bind(hash)
        .bind(kiosk)
        .execute(write.connection())
        .await?;
    }
    for ((id, name, _, manager), hash) in OPERATORS.iter().zip(&hashes.operators) {
        sqlx::query("INSERT INTO operators (id, name, pin_hash, manager) VALUES (?, ?, ?, ?)")
            .bind(id)
            .bind(name)
            .bind(hash)
            .bind(manager)
            .execute(write.connection())
            .await?;
    }
    put_user(write, USER.0, &hashes.user, now).await
}

async fn seed_channel(
    write: &mut Write<'_>,
    (id, kind, store_name, country, language): (&str, &str, &str, &str, &str),
) -> Result<(), HeadquartersError> {
    let default_customer = DefaultCustomer {
        customer_group: Some("retail".to_owned()),
        receipt_preference: Some(ReceiptPreference::Paper),
        currency: Currency::parse("EUR").ok(),
        language: Language::parse(language).ok(),
        affiliations: if kind == "web_shop" { vec![ONLINE.to_owned()] } else { Vec::new() },
        ..DefaultCustomer::default()
    };
    let position = write.next_position();
    sqlx::query(
        "INSERT INTO channels
           (id, kind, store_name, country, default_customer, settings, settings_position, directory_position)
         VALUES (?, ?, ?, ?, ?, '', 0, ?)",
    )
    .bind(id)
    .bind(kind)
    .bind(store_name)
    .bind(country)
    .bind(serde_json::to_string(&default_customer)?)
    .bind(position)
    .execute(write.connection())
    .await?;
    sqlx::query(
        "INSERT INTO functionality_profiles (channel, create_customer_async, generate_loyalty_card_number)
         VALUES (?, 0, 1)",
    )
    .bind(id)
    .execute(write.connection())
    .await?;
    sqlx::query("INSERT INTO channel_schemas (channel, filter_shared_customer_data) VALUES (?, 0)")
        .bind(id)
        .execute(write.connection())
        .await?;
    Ok(())
}
