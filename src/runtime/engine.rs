//! The engine: hands events to the register and performs the effects that come back. Store effects go through
//! one queue, each reported before the next begins; requests run beside each other.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures::StreamExt;
use futures::channel::{mpsc, oneshot};
use kase_browser_store::BrowserStore;
use kase_register::{
    Answer, Device, EXCHANGE_LIMIT_MS, Effect, Event, Intent, Now, PERFORM_LIMIT_MS, Register, RegisterStore,
    RequestId, StoreError, WriteBatch,
};
use kase_search::Index;
use kase_text::Locale;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{show, wire};
use crate::platform::hints::OpenStream;
use crate::platform::tabs::Tabs;
use crate::platform::timer::Timer;
use crate::platform::{clock, hints, random, witness};
use crate::state::State;

/// What runs behind the screens of one tab.
pub(crate) struct Engine {
    pub(super) state: State,
    pub(super) locale: Signal<Locale>,
    pub(super) store: BrowserStore,
    pub(super) index: RefCell<Index>,
    pub(super) register: RefCell<Option<Register>>,
    pub(super) device: RefCell<Option<Device>>,
    pub(super) tabs: RefCell<Option<Tabs>>,
    answers: RefCell<HashMap<RequestId, oneshot::Sender<Answer>>>,
    requests: Cell<u64>,
    store_queue: mpsc::UnboundedSender<StoreEffect>,
    /// Which database this tab began with.
    pub(super) database: RefCell<Option<String>>,
    /// The connection to it was closed by the browser: it may be another when it is opened again.
    pub(super) look_at_database: Rc<Cell<bool>>,
    hint_stream: RefCell<Option<OpenStream>>,
    timer: RefCell<Option<Timer>>,
    /// How many forms stand open in this tab.
    pub(super) open_forms: Cell<usize>,
    /// Whoever waits for the channel's settings.
    settings_waiter: RefCell<Option<oneshot::Sender<()>>>,
    /// Taken from the store ahead of time, so that recording a customer is one transaction.
    reference_count: Cell<Option<u32>>,
}

/// An effect on the store.
enum StoreEffect {
    Commit(RequestId, Box<WriteBatch>),
    ReadOutbox { after: u64 },
}

impl Engine {
    pub(super) fn new(
        state: State,
        locale: Signal<Locale>,
        store: BrowserStore,
        look_at_database: Rc<Cell<bool>>,
    ) -> Rc<Self> {
        let (store_queue, effects) = mpsc::unbounded();
        let engine = Rc::new(Self {
            state,
            locale,
            store,
            index: RefCell::default(),
            register: RefCell::new(None),
            device: RefCell::new(None),
            tabs: RefCell::new(None),
            answers: RefCell::default(),
            requests: Cell::new(0),
            store_queue,
            database: RefCell::new(None),
            look_at_database,
            hint_stream: RefCell::new(None),
            timer: RefCell::new(None),
            open_forms: Cell::new(0),
            settings_waiter: RefCell::new(None),
            reference_count: Cell::new(None),
        });
        spawn_local(perform_store_effects(engine.clone(), effects));
        engine
    }

