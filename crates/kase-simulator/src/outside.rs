//! A server's database, read from outside by a connection of its own: what changed since the last look, kept beside what
//! was there before. It asks the tables, never the code under test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use kase_domain::{CustomerId, OperationId};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, FromRow};
use uuid::Uuid;

/// Whose database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    Headquarters,
    Channel,
}

/// What is known of a database, and the way to ask it.
pub(crate) struct Outside {
    whose: Whose,
    connection: Option<SqliteConnection>,
    told: Told,
    /// Where operations, their line and customers were read to.
    position: i64,
    line: i64,
    customers_position: i64,
    pub(crate) operations: BTreeMap<OperationId, SeenOperation>,
    pub(crate) of_customer: BTreeMap<CustomerId, BTreeMap<i64, OperationId>>,
    pub(crate) customers: BTreeMap<CustomerId, SeenCustomer>,
}

/// An operation as its row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenOperation {
    pub(crate) customer: CustomerId,
    pub(crate) kind: String,
    /// Its place in the line.
    pub(crate) line: i64,
    /// Headquarters' status, or the channel's progress.
    pub(crate) status: String,
    pub(crate) error_code: Option<String>,
    pub(crate) settings_version: u64,
    /// An operator waited for it, and nobody's line was stood in.
    pub(crate) is_real_time: bool,
    /// It creates a customer with fields that are closed for pending ones while the switch is off.
    pub(crate) is_enhanced: bool,
}

/// A customer as its row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenCustomer {
    pub(crate) number: Option<String>,
    pub(crate) addresses: Vec<Uuid>,
    pub(crate) cards: Vec<String>,
}

/// How far a place says that it is: while the words stand nothing is read.
pub(crate) type Told = Option<(i64, u64)>;

/// What a look has found new or changed.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// Operations that were not there before.
    pub(crate) arrived: Vec<OperationId>,
    /// All that changed, those among them.
    pub(crate) operations: Vec<OperationId>,
    pub(crate) customers: Vec<CustomerId>,
}

impl Outside {
    pub(crate) fn new(whose: Whose) -> Self {
        Self {
            whose,
            connection: None,
            told: None,
            position: -1,
            line: -1,
            customers_position: -1,
            operations: BTreeMap::new(),
            of_customer: BTreeMap::new(),
            customers: BTreeMap::new(),
        }
    }

    /// Opens the database that a server has just been started on, and tells what of before is not in it any more.
    pub(crate) async fn open(&mut self, path: &Path) -> Result<BTreeSet<OperationId>> {
        let before = std::mem::replace(self, Self::new(self.whose));
        let options = SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging();
        self.connection = Some(SqliteConnection::connect_with(&options).await?);
        self.look(None).await?;
        Ok(before.operations.into_keys().filter(|id| !self.operations.contains_key(id)).collect())
    }

