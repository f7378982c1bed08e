//! What stands in this process by its role: headquarters, channels, and the tasks that drive them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use kase_channel::http::Channels;
use kase_channel::{Channel, HeadquartersTransport};
use kase_domain::ChannelId;
use kase_headquarters::Headquarters;
use kase_replication::Environment;
use kase_service::Shutdown;
use tokio::task::JoinSet;

use crate::ServerError;
use crate::conversion_driver::drive_headquarters;
use crate::environment::System;
use crate::folder_lock::FolderLock;
use crate::link_driver::drive_link;
use crate::settings::{Enrolment, Role, Settings};
use crate::transport::{Embedded, HttpTransport, Remote};

/// Headquarters and channels of this process, open.
pub(crate) struct Installation {
    pub(crate) headquarters: Option<Arc<Headquarters>>,
    pub(crate) channels: Vec<Arc<Channel>>,
    environment: Arc<dyn Environment>,
    drivers: JoinSet<()>,
    _lock: FolderLock,
}

impl Installation {
    /// Opens what the role needs, and makes the demo chain where it is wanted.
    pub(crate) async fn open(settings: &Settings, shutdown: &Shutdown) -> Result<Self, ServerError> {
        std::fs::create_dir_all(&settings.data).map_err(|error| ServerError::Folder {
            folder: settings.data.clone(),
            reason: error.to_string(),
        })?;
        let folder = settings.database.as_deref().and_then(Path::parent).unwrap_or(&settings.data);
        let mut installation = Self {
            _lock: FolderLock::to_serve(folder)?,
            headquarters: None,
            channels: Vec::new(),
            environment: Arc::new(System),
            drivers: JoinSet::new(),
        };
        match (&settings.headquarters_url, &settings.enrolment) {
            (Some(url), Some(enrolment)) if settings.role == Role::Channel => {
                installation.open_channel_apart(settings, url.clone(), enrolment).await?;
            }
            _ => installation.open_headquarters(settings, shutdown).await?,
        }
        Ok(installation)
    }

    async fn open_headquarters(
        &mut self,
        settings: &Settings,
        shutdown: &Shutdown,
    ) -> Result<(), ServerError> {
        let path = settings.database.clone().unwrap_or_else(|| settings.data.join("headquarters.sqlite"));
        let headquarters = Arc::new(Headquarters::open(&path, Arc::clone(&self.environment)).await?);
        self.headquarters = Some(Arc::clone(&headquarters));
        if settings.demo {
            headquarters.seed_demo().await?;
        }
        if settings.role == Role::All {
            let router = kase_headquarters::http::router(Arc::clone(&headquarters), shutdown.clone());
            for id in headquarters.channels().await? {
                let secret = headquarters.enrolment_secret_for(&id).await?;
                let transport = HttpTransport::new(Embedded(router.clone()), id.clone(), secret);
                let path = channel_path(path.parent().unwrap_or(&settings.data), &id);
                self.open_channel(id, &path, Arc::new(transport)).await?;
            }
            futures::future::join_all(self.channels.iter().map(|channel| catch_up(channel))).await;
        }
        Ok(())
    }

    async fn open_channel_apart(
        &mut self,
        settings: &Settings,
        url: String,
        enrolment: &Enrolment,
    ) -> Result<(), ServerError> {
        let id = ChannelId(enrolment.channel.clone());
        let transport = HttpTransport::new(Remote::new(url)?, id.clone(), enrolment.secret.clone());
        let path = settings.database.clone().unwrap_or_else(|| channel_path(&settings.data, &id));
        self.open_channel(id, &path, Arc::new(transport)).await?;
        for channel in &self.channels {
            // Without settings it knows no register either: nobody is let down by its waiting for them.
            if channel.settings().await.is_err() {
                catch_up(channel).await;
            }
        }
        Ok(())
    }

    async fn open_channel(
        &mut self,
        id: ChannelId,
        path: &Path,
        transport: Arc<dyn HeadquartersTransport>,
    ) -> Result<(), ServerError> {
        let channel = Channel::open(id, path, Arc::clone(&self.environment), transport).await?;
        self.channels.push(Arc::new(channel));
        Ok(())
    }

    /// The API of all that stands here.
    pub(crate) fn api(&self, shutdown: &Shutdown) -> Router {
        let mut router = Router::new();
        if let Some(headquarters) = &self.headquarters {
            router =
                router.merge(kase_headquarters::http::router(Arc::clone(headquarters), shutdown.clone()));
        }
        if !self.channels.is_empty() || self.headquarters.is_none() {
            let channels = Channels::new(self.channels.clone(), shutdown.clone());
            router = router.merge(kase_channel::http::router(channels));
        }
        router
    }

    /// Starts the tasks that drive conversion and links.
    pub(crate) fn drive(&mut self, shutdown: &Shutdown) {
        if let Some(headquarters) = &self.headquarters {
            self.drivers.spawn(drive_headquarters(Arc::clone(headquarters), shutdown.clone()));
        }
        for channel in &self.channels {
            let environment = Arc::clone(&self.environment);
            self.drivers.spawn(drive_link(Arc::clone(channel), environment, shutdown.clone()));
        }
    }

    /// Waits for the tasks, which the stop ends, and closes the databases.
    pub(crate) async fn close(mut self) {
        while let Some(ended) = self.drivers.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a driver ended badly");
            }
        }
        for channel in &self.channels {
            channel.close().await;
        }
        if let Some(headquarters) = &self.headquarters {
            headquarters.close().await;
        }
    }
}

/// What headquarters knows is in the channel before the first request. A failure is the link's to repeat.
async fn catch_up(channel: &Channel) {
    while let Ok(true) = channel.pull_once().await {}
}

/// A channel's database. What a file's name cannot hold is left out of it.
fn channel_path(folder: &Path, id: &ChannelId) -> PathBuf {
    let name: String = id
        .as_str()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' })
        .collect();
    folder.join(format!("channel-{name}.sqlite"))
}
