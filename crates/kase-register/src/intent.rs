//! Intents of people, each to the part that sees to it.

use crate::register::Register;
use crate::{Answer, Effect, Intent, Now, RequestId};

impl Register {
    pub(crate) fn intend(&mut self, request: RequestId, intent: Intent, now: Now, out: &mut Vec<Effect>) {
        let takes_nothing_new = self.device.delivers_only;
        match intent {
            Intent::RemoveFromList(id) => self.remove_from_list(request, id, out),
            _ if takes_nothing_new => out.push(Effect::Answer(request, Answer::Deactivated)),
            Intent::CreateCustomer(new) => self.create(request, *new, now, out),
            Intent::EditCustomer { form, seen, wanted } => {
                self.edit(request, form, &seen, &wanted, now, out);
            }
            Intent::AddAddress { form, seen, address } => {
                self.add_address(request, form, &seen, &address, now, out);
            }
            Intent::IssueLoyaltyCard { form, seen, number } => {
                self.issue_loyalty_card(request, form, &seen, number, now, out);
            }
        }
    }
}
