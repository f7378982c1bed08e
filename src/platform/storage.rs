//! Whether the browser may delete what is stored, and how much room there is.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Room in the browser's storage, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    /// Used by this origin.
    pub(crate) used_bytes: f64,
    /// Granted to this origin in all.
    pub(crate) quota_bytes: f64,
}

/// Asks the browser never to delete what is stored; tells what it answers.
pub(crate) async fn persist() -> bool {
    let Some(storage) = manager() else { return false };
    let Ok(asked) = storage.persist() else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}

/// How much room there is, where the browser tells.
pub(crate) async fn estimate() -> Option<Estimate> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let number = |key: &str| Reflect::get(&estimate, &JsValue::from_str(key)).ok()?.as_f64();
    Some(Estimate { used_bytes: number("usage")?, quota_bytes: number("quota")? })
}

fn manager() -> Option<web_sys::StorageManager> {
    Some(web_sys::window()?.navigator().storage())
}
