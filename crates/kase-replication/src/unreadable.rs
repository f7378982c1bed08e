//! What a newer peer wrote and this version cannot read. It never hides what stands beside it: it is kept as it
//! came and passed over, and a newer version of the program asks for it again.

use kase_domain::CustomerId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// The version of this program. What another version could not read, this one may.
pub const PROGRAM_VERSION: &str = env!("CARGO_PKG_VERSION");

/// A change of the feed that this version cannot read, as it came.
#[derive(Debug, Clone)]
pub struct UnreadableChange {
    text: Box<RawValue>,
}

impl UnreadableChange {
    pub(crate) fn new(text: Box<RawValue>) -> Self {
        Self { text }
    }

    /// A stored text that should be one of `kind`. Of what is not even JSON only the name is told.
    pub(crate) fn of_stored(kind: &str, customer: Option<CustomerId>, text: &str) -> Self {
        let mut object: serde_json::Map<_, _> = serde_json::from_str(text).unwrap_or_default();
        object.insert("kind".into(), kind.into());
        if let Some(id) = customer {
            object.insert("customer_id".into(), id.to_string().into());
        }
        Self::new(serde_json::value::to_raw_value(&object).unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }

    /// What it is about, as [`crate::Change::key`] says it, as far as that can be read. Nothing a person typed.
    pub fn key(&self) -> String {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Named {
            kind: String,
            id: Option<String>,
            customer_id: Option<String>,
        }
        let named: Named = serde_json::from_str(self.text.get()).unwrap_or_default();
        key(&named.kind, &named.id.or(named.customer_id).unwrap_or_default())
    }
}

/// A change's kind and what it is about.
pub(crate) fn key(kind: &str, id: &str) -> String {
    format!("{kind} {id}")
}

impl PartialEq for UnreadableChange {
    fn eq(&self, other: &Self) -> bool {
        self.text.get() == other.text.get()
    }
}

impl Serialize for UnreadableChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

/// Those of a list that this version can read.
pub fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let all = Vec::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(all.iter().filter_map(|text| serde_json::from_str(text.get()).ok()).collect())
}
