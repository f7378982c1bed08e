//! Clocks, ids, timers, storage.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use futures::channel::oneshot;
use kase_domain::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform::timer::Timer;
use crate::platform::{clock, ids, random, storage};

fn tell(done: &mut Option<oneshot::Sender<()>>) {
    if let Some(done) = done.take() {
        done.send(()).unwrap();
    }
}

#[wasm_bindgen_test]
fn the_clocks_go_forward() {
    let (wall, steady) = (clock::now(), clock::steady());
    assert!(wall > Timestamp(1_700_000_000_000), "milliseconds since 1970");
    assert!(clock::steady() >= steady);
}

#[wasm_bindgen_test]
fn ids_are_ordered_by_time_and_never_the_same() {
    let ids: Vec<uuid::Uuid> = (0..1_000).map(|_| ids::new_id()).collect();
    assert!(ids.iter().all(|id| id.get_version_num() == 7));
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    let milliseconds = |id: &uuid::Uuid| id.as_u128() >> 80;
    assert!(ids.is_sorted_by_key(milliseconds));
    assert!(milliseconds(&ids[0]).abs_diff(clock::now().0 as u128) < 60_000);
}

#[wasm_bindgen_test]
fn random_numbers_differ() {
    assert_ne!(random::number(), random::number());
}

#[wasm_bindgen_test]
async fn a_dropped_timer_is_silent() {
    let called = Rc::new(RefCell::new(Vec::new()));
    let note = |name: &'static str| {
        let called = called.clone();
        move || called.borrow_mut().push(name)
    };
    drop(Timer::after(0, note("dropped")));
    let (done, wait) = oneshot::channel();
    let mut done = Some(done);
    let _kept = Timer::after(0, note("kept"));
    let _last = Timer::after(1, move || tell(&mut done));
    wait.await.unwrap();
    assert_eq!(*called.borrow(), ["kept"]);
}

#[wasm_bindgen_test]
async fn a_timer_may_put_another_in_its_own_place() {
    let slot: Rc<RefCell<Option<Timer>>> = Rc::default();
    let (done, wait) = oneshot::channel();
    let (place, mut done) = (slot.clone(), Some(done));
    slot.replace(Some(Timer::after(0, move || {
        let mut done = done.take();
        // The one that is running is dropped here.
        let next = Timer::after(0, move || tell(&mut done));
        place.replace(Some(next));
    })));
    assert_eq!(wait.await, Ok(()));
    slot.take();
}

#[wasm_bindgen_test]
async fn a_timer_repeats_until_it_is_dropped() {
    let (done, wait) = oneshot::channel();
    let (mut done, mut left) = (Some(done), 3);
    let timer = Timer::every(1, move || {
        left -= 1;
        if left == 0 {
            tell(&mut done);
        }
    });
    assert_eq!(wait.await, Ok(()));
    drop(timer);
}

#[wasm_bindgen_test]
async fn the_browser_tells_how_much_room_there_is() {
    let estimate = storage::estimate().await.unwrap();
    assert!(estimate.quota_bytes > estimate.used_bytes);
    storage::persist().await;
}
