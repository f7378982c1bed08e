//! Where in the app one is, and how to get elsewhere. Four places need no router: leptos_router was some 30 kB of
//! what a browser downloads before it shows the first of them.

use kase_text::Page;
use leptos::ev;
use leptos::prelude::*;

use crate::components::words::label_in;
use crate::platform::history;

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The list, nobody chosen.
    Customers,
    /// One customer, by account number or short reference.
    Customer(String),
    SyncStatus,
    Settings,
    /// No page has this address.
    Nowhere,
}

/// The address that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Navigation {
    place: RwSignal<Place>,
}

impl Place {
    fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        match (path, label_in(path)) {
            ("", _) => Self::Customers,
            ("/sync", _) => Self::SyncStatus,
            ("/settings", _) => Self::Settings,
            (_, Some(label)) if !label.contains('/') => Self::Customer(label.to_owned()),
            _ => Self::Nowhere,
        }
    }

    /// The page that the place is on.
    pub(crate) fn page(&self) -> Option<Page> {
        match self {
            Self::Customers | Self::Customer(_) => Some(Page::Customers),
            Self::SyncStatus => Some(Page::SyncStatus),
            Self::Settings => Some(Page::Settings),
            Self::Nowhere => None,
        }
    }

    /// The customer that it shows.
    pub(crate) fn label(&self) -> Option<&str> {
        match self {
            Self::Customer(label) => Some(label),
            _ => None,
        }
    }
}

impl Navigation {
    /// Where one is.
    pub(crate) fn place(self) -> ReadSignal<Place> {
        self.place.read_only()
    }

    /// Goes there, as by a link.
    pub(crate) fn go(self, path: &str) {
        if history::path() != path {
            history::push(path);
        }
        self.arrived();
        history::to_top();
    }

    /// What is shown is called otherwise by now: nothing moves, and the way back does not lead to the old name.
    pub(crate) fn renamed(self, path: &str) {
        history::replace(path);
        self.arrived();
    }

    fn arrived(self) {
        let place = Place::of(&history::path());
        if *self.place.read_untracked() != place {
            self.place.set(place);
        }
    }
}

/// Puts it into the context, and listens to links and to the browser's own ways for as long as the tab lives.
pub(crate) fn provide_navigation() {
    let navigation = Navigation { place: RwSignal::new(Place::of(&history::path())) };
    let _ = window_event_listener(ev::popstate, move |_| navigation.arrived());
    let _ = window_event_listener(ev::click, move |click| {
        if let Some(path) = history::path_of_click(&click) {
            click.prevent_default();
            navigation.go(&path);
        }
    });
    provide_context(navigation);
}

/// From the context; the app provides it before anything is shown.
#[expect(clippy::expect_used, reason = "at start-up only: the app provides it before it mounts a page")]
pub(crate) fn use_navigation() -> Navigation {
    use_context().expect("the app provides the navigation before it mounts a page")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_one_place() {
        for (path, place) in [
            ("/", Place::Customers),
            ("/customers/C-0004007", Place::Customer("C-0004007".into())),
            ("/customers/C-0004007/", Place::Customer("C-0004007".into())),
            ("/sync", Place::SyncStatus),
            ("/settings/", Place::Settings),
            ("/customers", Place::Nowhere),
            ("/customers/a/b", Place::Nowhere),
            ("/sync/more", Place::Nowhere),
        ] {
            assert_eq!(Place::of(path), place, "{path}");
        }
    }
}
