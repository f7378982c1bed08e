//! The feature switches of the whole chain, made at headquarters under Feature management.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// *Enable asynchronous creation for customer addresses*.
    AsyncAddresses,
    /// *Enable enhanced async customer creation*.
    EnhancedCreation,
    /// *Enable editing customers in asynchronous mode*; may be on only while both others are.
    AsyncEditing,
}

/// Which switches are on. All are off by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "SwitchesShape", into = "SwitchesShape")]
pub struct FeatureSwitches {
    shape: SwitchesShape,
}

/// *Enable editing customers in asynchronous mode* stands on both others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("editing customers in asynchronous mode needs both other switches")]
pub struct MissingPrerequisite;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct SwitchesShape {
    async_addresses: bool,
    enhanced_creation: bool,
    async_editing: bool,
}

impl FeatureSwitches {
    /// Whether `switch` is on.
    pub fn is_on(self, switch: Switch) -> bool {
        match switch {
            Switch::AsyncAddresses => self.shape.async_addresses,
            Switch::EnhancedCreation => self.shape.enhanced_creation,
            Switch::AsyncEditing => self.shape.async_editing,
        }
    }

    /// The switches with `switch` turned on, when its prerequisites are.
    pub fn with(self, switch: Switch) -> Result<Self, MissingPrerequisite> {
        self.set(switch, true)
    }

    /// The switches with `switch` turned off, when nothing stands on it.
    pub fn without(self, switch: Switch) -> Result<Self, MissingPrerequisite> {
        self.set(switch, false)
    }

    fn set(self, switch: Switch, on: bool) -> Result<Self, MissingPrerequisite> {
        let mut shape = self.shape;
        match switch {
            Switch::AsyncAddresses => shape.async_addresses = on,
            Switch::EnhancedCreation => shape.enhanced_creation = on,
            Switch::AsyncEditing => shape.async_editing = on,
        }
        shape.try_into()
    }
}

impl TryFrom<SwitchesShape> for FeatureSwitches {
    type Error = MissingPrerequisite;

    fn try_from(shape: SwitchesShape) -> Result<Self, Self::Error> {
        if shape.async_editing && !(shape.async_addresses && shape.enhanced_creation) {
            return Err(MissingPrerequisite);
        }
        Ok(Self { shape })
    }
}

impl From<FeatureSwitches> for SwitchesShape {
    fn from(switches: FeatureSwitches) -> Self {
        switches.shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_stands_on_both_others() {
        let off = FeatureSwitches::default();
        assert_eq!(off.with(Switch::AsyncEditing), Err(MissingPrerequisite));
        let one = off.with(Switch::AsyncAddresses).unwrap();
        assert_eq!(one.with(Switch::AsyncEditing), Err(MissingPrerequisite));
        let all = one.with(Switch::EnhancedCreation).unwrap().with(Switch::AsyncEditing).unwrap();
        assert_eq!(all.without(Switch::AsyncAddresses), Err(MissingPrerequisite));
        assert_eq!(all.without(Switch::EnhancedCreation), Err(MissingPrerequisite));
        assert!(all.without(Switch::AsyncEditing).unwrap().without(Switch::AsyncAddresses).is_ok());
        assert!(serde_json::from_str::<FeatureSwitches>(r#"{"async_editing":true}"#).is_err());
    }
}
