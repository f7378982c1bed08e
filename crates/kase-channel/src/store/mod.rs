//! The statements, by table. They decide nothing; a caller brings the connection and so the transaction.

pub(crate) mod address_alias;
pub(crate) mod again;
pub(crate) mod customer;
pub(crate) mod device;
pub(crate) mod directory;
pub(crate) mod kept;
pub(crate) mod operation;
pub(crate) mod outbox;
pub(crate) mod passed_over;
pub(crate) mod place;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod unheard;
pub(crate) mod witness;
