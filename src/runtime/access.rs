//! Who may work here: activation of the register, signing in and out. Nothing of it touches what waits.

use std::rc::Rc;

use kase_domain::{ChannelId, OperatorId, Timestamp};
use kase_register::{Device, Event, RegisterStore, SendFailure, Session, TabMessage, ValueKey, WriteBatch};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::engine::Engine;
use super::{Runtime, show, wire};
use crate::platform::http;
use crate::state::Access;

/// A person waits for these at most this long, in milliseconds.
const ACCESS_LIMIT_MS: u64 = 10_000;

#[derive(Serialize)]
struct Activation<'a> {
    register: &'a str,
    code: &'a str,
}

#[derive(Deserialize)]
struct Activated {
    device_token: String,
    channel: ChannelId,
    reference_prefix: String,
}

#[derive(Serialize)]
struct Credentials<'a> {
    operator: &'a str,
    pin: &'a str,
}

#[derive(Deserialize)]
struct SignedIn {
    session_token: String,
    expires_at: Timestamp,
    operator: Operator,
}

#[derive(Deserialize)]
struct Operator {
    id: OperatorId,
    name: String,
}

impl Runtime {
    /// Makes this browser a register.
    pub(crate) async fn activate(self, register: String, code: String) -> Result<(), SendFailure> {
        let engine = self.engine();
        let body = Activation { register: register.trim(), code: code.trim() };
        let activated: Activated = http::post("/api/v1/devices/activate", None, &body, ACCESS_LIMIT_MS)
            .await
            .map_err(wire::failure)?;
        let device = Device {
            register: register.trim().to_uppercase().as_str().into(),
            channel: activated.channel,
            reference_prefix: activated.reference_prefix,
            token: activated.device_token,
        };
        engine.keep(ValueKey::Device, Some(&device)).await;
        if let Err(error) = engine.begin(device).await {
            engine.state.access.set(Access::NoStore(error));
            return Ok(());
        }
        // A register that knows its settings can create customers from its first minute, whatever comes.
        engine.wait_for_settings(ACCESS_LIMIT_MS).await;
        engine.read_access().await;
        Ok(())
    }

    /// Signs an operator in.
    pub(crate) async fn sign_in(self, operator: String, pin: String) -> Result<(), SendFailure> {
        let engine = self.engine();
        let body = Credentials { operator: operator.trim(), pin: &pin };
        let signed_in: SignedIn =
            http::post("/api/v1/sessions", Some(&engine.token()), &body, ACCESS_LIMIT_MS)
                .await
                .map_err(wire::failure)?;
        let session = Session {
            operator: signed_in.operator.id,
            name: signed_in.operator.name,
            token: signed_in.session_token,
            expires_at: signed_in.expires_at,
            ended: false,
        };
        engine.keep(ValueKey::Session, Some(&session)).await;
        engine.handle(Event::OperatorChanged(Some(session.operator.clone())));
        engine.state.access.set(Access::SignedIn(session));
        engine.tell_access();
        Ok(())
    }

    /// Signs the operator out. What waits stays and goes on its way.
    pub(crate) async fn sign_out(self) {
        let engine = self.engine();
        if let Some(token) = engine.session_token() {
            // The session ends here whether or not the channel hears of it; there it ends by itself.
            let _ = http::delete("/api/v1/sessions/current", Some(&token), ACCESS_LIMIT_MS).await;
        }
        engine.keep::<Session>(ValueKey::Session, None).await;
        engine.state.access.set(Access::SignedOut { ended: false });
        engine.tell_access();
    }
}

impl Engine {
    /// The session came to its end by itself. Its operator stays with what is recorded until somebody signs in,
    /// also after the page is loaded again, and so does everything that was typed or waits.
    pub(super) async fn end_session(self: &Rc<Self>) {
        if let Some(session) = self.read::<Session>(ValueKey::Session).await {
            self.keep(ValueKey::Session, Some(&Session { ended: true, token: String::new(), ..session }))
                .await;
        }
        self.state.access.set(Access::SignedOut { ended: true });
        self.tell_access();
    }

    pub(super) fn session_token(&self) -> Option<String> {
        match &*self.state.access.read_untracked() {
            Access::SignedIn(session) => Some(session.token.clone()),
            _ => None,
        }
    }

    /// Reads again who works here: another tab says that it changed.
    pub(super) async fn read_access(self: &Rc<Self>) {
        let session: Option<Session> = self.read(ValueKey::Session).await;
        self.handle(Event::OperatorChanged(session.as_ref().map(|session| session.operator.clone())));
        self.state.access.set(match session {
            Some(session) if session.ended => Access::SignedOut { ended: true },
            Some(session) => Access::SignedIn(session),
            None => Access::SignedOut { ended: false },
        });
    }

    pub(super) async fn read<T: for<'de> Deserialize<'de>>(&self, key: ValueKey) -> Option<T> {
        let text = self.store.value(key).await.ok().flatten()?;
        serde_json::from_str(&text).ok()
    }

    async fn keep<T: Serialize>(&self, key: ValueKey, value: Option<&T>) {
        let text = value.and_then(|value| serde_json::to_string(value).ok());
        let batch = WriteBatch { values: vec![(key, text)], ..WriteBatch::default() };
        let kept = self.store.commit(batch).await;
        show::store_answered(self, &kept);
    }

    fn tell_access(&self) {
        if let (Some(tabs), Ok(text)) =
            (self.tabs.borrow().as_ref(), serde_json::to_string(&TabMessage::AccessChanged))
        {
            tabs.tell(&text);
        }
    }
}
