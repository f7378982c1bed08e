//! Values that the register keeps, each as JSON text under its key.

use kase_register::{RegisterStore, StoreError, ValueKey, WriteBatch};
use serde::{Deserialize, Serialize};

use super::engine::Engine;
use super::show;

impl Engine {
    /// What is kept under a key: none only where nothing is.
    pub(super) async fn read<T: for<'de> Deserialize<'de>>(
        &self,
        key: ValueKey,
    ) -> Result<Option<T>, StoreError> {
        let text = self.store.value(key).await?;
        let read = text.map(|text| serde_json::from_str(&text)).transpose();
        read.map_err(|_| StoreError::Corrupt(key.as_str().to_owned()))
    }

    /// A value that the register can do without or that the feed brings again: one that cannot be read is as one that
    /// is not there.
    pub(super) async fn read_or_none<T: for<'de> Deserialize<'de>>(
        &self,
        key: ValueKey,
    ) -> Result<Option<T>, StoreError> {
        match self.read(key).await {
            Err(StoreError::Corrupt(_)) => Ok(None),
            read => read,
        }
    }

    /// Keeps a value, or removes it.
    pub(super) async fn keep<T: Serialize>(
        &self,
        key: ValueKey,
        value: Option<&T>,
    ) -> Result<(), StoreError> {
        let text = value.and_then(|value| serde_json::to_string(value).ok());
        let batch = WriteBatch { values: vec![(key, text)], ..WriteBatch::default() };
        let kept = self.store.commit(batch).await;
        show::store_answered(self, &kept);
        kept
    }
}
