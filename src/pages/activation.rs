//! The first screen of a new device: it becomes a register.

use kase_text::Page;
use kase_ui::use_text;
use leptos::prelude::*;

use crate::components::activation_form::ActivationForm;
use crate::components::gate::GateCard;
use crate::components::loss_notice::LossNotice;
use crate::components::page_title::show_page_title;

/// Asks for the register's name and its code.
#[component]
pub(crate) fn ActivationPage() -> impl IntoView {
    let text = use_text();
    show_page_title(Page::Activation);
    view! {
        <GateCard
            title=text.of(|text| text.activate_heading())
            detail=text.of(|text| text.activate_explanation())
        >
            <LossNotice/>
            <ActivationForm/>
        </GateCard>
    }
}