    /// Hands an event to the register and performs what comes back. Before the activation there is no register,
    /// and nothing to do.
    pub(super) fn handle(self: &Rc<Self>, event: Event) {
        let now = Now { wall: clock::now(), steady: clock::steady() };
        let effects = match self.register.borrow_mut().as_mut() {
            Some(register) => register.handle(event, now, random::number()),
            None => return,
        };
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Hands an intent to the register and waits for its answer.
    pub(super) async fn intend(self: &Rc<Self>, intent: Intent) -> Answer {
        let id = RequestId(self.requests.get() + 1);
        self.requests.set(id.0);
        let (sender, answer) = oneshot::channel();
        self.answers.borrow_mut().insert(id, sender);
        self.handle(Event::Intended(id, intent));
        // The register answers every intent; without a register there is none.
        answer.await.unwrap_or(Answer::NotReady)
    }

    /// The next count of a short reference. One is kept ready for the next customer.
    pub(super) async fn take_reference_count(self: &Rc<Self>) -> Result<u32, StoreError> {
        let ready = self.reference_count.take();
        let engine = self.clone();
        match ready {
            Some(count) => {
                // Should it fail now, it is tried again when the count is needed, and told then.
                spawn_local(async move { drop(engine.keep_reference_count_ready().await) });
                Ok(count)
            }
            None => self.store.take_reference_count().await,
        }
    }

    /// Takes the next count from the store, unless one is ready.
    pub(super) async fn keep_reference_count_ready(&self) -> Result<(), StoreError> {
        if self.reference_count.get().is_none() {
            self.reference_count.set(Some(self.store.take_reference_count().await?));
        }
        Ok(())
    }

    /// Lets the count of short references go on from `last`; one that was kept ready may be older.
    pub(super) async fn raise_reference_count(&self, last: u32) -> Result<(), StoreError> {
        self.store.raise_reference_count(last).await?;
        self.reference_count.set(None);
        Ok(())
    }

    /// Waits until the channel has told its settings, but no longer than `limit_ms`.
    pub(super) async fn wait_for_settings(self: &Rc<Self>, limit_ms: u64) {
        if self.state.settings.read_untracked().is_some() {
            return;
        }
        let (told, waiting) = oneshot::channel();
        self.settings_waiter.replace(Some(told));
        let engine = self.clone();
        let _limit = Timer::after(limit_ms, move || drop(engine.settings_waiter.take()));
        // Told or given up: either way the waiting is over.
        let _ = waiting.await;
    }

    pub(super) fn settings_told(&self) {
        if let Some(told) = self.settings_waiter.take() {
            // Whoever waited has gone with its page.
            let _ = told.send(());
        }
    }

    pub(super) fn token(&self) -> String {
        self.device.borrow().as_ref().map(|device| device.token.clone()).unwrap_or_default()
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Commit(id, batch) => self.queue(StoreEffect::Commit(id, batch)),
            Effect::ReadOutbox { after } => self.queue(StoreEffect::ReadOutbox { after }),
            Effect::Perform(id, operations) => {
                let texts = operations.iter().map(|recorded| recorded.text().to_owned()).collect();
                self.request(async move |engine| {
                    let result = wire::perform(&engine.token(), texts, PERFORM_LIMIT_MS).await;
                    Event::Performed(id, result)
                });
            }
            Effect::PerformStored(id, operation) => self.request(async move |engine| {
                let texts = engine.texts(&[operation]).await;
                Event::Performed(id, wire::perform_unattended(&engine.token(), texts, PERFORM_LIMIT_MS).await)
            }),
            Effect::Push { operations, claims } => self.request(async move |engine| {
                let texts = engine.texts(&operations).await;
                Event::Pushed(wire::push(&engine.token(), texts, claims, EXCHANGE_LIMIT_MS).await)
            }),
            Effect::Pull(cursor) => self.request(async move |engine| {
                Event::Pulled(wire::pull(&engine.token(), cursor.as_deref(), EXCHANGE_LIMIT_MS).await)
            }),
            Effect::KeepWitness(kept) => witness::keep(*kept),
            Effect::TellWitness(witness) => self.request(async move |engine| {
                // Before the word of this database takes its place there.
                let asked = engine.ask_about_loss().await;
                let told = wire::witness(&engine.token(), &witness).await.map(drop);
                Event::WitnessTold(asked.and(told))
            }),
            Effect::OpenHints => self.open_hints(),
            Effect::CloseHints => drop(self.hint_stream.take()),
            Effect::WakeAt(at) => {
                let engine = self.clone();
                let wait_ms = clock::steady().age_ms(at);
                self.timer.replace(Some(Timer::after(wait_ms, move || engine.handle(Event::TimePassed))));
            }
            Effect::Tell(message) => {
                if let (Some(tabs), Ok(text)) = (self.tabs.borrow().as_ref(), serde_json::to_string(&message))
                {
                    tabs.tell(&text);
                }
            }
            Effect::Answer(id, answer) => {
                if let Some(sender) = self.answers.borrow_mut().remove(&id) {
                    // A page that has gone does not wait for its answer any more.
                    let _ = sender.send(answer);
                }
            }
            Effect::Show(shown) => show::show(self, shown),
        }
    }

    fn queue(&self, effect: StoreEffect) {
        // The queue ends with the engine itself.
        let _ = self.store_queue.unbounded_send(effect);
    }

    fn request(self: &Rc<Self>, make: impl AsyncFnOnce(Rc<Self>) -> Event + 'static) {
        let engine = self.clone();
        spawn_local(async move {
            let event = make(engine.clone()).await;
            engine.handle(event);
        });
    }

    async fn texts(&self, ids: &[kase_domain::OperationId]) -> Vec<String> {
        // What cannot be read is not sent; the answer then has no result for it, and it stays.
        let texts = self.store.operation_texts(ids).await.unwrap_or_default();
        texts.into_iter().map(|(_, text)| text).collect()
    }

    fn open_hints(self: &Rc<Self>) {
        let (heard, ended) = (self.clone(), self.clone());
        let stream = hints::open(
            &self.token(),
            move |hint| heard.handle(Event::Hinted(hint)),
            move |end| ended.handle(Event::HintsEnded(end)),
        );
        self.hint_stream.replace(Some(stream));
    }
}

async fn perform_store_effects(engine: Rc<Engine>, mut effects: mpsc::UnboundedReceiver<StoreEffect>) {
    while let Some(effect) = effects.next().await {
        match effect {
            StoreEffect::Commit(id, batch) => {
                let put = batch.customers.iter().map(|state| state.customer_id);
                let touched: Vec<_> = put.chain(batch.removed_customers.iter().copied()).collect();
                let result = engine.store.commit(*batch).await;
                show::store_answered(&engine, &result);
                if result.is_ok() {
                    engine.reindex(&touched).await;
                }
                engine.handle(Event::Committed(id, result));
            }
            StoreEffect::ReadOutbox { after } => {
                if engine.look_at_database.take() {
                    match engine.is_own_database().await {
                        Ok(true) => {}
                        Ok(false) => {
                            engine.state.store_fault.set(Some(StoreError::Deleted));
                            engine.handle(Event::DatabaseDeleted);
                        }
                        // It is not known yet.
                        Err(_) => engine.look_at_database.set(true),
                    }
                }
                match engine.read_outbox(after).await {
                    Ok(event) => engine.handle(event),
                    Err(error) => show::store_answered(&engine, &Err(error)),
                }
            }
        }
    }
}
