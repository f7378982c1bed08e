//! Patches the state with what the register says.

use std::rc::Rc;
use std::sync::Arc;

use kase_register::{Connection, Shown, StoreError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::engine::Engine;
use super::start::measure_storage;

/// Shows news on the screens.
pub(crate) fn show(engine: &Rc<Engine>, shown: Shown) {
    let state = engine.state;
    match shown {
        Shown::Connection(connection) => {
            state.connection.set(Some(connection));
            engine.close_unattended();
            if connection != Connection::Offline {
                let engine = engine.clone();
                spawn_local(async move { engine.check_session().await });
            }
        }
        Shown::LastExchange(at) => state.last_exchange.set(Some(at)),
        Shown::Waiting { waiting, tries } => {
            if *state.waiting.read_untracked() != Arc::new(waiting.clone()) {
                state.waiting.set(Arc::new(waiting));
            }
            if state.tries.get_untracked() != tries {
                state.tries.set(tries);
            }
        }
        Shown::Customers(_) => state.customers_revision.update(|revision| *revision += 1),
        Shown::CustomersElsewhere(ids) => {
            let engine = engine.clone();
            // The index reads them again before the screens do.
            spawn_local(async move {
                engine.reindex(&ids).await;
                engine.state.customers_revision.update(|revision| *revision += 1);
            });
        }
        Shown::AllCustomers => {
            let engine = engine.clone();
            spawn_local(async move {
                engine.index.replace(kase_search::Index::default());
                let built = engine.build_index().await;
                store_answered(&engine, &built);
                engine.state.customers_revision.update(|revision| *revision += 1);
            });
        }
        Shown::Settings(settings) => {
            state.settings.set(Some(Arc::from(settings)));
            engine.settings_told();
        }
        Shown::Acceptance(acceptance) => state.acceptance.set(acceptance),
        Shown::Jobs(jobs) => state.jobs.set(jobs),
        Shown::PassedOver(count) => state.passed_over.set(count),
    }
}

/// Shows whether the local database works.
pub(crate) fn store_answered(engine: &Engine, result: &Result<(), StoreError>) {
    let fault = result.as_ref().err().cloned();
    if fault == Some(StoreError::Full) {
        spawn_local(measure_storage(engine.state));
    }
    let shown = engine.state.store_fault.get_untracked();
    // That the database was deleted stays true, though a new one takes what comes.
    if shown != fault && shown != Some(StoreError::Deleted) {
        engine.state.store_fault.set(fault);
    }
}
