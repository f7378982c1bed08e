//! Channel and headquarters as two processes, and headquarters dropping out.

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::app::{TestApp, eventually};
use crate::client::{Headquarters, creation, new_id, operation};

/// Two processes, and where headquarters keeps its data.
pub(crate) struct Apart {
    headquarters: Option<TestApp>,
    pub(crate) channel: TestApp,
    headquarters_data: TempDir,
    _channel_data: TempDir,
    address: String,
}

impl Apart {
    pub(crate) async fn start() -> Self {
        let (headquarters_data, channel_data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let arguments = ["--role", "headquarters", "--demo"];
        let headquarters = TestApp::start_with(&arguments, headquarters_data.path(), "127.0.0.1:0").await;
        let enrolment = headquarters.client().headquarters().await.enrol("riga-centrs").await;
        let url = headquarters.url.clone();
        let arguments = ["--role", "channel", "--headquarters-url", &url, "--enrolment", &enrolment];
        let channel = TestApp::start_with(&arguments, channel_data.path(), "127.0.0.1:0").await;
        let address = url.trim_start_matches("http://").to_owned();
        Self {
            headquarters: Some(headquarters),
            channel,
            headquarters_data,
            _channel_data: channel_data,
            address,
        }
    }

    pub(crate) async fn stop_headquarters(&mut self) {
        let (status, _) = self.headquarters.take().unwrap().stop().await;
        assert!(status.success(), "{status}");
    }

    pub(crate) async fn start_headquarters(&mut self) {
        let arguments = ["--role", "headquarters", "--demo"];
        let data = self.headquarters_data.path();
        self.headquarters = Some(TestApp::start_with(&arguments, data, &self.address).await);
    }

    async fn administrator(&self) -> Headquarters {
        self.headquarters.as_ref().unwrap().client().headquarters().await
    }

    async fn is_reached(&self) -> bool {
        self.status().await["headquarters"] == "reached"
    }

    /// How the channel is doing.
    async fn status(&self) -> Value {
        let ready = self.channel.client().request(Method::GET, "/health/ready");
        crate::client::send(ready).await.ok()["channels"][0].clone()
    }
}

#[tokio::test]
async fn without_headquarters_customers_are_made_all_the_same_and_get_their_numbers_when_it_is_back() {
    let mut apart = Apart::start().await;
    let register = apart.channel.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let synced = new_id();
    let created = cashier.create(&json!({"id": synced, "first_name": "Pirmais"})).await;
    assert_eq!(created.body["status"], "synced", "{created:?}");

    apart.stop_headquarters().await;
    let (through_api, performed) = (new_id(), new_id());
    let full = json!({"id": through_api, "title": "Dr.", "first_name": "Anna",
        "contacts": [{"kind": "email", "value": "anna@inbox.lv"}]});
    let created = cashier.create(&full).await;
    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.body["stage"], "in_channel");
    assert_eq!(created.body["held_fields"], json!(["contacts", "title"]));
    assert_eq!(cashier.create(&full).await.status, 200, "a repeat is a repeat");
    let answer = register
        .perform(&[
            creation(performed, "R1-0001", json!({"first_name": "Zane"})),
            operation(
                performed,
                "edit_customer",
                json!({"changes": [{"field": "title", "seen": null, "value": "Dr."}]}),
            ),
        ])
        .await
        .ok();
    assert_eq!(
        answer["results"].as_array().unwrap().len(),
        1,
        "the held edit stays with the register: {answer}"
    );
    assert_eq!(answer["results"][0]["stage"], "in_channel", "{answer}");
    let path = format!("/api/v1/customers/{synced}");
    let edit = cashier.write(Method::PATCH, &path, new_id(), &json!({"first_name": "Otrais"})).await;
    assert_eq!((edit.status, edit.problem()), (503, "headquarters_unreachable"));
    let everywhere = cashier.get("/api/v1/customers?query=pirmais&scope=all").await;
    assert_eq!(everywhere.problem(), "headquarters_unreachable");
    eventually("headquarters out of reach", async || (!apart.is_reached().await).then_some(())).await;

    apart.start_headquarters().await;
    eventually("headquarters in reach", async || apart.is_reached().await.then_some(())).await;
    let number = cashier.number_of(through_api).await;
    assert_ne!(number, cashier.number_of(performed).await);
    let stores = apart.administrator().await.send(Method::GET, "/api/v1/hq/stores", None).await.ok();
    let store =
        stores["stores"].as_array().unwrap().iter().find(|store| store["id"] == "riga-centrs").unwrap();
    assert!(store["failed_real_time_calls"].as_u64().unwrap() >= 3, "two creations and an edit: {store}");
    assert!(store["failed_real_time_calls_told_at"].as_i64().unwrap() > 0, "{store}");
    let customer = eventually("the held fields", async || {
        let customer = cashier.get(&format!("/api/v1/customers/{number}")).await.ok();
        (customer["title"] == "Dr.").then_some(customer)
    })
    .await;
    assert_eq!(customer["contacts"][0]["value"], "anna@inbox.lv", "nothing typed is thrown away");
}

#[tokio::test]
async fn an_edit_that_was_not_answered_is_done_once_when_it_is_asked_for_again() {
    let mut apart = Apart::start().await;
    let cashier = apart.channel.signed_in("RIGA-1").await;
    let id = new_id();
    cashier.create(&json!({"id": id, "first_name": "Anna"})).await.ok();
    apart.stop_headquarters().await;
    let (path, key, edit) = (format!("/api/v1/customers/{id}"), new_id(), json!({"first_name": "Anete"}));
    assert_eq!(cashier.write(Method::PATCH, &path, key, &edit).await.status, 503);
    apart.start_headquarters().await;
    let edited = eventually("the edit", async || {
        let answer = cashier.write(Method::PATCH, &path, key, &edit).await;
        (answer.status == 200).then_some(answer.body)
    })
    .await;
    assert_eq!(edited["first_name"], "Anete");
}

#[tokio::test]
async fn while_headquarters_hangs_no_operator_waits_for_it() {
    let apart = Apart::start().await;
    let register = apart.channel.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    eventually("headquarters", async || apart.is_reached().await.then_some(())).await;
    let headquarters = apart.headquarters.as_ref().unwrap();
    headquarters.freeze(true);
    eventually("the silence", async || (!apart.is_reached().await).then_some(())).await;
    let failed = apart.status().await["failed_real_time_calls"].clone();
    for name in ["Anna", "Berta"] {
        let created = cashier.create(&json!({"id": new_id(), "first_name": name})).await;
        assert_eq!((created.status, &created.body["status"]), (201, &json!("pending")), "{created:?}");
    }
    assert_eq!(apart.status().await["failed_real_time_calls"], failed, "nobody asked headquarters");

    headquarters.freeze(false);
    eventually("headquarters again", async || apart.is_reached().await.then_some(())).await;
    let created = cashier.create(&json!({"id": new_id(), "first_name": "Zane"})).await;
    assert_eq!(created.body["status"], "synced", "{created:?}");
}
