//! From activation to account number, in each mode.

use reqwest::Method;
use serde_json::json;

use crate::app::{TestApp, eventually};
use crate::client::{creation, new_id, operation};

#[tokio::test]
async fn in_sync_mode_the_account_number_is_there_at_once() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let id = new_id();
    let created = cashier.create(&json!({"id": id, "first_name": "Līga", "last_name": "Ozola"})).await;
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.body["status"], "synced");
    assert_eq!(created.body["stage"], "synced");
    let number = created.body["account_number"].as_str().unwrap();
    assert!(number.starts_with("C-"), "{number}");

    let by_number = cashier.get(&format!("/api/v1/customers/{number}")).await.ok();
    assert_eq!(by_number["id"], json!(id));
    let found = cashier.get("/api/v1/customers?query=liga%20ozola").await.ok();
    assert!(
        found["customers"].as_array().unwrap().iter().any(|customer| customer["id"] == json!(id)),
        "{found}"
    );
    let everywhere = cashier.get("/api/v1/customers?query=liga%20ozola&scope=all").await.ok();
    let everywhere = everywhere["customers"].as_array().unwrap();
    assert!(
        everywhere.iter().any(|customer| customer["id"] == json!(id)),
        "found through all stores at once"
    );
}

#[tokio::test]
async fn in_async_mode_the_number_comes_without_a_touch() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    app.client().headquarters().await.create_async(true, &register).await;
    let id = new_id();
    let created = cashier.create(&json!({"id": id, "first_name": "Anna"})).await;
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(
        (created.body["status"].as_str(), created.body["stage"].as_str()),
        (Some("pending"), Some("in_channel"))
    );
    assert!(created.body["account_number"].is_null());
    assert!(created.body["reference"].as_str().unwrap().starts_with("R1W-"), "{created:?}");
    let customer = register
        .pull_until("the number in the feed", |change| {
            change["kind"] == "customer"
                && change["customer_id"] == json!(id)
                && change["account"]["status"] == "synced"
        })
        .await;
    assert!(customer["account"]["account_number"].as_str().unwrap().starts_with("C-"));
    assert_eq!(cashier.number_of(id).await, customer["account"]["account_number"].as_str().unwrap());
}

#[tokio::test]
async fn what_a_register_recorded_offline_gets_its_number_through_the_feed() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-2").await;
    let names = [
        json!({"first_name": "Hermenegilda-Anastasija", "last_name": "Šķēlmeistare-Dzirkstelīte"}),
        json!({"kind": "organization", "organization_name": "SIA Zvaigžņu Nams"}),
        json!({"first_name": "Надежда", "last_name": "محمد"}),
    ];
    let ids: Vec<_> = names.iter().map(|_| new_id()).collect();
    let operations: Vec<_> = names
        .into_iter()
        .zip(&ids)
        .enumerate()
        .map(|(count, (customer, id))| creation(*id, &format!("R2-000{count}"), customer))
        .collect();
    let answer = register.push(&operations).await;
    for result in answer["results"].as_array().unwrap() {
        assert_eq!(
            (&result["result"], &result["stage"]),
            (&json!("accepted"), &json!("in_channel")),
            "{answer}"
        );
    }
    for id in ids {
        register
            .pull_until("the number", |change| {
                change["customer_id"] == json!(id) && change["account"]["status"] == "synced"
            })
            .await;
        register
            .pull_until("the end of the operation", |change| {
                change["kind"] == "operation" && change["id"] == json!(id) && change["progress"].is_null()
            })
            .await;
    }
}

#[tokio::test]
async fn a_register_performs_a_creation_and_the_edit_that_was_held_behind_it() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let id = new_id();
    let held = json!({"changes": [{"field": "title", "seen": null, "value": "Dr."}]});
    let operations =
        [creation(id, "R1-0001", json!({"first_name": "Anna"})), operation(id, "edit_customer", held)];
    let answer = register.perform(&operations).await.ok();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), 2, "{answer}");
    assert!(results.iter().all(|result| result["status"] == "synced"), "{answer}");
    assert_eq!(answer["changes"][0]["customer"]["title"], "Dr.", "{answer}");
}

#[tokio::test]
async fn an_address_stands_for_its_customer_wherever_one_is_named() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let (id, address) = (new_id(), new_id());
    let addresses = json!([{"id": address, "city": "Rīga"}]);
    cashier.create(&json!({"id": id, "first_name": "Anna", "addresses": addresses})).await.ok();
    let path = format!("/api/v1/customers/{address}");
    let found = cashier.get(&path).await.ok();
    assert_eq!((&found["id"], &found["addresses"][0]["id"]), (&json!(id), &json!(address)), "{found}");
    let body = json!({"last_name": "Ozola", "addresses": []});
    let edited = cashier.write(reqwest::Method::PATCH, &path, new_id(), &body).await.ok();
    assert_eq!((&edited["id"], &edited["last_name"]), (&json!(id), &json!("Ozola")));
    assert_eq!(cashier.get(&path).await.ok()["id"], json!(id), "for ever");
    assert_eq!(cashier.get(&format!("/api/v1/customers/{}", new_id())).await.problem(), "unknown_customer");

    // Another store is told of the customer, and of whose address it is.
    let other = app.signed_in("TARTU-1").await;
    other.number_of(id).await;
    assert_eq!(other.get(&path).await.body["id"], json!(id));
}

#[tokio::test]
async fn of_two_who_change_the_same_the_second_hears_that_a_person_decides() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let id = new_id();
    cashier.create(&json!({"id": id, "first_name": "Anna"})).await.ok();
    let path = format!("/api/v1/customers/{id}");
    let first = json!({"first_name": "Anete"});
    assert_eq!(cashier.write(Method::PATCH, &path, new_id(), &first).await.status, 200);
    let (key, second) = (new_id(), json!({"first_name": "Zane", "seen": {"first_name": "Anna"}}));
    for _ in 0..2 {
        let held = cashier.write(Method::PATCH, &path, key, &second).await;
        assert_eq!((held.status, held.body["first_name"].as_str()), (202, Some("Anete")), "{held:?}");
    }
    let discard = format!("/api/v1/hq/operations/{key}/discard");
    let reason = json!({"reason": "she is Anete"});
    app.client().headquarters().await.send(Method::POST, &discard, Some(&reason)).await.ok();
    let repeated = eventually("the end of it at the channel", async || {
        let answer = cashier.write(Method::PATCH, &path, key, &second).await;
        (answer.status != 202).then_some(answer)
    })
    .await;
    assert!(repeated.status >= 400 && repeated.body["detail"] == "she is Anete", "{repeated:?}");
}
