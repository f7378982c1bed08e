//! The only code that touches the browser's own interfaces: typed, small, without decisions.

pub(crate) mod calendar;
pub(crate) mod clock;
pub(crate) mod digest;
pub(crate) mod download;
pub(crate) mod hand;
pub(crate) mod hints;
pub(crate) mod history;
pub(crate) mod http;
pub(crate) mod ids;
mod leadership;
pub(crate) mod network;
pub(crate) mod preferences;
pub(crate) mod random;
pub(crate) mod seal;
pub(crate) mod service_worker;
pub(crate) mod storage;
pub(crate) mod tabs;
pub(crate) mod timer;
pub(crate) mod witness;
