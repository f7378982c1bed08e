//! What the demo chain defines for its customers: groups, and a few attributes of every kind.

use kase_domain::{AttributeDefinition, AttributeDefinitionRecord};
use serde_json::{Value, json};

use crate::HeadquartersError;
use crate::attributes::put;
use crate::write::Write;

/// The first is everybody's who says nothing else.
const GROUPS: [(&str, &str); 4] = [
    ("retail", "Retail customers"),
    ("wholesale", "Wholesale customers"),
    ("employees", "Employees"),
    ("vip", "Best customers"),
];

pub(super) async fn seed(write: &mut Write<'_>) -> Result<(), HeadquartersError> {
    for (id, name) in GROUPS {
        sqlx::query("INSERT INTO customer_groups (id, name) VALUES (?, ?)")
            .bind(id)
            .bind(name)
            .execute(write.connection())
            .await?;
    }
    for (position, definition) in (0_u32..).zip(preferences().into_iter().chain(agreements())) {
        let record: AttributeDefinitionRecord = serde_json::from_value(definition)?;
        let definition = AttributeDefinition::parse(&AttributeDefinitionRecord { position, ..record })
            .map_err(|errors| HeadquartersError::Stored(format!("demo attribute: {errors:?}")))?;
        put(write.connection(), &definition).await?;
    }
    Ok(())
}

fn preferences() -> [Value; 3] {
    let group = json!({"en": "Preferences", "lv": "Vēlmes", "et": "Eelistused"});
    [
        json!({
            "key": "shoe_size", "type": "whole_number", "least": 15, "most": 55, "unit": {"en": "EU"}, "group": group,
            "label": {"en": "Shoe size", "lv": "Apavu izmērs", "et": "Kinganumber"},
        }),
        json!({
            "key": "favourite_category", "type": "text", "group": group,
            "label": {"en": "Favourite category", "lv": "Iecienītākā preču grupa", "et": "Lemmikkategooria"},
            "choices": [
                {"value": "clothing", "label": {"en": "Clothing", "lv": "Apģērbs", "et": "Rõivad"}},
                {"value": "footwear", "label": {"en": "Footwear", "lv": "Apavi", "et": "Jalatsid"}},
                {"value": "home", "label": {"en": "Home", "lv": "Mājai", "et": "Kodu"}},
                {"value": "sports", "label": {"en": "Sports", "lv": "Sportam", "et": "Sport"}},
            ],
        }),
        json!({
            "key": "newsletter_by_post", "type": "yes_no", "default": false, "group": group,
            "label": {"en": "Newsletter by post", "lv": "Jaunumi pa pastu", "et": "Uudiskiri postiga"},
            "help": {
                "en": "Sent four times a year to the primary address.",
                "lv": "Četras reizes gadā uz galveno adresi.",
                "et": "Neli korda aastas põhiaadressile.",
            },
        }),
    ]
}

fn agreements() -> [Value; 2] {
    let group = json!({"en": "Agreements", "lv": "Vienošanās", "et": "Kokkulepped"});
    [
        json!({
            "key": "discount_limit", "type": "decimal", "least": 0, "most": 30, "unit": {"en": "%"}, "group": group,
            "label": {"en": "Highest discount", "lv": "Lielākā atlaide", "et": "Suurim allahindlus"},
            "help": {
                "en": "Beyond it a manager decides.",
                "lv": "Par lielāku lemj vadītājs.",
                "et": "Suurema üle otsustab juhataja.",
            },
        }),
        json!({
            "key": "contact_person", "type": "text", "group": group,
            "label": {"en": "Contact person", "lv": "Kontaktpersona", "et": "Kontaktisik"},
        }),
    ]
}
