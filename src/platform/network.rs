//! What the browser believes of its network and its page: hints only.

use wasm_bindgen::prelude::*;

/// Whether the page may use what browsers keep for secure contexts: service workers, locks, encryption.
pub(crate) fn is_secure() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}

/// Calls with the browser's belief whenever it changes, and when the page comes back into view.
pub(crate) fn on_change(changed: impl Fn(bool) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    listen(&window, "online", {
        let changed = changed.clone();
        move || changed(true)
    });
    listen(&window, "offline", {
        let changed = changed.clone();
        move || changed(false)
    });
    if let Some(document) = window.document() {
        let page = document.clone();
        listen(&document, "visibilitychange", move || {
            if !page.hidden() {
                changed(true);
            }
        });
    }
}

/// Listens for as long as the tab lives.
fn listen(target: &web_sys::EventTarget, event: &str, callback: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(callback);
    // Only a listener that is no function is refused.
    let _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
    callback.forget();
}
