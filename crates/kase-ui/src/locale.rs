//! The language in which everything is said, as a context: a switch re-renders every text in place.

use kase_text::{Catalogue, Locale};
use leptos::prelude::*;

/// The catalogue of the language in force. Copy it wherever text is needed.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    locale: RwSignal<Locale>,
}

impl Text {
    /// The catalogue; whoever reads it reactively is told of a switch.
    pub fn get(self) -> &'static dyn Catalogue {
        self.locale.get().text()
    }

    /// The catalogue now, for what is said once, such as a toast.
    pub fn get_untracked(self) -> &'static dyn Catalogue {
        self.locale.get_untracked().text()
    }

    /// A message as a prop or a child of a view: `text.of(|text| text.save())`.
    pub fn of<Said, Say>(self, say: Say) -> impl Fn() -> Said + Clone + Send + Sync + 'static
    where
        Say: Fn(&'static dyn Catalogue) -> Said + Clone + Send + Sync + 'static,
    {
        move || say(self.get())
    }

    /// A message as a signal, where one is asked for: an error, a reason.
    pub fn signal<Said, Say>(self, say: Say) -> Signal<Said>
    where
        Said: Send + Sync + 'static,
        Say: Fn(&'static dyn Catalogue) -> Said + Send + Sync + 'static,
    {
        Signal::derive(move || say(self.get()))
    }
}

/// Sets the language for all components below; called once, by the app.
pub fn provide_locale(locale: Locale) -> RwSignal<Locale> {
    let locale = RwSignal::new(locale);
    provide_context(Text { locale });
    locale
}

/// The language in force, to show it and to switch it.
pub fn use_locale() -> RwSignal<Locale> {
    use_text().locale
}

/// The texts in the language in force; English where no app has provided one.
pub fn use_text() -> Text {
    use_context().unwrap_or_else(|| Text { locale: RwSignal::new(Locale::default()) })
}
