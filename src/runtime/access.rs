//! Who may work here: activation of the register, signing in and out. Nothing of it touches what waits.

use std::rc::Rc;

use kase_domain::ChannelId;
use kase_register::{
    Connection, Device, Event, RegisterStore, SendFailure, Session, StoreError, TabMessage, ValueKey,
};
use kase_replication::{Activated, Remembered, SessionBegun};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;

use super::engine::Engine;
use super::{Runtime, wire};
use crate::platform::timer::Timer;
use crate::platform::{clock, history, http};
use crate::state::Access;

/// A person waits for these at most this long, in milliseconds.
pub(super) const ACCESS_LIMIT_MS: u64 = 10_000;

/// How often a register looks whether its session should be over, in milliseconds. Its own clock says when to
/// ask; the channel says whether it is.
const SESSION_LOOK_MS: u64 = 60_000;

/// Why a browser did not become a register.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ActivationFailure {
    /// The channel said no, or nothing.
    Channel(SendFailure),
    /// The local database could not be written; the code has not been used.
    Store(StoreError),
    /// The code is of another channel than this register's.
    OtherStore,
}

#[derive(Serialize)]
struct Activation<'a> {
    register: &'a str,
    code: &'a str,
    purpose: &'a str,
}

#[derive(Serialize)]
struct Credentials<'a> {
    operator: &'a str,
    pin: &'a str,
}

impl Runtime {
    /// Makes this browser a register. Should another tab have done so meanwhile, this one becomes the same.
    pub(crate) async fn activate(self, register: String, code: String) -> Result<(), ActivationFailure> {
        let engine = self.engine();
        let device = match engine.read::<Device>(ValueKey::Device).await.map_err(ActivationFailure::Store)? {
            Some(device) => device,
            None => {
                let (device, remembered) = engine.become_register(&register, &code).await?;
                engine.begin_anew(&device, remembered).await.map_err(ActivationFailure::Store)?;
                device
            }
        };
        if let Err(error) = engine.begin(device).await {
            engine.state.access.set(Access::NoStore(error));
            return Ok(());
        }
        // A register that knows its settings can create customers from its first minute, whatever comes.
        engine.wait_for_settings(ACCESS_LIMIT_MS).await;
        if let Err(error) = engine.read_access().await {
            engine.state.access.set(Access::NoStore(error));
        }
        Ok(())
    }

    /// Gives a register that its channel does not know any more a new device token. It keeps all that it holds.
    pub(crate) async fn activate_again(self, code: String) -> Result<(), ActivationFailure> {
        let engine = self.engine();
        let Some(before) = engine.device.borrow().clone() else { return Ok(()) };
        let (device, _) = engine.become_register(before.register.as_str(), &code).await?;
        engine.keep(ValueKey::Device, Some(&device)).await.map_err(ActivationFailure::Store)?;
        engine.renew_device(device);
        engine.tell_access();
        Ok(())
    }

    /// Signs an operator in.
    pub(crate) async fn sign_in(self, operator: String, pin: String) -> Result<(), SendFailure> {
        let engine = self.engine();
        let body = Credentials { operator: operator.trim(), pin: &pin };
        let signed_in: SessionBegun =
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
        // A session that could not be kept holds until the page is loaded again.
        let _ = engine.keep(ValueKey::Session, Some(&session)).await;
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
        let _ = engine.keep::<Session>(ValueKey::Session, None).await;
        engine.handle(Event::OperatorChanged(None));
        engine.state.access.set(Access::SignedOut);
        engine.tell_access();
    }

    /// Opens the work while nobody can sign in, since no customer is turned away for that. What is recorded then
    /// names no operator; it ends as soon as somebody can sign in.
    pub(crate) fn work_without_sign_in(self) {
        self.engine().state.access.set(Access::Unattended);
    }

    /// A form stands open in this tab until the counted one is dropped: what is typed there outlives a sign-out in
    /// another tab.
    pub(crate) fn count_form(self) -> OpenForm {
        let engine = self.engine();
        engine.open_forms.set(engine.open_forms.get() + 1);
        OpenForm(engine)
    }
}

/// One form that stands open.
pub(crate) struct OpenForm(Rc<Engine>);

impl Drop for OpenForm {
    fn drop(&mut self) {
        self.0.open_forms.set(self.0.open_forms.get().saturating_sub(1));
        let engine = self.0.clone();
        // The page that the form is of goes first.
        spawn_local(async move { engine.close_unattended() });
    }
}

impl Engine {
    /// Asks the channel for a device token, and what it knows of the register. The local database is written to
    /// beforehand, so that no code is used up for a browser that cannot keep what it gets.
    async fn become_register(
        &self,
        register: &str,
        code: &str,
    ) -> Result<(Device, Remembered), ActivationFailure> {
        self.keep_reference_count_ready().await.map_err(ActivationFailure::Store)?;
        let bound = self.bound_channel().await.map_err(ActivationFailure::Store)?;
        let body = Activation { register: register.trim(), code: code.trim(), purpose: "point_of_sale" };
        let activated: Activated = http::post("/api/v1/devices/activate", None, &body, ACCESS_LIMIT_MS)
            .await
            .map_err(|failure| ActivationFailure::Channel(wire::failure(failure)))?;
        let device = Device {
            register: register.trim().to_uppercase().as_str().into(),
            channel: activated.channel,
            reference_prefix: activated.reference_prefix,
            token: activated.device_token,
            delivers_only: false,
        };
        if bound.is_some_and(|channel| channel != device.channel) {
            return Err(ActivationFailure::OtherStore);
        }
        Ok((device, activated.remembered))
    }

