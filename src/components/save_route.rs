//! Where Save will put a new customer, and whether one can be created here at all: the domain's decisions in
//! the catalogue's words.

use kase_domain::{
    ChannelCreation, ChannelSettings, Closed, CustomerAction, Permission, Reach, RegisterCreation, Standing,
    decide_in_channel, decide_on_register, permit,
};
use kase_register::{Acceptance, Connection};
use kase_text::SaveRoute;
use kase_ui::use_text;
use leptos::prelude::*;

use crate::state::use_state;

/// Where Save puts a new customer, as far as the register knows beforehand.
pub(crate) fn route(connection: Connection, settings: &ChannelSettings) -> SaveRoute {
    let reach = match connection {
        Connection::Offline => Reach::Offline,
        Connection::Online | Connection::HeadquartersOutOfReach => Reach::Channel,
    };
    match decide_on_register(reach, settings.filter_shared_customer_data) {
        RegisterCreation::Excluded => return SaveRoute::Excluded,
        RegisterCreation::RecordHere => return SaveRoute::OnRegister,
        RegisterCreation::RecordHereThenAsk | RegisterCreation::AskOnly => {}
    }
    match (decide_in_channel(settings.create_customer_async), connection) {
        (ChannelCreation::Record, _) => SaveRoute::InStore,
        (ChannelCreation::RealTimeCall, Connection::Online) => SaveRoute::AtHeadquarters,
        (ChannelCreation::RealTimeCall, _) => SaveRoute::InStoreHeadquartersOut,
    }
}

/// The route in force; none before the register was told its settings.
pub(crate) fn use_save_route() -> Memo<Option<SaveRoute>> {
    let state = use_state();
    Memo::new(move |_| {
        let connection = state.connection.get().unwrap_or(Connection::Offline);
        state.settings.read().as_ref().map(|settings| route(connection, settings))
    })
}

/// What closes `action` at creation, when the creation will not reach headquarters while the operator waits.
pub(crate) fn use_closed_at_creation(action: CustomerAction) -> Memo<Option<Closed>> {
    let (state, route) = (use_state(), use_save_route());
    Memo::new(move |_| {
        let switches = state.settings.read().as_ref().map(|settings| settings.switches).unwrap_or_default();
        match (route.get(), permit(action, Standing::Pending, switches)) {
            (Some(SaveRoute::AtHeadquarters), _) => None,
            (_, Permission::Closed(closed)) => Some(closed),
            (_, Permission::Recorded | Permission::RealTime) => None,
        }
    })
}

/// Why no customer can be created at this register now.
pub(crate) fn creation_closed() -> Signal<Option<String>> {
    let (text, state) = (use_text(), use_state());
    Signal::derive(move || {
        let deactivated = state.acceptance.get() == Acceptance::DeliversOnly;
        deactivated.then(|| text.get().creation_closed_register_deactivated().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::{Country, DefaultCustomer, FeatureSwitches, SettingsVersion};
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn settings(asynchronous: bool, filtered: bool) -> ChannelSettings {
        ChannelSettings {
            version: SettingsVersion(1),
            channel: "riga-centrs".into(),
            store_name: "Rīga Centrs".into(),
            country: Country::parse("LV").unwrap(),
            create_customer_async: asynchronous,
            generate_loyalty_card_number: false,
            filter_shared_customer_data: filtered,
            switches: FeatureSwitches::default(),
            default_customer: DefaultCustomer::default(),
            affiliations: Vec::new(),
            customer_groups: Vec::new(),
            attributes: Vec::new(),
            rescue_key: None,
        }
    }

    #[test]
    fn the_route_is_what_the_domain_decides() {
        use Connection::{HeadquartersOutOfReach, Offline, Online};
        for (connection, asynchronous, filtered, expected) in [
            (Online, false, false, SaveRoute::AtHeadquarters),
            (Online, true, false, SaveRoute::InStore),
            (HeadquartersOutOfReach, true, true, SaveRoute::InStore),
            (HeadquartersOutOfReach, false, false, SaveRoute::InStoreHeadquartersOut),
            (Offline, false, false, SaveRoute::OnRegister),
            (Offline, true, true, SaveRoute::Excluded),
        ] {
            assert_eq!(route(connection, &settings(asynchronous, filtered)), expected, "{connection:?}");
        }
    }
}
