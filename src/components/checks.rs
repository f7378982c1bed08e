//! What is wrong with what a form holds, said at the field once it has been left or saving was tried. The rules
//! are the domain's parsers; this only chooses when to say what they say.

use std::collections::{BTreeMap, BTreeSet};

use kase_domain::{FieldError, Problem};
use kase_ui::use_text;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::components::draft::Line;
use crate::components::words;

/// The first control that says it is wrong.
const FIRST_INVALID: &str = "dialog[open] [aria-invalid='true']";

/// The checks of one form. Copy them to every field.
#[derive(Clone, Copy)]
pub(crate) struct Checks {
    problems: Memo<BTreeMap<String, Problem>>,
    ill_formed: Memo<bool>,
    left: RwSignal<BTreeSet<String>>,
    saving_tried: RwSignal<bool>,
    /// What another place said of a field, and what stood there then.
    refused: RwSignal<BTreeMap<String, String>>,
}

impl Checks {
    /// Checks of a form: `find` reads it through the domain's parser, `lines` are its lines of text.
    pub(crate) fn new(
        find: impl Fn() -> Vec<FieldError> + Send + Sync + 'static,
        lines: impl Fn() -> Vec<Line> + Send + Sync + 'static,
    ) -> Self {
        let problems = Memo::new(move |_| {
            let found = find().into_iter().map(|error| (error.field, error.problem));
            // A list's entry in which nothing stands is left out of what is saved.
            found.filter(|(path, problem)| *problem != Problem::Required || !path.contains('[')).collect()
        });
        Self {
            problems,
            ill_formed: Memo::new(move |_| lines().into_iter().any(|line| line.ill_formed.get())),
            left: RwSignal::default(),
            saving_tried: RwSignal::new(false),
            refused: RwSignal::default(),
        }
    }

    /// Whether nothing is wrong. From here on every problem is said.
    pub(crate) fn pass(self) -> bool {
        self.saving_tried.set(true);
        self.problems.read_untracked().is_empty() && !self.ill_formed.get_untracked()
    }

    /// How many fields are said to be wrong, since somebody tried to save.
    pub(crate) fn said(self) -> Signal<usize> {
        Signal::derive(move || {
            let count = self.problems.read().len() + usize::from(self.ill_formed.get());
            if self.saving_tried.get() { count } else { 0 }
        })
    }

    /// Whether something is wrong with a field whose path begins so, and is being said.
    pub(crate) fn trouble_in(self, prefixes: &[&str]) -> bool {
        let said = |path: &String| prefixes.iter().any(|prefix| path.starts_with(prefix));
        self.saving_tried.get() && self.problems.read().keys().any(said)
            || self.refused.read().keys().any(said)
    }

    /// A person left the field.
    pub(crate) fn leave(self, path: &str) {
        self.left.update(|left| {
            left.insert(path.to_owned());
        });
        self.refused.update(|refused| {
            refused.remove(path);
        });
    }

    /// Another place said no to these fields.
    pub(crate) fn refuse(self, errors: impl IntoIterator<Item = (String, String)>) {
        self.refused.set(errors.into_iter().collect());
    }

    /// What is wrong with the field at `path`, in a sentence.
    pub(crate) fn error(self, path: Signal<String>, line: Line) -> Signal<Option<String>> {
        let text = use_text();
        Signal::derive(move || {
            let path = path.read();
            let text = text.get();
            if line.ill_formed.get() {
                return Some(text.problem(kase_text::Problem::NotWellFormed));
            }
            if let Some(refused) = self.refused.read().get(&*path) {
                return Some(refused.clone());
            }
            let problems = self.problems.read();
            let problem = problems.get(&*path)?;
            let tried = self.saving_tried.get();
            // An empty field is no mistake before somebody tries to save.
            let said = tried || (self.left.read().contains(&*path) && *problem != Problem::Required);
            said.then(|| text.problem(words::problem(&path, problem)))
        })
    }
}

/// Leads the hand to the first field that is wrong, once the fold-outs have opened.
pub(crate) fn focus_first_error() {
    request_animation_frame(|| {
        if let Ok(Some(field)) = document().query_selector(FIRST_INVALID)
            && let Ok(field) = field.dyn_into::<web_sys::HtmlElement>()
        {
            let _ = field.focus();
        }
    });
}
