//! What the services answer over HTTP besides the protocol: a customer, a problem, the stream of hints.

use axum::http::StatusCode;
use futures::StreamExt;
use kase_domain::{Account, ErrorCode, FieldError, Problem as FieldProblem};
use kase_replication::{CustomerJson, CustomerState, HeadquartersReach, Hint, HintStream};
use kase_service::{Problem, Shutdown, hints};
use kase_text::Locale;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::format::{Cases, opens};
use crate::sample;

#[test]
fn a_customer_of_the_api_is_understood() {
    let json = |state: CustomerState| CustomerJson::from(state);
    let cases = |whole: CustomerState, accounts: Vec<(&'static str, Account)>| {
        let mut cases: Cases<CustomerJson> = vec![
            ("everything", json(whole)),
            ("as little as can be", json(sample::customer_state_least())),
            ("an organization", {
                json(CustomerState { customer: sample::organization(), ..sample::customer_state_least() })
            }),
        ];
        let least = |account| json(CustomerState { account, ..sample::customer_state_least() });
        cases.extend(accounts.into_iter().map(|(name, account)| (name, least(account))));
        cases
    };
    let before_discarding = cases(sample::customer_state_before_ages(), sample::accounts_before_discarding());
    let before_ages = cases(sample::customer_state_before_ages(), sample::accounts());
    let today = cases(sample::customer_state(), sample::accounts());
    opens("api-customer", &[before_discarding, before_ages, today]);
}

/// A problem as every reader of one takes it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct ProblemBody {
    #[serde(rename = "type")]
    type_: String,
    title: String,
    status: u16,
    code: String,
    detail: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

/// The words are the catalogues' and change.
fn without_words(problem: &Problem) -> ProblemBody {
    let sent = problem.body(Locale::En);
    let fields = sent.as_object().unwrap().len();
    let body: ProblemBody = serde_json::from_value(sent).unwrap();
    assert_eq!(fields, 5 + usize::from(body.field.is_some()), "a problem says more than its readers take");
    assert!(!body.detail.is_empty());
    ProblemBody { detail: "…".into(), ..body }
}

#[test]
fn a_problem_is_understood() {
    let field = FieldError::new("addresses[0].city", FieldProblem::TooLong { limit: 100 });
    let problems = [
        ("a code alone", Problem::new(ErrorCode::SessionExpired)),
        ("a field", Problem::of_field(&field)),
        ("what another place refused", Problem::of_refusal(sample::refusal())),
        ("too late", Problem::too_late(StatusCode::GATEWAY_TIMEOUT)),
        ("come back later", Problem::new(ErrorCode::RateLimited).retry_after(7)),
    ];
    opens("problem", &[problems.iter().map(|(name, problem)| (*name, without_words(problem))).collect()]);
}

/// The bytes of a stream, by what a reader makes of them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Streamed(String);

impl PartialEq for Streamed {
    fn eq(&self, other: &Self) -> bool {
        let read = |streamed: &Self| HintStream::default().read(streamed.0.as_bytes()).unwrap();
        read(self) == read(other)
    }
}

/// As the services stream them; heartbeats are told by the clock, and look like `hello`.
async fn streamed() -> Streamed {
    let hello = Hint::Hello { place: "riga-centrs".into(), headquarters: HeadquartersReach::Reached };
    let (feed, changes) = watch::channel(1);
    let beat = || Hint::Heartbeat { headquarters: HeadquartersReach::Reached, jobs: Vec::new() };
    let (_stop, shutdown) = Shutdown::new();
    let answer = hints(hello, changes, beat, shutdown);
    let mut body = answer.into_body().into_data_stream();
    let mut text = String::from_utf8(body.next().await.unwrap().unwrap().to_vec()).unwrap();
    feed.send(2).unwrap();
    text.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
    Streamed(text)
}

#[tokio::test]
async fn the_stream_of_hints_is_understood() {
    opens("hint-stream", &[vec![("hello and changes", streamed().await)]]);
}
