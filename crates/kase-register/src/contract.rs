//! What every [`RegisterStore`] promises, as tests that any of them runs; a broken promise panics.
//!
//! Each promise is given `open`, which opens the same, at first empty, database again and again: as another
//! tab does, or the app after a restart. [`crate::for_each_store_promise!`] makes a test of each. Long because
//! a promise that stands elsewhere is one that a new store forgets to keep.

#![allow(missing_docs, reason = "the name of a promise is the sentence it proves")]
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "these are tests, only not in their place"
)]

use kase_domain::{
    Account, AccountNumber, CustomerId, ErrorCode, OperationId, OperationKind, Refusal, Stage, Timestamp,
};
use kase_replication::{Claim, CustomerState};
use serde_json::json;

use crate::{
    MOST_FINISHED, NewEntry, OutboxEntry, Progress, RegisterStore, StoreError, ValueKey, WriteBatch,
};

/// Calls `$test!(name)` for each promise of the contract.
#[macro_export]
macro_rules! for_each_store_promise {
    ($test:ident) => {
        $test!(what_is_committed_is_there_for_every_handle);
        $test!(a_batch_that_fails_leaves_nothing_behind);
        $test!(an_empty_batch_is_no_error);
        $test!(the_parts_of_a_batch_are_done_in_their_order);
        $test!(an_account_advances_and_never_goes_back);
        $test!(customers_come_in_the_order_asked_for);
        $test!(customers_are_paged_in_the_order_of_their_ids);
        $test!(clearing_customers_leaves_everything_else);
        $test!(every_script_and_every_unknown_field_survives);
        $test!(the_outbox_keeps_the_order_of_recording_over_all_handles);
        $test!(an_order_is_never_given_twice);
        $test!(the_text_of_an_operation_is_kept_byte_for_byte);
        $test!(progress_changes_and_leaves_the_rest);
        $test!(a_removed_operation_is_gone_and_may_come_again);
        $test!(what_is_not_there_is_neither_changed_nor_an_error);
        $test!(values_are_put_replaced_and_deleted_each_for_itself);
        $test!(a_reference_count_is_never_given_twice);
        $test!(a_reference_count_goes_on_from_where_it_was_raised_to);
        $test!(a_database_that_is_forgotten_keeps_its_counters_alone);
        $test!(a_number_that_is_there_is_not_taken_back_by_a_pending_customer);
        $test!(finished_operations_wait_no_more_and_are_delivered_again_at_their_old_places);
        $test!(finished_operations_go_with_their_customers);
        $test!(the_latest_finished_operations_are_kept);
        $test!(many_records_at_once_are_all_there);
    };
}

fn customer_id(number: u128) -> CustomerId {
    format!("018f0000-0000-7000-8000-{number:012}").parse().unwrap()
}

fn operation_id(number: u128) -> OperationId {
    customer_id(number).into()
}

fn pending(stage: Stage) -> Account {
    Account::Pending(stage)
}

fn synced(number: &str) -> Account {
    Account::Synced(AccountNumber::parse(number).unwrap())
}

fn customer(number: u128, name: &str) -> CustomerState {
    let json = json!({
        "customer_id": customer_id(number),
        "account": pending(Stage::OnRegister),
        "reference": "R1-0001",
        "customer": { "first_name": name },
    });
    serde_json::from_value(json).unwrap()
}

fn entry(number: u128, text: &str) -> NewEntry {
    NewEntry {
        id: operation_id(number),
        customer_id: customer_id(number),
        kind: OperationKind::CreateCustomer,
        recorded_at: Timestamp(1_760_000_000_000),
        progress: Progress::Ready,
        text: text.to_owned(),
    }
}

fn recorded(entries: impl IntoIterator<Item = NewEntry>) -> WriteBatch {
    WriteBatch { recorded: entries.into_iter().collect(), ..WriteBatch::default() }
}

