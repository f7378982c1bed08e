//! A message that stands in the page, at what it is about.

use leptos::prelude::*;

use crate::{Icon, Shape};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeTone {
    /// Good to know.
    #[default]
    Plain,
    /// Something waits, or should be looked at: amber.
    Waiting,
    /// Needs a person: brick. Read out at once.
    Problem,
    /// It worked.
    Done,
}

/// A message, and what can be done about it.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    tone: NoticeTone,
    /// Another icon than the tone's.
    #[prop(optional, into)]
    icon: Option<Shape>,
    /// Whether it appears by itself and so has to be read out.
    #[prop(optional)]
    live: bool,
    /// Buttons at its end.
    #[prop(optional, into)]
    actions: ViewFn,
    /// The message.
    children: Children,
) -> impl IntoView {
    let (class, usual) = match tone {
        NoticeTone::Plain => ("notice", Shape::Info),
        NoticeTone::Waiting => ("notice notice-waiting", Shape::Clock),
        NoticeTone::Problem => ("notice notice-problem", Shape::Warning),
        NoticeTone::Done => ("notice notice-done", Shape::Check),
    };
    let role = live.then_some(if tone == NoticeTone::Problem { "alert" } else { "status" });
    view! {
        <div class=class role=role>
            <Icon shape=icon.unwrap_or(usual)/>
            <div class="notice-text">{children()}</div>
            <div class="notice-actions">{actions.run()}</div>
        </div>
    }
}
