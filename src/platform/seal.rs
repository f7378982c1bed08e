//! Seals a text so that only the holder of the rescue key can read it: a JWE in compact form (RFC 7516), `ECDH-ES`
//! by direct agreement and `A256GCM`. The browser's own cryptography does it.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use kase_domain::RescueKey;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

/// The algorithm whose key is agreed on; its name goes into the key's derivation too.
const ENCRYPTION: &str = "A256GCM";

/// What `kase-server import` knows the file by.
const TYPE: &str = "kase-rescue";

/// Bits of the agreed secret, and of the key that is made of it.
const KEY_BITS: u32 = 256;

/// Bytes of the nonce of AES-GCM.
const NONCE_BYTES: usize = 12;

/// Bytes of its tag, which WebCrypto leaves at the end of what it encrypted.
const TAG_BYTES: usize = 16;

/// A public key on P-256, as a JSON Web Key.
#[derive(Serialize)]
struct PublicKey<'a> {
    kty: &'static str,
    crv: &'static str,
    x: &'a str,
    y: &'a str,
}

/// The protected header.
#[derive(Serialize)]
struct Header<'a> {
    alg: &'static str,
    enc: &'static str,
    epk: PublicKey<'a>,
    kid: &'a str,
    typ: &'static str,
}

impl<'a> PublicKey<'a> {
    fn new(x: &'a str, y: &'a str) -> Self {
        Self { kty: "EC", crv: "P-256", x, y }
    }
}

/// Seals `text` for `key`.
pub(crate) async fn seal(text: &str, key: &RescueKey) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let crypto = window.crypto()?;
    let subtle = crypto.subtle();
    let own: CryptoKeyPair =
        wait(subtle.generate_key_with_object(&agreement(), true, &usages(&["deriveBits"]))?)
            .await?
            .unchecked_into();
    let public = wait(subtle.export_key("jwk", &own.get_public_key())?).await?;
    let coordinate = |name: &str| Reflect::get(&public, &name.into())?.as_string().ok_or(JsValue::NULL);
    let (x, y) = (coordinate("x")?, coordinate("y")?);
    let header =
        Header { alg: "ECDH-ES", enc: ENCRYPTION, epk: PublicKey::new(&x, &y), kid: &key.kid, typ: TYPE };
    let protected = encoded(json(&header)?.as_bytes())?;

    let secret = agreed(&subtle, key, &own.get_private_key()).await?;
    let mut nonce = [0; NONCE_BYTES];
    crypto.get_random_values_with_u8_array(&mut nonce)?;
    let algorithm = object(&[
        ("name", &"AES-GCM".into()),
        ("iv", &Uint8Array::from(&nonce[..])),
        ("additionalData", &Uint8Array::from(protected.as_bytes())),
    ])?;
    let plain = Uint8Array::from(text.as_bytes());
    let sealed = wait(subtle.encrypt_with_object_and_buffer_source(&algorithm, &secret, &plain)?).await?;
    let sealed = Uint8Array::new(&sealed).to_vec();
    let (ciphertext, tag) =
        sealed.split_at_checked(sealed.len().saturating_sub(TAG_BYTES)).ok_or(JsValue::NULL)?;
    // Between the first two dots stands an encrypted key; by direct agreement there is none.
    Ok(format!("{protected}..{}.{}.{}", encoded(&nonce)?, encoded(ciphertext)?, encoded(tag)?))
}

/// The key that both sides come to: of the shared secret by the Concat KDF (RFC 7518, 4.6), one round of it.
async fn agreed(subtle: &SubtleCrypto, key: &RescueKey, own: &CryptoKey) -> Result<CryptoKey, JsValue> {
    let jwk: Object = JSON::parse(&json(&PublicKey::new(&key.x, &key.y))?)?.unchecked_into();
    let theirs =
        wait(subtle.import_key_with_object("jwk", &jwk, &agreement(), false, &Array::new())?).await?;
    let agreement = object(&[("name", &"ECDH".into()), ("public", &theirs)])?;
    let shared = wait(subtle.derive_bits_with_object(&agreement, own, KEY_BITS)?).await?;
    let mut hashed = 1_u32.to_be_bytes().to_vec();
    hashed.extend(Uint8Array::new(&shared).to_vec());
    hashed.extend(with_length(ENCRYPTION.as_bytes()));
    // Nobody's name on either side.
    hashed.extend(with_length(&[]));
    hashed.extend(with_length(&[]));
    hashed.extend(KEY_BITS.to_be_bytes());
    let derived =
        wait(subtle.digest_with_str_and_buffer_source("SHA-256", &Uint8Array::from(hashed.as_slice()))?)
            .await?;
    let imported = subtle.import_key_with_str(
        "raw",
        derived.unchecked_ref(),
        "AES-GCM",
        false,
        &usages(&["encrypt"]),
    )?;
    Ok(wait(imported).await?.unchecked_into())
}

fn with_length(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], bytes].concat()
}

fn agreement() -> Object {
    let named = [("name", &JsValue::from("ECDH")), ("namedCurve", &JsValue::from("P-256"))];
    // Setting a property of a new object does not fail.
    object(&named).unwrap_or_default()
}

fn object(properties: &[(&str, &JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}

fn usages(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

fn json(value: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|_| JsValue::NULL)
}

async fn wait(promise: js_sys::Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// Base64 for addresses, without padding.
fn encoded(bytes: &[u8]) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    Ok(window.btoa(&latin)?.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned())
}
