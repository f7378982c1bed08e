//! A register's rescue file on its way to headquarters. It is sealed here as the standard says and not with the code that
//! opens it.

use std::path::Path;
use std::process::Stdio;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::elliptic_curve::sec1::{FromSec1Point, ToSec1Point};
use p256::{PublicKey, Sec1Point, SecretKey};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::app::{TestApp, command, eventually};
use crate::client::{Register, creation, new_id, operation, send};

/// What a register does with everything that it holds.
fn seal(key: &Value, held: &Value) -> String {
    let coordinate = |name: &str| -> [u8; 32] {
        URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap().try_into().unwrap()
    };
    let point = Sec1Point::from_affine_coordinates(&coordinate("x").into(), &coordinate("y").into(), false);
    let chain = PublicKey::from_sec1_point(&point).unwrap();
    let ephemeral = SecretKey::from_slice(&[9; 32]).unwrap();
    let own = ephemeral.public_key().to_sec1_point(false);
    let header = json!({
        "alg": "ECDH-ES", "enc": "A256GCM", "kid": key["kid"], "typ": "kase-rescue",
        "epk": {"kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode(own.x().unwrap()),
                "y": URL_SAFE_NO_PAD.encode(own.y().unwrap())},
    });
    let protected = URL_SAFE_NO_PAD.encode(header.to_string());
    // Concat KDF: the round, the shared secret, the algorithm with its length, no party's name, the key's bits.
    let mut hash = Sha256::new();
    hash.update([0, 0, 0, 1]);
    hash.update(ephemeral.diffie_hellman(&chain).raw_secret_bytes());
    hash.update(b"\0\0\0\x07A256GCM\0\0\0\0\0\0\0\0\0\0\x01\0");
    let cipher = Aes256Gcm::new_from_slice(&hash.finalize()).unwrap();
    let held = held.to_string();
    let payload = Payload { msg: held.as_bytes(), aad: protected.as_bytes() };
    let sealed = cipher.encrypt(&Nonce::from([4; 12]), payload).unwrap();
    let (text, tag) = sealed.split_at(sealed.len() - 16);
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!("{protected}..{}.{}.{}", part(&[4; 12]), part(text), part(tag))
}

fn held(operations: &[Value]) -> Value {
    json!({"format": 1, "register": "RIGA-1", "channel": "riga-centrs", "made_at": 5, "operations": operations})
}

/// The public key, as the register is told it.
async fn rescue_key(register: &Register) -> Value {
    let told = register.pull_until("the rescue key", |change| change["rescue_key"].is_object()).await;
    assert_eq!(told["rescue_key"].as_object().unwrap().len(), 3, "the public half alone: {told}");
    told["rescue_key"].clone()
}

