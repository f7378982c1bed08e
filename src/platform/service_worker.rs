//! The service worker that lets the app start offline. A new version waits until a person agrees.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use super::history;
use super::timer::Timer;

/// Where the worker stands; served without caching.
const SCRIPT: &str = "/sw.js";

/// What the worker understands: take over now.
const TAKE_OVER: &str = "take-over";

/// Browsers look for a new version when a page is opened; a register's page stays open for weeks.
const LOOK_EVERY_MS: u64 = 60 * 60 * 1_000;

/// Registers the worker; `ready` is called when a new version waits behind the one in use.
pub(crate) fn register(ready: impl Fn() + 'static) {
    let Some(container) = container() else { return };
    let ready: Rc<dyn Fn()> = Rc::new(ready);
    spawn_local(async move {
        let Ok(registered) = JsFuture::from(container.register(SCRIPT)).await else { return };
        let Ok(registration) = registered.dyn_into::<ServiceWorkerRegistration>() else { return };
        if registration.waiting().is_some() && container.controller().is_some() {
            ready();
        }
        // The browser may have found one before anybody listened.
        if let Some(worker) = registration.installing() {
            watch(&worker, &container, &ready);
        }
        let found = registration.clone();
        let update = Closure::<dyn FnMut()>::new(move || {
            if let Some(worker) = found.installing() {
                watch(&worker, &container, &ready);
            }
        });
        registration.set_onupdatefound(Some(update.as_ref().unchecked_ref()));
        update.forget();
        Timer::every(LOOK_EVERY_MS, move || {
            // Without a network it looks again in an hour.
            if let Ok(looking) = registration.update() {
                spawn_local(async move { drop(JsFuture::from(looking).await) });
            }
        })
        .forever();
    });
}

/// Lets the waiting version take over, then loads the page again under it.
pub(crate) fn activate_waiting() {
    let Some(container) = container() else { return };
    let reload = Closure::<dyn FnMut()>::new(history::reload);
    container.set_oncontrollerchange(Some(reload.as_ref().unchecked_ref()));
    reload.forget();
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(container.get_registration()).await else { return };
        let waiting =
            registration.dyn_into::<ServiceWorkerRegistration>().ok().and_then(|found| found.waiting());
        match waiting {
            Some(waiting) => drop(waiting.post_message(&JsValue::from_str(TAKE_OVER))),
            // It took over already, on a word in another tab: there is nothing to wait for.
            None => history::reload(),
        }
    });
}

/// Waits until `worker` is installed.
fn watch(worker: &ServiceWorker, container: &ServiceWorkerContainer, ready: &Rc<dyn Fn()>) {
    let (installed, container, ready) = (worker.clone(), container.clone(), ready.clone());
    let changed = Closure::<dyn FnMut()>::new(move || {
        // Without a worker in use this is the first one: there is nothing to replace.
        if installed.state() == ServiceWorkerState::Installed && container.controller().is_some() {
            ready();
        }
    });
    worker.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
    // As long as the tab: a new version comes some times a year.
    changed.forget();
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    // Absent where the context is not secure.
    let offered = js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    offered.then(|| navigator.service_worker())
}
