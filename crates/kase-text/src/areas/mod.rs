//! The messages, area by area: what each says stands in the languages' files.
#![allow(missing_docs, reason = "a message's name and its English text say what it is")]

pub(crate) mod activation;
pub(crate) mod customer;
pub(crate) mod details;
pub(crate) mod error;
pub(crate) mod headquarters;
pub(crate) mod loss;
pub(crate) mod loyalty;
pub(crate) mod saving;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod sign_in;
pub(crate) mod sync;
