//! The channel on the other side, which answers what the story says.

use kase_domain::{
    Account, ChannelSettings, LoyaltyCard, LoyaltyCardNumber, OperationId, Refusal, Stage, Switch,
};
use kase_register::{Event, RequestId, SendFailure};
use kase_replication::{
    Change, CustomerState, HeadquartersReach, Hint, OperationResult, Outcome, PerformAnswer, PullAnswer,
    PushAnswer, RecordedOperation,
};

use super::{Desk, copy_of_anna, synced};

fn answer_with(changes: Vec<Change>) -> PullAnswer {
    PullAnswer { changes, cursor: "a.1".into(), ..PullAnswer::default() }
}

/// What is heard of it.
impl Desk {
    pub fn reach_channel(&mut self, headquarters: HeadquartersReach) {
        self.handle(Event::NetworkHinted { online: true });
        self.handle(Event::Hinted(Hint::Hello { place: "riga-centrs".into(), headquarters }));
    }

    pub fn beat(&mut self, headquarters: HeadquartersReach) {
        self.handle(Event::Hinted(Hint::Heartbeat { headquarters, jobs: Vec::new() }));
    }
}

/// Its answers to real-time calls.
impl Desk {
    pub fn answer_accepted(&mut self, request: RequestId, numbers: &[&str]) {
        let operations = self.requests.remove(&request).unwrap_or_default();
        let held = self.stored.remove(&request);
        let ids: Vec<OperationId> =
            operations.iter().map(|recorded| recorded.operation().id).chain(held).collect();
        let results = ids
            .into_iter()
            .zip(numbers)
            .map(|(id, number)| OperationResult { id: Some(id), outcome: Outcome::Accepted(synced(number)) })
            .collect();
        self.perform_answered(request, results, Vec::new());
    }

    /// The channel did what it was asked, and says how the customers are.
    pub fn answer_with(&mut self, request: RequestId, changes: Vec<Change>) {
        let operations = self.requests.remove(&request).unwrap_or_default();
        let outcome = || Outcome::Accepted(synced("C-1"));
        let result = |recorded: &RecordedOperation| OperationResult {
            id: Some(recorded.operation().id),
            outcome: outcome(),
        };
        let results = operations.iter().map(result).collect();
        self.perform_answered(request, results, changes);
    }

    /// Headquarters has issued a card with this number.
    pub fn answer_with_card(&mut self, request: RequestId, number: &str, card: &str) {
        let id = self.requests[&request][0].operation().id;
        let account = synced(number);
        let mut state = copy_of_anna(1);
        state.account = account.clone();
        state.loyalty_cards = vec![LoyaltyCard { number: LoyaltyCardNumber::parse(card).unwrap() }];
        let results = vec![OperationResult { id: Some(id), outcome: Outcome::Accepted(account) }];
        let changes = vec![Change::Customer(Box::new(state))];
        self.perform_answered(request, results, changes);
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
        let customer = operations.first().map(|recorded| recorded.operation().customer_id.0.as_u128());
        let changes = customer
            .and_then(|n| self.try_customer(n))
            .map(|state| CustomerState { account: Account::Pending(Stage::InChannel), ..state })
            .map(|state| Change::Customer(Box::new(state)))
            .into_iter()
            .collect();
        self.perform_answered(request, results, changes);
    }

    /// The channel has recorded an operation that it was asked about from the store.
    pub fn answer_stored_pending(&mut self, request: RequestId) {
        let id = self.stored.remove(&request);
        let outcome = Outcome::Accepted(Account::Pending(Stage::InChannel));
        let results = vec![OperationResult { id, outcome }];
        self.perform_answered(request, results, Vec::new());
    }

    /// Headquarters holds it for a person.
    pub fn answer_held(&mut self, request: RequestId) {
        let outcome = Outcome::Accepted(Account::Pending(Stage::AtHeadquarters));
        let results = vec![OperationResult { id: None, outcome }];
        self.perform_answered(request, results, Vec::new());
    }

    pub fn answer_refused(&mut self, request: RequestId, refusal: Refusal) {
        let results = vec![OperationResult { id: None, outcome: Outcome::Refused(refusal) }];
        self.perform_answered(request, results, Vec::new());
    }

    /// The first of several is done, the second refused.
    pub fn answer_first_and_refuse(&mut self, request: RequestId, number: &str, refusal: Refusal) {
        let account = synced(number);
        let outcomes = [Outcome::Accepted(account), Outcome::Refused(refusal)];
        let results = outcomes.map(|outcome| OperationResult { id: None, outcome }).to_vec();
        self.perform_answered(request, results, Vec::new());
    }

    pub fn fail(&mut self, request: RequestId, failure: SendFailure) {
        self.stored.remove(&request);
        self.handle(Event::Performed(request, Err(failure)));
    }

    fn perform_answered(&mut self, request: RequestId, results: Vec<OperationResult>, changes: Vec<Change>) {
        self.handle(Event::Performed(request, Ok(PerformAnswer { results, changes })));
    }
}

/// Its answers to pushes.
impl Desk {
    pub fn push_accepted(&mut self) {
        self.push_answered(|_| Outcome::Accepted(Account::Pending(Stage::InChannel)));
    }

    /// The channel has everything already, and it has taken effect.
    pub fn push_known_with_number(&mut self, number: &str) {
        let account = synced(number);
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

    pub fn push_unanswered(&mut self) {
        self.handle(Event::Pushed(Ok(PushAnswer { results: Vec::new() })));
    }

    fn push_answered(&mut self, outcome: impl Fn(OperationId) -> Outcome) {
        let batch = self.pushes().pop().expect("something was pushed");
        let result = |id| OperationResult { id: Some(id), outcome: outcome(id) };
        let results = batch.into_iter().map(result).collect();
        self.handle(Event::Pushed(Ok(PushAnswer { results })));
    }
}

/// Its feed.
impl Desk {
    pub fn pull(&mut self, changes: Vec<Change>) {
        self.pull_answered(answer_with(changes));
    }

    pub fn pull_to(&mut self, cursor: &str, changes: Vec<Change>) {
        self.pull_answered(PullAnswer { cursor: cursor.into(), ..answer_with(changes) });
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

    pub fn synced_change(&self, n: u128, number: &str) -> Change {
        Change::Customer(Box::new(CustomerState { account: synced(number), ..self.customer(n) }))
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

    /// The settings with *Filter shared customer data tables*.
    pub fn filtered_settings(&self) -> ChannelSettings {
        ChannelSettings { filter_shared_customer_data: true, ..self.settings.clone() }
    }
}
