//! Tabs: events go to the register, its effects are performed as the app's engine performs them. One queue to the
//! store, each effect reported before the next begins; requests beside each other.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow};
use kase_domain::{CustomerId, OperationId, Timestamp};
use kase_register::{Effect, Event, Now, Opened, RegisterStore, StoreError, ValueKey, WriteBatch};
use kase_replication::{Environment, PushRequest};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::browser::StoreEffect;
use crate::happening::{Happening, Request, TabAt};
use crate::trace::short;
use crate::world::World;

impl World {
    /// Opens a tab on what the store holds; it waits for its turn to lead.
    pub(crate) fn open_tab(&mut self, browser: usize, tab: usize) -> Result<()> {
        let place = &mut self.browsers[browser];
        let store = place.store.clone();
        let opened = self.runtime.block_on(async {
            let (entries, customers) = read_outbox(&store, 0).await?;
            Ok::<_, StoreError>(Opened {
                settings: read(&store, ValueKey::Settings).await,
                cursor: read(&store, ValueKey::Cursor).await,
                passed_over: read(&store, ValueKey::PassedOver).await.unwrap_or_default(),
                outbox: entries,
                customers,
            })
        })?;
        let kept = self.runtime.block_on(read(&store, ValueKey::Device));
        let device = kept.unwrap_or_else(|| place.device.clone());
        place.tabs[tab].open(device, opened);
        let at = TabAt { browser, tab, life: place.tabs[tab].life };
        self.note(format!("tab {browser}.{tab} opens"));
        self.take_up_witness(at)?;
        self.tab_event(at, Event::Leads(false))?;
        self.appoint_leader(browser);
        Ok(())
    }

    /// Gives the lock to the first open tab, when nobody holds it.
    pub(crate) fn appoint_leader(&mut self, browser: usize) {
        let place = &mut self.browsers[browser];
        if place.leader.is_some_and(|tab| place.tabs[tab].register.is_some()) {
            return;
        }
        place.leader = place.tabs.iter().position(|tab| tab.register.is_some());
        let Some(tab) = place.leader else { return };
        let at = TabAt { browser, tab, life: place.tabs[tab].life };
        self.soon(1, 20, Happening::TabLeads(at, true));
    }

    pub(crate) fn is_live(&self, at: TabAt) -> bool {
        let tab = &self.browsers[at.browser].tabs[at.tab];
        tab.life == at.life && tab.register.is_some()
    }

    /// Hands an event to a tab's register and performs what comes back.
    pub(crate) fn tab_event(&mut self, at: TabAt, event: Event) -> Result<()> {
        let steady = self.machine.now();
        let random = self.machine.draw(|random| random.number());
        let place = &mut self.browsers[at.browser];
        let wall = Timestamp(steady.0.saturating_add(place.wall_skew_ms));
        let tab = &mut place.tabs[at.tab];
        let Some(register) = tab.register.as_mut().filter(|_| tab.life == at.life) else { return Ok(()) };
        let effects = register.handle(event, Now { wall, steady }, random);
        for effect in effects {
            self.perform(at, effect)?;
        }
        Ok(())
    }

    fn perform(&mut self, at: TabAt, effect: Effect) -> Result<()> {
        let tab = &mut self.browsers[at.browser].tabs[at.tab];
        match effect {
            Effect::Commit(id, batch) => self.queue_store(at, StoreEffect::Commit(id, batch)),
            Effect::ReadOutbox { after } => self.queue_store(at, StoreEffect::ReadOutbox { after }),
            Effect::Perform(id, operations) => {
                let texts = operations.iter().map(|recorded| recorded.text().to_owned()).collect();
                self.send(at, Request::Perform(id, request(texts, false)));
            }
            Effect::PerformStored(id, operation) => {
                let texts = self.texts(at.browser, &[operation])?;
                self.send(at, Request::Perform(id, request(texts, true)));
            }
            Effect::Push { operations, claims } => {
                let texts = self.texts(at.browser, &operations)?;
                self.send(at, Request::Push(PushRequest { claims, ..request(texts, false) }));
            }
            Effect::Pull(cursor) => self.send(at, Request::Pull(cursor)),
            Effect::OpenHints => {
                tab.stream = tab.next();
                let stream = tab.stream;
                self.soon(1, 30, Happening::StreamArrives(at, stream));
            }
            Effect::CloseHints => tab.stream = tab.next(),
            Effect::WakeAt(moment) => {
                tab.alarm = tab.next();
                let alarm = tab.alarm;
                let moment = moment.max(self.machine.now());
                self.queue.push(moment, Happening::TabWakes(at, alarm));
            }
            Effect::Tell(message) => {
                let text = serde_json::to_string(&message)?;
                let tabs = self.browsers[at.browser].tabs.iter().enumerate();
                let others: Vec<TabAt> = tabs
                    .filter(|(tab, other)| *tab != at.tab && other.register.is_some())
                    .map(|(tab, other)| TabAt { browser: at.browser, tab, life: other.life })
                    .collect();
                for other in others {
                    self.after(2, Happening::TabHears(other, text.clone()));
                }
            }
            Effect::Answer(id, answer) => self.answered(at, id, &answer)?,
            Effect::KeepWitness(kept) => self.keep_witness(at.browser, *kept),
            Effect::TellWitness(told) => self.send(at, Request::Witness(Box::new(told))),
            Effect::Show(_) => {}
        }
        Ok(())
    }

