//! A customer's initials: round for persons, square for organizations, so that the two differ at a glance.

use leptos::prelude::*;

use crate::initials;

/// Person or organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AvatarShape {
    /// A person.
    #[default]
    Round,
    /// An organization, with one letter.
    Square,
}

/// The name stands beside it, so screen readers pass over it.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: Signal<String>,
    /// Person or organization.
    #[prop(optional, into)]
    shape: Signal<AvatarShape>,
    /// As in a page's heading.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let letters = move || {
        let letters = initials(&name.read());
        match shape.get() {
            AvatarShape::Round => letters,
            AvatarShape::Square => {
                let second = letters.char_indices().find(|(at, c)| *at > 0 && c.is_alphanumeric());
                second.map_or_else(|| letters.clone(), |(at, _)| letters[..at].to_owned())
            }
        }
    };
    view! {
        <span
            class="avatar"
            class:avatar-large=large
            class:avatar-square=move || shape.get() == AvatarShape::Square
            aria-hidden="true"
        >
            {letters}
        </span>
    }
}
