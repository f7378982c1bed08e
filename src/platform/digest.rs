//! A digest of what is sent and received (`Content-Digest`, `Unencoded-Digest`), by the browser itself. Where a shop's
//! network has no TLS nothing else tells bytes that a bad line has changed.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

/// What a digest header says of `text`; none where the browser has no WebCrypto.
pub(crate) async fn of(text: &str) -> Option<String> {
    let window = web_sys::window()?;
    let digesting = window
        .crypto()
        .ok()?
        .subtle()
        .digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(text.as_bytes()));
    let digest = Uint8Array::new(&JsFuture::from(digesting.ok()?).await.ok()?).to_vec();
    let characters: String = digest.into_iter().map(char::from).collect();
    Some(format!("sha-256=:{}:", window.btoa(&characters).ok()?))
}

/// Whether a digest header, where there is one, speaks of `text`.
pub(crate) async fn is_undamaged(header: Option<&str>, text: &str) -> bool {
    let Some(header) = header.filter(|header| header.starts_with("sha-256=")) else { return true };
    of(text).await.is_none_or(|digest| digest == header)
}