fn customers(states: impl IntoIterator<Item = CustomerState>) -> WriteBatch {
    WriteBatch { customers: states.into_iter().collect(), ..WriteBatch::default() }
}

fn ids(entries: &[OutboxEntry]) -> Vec<OperationId> {
    entries.iter().map(|entry| entry.id).collect()
}

pub async fn what_is_committed_is_there_for_every_handle<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let (writer, reader) = (open().await, open().await);
    let batch = WriteBatch {
        customers: vec![customer(1, "Anna")],
        recorded: vec![entry(1, "{}")],
        values: vec![(ValueKey::Cursor, Some("c".into()))],
        ..WriteBatch::default()
    };
    writer.commit(batch).await.unwrap();
    for store in [reader, open().await] {
        assert_eq!(store.customer(customer_id(1)).await, Ok(Some(customer(1, "Anna"))));
        assert_eq!(ids(&store.outbox_after(0).await.unwrap()), [operation_id(1)]);
        assert_eq!(store.value(ValueKey::Cursor).await, Ok(Some("c".into())));
    }
}

pub async fn a_batch_that_fails_leaves_nothing_behind<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let before = WriteBatch { recorded: vec![entry(1, "first")], ..customers([customer(1, "Anna")]) };
    store.commit(before).await.unwrap();
    let repeated = WriteBatch {
        clear_customers: true,
        customers: vec![customer(2, "Jānis")],
        recorded: vec![entry(2, "second"), entry(1, "other")],
        progress: vec![(operation_id(1), Progress::Held)],
        values: vec![(ValueKey::Cursor, Some("c".into()))],
        ..WriteBatch::default()
    };
    assert!(matches!(store.commit(repeated).await, Err(StoreError::Failed(_))));
    assert!(matches!(
        store.commit(recorded([entry(3, "a"), entry(3, "b")])).await,
        Err(StoreError::Failed(_))
    ));
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![customer(1, "Anna")]));
    let outbox = store.outbox_after(0).await.unwrap();
    assert_eq!(ids(&outbox), [operation_id(1)]);
    assert_eq!(outbox[0].progress, Progress::Ready);
    let texts = store.operation_texts(&[operation_id(1), operation_id(2), operation_id(3)]).await.unwrap();
    assert_eq!(texts, [(operation_id(1), "first".into())]);
    assert_eq!(store.value(ValueKey::Cursor).await, Ok(None));
}

pub async fn an_empty_batch_is_no_error<S: RegisterStore>(open: impl AsyncFn() -> S) {
    assert_eq!(open().await.commit(WriteBatch::default()).await, Ok(()));
}

pub async fn the_parts_of_a_batch_are_done_in_their_order<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    store.commit(customers([customer(1, "Old"), customer(2, "Old")])).await.unwrap();
    let batch = WriteBatch {
        at: Timestamp(1_762_000_000_000),
        clear_customers: true,
        drop_finished: true,
        customers: vec![customer(2, "New"), customer(3, "Kept"), customer(4, "Removed")],
        advances: vec![(customer_id(3), synced("C-3")), (customer_id(4), synced("C-4"))],
        removed_customers: vec![customer_id(4)],
        recorded: vec![entry(3, "kept"), entry(4, "removed"), entry(5, "finished")],
        progress: vec![(operation_id(3), Progress::Held), (operation_id(4), Progress::Held)],
        finished: vec![(operation_id(5), Claim::default())],
        deliver_again: true,
        removed_entries: vec![operation_id(4)],
        values: vec![(ValueKey::Cursor, Some("a".into())), (ValueKey::Cursor, Some("b".into()))],
    };
    store.commit(batch).await.unwrap();
    let found = store.customers_after(None, 10).await.unwrap();
    let kept = CustomerState { account: synced("C-3"), ..customer(3, "Kept") };
    assert_eq!(found, [customer(2, "New"), kept]);
    let outbox = store.outbox_after(0).await.unwrap();
    assert_eq!(ids(&outbox), [operation_id(3), operation_id(5)]);
    assert_eq!((&outbox[0].progress, &outbox[1].progress), (&Progress::Held, &Progress::Ready));
    assert_eq!(outbox[1].claim, Some(Claim::default()));
    assert_eq!(store.value(ValueKey::Cursor).await, Ok(Some("b".into())));
}

