//! One of a few values, all in view. Radio buttons underneath, so arrow keys and screen readers know them.

use leptos::prelude::*;

use crate::next_id;

/// A group of radio buttons that looks like one control.
#[component]
pub fn Segmented<Value, Label>(
    /// What is chosen here.
    #[prop(into)]
    legend: TextProp,
    /// Whether the legend is seen, or only heard.
    #[prop(optional)]
    legend_shown: bool,
    /// What can be chosen, such as `CustomerKind::ALL`.
    options: &'static [Value],
    /// What a person reads for each; read reactively, so a switch of language is followed.
    text: Label,
    /// The value chosen.
    #[prop(into)]
    value: Signal<Value>,
    /// Called with the value pressed.
    #[prop(into)]
    on_choose: Callback<Value>,
) -> impl IntoView
where
    Value: Copy + PartialEq + Send + Sync + 'static,
    Label: Fn(Value) -> &'static str + Copy + Send + Sync + 'static,
{
    let name = next_id("group");
    let segment = move |option: Value| {
        view! {
            <label class="segment">
                <input
                    class="visually-hidden"
                    type="radio"
                    name=name.clone()
                    prop:checked=move || value.get() == option
                    on:change=move |_| on_choose.run(option)
                />
                <span class="segment-text">{move || text(option)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented field-wide">
            <legend class="field-label" class:visually-hidden=!legend_shown>
                {move || legend.get()}
            </legend>
            <div class="segments">{options.iter().copied().map(segment).collect_view()}</div>
        </fieldset>
    }
}
