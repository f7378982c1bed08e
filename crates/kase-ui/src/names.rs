//! Names of countries, languages and currencies, from the browser's own tables: nothing to download, and
//! right in every language that Kase will ever speak.

use js_sys::{Array, Function, Object, Reflect};
use kase_text::Locale;
use wasm_bindgen::{JsCast, JsValue};

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOf {
    /// ISO 3166-1 alpha-2: `LV`.
    Country,
    /// BCP 47: `lv`.
    Language,
    /// ISO 4217: `EUR`.
    Currency,
}

/// The name of `code` in the interface's language; the code itself where the browser knows none.
pub fn name_of(what: NameOf, code: &str, locale: Locale) -> String {
    display_name(what, code, locale).unwrap_or_else(|| code.to_owned())
}

/// Through `Reflect`, since an older browser lacks `Intl.DisplayNames` and throws on a malformed code.
fn display_name(what: NameOf, code: &str, locale: Locale) -> Option<String> {
    let kind = match what {
        NameOf::Country => "region",
        NameOf::Language => "language",
        NameOf::Currency => "currency",
    };
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &kind.into()).ok()?;
    let arguments = Array::of2(&locale.tag().into(), &options);
    let names = Reflect::construct(&constructor, &arguments).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(&names, &JsValue::from_str(code)).ok()?.as_string()
}
