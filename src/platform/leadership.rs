//! Leadership among the tabs of one browser, by a lock that one of them holds. A tab in view takes it from the
//! others, since browsers slow hidden tabs down; a hidden one hands it on if another waits. Nothing depends on
//! there being exactly one: the receiver deduplicates.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

/// The lock that the leading tab holds.
const LEADER_LOCK: &str = "kase-leader";

#[wasm_bindgen]
extern "C" {
    /// `LockManager` is behind an unstable flag in web-sys; these are the calls that are needed of it.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &Object, held: &Function)
    -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;

    type NavigatorWithLocks;

    #[wasm_bindgen(method, getter)]
    fn locks(this: &NavigatorWithLocks) -> Option<LockManager>;
}

/// How a candidate comes to lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// When those before it have gone.
    Wait,
    /// Now.
    TakeOver,
}

/// This tab as a candidate.
pub(crate) struct Candidate {
    locks: LockManager,
    lead: Box<dyn Fn(bool)>,
    /// Counts the requests for the lock; only the latest one matters.
    turn: Cell<u32>,
    waiting: RefCell<Option<AbortController>>,
    /// Gives the lock back, while it is held.
    release: RefCell<Option<Function>>,
    visibility: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Candidate {
    /// Stands for leadership; `lead` is told when it begins and when it ends. Nothing stands where there are no
    /// locks: then this tab leads.
    pub(crate) fn stand(lead: impl Fn(bool) + 'static) -> Option<Rc<Self>> {
        let navigator = web_sys::window().map(|window| window.navigator());
        let locks = navigator.and_then(|navigator| navigator.unchecked_into::<NavigatorWithLocks>().locks());
        let Some(locks) = locks else {
            spawn_local(async move { lead(true) });
            return None;
        };
        let candidate = Rc::new(Self {
            locks,
            lead: Box::new(lead),
            turn: Cell::default(),
            waiting: RefCell::default(),
            release: RefCell::default(),
            visibility: RefCell::default(),
        });
        candidate.watch_visibility();
        candidate.ask(if is_hidden() { Manner::Wait } else { Manner::TakeOver });
        Some(candidate)
    }

    /// Leads no more, waits no more, tells nothing more.
    pub(crate) fn leave(&self) {
        self.turn.set(self.turn.get() + 1);
        if let (Some(document), Some(listener)) = (document(), self.visibility.take()) {
            let _ = document
                .remove_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
        }
        self.stop_waiting();
        self.give_back();
    }

    fn ask(self: &Rc<Self>, manner: Manner) {
        self.stop_waiting();
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        let options = self.options(manner);
        let candidate = self.clone();
        spawn_local(async move {
            let led = Rc::new(Cell::new(false));
            let held = Closure::<dyn FnMut() -> Promise>::new({
                let (candidate, led) = (candidate.clone(), led.clone());
                move || {
                    led.set(true);
                    candidate.begin(turn)
                }
            });
            let asked = candidate.locks.request(LEADER_LOCK, &options, held.as_ref().unchecked_ref());
            if let Ok(end) = asked {
                // It ends when the lock is given back, when another tab takes it, or when waiting was stopped.
                let _ = JsFuture::from(end).await;
            }
            if candidate.turn.get() != turn {
                return;
            }
            candidate.release.take();
            // A browser that refuses the lock itself would refuse it again: then every tab leads.
            (candidate.lead)(!led.get());
            if led.get() {
                candidate.ask(Manner::Wait);
            }
        });
    }

    /// The lock is held until the promise given back ends.
    fn begin(self: &Rc<Self>, turn: u32) -> Promise {
        if self.turn.get() != turn {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        self.waiting.take();
        let held = Promise::new(&mut |release, _| {
            self.release.replace(Some(release));
        });
        (self.lead)(true);
        held
    }

    fn options(&self, manner: Manner) -> Object {
        let options = Object::new();
        // Setting a property of a new object does not fail.
        let set = |name: &str, value: &JsValue| drop(Reflect::set(&options, &name.into(), value));
        match manner {
            Manner::TakeOver => set("steal", &JsValue::TRUE),
            Manner::Wait => {
                if let Ok(controller) = AbortController::new() {
                    set("signal", &controller.signal());
                    self.waiting.replace(Some(controller));
                }
            }
        }
        options
    }

    fn stop_waiting(&self) {
        if let Some(controller) = self.waiting.take() {
            controller.abort();
        }
    }

    fn give_back(&self) {
        if let Some(release) = self.release.take() {
            // A promise's own function throws nothing.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }

    fn watch_visibility(self: &Rc<Self>) {
        let Some(document) = document() else { return };
        let candidate = Rc::downgrade(self);
        let listener = Closure::<dyn FnMut()>::new(move || {
            let Some(candidate) = candidate.upgrade() else { return };
            let leads = candidate.release.borrow().is_some();
            match (is_hidden(), leads) {
                (false, false) => candidate.ask(Manner::TakeOver),
                (true, true) => spawn_local(async move { candidate.hand_on().await }),
                _ => {}
            }
        });
        let _ =
            document.add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
        self.visibility.replace(Some(listener));
    }

    /// Hidden now: if another tab waits, it leads from now on, and this one waits behind it.
    async fn hand_on(&self) {
        let Ok(asked) = self.locks.query() else { return };
        let Ok(state) = JsFuture::from(asked).await else { return };
        let pending = Reflect::get(&state, &"pending".into()).unwrap_or_default();
        let waits = |lock: JsValue| {
            let name = Reflect::get(&lock, &"name".into()).ok();
            name.and_then(|name| name.as_string()).is_some_and(|name| name == LEADER_LOCK)
        };
        if is_hidden() && pending.dyn_into::<Array>().is_ok_and(|locks| locks.iter().any(waits)) {
            self.give_back();
        }
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}
