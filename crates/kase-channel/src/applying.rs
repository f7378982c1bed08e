//! Taking over what headquarters says: changes of its feed, and of its answer to a real-time call. A change is
//! the whole state, so that taking it twice changes nothing.

use kase_domain::{Account, Country, CustomerId, RegisterName, Stage};
use kase_replication::{Change, CustomerState, Directory, OperationState};

use crate::progress::Progress;
use crate::showing::show;
use crate::store::operation::Entry;
use crate::store::{customer, directory, operation, session, settings};
use crate::writing::Writing;
use crate::{Channel, ChannelError};

impl Channel {
    /// Takes changes over in their order.
    pub(crate) async fn apply_all(
        &self,
        write: &mut Writing<'_>,
        changes: Vec<Change>,
    ) -> Result<(), ChannelError> {
        let mut customers = Vec::new();
        for change in changes {
            match change {
                Change::Customer(state) => customers.push(*state),
                other => {
                    self.apply_customers(write, std::mem::take(&mut customers)).await?;
                    self.apply(write, other).await?;
                }
            }
        }
        self.apply_customers(write, customers).await
    }

    /// Most customers of a feed have nothing waiting here: those go in a few statements, whatever their number.
    async fn apply_customers(
        &self,
        write: &mut Writing<'_>,
        states: Vec<CustomerState>,
    ) -> Result<(), ChannelError> {
        let mut ids: Vec<CustomerId> = states.iter().map(|state| state.customer_id).collect();
        let mut known = customer::find_many(write.connection(), &ids).await?;
        let mut alone = operation::customers_with_unfinished(write.connection(), &ids).await?;
        ids.sort_unstable();
        alone.extend(ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]));
        let mut changed = Vec::with_capacity(states.len());
        for mut state in states {
            if alone.contains(&state.customer_id) {
                self.apply_customer(write, state).await?;
                continue;
            }
            let known = known.remove(&state.customer_id);
            if says_nothing(&state, known.as_ref()) {
                continue;
            }
            keep_what_is_known(&mut state, known.as_ref());
            if known.as_ref() != Some(&state) {
                changed.push(state);
            }
        }
        write.put_customers(changed).await
    }

    /// Takes one change over.
    pub(crate) async fn apply(&self, write: &mut Writing<'_>, change: Change) -> Result<(), ChannelError> {
        match change {
            Change::Customer(state) => self.apply_customer(write, *state).await,
            Change::Operation(state) => self.apply_operation(write, state).await,
            Change::Directory(news) => self.apply_directory(write, news).await,
            // Whoever pulls has noted it.
            Change::Unreadable(_) => Ok(()),
            Change::Settings(news) => {
                if news.channel != self.id {
                    return Err(ChannelError::Corrupt(format!("settings of channel {}", news.channel)));
                }
                let current = settings::current(write.connection()).await?;
                if current.is_none_or(|(_, current)| current != *news) {
                    let position = write.position().await?;
                    settings::put(write.connection(), &news, position).await?;
                }
                Ok(())
            }
        }
    }

    /// A register that works no more is told at once, and so is one that works again: the position moves, which is
    /// a hint to pull.
    async fn apply_directory(
        &self,
        write: &mut Writing<'_>,
        mut news: Directory,
    ) -> Result<(), ChannelError> {
        news.registers.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        news.operators.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let known = directory::current(write.connection()).await?;
        if known == news {
            return Ok(());
        }
        directory::replace(write.connection(), &news).await?;
        let works = |name: &RegisterName| {
            news.registers.iter().any(|entry| entry.name == *name && !entry.deactivated)
        };
        let names = known.registers.into_iter().chain(news.registers.clone()).map(|entry| entry.name);
        let ended: Vec<RegisterName> = names.filter(|name| !works(name)).collect();
        session::end_all(write.connection(), &ended, self.environment.now()).await?;
        write.position().await.map(drop)
    }

    async fn apply_customer(
        &self,
        write: &mut Writing<'_>,
        mut state: CustomerState,
    ) -> Result<(), ChannelError> {
        // What stands here and cannot be read is replaced by what headquarters says.
        let known = customer::find_many(write.connection(), &[state.customer_id]).await?;
        let known = known.into_values().next();
        if says_nothing(&state, known.as_ref()) {
            return Ok(());
        }
        keep_what_is_known(&mut state, known.as_ref());
        let unfinished = operation::unfinished_of(write.connection(), state.customer_id).await?;
        if !unfinished.is_empty() {
            let country = self.settings_in(write.connection()).await?.country;
            show_what_waits(&unfinished, &mut state, &country)?;
            note_creation(write, &unfinished, &state.account).await?;
        }
        if known.as_ref() != Some(&state) {
            write.put_customer(state).await?;
        }
        Ok(())
    }

    async fn apply_operation(
        &self,
        write: &mut Writing<'_>,
        state: OperationState,
    ) -> Result<(), ChannelError> {
        let Some(entry) = operation::find(write.connection(), state.id).await? else { return Ok(()) };
        if entry.creates() {
            // The account number itself comes with the customer, and only that ends the waiting.
            let stage = state.progress.unwrap_or(Stage::NumberAssigned);
            return self.advance_customer(write, entry.customer_id, Account::Pending(stage)).await;
        }
        let news = state.progress.map_or(Progress::Done, Progress::Delivered);
        if entry.progress != news && entry.progress != Progress::Done {
            write.set_progress(entry.id, &news).await?;
            write.unparks(&entry.progress);
        }
        Ok(())
    }

    /// Takes over how far a customer has come.
    pub(crate) async fn advance_customer(
        &self,
        write: &mut Writing<'_>,
        id: CustomerId,
        news: Account,
    ) -> Result<(), ChannelError> {
        let Some(mut state) = customer::find(write.connection(), id).await? else { return Ok(()) };
        let account = state.account.advanced(&news);
        let unfinished = operation::unfinished_of(write.connection(), id).await?;
        note_creation(write, &unfinished, &account).await?;
        if let Account::Pending(Stage::Discarded(refusal)) = &account {
            // No account number will come: what is held for one ends with its customer's creation.
            for held in unfinished.iter().filter(|entry| entry.progress == Progress::Held) {
                let ended = Progress::Delivered(Stage::Discarded(refusal.clone()));
                write.set_progress(held.id, &ended).await?;
            }
        }
        if account != state.account {
            state.advance(&news);
            write.put_customer(state).await?;
        }
        Ok(())
    }
}

