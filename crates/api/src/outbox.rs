//! `/api/v1/outbox`: to whom outside the community its steps are told, what could not be told, and what becomes of that; for
//! machines. A secret is in the answer to what made it, and nowhere else.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::Action;
use rules::ids::{DeliveryId, WebhookId};
use rules::outbox::Topic;
use serde::{Deserialize, Serialize};
use store::outbox::Delivery;
use utoipa::ToSchema;
use uuid::Uuid;
use work::outbox::{self as task, DeadLetter, OutboxPage, Settling, WebhookLine};

use super::body;
use super::steps::seen;

/// The routes of the outbox.
pub fn declare(routes: Routes) -> Routes {
    let changes = Who::May(Action::ChangeOutbox);
    let settles = Who::May(Action::SettleDelivery);
    routes
        .get("/api/v1/outbox", Who::May(Action::ReadOutbox), get)
        .post("/api/v1/outbox/sms", changes, sms)
        .post("/api/v1/outbox/webhooks", changes, add)
        .post("/api/v1/outbox/webhooks/{webhook}/{deed}", changes, act)
        .post(
            "/api/v1/outbox/deliveries/{delivery}/{deed}",
            settles,
            settle,
        )
}

/// The outbox of a community.
#[derive(Serialize, ToSchema)]
pub struct OutboxShape<'a> {
    /// Since when reporters are sent text messages, if they are.
    sms: Option<Moment>,
    /// Whether the operator has set a gateway for text messages.
    gateway: bool,
    webhooks: Vec<WebhookShape<'a>>,
    /// How many deliveries stand in each state.
    counts: Vec<CountShape>,
    /// The latest dead letters, at most fifty.
    dead: Vec<DeadShape<'a>>,
}

/// An address that is told of steps.
#[derive(Serialize, ToSchema)]
pub struct WebhookShape<'a> {
    id: Uuid,
    /// The version to name in `If-Match`.
    version: i64,
    address: &'a str,
    topics: Vec<&'static str>,
    since: Moment,
    /// Since when it is off, if it is.
    off_at: Option<Moment>,
    /// Whether the other side said that it is gone (410).
    gone: bool,
    /// Until when the former secret signs beside the new one.
    beside_until: Option<Moment>,
}

/// How many deliveries of a kind stand in a state.
#[derive(Serialize, ToSchema)]
pub struct CountShape {
    /// `sms` or `webhook`.
    kind: &'static str,
    /// `waiting`, `sent`, `dead`, `withheld`, `dropped`.
    state: &'static str,
    n: i64,
}

/// A delivery whose last try failed.
#[derive(Serialize, ToSchema)]
pub struct DeadShape<'a> {
    id: Uuid,
    kind: &'static str,
    topic: &'static str,
    number: Option<String>,
    address: Option<&'a str>,
    /// A word of a closed list: what came of the last try.
    answer: Option<&'static str>,
    tries: u32,
    at: Option<Moment>,
}

/// What was told outside the house about a case. Never to which number.
#[derive(Serialize, ToSchema)]
pub struct DeliveryShape {
    /// `webhook-id`, the same on each try.
    id: Uuid,
    /// `sms` or `webhook`.
    kind: &'static str,
    topic: &'static str,
    /// `waiting`, `sent`, `dead`, `withheld`, `dropped`.
    state: &'static str,
    /// A word of a closed list: what came of the last try.
    answer: Option<&'static str>,
    tries: u32,
    /// When it came to its end.
    at: Option<Moment>,
}

impl DeliveryShape {
    /// As it stands now.
    pub fn of(delivery: &Delivery) -> Self {
        Self {
            id: delivery.what.id.0,
            kind: delivery.what.kind.as_str(),
            topic: delivery.what.topic.as_str(),
            state: delivery.state.as_str(),
            answer: delivery.answer.map(|answer| answer.as_str()),
            tries: delivery.tries,
            at: delivery.done_at.map(Moment),
        }
    }
}

/// An address to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    /// `https://…`, port 443 or 8443, not in a private network.
    address: String,
    /// `reported`, `filed`, `dispatched`, `accepted`, `returned`, `escalated`, `suspended`, `resumed`, `handled`, `checked`,
    /// `closed`, `rated`, `reopened`, `redirected`, `merged`, `separated`, `voided`, `withdrawn`. `separated`: the reporter said that it
    /// is another matter than what it was merged with; no reopening.
    topics: Vec<String>,
}

/// Text messages on or off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsBody {
    on: bool,
}

