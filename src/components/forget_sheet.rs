//! *Forget this register*: says what would be lost, offers to export it first, and does nothing before the
//! register's name was typed.

use kase_register::Progress;
use kase_ui::{Button, ButtonKind, Keyboard, Notice, NoticeTone, Sheet, TextField, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::export_button::ExportButton;
use crate::runtime::use_runtime;
use crate::state::{State, use_state};

/// How many operations are on this register alone.
pub(crate) fn only_here(state: State) -> u64 {
    let waits = |progress: &Progress| !matches!(progress, Progress::Delivered(_));
    let waiting = state.waiting.read();
    u64::try_from(waiting.iter().filter(|operation| waits(&operation.progress)).count()).unwrap_or(u64::MAX)
}

/// The question.
#[component]
pub(crate) fn ForgetSheet(
    /// The sheet is to go.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (text, state, runtime, toasts) = (use_text(), use_state(), use_runtime(), use_toasts());
    let register = Memo::new(move |_| {
        state.register.read().as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default()
    });
    let (typed, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let waiting = Memo::new(move |_| only_here(state));
    let label = move || text.get().forget_confirmation(&register.read());
    let unconfirmed = move || {
        let named = typed.read().trim().to_uppercase() == *register.read() && !register.read().is_empty();
        (!named).then(label)
    };
    let forget = move |()| {
        busy.set(true);
        spawn_local(async move {
            if runtime.forget_register().await.is_err() {
                toasts.show(NoticeTone::Problem, text.get_untracked().forget_failed());
                busy.try_set(false);
            }
        });
    };
    view! {
        <Sheet
            title=text.of(|text| text.forget_register())
            close_label=text.of(|text| text.close())
            on_close
            footer=move || {
                view! {
                    <Button label=text.of(|text| text.cancel()) on_press=move |()| on_close.run(())/>
                    <Button
                        label=text.of(|text| text.forget_now())
                        kind=ButtonKind::Danger
                        busy
                        closed=Signal::derive(unconfirmed)
                        on_press=forget
                    />
                }
            }
        >
            <div class="form question">
                <p class="field-wide">{text.of(|text| text.forget_explanation())}</p>
                <div class="field-wide">
                    {move || match waiting.get() {
                        0 => view! { <Notice tone=NoticeTone::Done>{text.of(|text| text.forget_nothing_waits())}</Notice> }
                            .into_any(),
                        count => view! {
                            <Notice tone=NoticeTone::Problem actions=move || view! { <ExportButton/> }>
                                {move || text.get().forget_warning(count)}
                            </Notice>
                        }
                        .into_any(),
                    }}
                </div>
                <TextField label value=typed keyboard=Keyboard::Code wide=true autofocus=true required=true/>
            </div>
        </Sheet>
    }
}
