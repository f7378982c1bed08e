//! The tabs of one browser: which of them leads, and what they tell each other.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::leadership::Candidate;

/// The channel on which tabs talk.
const CHANNEL: &str = "kase";

/// This tab's place among the others. Dropping it leaves them.
pub(crate) struct Tabs {
    channel: Option<BroadcastChannel>,
    candidate: Option<Rc<Candidate>>,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Joins the other tabs: `hear` is called with what they say, `lead` when this tab begins or ceases to lead.
    /// Without locks every tab leads; the receiver deduplicates.
    pub(crate) fn join(hear: impl Fn(String) + 'static, lead: impl Fn(bool) + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
        Self { channel, candidate: Candidate::stand(lead), _hear: hear }
    }

    /// Tells the other tabs.
    pub(crate) fn tell(&self, text: &str) {
        if let Some(channel) = &self.channel {
            // A channel that is closed belongs to a tab that is going away.
            let _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
        if let Some(candidate) = &self.candidate {
            candidate.leave();
        }
    }
}