/// What was made.
#[derive(Serialize, ToSchema)]
pub struct MadeShape {
    /// The webhook, or the delivery of a test.
    id: Uuid,
    /// What signs: `whsec_…`, in this answer only.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

/// The outbox: addresses, counts, dead letters.
#[utoipa::path(
    get,
    path = "/api/v1/outbox",
    tag = "outbox",
    responses(
        (status = 200, description = "The outbox", body = OutboxShape<'static>),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn get(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    let found = task::look(&door.house, &asker).await?;
    body::answer(StatusCode::OK, &shape(&found))
}

/// Adds an address; its secret stands in this answer only.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/webhooks",
    tag = "outbox",
    request_body = WebhookBody,
    responses(
        (status = 201, description = "The address, with its secret", body = MadeShape),
        (status = 403, description = "The role has no such right"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn add(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let told: WebhookBody = body::read(&sent)?;
    let topics: Result<Vec<Topic>, _> = told.topics.iter().map(|one| one.parse()).collect();
    let topics = topics.map_err(|_| body::invalid(Fault::new("topics", "outbox-topics")))?;
    let (id, secret) = task::add(&door.house, &asker, &told.address, topics).await?;
    let made = MadeShape {
        id: id.0,
        secret: Some(secret.text().expose().clone()),
    };
    body::answer(StatusCode::CREATED, &made)
}

/// Tests an address, changes its secret, switches it off or on.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/webhooks/{webhook}/{deed}",
    tag = "outbox",
    params(
        ("webhook" = String, Path, description = "The address"),
        ("deed" = String, Path, description = "test, rotate, off, on"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
    ),
    responses(
        (status = 200, description = "The new secret", body = MadeShape),
        (status = 202, description = "The test is on its way", body = MadeShape),
        (status = 204, description = "It is switched"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such address, or no such deed"),
        (status = 412, description = "It was changed since"),
        (status = 422, description = "It is off"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []))
)]
pub async fn act(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path((id, deed)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id: WebhookId = id.parse().map_err(|_| Failure::NotFound)?;
    let (house, seen) = (&door.house, seen(&headers)?);
    let made = |id, secret| MadeShape { id, secret };
    match deed.as_str() {
        "test" => {
            let test = task::test(house, &asker, id).await?;
            body::answer(StatusCode::ACCEPTED, &made(test.0, None))
        }
        "rotate" => {
            let secret = task::rotate(house, &asker, id, seen).await?;
            let secret = secret.text().expose().clone();
            body::answer(StatusCode::OK, &made(id.0, Some(secret)))
        }
        "off" | "on" => {
            task::switch(house, &asker, id, seen, deed == "on").await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        _ => Err(Failure::NotFound),
    }
}

/// Text messages that are on without a way out.
#[derive(Serialize, ToSchema)]
pub struct SmsWaits {
    /// Whether the operator has set a gateway: `false`.
    gateway: bool,
}

/// Switches text messages to reporters on or off.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/sms",
    tag = "outbox",
    request_body = SmsBody,
    responses(
        (status = 202, description = "It is on, and nothing is sent: the operator has set no gateway. Each message waits until its tries are used up", body = SmsWaits),
        (status = 204, description = "It is as asked for"),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn sms(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let told: SmsBody = body::read(&sent)?;
    task::switch_sms(&door.house, &asker, told.on).await?;
    let gateway = door.house.outbox.has_gateway();
    if told.on && !gateway {
        return body::answer(StatusCode::ACCEPTED, &SmsWaits { gateway });
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Has a dead letter tried again, or gives it up.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/deliveries/{delivery}/{deed}",
    tag = "outbox",
    params(
        ("delivery" = String, Path, description = "The dead letter"),
        ("deed" = String, Path, description = "again, given_up"),
    ),
    responses(
        (status = 204, description = "It is settled"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such delivery, or no such deed"),
        (status = 422, description = "Somebody has settled it, or what it goes through is off"),
    ),
    security(("bearer" = []))
)]
pub async fn settle(
    State(door): State<Door>,
    Signed(asker): Signed,
    Path((id, deed)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id: DeliveryId = id.parse().map_err(|_| Failure::NotFound)?;
    let how = Settling::named(&deed).ok_or(Failure::NotFound)?;
    task::settle(&door.house, &asker, id, how).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn shape(found: &OutboxPage) -> OutboxShape<'_> {
    let counts = found.counts.iter().map(|(kind, state, n)| CountShape {
        kind: kind.as_str(),
        state: state.as_str(),
        n: *n,
    });
    OutboxShape {
        sms: found.sms.map(Moment),
        gateway: found.gateway,
        webhooks: found.webhooks.iter().map(webhook).collect(),
        counts: counts.collect(),
        dead: found.dead.iter().map(dead).collect(),
    }
}

fn webhook(line: &WebhookLine) -> WebhookShape<'_> {
    WebhookShape {
        id: line.id.0,
        version: line.version,
        address: &line.address,
        topics: line.topics.iter().map(|topic| topic.as_str()).collect(),
        since: Moment(line.since),
        off_at: line.off.map(|(at, _)| Moment(at)),
        gone: line.off.is_some_and(|(_, gone)| gone),
        beside_until: line.beside.map(Moment),
    }
}

fn dead(letter: &DeadLetter) -> DeadShape<'_> {
    let delivery = &letter.delivery;
    DeadShape {
        id: delivery.what.id.0,
        kind: delivery.what.kind.as_str(),
        topic: delivery.what.topic.as_str(),
        number: letter.number.as_ref().map(ToString::to_string),
        address: letter.address.as_deref(),
        answer: delivery.answer.map(|answer| answer.as_str()),
        tries: delivery.tries,
        at: delivery.done_at.map(Moment),
    }
}
