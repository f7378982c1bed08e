//! Jobs that are paused, failing or overdue while something waits for them.

use kase_replication::{Cursor, Job, JobTrouble, OVERDUE_MS, Trouble};

use crate::world::{RIGA, TARTU, World, anna};

async fn pool(world: &World) -> sqlx::SqlitePool {
    sqlx::SqlitePool::connect(world.folder.path().join("hq.db").to_str().unwrap()).await.unwrap()
}

async fn execute(world: &World, sql: &'static str) {
    let pool = pool(world).await;
    sqlx::query(sql).execute(&pool).await.unwrap();
    pool.close().await;
}

/// What headquarters shows of a job: its trouble, and how much waits.
async fn shown(world: &World, name: &str) -> (Option<Trouble>, Option<i64>) {
    let jobs = world.headquarters.jobs().await.unwrap();
    let job = jobs.into_iter().find(|job| job.name == name).unwrap();
    (job.trouble, job.waiting)
}

async fn told(world: &World) -> Vec<JobTrouble> {
    world.headquarters.look_after_jobs().await.unwrap();
    world.headquarters.job_troubles()
}

fn synchronize(trouble: Trouble, waiting: u64) -> JobTrouble {
    JobTrouble { job: Job::Synchronize, trouble, waiting }
}

#[tokio::test]
async fn a_conversion_that_fails_is_said_with_how_much_waits_until_it_works_again() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version), anna(2, version)]).await;
    assert_eq!(told(&world).await, [], "what was just delivered is no trouble");
    execute(&world, "ALTER TABLE changes RENAME TO changes_gone").await;
    execute(&world, "ALTER TABLE loyalty_cards RENAME TO cards_gone").await;
    world.headquarters.run_conversion(10).await.unwrap_err();
    assert_eq!(told(&world).await, [synchronize(Trouble::Failing, 2)]);
    assert_eq!(shown(&world, "synchronize-customers").await, (Some(Trouble::Failing), Some(2)));
    execute(&world, "ALTER TABLE changes_gone RENAME TO changes").await;
    execute(&world, "ALTER TABLE cards_gone RENAME TO loyalty_cards").await;
    world.convert().await;
    assert_eq!(told(&world).await, []);
    assert_eq!(shown(&world, "synchronize-customers").await, (None, Some(0)));
}

#[tokio::test]
async fn what_waits_for_five_minutes_is_overdue_and_what_waits_for_a_person_is_not() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let titled =
        crate::world::creation(2, version, serde_json::json!({"first_name": "Anna", "title": "Dr."}));
    world.push(RIGA, &[titled]).await;
    world.convert().await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.pass_ms(i64::try_from(OVERDUE_MS).unwrap());
    assert_eq!(told(&world).await, []);
    world.pass_ms(1);
    assert_eq!(told(&world).await, [synchronize(Trouble::Overdue, 1)]);
    world.convert().await;
    assert_eq!(told(&world).await, []);
}

#[tokio::test]
async fn a_paused_job_is_said_while_something_waits_for_it() {
    let world = World::new().await;
    execute(&world, "UPDATE jobs SET mode = 'paused' WHERE name IN ('synchronize-customers', 'P-0001')")
        .await;
    let push = JobTrouble { job: Job::Push, trouble: Trouble::Paused, waiting: 0 };
    assert_eq!(told(&world).await, [push], "how much waits for it is the channels' to say");
    assert_eq!(shown(&world, "P-0001").await, (None, Some(0)));
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    assert_eq!(told(&world).await, [push, synchronize(Trouble::Paused, 1)]);
    assert_eq!(shown(&world, "synchronize-customers").await, (Some(Trouble::Paused), Some(1)));
}

#[tokio::test]
async fn a_delivery_and_a_pull_that_headquarters_fails_at_are_noted_as_their_jobs() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let (_, cursor) = world.pull_all(TARTU, None, 1_000).await;
    execute(&world, "ALTER TABLE operations RENAME TO gone").await;
    let request = crate::world::request(&[anna(1, version)]);
    world.headquarters.push(&RIGA.into(), &request).await.unwrap_err();
    let cursor: Cursor = cursor.parse().unwrap();
    world.headquarters.pull(&TARTU.into(), Some(cursor), 10).await.unwrap_err();
    execute(&world, "ALTER TABLE gone RENAME TO operations").await;
    assert_eq!(shown(&world, "P-0001").await, (Some(Trouble::Failing), Some(1)));
    assert_eq!(shown(&world, "1010").await, (None, Some(0)), "nothing waits");
    world.perform(RIGA, &[anna(2, version)]).await;
    assert_eq!(shown(&world, "1010").await, (Some(Trouble::Failing), Some(1)));
    let jobs = world.headquarters.jobs().await.unwrap();
    for name in ["P-0001", "1010"] {
        let job = jobs.iter().find(|job| job.name == name).unwrap();
        assert_eq!(job.last_result.as_deref(), Some("failed"), "{name}");
    }
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    world.pull_all(TARTU, Some(&cursor.to_string()), 10).await;
    assert_eq!(shown(&world, "P-0001").await, (None, Some(0)));
    assert_eq!(shown(&world, "1010").await, (None, Some(0)));
}

#[tokio::test]
async fn a_channel_that_has_not_asked_for_five_minutes_is_behind_with_1010() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.pull_all(TARTU, None, 1_000).await;
    world.pass_ms(i64::try_from(OVERDUE_MS).unwrap() + 1);
    assert_eq!(shown(&world, "1010").await, (None, Some(0)), "nothing was to be told");
    world.perform(RIGA, &[anna(1, version)]).await;
    assert_eq!(shown(&world, "1010").await, (Some(Trouble::Overdue), Some(1)));
    assert_eq!(told(&world).await, [], "whoever hears of it is not behind");
}
