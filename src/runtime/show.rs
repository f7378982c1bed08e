//! Patches the state with what the register says.

use std::rc::Rc;
use std::sync::Arc;

use kase_register::{Shown, StoreError};
use leptos::prelude::*;

use super::engine::Engine;

/// Shows news on the screens.
pub(crate) fn show(engine: &Rc<Engine>, shown: Shown) {
    let state = engine.state;
    match shown {
        Shown::Connection(connection) => {
            state.connection.set(Some(connection));
            if connection != kase_register::Connection::Offline {
                state.device_rejected.set(false);
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
        Shown::Customers(ids) => {
            let engine = engine.clone();
            // Another tab may have written them: the index reads them again before the screens do.
            leptos::task::spawn_local(async move {
                engine.reindex(&ids, &[]).await;
                engine.state.customers_revision.update(|revision| *revision += 1);
            });
        }
        Shown::AllCustomers => {
            let engine = engine.clone();
            leptos::task::spawn_local(async move {
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
        Shown::DeviceRejected => state.device_rejected.set(true),
    }
}

/// Shows whether the local database works.
pub(crate) fn store_answered(engine: &Engine, result: &Result<(), StoreError>) {
    let fault = result.as_ref().err().cloned();
    if engine.state.store_fault.get_untracked() != fault {
        engine.state.store_fault.set(fault);
    }
}
