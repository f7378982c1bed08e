//! The app: its contexts, and which screen stands for which access. It decides nothing about customers.
#![allow(
    unreachable_pub,
    reason = "a component's macro makes a second function of it, which is not re-exported"
)]

use kase_register::StoreError;
use kase_ui::{ToastRegion, provide_toasts, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::finder::provide_finder;
use crate::components::name_lists::provide_name_lists;
use crate::components::shell::Shell;
use crate::navigation::{provide_navigation, use_navigation};
use crate::pages::activation::ActivationPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::splash::SplashPage;
use crate::pages::stopped::{InsecurePage, NoStorePage};
use crate::preferences::provide_preferences;
use crate::runtime::start;
use crate::state::{Access, provide_state, use_state};

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    let state = provide_state();
    let preferences = provide_preferences();
    provide_name_lists();
    provide_toasts();
    provide_navigation();
    if let Some(owner) = Owner::current() {
        let contexts = owner.clone();
        // The runtime sets the access only after this, so no page asks for it too early.
        let started = move |runtime| {
            contexts.with(|| {
                provide_context(runtime);
                provide_finder(runtime);
            });
        };
        spawn_local(start(state, preferences.locale.into(), owner, started));
    }
    let text = use_text();
    view! {
        <Gate/>
        <ToastRegion
            label=text.of(|text| text.notifications())
            dismiss_label=text.of(|text| text.dismiss())
        />
    }
}

/// What is shown, as far as access decides it.
#[derive(Debug, Clone, PartialEq)]
enum Screen {
    Splash,
    Insecure,
    NoStore(StoreError),
    Activation,
    SignIn,
    Work,
}

impl Screen {
    /// A session that ends by itself leaves the work where it is, with everything typed, and asks for sign-in there.
    fn of(access: &Access) -> Self {
        match access {
            Access::Opening => Self::Splash,
            Access::Insecure => Self::Insecure,
            Access::NoStore(error) => Self::NoStore(error.clone()),
            Access::NotActivated => Self::Activation,
            Access::SignedOut => Self::SignIn,
            Access::SessionEnded | Access::Unattended | Access::SignedIn(_) => Self::Work,
        }
    }
}

#[component]
fn Gate() -> impl IntoView {
    let access = use_state().access;
    let screen = Memo::new(move |_| Screen::of(&access.read()));
    move || match screen.get() {
        Screen::Splash => view! { <SplashPage/> }.into_any(),
        Screen::Insecure => view! { <InsecurePage/> }.into_any(),
        Screen::NoStore(error) => view! { <NoStorePage error/> }.into_any(),
        Screen::Activation => view! { <ActivationPage/> }.into_any(),
        Screen::SignIn => view! { <SignInPage/> }.into_any(),
        Screen::Work => view! { <Work/> }.into_any(),
    }
}

#[component]
fn Work() -> impl IntoView {
    let place = use_navigation().place();
    let known = Memo::new(move |_| place.read().page().is_some());
    move || if known.get() { view! { <Shell/> }.into_any() } else { view! { <NotFoundPage/> }.into_any() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_session_that_ends_by_itself_leaves_the_work_where_it_is() {
        assert_eq!(Screen::of(&Access::SessionEnded), Screen::Work);
        assert_eq!(Screen::of(&Access::Unattended), Screen::Work);
        assert_eq!(Screen::of(&Access::SignedOut), Screen::SignIn);
    }
}
