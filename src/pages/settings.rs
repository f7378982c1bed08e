//! Settings: language, theme, text size; the register, who is signed in, and signing out.

use kase_register::Connection;
use kase_text::{Locale, TextSize, Theme};
use kase_ui::{Button, ButtonKind, KeyValue, KeyValues, Segmented, Shape, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::forget_sheet::ForgetSheet;
use crate::preferences::use_preferences;
use crate::runtime::use_runtime;
use crate::state::{Access, use_state};

/// The page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    view! {
        <div class="page">
            <div class="settings">
                <Appearance/>
                <ThisRegister/>
            </div>
        </div>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let (text, preferences) = (use_text(), use_preferences());
    view! {
        <section class="card">
            <h2>{text.of(|text| text.appearance())}</h2>
            <Segmented
                legend=text.of(|text| text.interface_language())
                legend_shown=true
                options=Locale::ALL
                text=|locale: Locale| locale.own_name()
                value=preferences.locale
                on_choose=move |locale| preferences.locale.set(locale)
            />
            <Segmented
                legend=text.of(|text| text.theme_label())
                legend_shown=true
                options=Theme::ALL
                text=move |theme| text.get().theme(theme)
                value=preferences.theme
                on_choose=move |theme| preferences.theme.set(theme)
            />
            <Segmented
                legend=text.of(|text| text.text_size_label())
                legend_shown=true
                options=TextSize::ALL
                text=move |size| text.get().text_size(size)
                value=preferences.text_size
                on_choose=move |size| preferences.text_size.set(size)
            />
        </section>
    }
}

#[component]
fn ThisRegister() -> impl IntoView {
    let (text, state, runtime) = (use_text(), use_state(), use_runtime());
    let (busy, asking) = (RwSignal::new(false), RwSignal::new(false));
    let register = move || state.register.read().as_ref().map(|name| name.as_str().to_owned());
    let store = move || state.settings.read().as_ref().map(|settings| settings.store_name.clone());
    let signed_in = move || match &*state.access.read() {
        Access::SignedIn(session) => {
            text.get().signed_in_as(&format!("{} ({})", session.name, session.operator))
        }
        _ => text.get().not_signed_in().to_owned(),
    };
    let offline = Memo::new(move |_| state.connection.get() == Some(Connection::Offline));
    let sign_out = move |()| {
        busy.set(true);
        spawn_local(async move {
            runtime.sign_out().await;
            busy.try_set(false);
        });
    };
    view! {
        <section class="card">
            <h2>{text.of(|text| text.this_register())}</h2>
            <KeyValues>
                <KeyValue key=text.of(|text| text.register())>{register}</KeyValue>
                <KeyValue key=text.of(|text| text.store())>{store}</KeyValue>
            </KeyValues>
            <p>{signed_in}</p>
            <div class="actions">
                <Button
                    label=text.of(|text| text.sign_out())
                    icon=Shape::SignOut
                    busy
                    on_press=sign_out
                />
                <Button
                    label=text.of(|text| text.forget_register())
                    kind=ButtonKind::Quiet
                    on_press=move |()| asking.set(true)
                />
            </div>
            <p class="secondary">
                {text.of(|text| text.sign_out_keeps())}
                {move || offline.get().then(|| format!(" {}", text.get().sign_out_offline()))}
            </p>
            <p class="secondary">{text.of(|text| text.version(env!("CARGO_PKG_VERSION")))}</p>
        </section>
        <Show when=move || asking.get()>
            <ForgetSheet on_close=move |()| asking.set(false)/>
        </Show>
    }
}
