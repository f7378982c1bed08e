//! News that nobody has to answer, such as "Saved". It stands where nothing is that the hand needs next,
//! and goes by itself, or with the page; what needs a person stays until it is dismissed.

use std::time::Duration;

use leptos::prelude::*;

use crate::{Icon, IconButton, NoticeTone, Shape};

/// Long enough to read two lines twice.
const SHOWN: Duration = Duration::from_secs(7);

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// How it is meant.
    pub tone: NoticeTone,
    /// What it says.
    pub text: String,
}

/// The place for news, as a context.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
}

impl Toasts {
    /// Shows it, in place of what was shown.
    pub fn show(self, tone: NoticeTone, text: impl Into<String>) {
        self.shown.set(Some(Toast { tone, text: text.into() }));
    }

    /// Somebody went elsewhere: what needs no answer is over.
    pub fn left_behind(self) {
        let over =
            self.shown.read_untracked().as_ref().is_some_and(|toast| toast.tone != NoticeTone::Problem);
        if over {
            self.dismiss();
        }
    }

    /// Takes away what is shown.
    pub fn dismiss(self) {
        self.shown.set(None);
    }
}

/// Makes the place for news; called once, by the app.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { shown: RwSignal::new(None) };
    provide_context(toasts);
    toasts
}

/// The place for news; without an app's, one that nobody sees.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts { shown: RwSignal::new(None) })
}

/// Shows the news; in the document from the start, so that screen readers listen to it.
#[component]
pub fn ToastRegion(
    /// Its accessible name.
    #[prop(into)]
    label: TextProp,
    /// The name of the button that takes the news away.
    #[prop(into)]
    dismiss_label: TextProp,
) -> impl IntoView {
    let toasts = use_toasts();
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(handle) = timer.flatten() {
            handle.clear();
        }
        let leaves = toasts.shown.read().as_ref().is_some_and(|toast| toast.tone != NoticeTone::Problem);
        if leaves { set_timeout_with_handle(move || toasts.dismiss(), SHOWN).ok() } else { None }
    });
    let toast = move |Toast { tone, text }: Toast| {
        let (class, icon) = match tone {
            NoticeTone::Plain => ("toast", Shape::Info),
            NoticeTone::Waiting => ("toast", Shape::Clock),
            NoticeTone::Problem => ("toast toast-problem", Shape::Warning),
            NoticeTone::Done => ("toast", Shape::Check),
        };
        view! {
            <div class=class>
                <Icon shape=icon/>
                <p class="toast-text">{text}</p>
                <IconButton label=dismiss_label.clone() icon=Shape::Close on_press=move || toasts.dismiss()/>
            </div>
        }
    };
    view! {
        <section class="toasts" aria-label=move || label.get() aria-live="polite" aria-atomic="true">
            {move || toasts.shown.get().map(toast.clone())}
        </section>
    }
}
