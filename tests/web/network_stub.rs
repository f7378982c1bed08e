//! The network of a test: what is fetched from `/api/v1/…` is answered by a piece of JavaScript, with the
//! browser's own requests and answers.

use js_sys::{Reflect, eval};
use wasm_bindgen::JsValue;

const STUB: &str = "
    if (!self.answers) {
        self.answers = {};
        self.requests = {};
        const browsers = self.fetch.bind(self);
        self.fetch = async (asked, init) => {
            const request = new Request(asked, init);
            const path = new URL(request.url).pathname;
            if (!(path in self.answers)) { return browsers(request); }
            self.requests[path] = {
                method: request.method,
                cache: request.cache,
                headers: JSON.stringify(Object.fromEntries(request.headers)),
                body: await request.clone().text(),
                signal: request.signal,
            };
            return self.answers[path](request);
        };
    }";

/// Answers `path` with what the JavaScript function `answer` makes of a `Request`.
pub(crate) fn answer(path: &str, answer: &str) {
    eval(STUB).unwrap();
    eval(&format!("self.answers['{path}'] = {answer};")).unwrap();
}

/// Answers `path` with this status, type and body.
pub(crate) fn answer_text(path: &str, status: u16, content_type: &str, body: &str) {
    let body = serde_json::to_string(body).unwrap();
    let headers = format!("{{ 'content-type': '{content_type}' }}");
    answer(path, &format!("() => new Response({body}, {{ status: {status}, headers: {headers} }})"));
}

/// What was asked of `path`: `method`, `cache`, `headers` as JSON, `body`.
pub(crate) fn asked(path: &str, part: &str) -> String {
    request(path, part).as_string().unwrap()
}

/// Whether the request of `path` was given up.
pub(crate) fn given_up(path: &str) -> bool {
    Reflect::get(&request(path, "signal"), &"aborted".into()).unwrap().is_truthy()
}

fn request(path: &str, part: &str) -> JsValue {
    eval(&format!("self.requests['{path}'].{part}")).unwrap()
}
