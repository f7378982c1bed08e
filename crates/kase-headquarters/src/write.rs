//! One write transaction that gives out positions of the feed. The counter is a row, read and written inside
//! the transaction, so that no cursor ever steps over a row that commits later.

use kase_service::WriteTransaction;
use sqlx::SqliteConnection;

use crate::{Headquarters, HeadquartersError};

/// A write transaction; dropped without a commit, nothing was done.
pub(crate) struct Write<'a> {
    headquarters: &'a Headquarters,
    transaction: WriteTransaction,
    first: i64,
    position: i64,
    staged: bool,
}

impl Headquarters {
    pub(crate) async fn write(&self) -> Result<Write<'_>, HeadquartersError> {
        let mut transaction = self.database.write().await?;
        let position: i64 =
            sqlx::query_scalar("SELECT position FROM identity").fetch_one(&mut *transaction).await?;
        Ok(Write { headquarters: self, transaction, first: position, position, staged: false })
    }
}

impl Write<'_> {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    /// The next position of the feed.
    pub(crate) fn next_position(&mut self) -> i64 {
        self.position += 1;
        self.position
    }

    /// Operations wait for conversion once this is committed.
    pub(crate) fn mark_staged(&mut self) {
        self.staged = true;
    }

    /// Commits, then tells whoever listens.
    pub(crate) async fn commit(mut self) -> Result<(), HeadquartersError> {
        self.headquarters.job_runs.store(&mut self.transaction).await?;
        if self.position > self.first {
            sqlx::query("UPDATE identity SET position = ?")
                .bind(self.position)
                .execute(&mut *self.transaction)
                .await?;
        }
        self.transaction.commit().await?;
        if self.position > self.first {
            self.headquarters.feed_grew_to(self.position);
        }
        if self.staged {
            self.headquarters.something_was_staged();
        }
        Ok(())
    }
}
