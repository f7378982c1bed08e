//! `/metrics` in Prometheus' text format. No customer's data.

use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use kase_channel::{Channel, ChannelStatus};
use kase_domain::Timestamp;
use kase_replication::{Environment, HeadquartersReach};
use kase_service::Problem;

use crate::environment::System;
use crate::installation::Installation;

type Channels = Arc<[Arc<Channel>]>;

pub(crate) fn router(installation: &Installation) -> Router {
    let channels: Channels = installation.channels.clone().into();
    Router::new().route("/metrics", get(metrics)).with_state(channels)
}

async fn metrics(State(channels): State<Channels>) -> Result<impl IntoResponse, Problem> {
    let mut statuses = Vec::with_capacity(channels.len());
    for channel in channels.iter() {
        statuses.push(channel.status().await?);
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text(&statuses, System.now())))
}

fn text(statuses: &[ChannelStatus], now: Timestamp) -> String {
    let mut text = String::new();
    let reached = |status: &ChannelStatus| u64::from(status.headquarters == HeadquartersReach::Reached);
    let failed = |status: &ChannelStatus| status.failed_real_time_calls;
    family(&mut text, "kase_channel_headquarters_reached", "gauge", statuses, reached);
    family(&mut text, "kase_channel_customers", "gauge", statuses, |status| status.customers);
    family(&mut text, "kase_channel_passed_over_changes", "gauge", statuses, |status| status.passed_over);
    family(&mut text, "kase_channel_failed_real_time_calls_total", "counter", statuses, failed);
    let waiting = "kase_channel_waiting_operations";
    let oldest = "kase_channel_oldest_waiting_seconds";
    line(&mut text, format_args!("# TYPE {waiting} gauge"));
    for status in statuses {
        for group in &status.waiting {
            let labels = labels(status, &group.progress);
            line(&mut text, format_args!("{waiting}{{{labels}}} {}", group.count));
        }
    }
    line(&mut text, format_args!("# TYPE {oldest} gauge"));
    for status in statuses {
        for group in &status.waiting {
            let labels = labels(status, &group.progress);
            line(&mut text, format_args!("{oldest}{{{labels}}} {}", group.oldest.age_ms(now) / 1_000));
        }
    }
    text
}

fn family(
    text: &mut String,
    name: &str,
    kind: &str,
    statuses: &[ChannelStatus],
    value: impl Fn(&ChannelStatus) -> u64,
) {
    line(text, format_args!("# TYPE {name} {kind}"));
    for status in statuses {
        line(text, format_args!("{name}{{channel=\"{}\"}} {}", escaped(&status.channel), value(status)));
    }
}

fn labels(status: &ChannelStatus, progress: &str) -> String {
    format!("channel=\"{}\",progress=\"{progress}\"", escaped(&status.channel))
}

fn escaped(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}