    /// The channel that this browser's data is for: that of the register it is, or else of what waits in it.
    async fn bound_channel(&self) -> Result<Option<ChannelId>, StoreError> {
        if let Some(device) = &*self.device.borrow() {
            return Ok(Some(device.channel.clone()));
        }
        let waits =
            !self.store.outbox_after(0).await?.is_empty() || !self.store.unreadable().entries.is_empty();
        if waits { self.read(ValueKey::Channel).await } else { Ok(None) }
    }

    /// Keeps the channel beside the device, which may be lost.
    pub(super) async fn keep_channel(&self, channel: &ChannelId) {
        if self.read::<ChannelId>(ValueKey::Channel).await.ok().flatten().as_ref() != Some(channel) {
            // Not kept, it is kept at the next start.
            let _ = self.keep(ValueKey::Channel, Some(channel)).await;
        }
    }

    /// Work with nobody signed in ends as soon as somebody can sign in and nothing typed would be lost.
    pub(super) fn close_unattended(&self) {
        let reached =
            self.state.connection.get_untracked().is_some_and(|connection| connection != Connection::Offline);
        let unattended = *self.state.access.read_untracked() == Access::Unattended;
        if unattended && reached && self.open_forms.get() == 0 {
            self.state.access.set(Access::SignedOut);
        }
    }

    fn renew_device(self: &Rc<Self>, device: Device) {
        self.device.replace(Some(device.clone()));
        self.handle(Event::DeviceRenewed(device));
    }

    /// Looks now and then whether the session should be over.
    pub(super) fn watch_session(self: &Rc<Self>) {
        let engine = self.clone();
        Timer::every(SESSION_LOOK_MS, move || {
            let over = match &*engine.state.access.read_untracked() {
                Access::SignedIn(session) => session.expires_at <= clock::now(),
                _ => false,
            };
            if over {
                let engine = engine.clone();
                spawn_local(async move { engine.check_session().await });
            }
        })
        .forever();
    }

    /// Asks the channel whether the session goes on. Without an answer it does: a session that ends stops nothing,
    /// so that nobody has to be sure.
    pub(super) async fn check_session(self: &Rc<Self>) {
        let Some(token) = self.session_token() else { return };
        let goes_on: Result<serde::de::IgnoredAny, _> =
            http::get("/api/v1/sessions/current", Some(&token), ACCESS_LIMIT_MS).await.map_err(wire::failure);
        if matches!(goes_on, Err(SendFailure::Rejected)) {
            self.end_session(&token).await;
        }
    }

    /// The session came to its end by itself. Its operator stays with what is recorded until somebody signs in,
    /// also after the page is loaded again, and so does everything that was typed or waits.
    pub(super) async fn end_session(self: &Rc<Self>, token: &str) {
        if self.session_token().is_none_or(|now| now != token) {
            // Somebody has signed in since.
            return;
        }
        if let Ok(Some(session)) = self.read::<Session>(ValueKey::Session).await {
            let ended = Session { ended: true, token: String::new(), ..session };
            // Not kept, it is found to be over again after the page was loaded again.
            let _ = self.keep(ValueKey::Session, Some(&ended)).await;
        }
        self.state.access.set(Access::SessionEnded);
        self.tell_access();
    }

    pub(super) fn session_token(&self) -> Option<String> {
        match &*self.state.access.read_untracked() {
            Access::SignedIn(session) => Some(session.token.clone()),
            _ => None,
        }
    }

    /// Reads again what this register is and who works here: another tab says that it changed.
    pub(super) async fn read_access(self: &Rc<Self>) -> Result<(), StoreError> {
        let device: Option<Device> = self.read(ValueKey::Device).await?;
        let is_register = self.device.borrow().is_some();
        if device.is_none() && is_register && self.state.store_fault.read_untracked().is_none() {
            // Another tab has forgotten the register.
            self.register.replace(None);
            history::reload();
            return Ok(());
        }
        // A session that cannot be read ends by itself: sign-in is asked for, and the work goes on.
        let (session, ended) = match self.read::<Session>(ValueKey::Session).await {
            Err(StoreError::Corrupt(_)) => (None, true),
            read => (read?, false),
        };
        self.state.loss.set(self.read_or_none(ValueKey::Loss).await?);
        if let Some(device) = device.filter(|device| device.token != self.token()) {
            self.renew_device(device);
        }
        self.handle(Event::OperatorChanged(session.as_ref().map(|session| session.operator.clone())));
        self.state.access.set(match session {
            Some(session) if session.ended => Access::SessionEnded,
            Some(session) => Access::SignedIn(session),
            None if ended => Access::SessionEnded,
            // Another tab signed out: what is typed here stays, and sign-in is asked for beside it.
            None if self.open_forms.get() > 0 => Access::Unattended,
            None => Access::SignedOut,
        });
        Ok(())
    }

    pub(super) fn tell_access(&self) {
        if let (Some(tabs), Ok(text)) =
            (self.tabs.borrow().as_ref(), serde_json::to_string(&TabMessage::AccessChanged))
        {
            tabs.tell(&text);
        }
    }
}
