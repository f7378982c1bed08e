//! Servers whose disk is full: for one piece of work, a database refuses what is written to one of its tables, as SQLite
//! does when its file cannot grow. A trigger sees to it, made by a connection that the server knows nothing of. Like the
//! real thing it ends the transaction by itself, or leaves that to the server.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::outside::Outside;
use crate::prepared::{HEADQUARTERS_FILE, channel_file};
use crate::world::World;

/// What a channel's database refuses.
const OF_A_CHANNEL: [&str; 5] = [
    "INSERT ON operations",
    "UPDATE ON operations",
    "INSERT ON customers",
    "UPDATE ON customers",
    // The last write of a transaction.
    "UPDATE ON place",
];

/// What headquarters' database refuses.
const OF_HEADQUARTERS: [&str; 6] = [
    "INSERT ON operations",
    "UPDATE ON operations",
    "INSERT ON customers",
    "INSERT ON aliases",
    "INSERT ON changes",
    // The last write of a transaction.
    "UPDATE ON identity",
];

/// A server's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disk {
    Channel(usize),
    Headquarters,
}

impl World {
    /// Fills the disk of one of the servers that are about to work, if that goes wrong now: of `channel`, or of
    /// headquarters. Its database's file.
    pub(crate) fn fill_disk(&mut self, channel: Option<usize>) -> Result<Option<PathBuf>> {
        let permille = self.faults.disk_full;
        let drawn = self.machine.draw(|random| {
            random.chance(permille).then(|| (random.chance(500), random.number(), random.chance(500)))
        });
        let full = drawn.map(|(is_channels, which, ends)| {
            let channel = channel.filter(|_| is_channels);
            let writes: &[&str] = if channel.is_some() { &OF_A_CHANNEL } else { &OF_HEADQUARTERS };
            let place = usize::try_from(which).unwrap_or_default() % writes.len();
            let disk = channel.map_or(Disk::Headquarters, Disk::Channel);
            (disk, writes[place], if ends { "ROLLBACK" } else { "ABORT" })
        });
        self.full_disk = full.map(|(disk, ..)| disk);
        let Some((disk, write, ends)) = full else { return Ok(None) };
        self.tell_lines(disk == Disk::Headquarters);
        let file = match disk {
            Disk::Channel(no) => channel_file(no),
            Disk::Headquarters => HEADQUARTERS_FILE.to_owned(),
        };
        self.note(format!("{file}: a full disk, {write}, {ends}"));
        let path = self.folder.path().join(file);
        let trigger = format!(
            "CREATE TRIGGER disk_is_full BEFORE {write} BEGIN SELECT RAISE({ends}, 'the disk is full'); END"
        );
        self.runtime.block_on(Outside::meddle(&path, trigger))?;
        Ok(Some(path))
    }

    /// Somebody makes room.
    pub(crate) fn free_disk(&mut self, file: &Path) -> Result<()> {
        self.tell_lines(false);
        self.runtime.block_on(Outside::meddle(file, "DROP TRIGGER disk_is_full"))
    }

    fn tell_lines(&self, is_full: bool) {
        for place in &self.channels {
            place.line.state().headquarters_disk_is_full = is_full;
        }
    }
}
