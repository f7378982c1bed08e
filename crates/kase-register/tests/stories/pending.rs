//! Stories of a pending customer that another register made and headquarters told of.

use kase_domain::{Account, AccountNumber, ErrorCode, Refusal, ShortReference, Stage};
use kase_register::{Answer, label};
use kase_replication::{Change, CustomerState};

use crate::desk::{self, Desk, refusal};

fn told(desk: &mut Desk, account: Account) {
    let reference = Some(ShortReference::new("T1", 7));
    let state = CustomerState { account, reference, ..desk::copy_of_anna(1) };
    desk.pull(vec![Change::Customer(Box::new(state))]);
}

#[test]
fn a_pending_customer_of_another_store_is_listed_and_closed_until_its_number_is_here() {
    let mut desk = Desk::online();
    told(&mut desk, Account::Pending(Stage::AtHeadquarters));
    assert_eq!(desk.customer(1).account, Account::Pending(Stage::AtHeadquarters));
    assert_eq!(label(&desk.customer(1)), "T1-0007", "what people call it, never its id");
    assert!(desk.outbox().is_empty(), "nothing of it waits here");
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    let card = desk.issue_card(1);
    for (request, code) in [(edit, ErrorCode::CustomerPendingEdit), (card, ErrorCode::CustomerPendingLoyalty)]
    {
        let answer = desk.answer(request);
        assert!(matches!(&answer, Answer::Closed(closed) if closed.code() == code), "{answer:?}");
    }
    told(&mut desk, Account::Pending(Stage::Refused(refusal(ErrorCode::TooLong))));
    assert!(desk.customer(1).account.is_pending());
    told(&mut desk, Account::Synced(AccountNumber::parse("C-1").unwrap()));
    assert_eq!(label(&desk.customer(1)), "C-1");
    let card = desk.issue_card(1);
    assert_eq!(desk.performed(card).len(), 1, "and now it is open");
}

#[test]
fn a_pending_customer_of_another_store_goes_when_headquarters_discards_it() {
    let mut desk = Desk::online();
    told(&mut desk, Account::Pending(Stage::AtHeadquarters));
    let reason = Refusal { detail: "made twice".into(), ..refusal(ErrorCode::Forbidden) };
    told(&mut desk, Account::Pending(Stage::Discarded(reason)));
    assert!(desk.try_customer(1).is_none());
}
