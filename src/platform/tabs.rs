//! The tabs of one browser: which of them leads, and what they tell each other.

use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

/// The lock that the leading tab holds.
const LEADER_LOCK: &str = "kase-leader";

/// The channel on which tabs talk.
const CHANNEL: &str = "kase";

#[wasm_bindgen]
extern "C" {
    /// `LockManager` is behind an unstable flag in web-sys; this is the one call that is needed of it.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, held: &js_sys::Function) -> Result<js_sys::Promise, JsValue>;

    type NavigatorWithLocks;

    #[wasm_bindgen(method, getter)]
    fn locks(this: &NavigatorWithLocks) -> Option<LockManager>;
}

/// This tab's place among the others.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Joins the other tabs: `hear` is called with what they say, `lead` when this tab begins or ceases to lead.
    /// Without locks every tab leads; the receiver deduplicates.
    pub fn join(hear: impl Fn(String) + 'static, lead: impl Fn(bool) + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
        spawn_local(stand_for_leadership(lead));
        Self { channel, _hear: hear }
    }

    /// Tells the other tabs.
    pub fn tell(&self, text: &str) {
        if let Some(channel) = &self.channel {
            // A channel that is closed belongs to a tab that is going away.
            let _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}

async fn stand_for_leadership(lead: impl Fn(bool) + 'static) {
    let navigator = web_sys::window().map(|window| window.navigator());
    let locks = navigator.and_then(|navigator| navigator.unchecked_into::<NavigatorWithLocks>().locks());
    let Some(locks) = locks else { return lead(true) };
    let lead = std::rc::Rc::new(lead);
    let gained = lead.clone();
    // The lock is held until the tab goes away: the promise given back never ends.
    let held = Closure::<dyn FnMut() -> js_sys::Promise>::new(move || {
        gained(true);
        js_sys::Promise::new(&mut |_, _| {})
    });
    match locks.request(LEADER_LOCK, held.as_ref().unchecked_ref()) {
        Ok(request) => {
            // It ends only when the lock is taken away.
            let _ = JsFuture::from(request).await;
            lead(false);
        }
        Err(_) => lead(true),
    }
    drop(held);
}
