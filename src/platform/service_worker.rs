//! The service worker that lets the app start offline. A new version waits until a person agrees.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// Where the worker stands; served without caching.
const SCRIPT: &str = "/sw.js";

/// What the worker understands: take over now.
const TAKE_OVER: &str = "take-over";

/// Registers the worker; `ready` is called when a new version waits behind the one in use.
pub fn register(ready: impl Fn() + 'static) {
    let Some(container) = container() else { return };
    let ready = Rc::new(ready);
    spawn_local(async move {
        let Ok(registered) = JsFuture::from(container.register(SCRIPT)).await else { return };
        let Ok(registration) = registered.dyn_into::<ServiceWorkerRegistration>() else { return };
        if registration.waiting().is_some() && container.controller().is_some() {
            ready();
        }
        watch(&registration, &container, ready);
    });
}

/// Lets the waiting version take over, then loads the page again under it.
pub fn activate_waiting() {
    let Some(container) = container() else { return };
    let reload = Closure::<dyn FnMut()>::new(|| {
        if let Some(window) = web_sys::window() {
            // A page that cannot be loaded again goes on as it is.
            let _ = window.location().reload();
        }
    });
    container.set_oncontrollerchange(Some(reload.as_ref().unchecked_ref()));
    reload.forget();
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(container.get_registration()).await else { return };
        let waiting =
            registration.dyn_into::<ServiceWorkerRegistration>().ok().and_then(|found| found.waiting());
        if let Some(waiting) = waiting {
            let _ = waiting.post_message(&JsValue::from_str(TAKE_OVER));
        }
    });
}

fn watch(
    registration: &ServiceWorkerRegistration,
    container: &ServiceWorkerContainer,
    ready: Rc<impl Fn() + 'static>,
) {
    let (found, container) = (registration.clone(), container.clone());
    let installing: Rc<RefCell<Option<Closure<dyn FnMut()>>>> = Rc::default();
    let update = Closure::<dyn FnMut()>::new(move || {
        let Some(worker) = found.installing() else { return };
        let (container, ready) = (container.clone(), ready.clone());
        let installed = worker.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            // Without a worker in use this is the first one: there is nothing to replace.
            if installed.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                ready();
            }
        });
        ServiceWorker::set_onstatechange(&worker, Some(changed.as_ref().unchecked_ref()));
        installing.replace(Some(changed));
    });
    registration.set_onupdatefound(Some(update.as_ref().unchecked_ref()));
    update.forget();
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    // Absent where the context is not secure.
    let offered = js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    offered.then(|| navigator.service_worker())
}
