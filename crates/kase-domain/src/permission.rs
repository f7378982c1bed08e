//! The permission table: what is allowed while a customer is pending, and what needs headquarters afterwards.
//!
//! This is the one place that decides it. The screen asks to say why an action is closed, the register before
//! it records, the channel and headquarters before they accept.

use crate::{ErrorCode, FeatureSwitches, Switch};

/// What somebody wants to do with a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerAction {
    /// Name, primary email and phone, attributes and one address, at creation.
    CreateBasics,
    /// Title, affiliations, secondary emails and phones, at creation.
    CreateEnhanced,
    /// A second or later address at creation, or any address afterwards.
    AddAddress,
    /// Any other later change: names, contacts, titles, affiliations, attributes, an address's content.
    Edit,
    /// Issue a loyalty card, or attach an existing one.
    IssueLoyaltyCard,
}

/// Whether the customer's account number is at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is not.
    Pending,
    /// It is.
    Synced,
}

/// What the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// It may be recorded here and now, without headquarters.
    Recorded,
    /// It is a real-time call: headquarters must be in reach.
    RealTime,
    /// It is closed, and why.
    Closed(Closed),
}

/// Why an action is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closed {
    /// The customer is pending and the switch is off.
    Pending {
        /// The switch that would open it.
        needs: Switch,
    },
    /// The customer is pending; no switch opens it.
    PendingLoyalty,
}

impl Closed {
    /// The stable code of a refusal for this reason.
    pub fn code(self) -> ErrorCode {
        match self {
            Self::Pending { needs: Switch::AsyncEditing } => ErrorCode::CustomerPendingEdit,
            Self::Pending { .. } => ErrorCode::CustomerPendingField,
            Self::PendingLoyalty => ErrorCode::CustomerPendingLoyalty,
        }
    }
}

/// Asks the table. Rows and switches: behaviour of Microsoft Dynamics 365 Commerce's asynchronous customer
/// creation mode, where loyalty never is open for a pending customer.
pub fn permit(action: CustomerAction, standing: Standing, switches: FeatureSwitches) -> Permission {
    let Some(switch) = switch_of(action) else {
        return match (action, standing) {
            (CustomerAction::IssueLoyaltyCard, Standing::Pending) => {
                Permission::Closed(Closed::PendingLoyalty)
            }
            (CustomerAction::IssueLoyaltyCard, Standing::Synced) => Permission::RealTime,
            _ => Permission::Recorded,
        };
    };
    match (switches.is_on(switch), standing) {
        (true, _) => Permission::Recorded,
        (false, Standing::Synced) => Permission::RealTime,
        (false, Standing::Pending) => Permission::Closed(Closed::Pending { needs: switch }),
    }
}

/// The switch that opens `action` for a pending customer and, for a synced one, spares the real-time call.
fn switch_of(action: CustomerAction) -> Option<Switch> {
    match action {
        CustomerAction::CreateBasics | CustomerAction::IssueLoyaltyCard => None,
        CustomerAction::CreateEnhanced => Some(Switch::EnhancedCreation),
        CustomerAction::AddAddress => Some(Switch::AsyncAddresses),
        CustomerAction::Edit => Some(Switch::AsyncEditing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CustomerAction::{AddAddress, CreateBasics, CreateEnhanced, Edit, IssueLoyaltyCard};
    use Permission::{RealTime, Recorded};
    use Standing::{Pending, Synced};

    fn switches(on: &[Switch]) -> FeatureSwitches {
        on.iter().fold(FeatureSwitches::default(), |switches, switch| switches.with(*switch).unwrap())
    }

    fn needs(needs: Switch) -> Permission {
        Permission::Closed(Closed::Pending { needs })
    }

    /// Every action, standing and allowed combination of switches: none, addresses, enhanced, both, all.
    #[test]
    fn the_whole_table() {
        let none = switches(&[]);
        let addresses = switches(&[Switch::AsyncAddresses]);
        let enhanced = switches(&[Switch::EnhancedCreation]);
        let both = switches(&[Switch::AsyncAddresses, Switch::EnhancedCreation]);
        let all = switches(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
        let columns = [none, addresses, enhanced, both, all];

        let no_addresses = needs(Switch::AsyncAddresses);
        let no_enhanced = needs(Switch::EnhancedCreation);
        let no_editing = needs(Switch::AsyncEditing);
        let never = Permission::Closed(Closed::PendingLoyalty);
        #[rustfmt::skip]
        let table = [
            (CreateBasics,     Pending, [Recorded,     Recorded,     Recorded,     Recorded,   Recorded]),
            (CreateEnhanced,   Pending, [no_enhanced,  no_enhanced,  Recorded,     Recorded,   Recorded]),
            (AddAddress,       Pending, [no_addresses, Recorded,     no_addresses, Recorded,   Recorded]),
            (Edit,             Pending, [no_editing,   no_editing,   no_editing,   no_editing, Recorded]),
            (IssueLoyaltyCard, Pending, [never,        never,        never,        never,      never]),
            (CreateBasics,     Synced,  [Recorded,     Recorded,     Recorded,     Recorded,   Recorded]),
            (CreateEnhanced,   Synced,  [RealTime,     RealTime,     Recorded,     Recorded,   Recorded]),
            (AddAddress,       Synced,  [RealTime,     Recorded,     RealTime,     Recorded,   Recorded]),
            (Edit,             Synced,  [RealTime,     RealTime,     RealTime,     RealTime,   Recorded]),
            (IssueLoyaltyCard, Synced,  [RealTime,     RealTime,     RealTime,     RealTime,   RealTime]),
        ];
        for (action, standing, expected) in table {
            for (switches, expected) in columns.into_iter().zip(expected) {
                assert_eq!(
                    permit(action, standing, switches),
                    expected,
                    "{action:?} {standing:?} {switches:?}"
                );
            }
        }
    }

    #[test]
    fn each_closed_action_has_its_code() {
        assert_eq!(Closed::Pending { needs: Switch::AsyncEditing }.code(), ErrorCode::CustomerPendingEdit);
        assert_eq!(Closed::Pending { needs: Switch::AsyncAddresses }.code(), ErrorCode::CustomerPendingField);
        assert_eq!(
            Closed::Pending { needs: Switch::EnhancedCreation }.code(),
            ErrorCode::CustomerPendingField
        );
        assert_eq!(Closed::PendingLoyalty.code(), ErrorCode::CustomerPendingLoyalty);
    }
}
