//! The line of stages on the way to an account number.

use leptos::prelude::*;

/// Where a stage is, seen from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Here, and needs a person.
    Refused,
    /// Still to come.
    Ahead,
}

/// One stage as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Its age and what it waits for; empty where there is nothing to say.
    pub detail: String,
    /// The exact time, on hover; empty where there is none.
    pub exact_time: String,
    /// Where it is.
    pub state: StepState,
    /// The same in a word, for screen readers.
    pub state_text: String,
}

/// Space for the details is kept, so that the line never grows when a stage is reached.
#[component]
pub fn StageTrack(
    /// What the line is.
    #[prop(into)]
    label: TextProp,
    /// Its stages, first to last; always the same number.
    #[prop(into)]
    steps: Signal<Vec<Step>>,
) -> impl IntoView {
    let step = |step: Step| {
        let class = match step.state {
            StepState::Done => "step step-done",
            StepState::Now => "step step-now",
            StepState::Refused => "step step-now step-refused",
            StepState::Ahead => "step",
        };
        let here = matches!(step.state, StepState::Now | StepState::Refused).then_some("step");
        view! {
            <li class=class aria-current=here>
                <span class="step-label">{step.label}</span>
                <span class="visually-hidden">{step.state_text}</span>
                <span class="step-detail" title=step.exact_time>{step.detail}</span>
            </li>
        }
    };
    view! {
        <div class="track-place">
            <ol class="track" aria-label=move || label.get()>
                {move || steps.get().into_iter().map(step).collect_view()}
            </ol>
        </div>
    }
}
