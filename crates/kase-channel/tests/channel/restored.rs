//! Headquarters came back from a backup, or the channel did.

use kase_channel::{Device, Session};
use kase_domain::{Account, AccountNumber, CustomerId, CustomerRecord, ErrorCode, Refusal, Stage};
use kase_replication::{
    Change, Claim, Fingerprint, OperationState, Outcome, PullAnswer, PushRequest, Remark,
};
use serde_json::json;

use crate::world::{World, creation, edit, operation, operation_id, riga_1, synced};

fn restarted() -> PullAnswer {
    PullAnswer { cursor: "new".into(), restarted: true, ..PullAnswer::default() }
}

#[tokio::test]
async fn what_was_delivered_is_delivered_again_with_the_same_bytes() {
    let world = World::new().await;
    let device = world.device("code").await;
    for id in 1..=3 {
        assert!(matches!(world.push(&device, id).await, Outcome::Accepted(Account::Pending(_))));
    }
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.channel.push_once().await, Ok(false));
    let first: Vec<String> = world.headquarters.delivered.lock().unwrap().drain(..).collect();
    assert_eq!(first.len(), 3, "each once");
    world.pulled(restarted()).await;
    assert!(world.channel.status().await.unwrap().delivering_again);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert!(!world.channel.status().await.unwrap().delivering_again);
    assert_eq!(*world.headquarters.delivered.lock().unwrap(), first);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered().len(), 3, "again, and only once");
    assert!(matches!(world.push(&device, 1).await, Outcome::Duplicate(_)));
}

#[tokio::test]
async fn what_has_long_taken_effect_is_delivered_again_with_the_number_the_customer_had() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    world.told(vec![synced(1)]).await;
    world.headquarters.delivered.lock().unwrap().clear();
    world.pulled(restarted()).await;
    assert_eq!(world.told_to_register(&device, 1).await, None, "it has its number here, and keeps it");
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1)]);
    let claims = world.headquarters.claims.lock().unwrap().clone();
    let account_number = Some(AccountNumber::parse("C-1").unwrap());
    let expected = Claim { took_effect: true, account_number, ..Claim::default() };
    assert_eq!(claims.get(&operation_id(1)), Some(&expected));
    assert_eq!(world.told_to_register(&device, 1).await, None);
}

#[tokio::test]
async fn what_was_done_in_real_time_says_so_and_names_the_cards_that_headquarters_forgot() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![synced(1)]).await;
    let Change::Customer(mut with_card) = synced(1) else { unreachable!() };
    with_card.loyalty_cards = serde_json::from_value(json!([{ "number": "L000000007" }])).unwrap();
    let account = with_card.account.clone();
    let done = (Outcome::Accepted(account), vec![Change::Customer(with_card)]);
    world.headquarters.performs.lock().unwrap().push_back(done);
    let issue = operation(2, 1, "issue_loyalty_card", json!({}));
    let answer = world.channel.perform(&device, &issue, kase_text::Locale::En).await.unwrap();
    assert!(matches!(answer.results[0].outcome, Outcome::Accepted(_)));
    // Headquarters tells of the customer as it was before the card.
    world.pulled(PullAnswer { changes: vec![synced(1)], ..restarted() }).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    let claims = world.headquarters.claims.lock().unwrap().clone();
    let claim = claims.get(&operation_id(2)).unwrap();
    assert!(claim.performed && claim.took_effect);
    assert_eq!(claim.loyalty_cards[0].as_str(), "L000000007");
}

