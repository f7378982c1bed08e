//! Operations that an older version of the app has left in a register's outbox: they wait there when the run begins, with
//! the bytes that are kept of that version, and arrive as everything else does.

use anyhow::{Context, Result};
use kase_domain::{Account, Action, AddressId, CustomerId, OperationId, Stage};
use kase_register::{NewEntry, Progress, WriteBatch};
use kase_replication::{CustomerState, Environment, RecordedOperation};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

use crate::ledger::{Change, Changed};
use crate::world::World;

/// One operation of each kind, as every version that was ever shipped wrote it.
const VERSIONS: [&str; 1] = [include_str!("../../kase-formats/fixtures/operation/1.json")];

/// An outbox holds some of them in so many cases, in thousandths.
const PERMILLE: u64 = 250;

/// The ids and the name in the fixtures, each replaced by one of its own.
const CUSTOMER: &str = "018f0000-0000-7000-8000-000000000001";
const ADDRESSES: [&str; 2] = ["018f0000-0000-7000-8000-00000000add1", "018f0000-0000-7000-8000-00000000add2"];
const NAMES: [&str; 2] = ["\"first_name\":\"Žņēķle\"", "\"first_name\":\"Anna\""];

impl World {
    /// Leaves what an older version recorded in an outbox, perhaps.
    pub(crate) fn leave_old_operations(&mut self, browser: usize) -> Result<()> {
        let (has_some, version, is_whole) = self
            .machine
            .draw(|random| (random.chance(PERMILLE), random.place(VERSIONS.len()), random.chance(500)));
        if !has_some {
            return Ok(());
        }
        let kept: BTreeMap<&str, Box<RawValue>> = serde_json::from_str(VERSIONS[version])?;
        let creation =
            if is_whole { "create a person" } else { "create a person of whom only the name is known" };
        let customer = CustomerId(self.machine.new_id());
        let first_name = format!("Anna old {browser}");
        let addresses = ADDRESSES.map(|_| AddressId(self.machine.new_id()));
        let mut batch = WriteBatch::default();
        for kind in [creation, "add an address of which nothing is known", "edit"] {
            let mut text = kept.get(kind).context("a fixture is missing")?.get().to_owned();
            text = text.replace(CUSTOMER, &customer.to_string());
            for (old, new) in ADDRESSES.iter().zip(&addresses) {
                text = text.replace(old, &new.to_string());
            }
            for name in NAMES {
                text = text.replace(name, &format!("\"first_name\":\"{first_name}\""));
            }
            // The settings of the other chain are none of this one.
            text = text.replace("\"settings_version\":7", "\"settings_version\":0");
            let read = RecordedOperation::parse(RawValue::from_string(text)?)?;
            let id = if kind == creation { customer.into() } else { OperationId(self.machine.new_id()) };
            let text = read.text().replace(&read.operation().id.to_string(), &id.to_string());
            let read = RecordedOperation::parse(RawValue::from_string(text)?)?;
            batch.recorded.push(entry(&read));
            match &read.operation().action {
                Action::CreateCustomer { .. } => {
                    let on_register = Account::Pending(Stage::OnRegister);
                    batch.customers.extend(CustomerState::recorded(read.operation(), on_register));
                }
                Action::AddAddress { address } => {
                    let what = Change::Address(address.id);
                    self.ledger.changed.insert(id, Changed { customer, what, was_pending: true });
                }
                _ => drop(self.ledger.uncertain.insert(customer)),
            }
        }
        self.note(format!("browser {browser} holds operations of version {} of {customer}", version + 1));
        self.ledger.tried.insert(customer, first_name);
        self.ledger.created.insert(customer, browser);
        self.take(browser, batch)??;
        Ok(())
    }
}

fn entry(recorded: &RecordedOperation) -> NewEntry {
    let operation = recorded.operation();
    NewEntry {
        id: operation.id,
        customer_id: operation.customer_id,
        kind: operation.action.kind(),
        recorded_at: operation.recorded_at,
        progress: Progress::Ready,
        text: recorded.text().to_owned(),
    }
}
