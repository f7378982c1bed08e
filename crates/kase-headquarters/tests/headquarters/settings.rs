//! Settings: each change makes a version, keeps the old one, and reaches the channels it concerns.

use kase_domain::{ErrorCode, Switch};
use kase_headquarters::{FeatureChange, FunctionalityProfileChange, HeadquartersError, SchemaChange};
use kase_replication::Change;

use crate::world::{On, RIGA, TARTU, World};

#[tokio::test]
async fn a_profile_reaches_its_channel_and_no_other() {
    let world = World::new().await;
    let (_, riga) = world.pull_all(RIGA, None, 1_000).await;
    let (_, tartu) = world.pull_all(TARTU, None, 1_000).await;
    let before = world.version(RIGA).await;
    let change = FunctionalityProfileChange { create_customer_async: Some(true), ..Default::default() };
    world.headquarters.change_functionality_profile(&RIGA.into(), &change, "admin").await.unwrap();
    let (changes, riga) = world.pull_all(RIGA, Some(&riga), 10).await;
    let [Change::Settings(settings)] = changes.as_slice() else { panic!("{changes:?}") };
    assert!(settings.create_customer_async && settings.version > before);
    assert_eq!(world.pull_all(TARTU, Some(&tartu), 10).await.0, []);

    world.headquarters.change_functionality_profile(&RIGA.into(), &change, "admin").await.unwrap();
    assert_eq!(world.pull_all(RIGA, Some(&riga), 10).await.0, [], "what changes nothing is no version");
}

#[tokio::test]
async fn a_schema_reaches_its_channel() {
    let world = World::new().await;
    let change = SchemaChange { filter_shared_customer_data: Some(true) };
    world.headquarters.change_channel_schema(&RIGA.into(), &change, "admin").await.unwrap();
    let settings = world.headquarters.settings(&RIGA.into()).await.unwrap().unwrap();
    assert!(settings.filter_shared_customer_data);
    let unknown = world.headquarters.change_channel_schema(&"nowhere".into(), &change, "admin").await;
    assert!(
        matches!(unknown, Err(HeadquartersError::Declined(declined)) if declined.code == ErrorCode::NotFound)
    );
}

#[tokio::test]
async fn switches_reach_everyone_and_keep_their_prerequisites() {
    let world = World::new().await;
    let editing = FeatureChange { async_editing: Some(true), ..FeatureChange::default() };
    let alone = world.headquarters.change_features(&editing, "admin").await;
    assert!(
        matches!(alone, Err(HeadquartersError::Declined(declined)) if declined.code == ErrorCode::FeaturePrerequisite)
    );
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    for channel in [RIGA, TARTU, "web-shop"] {
        let settings = world.headquarters.settings(&channel.into()).await.unwrap().unwrap();
        assert!(settings.switches.is_on(Switch::AsyncEditing));
    }
    let off = FeatureChange { enhanced_creation: Some(false), ..FeatureChange::default() };
    let standing = world.headquarters.change_features(&off, "admin").await;
    assert!(
        matches!(standing, Err(HeadquartersError::Declined(declined)) if declined.code == ErrorCode::FeaturePrerequisite)
    );
    let audit = world.headquarters.audit(None, 5).await.unwrap();
    assert_eq!(audit[0].action, "changed feature switches");
}

#[tokio::test]
async fn a_store_whose_default_customer_has_a_receipt_email_is_warned_of_in_the_readers_language() {
    let served = crate::http::Served::new().await;
    let token = served.sign_in().await;
    let stores = served.get("/stores", &token).await;
    let all = stores["stores"].as_array().unwrap();
    assert!(all.iter().all(|store| store["warnings"] == serde_json::json!([])), "{stores}");
    let path = served.world.folder.path().join("hq.db");
    let pool = sqlx::SqlitePool::connect(path.to_str().unwrap()).await.unwrap();
    for (channel, email) in [(RIGA, "\"shop@example.lv\""), (TARTU, "\"  \"")] {
        sqlx::query("UPDATE channels SET default_customer = json_set(default_customer, '$.receipt_email', json(?)) WHERE id = ?")
            .bind(email)
            .bind(channel)
            .execute(&pool)
            .await
            .unwrap();
    }
    pool.close().await;
    for (language, word) in [("en", "receipts"), ("lv", "čekus")] {
        let stores = served.get_in("/stores", &token, language).await;
        for store in stores["stores"].as_array().unwrap() {
            let warned = store["id"] == RIGA;
            assert_eq!(store["warnings"].as_array().unwrap().len(), usize::from(warned), "{store}");
            if warned {
                assert_eq!(store["warnings"][0]["code"], "default_customer_receipt_email");
                let detail = store["warnings"][0]["detail"].as_str().unwrap();
                assert!(detail.contains(word), "{detail}");
            }
        }
    }
    let described = serde_json::to_value(kase_headquarters::http::openapi()).unwrap();
    assert!(described["components"]["schemas"]["Warning"]["properties"]["code"].is_object());
    let operation = &described["paths"]["/api/v1/hq/stores"]["get"];
    assert!(operation["description"].as_str().unwrap().contains("default_customer_receipt_email"));
}
