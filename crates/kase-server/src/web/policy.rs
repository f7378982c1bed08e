//! The content security policy of a page: nothing but what the server itself sends, and of the scripts in the page
//! only those it was built with, by their hash. Pure.

use sha2::{Digest, Sha256};

/// The policy of a page.
pub(crate) fn of_page(page: &str) -> String {
    let hashes: String = inline_scripts(page)
        .map(|script| format!(" 'sha256-{}'", base64(&Sha256::digest(script.as_bytes()))))
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'"
    )
}

/// What stands in the page's script elements that name no file, as it stands there.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        (!attributes.contains("src=") && !script.is_empty()).then_some(script)
    })
}

/// Base64 (RFC 4648) with padding, as policies and entity tags write hashes.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = (at(0) << 16) | (at(1) << 8) | at(2);
        for place in 0..4 {
            let digit = DIGITS.get(((group >> (18 - 6 * place)) & 63) as usize).copied().unwrap_or(b'=');
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn only_the_scripts_of_the_page_may_run() {
        let page = "<script src=\"/a.js\"></script><script type=\"module\">x()</script><script>y</script>";
        let scripts: Vec<&str> = inline_scripts(page).collect();
        assert_eq!(scripts, ["x()", "y"]);
        let policy = of_page(page);
        assert!(policy.contains(&format!("'sha256-{}'", base64(&Sha256::digest(b"x()")))), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
    }
}
