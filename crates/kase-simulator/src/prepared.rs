//! The chain before a run: databases of the demo chain without customers, and activated registers. Made once per
//! process, since PINs and codes are hashed slowly on purpose, and copied for each run.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, anyhow, ensure};
use kase_channel::Channel;
use kase_domain::{ChannelId, RegisterName};
use kase_headquarters::Headquarters;
use kase_register::Device;
use tempfile::TempDir;

use crate::line::{Line, LineState};
use crate::machine::Machine;

/// The channels.
pub(crate) const CHANNELS: [&str; 2] = ["riga-centrs", "tartu-kesklinn"];

/// The registers: name, the channel's place in [`CHANNELS`], what begins the short references.
const REGISTERS: [(&str, usize, &str); 3] = [("RIGA-1", 0, "R1"), ("RIGA-2", 0, "R2"), ("TARTU-1", 1, "T1")];

/// The file of headquarters' database.
pub(crate) const HEADQUARTERS_FILE: &str = "headquarters.sqlite";

/// Seeds what is the same in all runs.
const SEED: u64 = 1;

/// What every run begins with.
pub(crate) struct Prepared {
    folder: TempDir,
    /// Each register with its channel's place.
    pub(crate) devices: Vec<(usize, Device)>,
}

/// The chain, made at the first call.
pub(crate) fn prepared() -> Result<&'static Prepared> {
    static PREPARED: OnceLock<Result<Prepared, String>> = OnceLock::new();
    let made = PREPARED.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        runtime.block_on(prepare()).map_err(|error| format!("{error:#}"))
    });
    made.as_ref().map_err(|error| anyhow!("the chain could not be prepared: {error}"))
}

/// A folder in memory where the system has one: a run is no test of the disk.
pub(crate) fn folder() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }
}

/// The file of a channel's database.
pub(crate) fn channel_file(channel: usize) -> String {
    format!("channel-{channel}.sqlite")
}

impl Prepared {
    /// Copies the databases into `folder`.
    pub(crate) fn copy_to(&self, folder: &Path) -> Result<()> {
        let channels = (0..CHANNELS.len()).map(channel_file);
        for file in channels.chain([HEADQUARTERS_FILE.to_owned()]) {
            std::fs::copy(self.folder.path().join(&file), folder.join(&file))
                .context("copying a database")?;
        }
        Ok(())
    }
}

async fn prepare() -> Result<Prepared> {
    let folder = folder()?;
    let machine = Arc::new(Machine::new(SEED));
    let headquarters =
        Arc::new(Headquarters::open(&folder.path().join(HEADQUARTERS_FILE), machine.clone()).await?);
    headquarters.seed_demo_chain().await?;
    let mut devices = Vec::new();
    for (place, name) in CHANNELS.into_iter().enumerate() {
        let id = ChannelId::from(name);
        let state = LineState { headquarters: Some(headquarters.clone()), ..LineState::default() };
        let line = Arc::new(Line::new(id.clone(), machine.clone(), state));
        let path = folder.path().join(channel_file(place));
        let channel = Channel::open(id.clone(), &path, machine.clone(), line).await?;
        ensure!(channel.pull_once().await == Ok(false), "the channel could not pull its settings");
        for (name, _, prefix) in REGISTERS.into_iter().filter(|(_, of, _)| *of == place) {
            let register = RegisterName::from(name);
            let code = format!("demo-{}", name.to_ascii_lowercase());
            let token = channel.activate(&register, code, None).await?;
            let reference_prefix = prefix.to_owned();
            let channel = id.clone();
            devices
                .push((place, Device { register, channel, reference_prefix, token, delivers_only: false }));
        }
        // The last connection that closes writes everything into the one file.
        channel.close().await;
    }
    headquarters.close().await;
    Ok(Prepared { folder, devices })
}
