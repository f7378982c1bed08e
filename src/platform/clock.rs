//! The browser's clocks.

use kase_domain::Timestamp;

/// The time by the wall. It may jump; it decides nothing.
pub(crate) fn now() -> Timestamp {
    milliseconds(js_sys::Date::now())
}

/// Time that never jumps, since this tab began: for waits.
pub(crate) fn steady() -> Timestamp {
    let performance = web_sys::window().and_then(|window| window.performance());
    milliseconds(performance.map_or_else(js_sys::Date::now, |performance| performance.now()))
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds stay far below 2^53")]
fn milliseconds(value: f64) -> Timestamp {
    Timestamp(value as i64)
}
