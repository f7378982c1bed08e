//! Definitions of customers' attributes, for the whole chain. Removing or narrowing one touches no customer: values
//! that stand there stay, and are shown by their key where no definition says more.

use kase_domain::{
    AttributeChoice, AttributeDefinition, AttributeDefinitionRecord, AttributeType, AttributeValue, Decimal,
    ErrorCode, FieldError, Problem, Translated, limits,
};
use serde::{Deserialize, Deserializer};
use sqlx::SqliteConnection;
use utoipa::ToSchema;

use crate::audit::note;
use crate::settings::Concerns;
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

/// What a request says of a definition. Of a new one, `key`, `label` and `type` must be said; of one that stands,
/// what is left out stays, `null` clears, and the key is for ever.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttributeFields {
    /// Names the attribute in a customer's `attributes`: small Latin letters, digits and `_`.
    pub key: Option<String>,
    /// By BCP 47 tag.
    #[schema(value_type = Option<Object>)]
    pub label: Option<Translated>,
    /// What helps to fill it in, by BCP 47 tag.
    #[schema(value_type = Option<Object>)]
    pub help: Option<Translated>,
    /// `text`, `whole_number`, `decimal` or `yes_no`.
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>)]
    pub type_: Option<AttributeType>,
    /// What a value is measured in, by BCP 47 tag.
    #[schema(value_type = Option<Object>)]
    pub unit: Option<Translated>,
    /// Text alone: the fixed list, `[{value, label}]`; empty for any text.
    #[schema(value_type = Option<Vec<Object>>)]
    pub choices: Option<Vec<AttributeChoice>>,
    /// Numbers alone: where the range begins.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<f64>)]
    pub least: Option<Option<Decimal>>,
    /// Numbers alone: where the range ends.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<f64>)]
    pub most: Option<Option<Decimal>>,
    /// What a form for a new customer begins with.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<Object>)]
    pub default: Option<Option<AttributeValue>>,
    /// The heading under which it stands, by BCP 47 tag.
    #[schema(value_type = Option<Object>)]
    pub group: Option<Translated>,
    /// Its place among the others; a new one is the last where nothing is said.
    pub position: Option<u32>,
}

/// Tells a field that is `null` from one that is left out.
fn said<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Headquarters {
    /// All definitions, in their order.
    pub async fn attributes(&self) -> Result<Vec<AttributeDefinition>, HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        attributes(&mut snapshot).await
    }

    /// Makes a definition.
    pub async fn make_attribute(&self, fields: &AttributeFields, who: &str) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let all = attributes(write.connection()).await?;
        let definition = new(fields, &all).map_err(|errors| HeadquartersError::declined_errors(&errors))?;
        put(write.connection(), &definition).await?;
        let detail = serde_json::to_string(&definition)?;
        self.attribute_changed(write, who, "made an attribute", &definition.key, &detail).await
    }

    /// Changes a definition.
    pub async fn change_attribute(
        &self,
        key: &str,
        fields: &AttributeFields,
        who: &str,
    ) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let before = attributes(write.connection()).await?.into_iter().find(|known| known.key == key);
        let before = before.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
        if fields.key.as_deref().is_some_and(|other| other != key) {
            return Err(HeadquartersError::declined_field(ErrorCode::InvalidField, "key"));
        }
        let after = AttributeDefinition::parse(&merged(before.clone().into(), fields))
            .map_err(|errors| HeadquartersError::declined_errors(&errors))?;
        if after == before {
            return Ok(());
        }
        put(write.connection(), &after).await?;
        let detail = format!("{} -> {}", serde_json::to_string(&before)?, serde_json::to_string(&after)?);
        self.attribute_changed(write, who, "changed an attribute", key, &detail).await
    }

    /// Removes a definition. The values that customers have stay.
    pub async fn remove_attribute(&self, key: &str, who: &str) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let removed: Option<String> =
            sqlx::query_scalar("DELETE FROM attributes WHERE key = ? RETURNING definition")
                .bind(key)
                .fetch_optional(write.connection())
                .await?;
        let removed = removed.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
        self.attribute_changed(write, who, "removed an attribute", key, &removed).await
    }

    async fn attribute_changed(
        &self,
        mut write: Write<'_>,
        who: &str,
        action: &str,
        key: &str,
        detail: &str,
    ) -> Result<(), HeadquartersError> {
        self.make_settings_version(&mut write, Concerns::Everyone).await?;
        note(write.connection(), self.now(), who, action, key, detail).await?;
        write.commit().await
    }
}

/// All definitions, in their order.
pub(crate) async fn attributes(
    connection: &mut SqliteConnection,
) -> Result<Vec<AttributeDefinition>, HeadquartersError> {
    let texts: Vec<String> =
        sqlx::query_scalar("SELECT definition FROM attributes ORDER BY key").fetch_all(connection).await?;
    let mut all = texts
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<Vec<AttributeDefinition>, _>>()?;
    all.sort_by_key(|definition| definition.position);
    Ok(all)
}

/// Puts a definition in the place of the one with its key.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    definition: &AttributeDefinition,
) -> Result<(), HeadquartersError> {
    sqlx::query(
        "INSERT INTO attributes (key, definition) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET definition = excluded.definition",
    )
    .bind(&definition.key)
    .bind(serde_json::to_string(definition)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// The definition that a request makes beside those that there are.
fn new(
    fields: &AttributeFields,
    all: &[AttributeDefinition],
) -> Result<AttributeDefinition, Vec<FieldError>> {
    let required = |field| vec![FieldError::new(field, Problem::Required)];
    let empty = AttributeDefinitionRecord {
        key: fields.key.clone().ok_or_else(|| required("key"))?,
        type_: fields.type_.ok_or_else(|| required("type"))?,
        label: Translated::default(),
        help: Translated::default(),
        unit: Translated::default(),
        choices: Vec::new(),
        least: None,
        most: None,
        default: None,
        group: Translated::default(),
        position: all.last().map_or(0, |last| last.position.saturating_add(1)),
    };
    let definition = AttributeDefinition::parse(&merged(empty, fields))?;
    if all.iter().any(|known| known.key == definition.key) {
        return Err(vec![FieldError::new("key", Problem::RepeatedId)]);
    }
    // A customer has no room for more.
    if all.len() >= limits::LIST {
        return Err(vec![FieldError::new("key", Problem::TooMany { limit: limits::LIST })]);
    }
    Ok(definition)
}

fn merged(mut record: AttributeDefinitionRecord, fields: &AttributeFields) -> AttributeDefinitionRecord {
    fn put<T: Clone>(field: &mut T, said: &Option<T>) {
        if let Some(said) = said {
            field.clone_from(said);
        }
    }
    put(&mut record.label, &fields.label);
    put(&mut record.help, &fields.help);
    put(&mut record.type_, &fields.type_);
    put(&mut record.unit, &fields.unit);
    put(&mut record.choices, &fields.choices);
    put(&mut record.least, &fields.least);
    put(&mut record.most, &fields.most);
    put(&mut record.default, &fields.default);
    put(&mut record.group, &fields.group);
    put(&mut record.position, &fields.position);
    record
}
