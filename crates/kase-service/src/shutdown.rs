//! Tells open streams that the server stops, so that a clean stop does not wait for them.

use std::sync::Arc;

use tokio::sync::watch;

/// What a stream waits for, to be cloned freely.
#[derive(Debug, Clone)]
pub struct Shutdown(watch::Receiver<bool>);

/// Begins the stop. Streams also end when the last one is dropped.
#[derive(Debug, Clone)]
pub struct ShutdownTrigger(Arc<watch::Sender<bool>>);

impl Shutdown {
    /// A stop that has not begun, and what begins it.
    pub fn new() -> (ShutdownTrigger, Self) {
        let (sender, receiver) = watch::channel(false);
        (ShutdownTrigger(Arc::new(sender)), Self(receiver))
    }

    /// Returns once the stop has begun.
    pub async fn begun(&mut self) {
        // An error means that nobody is left to begin it: the server is gone.
        let _ = self.0.wait_for(|begun| *begun).await;
    }
}

impl ShutdownTrigger {
    /// Begins the stop.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }
}
