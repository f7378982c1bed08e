//! Headquarters' server: started, killed, and its conversion driven as `kase-server` drives it.

use std::sync::Arc;

use anyhow::Result;
use futures::future::join;
use kase_headquarters::{CONVERSION_BATCH, Headquarters, HeadquartersError};
use tokio::sync::watch;

use crate::full_disk::Disk;
use crate::happening::Happening;
use crate::outside::Told;
use crate::planted::Planted;
use crate::prepared::HEADQUARTERS_FILE;
use crate::world::World;

/// What `kase-server` waits after a conversion that failed, in milliseconds.
const PAUSE_AFTER_FAILURE_MS: u64 = 1_000;

/// Headquarters' server.
#[derive(Default)]
pub(crate) struct HeadquartersPlace {
    pub(crate) life: u64,
    pub(crate) headquarters: Option<Arc<Headquarters>>,
    pub(crate) feed: Option<watch::Receiver<i64>>,
    pub(crate) staged: Option<watch::Receiver<u64>>,
    /// Its job is paused.
    pub(crate) is_paused: bool,
    /// It converts nothing any more; a planted fault.
    is_blocked: bool,
}

impl HeadquartersPlace {
    /// How far it says that it is.
    pub(crate) fn told(&self) -> Told {
        Some((*self.feed.as_ref()?.borrow(), *self.staged.as_ref()?.borrow()))
    }
}

impl World {
    pub(crate) fn start_headquarters(&mut self) -> Result<()> {
        let path = self.folder.path().join(HEADQUARTERS_FILE);
        self.plant_before_start(Planted::HeadquartersBackInTime, &path)?;
        let headquarters = Arc::new(self.runtime.block_on(Headquarters::open(&path, self.machine.clone()))?);
        let place = &mut self.headquarters;
        place.life += 1;
        place.feed = Some(headquarters.subscribe_feed());
        place.staged = Some(headquarters.subscribe_staged());
        place.headquarters = Some(headquarters.clone());
        let life = place.life;
        for channel in &self.channels {
            channel.line.state().headquarters = Some(headquarters.clone());
        }
        self.after(1, Happening::Converts(life));
        self.look_anew(HEADQUARTERS_FILE)
    }

    /// Kills headquarters: what was committed is in its file, nothing else of it is left.
    pub(crate) fn kill_headquarters(&mut self) {
        self.headquarters.life += 1;
        self.runtime.block_on(self.seen_headquarters.close());
        for channel in &self.channels {
            channel.line.state().headquarters = None;
        }
        if let Some(headquarters) = self.headquarters.headquarters.take() {
            self.runtime.block_on(headquarters.close());
        }
    }

    pub(crate) fn converts(&mut self) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        if self.headquarters.is_blocked || self.headquarters.is_paused {
            return Ok(());
        }
        self.plant_before_conversion()?;
        let Some(progress) = self.risk(None, headquarters.run_conversion(CONVERSION_BATCH))? else {
            self.note("headquarters is killed while it converts");
            self.kill_working_headquarters();
            return Ok(());
        };
        let progress = match progress {
            Err(HeadquartersError::Database(_)) if self.full_disk == Some(Disk::Headquarters) => {
                let life = self.headquarters.life;
                self.after(PAUSE_AFTER_FAILURE_MS, Happening::Converts(life));
                return Ok(());
            }
            progress => progress?,
        };
        let stumbles = progress.refused + progress.held > 0;
        self.headquarters.is_blocked = stumbles && self.planted == Some(Planted::BlockedQueue);
        self.note(format!("headquarters converts {progress:?}"));
        self.plant_after_conversion()?;
        if progress.more {
            let life = self.headquarters.life;
            self.after(1, Happening::Converts(life));
        }
        Ok(())
    }

    /// The job runs twice at once: two runs wait for each other's transactions.
    pub(crate) fn converts_twice(&mut self) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        let limit = self.machine.draw(|random| 1 + random.place(3));
        let runs = join(headquarters.run_conversion(limit), headquarters.run_conversion(limit));
        let (one, other) = self.runtime.block_on(runs);
        let (one, other) = (one?, other?);
        self.note(format!("headquarters converts {} and {} at once", one.applied, other.applied));
        let life = self.headquarters.life;
        self.after(1, Happening::Converts(life));
        Ok(())
    }
}
