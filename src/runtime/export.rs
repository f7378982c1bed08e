//! What waits, as a file: to rescue it from a machine that is about to break.

use kase_domain::Timestamp;
use kase_register::{RegisterStore, StoreError};
use leptos::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Runtime;
use crate::platform::{clock, download};

/// The file's format; its version grows with every change of it.
#[derive(Serialize)]
struct Export {
    format: &'static str,
    version: u16,
    register: String,
    exported_at: Timestamp,
    /// The bytes of each operation as they were recorded.
    operations: Vec<Box<RawValue>>,
}

impl Runtime {
    /// Downloads every operation that has not yet taken effect.
    pub(crate) async fn export(self) -> Result<(), StoreError> {
        let engine = self.engine();
        let entries = engine.store.outbox_after(0).await?;
        let unreadable = engine.store.unreadable().entries.into_values().flatten();
        let ids: Vec<_> = entries.into_iter().map(|entry| entry.id).chain(unreadable).collect();
        let texts = engine.store.operation_texts(&ids).await?;
        let register = engine.state.register.get_untracked().map(|name| name.0).unwrap_or_default();
        let export = Export {
            format: "kase-outbox",
            version: 1,
            register: register.clone(),
            exported_at: clock::now(),
            operations: texts.into_iter().filter_map(|(_, text)| RawValue::from_string(text).ok()).collect(),
        };
        let text = serde_json::to_string(&export).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let name = format!("kase-{register}-{}.json", export.exported_at.0);
        download::offer(&name, "application/json", &text)
            .map_err(|_| StoreError::Failed("no download".into()))
    }
}
