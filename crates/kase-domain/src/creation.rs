//! The creation decision: where and how a new customer is recorded.

use crate::ErrorCode;

/// What a register reaches at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Nothing.
    Offline,
    /// Its channel.
    Channel,
}

/// What a register does with a new customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisterCreation {
    /// Record it in the local database; it is pushed when the channel is reached.
    RecordHere,
    /// Record it in the local database, then ask the channel while the operator waits.
    RecordHereThenAsk,
    /// Ask the channel; nothing may stay on the register.
    AskOnly,
    /// *Filter shared customer data tables* is on and the channel is out of reach.
    Excluded,
}

/// Decides at the register. The profile is not asked: offline the customer is created asynchronously
/// whatever it says, and online the channel decides by it.
pub fn decide_on_register(reach: Reach, filter_shared_customer_data: bool) -> RegisterCreation {
    match (reach, filter_shared_customer_data) {
        (Reach::Offline, true) => RegisterCreation::Excluded,
        (Reach::Offline, false) => RegisterCreation::RecordHere,
        (Reach::Channel, true) => RegisterCreation::AskOnly,
        (Reach::Channel, false) => RegisterCreation::RecordHereThenAsk,
    }
}

/// What a channel does with a new customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelCreation {
    /// Record it; headquarters is not called.
    Record,
    /// Call headquarters while the operator waits.
    RealTimeCall,
}

/// Decides in the channel, by the profile's *Create customer in async mode*.
pub fn decide_in_channel(create_customer_async: bool) -> ChannelCreation {
    if create_customer_async { ChannelCreation::Record } else { ChannelCreation::RealTimeCall }
}

/// How a real-time call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealTimeFailure {
    /// Headquarters judged the customer and said no.
    Business(ErrorCode),
    /// Anything else: no connection, timeout, 429, 5xx, a refused credential.
    Technical,
}

/// After a failed real-time call only a business refusal stops the creation: `Err` holds its code.
pub fn after_failed_call(failure: RealTimeFailure) -> Result<ChannelCreation, ErrorCode> {
    match failure {
        RealTimeFailure::Business(code) => Err(code),
        RealTimeFailure::Technical => Ok(ChannelCreation::Record),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_never_turns_a_customer_away_unless_its_schema_excludes_customers() {
        assert_eq!(decide_on_register(Reach::Offline, false), RegisterCreation::RecordHere);
        assert_eq!(decide_on_register(Reach::Offline, true), RegisterCreation::Excluded);
        assert_eq!(decide_on_register(Reach::Channel, false), RegisterCreation::RecordHereThenAsk);
        assert_eq!(decide_on_register(Reach::Channel, true), RegisterCreation::AskOnly);
    }

    #[test]
    fn only_a_business_refusal_stops_a_creation() {
        assert_eq!(decide_in_channel(true), ChannelCreation::Record);
        assert_eq!(decide_in_channel(false), ChannelCreation::RealTimeCall);
        assert_eq!(after_failed_call(RealTimeFailure::Technical), Ok(ChannelCreation::Record));
        let refused = RealTimeFailure::Business(ErrorCode::InvalidField);
        assert_eq!(after_failed_call(refused), Err(ErrorCode::InvalidField));
    }
}