pub async fn an_account_advances_and_never_goes_back<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    store.commit(customers([customer(1, "Anna")])).await.unwrap();
    for (news, expected) in [
        (pending(Stage::AtHeadquarters), pending(Stage::AtHeadquarters)),
        (pending(Stage::InChannel), pending(Stage::AtHeadquarters)),
        (synced("C-1"), synced("C-1")),
        (pending(Stage::NumberAssigned), synced("C-1")),
    ] {
        let batch = WriteBatch { advances: vec![(customer_id(1), news)], ..WriteBatch::default() };
        store.commit(batch).await.unwrap();
        assert_eq!(store.customer(customer_id(1)).await.unwrap().unwrap().account, expected);
    }
    let twice = WriteBatch {
        customers: vec![customer(2, "Anna")],
        advances: vec![
            (customer_id(2), pending(Stage::AtHeadquarters)),
            (customer_id(2), pending(Stage::InChannel)),
        ],
        ..WriteBatch::default()
    };
    store.commit(twice).await.unwrap();
    let state = store.customer(customer_id(2)).await.unwrap().unwrap();
    assert_eq!(state, CustomerState { account: pending(Stage::AtHeadquarters), ..customer(2, "Anna") });
}

pub async fn customers_come_in_the_order_asked_for<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    store.commit(customers([customer(1, "A"), customer(2, "B"), customer(3, "C")])).await.unwrap();
    let wanted = [customer_id(3), customer_id(9), customer_id(1)];
    assert_eq!(store.customers(&wanted).await, Ok(vec![customer(3, "C"), customer(1, "A")]));
    assert_eq!(store.customers(&[]).await, Ok(vec![]));
    assert_eq!(store.customer(customer_id(9)).await, Ok(None));
}

pub async fn customers_are_paged_in_the_order_of_their_ids<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let all: Vec<CustomerState> = (1..=5).map(|number| customer(number, "A")).collect();
    store.commit(customers(all.iter().rev().cloned())).await.unwrap();
    assert_eq!(store.customers_after(None, 2).await.unwrap(), all[..2]);
    assert_eq!(store.customers_after(Some(customer_id(2)), 2).await.unwrap(), all[2..4]);
    assert_eq!(store.customers_after(Some(customer_id(4)), 2).await.unwrap(), all[4..]);
    assert_eq!(store.customers_after(Some(customer_id(5)), 2).await, Ok(vec![]));
    assert_eq!(store.customers_after(None, 0).await, Ok(vec![]), "a limit of none is none");
}

pub async fn clearing_customers_leaves_everything_else<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let batch = WriteBatch {
        customers: vec![customer(1, "Anna")],
        recorded: vec![entry(1, "waiting")],
        values: vec![(ValueKey::Device, Some("device".into()))],
        ..WriteBatch::default()
    };
    store.commit(batch).await.unwrap();
    store.commit(WriteBatch { clear_customers: true, ..WriteBatch::default() }).await.unwrap();
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![]));
    let texts = store.operation_texts(&[operation_id(1)]).await.unwrap();
    assert_eq!(texts, [(operation_id(1), "waiting".into())]);
    assert_eq!(store.value(ValueKey::Device).await, Ok(Some("device".into())));
}

pub async fn every_script_and_every_unknown_field_survives<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let names = ["Žņēķle-Šķērsliņa", "محمد", "Олександра", "王小明", "👩‍👩‍👧", "O'Brien \"Q\" <b>"];
    let states: Vec<CustomerState> = (1_u128..).zip(names).map(|(at, name)| customer(at, name)).collect();
    let mut newer = customer(20, "Anna");
    newer.customer.unknown.insert("loyalty_tier".into(), json!({ "name": "gold", "since": [2031, 1] }));
    let all: Vec<CustomerState> = states.into_iter().chain([newer]).collect();
    store.commit(customers(all.clone())).await.unwrap();
    assert_eq!(store.customers_after(None, 100).await, Ok(all));
}

