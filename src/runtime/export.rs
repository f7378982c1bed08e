//! What waits, as a sealed file: to rescue it from a machine that is about to break. Only headquarters can open it.

use kase_domain::{ChannelId, RegisterName, Timestamp};
use kase_register::{RegisterStore, StoreError};
use leptos::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

use super::Runtime;
use crate::platform::{clock, download, seal};

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
    /// Offers a sealed file with every operation that has not yet taken effect; tells how many there are.
    pub(crate) async fn export(self) -> Result<u64, ExportFailure> {
        let engine = self.engine();
        let settings = engine.state.settings.get_untracked();
        let key = settings.as_ref().and_then(|settings| settings.rescue_key.as_ref());
        let (Some(key), Some(device)) = (key, engine.device.borrow().clone()) else {
            return Err(ExportFailure::NoKey);
        };
        let entries = engine.store.outbox_after(0).await.map_err(ExportFailure::Store)?;
        let ids: Vec<_> = entries.into_iter().map(|entry| entry.id).collect();
        let texts = engine.store.operation_texts(&ids).await.map_err(ExportFailure::Store)?;
        let operations: Vec<_> =
            texts.into_iter().filter_map(|(_, text)| RawValue::from_string(text).ok()).collect();
        let count = u64::try_from(operations.len()).unwrap_or(u64::MAX);
        let made_at = clock::now();
        let name = format!("kase-{}-{}.jwe", device.register, made_at.0);
        let export = Export {
            format: FORMAT,
            register: device.register,
            channel: device.channel,
            made_at,
            operations,
        };
        let text = serde_json::to_string(&export).map_err(|_| ExportFailure::Browser)?;
        let sealed = seal::seal(&text, key).await.map_err(|_| ExportFailure::Browser)?;
        download::offer(&name, MEDIA_TYPE, &sealed).map_err(|_| ExportFailure::Browser)?;
        Ok(count)
    }
}