#[tokio::test]
async fn new_work_goes_first_and_behind_what_its_own_customer_has_to_deliver_again() {
    let world = World::new().await;
    let device = world.device("code").await;
    for id in 1..=600 {
        world.push(&device, id).await;
    }
    while world.channel.push_once().await == Ok(true) {}
    world.headquarters.delivered.lock().unwrap().clear();
    world.pulled(restarted()).await;
    world.push(&device, 1_000).await;
    let mut switched = crate::world::settings();
    switched.version.0 = 2;
    switched.switches = serde_json::from_value(
        json!({"async_addresses": true, "enhanced_creation": true, "async_editing": true}),
    )
    .unwrap();
    world.told(vec![Change::Settings(Box::new(switched))]).await;
    let mut change = edit(1_001, 550);
    let text = change.operations[0].get().replace(r#""settings_version":1"#, r#""settings_version":2"#);
    change.operations[0] = serde_json::value::RawValue::from_string(text).unwrap();
    assert!(matches!(world.push_one(&device, &change).await, Outcome::Accepted(_)));
    assert_eq!(world.channel.push_once().await, Ok(true));
    let first = [operation_id(1_000), operation_id(550), operation_id(1_001)];
    assert_eq!(world.delivered(), first);
    assert_eq!(world.channel.push_once().await, Ok(true));
    assert_eq!(world.channel.push_once().await, Ok(false));
    let delivered = world.delivered();
    // The stretch ends where the log ended when headquarters began anew.
    assert_eq!(delivered.len(), 3 + 600);
    assert_eq!(delivered[3..503], (1..=500).map(operation_id).collect::<Vec<_>>());
}

#[tokio::test]
async fn headquarters_hears_of_a_forgotten_customer_before_it_is_asked_about_it() {
    let world = World::new().await;
    let device = world.device("code").await;
    for id in [1, 2] {
        world.push(&device, id).await;
    }
    while world.channel.push_once().await == Ok(true) {}
    world.told(vec![synced(1), synced(2)]).await;
    world.headquarters.delivered.lock().unwrap().clear();
    world.pulled(restarted()).await;
    let issue = operation(3, 2, "issue_loyalty_card", json!({}));
    let unanswered = world.channel.perform(&device, &issue, kase_text::Locale::En).await;
    assert!(unanswered.is_err(), "headquarters answers no real-time call here");
    assert_eq!(world.delivered(), [operation_id(2)], "of this customer alone");
}

#[tokio::test]
async fn a_restored_channel_is_another_one_to_its_registers_and_says_no_reference_twice() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    let cursor = world.channel.pull(&device, None, None).await.unwrap().cursor;
    world.channel.close().await;
    let path = world.path();
    let restored = kase_channel::restored(&path, world.machine.clone(), 5_000).await.unwrap();
    assert_eq!((restored.channel, restored.references), ("riga".into(), 6_000));
    world.reopen().await;
    let answer = world.channel.pull(&device, Some(&cursor), None).await.unwrap();
    assert!(answer.restarted);
    assert!(matches!(world.push(&device, 1).await, Outcome::Duplicate(_)), "the device works on");
    assert!(world.channel.activate(&riga_1(), "code".to_owned(), None).await.is_err(), "the code is used");
}

fn with_claim(mut request: PushRequest, id: u128, claim: &Claim) -> PushRequest {
    request.claims.insert(operation_id(id), claim.clone());
    request
}

fn had(number: &str) -> Claim {
    let account_number = Some(AccountNumber::parse(number).unwrap());
    Claim { performed: true, took_effect: true, account_number, ..Claim::default() }
}

fn number(text: &str) -> Account {
    Account::Synced(AccountNumber::parse(text).unwrap())
}

async fn restored(world: &mut World) {
    world.channel.close().await;
    kase_channel::restored(&world.path(), world.machine.clone(), 0).await.unwrap();
    world.reopen().await;
}

#[tokio::test]
async fn a_register_gives_back_what_a_restored_channel_forgot_and_headquarters_hears_what_it_was_told() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    restored(&mut world).await;
    let returned = with_claim(creation(1), 1, &had("C-1"));
    assert_eq!(world.push_one(&device, &returned).await, Outcome::Accepted(number("C-1")));
    // It was closed for pending customers, and asked of headquarters: that was decided then.
    let done = Claim { performed: true, took_effect: true, ..Claim::default() };
    let change = with_claim(edit(2, 1), 2, &done);
    assert!(matches!(world.push_one(&device, &change).await, Outcome::Accepted(_)));
    let card = Claim { loyalty_cards: vec!["L000000007".to_owned().try_into().unwrap()], ..done };
    let issue = with_claim(operation(3, 1, "issue_loyalty_card", json!({})), 3, &card);
    assert!(matches!(world.push_one(&device, &issue).await, Outcome::Accepted(_)));
    assert_eq!(world.push_one(&device, &returned).await, Outcome::Duplicate(number("C-1")));
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1), operation_id(2), operation_id(3)]);
    let claims = world.headquarters.claims.lock().unwrap().clone();
    assert_eq!(claims[&operation_id(1)], had("C-1"));
    assert_eq!(claims[&operation_id(2)], *change.claims.get(&operation_id(2)).unwrap());
    assert_eq!(claims[&operation_id(3)], card);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered().len(), 3, "each once");
}

