//! The only loop of the point of sale: an intent or event goes to the register, effects come back, the
//! platform performs them and reports. It performs and never decides; work that outlives a page lives here.

mod access;
mod all_stores;
mod customers;
mod engine;
mod export;
mod forget;
mod mending;
mod show;
mod start;
mod values;
mod wire;
mod witness;

use std::rc::Rc;

use kase_domain::{AddressId, AddressRecord, CustomerId, CustomerRecord, LoyaltyCardNumber, OperationId};
use kase_register::{Answer, Event, Form, Intent, NewCustomer};
use kase_replication::CustomerState;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub(crate) use access::ActivationFailure;
pub(crate) use customers::{Found, Likely, Row};
pub(crate) use export::{ExportFailure, Exported};
pub(crate) use start::start;

use crate::platform::ids;
use engine::Engine;

/// A handle of the runtime. Copy it wherever it is needed.
#[derive(Clone, Copy)]
pub(crate) struct Runtime {
    engine: StoredValue<Rc<Engine>, LocalStorage>,
}

/// The ids of one form that creates: made when it opens, and the same for every try to save it, so that a double click or
/// a lost answer leaves one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormIds {
    /// Of the customer.
    pub(crate) customer_id: CustomerId,
    /// Of the edit that carries held fields, should there be any.
    pub(crate) held_operation_id: OperationId,
}

impl Runtime {
    fn engine(self) -> Rc<Engine> {
        self.engine.get_value()
    }

    /// Ids for a form that creates.
    pub(crate) fn form_ids(self) -> FormIds {
        FormIds { customer_id: CustomerId(ids::new_id()), held_operation_id: OperationId(ids::new_id()) }
    }

    /// An id for a form that changes a customer.
    pub(crate) fn operation_id(self) -> OperationId {
        OperationId(ids::new_id())
    }

    /// An id for a new address.
    pub(crate) fn address_id(self) -> AddressId {
        AddressId(ids::new_id())
    }

    /// Creates a customer.
    pub(crate) async fn create_customer(self, form: FormIds, record: CustomerRecord) -> Answer {
        let engine = self.engine();
        let reference_count = match engine.take_reference_count().await {
            Ok(count) => count,
            Err(error) => return Answer::StoreFailed(error),
        };
        let new = NewCustomer {
            customer_id: form.customer_id,
            held_operation_id: form.held_operation_id,
            correction_id: self.operation_id(),
            reference_count,
            record,
        };
        engine.intend(Intent::CreateCustomer(Box::new(new))).await
    }

    /// Changes a customer from what was seen to what is wanted.
    pub(crate) async fn edit_customer(
        self,
        operation_id: OperationId,
        seen: CustomerState,
        wanted: CustomerRecord,
    ) -> Answer {
        let (form, seen, wanted) = (self.another_try(operation_id), Box::new(seen), Box::new(wanted));
        self.engine().intend(Intent::EditCustomer { form, seen, wanted }).await
    }

    /// Adds an address.
    pub(crate) async fn add_address(
        self,
        operation_id: OperationId,
        seen: CustomerState,
        address: AddressRecord,
    ) -> Answer {
        let (form, seen, address) = (self.another_try(operation_id), Box::new(seen), Box::new(address));
        self.engine().intend(Intent::AddAddress { form, seen, address }).await
    }

    /// Issues a loyalty card.
    pub(crate) async fn issue_loyalty_card(
        self,
        operation_id: OperationId,
        seen: CustomerState,
        number: Option<LoyaltyCardNumber>,
    ) -> Answer {
        let (form, seen) = (self.another_try(operation_id), Box::new(seen));
        self.engine().intend(Intent::IssueLoyaltyCard { form, seen, number }).await
    }

    fn another_try(self, operation_id: OperationId) -> Form {
        Form { operation_id, correction_id: self.operation_id() }
    }

    /// Takes a refused or discarded operation off the list; the channel keeps it.
    pub(crate) async fn remove_from_list(self, operation_id: OperationId) -> Answer {
        self.engine().intend(Intent::RemoveFromList(operation_id)).await
    }

    /// Tries at once to reach the channel and to deliver what waits.
    pub(crate) fn retry_now(self) {
        self.engine().handle(Event::RetryRequested);
    }

    /// Looks how much room there is: what was seen at the start is soon far from it.
    pub(crate) fn measure_storage(self) {
        spawn_local(start::measure_storage(self.engine().state));
    }

    /// Asks the browser never to delete what is stored; tells what it answers.
    pub(crate) async fn ask_for_storage(self) -> bool {
        start::watch_storage(self.engine().state).await
    }

    /// Lets the waiting version of the app take over, on a person's word.
    pub(crate) fn update_now(self) {
        crate::platform::service_worker::activate_waiting();
    }
}

/// The runtime from the context; the app provides it before it mounts a page.
#[expect(clippy::expect_used, reason = "at start-up only: the app provides it before it mounts a page")]
pub(crate) fn use_runtime() -> Runtime {
    use_context().expect("the app provides the runtime before it mounts a page")
}
