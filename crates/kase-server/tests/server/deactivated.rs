//! A register that headquarters deactivates.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{TestApp, eventually};
use crate::client::{Headquarters, Register, creation, new_id};

async fn set_deactivated(headquarters: &Headquarters, register: &Register, on: bool) {
    let body = json!({ "deactivated": on });
    let changed = headquarters.send(Method::PATCH, "/api/v1/hq/registers/RIGA-1", Some(&body)).await.ok();
    assert_eq!(changed["deactivated"], on, "{changed}");
    eventually("the register is told", async || {
        let pulled = register.send(Method::GET, "/api/v1/replication/pull?limit=1", None).await.ok();
        (pulled["delivers_only"] == on).then_some(())
    })
    .await;
}

#[tokio::test]
async fn it_may_deliver_what_it_holds_for_review_and_nothing_else() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let headquarters = app.client().headquarters().await;
    let before = new_id();
    register.push(&[creation(before, "R1-0001", json!({"first_name": "Anna"}))]).await;
    cashier.number_of(before).await;
    set_deactivated(&headquarters, &register, true).await;

    let held = new_id();
    let recorded = creation(held, "R1-0002", json!({"first_name": "Zane"}));
    let body = json!({"id": new_id(), "first_name": "Berta"});
    let customer = format!("/api/v1/customers/{before}");
    for refused in [
        register.perform(std::slice::from_ref(&recorded)).await,
        register.try_sign_in("1001", "246810").await,
        cashier.create(&body).await,
        cashier.get(&customer).await,
        cashier.get("/api/v1/customers?query=anna").await,
        cashier.write(Method::PATCH, &customer, new_id(), &json!({"first_name": "B"})).await,
        cashier
            .write(Method::POST, &format!("{customer}/addresses"), new_id(), &json!({"id": new_id()}))
            .await,
        cashier.write(Method::POST, &format!("{customer}/loyalty-cards"), new_id(), &json!({})).await,
    ] {
        assert_eq!((refused.status, refused.problem()), (403, "forbidden"), "{refused:?}");
        assert!(refused.body["detail"].as_str().unwrap().contains("deactivated"), "{refused:?}");
    }
    let (changes, _) = register.pull(None).await;
    assert!(!changes.iter().any(|change| change["kind"] == "customer"), "{changes:?}");

    let pushed = register.push(std::slice::from_ref(&recorded)).await;
    assert_eq!(pushed["results"][0]["result"], "accepted", "{pushed}");
    let shown: Value = eventually("the operation at headquarters", async || {
        let path = "/api/v1/hq/operations?status=review";
        let answer = headquarters.send(Method::GET, path, None).await.ok();
        answer["operations"].as_array().unwrap().first().cloned()
    })
    .await;
    assert_eq!((&shown["id"], &shown["review_register"]), (&json!(held), &json!("RIGA-1")));
    let path = format!("/api/v1/hq/operations/{held}/synchronize");
    headquarters.send(Method::POST, &path, None).await.ok();

    set_deactivated(&headquarters, &register, false).await;
    assert_eq!(cashier.get(&customer).await.problem(), "session_expired");
    register.sign_in().await.number_of(held).await;
}

#[tokio::test]
async fn only_a_person_at_headquarters_deactivates_registers() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let body = json!({ "deactivated": true });
    let refused = register.send(Method::PATCH, "/api/v1/hq/registers/RIGA-1", Some(&body)).await;
    assert_eq!(refused.status, 401, "{refused:?}");
    let headquarters = app.client().headquarters().await;
    let unknown = headquarters.send(Method::PATCH, "/api/v1/hq/registers/NONE-1", Some(&body)).await;
    assert_eq!(unknown.problem(), "not_found");
    let other = json!({ "kiosk": true });
    let refused = headquarters.send(Method::PATCH, "/api/v1/hq/registers/RIGA-1", Some(&other)).await;
    assert_eq!(refused.problem(), "invalid_field");
}
