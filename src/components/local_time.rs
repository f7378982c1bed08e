//! Times as people read them: an age, and the exact time on hover.

use kase_domain::Timestamp;
use kase_text::{Catalogue, Moment};

use crate::platform::calendar;

/// Whole seconds since `then`.
pub(crate) fn age_seconds(then: Timestamp, now: Timestamp) -> u64 {
    then.age_ms(now) / 1_000
}

/// To the second, on this device's wall clock.
pub(crate) fn exact(at: Timestamp, text: &dyn Catalogue) -> String {
    text.exact_time(calendar::local(at))
}

/// Hour and minute; with the day before it once it was not within the last day.
pub(crate) fn clock_or_day(at: Timestamp, now: Timestamp, text: &dyn Catalogue) -> String {
    const DAY_SECONDS: u64 = 86_400;
    let moment: Moment = calendar::local(at);
    if age_seconds(at, now) < DAY_SECONDS {
        text.clock(moment)
    } else {
        format!("{}, {}", text.date(moment), text.clock(moment))
    }
}