#[tokio::test]
async fn a_customer_that_was_pending_in_the_backup_keeps_the_number_that_its_register_was_told() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    restored(&mut world).await;
    let returned = with_claim(creation(1), 1, &had("C-1"));
    assert_eq!(world.push_one(&device, &returned).await, Outcome::Duplicate(number("C-1")));
    assert_eq!(world.channel.push_once().await, Ok(false));
    let claims = world.headquarters.claims.lock().unwrap().clone();
    assert_eq!(claims[&operation_id(1)], had("C-1"));
    // Somebody else's number is nobody's.
    let other = with_claim(creation(4), 4, &had("C-1"));
    assert!(matches!(world.push_one(&device, &other).await, Outcome::Accepted(Account::Pending(_))));
}

#[tokio::test]
async fn a_channel_that_was_never_restored_believes_no_claim() {
    let world = World::new().await;
    let device = world.device("code").await;
    let returned = with_claim(creation(1), 1, &had("C-1"));
    assert!(matches!(world.push_one(&device, &returned).await, Outcome::Accepted(Account::Pending(_))));
    let change = with_claim(edit(2, 1), 2, &Claim { took_effect: true, ..Claim::default() });
    assert!(matches!(world.push_one(&device, &change).await, Outcome::Refused(_)));
}

#[tokio::test]
async fn a_request_that_a_restored_channel_forgot_gets_the_customer_that_headquarters_made_of_it() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![synced(1)]).await;
    let id = CustomerId(operation_id(1).0);
    let anna: CustomerRecord = serde_json::from_value(json!({"first_name": "Anna"})).unwrap();
    let zane: CustomerRecord = serde_json::from_value(json!({"first_name": "Zane"})).unwrap();
    let body = Fingerprint::of(b"request");
    let session = signed_in(&world, &device).await;
    let before = world.channel.create_customer(&session, id, anna.clone(), body).await;
    assert!(before.is_err(), "it was made elsewhere, as far as this channel knows");
    restored(&mut world).await;
    let session = signed_in(&world, &device).await;
    let created = world.channel.create_customer(&session, id, anna, body).await.unwrap();
    assert_eq!((created.first, created.account), (false, number("C-1")));
    assert!(world.channel.create_customer(&session, id, zane, body).await.is_err(), "another request");
}

async fn signed_in(world: &World, device: &Device) -> Session {
    let signed_in = world.channel.sign_in(device, &"1001".into(), "246810".into()).await.unwrap();
    world.channel.session(&signed_in.token).await.unwrap()
}

#[tokio::test]
async fn what_headquarters_had_refused_or_given_up_is_delivered_again_as_that() {
    let world = World::new().await;
    let device = world.device("code").await;
    let refusal = Refusal { code: ErrorCode::Forbidden, detail: "made twice".into(), field: None };
    let stages = [Stage::Refused(refusal.clone()), Stage::Discarded(refusal.clone()), Stage::AtHeadquarters];
    for (id, stage) in (1..).zip(stages) {
        world.push(&device, id).await;
        assert_eq!(world.channel.push_once().await, Ok(false));
        let customer_id = CustomerId(operation_id(id).0);
        let told = OperationState { id: operation_id(id), customer_id, progress: Some(stage) };
        world.told(vec![Change::Operation(told)]).await;
    }
    assert!(world.headquarters.remarks.lock().unwrap().is_empty());
    world.pulled(restarted()).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    let remarks = world.headquarters.remarks.lock().unwrap().clone();
    let refused = Remark::Refused(refusal);
    assert_eq!(remarks, [(operation_id(1), refused.clone()), (operation_id(2), refused)].into());
}
