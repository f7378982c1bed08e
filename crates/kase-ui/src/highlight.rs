//! Marks what matched.

use std::ops::Range;

use leptos::prelude::*;

/// A text with its matches marked; set apart from the text around it, whatever its direction.
#[component]
pub fn Highlight(
    /// The whole text.
    #[prop(into)]
    text: Signal<String>,
    /// What matched, in bytes, in order and without overlap. What does not fit the text is passed over.
    #[prop(into)]
    matches: Signal<Vec<Range<usize>>>,
) -> impl IntoView {
    let shown = move || {
        let pieces = pieces(&text.read(), &matches.read());
        let piece = |(piece, marked): (String, bool)| {
            if marked { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
        };
        pieces.into_iter().map(piece).collect_view()
    };
    view! { <bdi>{shown}</bdi> }
}

/// The text in pieces, each with whether it matched.
fn pieces(text: &str, matches: &[Range<usize>]) -> Vec<(String, bool)> {
    let mut pieces = Vec::with_capacity(matches.len() * 2 + 1);
    let mut at = 0;
    for range in matches {
        let (Some(before), Some(matched)) = (text.get(at..range.start), text.get(range.clone())) else {
            continue;
        };
        if matched.is_empty() {
            continue;
        }
        if !before.is_empty() {
            pieces.push((before.to_owned(), false));
        }
        pieces.push((matched.to_owned(), true));
        at = range.end;
    }
    if at < text.len() {
        pieces.push((text[at..].to_owned(), false));
    }
    pieces
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "a list of ranges with one in it")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn check(text: &str, matches: &[Range<usize>], expected: &str) {
        let drawn: String = pieces(text, matches)
            .into_iter()
            .map(|(piece, marked)| if marked { format!("[{piece}]") } else { piece })
            .collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn matches_are_marked_and_nothing_is_lost() {
        check("Jānis Kalniņš", &[7..11], "Jānis [Kaln]iņš");
        check("Kalns Kalns", &[0..4, 6..10], "[Kaln]s [Kaln]s");
        check("Kalns", &[], "Kalns");
        check("", &[], "");
    }

    #[test]
    fn ranges_that_do_not_fit_mark_nothing() {
        // 2 is inside of ā; 9..4 is reversed; the third lies beyond the end; the last overlaps.
        let reversed = Range { start: 9, end: 4 };
        check("Jānis", &[0..2], "Jānis");
        check("Jānis Kalniņš", &[reversed, 90..95, 7..9, 8..11], "Jānis [Ka]lniņš");
    }
}
