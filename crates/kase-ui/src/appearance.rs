//! Language, direction, theme and text size, where style sheets and screen readers look for them: on `<html>`.

use kase_text::{Locale, TextSize, Theme};
use leptos::prelude::*;

/// Keeps `<html>` in step with the register's preferences; called once, by the app.
pub fn show_appearance(locale: Signal<Locale>, theme: Signal<Theme>, text_size: Signal<TextSize>) {
    Effect::new(move || {
        set("lang", locale.get().tag());
        set("dir", locale.get().direction().as_str());
    });
    Effect::new(move || match theme.get() {
        Theme::System => remove("data-theme"),
        Theme::Light => set("data-theme", "light"),
        Theme::Dark => set("data-theme", "dark"),
    });
    Effect::new(move || match text_size.get() {
        TextSize::Normal => remove("data-text-size"),
        TextSize::Large => set("data-text-size", "large"),
        TextSize::ExtraLarge => set("data-text-size", "extra-large"),
    });
}

fn set(name: &str, value: &str) {
    if let Some(html) = document().document_element() {
        // Only a malformed name is refused, and these are not.
        let _ = html.set_attribute(name, value);
    }
}

fn remove(name: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.remove_attribute(name);
    }
}
