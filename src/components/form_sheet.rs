//! The sheet around a form: Save that cannot be pressed twice, what went wrong beside it, and a question before
//! anything typed is thrown away.

use kase_ui::{Button, ButtonKind, Icon, IconSize, Shape, Sheet, use_text};
use leptos::ev;
use leptos::prelude::*;

use crate::runtime::use_runtime;

/// How saving stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Saving {
    /// Whether it is under way.
    pub(crate) busy: RwSignal<bool>,
    /// Why it came to nothing; what was typed is still there.
    pub(crate) failure: RwSignal<Option<String>>,
}

impl Saving {
    /// Nothing has been tried.
    pub(crate) fn new() -> Self {
        Self { busy: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Begins, unless it is under way already.
    pub(crate) fn begin(self) -> bool {
        let begins = !self.busy.get_untracked();
        if begins {
            self.busy.set(true);
            self.failure.set(None);
        }
        begins
    }

    /// Ended; the sheet may have gone meanwhile.
    pub(crate) fn end(self, failure: Option<String>) {
        self.busy.try_set(false);
        self.failure.try_set(failure);
    }
}

/// A sheet with Cancel and Save.
#[component]
pub(crate) fn FormSheet(
    /// Its heading.
    #[prop(into)]
    title: TextProp,
    /// What the button says.
    #[prop(into)]
    save_label: TextProp,
    /// How saving stands.
    saving: Saving,
    /// Whether something was typed that closing would lose.
    #[prop(into)]
    typed: Signal<bool>,
    /// Why it cannot be saved now.
    #[prop(optional, into)]
    closed: Signal<Option<String>>,
    /// How many fields have to be corrected first.
    #[prop(optional, into)]
    wrong: Signal<usize>,
    /// What saving will do, before it is pressed.
    #[prop(optional, into)]
    note: Signal<Option<String>>,
    /// Save was pressed.
    #[prop(into)]
    on_save: Callback<()>,
    /// The sheet is to go.
    #[prop(into)]
    on_close: Callback<()>,
    /// The form.
    children: Children,
) -> impl IntoView {
    let text = use_text();
    let counted = StoredValue::new_local(use_runtime().count_form());
    on_cleanup(move || counted.dispose());
    let asking = RwSignal::new(false);
    let close = move |()| {
        // What is being saved is waited for, so that nobody wonders what became of it.
        if saving.busy.get_untracked() {
            return;
        }
        if typed.get_untracked() { asking.set(true) } else { on_close.run(()) }
    };
    let save = move || {
        if closed.read_untracked().is_none() {
            on_save.run(());
        }
    };
    let chord = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    let save_label = StoredValue::new(save_label);
    let footer = move || {
        view! {
            <SavingNote saving wrong note/>
            <Button label=text.of(|text| text.cancel()) on_press=close/>
            <Button
                label=move || save_label.get_value().get()
                kind=ButtonKind::Primary
                busy=saving.busy
                closed
                on_press=move |()| save()
            />
        }
    };
    view! {
        <Sheet title close_label=text.of(|text| text.close()) on_close=close footer>
            <div on:keydown=chord>{children()}</div>
        </Sheet>
        <Show when=move || asking.get()>
            <DiscardQuestion on_keep=move |()| asking.set(false) on_discard=on_close/>
        </Show>
    }
}

/// What saving will do, or why it came to nothing; in the document from the start, so that it is read out.
#[component]
fn SavingNote(saving: Saving, wrong: Signal<usize>, note: Signal<Option<String>>) -> impl IntoView {
    let text = use_text();
    let failure = Memo::new(move |_| {
        let wrong = u64::try_from(wrong.get()).unwrap_or(u64::MAX);
        if wrong > 0 { Some(text.get().not_saved_check_fields(wrong)) } else { saving.failure.get() }
    });
    view! {
        <div class="sheet-note">
            <p class="sheet-failure" role="alert">
                {move || {
                    failure
                        .get()
                        .map(|failure| view! { <Icon shape=Shape::Warning size=IconSize::Small/> <span>{failure}</span> })
                }}
            </p>
            <p hidden=move || failure.read().is_some()>
                {move || if saving.busy.get() { Some(text.get().saving().to_owned()) } else { note.get() }}
            </p>
        </div>
    }
}

#[component]
fn DiscardQuestion(
    #[prop(into)] on_keep: Callback<()>,
    #[prop(into)] on_discard: Callback<()>,
) -> impl IntoView {
    let text = use_text();
    let footer = move || {
        view! {
            <Button label=text.of(|text| text.keep_editing()) on_press=on_keep/>
            <Button label=text.of(|text| text.discard()) kind=ButtonKind::Danger on_press=on_discard/>
        }
    };
    view! {
        <Sheet
            title=text.of(|text| text.discard_question())
            close_label=text.of(|text| text.keep_editing())
            on_close=on_keep
            footer
        >
            <p class="question">{text.of(|text| text.discard_detail())}</p>
        </Sheet>
    }
}
