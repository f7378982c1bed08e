//! The checks of a customer's form, by the domain's parser.

use kase_domain::{Country, Customer};
use kase_text::Catalogue;
use leptos::prelude::*;

use crate::components::checks::Checks;
use crate::components::draft::{Blanks, Draft};
use crate::components::outcome::Outcome;
use crate::components::words;
use crate::state::use_state;

/// Reads the form as the register will read it.
pub(crate) fn customer_checks(draft: Draft) -> Checks {
    let country = use_country();
    let find = move || {
        let country = country.get()?;
        let record = draft.record(Blanks::Kept);
        let mut errors = Customer::parse(&record, &country).err().unwrap_or_default();
        errors.extend(draft.attribute_errors(&record));
        Some(errors)
    };
    let find = move || find().unwrap_or_default();
    Checks::new(find, move || draft.lines())
}

/// The store's country, the default of addresses and phones; none until the register was told its settings.
pub(crate) fn use_country() -> Memo<Option<Country>> {
    let settings = use_state().settings;
    Memo::new(move |_| settings.read().as_ref().map(|settings| settings.country.clone()))
}

impl Checks {
    /// What to say of an outcome that saved nothing; what concerns a field is said there, too.
    pub(crate) fn hear(self, outcome: Outcome, text: &dyn Catalogue) -> String {
        match outcome {
            Outcome::Fields(errors) => {
                let count = u64::try_from(errors.len()).unwrap_or(u64::MAX);
                let said = |error: kase_domain::FieldError| {
                    let problem = words::problem(&error.field, &error.problem);
                    (error.field, text.problem(problem))
                };
                self.refuse(errors.into_iter().map(said));
                text.not_saved_check_fields(count)
            }
            Outcome::Refused(refusal) => {
                let reason = words::reason(&refusal, text);
                self.refuse(refusal.field.clone().map(|field| (field, reason.clone())));
                format!("{} {}", text.not_saved_refused(&reason), words::remedy(&refusal, text))
            }
            Outcome::Failed(said) => said,
            Outcome::Saved(_) => String::new(),
        }
    }
}
