//! The preferences of this browser's people, as signals: set here, kept by the platform, shown by `<html>`.

use kase_text::{Locale, TextSize, Theme};
use kase_ui::{provide_locale, show_appearance};
use leptos::prelude::*;

use crate::platform::preferences::{self, Kept};

/// Language, theme and text size. Copy it wherever it is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Preferences {
    /// The language of every text.
    pub(crate) locale: RwSignal<Locale>,
    /// Light, dark, or as the device says.
    pub(crate) theme: RwSignal<Theme>,
    /// How large text is.
    pub(crate) text_size: RwSignal<TextSize>,
}

/// Reads the preferences, shows them, and keeps every change of them.
pub(crate) fn provide_preferences() -> Preferences {
    let kept = preferences::read();
    let locale = kept.locale.as_deref().and_then(Locale::parse);
    let locale =
        locale.unwrap_or_else(|| Locale::from_accept_language(&preferences::browser_languages().join(",")));
    let preferences = Preferences {
        locale: provide_locale(locale),
        theme: RwSignal::new(named(&THEMES, kept.theme.as_deref()).unwrap_or(Theme::System)),
        text_size: RwSignal::new(named(&TEXT_SIZES, kept.text_size.as_deref()).unwrap_or(TextSize::Normal)),
    };
    show_appearance(preferences.locale.into(), preferences.theme.into(), preferences.text_size.into());
    Effect::watch(
        move || (preferences.locale.get(), preferences.theme.get(), preferences.text_size.get()),
        |(locale, theme, text_size), _, _| {
            preferences::keep(&Kept {
                locale: Some(locale.tag().to_owned()),
                theme: name(&THEMES, *theme),
                text_size: name(&TEXT_SIZES, *text_size),
            });
        },
        false,
    );
    provide_context(preferences);
    preferences
}

/// The preferences from the context.
#[expect(clippy::expect_used, reason = "at start-up only: the app provides them before it mounts a page")]
pub(crate) fn use_preferences() -> Preferences {
    use_context().expect("the app provides the preferences before it mounts a page")
}

/// Names as they are kept; they never change.
const THEMES: [(Theme, &str); 3] =
    [(Theme::System, "system"), (Theme::Light, "light"), (Theme::Dark, "dark")];
const TEXT_SIZES: [(TextSize, &str); 3] =
    [(TextSize::Normal, "normal"), (TextSize::Large, "large"), (TextSize::ExtraLarge, "extra-large")];

fn named<T: Copy>(names: &[(T, &str)], wanted: Option<&str>) -> Option<T> {
    names.iter().find(|(_, name)| Some(*name) == wanted).map(|(value, _)| *value)
}

fn name<T: PartialEq>(names: &[(T, &str)], wanted: T) -> Option<String> {
    names.iter().find(|(value, _)| *value == wanted).map(|(_, name)| (*name).to_owned())
}
