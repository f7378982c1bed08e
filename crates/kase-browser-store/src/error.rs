//! The browser's errors, reduced to what a caller can do about them.

use kase_register::StoreError;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Reduces whatever the browser threw.
pub(crate) fn reduce(thrown: &JsValue) -> StoreError {
    match thrown.dyn_ref::<DomException>() {
        Some(exception) => reduce_exception(exception),
        None => StoreError::Failed(said(thrown)),
    }
}

/// Reduces an exception, which the standard tells apart by its name.
pub(crate) fn reduce_exception(exception: &DomException) -> StoreError {
    match exception.name().as_str() {
        "QuotaExceededError" => StoreError::Full,
        "InvalidStateError" | "AbortError" => StoreError::Closed,
        "SecurityError" => StoreError::Unavailable,
        "VersionError" => StoreError::Newer,
        // Chromium calls it a full disk only where its own allowance ran out before the disk did.
        _ if exception.message().contains("NO_SPACE") => StoreError::Full,
        name => StoreError::Failed(format!("{name}: {}", exception.message())),
    }
}

/// The same while opening: there is no connection yet that could have been closed. Firefox throws
/// `InvalidStateError` where a private window has no databases.
pub(crate) fn reduce_at_opening(thrown: &JsValue) -> StoreError {
    match reduce(thrown) {
        StoreError::Closed => StoreError::Unavailable,
        other => other,
    }
}

/// Reduces an error of the library, which wraps what the browser threw.
pub(crate) fn reduce_wrapped(error: idb::Error) -> StoreError {
    use idb::Error as E;
    match error {
        E::DomException(exception) => reduce_exception(&exception),
        E::AddFailed(thrown)
        | E::ClearFailed(thrown)
        | E::DeleteFailed(thrown)
        | E::GetAllFailed(thrown)
        | E::GetAllKeysFailed(thrown)
        | E::GetFailed(thrown)
        | E::GetKeyFailed(thrown)
        | E::IndexCreateFailed(thrown)
        | E::IndexNotFound(thrown)
        | E::IndexedDbOpenFailed(thrown)
        | E::KeyRangeCreateFailed(thrown)
        | E::ObjectStoreCreateFailed(thrown)
        | E::ObjectStoreNotFound(thrown)
        | E::TransactionCommitError(thrown)
        | E::TransactionOpenFailed(thrown)
        | E::UpdateFailed(thrown) => reduce(&thrown),
        E::IndexedDbNotFound(_) => StoreError::Unavailable,
        other => StoreError::Failed(other.to_string()),
    }
}

fn said(thrown: &JsValue) -> String {
    let text = thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    text.unwrap_or_else(|| format!("{thrown:?}"))
}
