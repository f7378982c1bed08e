//! Web files compressed once, as well as can be: ahead by the server that ships, else when they are first asked
//! for. Their content never changes while the server runs, and in debug builds another content is another entry.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use brotli::enc::BrotliEncoderParams;
use rust_embed::EmbeddedFile;

/// Of 11. The last steps are a tenth of what a browser downloads, and some seconds of one core once. A build without
/// optimization would take seconds for the first ones.
const QUALITY: i32 = if cfg!(debug_assertions) { 1 } else { 11 };

/// Contents remembered; more are only met by a developer, and then everything is compressed anew.
const MOST_CONTENTS: usize = 256;

/// What is small already, or packed.
const PACKED: [&str; 6] = [".woff2", ".png", ".jpg", ".webp", ".ico", ".br"];

type Contents = Mutex<HashMap<[u8; 32], Bytes>>;

static COMPRESSED: LazyLock<Contents> = LazyLock::new(Mutex::default);

/// The bytes to send, and how they are encoded where they are.
pub(super) async fn body(
    name: &str,
    file: &EmbeddedFile,
    wanted: &HeaderMap,
) -> (Bytes, Option<&'static str>) {
    let plain = match &file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::copy_from_slice(bytes),
    };
    if !takes_brotli(wanted) || PACKED.iter().any(|end| name.ends_with(end)) {
        return (plain, None);
    }
    let hash = file.metadata.sha256_hash();
    let known = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
    if let Some(known) = known {
        return (known, Some("br"));
    }
    let input = plain.clone();
    match tokio::task::spawn_blocking(move || compress(&input)).await {
        Ok(Ok(compressed)) => {
            let mut contents = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
            if contents.len() >= MOST_CONTENTS {
                contents.clear();
            }
            contents.insert(hash, compressed.clone());
            (compressed, Some("br"))
        }
        _ => (plain, None),
    }
}

fn takes_brotli(wanted: &HeaderMap) -> bool {
    let values = wanted.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let mut codings = values.flat_map(|value| value.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br")
            && parts.all(|part| !matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn compress(input: &[u8]) -> std::io::Result<Bytes> {
    let parameters = BrotliEncoderParams { quality: QUALITY, ..BrotliEncoderParams::default() };
    let mut output = Vec::new();
    brotli::BrotliCompress(&mut &*input, &mut output, &parameters)?;
    Ok(output.into())
}
