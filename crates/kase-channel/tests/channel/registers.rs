//! Registers and the sessions at them.

use kase_channel::{ChannelError, Purpose, SESSION_MS};
use kase_domain::{ErrorCode, RegisterName};
use kase_replication::{Outcome, PullAnswer, RegisterEntry};
use kase_text::Locale;

use crate::world::{World, creation, directory, directory_of, entry, riga_1};

#[track_caller]
fn check<T: std::fmt::Debug>(answer: Result<T, ChannelError>, expected: ErrorCode) {
    assert!(matches!(&answer, Err(ChannelError::Code(code)) if *code == expected), "{answer:?}");
}

#[tokio::test]
async fn a_deactivated_register_stops_creating_and_still_delivers_what_it_holds() {
    let world = World::new().await;
    let token = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    world.told(vec![directory("code", true).await]).await;
    let device = world.channel.device(&token).await.unwrap();
    check(world.channel.perform(&device, &creation(1), Locale::En).await, ErrorCode::Forbidden);
    check(world.channel.sign_in(&device, &"1001".into(), "246810".into()).await, ErrorCode::Forbidden);
    assert!(matches!(world.push(&device, 1).await, Outcome::Accepted(_)));
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.headquarters.delivered.lock().unwrap().len(), 1);
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
    check(before.may_work(), ErrorCode::Forbidden);
    assert!(now.may_work().is_ok());
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
async fn a_deactivated_register_is_told_so_with_its_next_pull() {
    let world = World::new().await;
    let token = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    let device = world.channel.device(&token).await.unwrap();
    assert!(!world.channel.pull(&device, None, None).await.unwrap().delivers_only);
    world.told(vec![directory("code", true).await]).await;
    let device = world.channel.device(&token).await.unwrap();
    assert!(world.channel.pull(&device, None, None).await.unwrap().delivers_only);
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
    let mut foreign = crate::world::settings();
    foreign.channel = "tartu".into();
    let changes = vec![kase_replication::Change::Settings(Box::new(foreign))];
    let answer = PullAnswer { changes, cursor: "d".into(), ..PullAnswer::default() };
    world.headquarters.pulls.lock().unwrap().push_back(answer);
    assert!(world.channel.pull_once().await.is_err());
    assert_eq!(world.channel.settings().await.unwrap().channel, "riga".into());
}
