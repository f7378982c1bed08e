//! The icons: one set, 24 units wide, strokes of 1.75 px, rounded, drawn after Lucide's manner.
//!
//! They decorate a text beside them, so screen readers pass over them. Long because a set is drawn as one.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// People.
    Customers,
    /// One person.
    Person,
    /// A house with floors.
    Organization,
    /// Two arrows in a circle.
    Sync,
    /// A cog.
    Settings,
    /// A magnifying glass.
    Search,
    /// A plus.
    Plus,
    /// A cross.
    Close,
    /// A tick.
    Check,
    /// A clock: waiting.
    Clock,
    /// A triangle: needs a person.
    Warning,
    /// A lock: closed.
    Lock,
    /// Waves: connected.
    Online,
    /// A building struck out: headquarters out of reach.
    HeadquartersOut,
    /// Waves struck out.
    Offline,
    /// Points down; turns when open.
    ChevronDown,
    /// Points to what follows; mirrors.
    ChevronForward,
    /// Points back; mirrors.
    Back,
    /// A pencil.
    Edit,
    /// A card.
    Card,
    /// A pin on a map.
    Address,
    /// An arrow into a tray.
    Export,
    /// A key that deletes backwards; mirrors.
    Backspace,
    /// A disk.
    Storage,
    /// An i in a circle.
    Info,
    /// A door and an arrow out; mirrors.
    SignOut,
    /// A bin.
    Remove,
    /// An envelope.
    Mail,
    /// A receiver.
    Phone,
}

/// How large an icon is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IconSize {
    /// 16 px, beside small text.
    Small,
    /// 22 px.
    #[default]
    Medium,
    /// 32 px, in an empty state.
    Large,
}

/// Draws a shape in the colour of the text around it.
#[component]
pub fn Icon(
    /// What it shows.
    #[prop(into)]
    shape: Signal<Shape>,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    let class = match size {
        IconSize::Small => "icon icon-small",
        IconSize::Medium => "icon",
        IconSize::Large => "icon icon-large",
    };
    view! {
        <svg class=class class:icon-mirrors=move || shape.get().mirrors() viewBox="0 0 24 24" aria-hidden="true">
            <path d=move || shape.get().path()></path>
        </svg>
    }
}

impl Shape {
    /// Whether it points along the line, and so turns round in a right-to-left language.
    fn mirrors(self) -> bool {
        matches!(self, Self::ChevronForward | Self::Back | Self::Backspace | Self::SignOut)
    }

    fn path(self) -> &'static str {
        match self {
            Self::Customers => {
                "M12.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5M16 4.8a3.5 \
                 3.5 0 0 1 0 6.4M18.5 15c1.7.8 2.7 2.4 3 5"
            }
            Self::Person => {
                "M15.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M5 20c.7-3.6 3.6-5.5 7-5.5s6.3 1.9 7 5.5"
            }
            Self::Organization => {
                "M5 21V5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v16M3 21h18M9 7.5h1M14 7.5h1M9 11.5h1M14 11.5h1M10 21v-5h4v5"
            }
            Self::Sync => {
                "M20 11a8 8 0 0 0-14.3-4.3L3.5 9M4 13a8 8 0 0 0 14.3 4.3l2.2-2.3M3.5 4.5V9H8M20.5 19.5V15H16"
            }
            Self::Settings => {
                "M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0M12 2.5v3M12 18.5v3M21.5 12h-3M5.5 12h-3M18.7 5.3l-2.1 2.1M7.4 \
                 16.6l-2.1 2.1M18.7 18.7l-2.1-2.1M7.4 7.4 5.3 5.3"
            }
            Self::Search => "M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0M20 20l-4.2-4.2",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Check => "m5 13 4 4L19 7",
            Self::Clock => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 7v5l3 2",
            Self::Warning => "M12 4 2.5 20h19zM12 10v4M12 17v.2",
            Self::Lock => {
                "M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2M8 11V8a4 4 0 0 1 8 0v3"
            }
            Self::Online => "M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 14 0M2 9a15 15 0 0 1 20 0M12 20v.1",
            Self::HeadquartersOut => {
                "M3 3l18 18M5 21V5M9.5 3H17a2 2 0 0 1 2 2v9.5M3 21h18M19 19v2M9 12h1M14 7.5h1M10 21v-5h4"
            }
            Self::Offline => {
                "M3 3l18 18M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 4.2-2.5M19 12.9a10 10 0 0 0-2.6-1.9M2 9a15 15 0 \
                 0 1 4.5-2.8M22 9A15 15 0 0 0 11 5M12 20v.1"
            }
            Self::ChevronDown => "m6 9 6 6 6-6",
            Self::ChevronForward => "m9 6 6 6-6 6",
            Self::Back => "M11 6l-6 6 6 6M5 12h14",
            Self::Edit => "M4 20l1-4L16.5 4.5a2 2 0 0 1 2.9 0l.1.1a2 2 0 0 1 0 2.9L8 19zM14.5 6.5l3 3",
            Self::Card => {
                "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M3 10h18M7 15h4"
            }
            Self::Address => {
                "M19 10c0 5-7 11-7 11S5 15 5 10a7 7 0 0 1 14 0M14.5 10a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0"
            }
            Self::Export => "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 16v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2",
            Self::Backspace => "M9 5h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-6-7zM11.5 9.5l5 5M16.5 9.5l-5 5",
            Self::Storage => {
                "M20 6c0 1.7-3.6 3-8 3S4 7.7 4 6s3.6-3 8-3 8 1.3 8 3M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 \
                 1.7 3.6 3 8 3s8-1.3 8-3"
            }
            Self::Info => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 11v5M12 8v-.1",
            Self::SignOut => "M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15.5 8l4 4-4 4M19.5 12H10",
            Self::Remove => {
                "M4 7h16M9.5 7V5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M6 7l1 12a2 2 0 0 0 2 1.8h6a2 2 0 0 0 2-1.8L18 7M10 11v6M14 11v6"
            }
            Self::Mail => {
                "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M3.5 7.5 12 13l8.5-5.5"
            }
            Self::Phone => {
                "M6.5 4h2.8l1.5 4-2 1.5a11 11 0 0 0 5.7 5.7l1.5-2 4 1.5v2.8a2 2 0 0 1-2.2 2A16 16 0 0 1 4.5 \
                 6.2a2 2 0 0 1 2-2.2"
            }
        }
    }
}
