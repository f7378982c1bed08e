//! The chain's rescue key. Its secret half stays in the database, is read for each opening and is never printed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kase_domain::RescueKey;
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToSec1Point;
use sqlx::SqliteConnection;

use super::sealed::{self, RescueFileError};
use crate::settings::Concerns;
use crate::{Headquarters, HeadquartersError};

impl Headquarters {
    /// Makes the rescue key where there is none yet, and tells the channels.
    pub(crate) async fn make_rescue_key(&self) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        if current_key(write.connection()).await?.is_some() {
            return Ok(());
        }
        let secret = self.random_secret();
        let key = public_half(&secret)
            .ok_or_else(|| HeadquartersError::Stored("a rescue key without coordinates".into()))?;
        sqlx::query("INSERT INTO rescue_keys (kid, x, y, secret, made_at) VALUES (?, ?, ?, ?, ?)")
            .bind(&key.kid)
            .bind(&key.x)
            .bind(&key.y)
            .bind(secret.to_bytes().as_slice())
            .bind(self.now().0)
            .execute(write.connection())
            .await?;
        self.make_settings_version(&mut write, Concerns::Everyone).await?;
        write.commit().await
    }

    /// Bytes that are no scalar of the curve come once in 2³² tries.
    fn random_secret(&self) -> SecretKey {
        loop {
            if let Ok(secret) = SecretKey::from_slice(&self.environment.random()) {
                return secret;
            }
        }
    }

    /// What is sealed in a rescue file.
    pub(super) async fn unsealed(&self, file: &str) -> Result<Vec<u8>, HeadquartersError> {
        let sealed = sealed::Sealed::parse(file)?;
        let secret: Option<Vec<u8>> = sqlx::query_scalar("SELECT secret FROM rescue_keys WHERE kid = ?")
            .bind(&sealed.header.kid)
            .fetch_optional(self.database.readers())
            .await?;
        let secret = secret.ok_or(RescueFileError::OtherKey)?;
        let secret = SecretKey::from_slice(&secret)
            .map_err(|_| HeadquartersError::Stored("a rescue key that is none".into()))?;
        Ok(sealed.open(&secret)?)
    }
}

/// The public half that registers seal to.
pub(crate) async fn current_key(
    connection: &mut SqliteConnection,
) -> Result<Option<RescueKey>, HeadquartersError> {
    let row: Option<(String, String, String)> =
        sqlx::query_as("SELECT kid, x, y FROM rescue_keys ORDER BY made_order DESC LIMIT 1")
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|(kid, x, y)| RescueKey { kid, x, y }))
}

/// A key is called by its thumbprint (RFC 7638).
pub(super) fn public_half(secret: &SecretKey) -> Option<RescueKey> {
    let point = secret.public_key().to_sec1_point(false);
    let (x, y) = (URL_SAFE_NO_PAD.encode(point.x()?), URL_SAFE_NO_PAD.encode(point.y()?));
    let jwk = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    let kid = URL_SAFE_NO_PAD.encode(kase_replication::Fingerprint::of(jwk.as_bytes()).0);
    Some(RescueKey { kid, x, y })
}
