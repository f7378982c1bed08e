use serde_json::{Value, json};

use super::*;

fn definition(more: Value) -> AttributeDefinition {
    serde_json::from_value(record(more)).unwrap()
}

fn record(more: Value) -> Value {
    let mut record = json!({"key": "size", "label": {"en": "Size"}});
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    record
}

#[track_caller]
fn check(definition: &AttributeDefinition, values: &[(Value, Result<(), Problem>)]) {
    for (value, expected) in values {
        let value: AttributeValue = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(definition.check(&value), *expected, "{value:?}");
    }
}

fn out_of(least: i32, most: i32) -> Result<(), Problem> {
    Err(range(Some(least.into()), Some(most.into())))
}

fn range(least: Option<Decimal>, most: Option<Decimal>) -> Problem {
    Problem::OutOfRange(Box::new(NumberRange { least, most }))
}

#[test]
fn a_whole_number_is_whole_and_within_its_range() {
    check(
        &definition(json!({"type": "whole_number", "least": 15, "most": 55})),
        &[
            (json!(15), Ok(())),
            (json!(55), Ok(())),
            (json!(43.0), Ok(())),
            (json!(43.5), Err(Problem::NotAWholeNumber)),
            (json!(14), out_of(15, 55)),
            (json!(56), out_of(15, 55)),
            (json!("43"), Err(Problem::NotAWholeNumber)),
            (json!(true), Err(Problem::NotAWholeNumber)),
            (json!("1234567890123456"), Err(Problem::TooManyDigits { limit: 15 })),
            (json!(1e300), Err(Problem::TooManyDigits { limit: 15 })),
            (json!("  "), Ok(())),
        ],
    );
}

#[test]
fn a_decimal_is_within_its_range() {
    check(
        &definition(json!({"type": "decimal", "least": 0, "most": 100})),
        &[
            (json!(0), Ok(())),
            (json!(12.5), Ok(())),
            (json!(100.01), out_of(0, 100)),
            (json!(-0.01), out_of(0, 100)),
            (json!("12.5"), Err(Problem::NotANumber)),
        ],
    );
    let open = definition(json!({"type": "decimal", "least": 0.5}));
    let below = Err(range(Decimal::read("0.5", '.').ok(), None));
    check(&open, &[(json!(999_999), Ok(())), (json!(0.4), below)]);
}

#[test]
fn text_is_short_enough_and_one_of_its_list() {
    check(
        &definition(json!({"type": "text"})),
        &[
            (json!("Līga"), Ok(())),
            (json!("ļ".repeat(250)), Ok(())),
            (json!("ļ".repeat(251)), Err(Problem::TooLong { limit: 250 })),
            (json!("a\u{7}"), Err(Problem::ControlCharacter)),
            (json!(5), Err(Problem::Invalid)),
        ],
    );
    check(
        &definition(json!({"type": "text", "choices": [{"value": "home"}, {"value": "sports"}]})),
        &[
            (json!("home"), Ok(())),
            (json!(" home "), Ok(())),
            (json!("Home"), Err(Problem::UnknownValue)),
            (json!("garden"), Err(Problem::UnknownValue)),
        ],
    );
}

#[test]
fn yes_or_no_is_nothing_else() {
    check(
        &definition(json!({"type": "yes_no"})),
        &[(json!(true), Ok(())), (json!("yes"), Err(Problem::Invalid)), (json!(1), Err(Problem::Invalid))],
    );
}

#[test]
fn what_is_typed_is_read_by_the_kind_and_what_cannot_be_read_is_kept() {
    let decimal = definition(json!({"type": "decimal"}));
    let number = |json: Value| Some(serde_json::from_value::<AttributeValue>(json).unwrap());
    assert_eq!(decimal.read(" ", ','), None);
    assert_eq!(decimal.read("12,50", ','), number(json!(12.5)));
    assert_eq!(decimal.read("1,234", '.'), number(json!(1234)));
    assert_eq!(decimal.read("about ten", ','), Some(AttributeValue::Text("about ten".into())));
    assert_eq!(
        definition(json!({"type": "text"})).read("12,5", ','),
        Some(AttributeValue::Text("12,5".into()))
    );
}

#[test]
fn a_definition_comes_back_from_json_as_it_went_in() {
    for more in [
        json!({"type": "yes_no", "default": false, "position": 3}),
        json!({"type": "decimal", "least": 0, "most": 99.5, "default": 0.25, "unit": {"en": "%"}, "position": 0}),
        json!({"type": "text", "choices": [{"value": "a", "label": {"lv": "ā"}}, {"value": "b"}], "default": "b",
            "help": {"en": "Which?"}, "group": {"en": "Likes"}, "position": 1}),
    ] {
        let json = record(more);
        let definition: AttributeDefinition = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&definition).unwrap(), json);
    }
}

#[test]
fn every_wrong_field_of_a_definition_is_named() {
    #[track_caller]
    fn wrong(more: Value, expected: &[(&str, Problem)]) {
        let record: AttributeDefinitionRecord = serde_json::from_value(record(more)).unwrap();
        let errors = AttributeDefinition::parse(&record).err().unwrap_or_default();
        let found: Vec<(&str, Problem)> =
            errors.iter().map(|error| (error.field.as_str(), error.problem.clone())).collect();
        assert_eq!(found, expected, "{record:?}");
    }
    for key in ["", "Shoe", "1st", "shoe size", "ķ", "a.b", &"a".repeat(51)] {
        wrong(json!({"type": "text", "key": key}), &[("key", Problem::Invalid)]);
    }
    wrong(json!({"type": "text", "label": {}}), &[("label", Problem::Required)]);
    wrong(json!({"type": "text", "label": {"lv": "  "}}), &[("label", Problem::Required)]);
    wrong(
        json!({"type": "yes_no", "least": 1, "choices": [{"value": "a"}], "default": "yes"}),
        &[("choices", Problem::Invalid), ("least", Problem::Invalid), ("default", Problem::Invalid)],
    );
    wrong(
        json!({"type": "whole_number", "least": 1.5, "most": 1}),
        &[("least", Problem::NotAWholeNumber), ("most", range(Decimal::read("1.5", '.').ok(), None))],
    );
    wrong(
        json!({"type": "text", "choices": [{"value": "a"}, {"value": " a "}, {"value": ""}], "default": "z"}),
        &[
            ("choices[1].value", Problem::RepeatedId),
            ("choices[2].value", Problem::Required),
            ("default", Problem::UnknownValue),
        ],
    );
}
