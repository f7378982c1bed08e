//! Looking at a database file and copying it while others write to it.

use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::DatabaseError;
use crate::database::BUSY_TIMEOUT;

/// Opens a database that is there, beside whoever else has it open, and changes nothing of it.
pub async fn open_beside(path: &Path) -> Result<SqliteConnection, DatabaseError> {
    let options =
        SqliteConnectOptions::new().filename(path).busy_timeout(BUSY_TIMEOUT).disable_statement_logging();
    Ok(options.connect().await?)
}

/// Copies the committed state of a moment into a new file, while others go on writing.
pub async fn copy_database(from: &Path, to: &Path) -> Result<(), DatabaseError> {
    let mut connection = open_beside(from).await?;
    sqlx::query("VACUUM INTO ?").bind(to.to_string_lossy()).execute(&mut connection).await?;
    Ok(())
}

/// Whether a database has this table.
pub async fn has_table(connection: &mut SqliteConnection, table: &str) -> Result<bool, DatabaseError> {
    let found =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)")
            .bind(table)
            .fetch_one(connection)
            .await?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use sqlx::migrate::Migrator;

    #[tokio::test]
    async fn a_copy_is_of_one_moment_while_somebody_writes() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let database = Database::open(&path, &Migrator::DEFAULT).await.unwrap();
        let mut write = database.write().await.unwrap();
        sqlx::query("CREATE TABLE things (name TEXT)").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        let mut write = database.write().await.unwrap();
        sqlx::query("INSERT INTO things VALUES ('a')").execute(&mut *write).await.unwrap();
        copy_database(&path, &copy).await.unwrap();
        write.commit().await.unwrap();
        let mut copied = open_beside(&copy).await.unwrap();
        assert!(has_table(&mut copied, "things").await.unwrap());
        assert!(!has_table(&mut copied, "others").await.unwrap());
        let count: i64 =
            sqlx::query_scalar("SELECT count(*) FROM things").fetch_one(&mut copied).await.unwrap();
        assert_eq!(count, 0, "what was not committed is not in it");
    }
}
