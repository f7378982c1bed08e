//! Messages between neighbours: push, perform, pull, hints, and what travels in them.

use std::collections::BTreeMap;

use kase_domain::{Account, ChannelSettings, ErrorCode, OperationId, Refusal, Stage, Timestamp};
use kase_replication::{
    Activated, Change, Claim, CustomerState, Directory, HeadquartersReach, Hint, Job, JobTrouble,
    OperationResult, OperationState, OperatorEntry, Outcome, PerformAnswer, PullAnswer, PushAnswer,
    PushRequest, RegisterEntry, Remark, Remembered, SessionBegun, Trouble, Witness, WitnessAnswer,
    WorkingOperator,
};
use serde::{Deserialize, Serialize};
use serde_json::value::to_raw_value;

use crate::format::{Cases, opens};
use crate::sample;

/// A push, by what it says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Push(PushRequest);

impl PartialEq for Push {
    fn eq(&self, other: &Self) -> bool {
        let texts =
            |push: &Self| push.0.operations.iter().map(|raw| raw.get().to_owned()).collect::<Vec<_>>();
        texts(self) == texts(other)
            && self.0.remarks == other.0.remarks
            && self.0.claims == other.0.claims
            && self.0.unattended == other.0.unattended
            && self.0.copies == other.0.copies
            && self.0.failed_calls == other.0.failed_calls
    }
}

/// It carries bytes, whatever they are.
fn bytes() -> Vec<Box<serde_json::value::RawValue>> {
    ["first", "second"].iter().map(|id| to_raw_value(&serde_json::json!({ "id": id })).unwrap()).collect()
}

fn plain_push() -> Push {
    let (remarks, claims, copies) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    Push(PushRequest { operations: bytes(), remarks, claims, copies, unattended: false, failed_calls: 0 })
}

/// What can be said of operations that are delivered again.
fn claims() -> BTreeMap<OperationId, Claim> {
    let whole = Claim {
        performed: true,
        took_effect: true,
        account_number: Some(sample::number()),
        loyalty_cards: vec![sample::card_number()],
    };
    BTreeMap::from([(sample::operation_id(1), whole), (sample::operation_id(2), Claim::default())])
}

fn pushes(
    claims: BTreeMap<OperationId, Claim>,
    failed_calls: u64,
    copies: Vec<CustomerState>,
) -> Cases<Push> {
    let remarks = [
        Remark::Refused(sample::refusal()),
        Remark::Refused(sample::refusal_least()),
        Remark::Review { register: "RIGA-1".into() },
    ];
    // A remark that is added does not compile here: it needs a place above.
    let numbered = |(at, remark): (u128, Remark)| match remark {
        Remark::Refused(_) | Remark::Review { .. } => (sample::operation_id(at), remark),
    };
    let remarks = (1..).zip(remarks).map(numbered).collect();
    let operations = bytes();
    let remarked = PushRequest { operations, remarks, claims, copies, unattended: true, failed_calls };
    vec![("plain", plain_push()), ("with all that can be said of it", Push(remarked))]
}

#[test]
fn every_push_ever_sent_is_understood() {
    let means = [
        // Before remarks there were operations alone.
        vec![("plain", plain_push())],
        // Before headquarters could come back from a backup there were no claims.
        pushes(BTreeMap::new(), 0, Vec::new()),
        // Before headquarters was told of real-time calls that had failed.
        pushes(claims(), 0, Vec::new()),
        // Before a restored headquarters was offered copies.
        pushes(claims(), 3, Vec::new()),
        pushes(claims(), 3, vec![sample::customer_state_least()]),
    ];
    opens("push-request", &means);
}

