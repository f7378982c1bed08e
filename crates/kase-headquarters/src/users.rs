//! People who work at headquarters: sign-in, sessions, and the first administrator.

use kase_domain::{ErrorCode, Timestamp};
use kase_service::{new_token, token_digest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audit::note;
use crate::{Headquarters, HeadquartersError};

/// How long a session lasts, in milliseconds: a working day with its breaks.
pub const SESSION_MS: u64 = 12 * 60 * 60 * 1_000;

/// NIST SP 800-63B's least for a password.
const LEAST_PASSWORD: usize = 8;
/// Longer ones only cost time.
const MOST_PASSWORD: usize = 1_024;
const MOST_USER_NAME: usize = 64;

/// A session that has begun.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Goes into `Authorization: Bearer`.
    pub session_token: String,
    /// In milliseconds since the Unix epoch.
    pub expires_at: i64,
    /// Who signed in.
    pub user: String,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("user", &self.user).finish_non_exhaustive()
    }
}

impl Headquarters {
    /// Signs a user in. Wrong tries are slowed down per name.
    pub async fn sign_in(&self, user: &str, password: String) -> Result<Session, HeadquartersError> {
        let throttled = format!("user {}", user.chars().take(MOST_USER_NAME).collect::<String>());
        self.throttle
            .try_now(&throttled, self.now())
            .map_err(|retry_after_s| HeadquartersError::TooManyTries { retry_after_s })?;
        let hash: Option<String> = sqlx::query_scalar("SELECT password_hash FROM users WHERE name = ?")
            .bind(user)
            .fetch_optional(self.database.readers())
            .await?;
        if !self.secrets.verify(bounded(password), hash).await {
            return Err(HeadquartersError::declined(ErrorCode::Unauthenticated));
        }
        self.throttle.succeed(&throttled);
        self.begin_session(user).await
    }

    async fn begin_session(&self, user: &str) -> Result<Session, HeadquartersError> {
        let token = new_token(self.environment.random());
        let now = self.now();
        let expires_at = now.plus_ms(SESSION_MS);
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
            .bind(now.0)
            .execute(write.connection())
            .await?;
        sqlx::query("INSERT INTO sessions (digest, user, expires_at) VALUES (?, ?, ?)")
            .bind(token_digest(&token))
            .bind(user)
            .bind(expires_at.0)
            .execute(write.connection())
            .await?;
        note(write.connection(), now, user, "signed in", user, "").await?;
        write.commit().await?;
        Ok(Session { session_token: token, expires_at: expires_at.0, user: user.to_owned() })
    }

    /// Whose session a token is.
    pub async fn session_user(&self, token: &str) -> Result<String, HeadquartersError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT user, expires_at FROM sessions WHERE digest = ?")
                .bind(token_digest(token))
                .fetch_optional(self.database.readers())
                .await?;
        match row {
            None => Err(HeadquartersError::declined(ErrorCode::Unauthenticated)),
            Some((_, expires_at)) if Timestamp(expires_at) <= self.now() => {
                Err(HeadquartersError::declined(ErrorCode::SessionExpired))
            }
            Some((user, _)) => Ok(user),
        }
    }

    /// Ends a session; one that has ended stays so.
    pub async fn sign_out(&self, token: &str) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE digest = ?")
            .bind(token_digest(token))
            .execute(write.connection())
            .await?;
        write.commit().await
    }

    /// A one-time code with which the first administrator is made, as long as there is nobody; each start makes
    /// it anew. None once there is somebody.
    pub async fn first_administrator_code(&self) -> Result<Option<String>, HeadquartersError> {
        let mut write = self.write().await?;
        let users: i64 =
            sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(write.connection()).await?;
        if users > 0 {
            return Ok(None);
        }
        let code: String = new_token(self.environment.random()).chars().take(32).collect();
        sqlx::query("UPDATE identity SET first_administrator = ?")
            .bind(token_digest(&code))
            .execute(write.connection())
            .await?;
        write.commit().await?;
        Ok(Some(code))
    }

    /// Makes the first administrator with the one-time code, and signs in.
    pub async fn make_first_administrator(
        &self,
        code: &str,
        user: &str,
        password: String,
    ) -> Result<Session, HeadquartersError> {
        self.throttle
            .try_now("first administrator", self.now())
            .map_err(|retry_after_s| HeadquartersError::TooManyTries { retry_after_s })?;
        let user = user.trim();
        check_user(user, &password)?;
        let hash = self
            .secrets
            .hash(password, self.environment.random())
            .await
            .map_err(|error| HeadquartersError::Stored(error.to_string()))?;
        let mut write = self.write().await?;
        let used = sqlx::query(
            "UPDATE identity SET first_administrator = NULL
             WHERE first_administrator = ? AND NOT EXISTS (SELECT 1 FROM users)",
        )
        .bind(token_digest(code))
        .execute(write.connection())
        .await?;
        if used.rows_affected() == 0 {
            return Err(HeadquartersError::declined(ErrorCode::Unauthenticated));
        }
        let now = self.now();
        put_user(&mut write, user, &hash, now).await?;
        note(write.connection(), now, user, "became the first administrator", user, "").await?;
        write.commit().await?;
        self.throttle.succeed("first administrator");
        self.begin_session(user).await
    }
}

pub(crate) async fn put_user(
    write: &mut crate::write::Write<'_>,
    user: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<(), HeadquartersError> {
    sqlx::query("INSERT INTO users (name, password_hash, made_at) VALUES (?, ?, ?)")
        .bind(user)
        .bind(password_hash)
        .bind(now.0)
        .execute(write.connection())
        .await?;
    Ok(())
}

fn check_user(user: &str, password: &str) -> Result<(), HeadquartersError> {
    let length = user.chars().count();
    if length == 0 || user.chars().any(char::is_control) {
        return Err(HeadquartersError::declined_field(ErrorCode::InvalidField, "user"));
    }
    if length > MOST_USER_NAME {
        return Err(HeadquartersError::declined_field(ErrorCode::TooLong, "user"));
    }
    let length = password.chars().count();
    if length < LEAST_PASSWORD {
        return Err(HeadquartersError::declined_field(ErrorCode::InvalidField, "password"));
    }
    if length > MOST_PASSWORD {
        return Err(HeadquartersError::declined_field(ErrorCode::TooLong, "password"));
    }
    Ok(())
}

/// No password is longer, so a longer one is wrong, whatever is cut off.
fn bounded(password: String) -> String {
    if password.chars().count() > MOST_PASSWORD { String::new() } else { password }
}