pub async fn the_outbox_keeps_the_order_of_recording_over_all_handles<S: RegisterStore>(
    open: impl AsyncFn() -> S,
) {
    let (one, other) = (open().await, open().await);
    one.commit(recorded([entry(9, "1"), entry(4, "2")])).await.unwrap();
    other.commit(recorded([entry(7, "3")])).await.unwrap();
    one.commit(recorded([entry(1, "4")])).await.unwrap();
    let outbox = other.outbox_after(0).await.unwrap();
    assert_eq!(ids(&outbox), [operation_id(9), operation_id(4), operation_id(7), operation_id(1)]);
    assert!(outbox[0].order >= 1);
    assert!(outbox.is_sorted_by(|one, next| one.order < next.order));
    let later = one.outbox_after(outbox[1].order).await.unwrap();
    assert_eq!(later, outbox[2..]);
    assert_eq!(one.outbox_after(outbox[3].order).await, Ok(vec![]));
}

pub async fn an_order_is_never_given_twice<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    store.commit(recorded([entry(1, "1"), entry(2, "2")])).await.unwrap();
    let last = store.outbox_after(0).await.unwrap()[1].order;
    let all = vec![operation_id(1), operation_id(2)];
    store.commit(WriteBatch { removed_entries: all, ..WriteBatch::default() }).await.unwrap();
    open().await.commit(recorded([entry(3, "3")])).await.unwrap();
    assert!(store.outbox_after(0).await.unwrap()[0].order > last, "another tab would step over it");
}

pub async fn the_text_of_an_operation_is_kept_byte_for_byte<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let texts =
        ["{ \"b\":1,\"a\": [1 , 2] }\n", "{\"name\":\"Žņē 👩‍👩‍👧 \\u0000\"}", "{\"line\":\"\u{2028}\r\n\u{0}\"}"];
    let entries = (1_u128..).zip(texts).map(|(number, text)| entry(number, text));
    store.commit(recorded(entries)).await.unwrap();
    let wanted = [operation_id(3), operation_id(8), operation_id(1), operation_id(2)];
    let found = store.operation_texts(&wanted).await.unwrap();
    let expected = [(3, texts[2]), (1, texts[0]), (2, texts[1])];
    assert_eq!(found, expected.map(|(number, text)| (operation_id(number), text.to_owned())));
    let sizes: Vec<usize> =
        store.outbox_after(0).await.unwrap().iter().map(|entry| entry.bytes as usize).collect();
    assert_eq!(sizes, texts.map(str::len), "sizes are in bytes");
    assert_eq!(store.operation_texts(&[]).await, Ok(vec![]));
}

pub async fn progress_changes_and_leaves_the_rest<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let held = NewEntry {
        kind: OperationKind::EditCustomer,
        customer_id: customer_id(7),
        progress: Progress::Held,
        ..entry(1, "held")
    };
    store.commit(recorded([held, entry(2, "ready")])).await.unwrap();
    let before = store.outbox_after(0).await.unwrap();
    assert_eq!(before[0].since, before[0].recorded_at);
    let mut since = before[0].recorded_at;
    let refusal = Refusal { code: ErrorCode::TooLong, detail: "par garu".into(), field: Some("city".into()) };
    for progress in [
        Progress::Ready,
        Progress::Delivered(Stage::InChannel),
        Progress::Delivered(Stage::Refused(refusal.clone())),
        Progress::Refused(refusal),
        Progress::Held,
    ] {
        since = since.plus_ms(1);
        let expected =
            [OutboxEntry { progress: progress.clone(), since, ..before[0].clone() }, before[1].clone()];
        // Said once more, it has been so all the while.
        for at in [since, since.plus_ms(1_000)] {
            let change = vec![(operation_id(1), progress.clone())];
            store.commit(WriteBatch { at, progress: change, ..WriteBatch::default() }).await.unwrap();
            assert_eq!(store.outbox_after(0).await.unwrap(), expected);
        }
    }
    let texts = store.operation_texts(&[operation_id(1)]).await.unwrap();
    assert_eq!(texts, [(operation_id(1), "held".into())]);
}

