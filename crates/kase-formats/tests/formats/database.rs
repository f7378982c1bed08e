//! A server's database as one of its migrations left it: the landed migrations up to that number, and the rows of a
//! fixture, which is readable SQL.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::format::Fixtures;

/// A service's databases.
pub(crate) struct Databases {
    /// The crate whose migrations they have.
    pub(crate) package: &'static str,
    pub(crate) fixtures: Fixtures,
}

impl Databases {
    /// How many migrations there are. Each has a fixture of what it left.
    pub(crate) async fn count(&self) -> usize {
        let migrations = self.migrations().len();
        while self.fixtures.count() < migrations {
            let newest = self.fixtures.count();
            assert!(newest > 0, "the first fixture is written by hand");
            let next = self.migrated_rows(newest).await;
            assert!(
                self.fixtures.add(&next),
                "migration {} of {} has no fixture: call `cargo xtask formats`, which makes one of {} by that \
                 migration, and add rows to it of what only the new version can hold",
                newest + 1,
                self.package,
                self.fixtures.shown(newest)
            );
        }
        assert_eq!(self.fixtures.count(), migrations, "a fixture of {} without a migration", self.package);
        migrations
    }

    /// Makes the database that migration `version` left, in `folder`.
    pub(crate) async fn load(&self, version: usize, folder: &Path) -> PathBuf {
        let path = folder.join(format!("{version}.sqlite"));
        let pool = self.migrated(version, folder, &path).await;
        let rows = self.fixtures.read(version);
        sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&pool).await.unwrap();
        pool.close().await;
        path
    }

    async fn migrated_rows(&self, version: usize) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = self.load(version, folder.path()).await;
        let pool = self.migrated(version + 1, folder.path(), &path).await;
        let rows = dumped(&pool).await;
        pool.close().await;
        rows
    }

    async fn migrated(&self, version: usize, folder: &Path, path: &Path) -> SqlitePool {
        let landed = folder.join(format!("migrations-{version}"));
        std::fs::create_dir(&landed).unwrap();
        for migration in &self.migrations()[..version] {
            std::fs::copy(migration, landed.join(migration.file_name().unwrap())).unwrap();
        }
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        Migrator::new(landed).await.unwrap().run(&pool).await.unwrap();
        pool
    }

    fn migrations(&self) -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(self.package).join("migrations");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut migrations: Vec<PathBuf> =
            files.filter(|path| path.extension().is_some_and(|kind| kind == "sql")).collect();
        migrations.sort();
        migrations
    }
}

/// Every row, a line each, in the order of the tables. `OR REPLACE`, since migrations put rows there too.
async fn dumped(pool: &SqlitePool) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE '_sqlx%' ORDER BY rowid",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut text = String::new();
    for table in tables {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
            .bind(&table)
            .fetch_all(pool)
            .await
            .unwrap();
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let select = format!("SELECT {} FROM {table} ORDER BY 1", quoted.join(" || ', ' || "));
        let rows: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(select)).fetch_all(pool).await.unwrap();
        if rows.is_empty() {
            continue;
        }
        let rows: Vec<String> = rows.into_iter().map(|row| format!("  ({row})")).collect();
        let columns = columns.join(", ");
        write!(text, "\nINSERT OR REPLACE INTO {table}\n  ({columns})\nVALUES\n{};\n", rows.join(",\n"))
            .unwrap();
    }
    format!("-- Begun from the fixture before it, by its migration.\n{text}")
}
