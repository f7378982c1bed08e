//! What the screens are told, and the other tabs with them.

use kase_replication::JobTrouble;

use crate::register::Register;
use crate::waiting::waiting_operations;
use crate::{Effect, Shown};

impl Register {
    pub(crate) fn show_connection(&mut self, out: &mut Vec<Effect>) {
        let (connection, acceptance) = (self.connection(), self.acceptance());
        let (moved, taken) = (self.shown != Some(connection), self.shown_acceptance != acceptance);
        if moved {
            self.shown = Some(connection);
            out.push(Effect::Show(Shown::Connection(connection)));
        }
        if taken {
            self.shown_acceptance = acceptance;
            out.push(Effect::Show(Shown::Acceptance(acceptance)));
        }
        if self.leads && (moved || taken) {
            self.tell_connection(out);
        }
    }

    /// Notes which jobs do not do their work. What of it concerns this register's own is for the screen to say.
    pub(crate) fn note_jobs(&mut self, jobs: &[JobTrouble], out: &mut Vec<Effect>) {
        if self.jobs == jobs {
            return;
        }
        self.jobs = jobs.to_vec();
        out.push(Effect::Show(Shown::Jobs(self.jobs.clone())));
        if self.leads {
            self.tell_connection(out);
        }
    }

    pub(crate) fn show_waiting(&self, out: &mut Vec<Effect>) {
        let waiting = waiting_operations(&self.outbox, &self.own);
        out.push(Effect::Show(Shown::Waiting { waiting, tries: self.link.failed_pushes() }));
    }
}
