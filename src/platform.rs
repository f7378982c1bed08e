//! The only code that touches the browser's own interfaces: typed, small, without decisions.

pub mod clock;
pub mod download;
pub mod hints;
pub mod http;
pub mod ids;
pub mod network;
pub mod preferences;
pub mod random;
pub mod service_worker;
pub mod storage;
pub mod tabs;
pub mod timer;
