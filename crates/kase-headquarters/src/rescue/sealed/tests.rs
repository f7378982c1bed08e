//! The test vector of the standard, and every way in which a file can be none.

use super::*;
use crate::rescue::key::public_half;

fn secret(byte: u8) -> SecretKey {
    SecretKey::from_slice(&[byte; 32]).unwrap()
}

/// Seals as a register does, with an ephemeral key that is none.
pub(super) fn seal(plaintext: &[u8], to: &SecretKey, typ: &str) -> String {
    let ephemeral = secret(7);
    let (epk, kid) = (public_half(&ephemeral).unwrap(), public_half(to).unwrap().kid);
    let header = serde_json::json!({
        "alg": "ECDH-ES", "enc": "A256GCM", "kid": kid, "typ": typ,
        "epk": {"kty": "EC", "crv": "P-256", "x": epk.x, "y": epk.y},
    });
    let protected = URL_SAFE_NO_PAD.encode(header.to_string());
    let shared = ephemeral.diffie_hellman(&to.public_key());
    let key = derived_key(shared.raw_secret_bytes(), "A256GCM", b"", b"", KEY_BITS);
    let nonce = [3; NONCE_BYTES];
    let payload = Payload { msg: plaintext, aad: protected.as_bytes() };
    let sealed = Aes256Gcm::new_from_slice(&key).unwrap().encrypt(&Nonce::from(nonce), payload).unwrap();
    let (ciphertext, tag) = sealed.split_at(sealed.len() - TAG_BYTES);
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!("{protected}..{}.{}.{}", part(&nonce), part(ciphertext), part(tag))
}

/// RFC 7518, appendix C.
#[test]
fn the_derived_key_is_that_of_the_standard() {
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let alice = EphemeralKey {
        kty: "EC".into(),
        crv: "P-256".into(),
        x: "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0".into(),
        y: "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps".into(),
    };
    let bob = SecretKey::from_slice(&decoded("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw")).unwrap();
    let shared = bob.diffie_hellman(&alice.point().unwrap());
    assert_eq!(
        shared.raw_secret_bytes().as_slice(),
        [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163,
            218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196
        ]
    );
    let key = derived_key(shared.raw_secret_bytes(), "A128GCM", b"Alice", b"Bob", 128);
    assert_eq!(URL_SAFE_NO_PAD.encode(key), "VqqN6vgjbSBcIijNcacQGg");
}

#[test]
fn what_was_sealed_is_opened_by_its_own_key_alone() {
    let file = seal(b"all that waits", &secret(5), TYPE);
    let sealed = Sealed::parse(&format!("{file}\n")).unwrap();
    assert_eq!(sealed.open(&secret(5)).unwrap(), b"all that waits");
    assert_eq!(sealed.open(&secret(6)), Err(RescueFileError::Changed));
}

#[test]
fn each_way_of_being_no_rescue_file_has_its_own_word() {
    use RescueFileError::{Changed, CutOff, NoRescueFile};
    let open = |file: &str| Sealed::parse(file).and_then(|sealed| sealed.open(&secret(5)));
    let file = seal(b"all that waits", &secret(5), TYPE);
    for text in ["", "nonsense", "{}", "a.b.c.d.e", &seal(b"x", &secret(5), "JWT"), &format!("{file}.x")] {
        assert_eq!(open(text), Err(NoRescueFile), "{text}");
    }
    let header = file.find('.').unwrap();
    for end in [header, header + 1, header + 5, file.len() - 30, file.len() - 5, file.len() - 1] {
        assert_eq!(open(&file[..end]), Err(CutOff), "{}", &file[..end]);
    }
    for at in [header + 4, header + 22, file.len() - 10] {
        let mut changed = file.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(open(&String::from_utf8(changed).unwrap()), Err(Changed), "{at}");
    }
    // The header is sealed too: here with its members in another order.
    let reordered = URL_SAFE_NO_PAD.decode(&file[..header]).unwrap();
    let reordered = String::from_utf8(reordered).unwrap().replace(r#""alg":"ECDH-ES","#, "");
    let reordered = reordered.replacen('{', r#"{"alg":"ECDH-ES", "#, 1);
    let changed = format!("{}{}", URL_SAFE_NO_PAD.encode(reordered), &file[header..]);
    assert_eq!(open(&changed), Err(Changed));
}

#[test]
fn a_point_off_the_curve_opens_nothing() {
    let file = seal(b"x", &secret(5), TYPE);
    let mut sealed = Sealed::parse(&file).unwrap();
    sealed.header.epk.y = sealed.header.epk.x.clone();
    assert_eq!(sealed.open(&secret(5)), Err(RescueFileError::Changed));
}
