//! Attributes: what does not fit its definition is not recorded, and what stood there before is left alone.

use kase_domain::Decimal;
use kase_register::Answer;

use crate::desk::{Desk, anna};

#[test]
fn an_attribute_that_does_not_fit_its_definition_is_not_recorded() {
    let mut desk = Desk::online();
    desk.define_shoe_size(55);
    desk.lose_connection();
    let mut new = anna(1);
    new.record.attributes.insert("shoe_size".into(), Decimal::from(99).into());
    let create = desk.create(new.clone());
    let Answer::Invalid(errors) = desk.answer(create) else { panic!("{:?}", desk.answer(create)) };
    assert_eq!(errors[0].field, "attributes.shoe_size");
    assert_eq!(desk.recorded_count(), 0);
    new.record.attributes.insert("shoe_size".into(), Decimal::from(38).into());
    let create = desk.create(new);
    assert_eq!(desk.saved(create).held_fields, [""; 0], "attributes need no switch");
}

#[test]
fn a_value_from_before_its_definition_was_narrowed_keeps_nobody_from_editing() {
    let mut desk = Desk::online();
    let mut new = anna(1);
    new.record.attributes.insert("shoe_size".into(), Decimal::from(47).into());
    let create = desk.create(new);
    desk.answer_accepted(create, &["C-1"]);
    desk.define_shoe_size(40);
    let edit = desk.edit(1, |record| record.email = Some("anna@inbox.lv".into()));
    assert_eq!(desk.performed(edit).len(), 1);
    let edit =
        desk.edit(1, |record| drop(record.attributes.insert("shoe_size".into(), Decimal::from(46).into())));
    assert!(
        matches!(desk.answer(edit), Answer::Invalid(errors) if errors[0].field == "attributes.shoe_size")
    );
}
