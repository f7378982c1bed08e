//! What comes back to a channel that went back in time: operations that had taken effect, with what their register had
//! been told of them. They are as they were, and go on to headquarters with that, which may have forgotten them too.

use kase_domain::{Account, AccountNumber, Action, CustomerId, LoyaltyCard};
use kase_replication::{Claim, CustomerState, Outcome, PushRequest, RecordedOperation};
use kase_text::Locale;

use crate::progress::Progress;
use crate::recording::{account_of, pushed_again};
use crate::store::operation::{Entry, Origin};
use crate::store::{again, customer, operation, place};
use crate::writing::Writing;
use crate::{Channel, ChannelError, Device};

impl Channel {
    /// Whether what this register says it had been told is believed: only by a database that was restored, and never of
    /// one that may only deliver. Headquarters has the last word all the same.
    pub(crate) async fn believes(
        &self,
        write: &mut Writing<'_>,
        device: &Device,
        request: &PushRequest,
    ) -> Result<bool, ChannelError> {
        let may_be_believed = !request.claims.is_empty() && !device.delivers_only;
        Ok(may_be_believed && place::was_restored(write.connection()).await?)
    }

    /// Takes an operation back that had taken effect. It was judged then, and headquarters' word of its customer shows what
    /// became of it.
    pub(crate) async fn take_back(
        &self,
        write: &mut Writing<'_>,
        recorded: &RecordedOperation,
        origin: Origin<'_>,
        claim: &Claim,
        locale: Locale,
    ) -> Result<Outcome, ChannelError> {
        let id = recorded.operation().id;
        let known = operation::find(write.connection(), id).await?;
        if let Some(entry) = &known {
            let outcome = pushed_again(write, entry, recorded, locale).await?;
            if matches!(outcome, Outcome::Refused(_)) || entry.progress == Progress::Done {
                return Ok(outcome);
            }
        }
        let creates = matches!(recorded.operation().action, Action::CreateCustomer { .. });
        if creates && !self.take_back_number(write, recorded, claim).await? {
            return self.record(write, recorded, origin, locale).await;
        }
        match &known {
            Some(entry) => {
                write.set_progress(id, &Progress::Done).await?;
                write.unparks(&entry.progress);
            }
            None => write.append(recorded, origin, &Progress::Done).await?,
        }
        if claim.performed {
            operation::note_performed(write.connection(), id).await?;
        }
        let cards = claim.loyalty_cards.iter().map(|number| LoyaltyCard { number: number.clone() });
        operation::note_cards(write.connection(), id, &cards.collect::<Vec<_>>()).await?;
        again::include(write.connection(), id).await?;
        write.sends();
        let entry: Option<Entry> = operation::find(write.connection(), id).await?;
        let entry = entry.ok_or_else(|| ChannelError::Corrupt(format!("{id} was not recorded")))?;
        let account = account_of(write.connection(), &entry).await?;
        Ok(if known.is_some() { Outcome::Duplicate(account) } else { Outcome::Accepted(account) })
    }

    /// Whether the customer has its number here again; not where somebody else has it by now.
    async fn take_back_number(
        &self,
        write: &mut Writing<'_>,
        recorded: &RecordedOperation,
        claim: &Claim,
    ) -> Result<bool, ChannelError> {
        let Some(number) = &claim.account_number else { return Ok(false) };
        let id = recorded.operation().customer_id;
        let state = match customer::find(write.connection(), id).await? {
            Some(known) if !known.account.is_pending() => return Ok(true),
            Some(known) => Some(known),
            None => CustomerState::recorded(recorded.operation(), Account::Synced(number.clone())),
        };
        let Some(mut state) = state else { return Ok(false) };
        if !is_free(write, id, number).await? {
            return Ok(false);
        }
        state.advance(&Account::Synced(number.clone()));
        write.put_customer(state).await?;
        Ok(true)
    }
}

async fn is_free(
    write: &mut Writing<'_>,
    id: CustomerId,
    number: &AccountNumber,
) -> Result<bool, ChannelError> {
    let owner = customer::find_by_account(write.connection(), number).await?;
    Ok(owner.is_none_or(|owner| owner.customer_id == id))
}
