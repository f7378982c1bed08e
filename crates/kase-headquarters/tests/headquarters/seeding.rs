//! The demo chain, the finder, and the first administrator.

use kase_domain::{ErrorCode, Switch};
use kase_headquarters::{Headquarters, HeadquartersError};

use crate::world::{RIGA, World};

#[tokio::test]
async fn the_demo_chain_is_the_contracts_and_seeding_it_again_changes_nothing() {
    let mut world = World::new().await;
    let stores = world.headquarters.stores().await.unwrap();
    let names: Vec<&str> = stores.iter().map(|store| store.store_name.as_str()).collect();
    assert!(names.contains(&"Rīga Centrs") && names.contains(&"Tartu Kesklinn") && names.len() == 3);
    let registers = world.headquarters.registers().await.unwrap();
    assert_eq!(registers.len(), 4);
    let kiosk = registers.iter().find(|register| register.kiosk).unwrap();
    assert_eq!((kiosk.name.as_str(), kiosk.channel.as_str()), ("KIOSK-1", RIGA));
    let settings = world.headquarters.settings(&RIGA.into()).await.unwrap().unwrap();
    assert!(!settings.create_customer_async && !settings.filter_shared_customer_data);
    assert!(!settings.switches.is_on(Switch::AsyncEditing));
    assert_eq!(settings.country.as_str(), "LV");
    assert!(!settings.affiliations.is_empty());
    let last = world.headquarters.customer("C-0002000").await.unwrap().unwrap();

    world.restart().await;
    world.headquarters.seed_demo().await.unwrap();
    assert_eq!(world.headquarters.customer("C-0002000").await.unwrap().unwrap(), last);
    assert!(world.headquarters.customer("C-0002001").await.unwrap().is_none());
    assert_eq!(world.version(RIGA).await, settings.version);
    world.headquarters.sign_in("admin", "demo-admin".into()).await.unwrap();
}

#[tokio::test]
async fn customers_are_found_whatever_the_case_and_the_diacritics() {
    let world = World::new().await;
    let found = world.headquarters.search("berzins", 10).await.unwrap();
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|state| state.customer.display_name().contains("Bērziņš")));
    let by_number = world.headquarters.search("C-0000042", 10).await.unwrap();
    assert_eq!(by_number[0].account.number().unwrap().as_str(), "C-0000042");
    let version = world.version(RIGA).await;
    world.perform(RIGA, &[crate::world::anna(4711, version)]).await;
    let found = world.headquarters.search("kalnina 4711", 1).await.unwrap();
    assert_eq!(found[0].customer.display_name(), "Anna Kalniņa 4711", "found at once");
}

#[tokio::test]
async fn the_first_administrator_is_made_once_with_the_printed_code() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new().await;
    assert_eq!(world.headquarters.first_administrator_code().await.unwrap(), None, "the demo has one");
    let headquarters =
        Headquarters::open(&folder.path().join("hq.db"), world.environment.clone()).await.unwrap();
    let code = headquarters.first_administrator_code().await.unwrap().unwrap();
    let make = |code: String, password: &str| {
        let password = password.to_owned();
        let headquarters = &headquarters;
        async move { headquarters.make_first_administrator(&code, "ilze", password).await }
    };
    let declined = |error: HeadquartersError| match error {
        HeadquartersError::Declined(declined) => declined.code,
        other => panic!("{other}"),
    };
    let wrong = make("0000".into(), "long enough").await.map_err(declined);
    assert_eq!(wrong.unwrap_err(), ErrorCode::Unauthenticated);
    assert_eq!(make(code.clone(), "short").await.map_err(declined).unwrap_err(), ErrorCode::InvalidField);
    let session = make(code.clone(), "long enough").await.unwrap();
    assert_eq!(headquarters.session_user(&session.session_token).await.unwrap(), "ilze");
    assert_eq!(make(code, "long enough").await.map_err(declined).unwrap_err(), ErrorCode::Unauthenticated);
    assert_eq!(headquarters.first_administrator_code().await.unwrap(), None);
}

#[tokio::test]
async fn a_session_ends_with_its_time_and_with_signing_out() {
    let world = World::new().await;
    let session = world.headquarters.sign_in("admin", "demo-admin".into()).await.unwrap();
    let other = world.headquarters.sign_in("admin", "demo-admin".into()).await.unwrap();
    world.headquarters.sign_out(&other.session_token).await.unwrap();
    assert!(world.headquarters.session_user(&other.session_token).await.is_err());
    world.headquarters.session_user(&session.session_token).await.unwrap();
    world.pass_ms(i64::try_from(kase_headquarters::SESSION_MS).unwrap());
    let ended = world.headquarters.session_user(&session.session_token).await;
    assert!(
        matches!(ended, Err(HeadquartersError::Declined(declined)) if declined.code == ErrorCode::SessionExpired)
    );
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let world = World::new().await;
    for _ in 0..kase_service::MOST_TRIES {
        let wrong = world.headquarters.sign_in("admin", "guess".into()).await;
        assert!(matches!(wrong, Err(HeadquartersError::Declined(_))));
    }
    let slowed = world.headquarters.sign_in("admin", "demo-admin".into()).await;
    assert!(matches!(slowed, Err(HeadquartersError::TooManyTries { retry_after_s }) if retry_after_s > 0));
    world.pass_ms(60_000);
    world.headquarters.sign_in("admin", "demo-admin".into()).await.unwrap();
}
