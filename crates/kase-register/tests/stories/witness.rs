//! Stories of the witness: what the register remembers of its records outside of its database.

use kase_domain::{ErrorCode, OperationId};
use kase_register::{Effect, Event, KeptWitness, SendFailure, TabMessage, WITNESS_EVERY_MS};
use kase_replication::{HeadquartersReach, MOST_WITNESSED, Witness};

use crate::desk::{self, Desk, anna, refusal};

fn begun(before: Option<&Witness>, references: u32) -> Event {
    let kept =
        KeptWitness::begun("RIGA-1".into(), "riga-centrs".into(), "database-1".into(), before, references);
    Event::WitnessFound(Box::new(kept))
}

fn witnessed() -> Desk {
    let mut desk = Desk::online();
    desk.handle(begun(None, 0));
    desk
}

fn kept(desk: &Desk) -> Vec<KeptWitness> {
    let kept = |effect: &Effect| match effect {
        Effect::KeepWitness(kept) => Some((**kept).clone()),
        _ => None,
    };
    desk.effects().iter().filter_map(kept).collect()
}

fn told(desk: &Desk) -> Vec<Witness> {
    let told = |effect: &Effect| match effect {
        Effect::TellWitness(witness) => Some(witness.clone()),
        _ => None,
    };
    desk.effects().iter().filter_map(told).collect()
}

fn waiting(witness: &Witness) -> Vec<OperationId> {
    witness.waiting.iter().map(|waiting| waiting.id).collect()
}

#[test]
fn what_is_recorded_is_counted_and_named_until_it_is_delivered() {
    let mut desk = witnessed();
    desk.lose_connection();
    desk.create(anna(1));
    desk.create(anna(2));
    let last = kept(&desk).pop().unwrap();
    assert_eq!((last.witness.recorded, last.counted), (2, 2));
    assert_eq!(waiting(&last.witness), [desk::operation(1), desk::operation(2)]);
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    let last = kept(&desk).pop().unwrap();
    assert_eq!((last.witness.recorded, waiting(&last.witness)), (2, vec![]));
}

#[test]
fn what_is_said_to_be_saved_is_witnessed_before() {
    let mut desk = witnessed();
    desk.lose_connection();
    let create = desk.create(anna(1));
    let at = |what: &dyn Fn(&Effect) -> bool| desk.effects().iter().position(what).unwrap();
    let witnessed = at(&|effect| matches!(effect, Effect::KeepWitness(kept) if kept.witness.recorded == 1));
    let said = at(&|effect| matches!(effect, Effect::Answer(request, _) if *request == create));
    assert!(witnessed < said, "{witnessed} {said}");
}

#[test]
fn what_is_witnessed_ahead_is_counted_once_whatever_comes_between() {
    let mut desk = witnessed();
    desk.lose_connection();
    desk.hold_reads();
    desk.create(anna(1));
    desk.pull(Vec::new());
    let ahead = kept(&desk).pop().unwrap().witness;
    assert_eq!((ahead.recorded, waiting(&ahead)), (1, vec![desk::operation(1)]));
    desk.release_reads();
    let last = kept(&desk).pop().unwrap();
    assert_eq!(
        (last.witness.recorded, last.counted, waiting(&last.witness)),
        (1, 1, vec![desk::operation(1)])
    );
    // A page that ended in between leaves this behind.
    let mut next = Desk::online();
    next.record_elsewhere(anna(1));
    next.handle(Event::Leads(true));
    let left = KeptWitness {
        witness: ahead,
        ..KeptWitness::begun("RIGA-1".into(), "riga-centrs".into(), "d".into(), None, 0)
    };
    next.handle(Event::WitnessFound(Box::new(left)));
    assert_eq!(kept(&next).pop().unwrap().witness.recorded, 1);
}

#[test]
fn counting_goes_on_in_a_new_database_and_takes_the_larger_reference() {
    let before = Witness { recorded: 40, references: 30, ..Witness::default() };
    let mut desk = Desk::online();
    desk.handle(begun(Some(&before), 35));
    desk.lose_connection();
    desk.create(kase_register::NewCustomer { reference_count: 36, ..anna(1) });
    let last = kept(&desk).pop().unwrap();
    assert_eq!((last.witness.recorded, last.witness.references), (41, 36));
}

