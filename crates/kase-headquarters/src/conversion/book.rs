//! What a batch is decided upon, loaded before and written after: customers, aliases, cards, settings and number
//! sequences. Deciding touches only this book, never the database.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kase_domain::{
    AccountNumber, Action, ChannelId, ChannelSettings, CustomerId, FieldChange, LoyaltyCardNumber,
    OperationId, SettingsVersion, Timestamp,
};
use kase_replication::CustomerState;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::claimed_numbers::ClaimedNumbers;
use super::reading::address_ids;
use super::{Reading, Waiting};
use crate::HeadquartersError;
use crate::number_sequence::{CUSTOMER_ACCOUNT, LOYALTY_CARD, NumberSequence};
use crate::staging::hex_list;

/// See the module.
pub(crate) struct Book {
    pub(crate) now: Timestamp,
    customers: HashMap<CustomerId, CustomerState>,
    aliases: HashMap<Uuid, CustomerId>,
    cards: HashMap<String, CustomerId>,
    settings: HashMap<ChannelId, Vec<ChannelSettings>>,
    /// Customers whose creation is here and waits for a person.
    parked_creations: HashSet<CustomerId>,
    parked: HashSet<CustomerId>,
    /// Customers who came back from another store's copy after a restore.
    came_back: HashSet<CustomerId>,
    pub(crate) accounts: NumberSequence,
    pub(crate) card_numbers: NumberSequence,
    pub(crate) claimed: ClaimedNumbers,
    pub(crate) touched: BTreeSet<CustomerId>,
    pub(crate) new_aliases: BTreeMap<Uuid, (&'static str, CustomerId)>,
    pub(crate) new_cards: Vec<(LoyaltyCardNumber, CustomerId)>,
    pub(crate) changes: Vec<RecordedChange>,
}

/// Old and new value of a field, for the history.
#[derive(Debug, Clone)]
pub(crate) struct RecordedChange {
    pub(crate) customer_id: CustomerId,
    pub(crate) change: FieldChange,
    pub(crate) who: String,
    pub(crate) operation: OperationId,
    pub(crate) channel: ChannelId,
}

impl Book {
    pub(crate) async fn load(
        connection: &mut SqliteConnection,
        batch: &[Waiting],
        readings: &[Reading],
        now: Timestamp,
    ) -> Result<Self, HeadquartersError> {
        let operations = || readings.iter().flatten();
        let mut ids: Vec<Uuid> = batch.iter().map(|waiting| waiting.customer_id.0).collect();
        ids.extend(operations().flat_map(address_ids));
        let claimed_cards = batch.iter().flat_map(|waiting| &waiting.claim.loyalty_cards);
        let numbers: Vec<&str> = operations()
            .filter_map(|operation| match &operation.action {
                Action::IssueLoyaltyCard { number: Some(number) } => Some(number.as_str()),
                _ => None,
            })
            .chain(claimed_cards.map(LoyaltyCardNumber::as_str))
            .collect();
        let claimed: Vec<&AccountNumber> =
            batch.iter().filter_map(|waiting| waiting.claim.account_number.as_ref()).collect();
        let customer_ids: Vec<Uuid> = batch.iter().map(|waiting| waiting.customer_id.0).collect();
        Ok(Self {
            settings: load_settings(connection, batch).await?,
            parked_creations: load_parked_creations(connection, &customer_ids).await?,
            came_back: load_came_back(connection, &customer_ids).await?,
            ..Self::about(connection, &ids, &claimed, &numbers, now).await?
        })
    }

    /// What is known under these ids, and of these numbers of accounts and cards.
    pub(crate) async fn about(
        connection: &mut SqliteConnection,
        ids: &[Uuid],
        claimed: &[&AccountNumber],
        cards: &[&str],
        now: Timestamp,
    ) -> Result<Self, HeadquartersError> {
        let mut aliases = load_aliases(connection, ids).await?;
        let customers = load_customers(connection, &aliases).await?;
        // The aliases of addresses that nobody names here stand in the database all the same.
        for state in customers.values() {
            let addresses = state.customer.addresses.iter();
            aliases.extend(addresses.map(|address| (address.id().0, state.customer_id)));
        }
        let mut accounts = NumberSequence::load(connection, CUSTOMER_ACCOUNT).await?;
        accounts.skip_taken(connection).await?;
        let mut card_numbers = NumberSequence::load(connection, LOYALTY_CARD).await?;
        card_numbers.skip_taken(connection).await?;
        Ok(Self {
            now,
            claimed: ClaimedNumbers::load(connection, claimed).await?,
            cards: load_cards(connection, cards).await?,
            settings: HashMap::new(),
            parked_creations: HashSet::new(),
            came_back: HashSet::new(),
            accounts,
            card_numbers,
            customers,
            aliases,
            parked: HashSet::new(),
            touched: BTreeSet::new(),
            new_aliases: BTreeMap::new(),
            new_cards: Vec::new(),
            changes: Vec::new(),
        })
    }

    /// The customer that an id stands for, through its aliases.
    pub(crate) fn customer(&self, id: CustomerId) -> Option<&CustomerState> {
        self.customers.get(self.aliases.get(&id.0)?)
    }

    /// Whose alias this is.
    pub(crate) fn owner(&self, alias: Uuid) -> Option<CustomerId> {
        self.aliases.get(&alias).copied()
    }

    pub(crate) fn card_owner(&self, number: &LoyaltyCardNumber) -> Option<CustomerId> {
        self.cards.get(number.as_str()).copied()
    }

