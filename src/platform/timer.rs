//! Timers that end with their handle.

use wasm_bindgen::prelude::*;

/// A timer. Dropping it stops it.
pub(crate) struct Timer {
    id: i32,
    repeats: bool,
    /// Kept alive for as long as the browser may call it.
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls once, after `wait_ms`.
    pub(crate) fn after(wait_ms: u64, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let id = web_sys::window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(
                    callback.as_ref().unchecked_ref(),
                    wait(wait_ms),
                )
                .ok()
        });
        Self { id: id.unwrap_or_default(), repeats: false, _callback: callback }
    }

    /// Calls again and again, each `every_ms`.
    pub(crate) fn every(every_ms: u64, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let id = web_sys::window().and_then(|window| {
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(
                    callback.as_ref().unchecked_ref(),
                    wait(every_ms),
                )
                .ok()
        });
        Self { id: id.unwrap_or_default(), repeats: true, _callback: callback }
    }

    /// Lets it go on for as long as the tab lives.
    pub(crate) fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            if self.repeats {
                window.clear_interval_with_handle(self.id);
            } else {
                window.clear_timeout_with_handle(self.id);
            }
        }
    }
}

fn wait(ms: u64) -> i32 {
    i32::try_from(ms).unwrap_or(i32::MAX)
}
