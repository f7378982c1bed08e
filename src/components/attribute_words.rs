//! Attributes in words: labels with their unit, values in the language's number form, ranges.

use kase_domain::{AttributeDefinition, AttributeKind, AttributeValue, Decimal, NumberRange, Translated};
use kase_text::Catalogue;

/// The label, with the unit behind it.
pub(crate) fn label(definition: &AttributeDefinition, text: &dyn Catalogue) -> String {
    let label = said(&definition.label, text);
    match said(&definition.unit, text) {
        unit if unit.is_empty() => label,
        unit => format!("{label} ({unit})"),
    }
}

/// What stands below the field: the help, and the range of a number. Empty where there is neither.
pub(crate) fn hint(definition: &AttributeDefinition, text: &dyn Catalogue) -> String {
    let range = match &definition.kind {
        AttributeKind::WholeNumber(range) | AttributeKind::Decimal(range) => range_said(*range, text),
        AttributeKind::Text { .. } | AttributeKind::YesNo => None,
    };
    let help = Some(said(&definition.help, text)).filter(|help| !help.is_empty());
    match (range, help) {
        (Some(range), Some(help)) => format!("{range}. {help}"),
        (range, help) => range.or(help).unwrap_or_default(),
    }
}

/// A value with its unit, as people read it. Without a definition it is told as it is.
pub(crate) fn value(
    value: &AttributeValue,
    definition: Option<&AttributeDefinition>,
    text: &dyn Catalogue,
) -> String {
    let plain = match value {
        AttributeValue::YesNo(true) => return text.yes().to_owned(),
        AttributeValue::YesNo(false) => return text.no().to_owned(),
        AttributeValue::Number(number) => match Decimal::try_from(number.clone()) {
            Ok(decimal) => text.decimal(&decimal.to_string()),
            Err(_) => number.to_string(),
        },
        AttributeValue::Text(said) => {
            definition.map_or_else(|| said.clone(), |known| choice(known, said, text))
        }
    };
    match definition.map(|definition| said(&definition.unit, text)).filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("{plain}\u{a0}{unit}"),
        None => plain,
    }
}

/// A value of a fixed list as people read it.
pub(crate) fn choice(definition: &AttributeDefinition, value: &str, text: &dyn Catalogue) -> String {
    let AttributeKind::Text { choices } = &definition.kind else { return value.to_owned() };
    let known = choices.iter().find(|choice| choice.value == value);
    let label = known.and_then(|choice| choice.label.in_language(text.tag()));
    label.unwrap_or(value).to_owned()
}

/// The text in the language of the interface; empty where nothing is said.
pub(crate) fn said(texts: &Translated, text: &dyn Catalogue) -> String {
    texts.in_language(text.tag()).unwrap_or_default().to_owned()
}

fn range_said(range: NumberRange, text: &dyn Catalogue) -> Option<String> {
    let number = |decimal: Decimal| text.decimal(&decimal.to_string());
    match (range.least.map(number), range.most.map(number)) {
        (Some(least), Some(most)) => Some(text.out_of_range(&least, &most)),
        (Some(least), None) => Some(text.at_least(&least)),
        (None, Some(most)) => Some(text.at_most(&most)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_text::Locale;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn discount() -> AttributeDefinition {
        serde_json::from_value(json!({
            "key": "discount", "type": "decimal", "least": 0, "most": 12_500.5, "unit": {"en": "%"},
            "label": {"en": "Discount", "lv": "Atlaide"}, "help": {"en": "At most.", "lv": "Lielākā."}
        }))
        .unwrap()
    }

    #[test]
    fn an_attribute_reads_in_the_language_of_the_interface() {
        let (en, lv) = (Locale::En.text(), Locale::Lv.text());
        assert_eq!(
            (label(&discount(), en), label(&discount(), lv)),
            ("Discount (%)".into(), "Atlaide (%)".into())
        );
        assert_eq!(hint(&discount(), en), "Between 0 and 12,500.5. At most.");
        assert_eq!(hint(&discount(), lv), "No 0 līdz 12\u{a0}500,5. Lielākā.");
        let number: AttributeValue = serde_json::from_value(json!(7.25)).unwrap();
        assert_eq!(value(&number, Some(&discount()), lv), "7,25\u{a0}%");
        assert_eq!(value(&number, None, en), "7.25");
        assert_eq!(value(&AttributeValue::YesNo(false), None, lv), "Nē");
    }

    #[test]
    fn a_chosen_value_reads_by_its_label_and_one_that_is_gone_by_itself() {
        let definition: AttributeDefinition = serde_json::from_value(json!({
            "key": "category", "label": {"en": "Category"}, "type": "text",
            "choices": [{"value": "home", "label": {"en": "Home", "lv": "Mājai"}}, {"value": "other"}]
        }))
        .unwrap();
        let read =
            |said: &str| value(&AttributeValue::Text(said.into()), Some(&definition), Locale::Lv.text());
        assert_eq!([read("home"), read("other"), read("gone")], ["Mājai", "other", "gone"]);
    }
}
