//! The app's own modules: a binary has no library that a test could link.

#![allow(dead_code, unreachable_pub, reason = "the app uses all of it, each test a part")]

#[path = "../../src/platform/clock.rs"]
pub mod clock;
#[path = "../../src/platform/digest.rs"]
pub mod digest;
#[path = "../../src/platform/hints.rs"]
pub mod hints;
#[path = "../../src/platform/http.rs"]
pub mod http;
#[path = "../../src/platform/ids.rs"]
pub mod ids;
#[path = "../../src/platform/leadership.rs"]
mod leadership;
#[path = "../../src/platform/preferences.rs"]
pub mod preferences;
#[path = "../../src/platform/random.rs"]
pub mod random;
#[path = "../../src/platform/seal.rs"]
pub mod seal;
#[path = "../../src/platform/storage.rs"]
pub mod storage;
#[path = "../../src/platform/tabs.rs"]
pub mod tabs;
#[path = "../../src/platform/timer.rs"]
pub mod timer;
#[path = "../../src/platform/witness.rs"]
pub mod witness;
