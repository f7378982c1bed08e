//! Registers and the sessions at them.

use kase_channel::{ChannelError, Purpose, SESSION_MS};
use kase_domain::{ErrorCode, RegisterName, Switch};
use kase_replication::{Change, Outcome, PullAnswer, RegisterEntry, Remark};
use kase_text::Locale;

use crate::world::{
    World, creation, directory, directory_of, edit, entry, operation_id, riga_1, settings, synced,
};

#[track_caller]
fn check<T: std::fmt::Debug>(answer: Result<T, ChannelError>, expected: ErrorCode) {
    assert!(matches!(&answer, Err(ChannelError::Code(code)) if *code == expected), "{answer:?}");
}

#[track_caller]
fn check_delivers_only<T: std::fmt::Debug>(answer: Result<T, ChannelError>) {
    assert!(matches!(&answer, Err(ChannelError::DeliversOnly)), "{answer:?}");
}

#[tokio::test]
async fn a_deactivated_register_stops_creating_and_still_delivers_what_it_holds_for_review() {
    let world = World::new().await;
    let token = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    let device = world.channel.device(&token).await.unwrap();
    world.push(&device, 1).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    let signed_in = world.channel.sign_in(&device, &"1001".into(), "246810".into()).await.unwrap();
    let mut hints = world.channel.feed();
    hints.mark_unchanged();
    world.told(vec![directory("code", true).await]).await;
    assert!(hints.has_changed().unwrap(), "the register is told at once");

    let device = world.channel.device(&token).await.unwrap();
    check_delivers_only(world.channel.perform(&device, &creation(2), Locale::En).await);
    check_delivers_only(world.channel.sign_in(&device, &"1001".into(), "246810".into()).await);
    check_delivers_only(world.channel.session(&signed_in.token).await);
    check_delivers_only(world.channel.activate(&riga_1(), "code".into(), None).await);
    let pulled = world.channel.pull(&device, None, None).await.unwrap();
    assert!(pulled.delivers_only);
    assert!(!pulled.changes.iter().any(|change| matches!(change, Change::Customer(_))), "{pulled:?}");

    assert!(matches!(world.push(&device, 1).await, Outcome::Duplicate(_)));
    assert!(matches!(world.push(&device, 2).await, Outcome::Accepted(_)));
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1), operation_id(2)]);
    let remarks = world.headquarters.remarks.lock().unwrap();
    assert_eq!(remarks.get(&operation_id(1)), None, "what came before is not touched");
    assert_eq!(remarks.get(&operation_id(2)), Some(&Remark::Review { register: riga_1() }));
}

#[tokio::test]
async fn an_edit_that_is_for_review_does_not_show_before_a_person_has_decided() {
    let world = World::new().await;
    let mut told = settings();
    for switch in [Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing] {
        told.switches = told.switches.with(switch).unwrap();
    }
    world.told(vec![Change::Settings(Box::new(told)), synced(1)]).await;
    let token = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    world.told(vec![directory("code", true).await]).await;
    let device = world.channel.device(&token).await.unwrap();
    assert!(matches!(world.push_one(&device, &edit(11, 1)).await, Outcome::Accepted(_)));
    assert_eq!(world.channel.push_once().await, Ok(false));
    world.told(vec![synced(1)]).await;
    let shown = world.channel.customer("C-1").await.unwrap();
    assert_eq!(shown.customer.display_name(), "Anna");
}

#[tokio::test]
async fn a_register_that_is_reactivated_works_again_after_a_new_sign_in() {
    let world = World::new().await;
    let token = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    let device = world.channel.device(&token).await.unwrap();
    let before = world.channel.sign_in(&device, &"1001".into(), "246810".into()).await.unwrap();
    world.told(vec![directory("code", true).await]).await;
    world.told(vec![directory("code", false).await]).await;
    let device = world.channel.device(&token).await.unwrap();
    check(world.channel.session(&before.token).await, ErrorCode::SessionExpired);
    world.channel.sign_in(&device, &"1001".into(), "246810".into()).await.unwrap();
    assert!(!world.channel.pull(&device, None, None).await.unwrap().delivers_only);
}

#[tokio::test]
async fn a_code_is_used_once_and_the_browser_before_may_only_deliver() {
    let world = World::new().await;
    let before = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    check(world.channel.activate(&riga_1(), "code".into(), None).await, ErrorCode::Unauthenticated);
    check(
        world.channel.activate(&RegisterName::from("X"), "code".into(), None).await,
        ErrorCode::Unauthenticated,
    );
    world.told(vec![directory("another code", false).await]).await;
    let now = world.device("another code").await;
    let before = world.channel.device(&before).await.unwrap();
    check_delivers_only(before.may_work());
    assert!(now.may_work().is_ok());
    assert!(world.channel.pull(&before, None, None).await.unwrap().delivers_only);
    assert!(matches!(world.push(&before, 1).await, Outcome::Accepted(_)));
}

#[tokio::test]
async fn a_kiosk_is_no_point_of_sale_and_its_code_stays_good() {
    let world = World::new().await;
    world.told(vec![directory_of(RegisterEntry { kiosk: true, ..entry("code").await }).await]).await;
    let sale = Some(Purpose::PointOfSale);
    check(world.channel.activate(&riga_1(), "code".into(), sale).await, ErrorCode::InvalidField);
    check(world.channel.activate(&riga_1(), "wrong".into(), sale).await, ErrorCode::Unauthenticated);
    assert!(world.channel.activate(&riga_1(), "code".into(), Some(Purpose::Kiosk)).await.is_ok());
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let world = World::new().await;
    let device = world.device("code").await;
    let signed_in = world.channel.sign_in(&device, &"1001".into(), "246810".into()).await.unwrap();
    world.machine.pass_ms(SESSION_MS - 1);
    assert!(world.channel.session(&signed_in.token).await.is_ok());
    world.machine.pass_ms(1);
    check(world.channel.session(&signed_in.token).await, ErrorCode::SessionExpired);
}

#[tokio::test]
async fn settings_of_another_channel_are_not_taken() {
    let world = World::new().await;
    let mut foreign = settings();
    foreign.channel = "tartu".into();
    let changes = vec![Change::Settings(Box::new(foreign))];
    let answer = PullAnswer { changes, cursor: "d".into(), ..PullAnswer::default() };
    world.headquarters.pulls.lock().unwrap().push_back(answer);
    assert!(world.channel.pull_once().await.is_err());
    assert_eq!(world.channel.settings().await.unwrap().channel, "riga".into());
}
