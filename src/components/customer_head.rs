//! The top of the details: who it is, and the account number or that it waits.

use kase_domain::{Account, CustomerKind};
use kase_ui::{Avatar, AvatarShape, Chip, ChipTone, Icon, Shape, use_text};
use leptos::prelude::*;

use crate::components::viewed::Viewed;

/// What stands where the account number stands.
#[derive(Debug, Clone, Default, PartialEq)]
struct Number {
    account: Option<String>,
    reference: Option<String>,
    refused: bool,
}

/// Name, number, and on a phone the way back to the list.
#[component]
pub(crate) fn CustomerHead(
    /// The customer.
    viewed: Viewed,
) -> impl IntoView {
    let text = use_text();
    let name = viewed.memo(|state| state.customer.display_name());
    let organization = viewed.memo(|state| state.customer.kind() == CustomerKind::Organization);
    let shape = move || if organization.get() { AvatarShape::Square } else { AvatarShape::Round };
    view! {
        <header class="detail-head">
            <span class="detail-back">
                <a class="button button-quiet button-icon" href="/" aria-label=text.of(|text| text.back())>
                    <Icon shape=Shape::Back/>
                </a>
            </span>
            <Avatar name shape=Signal::derive(shape) large=true/>
            <div class="detail-name">
                <h2 class:detail-name-long=move || is_long(&name.read())>
                    <bdi>{move || name.get()}</bdi>
                </h2>
                <AccountNumber viewed/>
            </div>
        </header>
    }
}

/// Longer than two lines of a phone in large type, or with a word that would be broken there.
fn is_long(name: &str) -> bool {
    let word = name.split([' ', '-']).map(|word| word.chars().count()).max();
    name.chars().count() > 24 || word.unwrap_or_default() > 12
}

#[component]
fn AccountNumber(viewed: Viewed) -> impl IntoView {
    let text = use_text();
    let number = viewed.memo(|state| Number {
        account: state.account.number().map(|number| number.as_str().to_owned()),
        reference: state.reference.as_ref().map(|reference| reference.as_str().to_owned()),
        refused: matches!(&state.account, Account::Pending(stage) if stage.refusal().is_some()),
    });
    let tone = move || if number.read().refused { ChipTone::Refused } else { ChipTone::Waiting };
    view! {
        <div class="detail-state" role="status">
            {move || match number.get() {
                Number { account: Some(account), .. } => view! {
                    <span class="secondary">{text.of(|text| text.account_number())}</span>
                    <span class="numeric detail-number">{account}</span>
                }
                .into_any(),
                Number { reference, .. } => view! {
                    <Chip text=text.of(|text| text.pending_sync()) tone=Signal::derive(tone)/>
                    {reference.map(|reference| {
                        view! {
                            <span class="secondary numeric">{move || text.get().reference(&reference)}</span>
                        }
                    })}
                }
                .into_any(),
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_name_is_long_by_its_letters_or_by_one_word() {
        for (name, long) in [
            ("Jānis Kalniņš", false),
            ("Kalnsētas Maiznīca SIA", false),
            ("Мария Преображенская", true),
            ("Ķēniņš Žvirgzdiņa-Šķērsliņa", true),
        ] {
            assert_eq!(is_long(name), long, "{name}");
        }
    }
}