fn results(accounts: &[(&'static str, Account)]) -> Vec<OperationResult> {
    let accepted = accounts.iter().map(|(_, account)| Outcome::Accepted(account.clone()));
    let duplicates = accounts.iter().map(|(_, account)| Outcome::Duplicate(account.clone()));
    let refused = [sample::refusal(), sample::refusal_least()].map(Outcome::Refused);
    let named = (1..).zip(accepted.chain(duplicates).chain(refused)).map(|(at, outcome)| match outcome {
        // An outcome that is added does not compile here: it needs a place above.
        Outcome::Accepted(_) | Outcome::Duplicate(_) | Outcome::Refused(_) => {
            OperationResult { id: Some(sample::operation_id(at)), outcome }
        }
    });
    let unreadable = OperationResult { id: None, outcome: Outcome::Refused(sample::refusal_least()) };
    named.chain([unreadable]).collect()
}

#[test]
fn every_answer_to_a_push_is_understood() {
    let answers = |accounts| {
        let results = results(accounts);
        vec![("nothing", PushAnswer { results: Vec::new() }), ("every outcome", PushAnswer { results })]
    };
    let [before, today] = [sample::accounts_before_discarding(), sample::accounts()];
    opens("push-answer", &[answers(&before), answers(&today)]);
}

#[test]
fn every_answer_to_a_real_time_call_is_understood() {
    let change = Change::Customer(Box::new(sample::customer_state_least()));
    let answers = vec![
        ("stopped at the first", PerformAnswer { results: Vec::new(), changes: Vec::new() }),
        (
            "performed",
            PerformAnswer {
                results: results(&sample::accounts_before_discarding()).split_off(13),
                changes: vec![change],
            },
        ),
    ];
    opens("perform-answer", &[answers]);
}

fn changes_before_discarding() -> Vec<Change> {
    let state = |number, progress| {
        let (id, customer_id) = (sample::operation_id(number), sample::customer_id(1));
        Change::Operation(OperationState { id, customer_id, progress })
    };
    let all = vec![
        Change::Customer(Box::new(sample::customer_state_least())),
        state(1, None),
        state(2, Some(Stage::InChannel)),
        state(3, Some(Stage::AtHeadquarters)),
        state(4, Some(Stage::NumberAssigned)),
        state(5, Some(Stage::Refused(sample::refusal()))),
        Change::Settings(Box::new(sample::settings_least())),
        Change::Directory(Directory { registers: Vec::new(), operators: Vec::new() }),
    ];
    // A change that is added does not compile here: it needs a place above.
    all.into_iter()
        .inspect(|change| match change {
            Change::Customer(_) | Change::Operation(_) | Change::Settings(_) | Change::Directory(_) => {}
            // Only a newer version writes it.
            Change::Unreadable(_) => {}
        })
        .collect()
}

fn changes() -> Vec<Change> {
    let (id, customer_id) = (sample::operation_id(6), sample::customer_id(1));
    let progress = Some(Stage::Discarded(sample::refusal()));
    let discarded = Change::Operation(OperationState { id, customer_id, progress });
    changes_before_discarding().into_iter().chain([discarded]).collect()
}

fn pulled(changes: Vec<Change>, flags: bool, delivers_only: bool) -> PullAnswer {
    let cursor = "00000000000000000000000000000007.42".into();
    PullAnswer { changes, cursor, more: flags, restarted: flags, delivers_only }
}

#[test]
fn every_answer_to_a_pull_is_understood() {
    let means = [
        // Before registers could be deactivated, and settings had groups and attributes: as if there were none.
        vec![
            ("nothing", pulled(Vec::new(), false, false)),
            ("every change", pulled(changes_before_discarding(), true, false)),
        ],
        vec![
            ("nothing", pulled(Vec::new(), false, false)),
            ("every change", pulled(changes_before_discarding(), true, true)),
        ],
        vec![("nothing", pulled(Vec::new(), false, false)), ("every change", pulled(changes(), true, true))],
    ];
    opens("pull-answer", &means);
}

#[test]
fn a_customer_is_understood_as_it_stands_in_every_database() {
    let least = |account: Account| CustomerState { account, ..sample::customer_state_least() };
    let cases = |whole: CustomerState, accounts: Vec<(&'static str, Account)>| {
        let mut cases: Cases<CustomerState> =
            vec![("everything", whole), ("as little as can be", sample::customer_state_least())];
        cases.extend(accounts.into_iter().map(|(name, account)| (name, least(account))));
        cases
    };
    let before_discarding = cases(sample::customer_state_before_ages(), sample::accounts_before_discarding());
    let before_ages = cases(sample::customer_state_before_ages(), sample::accounts());
    let today = cases(sample::customer_state(), sample::accounts());
    opens("customer-state", &[before_discarding, before_ages, today]);
}

#[test]
fn the_settings_of_every_version_are_understood() {
    let without_key = ChannelSettings { rescue_key: None, ..sample::settings() };
    let without_attributes =
        ChannelSettings { customer_groups: Vec::new(), attributes: Vec::new(), ..without_key.clone() };
    let cases =
        |whole: ChannelSettings| vec![("everything", whole), ("as they begin", sample::settings_least())];
    opens("settings", &[without_attributes, without_key, sample::settings()].map(cases));
}

#[test]
fn who_may_work_in_a_channel_is_understood() {
    let register = RegisterEntry {
        name: "RIGA-1".into(),
        reference_prefix: "R1".into(),
        activation_hash: Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into()),
        activation_reusable: true,
        kiosk: true,
        deactivated: true,
    };
    let used = RegisterEntry {
        activation_hash: None,
        activation_reusable: false,
        kiosk: false,
        deactivated: false,
        ..register.clone()
    };
    let operator = OperatorEntry {
        id: "9001".into(),
        name: "Ilze Bērziņa".into(),
        pin_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$cGlu".into(),
        manager: true,
    };
    let directory = Directory { registers: vec![register, used], operators: vec![operator] };
    opens("directory", &[vec![("everybody", directory), ("nobody", Directory::default())]]);
}

fn hints() -> Vec<Hint> {
    vec![
        Hint::Hello { place: "riga-centrs".into(), headquarters: HeadquartersReach::Reached },
        Hint::Changes,
        Hint::Heartbeat { headquarters: HeadquartersReach::OutOfReach, jobs: Vec::new() },
    ]
}

fn hints_with_jobs() -> Vec<Hint> {
    let in_trouble = |job, trouble, waiting| JobTrouble { job, trouble, waiting };
    let jobs = vec![
        in_trouble(Job::Push, Trouble::Paused, 1),
        in_trouble(Job::Synchronize, Trouble::Failing, 2),
        in_trouble(Job::Customers, Trouble::Overdue, 3),
    ];
    let heartbeat = Hint::Heartbeat { headquarters: HeadquartersReach::Reached, jobs };
    hints().into_iter().take(2).chain([heartbeat]).collect()
}

#[test]
fn what_a_register_remembers_outside_of_its_database_is_understood() {
    let witness = sample::witness();
    opens("witness", &[vec![("everything", witness.clone()), ("nothing", Witness::default())]]);
    let answer = WitnessAnswer { missing: vec![sample::operation_id(1)] };
    opens("witness-answer", &[vec![("one is missing", answer), ("none", WitnessAnswer::default())]]);
    let told_at = Timestamp(1_762_000_000_001);
    let remembered = Remembered { references: 8, earlier: Some(witness), told_at };
    opens("remembered", &[vec![("everything", remembered), ("nothing", Remembered::default())]]);
}

#[test]
fn what_a_browser_becomes_and_who_signs_in_there_is_understood() {
    let told_at = Timestamp(1_762_000_000_001);
    let activated = Activated {
        device_token: "token".into(),
        channel: "riga-centrs".into(),
        reference_prefix: "R1".into(),
        kiosk: true,
        remembered: Remembered { references: 8, earlier: None, told_at },
    };
    opens("activation-answer", &[vec![("a kiosk", activated)]]);
    let operator = WorkingOperator { id: "1001".into(), name: "Līga Ozoliņa".into(), manager: true };
    let expires_at = Timestamp(1_762_000_000_000);
    let begun = SessionBegun { session_token: "token".into(), expires_at, operator };
    opens("sign-in-answer", &[vec![("a manager", begun)]]);
}

#[test]
fn every_hint_is_understood() {
    let name = |hint: &Hint| match hint {
        Hint::Hello { .. } => "hello",
        Hint::Changes => "changes",
        Hint::Heartbeat { .. } => "heartbeat",
    };
    // Before a heartbeat said which jobs do not do their work.
    let versions = [hints(), hints_with_jobs()];
    opens("hint", &versions.map(|hints| hints.into_iter().map(|hint| (name(&hint), hint)).collect()));
}

#[test]
fn a_code_of_a_newer_peer_refuses_its_operation_and_leaves_the_others() {
    let results = r#"{"results":[{"result":"refused","code":"moon_phase","detail":"Not tonight."},{"result":"accepted","status":"pending","stage":"in_channel"}]}"#;
    let read: PushAnswer = serde_json::from_str(results).unwrap();
    let refusal = Refusal { code: ErrorCode::Internal, detail: "Not tonight.".into(), field: None };
    assert_eq!(read.results[0].outcome, Outcome::Refused(refusal));
    assert_eq!(read.results[1].outcome, Outcome::Accepted(Account::Pending(Stage::InChannel)));
}

#[test]
fn every_code_is_understood() {
    use ErrorCode as Code;
    let codes = [
        Code::CustomerPendingEdit,
        Code::CustomerPendingLoyalty,
        Code::CustomerPendingField,
        Code::OfflineCreationExcluded,
        Code::HeadquartersUnreachable,
        Code::FeaturePrerequisite,
        Code::InvalidField,
        Code::TooLong,
        Code::UnknownCustomer,
        Code::IdempotencyMismatch,
        Code::LoyaltyBlocked,
        Code::LoyaltyCardTaken,
        Code::Unauthenticated,
        Code::SessionExpired,
        Code::Forbidden,
        Code::RateLimited,
        Code::PayloadTooLarge,
        Code::UnsupportedVersion,
        Code::NotFound,
        Code::BadRequest,
        Code::Internal,
    ];
    // A code that is added does not compile here: it needs a place above.
    let refusals = codes.map(|code| match code {
        Code::CustomerPendingEdit
        | Code::CustomerPendingLoyalty
        | Code::CustomerPendingField
        | Code::OfflineCreationExcluded
        | Code::HeadquartersUnreachable
        | Code::FeaturePrerequisite
        | Code::InvalidField
        | Code::TooLong
        | Code::UnknownCustomer
        | Code::IdempotencyMismatch
        | Code::LoyaltyBlocked
        | Code::LoyaltyCardTaken
        | Code::Unauthenticated
        | Code::SessionExpired
        | Code::Forbidden
        | Code::RateLimited
        | Code::PayloadTooLarge
        | Code::UnsupportedVersion
        | Code::NotFound
        | Code::BadRequest
        | Code::Internal => Refusal { code, ..sample::refusal_least() },
    });
    opens("error-codes", &[vec![("all", refusals.to_vec())]]);
}
