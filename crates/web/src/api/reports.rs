//! `POST /api/v1/reports`: a problem told by anybody, or by staff for somebody. The shortest way from a body to a receipt:
//! read, receive, write; no words, no templates.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use rules::access::{Action, may};
use rules::case::{Channel, StateName};
use rules::ids::{CaseId, CommunityId};
use rules::privacy::{Pii, is_phone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::Asker;
use work::duplicate::redeem;
use work::report::{
    Contact, Receipt, ReportForm, RequestKey, Where, receive, receive_same, receive_stranger,
};

use super::body;
use super::moment::Moment;
use super::parts::Parts;
use super::shape::{GridShape, PointShape};
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults};
use crate::locale::Language;
use crate::session::Signed;
use crate::visitor::Visitor;

/// The longest key.
const KEY_MAX: usize = 255;
/// The longest name, in characters.
const NAME_MAX: usize = 40;

/// A problem as it is told. Either `location` or `grid`, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// The words, at most 2,000 characters; may be missing only beside a sound note.
    #[serde(default)]
    text: String,
    /// Where it is.
    location: Option<PointShape>,
    /// The code of the grid where it is.
    grid: Option<String>,
    /// Words on where it is.
    #[serde(default)]
    place_note: String,
    /// The category, if it is known.
    category: Option<String>,
    /// "Me too": the `same` of a case that `/api/v1/similar` offered.
    same: Option<String>,
    /// How to reach the reporter; sealed before it is kept.
    contact: Option<ContactBody>,
    /// On which way it came; only for staff who tell it for somebody.
    #[schema(value_type = Option<String>)]
    channel: Option<Channel>,
}

/// How to reach the reporter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactBody {
    /// The name.
    #[schema(value_type = Option<String>)]
    name: Option<Pii<String>>,
    /// The phone number.
    #[schema(value_type = Option<String>)]
    phone: Option<Pii<String>>,
    /// Whether the reporter would like to be asked in person afterwards.
    #[serde(default)]
    visit_welcome: bool,
    /// Whether the reporter does not want to be sent messages.
    #[serde(default)]
    quiet: bool,
    /// The language the reporter reads: `zh-CN` or `en`.
    #[serde(default)]
    language: Option<String>,
}

/// What the reporter holds in the hand.
#[derive(Serialize, ToSchema)]
pub struct ReceiptShape<'a> {
    /// The number of the report.
    number: String,
    /// Six digits that open it together with the number.
    code: &'a str,
    /// Where it stands: `reported`.
    state: &'a str,
    /// The grid it came to.
    grid: GridShape<'a>,
    /// By when the reporter is promised the first answer. It is reckoned when the report is received and stays as it was told:
    /// the receipt, the progress page and `GET /api/v1/reports/{number}` name the same moment.
    answer_by: Option<Moment>,
    /// When it was received.
    received_at: Moment,
}

