//! The components that Kase's front ends share: accessible, presentational, one a file. They hold no
//! rules, fetch nothing and say nothing of their own: every text is a prop, from `kase-text`.
//!
//! Styles stand in `style/`, a file per component; class names are the components' names. What changes
//! while it is shown is a `Signal`, what is said a `TextProp`, which also takes [`Text::of`]'s closures,
//! so that a switch of language changes every text where it stands.
#![allow(
    unreachable_pub,
    reason = "a component's macro makes a second function of it, which is not re-exported"
)]

mod appearance;
mod avatar;
mod badge;
mod button;
mod check_field;
mod chip;
mod disclosure;
mod empty_state;
mod field_frame;
mod highlight;
mod icon;
mod id;
mod initials;
mod key_value;
mod locale;
mod names;
mod notice;
mod pill;
mod pin_pad;
mod progress;
mod search_box;
mod segmented;
mod select_field;
mod sheet;
mod spinner;
mod stage_track;
mod text_field;
mod tile;
mod toast;

pub use appearance::show_appearance;
pub use avatar::{Avatar, AvatarShape};
pub use badge::Badge;
pub use button::{Button, ButtonKind, IconButton};
pub use check_field::CheckField;
pub use chip::{Chip, ChipTone};
pub use disclosure::Disclosure;
pub use empty_state::EmptyState;
pub use highlight::Highlight;
pub use icon::{Icon, IconSize, Shape};
pub use id::next_id;
pub use initials::initials;
pub use key_value::{KeyValue, KeyValues};
pub use locale::{Text, provide_locale, use_locale, use_text};
pub use names::{NameOf, name_of};
pub use notice::{Notice, NoticeTone};
pub use pill::{Pill, PillTone};
pub use pin_pad::PinPad;
pub use progress::Progress;
pub use search_box::SearchBox;
pub use segmented::Segmented;
pub use select_field::{Choice, SelectField};
pub use sheet::Sheet;
pub use spinner::Spinner;
pub use stage_track::{StageTrack, Step, StepState};
pub use text_field::{Keyboard, TextField};
pub use tile::{Tile, TileTone};
pub use toast::{Toast, ToastRegion, Toasts, provide_toasts, use_toasts};

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
