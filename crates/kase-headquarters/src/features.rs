//! Feature management: the three switches of the whole chain, with their prerequisites.

use kase_domain::{ErrorCode, FeatureSwitches, Switch};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::audit::note;
use crate::settings::{Concerns, switches};
use crate::{Headquarters, HeadquartersError};

/// A switch as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeatureOverview {
    /// e.g. `async_addresses`.
    pub id: &'static str,
    /// Its name in Feature management.
    pub name: &'static str,
    /// Whether it is on.
    pub enabled: bool,
    /// What must be on as long as it is.
    pub needs: Vec<&'static str>,
}

/// What to switch; what is left out stays. All of it is done together or not at all.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureChange {
    /// *Enable asynchronous creation for customer addresses*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub async_addresses: Option<bool>,
    /// *Enable enhanced async customer creation*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enhanced_creation: Option<bool>,
    /// *Enable editing customers in asynchronous mode*.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub async_editing: Option<bool>,
}

const FEATURES: [(Switch, &str, &str, &[&str]); 3] = [
    (Switch::AsyncAddresses, "async_addresses", "Enable asynchronous creation for customer addresses", &[]),
    (Switch::EnhancedCreation, "enhanced_creation", "Enable enhanced async customer creation", &[]),
    (
        Switch::AsyncEditing,
        "async_editing",
        "Enable editing customers in asynchronous mode",
        &["async_addresses", "enhanced_creation"],
    ),
];

impl FeatureChange {
    /// A change of one switch by its id; none when there is no such switch.
    pub fn of_one(id: &str, enabled: bool) -> Option<Self> {
        let mut change = Self::default();
        match id {
            "async_addresses" => change.async_addresses = Some(enabled),
            "enhanced_creation" => change.enhanced_creation = Some(enabled),
            "async_editing" => change.async_editing = Some(enabled),
            _ => return None,
        }
        Some(change)
    }
}

impl Headquarters {
    /// All switches.
    pub async fn features(&self) -> Result<Vec<FeatureOverview>, HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        let switches = switches(&mut snapshot).await?;
        let feature = |(switch, id, name, needs): (Switch, _, _, &[&'static str])| FeatureOverview {
            id,
            name,
            enabled: switches.is_on(switch),
            needs: needs.to_vec(),
        };
        Ok(FEATURES.into_iter().map(feature).collect())
    }

    /// Switches; refused with `feature_prerequisite` when one that is on would lose what it stands on.
    pub async fn change_features(&self, change: &FeatureChange, who: &str) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let before = switches(write.connection()).await?;
        let after = changed(before, change)?;
        if after == before {
            return Ok(());
        }
        sqlx::query("UPDATE identity SET switches = ?")
            .bind(serde_json::to_string(&after)?)
            .execute(write.connection())
            .await?;
        self.make_settings_version(&mut write, Concerns::Everyone).await?;
        let detail = serde_json::to_string(change)?;
        note(write.connection(), self.now(), who, "changed feature switches", "chain", &detail).await?;
        write.commit().await
    }
}

/// The switches afterwards, read through the domain's own rule.
fn changed(before: FeatureSwitches, change: &FeatureChange) -> Result<FeatureSwitches, HeadquartersError> {
    let mut all = object(serde_json::to_value(before)?);
    all.extend(object(serde_json::to_value(change)?));
    serde_json::from_value(Value::Object(all))
        .map_err(|_| HeadquartersError::declined_field(ErrorCode::FeaturePrerequisite, "async_editing"))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
