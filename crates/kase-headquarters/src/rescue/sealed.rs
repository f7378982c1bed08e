//! A rescue file: a JWE in compact serialization (RFC 7516) with `ECDH-ES` on P-256 in direct key agreement and
//! `A256GCM` (RFC 7518). Reading one, and opening it with the secret key.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::elliptic_curve::sec1::FromSec1Point;
use p256::{PublicKey, Sec1Point, SecretKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// What the protected header says it is.
const TYPE: &str = "kase-rescue";

/// Of A256GCM (RFC 7518, 5.3).
const KEY_BITS: u32 = 256;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// Why a rescue file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RescueFileError {
    /// It is something else.
    #[error("it is no rescue file")]
    NoRescueFile,
    /// Its beginning is there and its end is not.
    #[error("the rescue file was cut off")]
    CutOff,
    /// It was sealed to the key of another chain.
    #[error("the rescue file is sealed to another key")]
    OtherKey,
    /// Something in it is not what was sealed.
    #[error("the rescue file was changed")]
    Changed,
}

/// A rescue file, read but not opened.
pub(super) struct Sealed {
    pub(super) header: Header,
    /// The header as it stands in the file; it is sealed too.
    protected: String,
    nonce: Vec<u8>,
    /// The ciphertext with its tag.
    sealed: Vec<u8>,
}

/// The protected header.
#[derive(Deserialize)]
pub(super) struct Header {
    alg: String,
    enc: String,
    typ: String,
    epk: EphemeralKey,
    /// Which key it is sealed to.
    pub(super) kid: String,
}

/// The sender's public key, as a JWK.
#[derive(Deserialize)]
struct EphemeralKey {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

impl Sealed {
    pub(super) fn parse(file: &str) -> Result<Self, RescueFileError> {
        use RescueFileError::{CutOff, NoRescueFile};
        let mut parts = file.trim().split('.');
        let protected = parts.next().unwrap_or_default();
        let header = URL_SAFE_NO_PAD.decode(protected).map_err(|_| NoRescueFile)?;
        let header: Header = serde_json::from_slice(&header).map_err(|_| NoRescueFile)?;
        let is_one = header.typ == TYPE && header.alg == "ECDH-ES" && header.enc == "A256GCM";
        if !is_one || header.epk.kty != "EC" || header.epk.crv != "P-256" {
            return Err(NoRescueFile);
        }
        let mut part = || parts.next().ok_or(CutOff);
        let (no_key, nonce, ciphertext, tag) = (part()?, part()?, part()?, part()?);
        // In direct key agreement there is no encrypted key (RFC 7516, 5.1, step 5).
        if !no_key.is_empty() || parts.next().is_some() {
            return Err(NoRescueFile);
        }
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| RescueFileError::Changed);
        // The tag comes last: where it is too short, the rest of the file is missing.
        let tag = URL_SAFE_NO_PAD.decode(tag).ok().filter(|tag| tag.len() >= TAG_BYTES).ok_or(CutOff)?;
        let mut sealed = decoded(ciphertext)?;
        sealed.extend(tag);
        Ok(Self { header, protected: protected.to_owned(), nonce: decoded(nonce)?, sealed })
    }

    pub(super) fn open(&self, secret: &SecretKey) -> Result<Vec<u8>, RescueFileError> {
        let changed = RescueFileError::Changed;
        let shared = secret.diffie_hellman(&self.header.epk.point().ok_or(changed)?);
        let key = derived_key(shared.raw_secret_bytes(), &self.header.enc, b"", b"", KEY_BITS);
        let cipher = Aes256Gcm::new_from_slice(&key).map_err(|_| changed)?;
        let nonce: [u8; NONCE_BYTES] = self.nonce.as_slice().try_into().map_err(|_| changed)?;
        let payload = Payload { msg: &self.sealed, aad: self.protected.as_bytes() };
        cipher.decrypt(&Nonce::from(nonce), payload).map_err(|_| changed)
    }
}

impl EphemeralKey {
    /// The point, if it lies on the curve.
    fn point(&self) -> Option<PublicKey> {
        let coordinate = |text: &str| {
            let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
            Some(bytes)
        };
        let (x, y) = (coordinate(&self.x)?, coordinate(&self.y)?);
        let point = Sec1Point::from_affine_coordinates(&x.into(), &y.into(), false);
        PublicKey::from_sec1_point(&point).into_option()
    }
}

/// The Concat KDF of RFC 7518, section 4.6.2, in its one round: at most 256 bits.
fn derived_key(shared: &[u8], algorithm: &str, apu: &[u8], apv: &[u8], bits: u32) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(1_u32.to_be_bytes());
    hash.update(shared);
    for field in [algorithm.as_bytes(), apu, apv] {
        hash.update(u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(field);
    }
    hash.update(bits.to_be_bytes());
    let bytes = usize::try_from(bits / 8).unwrap_or_default();
    hash.finalize().iter().copied().take(bytes).collect()
}

#[cfg(test)]
mod tests;
