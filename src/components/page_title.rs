//! The browser tab's title.

use kase_text::Page;
use kase_ui::use_text;
use leptos::prelude::*;

/// Keeps it in step with the language while the page is shown.
pub(crate) fn show_page_title(page: Page) {
    let text = use_text();
    Effect::new(move || document().set_title(&text.get().page_title(page)));
}
