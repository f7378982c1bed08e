//! An operation together with the bytes it was serialized to, once and for ever.

use kase_domain::{OPERATION_VERSION, Operation};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// An operation and its bytes. The bytes are what is stored, sent and fingerprinted; an update of the program,
/// which may serialize otherwise, never changes them.
#[derive(Debug, Clone)]
pub struct RecordedOperation {
    operation: Operation,
    text: Box<RawValue>,
}

/// SHA-256 over the bytes of what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// Why bytes are not an operation that this code knows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecordedOperationError {
    /// A newer peer's version or kind.
    #[error("the operation's version is not known here")]
    UnsupportedVersion,
    /// Not an operation, or one whose content is not valid.
    #[error("{0}")]
    Invalid(String),
}

impl RecordedOperation {
    /// Serializes `operation`, once.
    pub fn record(operation: Operation) -> Result<Self, RecordedOperationError> {
        let invalid = |error: serde_json::Error| RecordedOperationError::Invalid(error.to_string());
        let text = serde_json::value::to_raw_value(&operation).map_err(invalid)?;
        Ok(Self { operation, text })
    }

    /// Reads the bytes of an operation and keeps them as they are.
    pub fn parse(text: Box<RawValue>) -> Result<Self, RecordedOperationError> {
        #[derive(Deserialize)]
        struct Header {
            version: u16,
        }
        let invalid = |error: serde_json::Error| RecordedOperationError::Invalid(error.to_string());
        let header: Header = serde_json::from_str(text.get()).map_err(invalid)?;
        if header.version == 0 || header.version > OPERATION_VERSION {
            return Err(RecordedOperationError::UnsupportedVersion);
        }
        let operation = serde_json::from_str(text.get()).map_err(invalid)?;
        Ok(Self { operation, text })
    }

    /// Reads the stored text of an operation.
    pub fn parse_text(text: String) -> Result<Self, RecordedOperationError> {
        let raw = RawValue::from_string(text)
            .map_err(|error| RecordedOperationError::Invalid(error.to_string()))?;
        Self::parse(raw)
    }

    /// What was recorded.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The bytes as JSON text.
    pub fn text(&self) -> &str {
        self.text.get()
    }

    /// The bytes as they go into a message.
    pub fn raw(&self) -> &RawValue {
        &self.text
    }

    /// What tells this content from other content under the same id.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.text.get().as_bytes())
    }
}

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl PartialEq for RecordedOperation {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Serialize for RecordedOperation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RecordedOperation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        Self::parse(text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "id":"018f0000-0000-7000-8000-000000000001","customer_id":"018f0000-0000-7000-8000-000000000001","sequence":0,"version":1,"settings_version":3,"operator":"1001","recorded_at":5,"kind":"create_customer","payload":{"reference":"R1-0001","customer":{"first_name":"Anna","future":1}},"unknown":[1, 2] }"#;

    #[test]
    fn the_bytes_survive_storing_and_sending() {
        let recorded = RecordedOperation::parse_text(TEXT.to_owned()).unwrap();
        assert_eq!(recorded.text(), TEXT);
        let sent = serde_json::to_string(&vec![&recorded]).unwrap();
        let received: Vec<RecordedOperation> = serde_json::from_str(&sent).unwrap();
        assert_eq!(received[0].text(), TEXT);
        assert_eq!(received[0].fingerprint(), recorded.fingerprint());
    }

    #[test]
    fn an_unknown_version_is_told_from_bad_content() {
        let newer = TEXT.replace(r#""version":1"#, r#""version":2"#);
        assert_eq!(RecordedOperation::parse_text(newer), Err(RecordedOperationError::UnsupportedVersion));
        let bad = TEXT.replace("Anna", "");
        assert!(matches!(RecordedOperation::parse_text(bad), Err(RecordedOperationError::Invalid(_))));
        assert!(matches!(
            RecordedOperation::parse_text("[]".into()),
            Err(RecordedOperationError::Invalid(_))
        ));
    }
}
