//! A service's SQLite database: one writer and a few readers. It knows no table; the services bring their
//! migrations and their statements.

use std::path::Path;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, Transaction};
use thiserror::Error;

/// Readers at once: more than two cores serve at a time, few enough to stay light.
const READERS: u32 = 4;

/// How long a statement waits for another process that holds the file, such as a backup.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a writer waits for its turn before its caller is told that the service is overloaded.
const TURN_TIMEOUT: Duration = Duration::from_secs(60);

/// Prepared statements kept per connection; batched statements of each size count as one each.
const STATEMENTS: usize = 200;

/// The one open write transaction. Dropped without a commit, it is rolled back.
pub type WriteTransaction = Transaction<'static, Sqlite>;

/// An open database, to be cloned freely.
#[derive(Debug, Clone)]
pub struct Database {
    writer: SqlitePool,
    readers: SqlitePool,
}

/// A database did not do what it was told.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// A statement or the file failed.
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// The tables could not be brought to this version.
    #[error("the database could not be brought to this version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl DatabaseError {
    /// Whether the disk is full: SQLite's own word for it, and the one for its index of the log, which it maps.
    pub fn is_full(&self) -> bool {
        const FULL: &str = "13";
        const INDEX_CANNOT_GROW: &str = "4874";
        let Self::Sql(error) = self else { return false };
        let code = error.as_database_error().and_then(|error| error.code());
        code.is_some_and(|code| code == FULL || code == INDEX_CANNOT_GROW)
    }
}

impl Database {
    /// Opens the file, makes it where there is none, and brings its tables to this version. Committed means on
    /// the disk: WAL with full synchronization.
    pub async fn open(path: &Path, migrations: &Migrator) -> Result<Self, DatabaseError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(STATEMENTS)
            .disable_statement_logging();
        let writer = pool(1).connect_with(options.clone()).await?;
        migrations.run(&writer).await?;
        let readers = pool(READERS).connect_with(options.pragma("query_only", "ON")).await?;
        Ok(Self { writer, readers })
    }

    /// Begins the one write transaction; others wait for their turn. The lock is taken at once, so that what is
    /// read inside is what is written upon.
    pub async fn write(&self) -> Result<WriteTransaction, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// For reading only: each statement sees a committed state.
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins a transaction whose reads all see the same committed state.
    pub async fn snapshot(&self) -> Result<WriteTransaction, sqlx::Error> {
        self.readers.begin().await
    }

    /// Ends all connections; what is committed is in the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(TURN_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // SQLite ends a transaction by itself when its disk is full. sqlx goes on counting it, and would never begin
        // another on that connection: it is replaced by a new one.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn open() -> (tempfile::TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("test.db"), &Migrator::DEFAULT).await.unwrap();
        (folder, database)
    }

    #[tokio::test]
    async fn what_is_committed_is_synchronized_to_the_disk() {
        let (_folder, database) = open().await;
        let mut write = database.write().await.unwrap();
        let pragma = |name: &'static str| sqlx::query_scalar::<_, i64>(name);
        assert_eq!(pragma("PRAGMA synchronous").fetch_one(&mut *write).await.unwrap(), 2);
        assert_eq!(pragma("PRAGMA foreign_keys").fetch_one(&mut *write).await.unwrap(), 1);
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *write).await.unwrap();
        assert_eq!(mode, "wal");
    }

    #[tokio::test]
    async fn a_database_that_cannot_grow_is_full() {
        let (_folder, database) = open().await;
        let mut write = database.write().await.unwrap();
        sqlx::query("CREATE TABLE things (name TEXT)").execute(&mut *write).await.unwrap();
        sqlx::query("PRAGMA max_page_count = 2").execute(&mut *write).await.unwrap();
        let much = sqlx::query("INSERT INTO things VALUES (zeroblob(100000))").execute(&mut *write).await;
        assert!(DatabaseError::from(much.unwrap_err()).is_full());
        let other = sqlx::query("INSERT INTO nothing VALUES (1)").execute(&mut *write).await;
        assert!(!DatabaseError::from(other.unwrap_err()).is_full());
    }

    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_by_itself_does_not_stop_the_next() {
        let (_folder, database) = open().await;
        let mut write = database.write().await.unwrap();
        sqlx::query("ROLLBACK").execute(&mut *write).await.unwrap();
        assert!(write.commit().await.is_err());
        let mut write = database.write().await.unwrap();
        sqlx::query("CREATE TABLE things (name TEXT)").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
    }

    #[tokio::test]
    async fn readers_see_what_is_committed_and_cannot_write() {
        let (_folder, database) = open().await;
        let mut write = database.write().await.unwrap();
        sqlx::query("CREATE TABLE things (name TEXT)").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        let mut write = database.write().await.unwrap();
        sqlx::query("INSERT INTO things VALUES ('a')").execute(&mut *write).await.unwrap();
        let count = "SELECT count(*) FROM things";
        assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(database.readers()).await.unwrap(), 0);
        write.commit().await.unwrap();
        assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(database.readers()).await.unwrap(), 1);
        assert!(sqlx::query("DELETE FROM things").execute(database.readers()).await.is_err());
    }
}