    fn queue_store(&mut self, at: TabAt, effect: StoreEffect) {
        let tab = &mut self.browsers[at.browser].tabs[at.tab];
        tab.store_queue.push_back(effect);
        if !tab.store_is_busy {
            tab.store_is_busy = true;
            self.soon(0, 6, Happening::StoreDoes(at));
        }
    }

    /// The store does the first effect of a tab's queue. A tab that dies before the report never hears of it.
    pub(crate) fn store_does(&mut self, at: TabAt) -> Result<()> {
        if !self.is_live(at) {
            return Ok(());
        }
        let place = &mut self.browsers[at.browser];
        let effect = place.tabs[at.tab].store_queue.pop_front();
        let event = match effect.ok_or_else(|| anyhow!("the store had nothing to do"))? {
            StoreEffect::Commit(id, batch) => Event::Committed(id, self.commit(at, *batch)?),
            StoreEffect::ReadOutbox { after } => {
                let read = self.runtime.block_on(read_outbox(&place.store, after))?;
                Event::OutboxRead { all: after == 0, entries: read.0, customers: read.1 }
            }
        };
        self.soon(0, 6, Happening::StoreReports(at, Box::new(event)));
        Ok(())
    }

    pub(crate) fn store_reports(&mut self, at: TabAt, event: Event) -> Result<()> {
        self.tab_event(at, event)?;
        if self.is_live(at) {
            let tab = &mut self.browsers[at.browser].tabs[at.tab];
            tab.store_is_busy = !tab.store_queue.is_empty();
            if tab.store_is_busy {
                self.soon(0, 6, Happening::StoreDoes(at));
            }
        }
        Ok(())
    }

    fn commit(&mut self, at: TabAt, batch: WriteBatch) -> Result<Result<(), StoreError>> {
        let refuses = self.faults.store_refuses;
        if self.machine.draw(|random| random.chance(refuses)) {
            self.note(format!("tab {}.{} store is full", at.browser, at.tab));
            // A browser that is full drops what only the register has.
            let is_safe = !self.faults.forgetful.leaves_registers_alone();
            return Ok(Err(if is_safe { StoreError::Full } else { StoreError::Failed("refused".into()) }));
        }
        let Some(batch) = self.plant_in_commit(at, batch)? else {
            self.note("the planted fault says done");
            return Ok(Ok(()));
        };
        self.note(format!("tab {}.{} commits {}", at.browser, at.tab, outline(&batch)));
        self.take(at.browser, batch)
    }

    fn texts(&self, browser: usize, ids: &[OperationId]) -> Result<Vec<String>> {
        let texts = self.runtime.block_on(self.browsers[browser].store.operation_texts(ids))?;
        Ok(texts.into_iter().map(|(_, text)| text).collect())
    }
}

async fn read<T: DeserializeOwned>(store: &impl RegisterStore, key: ValueKey) -> Option<T> {
    let text = store.value(key).await.ok().flatten()?;
    serde_json::from_str(&text).ok()
}

type OutboxAndCustomers = (Vec<kase_register::OutboxEntry>, Vec<kase_replication::CustomerState>);

async fn read_outbox(store: &impl RegisterStore, after: u64) -> Result<OutboxAndCustomers, StoreError> {
    let entries = store.outbox_after(after).await?;
    let ids: BTreeSet<CustomerId> = entries.iter().map(|entry| entry.customer_id).collect();
    let ids: Vec<CustomerId> = ids.into_iter().collect();
    let customers = store.customers(&ids).await?;
    Ok((entries, customers))
}

fn request(texts: Vec<String>, unattended: bool) -> PushRequest {
    PushRequest {
        operations: texts.into_iter().filter_map(|text| RawValue::from_string(text).ok()).collect(),
        unattended,
        ..PushRequest::default()
    }
}

fn outline(batch: &WriteBatch) -> String {
    let recorded: Vec<String> = batch.recorded.iter().map(|entry| entry.id.to_string()).collect();
    let progress: Vec<String> =
        batch.progress.iter().map(|(id, progress)| format!("{id} {}", short(progress))).collect();
    format!(
        "recorded {recorded:?} progress {progress:?} removed {} customers {} advances {}",
        batch.removed_entries.len(),
        batch.customers.len(),
        batch.advances.len()
    )
}
