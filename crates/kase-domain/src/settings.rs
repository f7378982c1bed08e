//! What a channel and its registers are told by headquarters: the functionality profile, the channel schema,
//! the feature switches and the store's default customer, under one version.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    AttributeDefinition, ChannelId, Country, Currency, CustomerKind, CustomerRecord, FeatureSwitches,
    Language, ReceiptPreference, Switch, json,
};

/// Grows with every change at headquarters. An operation carries the version it was recorded under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SettingsVersion(pub u64);

/// The settings of one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelSettings {
    /// Version of everything below together.
    pub version: SettingsVersion,
    /// The channel.
    pub channel: ChannelId,
    /// Its name as people read it, e.g. `Rīga Centrs`.
    pub store_name: String,
    /// Default of addresses and phone numbers.
    pub country: Country,
    /// Profile: *Create customer in async mode*.
    pub create_customer_async: bool,
    /// Profile: *Generate loyalty card number*.
    pub generate_loyalty_card_number: bool,
    /// Channel schema: *Filter shared customer data tables*.
    pub filter_shared_customer_data: bool,
    /// Feature management.
    pub switches: FeatureSwitches,
    /// What new customers take over.
    pub default_customer: DefaultCustomer,
    /// The affiliations that a customer can have.
    #[serde(default)]
    pub affiliations: Vec<Affiliation>,
    /// The customer groups that a customer can belong to.
    #[serde(default)]
    pub customer_groups: Vec<CustomerGroup>,
    /// The attributes that a customer can have, in their order. One of a type that only a newer headquarters knows is
    /// left out: its values then pass as those of an attribute without a definition.
    #[serde(default, deserialize_with = "those_readable")]
    pub attributes: Vec<AttributeDefinition>,
    /// What registers seal their rescue files with; none until headquarters has made one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rescue_key: Option<RescueKey>,
}

/// The public half of the chain's rescue key, on P-256: what is sealed with it only headquarters can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RescueKey {
    /// Names it.
    pub kid: String,
    /// Its point, each coordinate in base64url.
    pub x: String,
    /// See `x`.
    pub y: String,
}

/// An affiliation made at headquarters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// What a customer's record holds.
    pub id: String,
    /// What people read.
    pub name: String,
}

/// A customer group made at headquarters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerGroup {
    /// What a customer's record holds.
    pub id: String,
    /// What people read.
    pub name: String,
}

/// The store's default customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct DefaultCustomer {
    pub kind: Option<CustomerKind>,
    pub customer_group: Option<String>,
    pub receipt_preference: Option<ReceiptPreference>,
    pub receipt_email: Option<String>,
    pub currency: Option<Currency>,
    pub language: Option<Language>,
    pub affiliations: Vec<String>,
}

/// The customer with what it takes over from the store's default customer, where nothing else was entered.
/// Affiliations are taken over always in sync mode, in async mode only with enhanced creation; so a register
/// or channel that records fills them in only with that switch, and headquarters does when it is called.
pub fn with_defaults(mut record: CustomerRecord, settings: &ChannelSettings) -> CustomerRecord {
    let default = &settings.default_customer;
    let names = [&record.first_name, &record.middle_name, &record.last_name, &record.organization_name];
    let said_nothing = record.kind.is_none() && names.iter().all(|name| name.is_none());
    if said_nothing {
        record.kind = default.kind;
    }
    record.customer_group = record.customer_group.or_else(|| default.customer_group.clone());
    record.receipt_preference = record.receipt_preference.or(default.receipt_preference);
    record.receipt_email = record.receipt_email.or_else(|| default.receipt_email.clone());
    record.currency = record.currency.or_else(|| default.currency.clone().map(Into::into));
    record.language = record.language.or_else(|| default.language.clone().map(Into::into));
    if record.affiliations.is_empty() && settings.switches.is_on(Switch::EnhancedCreation) {
        record.affiliations.clone_from(&default.affiliations);
    }
    record
}

fn those_readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AttributeDefinition>, D::Error> {
    let all = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(all.into_iter().filter_map(|one| json::from_value(&one).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> ChannelSettings {
        ChannelSettings {
            version: SettingsVersion(1),
            channel: "riga-centrs".into(),
            store_name: "Rīga Centrs".into(),
            country: Country::parse("LV").unwrap(),
            create_customer_async: false,
            generate_loyalty_card_number: true,
            filter_shared_customer_data: false,
            switches: FeatureSwitches::default(),
            default_customer: DefaultCustomer {
                customer_group: Some("retail".into()),
                receipt_email: Some("shop@example.lv".into()),
                language: Some(Language::parse("lv").unwrap()),
                affiliations: vec!["staff".into()],
                ..DefaultCustomer::default()
            },
            affiliations: Vec::new(),
            customer_groups: Vec::new(),
            attributes: Vec::new(),
            rescue_key: None,
        }
    }

    #[test]
    fn a_new_customer_takes_over_what_was_not_entered() {
        let typed = CustomerRecord {
            first_name: Some("Anna".into()),
            language: Some("et".into()),
            ..Default::default()
        };
        let record = with_defaults(typed, &settings());
        assert_eq!(record.customer_group.as_deref(), Some("retail"));
        assert_eq!(record.receipt_email.as_deref(), Some("shop@example.lv"));
        assert_eq!(record.language.as_deref(), Some("et"));
        assert!(record.affiliations.is_empty());
    }

    #[test]
    fn the_default_kind_holds_where_no_name_says_another() {
        let mut settings = settings();
        settings.default_customer.kind = Some(CustomerKind::Organization);
        let named = CustomerRecord { first_name: Some("Anna".into()), ..CustomerRecord::default() };
        assert_eq!(with_defaults(named, &settings).kind(), CustomerKind::Person);
        let nameless = with_defaults(CustomerRecord::default(), &settings);
        assert_eq!(nameless.kind(), CustomerKind::Organization);
    }

    #[test]
    fn settings_from_before_groups_and_attributes_and_from_a_newer_headquarters_can_be_read() {
        let mut json = serde_json::to_value(settings()).unwrap();
        let fields = json.as_object_mut().unwrap();
        fields.remove("customer_groups");
        fields.remove("attributes");
        assert_eq!(serde_json::from_value::<ChannelSettings>(json.clone()).unwrap(), settings());
        json["attributes"] = serde_json::json!([
            {"key": "born", "label": {"en": "Born"}, "type": "date"},
            {"key": "shoe_size", "label": {"en": "Shoe size"}, "type": "whole_number", "colour": "red"}
        ]);
        let read: ChannelSettings = serde_json::from_value(json).unwrap();
        assert_eq!(read.attributes.len(), 1);
        assert_eq!(read.attributes[0].key, "shoe_size");
    }

    #[test]
    fn affiliations_are_taken_over_in_async_mode_only_with_enhanced_creation() {
        let mut settings = settings();
        settings.switches = settings.switches.with(Switch::EnhancedCreation).unwrap();
        assert_eq!(with_defaults(CustomerRecord::default(), &settings).affiliations, ["staff"]);
    }
}
