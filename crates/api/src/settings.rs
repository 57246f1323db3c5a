//! `/api/v1/settings`: a community's own rules for machines: read, replaced by version, and what was changed.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::Action;
use rules::settings::{Change, Settings, Wish};
use serde::{Deserialize, Serialize};
use store::settings::KeptChange;
use utoipa::{IntoParams, ToSchema};
use work::settings as task;

use super::body;
use super::steps::seen;

/// Changes in an answer.
const CHANGES: u16 = 50;

/// The routes of settings.
pub fn declare(routes: Routes) -> Routes {
    let changes = Who::May(Action::ChangeSettings);
    routes
        .get("/api/v1/settings", changes, get)
        .put("/api/v1/settings", changes, put)
        .get("/api/v1/settings/changes", changes, changed)
}

/// What a community has laid down.
#[derive(Serialize, ToSchema)]
pub struct SettingsShape<'a> {
    /// How often it was changed: the version to name in `If-Match`.
    version: i64,
    /// Every setting by subject, with the defaults filled in.
    #[schema(value_type = Object)]
    settings: &'a Settings,
}

/// A change.
#[derive(Serialize, ToSchema)]
pub struct ChangedShape<'a> {
    /// The version that it made.
    version: i64,
    at: Moment,
    /// What changed, from what to what.
    changes: Vec<ChangeShape<'a>>,
}

impl<'a> From<&'a KeptChange> for ChangedShape<'a> {
    fn from(kept: &'a KeptChange) -> Self {
        Self {
            version: kept.version,
            at: Moment(kept.at),
            changes: kept.changes.iter().map(ChangeShape::from).collect(),
        }
    }
}

/// What changed about one setting.
#[derive(Serialize, ToSchema)]
pub struct ChangeShape<'a> {
    /// Its name, such as `case.reopen_days`.
    field: &'a str,
    /// What held before: a number, a list, an object, or nothing, as the setting is.
    #[schema(value_type = serde_json::Value)]
    was: &'a serde_json::Value,
    /// What holds since.
    #[schema(value_type = serde_json::Value)]
    now: &'a serde_json::Value,
}

impl<'a> From<&'a Change> for ChangeShape<'a> {
    fn from(change: &'a Change) -> Self {
        Self {
            field: &change.field,
            was: &change.was,
            now: &change.now,
        }
    }
}

/// Which changes.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Those before this version.
    before: Option<i64>,
}

/// The settings that hold.
#[utoipa::path(
    get,
    path = "/api/v1/settings",
    tag = "settings",
    responses(
        (status = 200, description = "The settings; `ETag` is their version", body = SettingsShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn get(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    show(&task::laid(&door.house, &asker).await?)
}

/// Replaces the settings: whatever the body does not name is the default again. It holds from the next step on.
#[utoipa::path(
    put,
    path = "/api/v1/settings",
    tag = "settings",
    params(("If-Match" = String, Header, description = "The version that was seen, in quotes")),
    request_body(content = Object, description = "Settings as `GET` gives them under `settings`"),
    responses(
        (status = 200, description = "The settings; `ETag` is their version", body = SettingsShape<'static>),
        (status = 403, description = "The role has no such right"),
        (status = 412, description = "They were changed since"),
        (status = 422, description = "Unknown settings, or values that no rule can bear"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn put(
    State(door): State<Door>,
    Signed(asker): Signed,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Failure> {
    let seen = seen(&headers)?;
    let all: Settings = body::read(&sent)?;
    let wish = task::Asked::Wish(Wish::All(Box::new(all)));
    show(&task::change(&door.house, &asker, seen, wish).await?)
}

/// What was changed, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/settings/changes",
    tag = "settings",
    params(Before),
    responses(
        (status = 200, description = "Up to 50 changes", body = Vec<ChangedShape<'static>>),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn changed(
    State(door): State<Door>,
    Signed(asker): Signed,
    Query(Before { before }): Query<Before>,
) -> Result<Response, Failure> {
    let kept = task::changes(&door.house, &asker, before, CHANGES).await?;
    let shapes: Vec<ChangedShape<'_>> = kept.iter().map(ChangedShape::from).collect();
    body::answer(StatusCode::OK, &shapes)
}

fn show(laid: &task::Laid) -> Result<Response, Failure> {
    let shape = SettingsShape {
        version: laid.version,
        settings: &laid.settings,
    };
    let answer = body::answer(StatusCode::OK, &shape)?;
    Ok(body::versioned(answer, laid.version))
}
