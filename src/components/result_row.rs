//! A customer in the list: who it is, how to reach it or what matched, and its account number or that it waits.

use std::ops::Range;

use kase_domain::{Account, AddressRecord, CustomerKind};
use kase_register::label;
use kase_search::{Match, MatchedField};
use kase_ui::{Avatar, AvatarShape, Chip, ChipTone, Highlight, use_text};
use leptos::prelude::*;

use crate::components::words::customer_path;
use crate::runtime::Row;

/// A text and what matched in it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Marked {
    text: String,
    ranges: Vec<Range<usize>>,
    /// With its end cut off it would be another one: a phone number.
    whole: bool,
}

/// The second line: values, after "also" when they are not the first to be thought of.
#[derive(Debug, Clone, Default, PartialEq)]
struct SecondLine {
    also: bool,
    values: Vec<Marked>,
}

/// The whole row is the link.
#[component]
pub(crate) fn ResultRow(
    /// The customer; keeps its last look when it leaves the list.
    row: Memo<Option<Row>>,
    /// The label of the customer whose details are shown.
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    let text = use_text();
    let name = Memo::new(move |_| row.read().as_ref().map(name).unwrap_or_default());
    let second = Memo::new(move |_| row.read().as_ref().map(second_line).unwrap_or_default());
    let number = Memo::new(move |_| row.read().as_ref().and_then(number));
    let refused = Memo::new(move |_| {
        row.read().as_ref().is_some_and(
            |row| matches!(&row.state.account, Account::Pending(stage) if stage.refusal().is_some()),
        )
    });
    let label = Memo::new(move |_| row.read().as_ref().map(|row| label(&row.state)).unwrap_or_default());
    let shape = Memo::new(move |_| match row.read().as_ref().map(|row| row.state.customer.kind()) {
        Some(CustomerKind::Organization) => AvatarShape::Square,
        _ => AvatarShape::Round,
    });
    let tone = move || if refused.get() { ChipTone::Refused } else { ChipTone::Waiting };
    let value = |value: Marked| view! { <Highlight text=value.text matches=value.ranges/> };
    let values = move || {
        let mut views = Vec::new();
        for (at, marked) in second.get().values.into_iter().enumerate() {
            let class = if marked.whole { "row-value row-value-whole" } else { "row-value" };
            views.push(view! { <span class=class>{(at > 0).then_some(" · ")} {value(marked)}</span> });
        }
        views
    };
    let end = move || match number.get() {
        Some(number) => value(number).into_any(),
        None => view! {
            <Chip text=text.of(|text| text.pending_sync()) tone=Signal::derive(tone)/>
            <span class="visually-hidden">" " {move || text.get().reference(&label.read())}</span>
        }
        .into_any(),
    };
    view! {
        <li>
            <a
                class="row"
                href=move || customer_path(&label.read())
                aria-current=move || (*chosen.read() == Some(label.get())).then_some("true")
            >
                <Avatar name=Signal::derive(move || name.get().text) shape/>
                <span class="row-text">
                    <span class="row-name">
                        <Highlight
                            text=Signal::derive(move || name.get().text)
                            matches=Signal::derive(move || name.get().ranges)
                        />
                    </span>
                    <span class="row-detail">
                        {move || {
                            let also = second.read().also.then(|| format!("{} ", text.get().also()));
                            also.map(|also| view! { <span class="row-value row-value-whole">{also}</span> })
                        }}
                        {values}
                    </span>
                </span>
                <span class="row-end">{end}</span>
            </a>
        </li>
    }
}

fn marked(row: &Row, field: MatchedField, text: String) -> Marked {
    let found = row.matched.iter().find(|matched| matched.field == field && matched.value == text);
    let whole = matches!(field, MatchedField::Phone | MatchedField::SecondaryPhone);
    Marked { ranges: found.map(|matched| matched.ranges.clone()).unwrap_or_default(), text, whole }
}

fn name(row: &Row) -> Marked {
    marked(row, MatchedField::Name, row.state.customer.display_name())
}

fn number(row: &Row) -> Option<Marked> {
    let number = row.state.account.number()?;
    Some(marked(row, MatchedField::AccountNumber, number.as_str().to_owned()))
}

/// What matched, where it is not in view anyhow; phone and email otherwise.
fn second_line(row: &Row) -> SecondLine {
    let customer = &row.state.customer;
    let first = |wanted: &[MatchedField]| row.matched.iter().find(|matched| wanted.contains(&matched.field));
    let primary = first(&[MatchedField::Phone, MatchedField::Email]);
    let beside =
        first(&[MatchedField::SecondaryPhone, MatchedField::SecondaryEmail, MatchedField::LoyaltyCard]);
    if let (None, Some(matched)) = (primary, beside) {
        return SecondLine { also: true, values: vec![as_matched(matched)] };
    }
    if let (None, Some(address)) = (primary, matched_address(row)) {
        return SecondLine { also: false, values: vec![address] };
    }
    let phone = customer.phone.as_ref().map(|phone| marked(row, MatchedField::Phone, phone.display()));
    let email =
        customer.email.as_ref().map(|email| marked(row, MatchedField::Email, email.as_str().to_owned()));
    SecondLine { also: false, values: phone.into_iter().chain(email).collect() }
}

fn as_matched(matched: &Match) -> Marked {
    Marked {
        text: matched.value.clone(),
        ranges: matched.ranges.clone(),
        whole: matched.field == MatchedField::SecondaryPhone,
    }
}

/// The first address of which a part matched, on one line.
fn matched_address(row: &Row) -> Option<Marked> {
    let id = row.matched.iter().find_map(|matched| match matched.field {
        MatchedField::Street(id) | MatchedField::City(id) | MatchedField::PostalCode(id) => Some(id),
        _ => None,
    })?;
    let address: &AddressRecord =
        row.state.customer.addresses.iter().find(|address| address.id() == id)?.record();
    let mut line = Marked::default();
    for (field, part) in [
        (MatchedField::Street(id), &address.street),
        (MatchedField::PostalCode(id), &address.postal_code),
        (MatchedField::City(id), &address.city),
    ] {
        let Some(part) = part else { continue };
        let code_before = field == MatchedField::City(id) && address.postal_code.is_some();
        if !line.text.is_empty() {
            line.text.push_str(if code_before { " " } else { ", " });
        }
        let at = line.text.len();
        let ranges = marked(row, field, part.clone()).ranges;
        line.ranges.extend(ranges.into_iter().map(|range| range.start + at..range.end + at));
        line.text.push_str(part);
    }
    Some(line)
}