/// Whether headquarters tells of a pending customer that has its number here: it came back from a backup and works its
/// way up to that again. And that a customer was discarded whom nobody here has heard of is no news.
fn says_nothing(state: &CustomerState, known: Option<&CustomerState>) -> bool {
    match known {
        Some(known) => state.account.is_pending() && !known.account.is_pending(),
        None => is_discarded(state),
    }
}

/// Whether headquarters gave the customer up before it had a number. It is not found any more; registers that hold a copy
/// are told, and whoever holds its id learns the reason.
pub(crate) fn is_discarded(state: &CustomerState) -> bool {
    matches!(state.account, Account::Pending(Stage::Discarded(_)))
}

/// An account never goes back, and what people call a customer stays.
fn keep_what_is_known(state: &mut CustomerState, known: Option<&CustomerState>) {
    let Some(known) = known else { return };
    let account = known.account.advanced(&state.account);
    if account == known.account {
        state.stage_since = known.stage_since;
    }
    state.account = account;
    if state.reference.is_none() {
        state.reference.clone_from(&known.reference);
    }
}

/// How far the creation has come is how far its customer has.
async fn note_creation(
    write: &mut Writing<'_>,
    unfinished: &[Entry],
    account: &Account,
) -> Result<(), ChannelError> {
    let Some(creation) = unfinished.iter().find(|entry| entry.creates()) else { return Ok(()) };
    let news = match account {
        Account::Synced(_) => Progress::Done,
        Account::Pending(Stage::OnRegister | Stage::InChannel) => return Ok(()),
        Account::Pending(stage) => Progress::Delivered(stage.clone()),
    };
    if creation.progress != news {
        write.set_progress(creation.id, &news).await?;
    }
    Ok(())
}

/// What was recorded in this channel and has not taken effect keeps showing.
fn show_what_waits(
    unfinished: &[Entry],
    state: &mut CustomerState,
    country: &Country,
) -> Result<(), ChannelError> {
    // What a person at headquarters decides about shows once it has taken effect.
    let shows = |entry: &&Entry| match &entry.progress {
        _ if entry.remark.is_some() => false,
        Progress::Ready => true,
        Progress::Delivered(stage) => stage.refusal().is_none(),
        _ => false,
    };
    for entry in unfinished.iter().filter(shows) {
        let recorded = entry.operation()?;
        if show(state, &recorded.operation().action, country).is_err() {
            tracing::info!(operation = %entry.id, "what waits no longer fits its customer; headquarters decides");
        }
    }
    Ok(())
}
