//! The stream of hints: one request that the channel keeps answering. The browser's own `EventSource` cannot
//! send a credential, so the answer's body is read as it arrives.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use kase_register::StreamEnd;
use kase_replication::{Hint, HintStream};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

/// An open stream. Dropping it ends the request, and nothing is reported any more.
pub(crate) struct OpenStream {
    controller: Option<AbortController>,
    dropped: Rc<Cell<bool>>,
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.dropped.set(true);
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// Opens the stream of the channel that `token` belongs to. `ended` is called once, unless the stream is
/// dropped first.
pub(crate) fn open(
    token: &str,
    heard: impl Fn(Hint) + 'static,
    ended: impl FnOnce(StreamEnd) + 'static,
) -> OpenStream {
    let controller = AbortController::new().ok();
    let dropped = Rc::new(Cell::new(false));
    let stream = OpenStream { controller: controller.clone(), dropped: dropped.clone() };
    let authorization = format!("Bearer {token}");
    spawn_local(async move {
        let mut end = StreamEnd::Lost;
        if !dropped.get() {
            // What broke it does not matter: whoever listens opens it again.
            end = listen(&authorization, controller.as_ref(), &dropped, heard).await.unwrap_or(end);
        }
        if !dropped.get() {
            // An answer that nobody reads on would keep its connection.
            if let Some(controller) = &controller {
                controller.abort();
            }
            ended(end);
        }
    });
    stream
}

async fn listen(
    authorization: &str,
    controller: Option<&AbortController>,
    dropped: &Cell<bool>,
    heard: impl Fn(Hint),
) -> Result<StreamEnd, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "text/event-stream")?;
    headers.set("authorization", authorization)?;
    let init = RequestInit::new();
    init.set_headers(headers.as_ref());
    init.set_cache(RequestCache::NoStore);
    init.set_signal(controller.map(AbortController::signal).as_ref());
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let fetched = window.fetch_with_str_and_init("/api/v1/replication/hints", &init);
    let response: Response = JsFuture::from(fetched).await?.dyn_into()?;
    let content_type = response.headers().get("content-type")?.unwrap_or_default();
    // The problem is told in this service's own words: a hotel's sign-in page may answer 401 as well.
    if response.status() == 401 && content_type.starts_with("application/problem+json") {
        return Ok(StreamEnd::Rejected);
    }
    if !response.ok() || !content_type.starts_with("text/event-stream") {
        return Ok(StreamEnd::Lost);
    }
    let Some(body) = response.body() else { return Ok(StreamEnd::Lost) };
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into()?;
    let mut stream = HintStream::default();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok(StreamEnd::Lost);
        }
        let bytes: Uint8Array = Reflect::get(&piece, &"value".into())?.dyn_into()?;
        // An event that is too long, or no hint, is not one of our peers'.
        let hints = stream.read(&bytes.to_vec()).map_err(|_| JsValue::NULL)?;
        for hint in hints {
            if dropped.get() {
                return Ok(StreamEnd::Lost);
            }
            heard(hint);
        }
    }
}