    pub(crate) fn customers(&self) -> &HashMap<CustomerId, CustomerState> {
        &self.customers
    }

    /// The settings of a channel that were in force under `version`; those in force now for a version that this
    /// place has not made.
    pub(crate) fn settings(&self, channel: &ChannelId, version: SettingsVersion) -> Option<&ChannelSettings> {
        let all = self.settings.get(channel)?;
        all.iter().rev().find(|settings| settings.version <= version).or(all.first())
    }

    /// The settings of a channel that are in force now.
    pub(crate) fn settings_now(&self, channel: &ChannelId) -> Option<&ChannelSettings> {
        self.settings.get(channel)?.last()
    }

    pub(crate) fn creation_is_parked(&self, id: CustomerId) -> bool {
        self.parked_creations.contains(&id)
    }

    /// Whether the customer came back from another store's copy: then it is as its operations had left it.
    pub(crate) fn came_back(&self, id: CustomerId) -> bool {
        self.came_back.contains(&id)
    }

    pub(crate) fn is_parked(&self, id: CustomerId) -> bool {
        self.parked.contains(&id)
    }

    pub(crate) fn park(&mut self, id: CustomerId) {
        self.parked.insert(id);
    }

    /// The number that a new account had before a restore, where it can be kept; another one, and a note of it,
    /// where not.
    pub(crate) fn number_for(&mut self, claimed: Option<&AccountNumber>) -> Option<AccountNumber> {
        let kept = claimed.filter(|number| self.claimed.keep(&self.accounts, number)).cloned();
        let number = kept.or_else(|| account_number(&self.accounts.take()))?;
        if let Some(claimed) = claimed.filter(|claimed| **claimed != number) {
            self.claimed.renumbered.push((claimed.clone(), number.clone()));
        }
        Some(number)
    }

    /// Puts a customer, new or changed, with the aliases of its addresses.
    pub(crate) fn put(&mut self, state: CustomerState) {
        let id = state.customer_id;
        self.alias(id.0, "customer", id);
        for address in &state.customer.addresses {
            self.alias(address.id().0, "address", id);
        }
        self.touched.insert(id);
        self.customers.insert(id, state);
    }

    pub(crate) fn put_card(&mut self, number: LoyaltyCardNumber, owner: CustomerId) {
        self.cards.insert(number.as_str().to_owned(), owner);
        self.new_cards.push((number, owner));
    }

    fn alias(&mut self, alias: Uuid, kind: &'static str, owner: CustomerId) {
        if let std::collections::hash_map::Entry::Vacant(free) = self.aliases.entry(alias) {
            free.insert(owner);
            self.new_aliases.insert(alias, (kind, owner));
        }
    }
}

async fn load_aliases(
    connection: &mut SqliteConnection,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, CustomerId>, HeadquartersError> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT alias, customer_id FROM aliases WHERE alias IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(hex_list(ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(alias, owner)| (alias, CustomerId(owner))).collect())
}

async fn load_customers(
    connection: &mut SqliteConnection,
    aliases: &HashMap<Uuid, CustomerId>,
) -> Result<HashMap<CustomerId, CustomerState>, HeadquartersError> {
    let mut ids: Vec<Uuid> = aliases.values().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT state FROM customers WHERE customer_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(hex_list(&ids))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|text| {
            let state: CustomerState = serde_json::from_str(text)?;
            Ok((state.customer_id, state))
        })
        .collect()
}

async fn load_cards(
    connection: &mut SqliteConnection,
    numbers: &[&str],
) -> Result<HashMap<String, CustomerId>, HeadquartersError> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "SELECT number, customer_id FROM loyalty_cards WHERE number IN (SELECT value FROM json_each(?))",
    )
    .bind(serde_json::to_string(numbers)?)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(number, owner)| (number, CustomerId(owner))).collect())
}

async fn load_settings(
    connection: &mut SqliteConnection,
    batch: &[Waiting],
) -> Result<HashMap<ChannelId, Vec<ChannelSettings>>, HeadquartersError> {
    let channels: BTreeSet<&str> = batch.iter().map(|waiting| waiting.channel.as_str()).collect();
    let mut all: HashMap<ChannelId, Vec<ChannelSettings>> = HashMap::new();
    if channels.is_empty() {
        return Ok(all);
    }
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT settings FROM settings_versions
         WHERE channel IN (SELECT value FROM json_each(?)) ORDER BY channel, version",
    )
    .bind(serde_json::to_string(&channels)?)
    .fetch_all(connection)
    .await?;
    for text in rows {
        let settings: ChannelSettings = serde_json::from_str(&text)?;
        all.entry(settings.channel.clone()).or_default().push(settings);
    }
    Ok(all)
}

async fn load_parked_creations(
    connection: &mut SqliteConnection,
    customer_ids: &[Uuid],
) -> Result<HashSet<CustomerId>, HeadquartersError> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "SELECT customer_id FROM operations
         WHERE status IN ('refused', 'review') AND kind = 'create_customer'
           AND customer_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(hex_list(customer_ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(CustomerId).collect())
}

async fn load_came_back(
    connection: &mut SqliteConnection,
    customer_ids: &[Uuid],
) -> Result<HashSet<CustomerId>, HeadquartersError> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "SELECT customer_id FROM returned_copies
         WHERE customer_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(hex_list(customer_ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(CustomerId).collect())
}

/// The account number as a type; the sequence's format is made at headquarters and checked there.
fn account_number(text: &str) -> Option<AccountNumber> {
    AccountNumber::parse(text).ok()
}