    /// Does something to a database that its place knows nothing of.
    pub(crate) async fn meddle(path: &Path, statement: impl Into<String>) -> Result<()> {
        let options = SqliteConnectOptions::new().filename(path).disable_statement_logging();
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::query(AssertSqlSafe(statement.into())).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    pub(crate) async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            // What cannot be closed ends with the process.
            drop(connection.close().await);
        }
    }

    /// Whether the place has said that something changed since the last look.
    pub(crate) fn is_behind(&self, told: Told) -> bool {
        self.connection.is_some() && told != self.told
    }

    /// Reads what changed.
    pub(crate) async fn look(&mut self, told: Told) -> Result<News> {
        self.told = told;
        let mut news = News::default();
        for row in self.changed_operations().await? {
            self.take_operation(row, &mut news);
        }
        for row in self.changed_customers().await? {
            self.customers_position = self.customers_position.max(row.position);
            let id = CustomerId(row.customer_id);
            self.customers.insert(id, row.into_seen()?);
            news.customers.push(id);
        }
        Ok(news)
    }

    pub(crate) fn operation(&self, id: OperationId) -> Result<&SeenOperation> {
        self.operations.get(&id).with_context(|| format!("no operation {id}"))
    }

    /// The bytes of an operation.
    pub(crate) async fn text(&mut self, id: OperationId) -> Result<Option<String>> {
        let connection = self.connection.as_mut().context("nobody looks")?;
        let query = sqlx::query_scalar("SELECT text FROM operations WHERE id = ?").bind(id.0);
        Ok(query.fetch_optional(connection).await?)
    }

    /// Whom these ids stand for by the table of aliases.
    pub(crate) async fn owners(&mut self, aliases: &[Uuid]) -> Result<BTreeMap<Uuid, CustomerId>> {
        let connection = self.connection.as_mut().context("nobody looks")?;
        let hex: Vec<String> = aliases.iter().map(|alias| alias.simple().to_string()).collect();
        let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
            "SELECT alias, customer_id FROM aliases WHERE alias IN (SELECT unhex(value) FROM json_each(?))",
        )
        .bind(serde_json::to_string(&hex)?)
        .fetch_all(connection)
        .await?;
        Ok(rows.into_iter().map(|(alias, owner)| (alias, CustomerId(owner))).collect())
    }

    fn take_operation(&mut self, row: OperationRow, news: &mut News) {
        let id = OperationId(row.id);
        let seen = SeenOperation {
            customer: CustomerId(row.customer_id),
            kind: row.kind,
            line: row.line,
            status: row.status,
            error_code: row.error_code,
            settings_version: row.settings_version.unwrap_or_default().unsigned_abs(),
            is_real_time: row.is_real_time,
            is_enhanced: row.is_enhanced,
        };
        self.position = self.position.max(row.position.unwrap_or(self.position));
        self.line = self.line.max(seen.line);
        self.of_customer.entry(seen.customer).or_default().insert(seen.line, id);
        if self.operations.insert(id, seen).is_none() {
            news.arrived.push(id);
        }
        news.operations.push(id);
    }

    async fn changed_operations(&mut self) -> Result<Vec<OperationRow>> {
        let connection = self.connection.as_mut().context("nobody looks")?;
        let query = match self.whose {
            Whose::Headquarters => sqlx::query_as(
                "SELECT id, customer_id, kind, seq AS line, status, error_code, position, real_time AS is_real_time,
                        text ->> '$.settings_version' AS settings_version,
                        text ->> '$.payload.customer.title' IS NOT NULL AS is_enhanced
                 FROM operations WHERE seq > ?1 OR position > ?2 ORDER BY seq",
            ),
            Whose::Channel => sqlx::query_as(
                "SELECT id, customer_id, kind, recorded_order AS line, progress AS status,
                        NULL AS error_code, position, FALSE AS is_real_time,
                        text ->> '$.settings_version' AS settings_version,
                        text ->> '$.payload.customer.title' IS NOT NULL AS is_enhanced
                 FROM operations WHERE recorded_order > ?1 OR position > ?2 ORDER BY recorded_order",
            ),
        };
        Ok(query.bind(self.line).bind(self.position).fetch_all(connection).await?)
    }

    async fn changed_customers(&mut self) -> Result<Vec<CustomerRow>> {
        let connection = self.connection.as_mut().context("nobody looks")?;
        let query = sqlx::query_as(
            "SELECT customer_id, account_number, position,
                    (SELECT json_group_array(value ->> '$.id')
                     FROM json_each(state, '$.customer.addresses')) AS addresses,
                    (SELECT json_group_array(value ->> '$.number')
                     FROM json_each(state, '$.loyalty_cards')) AS cards
             FROM customers WHERE position > ? ORDER BY position",
        );
        Ok(query.bind(self.customers_position).fetch_all(connection).await?)
    }
}

#[derive(FromRow)]
struct OperationRow {
    id: Uuid,
    customer_id: Uuid,
    kind: String,
    line: i64,
    status: String,
    error_code: Option<String>,
    position: Option<i64>,
    settings_version: Option<i64>,
    is_real_time: bool,
    is_enhanced: bool,
}

#[derive(FromRow)]
struct CustomerRow {
    customer_id: Uuid,
    account_number: Option<String>,
    position: i64,
    addresses: String,
    cards: String,
}

impl CustomerRow {
    fn into_seen(self) -> Result<SeenCustomer> {
        Ok(SeenCustomer {
            number: self.account_number,
            addresses: serde_json::from_str(&self.addresses)?,
            cards: serde_json::from_str(&self.cards)?,
        })
    }
}