#[test]
fn the_channel_is_told_at_once_when_it_is_reached_and_then_from_time_to_time() {
    let mut desk = witnessed();
    assert_eq!(told(&desk).len(), 1);
    desk.handle(Event::WitnessTold(Ok(())));
    desk.lose_connection();
    desk.create(anna(1));
    assert_eq!(told(&desk).len(), 1, "nobody is there to be told");
    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(told(&desk).len(), 2);
    assert_eq!(waiting(&told(&desk)[1]), [desk::operation(1)]);
    desk.push_accepted();
    desk.handle(Event::WitnessTold(Ok(())));
    assert_eq!(told(&desk).len(), 2, "not with every step");
    for _ in 0..WITNESS_EVERY_MS / 1_000 {
        desk.pass_ms(1_000);
        desk.beat(HeadquartersReach::Reached);
    }
    assert_eq!(waiting(&told(&desk)[2]), []);
    desk.handle(Event::WitnessTold(Ok(())));
    for _ in 0..2 * WITNESS_EVERY_MS / 1_000 {
        desk.pass_ms(1_000);
        desk.beat(HeadquartersReach::Reached);
    }
    assert_eq!(told(&desk).len(), 3, "nothing is new");
}

#[test]
fn a_channel_that_cannot_be_told_is_told_again_and_nothing_else_depends_on_it() {
    let mut desk = witnessed();
    desk.handle(Event::WitnessTold(Err(SendFailure::Refused(refusal(ErrorCode::NotFound)))));
    let before = told(&desk).len();
    for _ in 0..WITNESS_EVERY_MS / 1_000 {
        desk.pass_ms(1_000);
        desk.beat(HeadquartersReach::Reached);
    }
    assert_eq!(told(&desk).len(), before + 1);
    let create = desk.create(anna(1));
    desk.answer_accepted(create, &["C-1"]);
    assert_eq!(desk.saved(create).account.number().unwrap().as_str(), "C-1");
}

#[test]
fn a_database_that_is_deleted_under_the_page_leaves_the_witness_as_it_was() {
    let mut desk = witnessed();
    desk.lose_connection();
    desk.create(anna(1));
    let before = kept(&desk).len();
    desk.handle(Event::DatabaseDeleted);
    desk.handle(Event::OutboxRead { all: true, entries: Vec::new(), customers: Vec::new() });
    desk.create(anna(2));
    assert_eq!(kept(&desk).len(), before);
}

#[test]
fn what_another_tab_recorded_is_counted_once() {
    let mut desk = witnessed();
    desk.record_elsewhere(anna(7));
    desk.handle(Event::TabSaid(TabMessage::Recorded {
        customers: vec![desk::customer_id(7)],
        asking: vec![],
    }));
    desk.handle(Event::TabSaid(TabMessage::Applied { customers: vec![], settings: None }));
    assert_eq!(kept(&desk).pop().unwrap().witness.recorded, 1);
}

#[test]
fn more_than_a_witness_names_is_counted() {
    let mut desk = witnessed();
    desk.lose_connection();
    for n in 0..MOST_WITNESSED as u128 + 2 {
        desk.record_elsewhere(anna(n + 1));
    }
    desk.handle(Event::TabSaid(TabMessage::Recorded { customers: vec![], asking: vec![] }));
    let last = kept(&desk).pop().unwrap().witness;
    assert_eq!((last.waiting.len(), last.beyond, last.recorded), (MOST_WITNESSED, 2, 1_002));
}

#[test]
fn two_tabs_know_together_what_each_knows() {
    let of = |recorded, references, database: &str| {
        let before = Witness { recorded, ..Witness::default() };
        KeptWitness::begun("R".into(), "c".into(), database.into(), Some(&before), references)
    };
    let joined = of(3, 9, "a").joined(&of(5, 2, "a"));
    assert_eq!((joined.witness.recorded, joined.witness.references), (5, 9));
    assert_eq!(of(3, 9, "a").joined(&of(5, 20, "b")), of(3, 9, "a"), "another database's says nothing");
}
