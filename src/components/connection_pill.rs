//! The connection, honestly shown: a status region in the same place on every screen.

use kase_register::Connection;
use kase_ui::{Pill, PillTone, Shape, use_text};
use leptos::prelude::*;

use crate::components::words;
use crate::state::use_state;

/// Until the first word of the channel, nothing is reached: offline.
#[component]
pub(crate) fn ConnectionPill() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let connection = Memo::new(move |_| state.connection.get().unwrap_or(Connection::Offline));
    let icon = move || match connection.get() {
        Connection::Online => Shape::Online,
        Connection::HeadquartersOutOfReach => Shape::HeadquartersOut,
        Connection::Offline => Shape::Offline,
    };
    let tone = move || match connection.get() {
        Connection::Online => PillTone::Well,
        Connection::HeadquartersOutOfReach | Connection::Offline => PillTone::Waiting,
    };
    view! {
        <Pill
            label=text.of(|text| text.connection_label())
            text=move || text.get().connection(words::connection(connection.get()))
            meaning=move || text.get().connection_meaning(words::connection(connection.get()))
            icon=Signal::derive(icon)
            tone=Signal::derive(tone)
        />
    }
}
