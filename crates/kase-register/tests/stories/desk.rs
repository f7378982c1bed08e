//! A desk with a register at it: store effects are done at once, requests wait until the story answers them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test says so by failing"
)]

mod channel;
mod samples;
mod store;

use std::collections::BTreeMap;

use kase_domain::{
    AddressId, AddressRecord, ChannelSettings, CustomerRecord, DefaultCustomer, FeatureSwitches, OperationId,
    SettingsVersion, Timestamp,
};
use kase_register::{
    Answer, Connection, Effect, Event, Form, Intent, MemoryStore, NewCustomer, Now, Opened, Register,
    RequestId, SILENCE_MS, Saved, StoreError, TabMessage, WriteBatch,
};
use kase_replication::{Claim, CustomerState, HeadquartersReach, RecordedOperation};

pub use samples::*;

pub struct Desk {
    register: Register,
    settings: ChannelSettings,
    now: i64,
    store: MemoryStore,
    /// Why the store refuses every write.
    fault: Option<StoreError>,
    /// How many operations were ever recorded in the store.
    recorded: usize,
    effects: Vec<Effect>,
    answers: BTreeMap<RequestId, Answer>,
    requests: BTreeMap<RequestId, Vec<RecordedOperation>>,
    stored: BTreeMap<RequestId, OperationId>,
    /// Commits that are under way, while they are held.
    commits: Option<Vec<(RequestId, WriteBatch)>>,
    /// Reads of the outbox that are under way, while they are held.
    reads: Option<Vec<u64>>,
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
            country: latvia(),
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
            store: MemoryStore::default(),
            fault: None,
            recorded: 0,
            effects: Vec::new(),
            answers: BTreeMap::new(),
            requests: BTreeMap::new(),
            stored: BTreeMap::new(),
            commits: None,
            reads: None,
            intents: 0,
            operations: 5_000,
        };
        desk.handle(Event::Leads(true));
        desk.reach_channel(HeadquartersReach::Reached);
        desk
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
                    let result = self.commit(*batch);
                    self.handle(Event::Committed(id, result));
                }
                Effect::ReadOutbox { after } if self.reads.is_some() => {
                    self.reads.get_or_insert_default().push(after);
                }
                Effect::ReadOutbox { after } => {
                    let (entries, customers) = self.read_outbox(after);
                    self.handle(Event::OutboxRead { all: after == 0, entries, customers });
                }
                Effect::Perform(id, operations) => drop(self.requests.insert(id, operations)),
                Effect::PerformStored(id, operation) => drop(self.stored.insert(id, operation)),
                Effect::Answer(id, answer) => drop(self.answers.insert(id, answer)),
                _ => {}
            }
        }
    }

    pub fn intend(&mut self, intent: Intent) -> RequestId {
        self.intents += 1;
        let id = RequestId(self.intents);
        self.handle(Event::Intended(id, intent));
        id
    }

    pub fn create(&mut self, new: NewCustomer) -> RequestId {
        self.intend(Intent::CreateCustomer(Box::new(new)))
    }

    pub fn edit(&mut self, n: u128, change: impl FnOnce(&mut CustomerRecord)) -> RequestId {
        let seen = self.customer(n);
        self.edit_seen(&seen, change)
    }

    pub fn edit_seen(&mut self, seen: &CustomerState, change: impl FnOnce(&mut CustomerRecord)) -> RequestId {
        let mut wanted = seen.customer.to_record();
        change(&mut wanted);
        let form = self.next_form();
        let (seen, wanted) = (Box::new(seen.clone()), Box::new(wanted));
        self.intend(Intent::EditCustomer { form, seen, wanted })
    }

    pub fn add_address(&mut self, n: u128) -> RequestId {
        let seen = Box::new(self.customer(n));
        let form = self.next_form();
        let address = Box::new(AddressRecord::new(AddressId(form.operation_id.0)));
        self.intend(Intent::AddAddress { form, seen, address })
    }

    pub fn issue_card(&mut self, n: u128) -> RequestId {
        let seen = Box::new(self.customer(n));
        let form = self.next_form();
        self.intend(Intent::IssueLoyaltyCard { form, seen, number: None })
    }

    pub fn remove_from_list(&mut self, id: u128) -> RequestId {
        self.intend(Intent::RemoveFromList(operation(id)))
    }

    fn next_form(&mut self) -> Form {
        self.operations += 1;
        Form { operation_id: operation(self.operations), correction_id: operation(self.operations + 2_000) }
    }

    pub fn lose_connection(&mut self) {
        self.pass_ms(SILENCE_MS);
        assert_eq!(self.connection(), Connection::Offline);
    }

    pub fn pass_ms(&mut self, ms: u64) {
        self.now += i64::try_from(ms).unwrap();
        self.handle(Event::TimePassed);
    }

    pub fn connection(&self) -> Connection {
        self.register.connection()
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

    pub fn effects(&self) -> &[Effect] {
        &self.effects
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

    pub fn said(&self) -> Vec<TabMessage> {
        let said = |effect: &Effect| match effect {
            Effect::Tell(message) => Some(message.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(said).collect()
    }

    pub fn opened_streams(&self) -> usize {
        self.effects.iter().filter(|effect| **effect == Effect::OpenHints).count()
    }
}
