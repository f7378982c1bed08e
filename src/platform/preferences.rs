//! What a person prefers in this browser: language, theme, text size. Small, and never anything of a customer.

use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

/// Versioned, so that a later shape can stand beside this one.
const KEY: &str = "kase-preferences-1";

/// The preferences as they are kept; what is not there, or cannot be read, is the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// BCP 47 tag.
    pub(crate) locale: Option<String>,
    /// `system`, `light` or `dark`.
    pub(crate) theme: Option<String>,
    /// `normal`, `large` or `extra-large`.
    pub(crate) text_size: Option<String>,
}

/// Reads the preferences.
pub(crate) fn read() -> Kept {
    LocalStorage::get(KEY).unwrap_or_default()
}

/// Keeps the preferences; where the browser refuses, they hold until the tab is closed.
pub(crate) fn keep(kept: &Kept) {
    let _ = LocalStorage::set(KEY, kept);
}

/// The languages that the browser's owner reads, best first.
pub(crate) fn browser_languages() -> Vec<String> {
    let languages = web_sys::window().map(|window| window.navigator().languages());
    languages
        .map(|languages| languages.iter().filter_map(|language| language.as_string()).collect())
        .unwrap_or_default()
}