pub async fn a_removed_operation_is_gone_and_may_come_again<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    store.commit(recorded([entry(1, "first"), entry(2, "other")])).await.unwrap();
    let removed = WriteBatch { removed_entries: vec![operation_id(1)], ..WriteBatch::default() };
    store.commit(removed).await.unwrap();
    assert_eq!(ids(&store.outbox_after(0).await.unwrap()), [operation_id(2)]);
    assert_eq!(store.operation_texts(&[operation_id(1)]).await, Ok(vec![]));
    store.commit(recorded([entry(1, "again")])).await.unwrap();
    assert_eq!(ids(&store.outbox_after(0).await.unwrap()), [operation_id(2), operation_id(1)]);
    let texts = store.operation_texts(&[operation_id(1)]).await.unwrap();
    assert_eq!(texts, [(operation_id(1), "again".into())]);
}

pub async fn what_is_not_there_is_neither_changed_nor_an_error<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let batch = WriteBatch {
        advances: vec![(customer_id(1), synced("C-1"))],
        removed_customers: vec![customer_id(2)],
        progress: vec![(operation_id(3), Progress::Held)],
        removed_entries: vec![operation_id(4)],
        values: vec![(ValueKey::Session, None)],
        ..WriteBatch::default()
    };
    assert_eq!(store.commit(batch).await, Ok(()));
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![]));
    assert_eq!(store.outbox_after(0).await, Ok(vec![]));
}

pub async fn values_are_put_replaced_and_deleted_each_for_itself<S: RegisterStore>(
    open: impl AsyncFn() -> S,
) {
    let store = open().await;
    let write = |values| WriteBatch { values, ..WriteBatch::default() };
    let all = ValueKey::ALL.map(|key| (key, Some(key.as_str().to_owned()))).to_vec();
    store.commit(write(all)).await.unwrap();
    let changes = vec![(ValueKey::Session, None), (ValueKey::Cursor, Some(String::new()))];
    store.commit(write(changes)).await.unwrap();
    for key in ValueKey::ALL {
        let expected = match key {
            ValueKey::Session => None,
            ValueKey::Cursor => Some(String::new()),
            other => Some(other.as_str().to_owned()),
        };
        assert_eq!(store.value(key).await, Ok(expected));
    }
}

pub async fn a_reference_count_is_never_given_twice<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let (one, other) = (open().await, open().await);
    assert_eq!(one.take_reference_count().await, Ok(1));
    assert_eq!(other.take_reference_count().await, Ok(2));
    one.commit(WriteBatch { clear_customers: true, ..WriteBatch::default() }).await.unwrap();
    assert_eq!(one.take_reference_count().await, Ok(3));
    assert_eq!(open().await.take_reference_count().await, Ok(4));
}

pub async fn a_reference_count_goes_on_from_where_it_was_raised_to<S: RegisterStore>(
    open: impl AsyncFn() -> S,
) {
    let (one, other) = (open().await, open().await);
    one.raise_reference_count(41).await.unwrap();
    assert_eq!(other.take_reference_count().await, Ok(42));
    other.raise_reference_count(7).await.unwrap();
    assert_eq!(one.take_reference_count().await, Ok(43), "it never goes back");
}

