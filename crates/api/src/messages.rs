//! `/api/v1/messages`: what came to somebody, and while they stand in for others what came to those; marked as read by the one it
//! came to and by nobody else. A message says of what kind it is and what it is about; words are for those who show it.

use std::ops::RangeInclusive;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::ids::{MemberId, Number, ReferralId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::Asker;
use work::net::CommunityNet;
use work::people::{About, Came};

use super::asked::{Asked, Pages, Reading};
use super::{body, draft};

/// The most messages named at once.
const NAMED: usize = 200;

/// The routes of messages.
pub fn declare(routes: Routes) -> Routes {
    routes.get("/api/v1/messages", Who::SignedIn, list).post(
        "/api/v1/messages/read",
        Who::SignedIn,
        read,
    )
}

/// A page of messages.
#[derive(Serialize, ToSchema)]
pub struct MessagesShape<'a> {
    /// How many are new, on this page or not.
    unread: usize,
    /// Whether there are more new ones than were counted.
    more_unread: bool,
    /// The newest first, new or read. A page may hold fewer than were asked for: what is about something that has left the asker's
    /// sight is left out.
    items: Vec<MessageItem<'a>>,
    /// The `after` of the next page; none on the last one.
    next: Option<String>,
}

/// What a message is about.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageAbout {
    /// A case; for whoever reads none, a return visit.
    Case,
    /// A lead 线索.
    Referral,
    /// A mediation.
    Mediation,
    /// A complaint about somebody who works here.
    Complaint,
    /// The circulars.
    Circulars,
}

/// A message.
#[derive(Serialize, ToSchema)]
pub struct MessageItem<'a> {
    /// The entry of the journal it tells of; what `read` names.
    id: i64,
    /// What happened: a stable name.
    kind: &'a str,
    at: Moment,
    /// Whether the asker has not read it yet. What asked several to decide is new to none of them once one of them has.
    new: bool,
    about: MessageAbout,
    /// The number of what it is about; circulars have none.
    number: Option<String>,
    /// To whom it came, where the asker stands in for that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<&'a str>,
    /// Of a lead that was handed on: the two officers who have it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    handed_to: Option<Vec<&'a str>>,
}

impl<'a> MessageItem<'a> {
    fn of(net: &'a CommunityNet, came: &'a Came, two: Option<[MemberId; 2]>) -> Self {
        let message = &came.message;
        let name = |id: MemberId| net.member(id).map(|member| member.name.as_str());
        let numbered = |number: &Number| Some(number.to_string());
        let (about, number) = match &came.about {
            About::Case(number) => (MessageAbout::Case, numbered(number)),
            About::Referral(number) => (MessageAbout::Referral, numbered(number)),
            About::Mediation(number) => (MessageAbout::Mediation, numbered(number)),
            About::Complaint(number) => (MessageAbout::Complaint, numbered(number)),
            About::Circulars => (MessageAbout::Circulars, None),
        };
        Self {
            id: message.seq,
            kind: &message.kind,
            at: Moment(message.at),
            new: message.read_at.is_none(),
            about,
            number,
            stands_for: message.stands_for.and_then(name),
            handed_to: two.map(|two| two.into_iter().filter_map(name).collect()),
        }
    }
}

/// What came to the asker.
#[utoipa::path(
    get,
    path = "/api/v1/messages",
    tag = "messages",
    params(Pages),
    responses(
        (status = 200, description = "A page, the newest first", body = MessagesShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "Administrators of the installation get no messages"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<Pages>,
) -> Result<Response, Failure> {
    let (before, limit) = query.read(reading)?;
    let page = work::people::messages(&door.house, &asker, before, limit).await?;
    let (unread, more_unread) = work::people::unread(&door.house, &asker).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let mut items = Vec::with_capacity(page.came.len());
    for came in &page.came {
        let two = handed(&door, net, came).await?;
        items.push(MessageItem::of(net, came, two));
    }
    let shape = MessagesShape {
        unread,
        more_unread,
        items,
        next: page.next.map(|next| next.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

/// To whom a lead was handed on, where a message tells of that: whoever has a lead from others did not take it.
async fn handed(
    door: &Door,
    net: &CommunityNet,
    came: &Came,
) -> Result<Option<[MemberId; 2]>, Failure> {
    let message = &came.message;
    if message.kind != "referral-taken" {
        return Ok(None);
    }
    let lead = ReferralId(message.case.0);
    Ok(work::referral::handed_on(&door.house, net.id, lead, message.seq).await?)
}

/// Which messages are read now: exactly one of the two.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReadBody {
    /// These: what `id` of a message says, up to 200.
    ids: Option<Vec<i64>>,
    /// This one and everything before it.
    up_to: Option<i64>,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub struct ReadShape {
    /// How many were new till now.
    read: u64,
    /// How many are new still.
    unread: usize,
    /// Whether there are more new ones than were counted.
    more_unread: bool,
}

/// Marks one's own messages as read, and for oneself those of whom one stands in for; read ones stay so, and others' are left as
/// they are.
#[utoipa::path(
    post,
    path = "/api/v1/messages/read",
    tag = "messages",
    request_body = ReadBody,
    responses(
        (status = 200, description = "How many were new, and how many are", body = ReadShape),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "Administrators of the installation get no messages"),
        (status = 422, description = "Faulty fields, none of the two, or both"),
    ),
    security(("bearer" = []))
)]
pub async fn read(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let (said, mut reading) = draft::read::<ReadBody>(&sent, Reading::default())?;
    let entries = entries(said, &mut reading);
    reading.done()?;
    answer(&door, &asker, entries).await
}

/// The entries that are meant.
fn entries(said: ReadBody, reading: &mut Reading) -> Vec<RangeInclusive<i64>> {
    match (said.ids, said.up_to) {
        (Some(ids), None) if ids.len() > NAMED => {
            reading.fault(Fault::new("ids", "messages-many").with("most", NAMED));
            Vec::new()
        }
        (Some(mut ids), None) => {
            ids.sort_unstable();
            ids.dedup();
            ids.into_iter().map(|id| id..=id).collect()
        }
        (None, Some(last)) => vec![0..=last],
        (Some(_), Some(_)) => {
            reading.fault(Fault::new("up_to", "messages-either"));
            Vec::new()
        }
        (None, None) => {
            // a field that could not be read is not missing
            if reading.is_sound("up_to") {
                reading.fault(Fault::new("ids", "field-missing"));
            }
            Vec::new()
        }
    }
}

async fn answer(
    door: &Door,
    asker: &Asker,
    entries: Vec<RangeInclusive<i64>>,
) -> Result<Response, Failure> {
    let read = work::people::read_messages(&door.house, asker, entries).await?;
    let (unread, more_unread) = work::people::unread(&door.house, asker).await?;
    let shape = ReadShape {
        read,
        unread,
        more_unread,
    };
    body::answer(StatusCode::OK, &shape)
}
