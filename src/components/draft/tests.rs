use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

fn record() -> CustomerRecord {
    serde_json::from_value(json!({
        "kind": "person", "title": "Dr.", "first_name": "Anna", "email": "anna@inbox.lv",
        "phone": "+37121111111", "phone_typed": "2111 1111",
        "contacts": [{"kind": "phone", "value": "+37129222222", "typed": "2922 2222", "marketing_consent": true}],
        "addresses": [{"id": "018f0000-0000-7000-8000-000000000001", "purpose": "home", "country": "LV", "city": "Rīga", "primary": true}],
        "attributes": {"shoe_size": 38}, "privacy_opt_outs": ["marketing"], "from_a_newer_peer": 1
    }))
    .unwrap()
}

fn in_owner<T>(test: impl FnOnce() -> T) -> T {
    Owner::new().with(test)
}

#[test]
fn a_form_that_nobody_touched_makes_the_record_it_began_with() {
    in_owner(|| assert_eq!(Draft::of(record()).record(Blanks::Dropped), record()));
}

#[test]
fn what_is_typed_takes_the_place_of_what_stood_there() {
    in_owner(|| {
        let draft = Draft::of(record());
        draft.phone.value.set("2999 9999".into());
        draft.title.value.set("  ".into());
        let made = draft.record(Blanks::Dropped);
        assert_eq!((made.phone.as_deref(), made.phone_typed.as_deref()), (Some("2999 9999"), None));
        assert_eq!(made.title, None);
    });
}

#[test]
fn blank_entries_keep_their_place_for_checking_and_are_not_saved() {
    in_owner(|| {
        let draft = Draft::of(record());
        draft
            .contacts
            .update(|contacts| contacts.insert(0, DraftContact::new(kase_domain::ContactKind::Email)));
        assert_eq!(draft.record(Blanks::Kept).contacts.len(), 2);
        assert_eq!(draft.record(Blanks::Dropped).contacts, record().contacts);
    });
}

#[test]
fn a_name_is_taken_along_from_person_to_organization_and_back() {
    in_owner(|| {
        let draft = Draft::carrying("Kalna maiznīca", None, &Shortcuts::ENGLISH);
        draft.set_kind(CustomerKind::Organization);
        assert_eq!(draft.record(Blanks::Dropped).organization_name.as_deref(), Some("Kalna maiznīca"));
        draft.set_kind(CustomerKind::Person);
        assert_eq!(draft.record(Blanks::Dropped).first_name.as_deref(), Some("Kalna"));
        assert_eq!(draft.record(Blanks::Dropped).organization_name, None);
    });
}

#[test]
fn attributes_begin_with_their_defaults_and_those_without_a_definition_stay() {
    let definitions: Vec<AttributeDefinition> = serde_json::from_value(json!([
        {"key": "shoe_size", "label": {"en": "Shoe size"}, "type": "whole_number", "most": 50},
        {"key": "by_post", "label": {"en": "By post"}, "type": "yes_no", "default": false}
    ]))
    .unwrap();
    in_owner(|| {
        let mut record = record();
        record.attributes.insert("from_elsewhere".into(), kase_domain::AttributeValue::Text("kept".into()));
        let draft = Draft::of(record.clone()).with_attributes(&definitions, ',');
        assert_eq!(
            draft.record(Blanks::Dropped),
            record,
            "an edit begins with what stands there, not with defaults"
        );
        draft.attributes.get_value()[0].line.value.set("99".into());
        let made = draft.record(Blanks::Dropped);
        assert_eq!(made.attributes.len(), 2);
        assert_eq!(draft.attribute_errors(&made)[0].field, "attributes.shoe_size");
    });
}
