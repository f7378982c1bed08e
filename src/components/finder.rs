//! Finding customers: what is typed, what was found, and what Enter does. It stands above the pages, so that
//! the list is where it was when somebody comes back to it. The latest question wins, whatever answers first.

use std::sync::Arc;

use kase_register::{SendFailure, label};
use kase_replication::CustomerState;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::hand;
use crate::runtime::{Found, Row, Runtime};
use crate::state::use_state;

/// Rows that are shown at first, and more on asking: what a thumb scrolls through in a moment.
const ROWS: usize = 50;

/// *Search all stores* asks headquarters for no shorter text (behaviour.md, "Finding customers").
const SHORTEST_FOR_ALL: usize = 4;

/// What headquarters said of all stores.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum AllStores {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// The answer is on its way.
    Asking,
    /// These match.
    Found(Arc<Vec<Row>>),
    /// It did not answer.
    OutOfReach,
}

/// The search of this tab. Copy it wherever it is needed.
#[derive(Clone, Copy)]
pub(crate) struct Finder {
    runtime: Runtime,
    /// What is typed.
    pub(crate) query: RwSignal<String>,
    /// What this register found; none until its first answer.
    pub(crate) found: RwSignal<Option<Arc<Found>>>,
    /// What headquarters found.
    pub(crate) all_stores: RwSignal<AllStores>,
    /// What a new customer starts with, while its sheet is open.
    pub(crate) creating: RwSignal<Option<String>>,
    /// The search box.
    pub(crate) input: NodeRef<Input>,
    rows_wanted: RwSignal<usize>,
    asked: StoredValue<u64>,
}

/// What Enter leads to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entered {
    /// This customer, by its label.
    Open(String),
    /// The sheet of a new customer has been opened.
    Creates,
    /// Nothing.
    Nothing,
}

impl Finder {
    /// The rows in view: of all stores once somebody asked, of this register otherwise.
    pub(crate) fn rows(self) -> Option<Arc<Vec<Row>>> {
        if let AllStores::Found(rows) = &*self.all_stores.read() {
            return Some(rows.clone());
        }
        self.found.read().as_ref().map(|found| Arc::new(found.rows.clone()))
    }

    /// A customer of the rows in view, such as one that only another store has.
    pub(crate) fn seen(self, label_text: &str) -> Option<CustomerState> {
        let AllStores::Found(rows) = self.all_stores.get_untracked() else { return None };
        rows.iter().map(|row| &row.state).find(|state| label(state) == label_text).cloned()
    }

    /// The channel has said how a customer is whom this register may not keep.
    pub(crate) fn hear(self, customer: &CustomerState) {
        // The page may have been left meanwhile.
        let _ = self.all_stores.try_update(|found| {
            let AllStores::Found(rows) = found else { return };
            let same = |row: &&mut Row| row.state.customer_id == customer.customer_id;
            Arc::make_mut(rows).iter_mut().filter(same).for_each(|row| row.state.clone_from(customer));
        });
    }

    /// Shows more rows.
    pub(crate) fn show_more(self) {
        self.rows_wanted.update(|rows| *rows += ROWS);
    }

    /// Whether what is typed is long enough to ask headquarters.
    pub(crate) fn long_enough_for_all(self) -> bool {
        self.query.read().trim().chars().count() >= SHORTEST_FOR_ALL
    }

    /// Asks headquarters for customers of every store.
    pub(crate) async fn search_all(self) {
        let asked = self.query.get_untracked();
        self.all_stores.set(AllStores::Asking);
        let answer = self.runtime.search_all_stores(asked.clone()).await;
        if self.query.try_get_untracked().as_ref() != Some(&asked) {
            return;
        }
        self.all_stores.set(match answer {
            Ok(rows) => AllStores::Found(Arc::new(rows)),
            Err(SendFailure::Unreachable | SendFailure::Rejected | SendFailure::Refused(_)) => {
                AllStores::OutOfReach
            }
        });
    }

    /// Enter, typed or scanned: it may come before the list has followed, so it asks for itself.
    pub(crate) async fn enter(self) -> Entered {
        let typed = self.query.get_untracked();
        if typed.trim().is_empty() {
            return Entered::Nothing;
        }
        let first = match &self.all_stores.get_untracked() {
            AllStores::Found(rows) => rows.first().cloned(),
            _ => self.runtime.search(typed.clone(), 1).await.rows.into_iter().next(),
        };
        if self.query.try_get_untracked().as_ref() != Some(&typed) {
            return Entered::Nothing;
        }
        match first {
            Some(row) => Entered::Open(label(&row.state)),
            None => {
                self.creating.set(Some(typed));
                Entered::Creates
            }
        }
    }

    /// Begins anew.
    pub(crate) fn clear(self) {
        self.query.set(String::new());
    }

    /// The search box has the focus whenever nothing else needs it; a finger asks for it by itself.
    pub(crate) fn rest(self) {
        if !hand::is_finger() {
            request_animation_frame(move || self.focus());
        }
    }

    /// Puts the hand into the search box; what stands there is replaced by the next thing typed or scanned.
    pub(crate) fn focus(self) {
        if let Some(input) = self.input.try_get_untracked().flatten() {
            let _ = input.focus();
            input.select();
        }
    }

    fn follow(self) {
        let state = use_state();
        // Before the customers are read, nobody would be found.
        let read = Memo::new(move |_| state.customer_count.read().is_some());
        Effect::new(move || {
            if !read.get() {
                return;
            }
            let typed = self.query.get();
            let rows = self.rows_wanted.get();
            state.customers_revision.track();
            // What waits lies on top of what is stored, and those that wait come first.
            state.waiting.track();
            let ticket = self.asked.get_value() + 1;
            self.asked.set_value(ticket);
            spawn_local(async move {
                let found = self.runtime.search(typed, rows).await;
                if self.asked.try_get_value() == Some(ticket) {
                    self.found.set(Some(Arc::new(found)));
                }
            });
        });
        Effect::new(move || {
            self.query.track();
            self.all_stores.set(AllStores::NotAsked);
            self.rows_wanted.set(ROWS);
        });
    }
}

/// Makes the search; called once the runtime is there.
pub(crate) fn provide_finder(runtime: Runtime) {
    let finder = Finder {
        runtime,
        query: RwSignal::new(String::new()),
        found: RwSignal::new(None),
        all_stores: RwSignal::new(AllStores::NotAsked),
        creating: RwSignal::new(None),
        input: NodeRef::new(),
        rows_wanted: RwSignal::new(ROWS),
        asked: StoredValue::new(0),
    };
    finder.follow();
    provide_context(finder);
}

/// The search from the context; the app provides it with the runtime.
#[expect(clippy::expect_used, reason = "at start-up only: the app provides it before it mounts a page")]
pub(crate) fn use_finder() -> Finder {
    use_context().expect("the app provides the finder before it mounts a page")
}
