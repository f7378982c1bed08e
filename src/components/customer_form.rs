//! The form of a customer, new or existing: name, phone and email first, the rest folds out. Which fields a new
//! customer may have is the permission table's; a field that is shown stays, so that nothing moves or is lost.

use kase_domain::{AddressPurpose, CustomerAction, CustomerKind};
use kase_text::{self as say, Field, Section};
use kase_ui::{Button, Keyboard, Segmented, Shape, use_text};
use leptos::prelude::*;

use crate::components::address_fields::AddressFields;
use crate::components::attribute_fields::AttributeFields;
use crate::components::checks::Checks;
use crate::components::contact_fields::ContactFields;
use crate::components::draft::Draft;
use crate::components::draft_address::DraftAddress;
use crate::components::draft_field::DraftField;
use crate::components::fold_out::FoldOut;
use crate::components::more_fields::{MoreFields, PrivacyFields};
use crate::components::receipt_fields::ReceiptFields;
use crate::components::save_route::use_closed_at_creation;
use crate::components::words;
use crate::runtime::use_runtime;

/// What the form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A new customer.
    Create,
    /// Changes to one that exists; its further addresses have a sheet of their own.
    Edit,
}

/// All fields. Enter, which a scanner sends, submits nothing.
#[component]
pub(crate) fn CustomerForm(
    /// What is typed.
    draft: Draft,
    /// What says whether it is right.
    checks: Checks,
    /// What the form is for.
    purpose: Purpose,
    /// Stands between what everybody is asked and what folds out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let text = use_text();
    let enhanced = shown(purpose, CustomerAction::CreateEnhanced);
    view! {
        <form class="form" novalidate on:submit=|event| event.prevent_default()>
            <Segmented
                legend=text.of(|text| text.field(Field::Kind))
                options=say::CustomerKind::ALL
                text=move |kind| text.get().customer_kind(kind)
                value=Signal::derive(move || words::kind_said(draft.kind.get()))
                on_choose=move |kind| draft.set_kind(words::customer_kind(kind))
            />
            <NameFields draft checks/>
            <DraftField
                field=Field::Phone line=draft.phone path="phone".to_owned() checks keyboard=Keyboard::Phone wide=true
            />
            <DraftField
                field=Field::Email line=draft.email path="email".to_owned() checks keyboard=Keyboard::Email wide=true
            />
            {children.map(|children| children())}
            <FoldOut section=Section::Address paths=&["addresses"] checks>
                <Addresses draft checks purpose/>
            </FoldOut>
            <Show when=move || enhanced.get()>
                <FoldOut section=Section::MoreContacts paths=&["contacts"] checks>
                    <ContactFields draft checks/>
                </FoldOut>
            </Show>
            <FoldOut section=Section::ReceiptsAndLanguage paths=&["receipt_email", "language", "currency"] checks>
                <ReceiptFields draft checks/>
            </FoldOut>
            <FoldOut
                section=Section::MoreAboutTheCustomer
                paths=&["title", "middle_name", "customer_group", "identification_number", "vat_number", "tax_exempt_number"]
                checks
            >
                <MoreFields draft checks enhanced purpose/>
            </FoldOut>
            <Show when=move || draft.attributes.with_value(|attributes| !attributes.is_empty())>
                <FoldOut section=Section::Attributes paths=&["attributes"] checks>
                    <AttributeFields draft checks/>
                </FoldOut>
            </Show>
            <FoldOut section=Section::Privacy paths=&["privacy_opt_outs"] checks>
                <PrivacyFields draft/>
            </FoldOut>
        </form>
    }
}

#[component]
fn NameFields(draft: Draft, checks: Checks) -> impl IntoView {
    view! {
        <Show
            when=move || draft.kind.get() == CustomerKind::Person
            fallback=move || {
                view! {
                    <DraftField
                        field=Field::OrganizationName
                        line=draft.organization_name
                        path="organization_name".to_owned()
                        checks
                        wide=true
                    />
                }
            }
        >
            <DraftField
                field=Field::FirstName line=draft.first_name path="first_name".to_owned() checks autofocus=true
            />
            <DraftField field=Field::LastName line=draft.last_name path="last_name".to_owned() checks/>
        </Show>
    }
}

#[component]
fn Addresses(draft: Draft, checks: Checks, purpose: Purpose) -> impl IntoView {
    let (text, runtime) = (use_text(), use_runtime());
    let further = shown(purpose, CustomerAction::AddAddress);
    let usual_purpose = Signal::derive(move || match draft.kind.get() {
        CustomerKind::Person => AddressPurpose::Home,
        CustomerKind::Organization => AddressPurpose::Business,
    });
    let add = move |()| {
        let address = draft.owned(|| DraftAddress::new(runtime.address_id()));
        draft.addresses.update(|addresses| addresses.push(address));
    };
    let path = move |address: DraftAddress| {
        Memo::new(move |_| {
            let at = draft.addresses.read().iter().position(|other| other.id == address.id);
            at.map(|at| format!("addresses[{at}].")).unwrap_or_default()
        })
    };
    view! {
        <For each=move || draft.addresses.get() key=|address| address.id let:address>
            <div class="address field-wide">
                <AddressFields address path=path(address) checks usual_purpose/>
            </div>
        </For>
        <Show when=move || purpose == Purpose::Create && further.get()>
            <div class="actions field-wide">
                <Button label=text.of(|text| text.add_address()) icon=Shape::Plus on_press=add/>
            </div>
        </Show>
    }
}

/// Whether fields of `action` are shown: while it is open, and from then on.
fn shown(purpose: Purpose, action: CustomerAction) -> Signal<bool> {
    if purpose == Purpose::Edit {
        return Signal::stored(true);
    }
    let closed = use_closed_at_creation(action);
    Memo::new(move |before| closed.read().is_none() || before == Some(&true)).into()
}
