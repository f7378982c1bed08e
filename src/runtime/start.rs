//! The start of a tab: open the local database, become the register that it says, listen.

use std::cell::Cell;
use std::rc::Rc;

use kase_browser_store::{BrowserStore, StoreNotice};
use kase_register::{Device, Event, Opened, Register, StoreError, TabMessage, ValueKey};
use kase_text::Locale;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Runtime;
use super::engine::Engine;
use crate::platform::tabs::Tabs;
use crate::platform::timer::Timer;
use crate::platform::{clock, network, service_worker, storage};
use crate::state::{Access, State, Storage};

/// The register's database in this browser.
const DATABASE: &str = "kase";

/// Ages on the screen are shown in minutes; ten seconds keep them true enough.
const CLOCK_TICK_MS: u64 = 10_000;

/// Starts the runtime; `started` is given it once the local database is open, before anybody can be asked to
/// activate or sign in.
pub(crate) async fn start(state: State, locale: Signal<Locale>, owner: Owner, started: impl FnOnce(Runtime)) {
    keep_time(state);
    if !network::is_secure() {
        return state.access.set(Access::Insecure);
    }
    let look_at_database = Rc::new(Cell::new(false));
    let look = look_at_database.clone();
    let hear = move |notice| {
        look.set(look.get() || matches!(notice, StoreNotice::Closed | StoreNotice::Deleted));
        hear_store(state, notice);
    };
    let store = match BrowserStore::open(DATABASE, hear).await {
        Ok(store) => store,
        Err(error) => return state.access.set(Access::NoStore(error)),
    };
    let engine = Engine::new(state, locale, store, look_at_database);
    state.waits_for_tabs.set(false);
    let runtime = owner.with(|| Runtime { engine: StoredValue::new_local(engine.clone()) });
    started(runtime);
    let device: Option<Device> = engine.read(ValueKey::Device).await;
    match device {
        None => {
            engine.look_for_a_loss();
            state.access.set(Access::NotActivated);
        }
        Some(device) => match engine.begin(device).await {
            Ok(()) => engine.read_access().await,
            Err(error) => return state.access.set(Access::NoStore(error)),
        },
    }
    spawn_local(async move {
        watch_storage(state).await;
    });
    engine.watch_session();
    service_worker::register(move || state.update_ready.set(true));
}

impl Engine {
    /// Becomes the register that was activated, with what its database holds. Who works there is read then.
    pub(super) async fn begin(self: &Rc<Self>, device: Device) -> Result<(), StoreError> {
        let state = self.state;
        let opened = self.opened().await?;
        state.register.set(Some(device.register.clone()));
        state.settings.set(opened.settings.clone().map(Into::into));
        state.last_exchange.set(self.read(ValueKey::LastExchange).await);
        self.device.replace(Some(device.clone()));
        self.register.replace(Some(Register::new(device.clone(), None, opened)));
        self.take_up_witness(&device).await?;
        self.build_index().await?;
        self.keep_reference_count_ready().await?;
        self.listen();
        Ok(())
    }

    async fn opened(&self) -> Result<Opened, StoreError> {
        let Event::OutboxRead { entries, customers, .. } = self.read_outbox(0).await? else {
            return Err(StoreError::Failed("the outbox was not read".into()));
        };
        Ok(Opened {
            settings: self.read(ValueKey::Settings).await,
            cursor: self.read(ValueKey::Cursor).await,
            outbox: entries,
            customers,
        })
    }

    fn listen(self: &Rc<Self>) {
        let (heard, led) = (self.clone(), self.clone());
        let tabs = Tabs::join(
            move |text: String| heard.hear_tab(&text),
            move |leads: bool| led.handle(Event::Leads(leads)),
        );
        self.tabs.replace(Some(tabs));
        self.handle(Event::Leads(false));
        let engine = self.clone();
        network::on_change(move |online| engine.handle(Event::NetworkHinted { online }));
    }

    fn hear_tab(self: &Rc<Self>, text: &str) {
        let Ok(message) = serde_json::from_str::<TabMessage>(text) else { return };
        if message == TabMessage::AccessChanged {
            let engine = self.clone();
            spawn_local(async move { engine.read_access().await });
        }
        self.handle(Event::TabSaid(message));
    }
}

/// A database that was deleted, or that a newer version of the app wants, is told before anybody hears "saved".
fn hear_store(state: State, notice: StoreNotice) {
    match notice {
        StoreNotice::Deleted => state.store_fault.set(Some(StoreError::Deleted)),
        StoreNotice::NewerVersionWaits => state.store_fault.set(Some(StoreError::Closed)),
        StoreNotice::WaitsForOtherTabs => state.waits_for_tabs.set(true),
        StoreNotice::Closed => {}
    }
}

fn keep_time(state: State) {
    state.now.set(clock::now());
    Timer::every(CLOCK_TICK_MS, move || state.now.set(clock::now())).forever();
}

/// Asks the browser to keep what is stored and notes what it answers, and how much room there is.
pub(super) async fn watch_storage(state: State) -> bool {
    let persistent = storage::persist().await;
    state.storage.set(Some(Storage { persistent, used_bytes: None, quota_bytes: None }));
    measure_storage(state).await;
    persistent
}

/// How much is used of what was granted, once it is known whether the browser keeps it.
pub(super) async fn measure_storage(state: State) {
    let estimate = storage::estimate().await;
    state.storage.update(|shown| {
        if let Some(shown) = shown {
            shown.used_bytes = estimate.map(|estimate| estimate.used_bytes);
            shown.quota_bytes = estimate.map(|estimate| estimate.quota_bytes);
        }
    });
}
