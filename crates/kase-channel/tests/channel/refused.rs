//! What the channel refuses is kept and reaches headquarters' people, unless an operator was told while waiting.

use kase_domain::{Account, CustomerRecord, ErrorCode, Refusal, Stage};
use kase_replication::{Change, Fingerprint, OperationState, Outcome, PushRequest, Remark};
use kase_text::Locale;
use serde_json::json;

use crate::world::{World, creation, creation_of, edit, operation, operation_id, synced};

#[track_caller]
fn code(outcome: &Outcome) -> ErrorCode {
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    refusal.code
}

fn refusal(code: ErrorCode) -> Refusal {
    Refusal { code, detail: "no".into(), field: None }
}

/// Everything pushed arrives, and headquarters is told why the channel refused it.
async fn carried_on(world: &World, id: u128) -> Option<ErrorCode> {
    while world.channel.push_once().await == Ok(true) {}
    assert!(world.delivered().contains(&operation_id(id)), "{:?}", world.delivered());
    let remarks = world.headquarters.remarks.lock().unwrap();
    remarks.get(&operation_id(id)).map(reason)
}

#[track_caller]
fn reason(remark: &Remark) -> ErrorCode {
    let Remark::Refused(refusal) = remark else { panic!("{remark:?}") };
    refusal.code
}

#[tokio::test]
async fn each_refusal_of_a_push_is_carried_on_with_its_reason_and_told_to_the_register() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![synced(2)]).await;
    world.push(&device, 3).await;
    for (id, request, expected) in [
        (11, edit(11, 1), ErrorCode::UnknownCustomer),
        (12, edit(12, 2), ErrorCode::HeadquartersUnreachable),
        (13, edit(13, 3), ErrorCode::CustomerPendingEdit),
        (4, creation_of(4, json!({"first_name": "A", "title": "Dr."})), ErrorCode::CustomerPendingField),
    ] {
        assert_eq!(code(&world.push_one(&device, &request).await), expected);
        assert_eq!(code(&world.push_one(&device, &request).await), expected, "the first answer again");
        for _ in 0..2 {
            let told = world.told_to_register(&device, id).await;
            assert!(matches!(&told, Some(Stage::Refused(refusal)) if refusal.code == expected), "{told:?}");
            assert_eq!(carried_on(&world, id).await, Some(expected));
        }
        let performed = world.channel.perform(&device, &request, Locale::En).await.unwrap();
        assert_eq!(code(&performed.results[0].outcome), expected);
    }
    assert_eq!(world.delivered().len(), 5, "each once");
}

#[tokio::test]
async fn a_refused_operation_takes_its_place_before_its_customers_later_ones() {
    let world = World::new().await;
    let device = world.device("code").await;
    let mut batch = creation_of(1, json!({"first_name": "Anna", "title": "Dr."}));
    batch.operations.extend(edit(11, 1).operations);
    batch.operations.extend(creation(2).operations);
    world.channel.push(&device, &batch, Locale::En).await.unwrap();
    assert_eq!(carried_on(&world, 2).await, None);
    assert_eq!(world.delivered(), [operation_id(1), operation_id(11), operation_id(2)]);
}

#[tokio::test]
async fn what_headquarters_people_decide_travels_back() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push_one(&device, &edit(11, 1)).await;
    assert_eq!(carried_on(&world, 11).await, Some(ErrorCode::UnknownCustomer));
    let customer_id = kase_domain::CustomerId(operation_id(1).0);
    let state = |progress| Change::Operation(OperationState { id: operation_id(11), customer_id, progress });
    world.told(vec![state(Some(Stage::AtHeadquarters))]).await;
    assert_eq!(world.told_to_register(&device, 11).await, Some(Stage::AtHeadquarters));
    let again = world.push_one(&device, &edit(11, 1)).await;
    assert_eq!(again, Outcome::Duplicate(Account::Pending(Stage::AtHeadquarters)));
    world.told(vec![state(None)]).await;
    assert_eq!(world.told_to_register(&device, 11).await, None);
}

#[tokio::test]
async fn other_content_under_a_known_id_is_refused_and_not_carried_on() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    let other = creation_of(1, json!({"first_name": "Berta"}));
    assert_eq!(code(&world.push_one(&device, &other).await), ErrorCode::IdempotencyMismatch);
    assert_eq!(carried_on(&world, 1).await, None);
    assert_eq!(world.delivered(), [operation_id(1)]);
}