/// Receives a report. The same key with the same body finds the same receipt.
#[utoipa::path(
    post,
    path = "/api/v1/reports",
    tag = "reports",
    params(("Idempotency-Key" = String, Header, description = "Made by the sender, new for each report")),
    request_body(
        content((ReportBody = "application/json"), (String = "multipart/form-data")),
        description = "JSON, or parts: `report` with the JSON, up to three `photo`, one `sound`"
    ),
    responses(
        (status = 201, description = "Received", body = ReceiptShape<'static>),
        (status = 400, description = "The key is missing, or the body cannot be read"),
        (status = 413, description = "Too large"),
        (status = 415, description = "Neither JSON nor parts"),
        (status = 422, description = "Faulty fields, or the key came with another body"),
        (status = 429, description = "Too many from this device or address; `Retry-After` says when, `call` whom to call"),
        (status = 503, description = "Nothing was kept; try again with the same key"),
    )
)]
pub async fn post(
    State(door): State<Door>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Failure> {
    let key = key(request.headers())?;
    let asker = asker(&door, &visitor, request.headers()).await?;
    let received = received(&door, &asker, key, request).await;
    let again = received
        .as_ref()
        .is_ok_and(|receipt| receipt.is_replay(asker.now));
    if again && asker.member().is_none() {
        door.buckets.report_was_none(visitor.origin);
    }
    answer(&received?)
}

async fn received(
    door: &Door,
    asker: &Asker,
    key: String,
    request: Request,
) -> Result<Receipt, Failure> {
    let parts = Parts::read(request, door, "report").await?;
    let mut told: ReportBody = body::read(&parts.document)?;
    let same = told.same.take();
    let key = RequestKey::new(key.as_bytes(), parts.same());
    let form = form(told, asker, parts.has_sound())?;
    let at = form.place.find(&door.house.net())?;
    in_reach(asker, at.community.id)?;
    let attached = parts.keep(&door.house, at.community.id).await?;
    let form = ReportForm { attached, ..form };
    if let Some(case) = offered(door, at.community.id, same)? {
        return Ok(receive_same(&door.house, asker, key, form, case).await?);
    }
    if asker.member().is_some() {
        return Ok(receive(&door.house, asker, key, form).await?);
    }
    let rush = door.buckets.is_rush(at.grid.id, asker.now);
    Ok(receive_stranger(&door.house, asker, key, form, rush).await?)
}

/// The case that a ticket names; one that this house did not make is a fault.
fn offered(
    door: &Door,
    community: CommunityId,
    same: Option<String>,
) -> Result<Option<CaseId>, Failure> {
    let Some(ticket) = same else { return Ok(None) };
    let case = redeem(&door.house, community, &ticket);
    case.map(Some)
        .ok_or_else(|| body::invalid(Fault::new("same", "same-unknown")))
}

/// The key in `Idempotency-Key`.
///
/// # Errors
/// `KeyMissing`, or `Unreadable` for one that is too long or no text.
pub(super) fn key(headers: &HeaderMap) -> Result<String, Failure> {
    let sent = headers.get("idempotency-key").ok_or(Failure::KeyMissing)?;
    let sent = sent.to_str().map_err(|_| Failure::Unreadable)?.trim();
    match sent.len() {
        0 => Err(Failure::KeyMissing),
        1..=KEY_MAX => Ok(sent.to_owned()),
        _ => Err(Failure::Unreadable),
    }
}

/// Whoever brings a token tells it for somebody; everybody else is the reporter, within the limits on strangers.
async fn asker(door: &Door, visitor: &Visitor, headers: &HeaderMap) -> Result<Asker, Failure> {
    if headers.contains_key(header::AUTHORIZATION) {
        let Signed(asker) = Signed::of(door, headers).await?;
        let allowed = asker
            .role()
            .is_some_and(|role| may(role, Action::ReportFor));
        return if allowed {
            Ok(asker)
        } else {
            Err(Failure::Forbidden)
        };
    }
    door.buckets
        .report(visitor.origin, door.house.clock.now())?;
    // The case does not exist yet; whoever tells it has no scope but its own receipt.
    Ok(door
        .house
        .reporter_asker(CommunityId(0), CaseId(uuid::Uuid::nil())))
}

/// Staff tell problems of their own community only.
fn in_reach(asker: &Asker, community: CommunityId) -> Result<(), Failure> {
    let own = asker.community();
    if asker.member().is_none() || own == Some(community) {
        Ok(())
    } else {
        Err(Failure::Forbidden)
    }
}

fn form(told: ReportBody, asker: &Asker, has_sound: bool) -> Result<ReportForm, Failure> {
    let mut faults = Faults::default();
    let staff = asker.member().is_some();
    if told.channel.is_some() && !staff {
        faults.push(Fault::new("channel", "field-unknown"));
    }
    if told.text.trim().is_empty() && !has_sound {
        faults.push(Fault::new("text", "text-missing"));
    }
    let category = told.category.map(|code| code.parse());
    if matches!(category, Some(Err(_))) {
        faults.push(Fault::new("category", "category-unknown"));
    }
    let place = place(told.location, told.grid);
    if place.is_none() {
        faults.push(Fault::new("location", "field-missing"));
    }
    let contact = told.contact.map(|contact| known(contact, &mut faults));
    let place = place.filter(|_| !faults.any());
    let Some(place) = place else {
        return Err(Failure::Invalid(faults));
    };
    Ok(ReportForm {
        words: told.text,
        place,
        place_note: told.place_note,
        category: category.and_then(Result::ok),
        contact,
        channel: told.channel.unwrap_or(if staff {
            Channel::Desk
        } else {
            Channel::Resident
        }),
        attached: Vec::new(),
    })
}

pub(super) fn place(location: Option<PointShape>, grid: Option<String>) -> Option<Where> {
    let point = location.map(Into::into);
    match (point, grid) {
        (point, Some(code)) => Some(Where::Grid { code, point }),
        (Some(point), None) => Some(Where::Point(point)),
        (None, None) => None,
    }
}

fn known(told: ContactBody, faults: &mut Faults) -> Contact {
    let language = told.language.as_deref().map(Language::of_tag);
    if language == Some(None) {
        faults.push(Fault::new("contact.language", "language-unknown"));
    }
    let language = language.flatten();
    let contact = Contact {
        name: told.name,
        phone: told.phone,
        visit_welcome: told.visit_welcome,
        quiet: told.quiet,
        language: language.map(|language| language.tag().to_owned()),
    };
    known_contact(contact, faults)
}

/// A contact whose name and number can be such.
pub(super) fn known_contact(told: Contact, faults: &mut Faults) -> Contact {
    if told
        .name
        .as_ref()
        .is_some_and(|name| name.reveal().chars().count() > NAME_MAX)
    {
        faults.push(Fault::new("contact.name", "name-too-long"));
    }
    if told
        .phone
        .as_ref()
        .is_some_and(|phone| !is_phone(phone.reveal()))
    {
        faults.push(Fault::new("contact.phone", "phone-malformed"));
    }
    told
}

/// The answer is made from the kept report alone, so that a replay gets the same bytes.
fn answer(receipt: &Receipt) -> Result<Response, Failure> {
    let number = receipt.report.number.to_string();
    let here = format!("/api/v1/reports/{number}");
    let shape = ReceiptShape {
        number,
        code: receipt.code.reveal(),
        state: StateName::Reported.as_str(),
        grid: GridShape {
            code: &receipt.grid_code,
            name: &receipt.grid_name,
            level: &receipt.grid_level,
        },
        answer_by: receipt.answer_by.map(Moment),
        received_at: Moment(receipt.report.received_at),
    };
    Ok(body::with(
        body::answer(StatusCode::CREATED, &shape)?,
        header::LOCATION,
        &here,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_digits_with_what_people_write_between_them() {
        for fits in ["10012345678", "028-8200 0000", "+86 (28) 82000000"] {
            assert!(is_phone(fits), "{fits}");
        }
        for wrong in ["", "1234", "call me", "100123456781001234567"] {
            assert!(!is_phone(wrong), "{wrong}");
        }
    }
}
