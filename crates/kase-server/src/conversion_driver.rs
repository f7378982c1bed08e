//! Drives headquarters' conversion: as soon as something is staged, batch after batch, with a pause after a
//! failure; and has headquarters look after its jobs. It decides nothing about customers.

use std::sync::Arc;
use std::time::Duration;

use kase_headquarters::{CONVERSION_BATCH, Headquarters};
use kase_service::Shutdown;

/// A database that failed is not asked again at once.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// So often headquarters looks whether its jobs do their work.
const LOOK: Duration = Duration::from_secs(2);

/// Runs until the stop begins.
pub(crate) async fn drive_headquarters(headquarters: Arc<Headquarters>, shutdown: Shutdown) {
    tokio::join!(
        drive_conversion(Arc::clone(&headquarters), shutdown.clone()),
        look_after_jobs(headquarters, shutdown)
    );
}

async fn look_after_jobs(headquarters: Arc<Headquarters>, mut shutdown: Shutdown) {
    loop {
        if let Err(error) = headquarters.look_after_jobs().await {
            tracing::warn!(%error, "whether the jobs do their work is not known");
        }
        tokio::select! {
            () = shutdown.begun() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn drive_conversion(headquarters: Arc<Headquarters>, mut shutdown: Shutdown) {
    let mut staged = headquarters.subscribe_staged();
    loop {
        let more = match headquarters.run_conversion(CONVERSION_BATCH).await {
            Ok(progress) => progress.more,
            Err(error) => {
                tracing::error!(%error, "conversion failed");
                tokio::select! {
                    () = tokio::time::sleep(PAUSE_AFTER_FAILURE) => {}
                    () = shutdown.begun() => return,
                }
                true
            }
        };
        tokio::select! {
            biased;
            () = shutdown.begun() => return,
            () = std::future::ready(()), if more => {}
            changed = staged.changed() => if changed.is_err() { return },
        }
    }
}
