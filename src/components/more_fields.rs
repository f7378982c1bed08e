//! Title, middle name, group, numbers and affiliations of a customer, and what it opted out of.

use kase_domain::CustomerKind;
use kase_text::{Field, OptOut};
use kase_ui::{CheckField, Choice, SelectField, use_text};
use leptos::prelude::*;

use crate::components::checks::Checks;
use crate::components::customer_form::Purpose;
use crate::components::draft::{Draft, Line};
use crate::components::draft_field::DraftField;
use crate::components::name_lists::offered;
use crate::components::words;
use crate::state::use_state;

/// What is rarely asked.
#[component]
pub(crate) fn MoreFields(
    /// The form.
    draft: Draft,
    /// What says whether they are right.
    checks: Checks,
    /// Whether title and affiliations are shown.
    #[prop(into)]
    enhanced: Signal<bool>,
    /// What the form is for.
    purpose: Purpose,
) -> impl IntoView {
    let person = move || draft.kind.get() == CustomerKind::Person;
    let line = move |field: Field, line: Line| {
        view! { <DraftField field line path=field.json_name().to_owned() checks/> }
    };
    view! {
        <Show when=move || person() && enhanced.get()>{line(Field::Title, draft.title)}</Show>
        <Show when=person>{line(Field::MiddleName, draft.middle_name)}</Show>
        <GroupField draft purpose/>
        {line(Field::IdentificationNumber, draft.identification_number)}
        {line(Field::VatNumber, draft.vat_number)}
        {line(Field::TaxExemptNumber, draft.tax_exempt_number)}
        <Show when=move || enhanced.get()>
            <AffiliationFields draft/>
        </Show>
    }
}

/// The customer groups of the chain; nothing where there is none. A new customer comes into the store's, unless
/// another is chosen.
#[component]
fn GroupField(draft: Draft, purpose: Purpose) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let choices = Memo::new(move |_| {
        let settings = state.settings.read();
        let Some(settings) = settings.as_ref() else { return Vec::new() };
        let chosen = draft.customer_group.read();
        let usual = settings.default_customer.customer_group.as_ref().filter(|_| purpose == Purpose::Create);
        let groups = settings.customer_groups.iter();
        let named = groups.clone().find(|group| Some(&group.id) == usual).map(|group| group.name.as_str());
        let first = match usual {
            Some(_) => named.unwrap_or(text.get().store_default()),
            None => text.get().not_chosen(),
        };
        let others = groups.filter(|group| Some(&group.id) != usual || *chosen == group.id);
        let list: Vec<Choice> = others.map(|group| Choice::new(&group.id, &group.name)).collect();
        offered(&list, Choice::new("", first), &chosen)
    });
    view! {
        <Show when=move || { choices.read().len() > 1 }>
            <SelectField label=text.of(|text| text.field(Field::CustomerGroup)) value=draft.customer_group choices/>
        </Show>
    }
}

#[component]
fn AffiliationFields(draft: Draft) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let offered = Memo::new(move |_| {
        let settings = state.settings.read();
        settings.as_ref().map(|settings| settings.affiliations.clone()).unwrap_or_default()
    });
    view! {
        <fieldset class="field-wide ticks" hidden=move || offered.read().is_empty()>
            <legend class="field-label">{text.of(|text| text.field(Field::Affiliations))}</legend>
            {move || {
                let tick = |affiliation: kase_domain::Affiliation| {
                    view! { <Tick list=draft.affiliations value=affiliation.id label=affiliation.name/> }
                };
                offered.get().into_iter().map(tick).collect_view()
            }}
        </fieldset>
    }
}

/// What a customer may opt out of.
#[component]
pub(crate) fn PrivacyFields(
    /// The form.
    draft: Draft,
) -> impl IntoView {
    let text = use_text();
    let tick = move |opt_out: OptOut| {
        let value = words::opt_out_code(opt_out).to_owned();
        view! { <Tick list=draft.privacy_opt_outs value label=text.of(move |text| text.opt_out(opt_out))/> }
    };
    view! { <div class="field-wide ticks">{OptOut::ALL.iter().copied().map(tick).collect_view()}</div> }
}

/// A tick that is a value in a list.
#[component]
fn Tick(list: RwSignal<Vec<String>>, value: String, #[prop(into)] label: TextProp) -> impl IntoView {
    let checked = RwSignal::new(list.read_untracked().contains(&value));
    let change = move |ticked| {
        list.update(|list| {
            list.retain(|other| *other != value);
            if ticked {
                list.push(value.clone());
            }
        });
    };
    view! { <CheckField label checked on_change=change/> }
}
