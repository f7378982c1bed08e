//! A sender that is mistaken: a message comes once more, and says something else under ids that the channel knows. The
//! channel must refuse it, whatever has happened meanwhile.

use anyhow::{Result, ensure};
use kase_domain::ErrorCode;
use kase_replication::{Outcome, PushRequest, RecordedOperation};

use crate::happening::{Answered, Happening, Request, TabAt};
use crate::network::answer;
use crate::planting::altered;
use crate::world::World;

/// Of the pushes that come twice, so many come a third time, mistaken.
const MISTAKEN_PERMILLE: u64 = 300;

impl World {
    pub(crate) fn may_be_mistaken(&mut self, at: TabAt, request: &Request) {
        if let Request::Push(push) = request
            && self.machine.draw(|random| random.chance(MISTAKEN_PERMILLE))
        {
            self.soon(100, 8_000, Happening::MistakenPushArrives(at, Box::new(push.clone())));
        }
    }

    pub(crate) fn mistaken_push_arrives(&mut self, at: TabAt, push: PushRequest) -> Result<()> {
        let place = &self.browsers[at.browser];
        let (no, token) = (place.channel, place.device.token.clone());
        let Some(channel) = self.channels[no].channel.clone() else { return Ok(()) };
        let mut operations = Vec::new();
        for raw in push.operations {
            let id = RecordedOperation::parse(raw.clone())?.operation().id;
            let mistaken = altered(&raw)?;
            if self.seen_channels[no].operations.contains_key(&id) && mistaken.get() != raw.get() {
                operations.push(mistaken);
            }
        }
        if operations.is_empty() {
            return Ok(());
        }
        let request = Request::Push(PushRequest { operations, ..PushRequest::default() });
        let request = self.plant_in_request(no, request)?;
        // Who is not let in has not been taken at the word either.
        let Ok(Answered::Pushed(Ok(answered))) = self.runtime.block_on(answer(&channel, &token, &request))
        else {
            return Ok(());
        };
        self.note(format!("channel {no} hears mistaken words of {} operations", answered.results.len()));
        for result in answered.results {
            let is_refused = matches!(&result.outcome, Outcome::Refused(refusal)
                if refusal.code == ErrorCode::IdempotencyMismatch);
            ensure!(is_refused, "other content under a known id: {:?} is {:?}", result.id, result.outcome);
        }
        Ok(())
    }
}
