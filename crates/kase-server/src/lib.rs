//! The server: settings, roles, the drivers of the links, what is served beside the API. It knows no rule about
//! customers; channel and headquarters do, and they meet here over the same messages as when they run apart.

mod conversion_driver;
mod docs;
mod environment;
mod error;
mod folder_lock;
mod health;
mod installation;
mod link_driver;
pub mod logging;
mod maintenance;
mod metrics;
mod routes;
mod serving;
mod settings;
mod transport;
mod web;

pub use error::ServerError;
pub use maintenance::Maintenance;
pub use serving::run;
pub use settings::{LogFormat, Refusal, Role, Settings};