pub async fn a_database_that_is_forgotten_keeps_its_counters_alone<S: RegisterStore>(
    open: impl AsyncFn() -> S,
) {
    let store = open().await;
    assert_eq!(store.take_reference_count().await, Ok(1));
    let batch = WriteBatch {
        customers: vec![customer(1, "Anna")],
        recorded: vec![entry(1, "{}")],
        values: vec![(ValueKey::Device, Some("d".into()))],
        ..WriteBatch::default()
    };
    store.commit(batch.clone()).await.unwrap();
    let order = store.outbox_after(0).await.unwrap()[0].order;
    open().await.forget().await.unwrap();
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![]));
    assert_eq!(store.outbox_after(0).await, Ok(vec![]));
    assert_eq!(store.operation_texts(&[operation_id(1)]).await, Ok(vec![]));
    assert_eq!(store.value(ValueKey::Device).await, Ok(None));
    assert_eq!(store.take_reference_count().await, Ok(2));
    store.commit(batch).await.unwrap();
    assert!(store.outbox_after(0).await.unwrap()[0].order > order);
}

pub async fn a_number_that_is_there_is_not_taken_back_by_a_pending_customer<S: RegisterStore>(
    open: impl AsyncFn() -> S,
) {
    let store = open().await;
    let known = CustomerState { account: synced("C-1"), ..customer(1, "Anna") };
    store.commit(customers([known, customer(2, "Zane")])).await.unwrap();
    let behind = [customer(1, "Anete"), customer(2, "Zaiga")];
    store.commit(customers(behind.clone())).await.unwrap();
    let [mut anete, zaiga] = behind;
    anete.account = synced("C-1");
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![anete, zaiga]));
    let renumbered = CustomerState { account: synced("C-2"), ..customer(1, "Anna") };
    store.commit(customers([renumbered.clone()])).await.unwrap();
    assert_eq!(store.customer(customer_id(1)).await, Ok(Some(renumbered)));
}

fn finished(told: impl IntoIterator<Item = (u128, Claim)>) -> WriteBatch {
    let finished = told.into_iter().map(|(number, claim)| (operation_id(number), claim)).collect();
    WriteBatch { finished, ..WriteBatch::default() }
}

fn claim(number: &str) -> Claim {
    let account_number = Some(AccountNumber::parse(number).unwrap());
    Claim { took_effect: true, account_number, ..Claim::default() }
}

pub async fn finished_operations_wait_no_more_and_are_delivered_again_at_their_old_places<
    S: RegisterStore,
>(
    open: impl AsyncFn() -> S,
) {
    let (store, other) = (open().await, open().await);
    store.commit(recorded([entry(1, "first"), entry(2, "second"), entry(3, "third")])).await.unwrap();
    let before = store.outbox_after(0).await.unwrap();
    store.commit(finished([(3, Claim::default()), (1, claim("C-1")), (9, claim("C-9"))])).await.unwrap();
    assert_eq!(ids(&other.outbox_after(0).await.unwrap()), [operation_id(2)]);
    assert_eq!(other.operation_texts(&[operation_id(1)]).await, Ok(vec![]));
    assert_eq!(other.finished_count().await, Ok(2), "what is not there is not kept");
    // It may be recorded anew, and finished again, and is one operation all the while.
    store.commit(recorded([entry(3, "third")])).await.unwrap();
    assert_eq!(store.outbox_after(3).await.unwrap().len(), 1);
    let at = Timestamp(1_760_000_000_100);
    let again = WriteBatch { at, deliver_again: true, ..WriteBatch::default() };
    store.commit(again.clone()).await.unwrap();
    assert_eq!(store.finished_count().await, Ok(0));
    let outbox = other.outbox_after(0).await.unwrap();
    let expected = OutboxEntry { claim: Some(claim("C-1")), ..before[0].clone() };
    assert_eq!(outbox[..2], [expected, before[1].clone()]);
    assert_eq!((outbox.len(), outbox[2].id, outbox[2].claim.clone()), (3, operation_id(3), None));
    let texts = store.operation_texts(&[operation_id(1), operation_id(3)]).await.unwrap();
    assert_eq!(texts, [(operation_id(1), "first".into()), (operation_id(3), "third".into())]);
    // An order that was given before is never given again.
    store.commit(recorded([entry(4, "fourth")])).await.unwrap();
    assert_eq!(store.outbox_after(outbox[2].order).await.unwrap().len(), 1);
    store.commit(WriteBatch { drop_finished: true, ..finished([(1, claim("C-1"))]) }).await.unwrap();
    assert_eq!(store.finished_count().await, Ok(1), "dropped first, kept then");
    store.commit(WriteBatch { drop_finished: true, ..WriteBatch::default() }).await.unwrap();
    store.commit(again).await.unwrap();
    assert_eq!(store.outbox_after(0).await.unwrap().len(), 3);
}