/// Runs the program to its end.
async fn import(app: &TestApp, file: &Path, password: &str) -> (Option<i32>, String) {
    let mut command =
        command(&["import", file.to_str().unwrap(), "--headquarters-url", &app.url, "--user", "admin"]);
    command.env("KASE_PASSWORD", password).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[tokio::test]
async fn what_a_dead_register_held_comes_in_once_and_each_operation_is_read_alone() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let key = rescue_key(&register).await;
    let (waited, delivered, too_long) = (new_id(), new_id(), new_id());
    let delivered_operation = creation(delivered, "R1-0001", json!({"first_name": "Anna"}));
    register.push(std::slice::from_ref(&delivered_operation)).await;
    let cashier = register.sign_in().await;
    let number = cashier.number_of(delivered).await;
    let edit = json!({"changes": [{"field": "title", "seen": null, "value": "Dr."}]});
    let operations = [
        creation(waited, "R1-0002", json!({"first_name": "Zane"})),
        delivered_operation,
        json!({"nonsense": true}),
        creation(too_long, "R1-0003", json!({"first_name": "a".repeat(101)})),
        operation(waited, "edit_customer", edit),
    ];
    let file = tempfile::tempdir().unwrap();
    let file = file.path().join("riga-1.kase");
    std::fs::write(&file, seal(&key, &held(&operations))).unwrap();

    let (status, said) = import(&app, &file, "wrong-password").await;
    assert_eq!((status, said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.contains("unauthenticated"), "{said}");
    let (status, said) = import(&app, &file, "demo-admin").await;
    assert_eq!(status, Some(0), "{said}");
    let expected = "RIGA-1 of riga-centrs: 3 operations put in line, 1 known already, 1 refused";
    assert_eq!(said.lines().next(), Some(expected), "{said}");
    assert!(said.contains("operation 3"), "{said}");
    let (_, said) = import(&app, &file, "demo-admin").await;
    assert!(said.contains("0 operations put in line, 4 known already, 1 refused"), "{said}");

    assert_ne!(cashier.number_of(waited).await, number);
    assert_eq!(cashier.number_of(delivered).await, number);
    let headquarters = app.client().headquarters().await;
    let refused = eventually("what waits for a person", async || {
        let path = "/api/v1/hq/operations?status=refused";
        let operations = headquarters.send(Method::GET, path, None).await.ok()["operations"].clone();
        (operations.as_array().unwrap().len() == 2).then_some(operations)
    })
    .await;
    let codes = refused.as_array().unwrap().iter().map(|operation| operation["error_code"].clone());
    let mut codes: Vec<String> = codes.map(|code| code.as_str().unwrap().to_owned()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["customer_pending_edit", "too_long"], "an edit that was held is for a person");
    let audit = headquarters.send(Method::GET, "/api/v1/hq/audit", None).await.ok().to_string();
    assert!(audit.contains("took in a rescue file"), "{audit}");
}

#[tokio::test]
async fn each_file_that_is_none_is_refused_with_its_own_code() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let key = rescue_key(&register).await;
    let headquarters = app.client().headquarters().await;
    let token = headquarters.token();
    let post = async |body: String| {
        let request = app.client().request(Method::POST, "/api/v1/hq/rescue").bearer_auth(token);
        send(request.header("content-type", "application/jose").body(body)).await
    };
    let whole = seal(&key, &held(&[]));
    assert_eq!(post(whole.clone()).await.ok()["accepted"], 0);
    let other = json!({"kid": "another", "x": key["x"], "y": key["y"]});
    let mut changed = whole.clone();
    let place = whole.len() - 12..whole.len() - 11;
    changed.replace_range(place.clone(), if &whole[place] == "A" { "B" } else { "A" });
    let mut elsewhere = held(&[]);
    elsewhere["channel"] = json!("nowhere");
    let mut newer = held(&[]);
    newer["format"] = json!(2);
    for (file, code) in [
        ("nonsense".to_owned(), "no_rescue_file"),
        (whole[..whole.len() - 9].to_owned(), "rescue_file_cut_off"),
        (changed, "rescue_file_changed"),
        (seal(&other, &held(&[])), "rescue_file_of_another_key"),
        (seal(&key, &json!({"format": 1})), "no_rescue_file"),
        (seal(&key, &newer), "unsupported_version"),
        (seal(&key, &elsewhere), "not_found"),
    ] {
        let answer = post(file).await;
        assert_eq!(answer.problem(), code, "{answer:?}");
    }
    let nobody = app.client().request(Method::POST, "/api/v1/hq/rescue").body(whole);
    assert_eq!(send(nobody).await.problem(), "unauthenticated");
}

#[tokio::test]
async fn what_a_deactivated_register_held_waits_for_a_person() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let key = rescue_key(&register).await;
    let headquarters = app.client().headquarters().await;
    let deactivate = json!({"deactivated": true});
    headquarters.send(Method::PATCH, "/api/v1/hq/registers/RIGA-1", Some(&deactivate)).await.ok();
    let id = new_id();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("riga-1.kase");
    let sealed = seal(&key, &held(&[creation(id, "R1-0001", json!({"first_name": "Zane"}))]));
    std::fs::write(&file, sealed).unwrap();
    let (status, said) = import(&app, &file, "demo-admin").await;
    assert_eq!(status, Some(0), "{said}");
    let operation = headquarters.send(Method::GET, &format!("/api/v1/hq/operations/{id}"), None).await.ok();
    assert_eq!(operation["status"], "review", "{operation}");
}
