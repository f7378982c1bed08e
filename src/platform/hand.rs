//! What the hand works with.

/// Whether the first thing that points is a finger: then a focus that nobody asked for would bring up the
/// keyboard, over half of the screen.
pub(crate) fn is_finger() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|query| query.matches())
}