pub async fn finished_operations_go_with_their_customers<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let edit = |number| NewEntry { customer_id: customer_id(1), ..entry(number, "edit") };
    store.commit(recorded([entry(1, "first"), edit(2), edit(3), entry(4, "other")])).await.unwrap();
    store.commit(finished([1, 2, 4].map(|number| (number, claim("C-1"))))).await.unwrap();
    let removed = WriteBatch { removed_customers: vec![customer_id(1)], ..WriteBatch::default() };
    store.commit(removed).await.unwrap();
    assert_eq!(store.finished_count().await, Ok(1));
    assert_eq!(ids(&store.outbox_after(0).await.unwrap()), [operation_id(3)], "what waits stays");
    store.commit(WriteBatch { clear_customers: true, ..WriteBatch::default() }).await.unwrap();
    assert_eq!(store.finished_count().await, Ok(0));
    store.commit(finished([(3, claim("C-1"))])).await.unwrap();
    store.forget().await.unwrap();
    assert_eq!(store.finished_count().await, Ok(0));
}

pub async fn the_latest_finished_operations_are_kept<S: RegisterStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let most = u128::from(MOST_FINISHED);
    store.commit(recorded((1..=most + 3).map(|number| entry(number, "{}")))).await.unwrap();
    for numbers in [3..=most, 1..=2, most + 1..=most + 3] {
        store.commit(finished(numbers.map(|number| (number, Claim::default())))).await.unwrap();
    }
    assert_eq!(store.finished_count().await, Ok(MOST_FINISHED));
    store.commit(WriteBatch { deliver_again: true, ..WriteBatch::default() }).await.unwrap();
    let first = store.outbox_after(0).await.unwrap()[0].id;
    assert_eq!(first, operation_id(4), "the oldest by their recording go first");
}

pub async fn many_records_at_once_are_all_there<S: RegisterStore>(open: impl AsyncFn() -> S) {
    const MANY: u128 = 2_000;
    let store = open().await;
    let batch = WriteBatch {
        customers: (1..=MANY).map(|number| customer(number, "Anna")).collect(),
        advances: (1..=MANY).map(|number| (customer_id(number), synced("C-1"))).collect(),
        recorded: (1..=MANY).map(|number| entry(number, "{}")).collect(),
        progress: (1..=MANY).map(|number| (operation_id(number), Progress::Held)).collect(),
        ..WriteBatch::default()
    };
    store.commit(batch).await.unwrap();
    let found = store.customers_after(None, u32::MAX).await.unwrap();
    assert_eq!(found.len() as u128, MANY);
    assert!(found.iter().all(|state| state.account == synced("C-1")));
    let outbox = store.outbox_after(0).await.unwrap();
    assert_eq!(outbox.len() as u128, MANY);
    assert!(outbox.iter().all(|entry| entry.progress == Progress::Held));
    let all: Vec<OperationId> = ids(&outbox);
    assert_eq!(store.operation_texts(&all).await.unwrap().len() as u128, MANY);
    let gone = WriteBatch {
        removed_customers: found.iter().map(|state| state.customer_id).collect(),
        removed_entries: all,
        ..WriteBatch::default()
    };
    store.commit(gone).await.unwrap();
    assert_eq!(store.customers_after(None, 1).await, Ok(vec![]));
    assert_eq!(store.outbox_after(0).await, Ok(vec![]));
}
