//! Fields that are closed for pending customers: they are held, and sent as an edit once the number is there.

use crate::{
    CustomerAction, CustomerRecord, FeatureSwitches, FieldChange, Permission, Standing, changes_between,
    permit,
};

/// A new customer taken apart by the permission table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What may be recorded now.
    pub now: CustomerRecord,
    /// What waits for the account number.
    pub held: Vec<FieldChange>,
}

impl Split {
    /// The names of the held fields, as keys of the customer's JSON, each once.
    pub fn held_fields(&self) -> Vec<String> {
        changed_fields(&self.held)
    }
}

/// The names of the fields that `changes` are of, as keys of the customer's JSON, each once.
pub fn changed_fields(changes: &[FieldChange]) -> Vec<String> {
    let key = |change: &FieldChange| change.field.split('/').next().unwrap_or(&change.field).to_owned();
    let mut fields: Vec<String> = changes.iter().map(key).collect();
    fields.dedup();
    fields
}

/// Splits `record` by the table as it stands for a pending customer under `switches`. Give it a record that was
/// parsed, so that the held values are the checked ones.
pub fn split_for_pending(record: &CustomerRecord, switches: FeatureSwitches) -> Split {
    let closed = |action| matches!(permit(action, Standing::Pending, switches), Permission::Closed(_));
    let mut now = record.clone();
    if closed(CustomerAction::CreateEnhanced) {
        now.title = None;
        now.affiliations.clear();
        now.contacts.clear();
    }
    if closed(CustomerAction::AddAddress) && now.addresses.len() > 1 {
        // The one address that needs nothing is the primary one, where one is marked.
        let kept = now.addresses.iter().position(|address| address.primary).unwrap_or(0);
        now.addresses = vec![now.addresses.swap_remove(kept)];
    }
    let held = changes_between(&now, record);
    Split { now, held }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Country, Customer, Switch, apply_changes};
    use serde_json::json;

    fn full() -> CustomerRecord {
        let typed = serde_json::from_value(json!({
            "title": "Dr.", "first_name": "Anna", "email": "anna@inbox.lv",
            "contacts": [{"kind": "phone", "value": "+37129222222"}],
            "affiliations": ["staff"],
            "addresses": [
                {"id": "018f0000-0000-7000-8000-000000000001", "city": "Rīga"},
                {"id": "018f0000-0000-7000-8000-000000000002", "city": "Cēsis", "primary": true}
            ]
        }))
        .unwrap();
        Customer::parse(&typed, &Country::parse("LV").unwrap()).unwrap().to_record()
    }

    #[track_caller]
    fn check(switches: FeatureSwitches, held: &[&str]) {
        let split = split_for_pending(&full(), switches);
        assert_eq!(split.held_fields(), held);
        let country = Country::parse("LV").unwrap();
        let now = Customer::parse(&split.now, &country).unwrap();
        let whole = apply_changes(&now, &split.held, &country).unwrap().to_record();
        let sorted = |mut record: CustomerRecord| {
            record.addresses.sort_by_key(|address| address.id);
            record
        };
        assert_eq!(sorted(whole), sorted(full()), "nothing typed is thrown away");
    }

    #[test]
    fn closed_fields_are_held_and_nothing_is_lost() {
        let none = FeatureSwitches::default();
        let addresses = none.with(Switch::AsyncAddresses).unwrap();
        let enhanced = none.with(Switch::EnhancedCreation).unwrap();
        let both = addresses.with(Switch::EnhancedCreation).unwrap();
        check(none, &["addresses", "affiliations", "contacts", "title"]);
        check(addresses, &["affiliations", "contacts", "title"]);
        check(enhanced, &["addresses"]);
        check(both, &[]);
    }

    #[test]
    fn the_primary_address_is_the_one_that_stays() {
        let split = split_for_pending(&full(), FeatureSwitches::default());
        assert_eq!(split.now.addresses.len(), 1);
        assert_eq!(split.now.addresses[0].city.as_deref(), Some("Cēsis"));
    }
}
