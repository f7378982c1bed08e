//! A sealed text is opened with the other half of the key, by the standard's steps and WebCrypto, written out here in
//! JavaScript so that no mistake is made twice.

use js_sys::{Function, Promise, Reflect};
use kase_domain::RescueKey;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform::seal::seal;

/// Makes a key pair: `{private, x, y}`.
const MAKE: &str = "return (async () => {
    const pair = await crypto.subtle.generateKey({name: 'ECDH', namedCurve: 'P-256'}, true, ['deriveBits']);
    const {x, y} = await crypto.subtle.exportKey('jwk', pair.publicKey);
    return {private: pair.privateKey, x, y};
})()";

/// Opens `jwe` with `key`: RFC 7516 and the Concat KDF of RFC 7518, 4.6.
const OPEN: &str = "return (async () => {
    const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const parts = jwe.split('.');
    if (parts.length !== 5 || parts[1] !== '') throw new Error('not by direct agreement');
    const header = JSON.parse(new TextDecoder().decode(bytes(parts[0])));
    const epk = await crypto.subtle.importKey('jwk', header.epk, {name: 'ECDH', namedCurve: 'P-256'}, false, []);
    const shared = await crypto.subtle.deriveBits({name: 'ECDH', public: epk}, key, 256);
    const number = (n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
    const name = [...new TextEncoder().encode(header.enc)];
    const info = [...number(name.length), ...name, ...number(0), ...number(0), ...number(256)];
    const round = new Uint8Array([...number(1), ...new Uint8Array(shared), ...info]);
    const raw = await crypto.subtle.digest('SHA-256', round);
    const secret = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
    const sealed = new Uint8Array([...bytes(parts[3]), ...bytes(parts[4])]);
    const additionalData = new TextEncoder().encode(parts[0]);
    const plain = await crypto.subtle.decrypt({name: 'AES-GCM', iv: bytes(parts[2]), additionalData}, secret, sealed);
    return {header: JSON.stringify(header), text: new TextDecoder().decode(plain)};
})()";

async fn run(parameters: &str, code: &str, with: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function = Function::new_with_args(parameters, code);
    let given = with.iter().copied().collect::<js_sys::Array>();
    let promise: Promise = function.apply(&JsValue::NULL, &given)?.unchecked_into();
    JsFuture::from(promise).await
}

fn text(object: &JsValue, name: &str) -> String {
    Reflect::get(object, &name.into()).unwrap().as_string().unwrap()
}

async fn key_pair() -> (JsValue, RescueKey) {
    let made = run("", MAKE, &[]).await.unwrap();
    let private = Reflect::get(&made, &"private".into()).unwrap();
    (private, RescueKey { kid: "rescue-1".into(), x: text(&made, "x"), y: text(&made, "y") })
}

#[wasm_bindgen_test]
async fn what_was_sealed_is_opened_with_the_private_key_and_with_no_other() {
    let (private, key) = key_pair().await;
    let plain = "{\"operations\":[\"Anna Bērziņa 🙂\"]}".repeat(2_000);
    let sealed = seal(&plain, &key).await.unwrap();
    assert!(!sealed.contains("Anna") && !sealed.contains('='));
    let opened = run("jwe, key", OPEN, &[&sealed.as_str().into(), &private]).await.unwrap();
    assert_eq!(text(&opened, "text"), plain);
    let header: Value = serde_json::from_str(&text(&opened, "header")).unwrap();
    let said = ["alg", "enc", "kid", "typ"].map(|name| header[name].as_str().unwrap());
    assert_eq!(said, ["ECDH-ES", "A256GCM", "rescue-1", "kase-rescue"]);
    assert_eq!((&header["epk"]["kty"], &header["epk"]["crv"]), (&"EC".into(), &"P-256".into()));

    let (other, _) = key_pair().await;
    assert!(run("jwe, key", OPEN, &[&sealed.as_str().into(), &other]).await.is_err());
    let changed = sealed.replacen('.', "A.", 1);
    assert!(
        run("jwe, key", OPEN, &[&changed.as_str().into(), &private]).await.is_err(),
        "the header is sealed too"
    );
    let again = seal(&plain, &key).await.unwrap();
    assert_ne!(again, sealed, "each file has a key of its own");
}

#[wasm_bindgen_test]
async fn a_key_that_is_none_seals_nothing() {
    let nonsense = RescueKey { kid: "k".into(), x: "AAAA".into(), y: "not base64".into() };
    assert!(seal("text", &nonsense).await.is_err());
}
