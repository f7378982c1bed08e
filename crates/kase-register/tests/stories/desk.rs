//! A desk with a register at it: performs store effects at once, keeps requests until the story answers them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test says so by failing"
)]

use std::collections::BTreeMap;

use kase_domain::{
    Account, AccountNumber, AddressId, AddressRecord, ChannelSettings, ContactKind, ContactRecord, Country,
    Customer, CustomerId, CustomerRecord, DefaultCustomer, ErrorCode, FeatureSwitches, LoyaltyCard,
    LoyaltyCardNumber, OperationId, OperationKind, Refusal, SettingsVersion, Stage, Switch, Timestamp,
};
use kase_register::{
    Answer, Connection, Device, Effect, Event, Form, Intent, NewCustomer, Now, Opened, OutboxEntry, Progress,
    Register, RequestId, SILENCE_MS, Saved, SendFailure, StoreError, TabMessage, ValueKey, WriteBatch,
};
use kase_replication::{
    Change, Claim, CustomerState, HeadquartersReach, Hint, OperationResult, OperationState, Outcome,
    PerformAnswer, PullAnswer, PushAnswer, RecordedOperation,
};
use uuid::Uuid;

pub fn customer_id(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

pub fn operation(n: u128) -> OperationId {
    OperationId(Uuid::from_u128(n))
}

/// A new customer with a name and a phone.
pub fn anna(n: u128) -> NewCustomer {
    let record = CustomerRecord {
        first_name: Some(format!("Anna {n}")),
        phone: Some("2111 1111".into()),
        ..CustomerRecord::default()
    };
    NewCustomer {
        customer_id: customer_id(n),
        held_operation_id: operation(n + 1_000),
        correction_id: operation(n + 2_000),
        reference_count: 1,
        record,
    }
}

/// The same with fields that are closed for pending customers.
pub fn full_anna(n: u128) -> NewCustomer {
    let mut new = anna(n);
    new.record.title = Some("Dr.".into());
    new.record.contacts = vec![ContactRecord {
        kind: ContactKind::Email,
        value: "anna@inbox.lv".into(),
        typed: None,
        marketing_consent: true,
    }];
    new
}

pub fn refusal(code: ErrorCode) -> Refusal {
    Refusal { code, detail: "no".into(), field: None }
}

pub fn change_customer(n: u128, number: &str) -> Change {
    let record = CustomerRecord { first_name: Some(format!("Anna {n}")), ..CustomerRecord::default() };
    Change::Customer(Box::new(CustomerState {
        customer_id: customer_id(n),
        account: Account::Synced(AccountNumber::parse(number).unwrap()),
        reference: None,
        customer: Customer::parse(&record, &Country::parse("LV").unwrap()).unwrap(),
        pending_addresses: Vec::new(),
        loyalty_cards: Vec::new(),
        loyalty_blocked: false,
    }))
}

/// How far the operation `id` of customer `n` has come.
pub fn operation_at(id: u128, n: u128, progress: Option<Stage>) -> Change {
    Change::Operation(OperationState { id: operation(id), customer_id: customer_id(n), progress })
}

fn answer_with(changes: Vec<Change>) -> PullAnswer {
    PullAnswer { changes, cursor: "a.1".into(), ..PullAnswer::default() }
}

pub fn device() -> Device {
    Device {
        register: "RIGA-1".into(),
        channel: "riga-centrs".into(),
        reference_prefix: "R1".into(),
        token: "secret".into(),
        delivers_only: false,
    }
}

pub struct Desk {
    register: Register,
    settings: ChannelSettings,
    now: i64,
    customers: BTreeMap<CustomerId, CustomerState>,
    outbox: Vec<OutboxEntry>,
    finished: Vec<OutboxEntry>,
    order: u64,
    fault: Option<StoreError>,
    effects: Vec<Effect>,
    answers: BTreeMap<RequestId, Answer>,
    requests: BTreeMap<RequestId, Vec<RecordedOperation>>,
    stored: BTreeMap<RequestId, OperationId>,
    kept_device: Option<String>,
    /// Commits that are under way, while they are held.
    commits: Option<Vec<(RequestId, WriteBatch)>>,
    intents: u64,
    operations: u128,
}

impl Desk {
    /// A desk whose register leads, knows its settings and is online.
    pub fn online() -> Self {
        let mut desk = Self::reached();
        desk.pull(Vec::new());
        desk
    }

    /// The same, before its first pull is answered.
    pub fn reached() -> Self {
        let settings = ChannelSettings {
            version: SettingsVersion(1),
            channel: "riga-centrs".into(),
            store_name: "Rīga Centrs".into(),
            country: Country::parse("LV").unwrap(),
            create_customer_async: false,
            generate_loyalty_card_number: true,
            filter_shared_customer_data: false,
            switches: FeatureSwitches::default(),
            default_customer: DefaultCustomer::default(),
            affiliations: Vec::new(),
            customer_groups: Vec::new(),
            attributes: Vec::new(),
            rescue_key: None,
        };
        let opened = Opened { settings: Some(settings.clone()), ..Opened::default() };
        let mut desk = Self {
            register: Register::new(device(), Some("1001".into()), opened),
            settings,
            now: 1_000_000,
            customers: BTreeMap::new(),
            outbox: Vec::new(),
            finished: Vec::new(),
            order: 0,
            fault: None,
            effects: Vec::new(),
            answers: BTreeMap::new(),
            requests: BTreeMap::new(),
            stored: BTreeMap::new(),
            kept_device: None,
            commits: None,
            intents: 0,
            operations: 5_000,
        };
        desk.handle(Event::Leads(true));
        desk.reach_channel(HeadquartersReach::Reached);
        desk
    }

    pub fn store_works(&mut self) {
        self.fault = None;
    }

    pub fn pull_to(&mut self, cursor: &str, changes: Vec<Change>) {
        self.pull_answered(PullAnswer { cursor: cursor.into(), ..answer_with(changes) });
    }

    pub fn push_unanswered(&mut self) {
        self.handle(Event::Pushed(Ok(PushAnswer { results: Vec::new() })));
    }

    /// The channel recorded it and could not ask headquarters, or so it said before the number came.
    pub fn answer_pending(&mut self, request: RequestId) {
        let operations = self.requests.remove(&request).unwrap_or_default();
        let results = operations
            .iter()
            .map(|recorded| OperationResult {
                id: Some(recorded.operation().id),
                outcome: Outcome::Accepted(Account::Pending(Stage::InChannel)),
            })
            .collect();
        let state =
            operations.first().and_then(|recorded| self.customers.get(&recorded.operation().customer_id));
        let changes = state
            .map(|state| CustomerState { account: Account::Pending(Stage::InChannel), ..state.clone() })
            .map(|state| Change::Customer(Box::new(state)))
            .into_iter()
            .collect();
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes })));
    }

    pub fn store_fails(&mut self, error: StoreError) {
        self.fault = Some(error);
    }

    /// The store takes its time from now on.
    pub fn hold_commits(&mut self) {
        self.commits = Some(Vec::new());
    }

    /// The store does what it was told meanwhile, in its order.
    pub fn release_commits(&mut self) {
        for (id, batch) in self.commits.take().unwrap_or_default() {
            self.apply(batch);
            self.handle(Event::Committed(id, Ok(())));
        }
    }

    /// The channel did what it was asked, and says how the customers are.
    pub fn answer_with(&mut self, request: RequestId, changes: Vec<Change>) {
        let operations = self.requests.remove(&request).unwrap_or_default();
        let outcome = || Outcome::Accepted(Account::Synced(AccountNumber::parse("C-1").unwrap()));
        let result = |recorded: &RecordedOperation| OperationResult {
            id: Some(recorded.operation().id),
            outcome: outcome(),
        };
        let results = operations.iter().map(result).collect();
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes })));
    }

    pub fn handle(&mut self, event: Event) {
        let now = Now { wall: Timestamp(self.now), steady: Timestamp(self.now) };
        let effects = self.register.handle(event, now, 0);
        for effect in effects {
            self.effects.push(effect.clone());
            match effect {
                Effect::Commit(id, batch) if self.commits.is_some() => {
                    self.commits.get_or_insert_default().push((id, *batch));
                }
                Effect::Commit(id, batch) => {
                    let room_helps = batch.drop_finished && self.fault == Some(StoreError::Full);
                    if room_helps && !self.finished.is_empty() {
                        self.fault = None;
                    }
                    let result = self.fault.clone().map_or(Ok(()), Err);
                    if result.is_ok() {
                        self.apply(*batch);
                    }
                    self.handle(Event::Committed(id, result));
                }
                Effect::ReadOutbox { after } => {
                    let entries = self.outbox.iter().filter(|entry| entry.order > after).cloned().collect();
                    let customers = self.customers.values().cloned().collect();
                    self.handle(Event::OutboxRead { all: after == 0, entries, customers });
                }
                Effect::Perform(id, operations) => drop(self.requests.insert(id, operations)),
                Effect::PerformStored(id, operation) => drop(self.stored.insert(id, operation)),
                Effect::Answer(id, answer) => drop(self.answers.insert(id, answer)),
                _ => {}
            }
        }
    }

    fn apply(&mut self, batch: WriteBatch) {
        if batch.clear_customers {
            self.customers.clear();
        }
        if batch.clear_customers || batch.drop_finished {
            self.finished.clear();
        }
        for mut state in batch.customers {
            if let Some(there) = self.customers.get(&state.customer_id) {
                state.keep_number_of(there);
            }
            self.customers.insert(state.customer_id, state);
        }
        for (id, news) in batch.advances {
            if let Some(state) = self.customers.get_mut(&id) {
                state.account = state.account.advanced(&news);
            }
        }
        for id in batch.removed_customers {
            self.customers.remove(&id);
        }
        for new in batch.recorded {
            self.order += 1;
            self.outbox.push(OutboxEntry {
                order: self.order,
                id: new.id,
                customer_id: new.customer_id,
                kind: new.kind,
                recorded_at: new.recorded_at,
                progress: new.progress,
                since: new.recorded_at,
                bytes: 300,
                claim: None,
            });
        }
        for (id, progress) in batch.progress {
            self.outbox
                .iter_mut()
                .filter(|entry| entry.id == id)
                .for_each(|entry| entry.advance(progress.clone(), batch.at));
        }
        for (id, claim) in batch.finished {
            let ended = self.outbox.extract_if(.., |entry| entry.id == id);
            self.finished.extend(ended.map(|entry| OutboxEntry { claim: Some(claim.clone()), ..entry }));
        }
        if batch.deliver_again {
            let again = self.finished.drain(..);
            self.outbox.extend(again.map(|entry| OutboxEntry { progress: Progress::Ready, ..entry }));
            self.outbox.sort_by_key(|entry| entry.order);
        }
        self.outbox.retain(|entry| !batch.removed_entries.contains(&entry.id));
        for (key, value) in batch.values {
            if key == ValueKey::Device {
                self.kept_device = value;
            }
        }
    }

    /// The device as the store holds it, once it was written again.
    pub fn kept_device(&self) -> Option<Device> {
        self.kept_device.as_deref().and_then(|text| serde_json::from_str(text).ok())
    }

    /// Another tab records a customer in the same store.
    pub fn record_elsewhere(&mut self, new: NewCustomer) {
        let state = match change_customer(1, "C-1") {
            Change::Customer(state) => {
                CustomerState { account: Account::Pending(Stage::OnRegister), ..*state }
            }
            _ => unreachable!("it is a customer"),
        };
        self.customers.insert(new.customer_id, state);
        self.order += 1;
        self.outbox.push(OutboxEntry {
            order: self.order,
            id: new.customer_id.into(),
            customer_id: new.customer_id,
            kind: OperationKind::CreateCustomer,
            recorded_at: Timestamp(self.now),
            progress: Progress::Ready,
            since: Timestamp(self.now),
            bytes: 300,
            claim: None,
        });
    }

    /// Another tab has recorded something about customer 1 in the same store, and delivered it.
    pub fn deliver_elsewhere(&mut self, kind: OperationKind, n: u128) {
        self.record_elsewhere(anna(1));
        let entry = self.outbox.last_mut().unwrap();
        entry.id = operation(n);
        entry.kind = kind;
        entry.progress = Progress::Delivered(Stage::InChannel);
    }

    /// Another tab stores a customer.
    pub fn store_elsewhere(&mut self, n: u128) {
        let state = self.copy_of_anna(n);
        self.customers.insert(state.customer_id, state);
    }

    /// Another tab stores a customer's account number.
    pub fn number_elsewhere(&mut self, n: u128, number: &str) {
        let account = Account::Synced(AccountNumber::parse(number).unwrap());
        self.customers.get_mut(&customer_id(n)).unwrap().account = account;
    }

    /// The settings with *Filter shared customer data tables*.
    pub fn filtered_settings(&self) -> ChannelSettings {
        ChannelSettings { filter_shared_customer_data: true, ..self.settings.clone() }
    }

    pub fn opened_streams(&self) -> usize {
        self.effects.iter().filter(|effect| **effect == Effect::OpenHints).count()
    }

    pub fn intend(&mut self, intent: Intent) -> RequestId {
        self.intents += 1;
        let id = RequestId(self.intents);
        self.handle(Event::Intended(id, intent));
        id
    }

    fn next_form(&mut self) -> Form {
        self.operations += 1;
        Form { operation_id: operation(self.operations), correction_id: operation(self.operations + 2_000) }
    }

    pub fn create(&mut self, new: NewCustomer) -> RequestId {
        self.intend(Intent::CreateCustomer(Box::new(new)))
    }

    pub fn edit(&mut self, n: u128, change: impl FnOnce(&mut CustomerRecord)) -> RequestId {
        let seen = self.customer(n).clone();
        let mut wanted = seen.customer.to_record();
        change(&mut wanted);
        let form = self.next_form();
        let (seen, wanted) = (Box::new(seen), Box::new(wanted));
        self.intend(Intent::EditCustomer { form, seen, wanted })
    }

    pub fn add_address(&mut self, n: u128) -> RequestId {
        let seen = Box::new(self.customer(n).clone());
        let form = self.next_form();
        let address = Box::new(AddressRecord::new(AddressId(form.operation_id.0)));
        self.intend(Intent::AddAddress { form, seen, address })
    }

    pub fn remove_from_list(&mut self, id: u128) -> RequestId {
        self.intend(Intent::RemoveFromList(operation(id)))
    }

    /// A customer as another register's would come by the feed.
    pub fn copy_of_anna(&self, n: u128) -> CustomerState {
        match change_customer(n, "C-1") {
            Change::Customer(state) => *state,
            _ => unreachable!("it is a customer"),
        }
    }

    pub fn issue_card(&mut self, n: u128) -> RequestId {
        let seen = Box::new(self.customer(n).clone());
        let form = self.next_form();
        self.intend(Intent::IssueLoyaltyCard { form, seen, number: None })
    }

    pub fn answer_accepted(&mut self, request: RequestId, numbers: &[&str]) {
        let operations = self.requests.remove(&request).unwrap_or_default();
        let held = self.stored.remove(&request);
        let ids: Vec<OperationId> =
            operations.iter().map(|recorded| recorded.operation().id).chain(held).collect();
        let account = |number: &str| Account::Synced(AccountNumber::parse(number).unwrap());
        let results = ids
            .into_iter()
            .zip(numbers)
            .map(|(id, number)| OperationResult { id: Some(id), outcome: Outcome::Accepted(account(number)) })
            .collect();
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes: Vec::new() })));
    }

    /// Headquarters has issued a card with this number.
    pub fn answer_with_card(&mut self, request: RequestId, number: &str, card: &str) {
        let id = self.requests[&request][0].operation().id;
        let account = Account::Synced(AccountNumber::parse(number).unwrap());
        let mut state = self.copy_of_anna(1);
        state.account = account.clone();
        state.loyalty_cards = vec![LoyaltyCard { number: LoyaltyCardNumber::parse(card).unwrap() }];
        let results = vec![OperationResult { id: Some(id), outcome: Outcome::Accepted(account) }];
        let changes = vec![Change::Customer(Box::new(state))];
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes })));
    }

    /// The channel has recorded an operation that it was asked about from the store.
    pub fn answer_stored_pending(&mut self, request: RequestId) {
        let id = self.stored.remove(&request);
        let outcome = Outcome::Accepted(Account::Pending(Stage::InChannel));
        let results = vec![OperationResult { id, outcome }];
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes: Vec::new() })));
    }

    pub fn answer_refused(&mut self, request: RequestId, refusal: Refusal) {
        let results = vec![OperationResult { id: None, outcome: Outcome::Refused(refusal) }];
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes: Vec::new() })));
    }

    /// Headquarters holds it for a person.
    pub fn answer_held(&mut self, request: RequestId) {
        let outcome = Outcome::Accepted(Account::Pending(Stage::AtHeadquarters));
        let results = vec![OperationResult { id: None, outcome }];
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes: Vec::new() })));
    }

    /// The first of several is done, the second refused.
    pub fn answer_first_and_refuse(&mut self, request: RequestId, number: &str, refusal: Refusal) {
        let account = Account::Synced(AccountNumber::parse(number).unwrap());
        let outcomes = [Outcome::Accepted(account), Outcome::Refused(refusal)];
        let results = outcomes.map(|outcome| OperationResult { id: None, outcome }).to_vec();
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes: Vec::new() })));
    }

    pub fn fail(&mut self, request: RequestId, failure: SendFailure) {
        self.stored.remove(&request);
        self.handle(Event::Performed(request, Err(failure)));
    }

    pub fn push_accepted(&mut self) {
        self.push_answered(|_| Outcome::Accepted(Account::Pending(Stage::InChannel)));
    }

    /// The channel has everything already, and it has taken effect.
    pub fn push_known_with_number(&mut self, number: &str) {
        let account = Account::Synced(AccountNumber::parse(number).unwrap());
        self.push_answered(|_| Outcome::Duplicate(account.clone()));
    }

    pub fn push_refusing(&mut self, refused: OperationId, refusal: Refusal) {
        self.push_answered(|id| {
            if id == refused {
                Outcome::Refused(refusal.clone())
            } else {
                Outcome::Accepted(Account::Pending(Stage::InChannel))
            }
        });
    }

    fn push_answered(&mut self, outcome: impl Fn(OperationId) -> Outcome) {
        let batch = self.pushes().pop().expect("something was pushed");
        let result = |id| OperationResult { id: Some(id), outcome: outcome(id) };
        let results = batch.into_iter().map(result).collect();
        self.handle(Event::Pushed(Ok(PushAnswer { results })));
    }

    pub fn pull(&mut self, changes: Vec<Change>) {
        self.pull_answered(answer_with(changes));
    }

    pub fn pull_restarted(&mut self) {
        self.pull_answered(PullAnswer { cursor: "b.1".into(), restarted: true, ..answer_with(Vec::new()) });
    }

    /// Headquarters has deactivated the register, or takes it back.
    pub fn pull_delivers_only(&mut self, delivers_only: bool) {
        self.pull_answered(PullAnswer { delivers_only, ..answer_with(Vec::new()) });
    }

    /// Headquarters has deactivated the register, and what it hears with that.
    pub fn pull_deactivated(&mut self, changes: Vec<Change>) {
        self.pull_answered(PullAnswer { delivers_only: true, ..answer_with(changes) });
    }

    fn pull_answered(&mut self, answer: PullAnswer) {
        self.handle(Event::Hinted(Hint::Changes));
        self.handle(Event::Pulled(Ok(answer)));
    }

    pub fn hold(&mut self, change: Change) {
        self.pull(vec![change]);
    }

    pub fn switch_on(&mut self, switches: &[Switch]) {
        for switch in switches {
            self.settings.switches = self.settings.switches.with(*switch).unwrap();
        }
        self.pull(vec![Change::Settings(Box::new(self.settings.clone()))]);
    }

    /// Headquarters defines a shoe size from 15 to `most`.
    pub fn define_shoe_size(&mut self, most: u32) {
        let definition = serde_json::json!({
            "key": "shoe_size", "label": {"en": "Shoe size"}, "type": "whole_number", "least": 15, "most": most
        });
        self.settings.attributes = vec![serde_json::from_value(definition).unwrap()];
        self.pull(vec![Change::Settings(Box::new(self.settings.clone()))]);
    }

    pub fn filter_customers(&mut self) {
        self.settings.filter_shared_customer_data = true;
        self.pull(vec![Change::Settings(Box::new(self.settings.clone()))]);
    }

    pub fn reach_channel(&mut self, headquarters: HeadquartersReach) {
        self.handle(Event::NetworkHinted { online: true });
        self.handle(Event::Hinted(Hint::Hello { place: "riga-centrs".into(), headquarters }));
    }

    pub fn beat(&mut self, headquarters: HeadquartersReach) {
        self.handle(Event::Hinted(Hint::Heartbeat { headquarters, jobs: Vec::new() }));
    }

    pub fn lose_connection(&mut self) {
        self.pass_ms(SILENCE_MS);
        assert_eq!(self.connection(), Connection::Offline);
    }

    pub fn pass_ms(&mut self, ms: u64) {
        self.now += i64::try_from(ms).unwrap();
        self.handle(Event::TimePassed);
    }

    pub fn synced_change(&self, n: u128, number: &str) -> Change {
        let account = Account::Synced(AccountNumber::parse(number).unwrap());
        Change::Customer(Box::new(CustomerState { account, ..self.customer(n).clone() }))
    }

    pub fn connection(&self) -> Connection {
        self.register.connection()
    }

    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    pub fn outbox(&self) -> &[OutboxEntry] {
        &self.outbox
    }

    pub fn recorded_count(&self) -> u64 {
        self.order
    }

    #[track_caller]
    pub fn customer(&self, n: u128) -> &CustomerState {
        self.try_customer(n).expect("the customer is on the register")
    }

    pub fn try_customer(&self, n: u128) -> Option<&CustomerState> {
        self.customers.get(&customer_id(n))
    }

    #[track_caller]
    pub fn answer(&self, request: RequestId) -> Answer {
        self.answers.get(&request).cloned().expect("the intent was answered")
    }

    #[track_caller]
    pub fn saved(&self, request: RequestId) -> Saved {
        match self.answer(request) {
            Answer::Saved(saved) => saved,
            other => panic!("not saved: {other:?}"),
        }
    }

    #[track_caller]
    pub fn performed(&self, request: RequestId) -> &[RecordedOperation] {
        self.requests.get(&request).expect("a real-time call is under way")
    }

    pub fn requests(&self) -> &BTreeMap<RequestId, Vec<RecordedOperation>> {
        &self.requests
    }

    pub fn last_request(&self) -> RequestId {
        RequestId(self.intents)
    }

    pub fn stored_performs(&self) -> Vec<RequestId> {
        self.stored.keys().copied().collect()
    }

    pub fn pushes(&self) -> Vec<Vec<OperationId>> {
        let push = |effect: &Effect| match effect {
            Effect::Push { operations, .. } => Some(operations.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(push).collect()
    }

    /// What the last push says of the operations that it delivers again.
    pub fn claims(&self) -> BTreeMap<OperationId, Claim> {
        let claims = |effect: &Effect| match effect {
            Effect::Push { claims, .. } => Some(claims.clone()),
            _ => None,
        };
        self.effects.iter().rev().find_map(claims).unwrap_or_default()
    }

    /// What the store keeps of finished operations.
    pub fn finished(&self) -> Vec<OperationId> {
        self.finished.iter().map(|entry| entry.id).collect()
    }

    pub fn said(&self) -> Vec<TabMessage> {
        let said = |effect: &Effect| match effect {
            Effect::Tell(message) => Some(message.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(said).collect()
    }
}
