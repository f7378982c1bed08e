//! A moment on the wall clock of whoever reads it: only the browser knows the time zone.

use js_sys::Date;
use kase_domain::Timestamp;
use kase_text::Moment;
use wasm_bindgen::JsValue;

/// The local calendar time of a moment.
#[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
pub(crate) fn local(at: Timestamp) -> Moment {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    // A date's parts are small by themselves; one that is none has parts that are not numbers, and reads as 0.
    let small = |part: u32| u8::try_from(part).unwrap_or_default();
    Moment {
        year: u16::try_from(date.get_full_year()).unwrap_or_default(),
        month: small(date.get_month() + 1),
        day: small(date.get_date()),
        hour: small(date.get_hours()),
        minute: small(date.get_minutes()),
        second: small(date.get_seconds()),
    }
}
