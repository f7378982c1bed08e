//! What waits, as a sealed file: to rescue it from a machine that is about to break. Only headquarters can open it.

use std::sync::Arc;

use kase_domain::{ChannelId, RegisterName, Timestamp};
use kase_register::{RegisterStore, StoreError, ValueKey};
use leptos::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Runtime;
use super::engine::Engine;
use crate::platform::{clock, download, seal, witness};

/// Grows with every change of the file's content.
const FORMAT: u16 = 1;

/// The media type of a JWE in compact form.
const MEDIA_TYPE: &str = "application/jose";

/// Why there is no file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExportFailure {
    /// Headquarters has made no rescue key, or it has not arrived here: nothing readable is written.
    NoKey,
    /// The local database could not be read.
    Store(StoreError),
    /// The browser could not seal it, or not offer it.
    Browser,
}

/// How many operations an export has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exported {
    /// In the file.
    pub(crate) written: u64,
    /// Whose bytes cannot be read here; they stay in the browser.
    pub(crate) left_out: u64,
}

/// What is sealed.
#[derive(Serialize)]
struct Export {
    format: u16,
    register: RegisterName,
    channel: ChannelId,
    made_at: Timestamp,
    /// The bytes of each operation as they were recorded, in the order of recording.
    operations: Vec<Box<RawValue>>,
}

impl Runtime {
    /// Offers a sealed file with every operation that has not yet taken effect.
    pub(crate) async fn export(self) -> Result<Exported, ExportFailure> {
        let engine = self.engine();
        let settings = match engine.state.settings.get_untracked() {
            Some(settings) => Some(settings),
            None => {
                engine.read_or_none(ValueKey::Settings).await.map_err(ExportFailure::Store)?.map(Arc::new)
            }
        };
        let key = settings.as_ref().and_then(|settings| settings.rescue_key.as_ref());
        let (Some(key), Some((register, channel))) = (key, engine.name_and_channel()) else {
            return Err(ExportFailure::NoKey);
        };
        let entries = engine.store.outbox_after(0).await.map_err(ExportFailure::Store)?;
        let unreadable = engine.store.unreadable().entries.into_values().flatten();
        let ids: Vec<_> = entries.into_iter().map(|entry| entry.id).chain(unreadable).collect();
        let texts = engine.store.operation_texts(&ids).await.map_err(ExportFailure::Store)?;
        let operations: Vec<_> =
            texts.into_iter().filter_map(|(_, text)| RawValue::from_string(text).ok()).collect();
        let count = |operations: usize| u64::try_from(operations).unwrap_or(u64::MAX);
        let left_out = count(ids.len().saturating_sub(operations.len()));
        let exported = Exported { written: count(operations.len()), left_out };
        let made_at = clock::now();
        let name = format!("kase-{register}-{}.jwe", made_at.0);
        let export = Export { format: FORMAT, register, channel, made_at, operations };
        let text = serde_json::to_string(&export).map_err(|_| ExportFailure::Browser)?;
        let sealed = seal::seal(&text, key).await.map_err(|_| ExportFailure::Browser)?;
        download::offer(&name, MEDIA_TYPE, &sealed).map_err(|_| ExportFailure::Browser)?;
        Ok(exported)
    }
}

impl Engine {
    /// Whose operations they are. Where the register's own record cannot be read, the witness beside it knows.
    fn name_and_channel(&self) -> Option<(RegisterName, ChannelId)> {
        if let Some(device) = &*self.device.borrow() {
            return Some((device.register.clone(), device.channel.clone()));
        }
        witness::read().map(|kept| (kept.register, kept.channel))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// The newest: what is written otherwise needs another format, and a file of its own there.
    const NEWEST: &str = include_str!("../../crates/kase-formats/fixtures/rescue-file/1.json");

    #[test]
    fn what_is_sealed_is_written_as_in_the_newest_fixture() {
        let fixture: Value = serde_json::from_str(NEWEST).unwrap();
        let held = fixture["held"].as_str().unwrap();
        let parts: Value = serde_json::from_str(held).unwrap();
        let ids = |part: &Value| part["id"].as_str().unwrap().to_owned();
        // The bytes of an operation stay as they were recorded.
        let operation = |id: String| {
            let from = held.find(&format!(r#"{{"id":"{id}""#)).unwrap();
            let mut read = serde_json::Deserializer::from_str(&held[from..]).into_iter::<Box<RawValue>>();
            read.next().unwrap().unwrap()
        };
        let export = Export {
            format: FORMAT,
            register: serde_json::from_value(parts["register"].clone()).unwrap(),
            channel: serde_json::from_value(parts["channel"].clone()).unwrap(),
            made_at: serde_json::from_value(parts["made_at"].clone()).unwrap(),
            operations: parts["operations"].as_array().unwrap().iter().map(ids).map(operation).collect(),
        };
        assert_eq!(serde_json::to_string(&export).unwrap(), held);
    }
}
