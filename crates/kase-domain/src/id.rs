//! Identities and the moment something was recorded. Ids are made outside and come in as arguments.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

uuid_id! {
    /// A GUID made where the customer is made: the account id while the customer is pending and a permanent
    /// alias afterwards. Never shown at a register, web shop or kiosk.
    CustomerId
}
uuid_id! {
    /// A GUID made where the address is made; a permanent alias of the address.
    AddressId
}
uuid_id! {
    /// Names one recorded fact for ever. A creation's is the customer id.
    OperationId
}

impl From<CustomerId> for OperationId {
    fn from(id: CustomerId) -> Self {
        Self(id.0)
    }
}

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name_id! {
    /// Names a store or web shop within the chain, e.g. `riga-centrs`.
    ChannelId
}
name_id! {
    /// Names a register within the chain, e.g. `RIGA-1`.
    RegisterName
}
name_id! {
    /// The number an operator signs in with, e.g. `1001`.
    OperatorId
}

/// Milliseconds since the Unix epoch. What a client says is information; no client clock decides anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// How long before `now` this was, in milliseconds; 0 when it lies ahead.
    pub fn age_ms(self, now: Self) -> u64 {
        u64::try_from(now.0.saturating_sub(self.0)).unwrap_or(0)
    }

    /// The moment `ms` milliseconds later.
    pub fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX)))
    }
}