#[tokio::test]
async fn what_an_operator_was_told_while_waiting_leaves_nothing_and_what_nobody_saw_is_carried_on() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![synced(1)]).await;
    let says_no = || (Outcome::Refused(refusal(ErrorCode::InvalidField)), Vec::new());
    world.headquarters.performs.lock().unwrap().extend([says_no(), says_no()]);
    let answer = world.channel.perform(&device, &edit(11, 1), Locale::En).await.unwrap();
    assert_eq!(code(&answer.results[0].outcome), ErrorCode::InvalidField);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert!(world.delivered().is_empty());

    let held = PushRequest { unattended: true, ..edit(12, 1) };
    let answer = world.channel.perform(&device, &held, Locale::En).await.unwrap();
    assert_eq!(code(&answer.results[0].outcome), ErrorCode::InvalidField);
    assert_eq!(carried_on(&world, 12).await, Some(ErrorCode::InvalidField));
    assert!(matches!(world.told_to_register(&device, 12).await, Some(Stage::Refused(_))));
}

#[tokio::test]
async fn an_edit_held_in_the_channel_that_headquarters_refuses_is_carried_on() {
    let world = World::new().await;
    let device = world.device("code").await;
    let signed_in = world.channel.sign_in(&device, &"1001".into(), "246810".into()).await.unwrap();
    let session = world.channel.session(&signed_in.token).await.unwrap();
    let id = kase_domain::CustomerId(operation_id(1).0);
    let typed: CustomerRecord =
        serde_json::from_value(json!({"first_name": "Anna", "title": "Dr."})).unwrap();
    let created =
        world.channel.create_customer(&session, id, typed, Fingerprint::of(b"request")).await.unwrap();
    assert_eq!(created.held_fields, ["title"]);
    assert_eq!(carried_on(&world, 1).await, None);
    let says_no = (Outcome::Refused(refusal(ErrorCode::TooLong)), Vec::new());
    world.headquarters.performs.lock().unwrap().push_back(says_no);
    world.told(vec![synced(1)]).await;
    while world.channel.push_once().await == Ok(true) {}
    let remarks = world.headquarters.remarks.lock().unwrap().clone();
    let codes: Vec<ErrorCode> = remarks.values().map(reason).collect();
    assert_eq!(codes, [ErrorCode::TooLong]);
}

#[tokio::test]
async fn what_cannot_be_read_to_the_end_is_carried_on_as_it_came() {
    let world = World::new().await;
    let device = world.device("code").await;
    let nameless = creation_of(1, json!({"first_name": ""}));
    let strange = operation(12, 2, "praise_customer", json!({"how": "warmly"}));
    for (id, request) in [(1, &nameless), (12, &strange)] {
        for _ in 0..2 {
            let outcome = world.push_one(&device, request).await;
            assert_eq!(code(&outcome), ErrorCode::InvalidField);
            assert_eq!(carried_on(&world, id).await, Some(ErrorCode::InvalidField));
            let told = world.told_to_register(&device, id).await;
            assert!(matches!(told, Some(Stage::Refused(_))), "{told:?}");
        }
    }
    let texts = world.headquarters.delivered.lock().unwrap().clone();
    assert_eq!(texts, [nameless.operations[0].get(), strange.operations[0].get()], "each once");
    let other = operation(12, 2, "praise_customer", json!({"how": "coldly"}));
    assert_eq!(code(&world.push_one(&device, &other).await), ErrorCode::IdempotencyMismatch);
    // A feed that shows the customer finds its way past them.
    world.told(vec![synced(1), synced(2)]).await;
}

#[tokio::test]
async fn a_version_that_is_not_known_here_stays_with_its_sender() {
    let world = World::new().await;
    let device = world.device("code").await;
    let newer = creation(1).operations[0].get().replace("\"version\":1", "\"version\":2");
    let newer = PushRequest {
        operations: vec![serde_json::value::RawValue::from_string(newer).unwrap()],
        ..PushRequest::default()
    };
    assert_eq!(code(&world.push_one(&device, &newer).await), ErrorCode::UnsupportedVersion);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert!(world.delivered().is_empty());
    assert!(matches!(world.push(&device, 1).await, Outcome::Accepted(_)), "and may come again otherwise");
}

#[tokio::test]
async fn a_held_operation_that_cannot_be_read_is_carried_on_too() {
    let world = World::new().await;
    let device = world.device("code").await;
    let strange = operation(12, 2, "praise_customer", json!({}));
    let answer = world.channel.perform(&device, &strange, Locale::En).await.unwrap();
    assert_eq!(code(&answer.results[0].outcome), ErrorCode::InvalidField);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert!(world.delivered().is_empty(), "an operator was told");
    let unattended = PushRequest { unattended: true, ..strange };
    let answer = world.channel.perform(&device, &unattended, Locale::En).await.unwrap();
    assert_eq!(code(&answer.results[0].outcome), ErrorCode::InvalidField);
    assert_eq!(carried_on(&world, 12).await, Some(ErrorCode::InvalidField));
}
