//! What the house tells its operator: how many requests per route and status and how long they took, for Prometheus and
//! for the log. Never a number, code, token, query or address: routes are told by their pattern.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use rules::outbox::DeliveryState;

use crate::Door;
use crate::error::Failure;

/// Upper ends of the buckets, in seconds.
const BUCKETS: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0];
/// How many samples wait before they are sorted into their buckets.
const UPKEEP: u64 = 4_096;

/// The counters of this door.
pub struct Gauges {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    seen: AtomicU64,
}

impl Default for Gauges {
    fn default() -> Self {
        let builder = PrometheusBuilder::new();
        // BUCKETS is not empty, the only thing it could refuse
        let builder = builder.set_buckets(&BUCKETS).unwrap_or_default();
        let recorder = builder.build_recorder();
        Self {
            handle: recorder.handle(),
            recorder,
            seen: AtomicU64::new(0),
        }
    }
}

impl Gauges {
    fn count(&self, route: &str, status: u16, seconds: f64) {
        metrics::with_local_recorder(&self.recorder, || {
            let labels = [("route", route.to_owned()), ("status", status.to_string())];
            metrics::counter!("weige_requests_total", &labels).increment(1);
            metrics::histogram!("weige_request_seconds", "route" => route.to_owned())
                .record(seconds);
        });
        if self
            .seen
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(UPKEEP)
        {
            self.handle.run_upkeep();
        }
    }
}

/// A request under way.
pub struct Begun {
    at: Instant,
    route: Option<MatchedPath>,
    method: Method,
}

impl Begun {
    /// One that begins now.
    pub fn now(request: &Request) -> Self {
        Self {
            at: Instant::now(),
            route: request.extensions().get().cloned(),
            method: request.method().clone(),
        }
    }

    /// Counts and logs it as answered.
    pub fn answered(self, door: &Door, status: StatusCode) {
        let Self { at, route, method } = self;
        let route = route.as_ref().map_or("none", MatchedPath::as_str);
        let (status, took) = (status.as_u16(), at.elapsed());
        door.gauges.count(route, status, took.as_secs_f64());
        tracing::debug!(%method, route, status, micros = took.as_micros() as u64, "request");
    }
}

/// Requests per route and status, how long they took, and what waits in the outbox, for Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    responses(
        (status = 200, description = "The counters", body = String, content_type = "text/plain"),
        (status = 503, description = "The database does not answer"),
    )
)]
pub async fn metrics(State(door): State<Door>) -> Result<String, Failure> {
    for state in [DeliveryState::Waiting, DeliveryState::Dead] {
        let found = door.house.store.reader().deliveries_in(state).await;
        let n = found.map_err(work::Error::from)?;
        metrics::with_local_recorder(&door.gauges.recorder, || {
            // exact up to 2^53
            metrics::gauge!("weige_deliveries", "state" => state.as_str()).set(n as f64);
        });
    }
    Ok(door.gauges.handle.render())
}

/// The process answers.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "operation",
    responses((status = 200, description = "`ok`", body = String, content_type = "text/plain"))
)]
pub async fn healthz() -> &'static str {
    "ok"
}

/// It can also work: the database answers.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operation",
    responses(
        (status = 200, description = "`ready`", body = String, content_type = "text/plain"),
        (status = 503, description = "The database does not answer"),
    )
)]
pub async fn readyz(State(door): State<Door>) -> Result<&'static str, Failure> {
    door.house
        .store
        .reader()
        .communities()
        .await
        .map_err(work::Error::from)?;
    Ok("ready")
}
