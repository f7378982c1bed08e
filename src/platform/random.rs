//! Randomness for spreading waits; not for secrets.

/// A random number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any bits will do")]
pub(crate) fn number() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64
}
