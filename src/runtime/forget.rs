//! *Forget this register*: everything that this browser holds of it goes, on a person's explicit word.

use kase_register::{RegisterStore, StoreError};

use super::Runtime;
use super::access::ACCESS_LIMIT_MS;
use crate::platform::{history, http, witness};

impl Runtime {
    /// Deletes the register's data from this browser and begins anew. What the channel has is not touched.
    pub(crate) async fn forget_register(self) -> Result<(), StoreError> {
        let engine = self.engine();
        let token = engine.session_token();
        // Nothing that comes back from now on is written any more.
        let register = engine.register.replace(None);
        if let Err(error) = engine.store.forget().await {
            engine.register.replace(register);
            return Err(error);
        }
        witness::forget();
        engine.tell_access();
        if let Some(token) = token {
            // The session ends here whether or not the channel hears of it; there it ends by itself.
            let _ = http::delete("/api/v1/sessions/current", Some(&token), ACCESS_LIMIT_MS).await;
        }
        history::replace("/");
        history::reload();
        Ok(())
    }
}
