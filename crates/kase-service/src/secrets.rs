//! Secrets: random tokens, their digests, and slow hashes of what people type. Nothing here prints or stores one,
//! and no randomness is made here; it comes in.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::sync::Semaphore;

/// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Each hash takes 19 MiB and a core: more at once would starve the service.
const MOST_AT_ONCE: usize = 2;

/// A hash that no secret has, checked when there is nobody to check, so that an unknown name takes as long as a
/// known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A hash could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a secret could not be hashed")]
pub struct SecretError;

/// Hashes and checks PINs, passwords and activation codes, a bounded number at once; to be cloned freely.
#[derive(Debug, Clone)]
pub struct Secrets {
    turns: Arc<Semaphore>,
}

impl Default for Secrets {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(MOST_AT_ONCE)) }
    }
}

impl Secrets {
    /// argon2id hash of `secret`; `random` becomes its salt.
    pub async fn hash(&self, secret: String, random: [u8; 32]) -> Result<String, SecretError> {
        let _turn = self.turns.acquire().await.map_err(|_| SecretError)?;
        tokio::task::spawn_blocking(move || hash(&secret, &random)).await.map_err(|_| SecretError)?
    }

    /// Whether `secret` has this hash; without a hash it takes as long and is false.
    pub async fn verify(&self, secret: String, hash: Option<String>) -> bool {
        let Ok(_turn) = self.turns.acquire().await else { return false };
        let verified = tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            verify(&secret, hash.as_deref().unwrap_or(NOBODY)) && known
        });
        verified.await.unwrap_or(false)
    }
}

/// A token of `random` in hex: 256 bits.
pub fn new_token(random: [u8; 32]) -> String {
    hex(&random)
}

/// What is stored of a token: SHA-256 in hex. A token is random enough to need no slow hash.
pub fn token_digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Bytes in hex, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}

fn argon2() -> Result<Argon2<'static>, SecretError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| SecretError)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(secret: &str, random: &[u8; 32]) -> Result<String, SecretError> {
    let salt = SaltString::encode_b64(&random[..16]).map_err(|_| SecretError)?;
    let hash = argon2()?.hash_password(secret.as_bytes(), &salt).map_err(|_| SecretError)?;
    Ok(hash.to_string())
}

fn verify(secret: &str, hash: &str) -> bool {
    let (Ok(argon2), Ok(hash)) = (argon2(), PasswordHash::new(hash)) else { return false };
    argon2.verify_password(secret.as_bytes(), &hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_secret_has_its_hash() {
        let secrets = Secrets::default();
        let hash = secrets.hash("246810".into(), [7; 32]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(secrets.verify("246810".into(), Some(hash.clone())).await);
        assert!(!secrets.verify("246811".into(), Some(hash)).await);
        assert!(!secrets.verify("246810".into(), Some("nonsense".into())).await);
        assert!(!secrets.verify("246810".into(), None).await);
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn a_token_is_stored_as_its_digest() {
        let token = new_token([0xab; 32]);
        assert_eq!(token.len(), 64);
        assert_eq!(token_digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
