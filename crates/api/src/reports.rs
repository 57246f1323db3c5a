//! `POST /api/v1/reports`: a problem told by anybody, or by staff for somebody. The shortest way from a body to a receipt:
//! read, receive, write; no words, no templates.

mod made;

pub(crate) use made::ReceiptShape;
pub(super) use made::{answer, answer_complaint};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::form::Fault;
use door::locale::Language;
use door::session::Signed;
use door::visitor::Visitor;
use rules::access::{Action, may};
use rules::case::Channel;
use rules::ids::{CaseId, CategoryCode, CommunityId};
use rules::privacy::{NAME_MAX, Pii, is_phone};
use serde::Deserialize;
use utoipa::ToSchema;
use work::Asker;
use work::complaint;
use work::duplicate::redeem;
use work::report::{
    Contact, Heard, ReportForm, RequestKey, Said, Site, Where, faults, hear, receive, receive_same,
};

use super::asked::Reading;
use super::parts::Parts;
use super::replay::replay;
use super::shape::PointShape;

/// The longest key.
const KEY_MAX: usize = 255;

/// A problem as it is told. Either `location` or `grid`, or both: then the grid in which the point lies holds, and a point more
/// than 200 metres outside the community of the grid is a fault.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// The words, at most 2,000 characters; may be missing only beside a sound note. Numbers of identity cards, telephones and
    /// bank cards in them become stars before they are kept: how to reach the reporter belongs into `contact`.
    #[serde(default)]
    text: String,
    /// Where it is.
    location: Option<PointShape>,
    /// The code of the grid where it is.
    grid: Option<String>,
    /// Words on where it is, at most 500 characters.
    #[serde(default)]
    #[schema(max_length = 500)]
    place_note: String,
    /// The category, if it is known.
    category: Option<String>,
    /// "Me too": the `same` of a case that `/api/v1/similar` offered.
    same: Option<String>,
    /// How to reach the reporter; sealed before it is kept.
    contact: Option<ContactBody>,
    /// On which way it came; only for staff who tell it for somebody: `phone`, `desk` (the default), `home_visit`, and `grid` for
    /// what a steward or worker found.
    channel: Option<String>,
    /// Whether it is about how somebody behaved who works here, as whoever tells it said. `true`: it becomes a complaint, which
    /// neither that worker nor their line finds. Where the words sound so, or name somebody who would read the report, and this is
    /// missing, staff are asked: the answer is 422
    /// with the code `about-worker-unsaid` for this field. What anybody else tells is not refused but held as a complaint until
    /// a supervisor decides; the receipt says so in `kind` and `held`.
    about_worker: Option<bool>,
}

/// How to reach the reporter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactBody {
    /// The name. A number written beside it is kept as the phone, where none is told.
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

/// Receives a report. The same key with the same body finds the same receipt.
#[utoipa::path(
    post,
    path = "/api/v1/reports",
    tag = "reports",
    params(("Idempotency-Key" = String, Header, description = "Made by the sender, new for each report")),
    request_body(
        content((ReportBody = "application/json"), (crate::parts::described::ReportParts = "multipart/form-data")),
        description = "JSON, or parts: `report` with the JSON, up to three `photo`, one `sound`"
    ),
    responses(
        (status = 201, description = "Received; as a complaint where `kind` says so", body = ReceiptShape<'static>),
        (status = 400, description = "The key is missing, or the body cannot be read"),
        (status = 413, description = "Too large"),
        (status = 415, description = "Neither JSON nor parts"),
        (status = 422, description = "Faulty fields, the key came with another body, or `about_worker` is missing where staff tell what sounds like a complaint about somebody who works here"),
        (status = 429, description = "Too many from this device or address; `Retry-After` says when, `call` whom to call"),
        (status = 503, description = "Nothing was kept; try again with the same key. `not-set-up`: no community serves here yet"),
    )
)]
pub async fn post(
    State(door): State<Door>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Failure> {
    let key = key(request.headers())?;
    if door.house.net().communities().next().is_none() {
        return Err(Failure::NotSetUp);
    }
    let asker = match asker(&door, &visitor, request.headers()).await {
        Ok(asker) => asker,
        Err(refused) => {
            return replay(&door, visitor.origin.address, &key, request, refused).await;
        }
    };
    let (answer, again) = received(&door, &asker, key, request).await?;
    if again && asker.member().is_none() {
        door.buckets.report_was_none(visitor.origin);
    }
    Ok(answer)
}

/// The receipt, and whether it was there already.
async fn received(
    door: &Door,
    asker: &Asker,
    key: String,
    request: Request,
) -> Result<(Response, bool), Failure> {
    let parts = Parts::read(request, door, "report").await?;
    let key = RequestKey::new(key.as_bytes(), parts.same());
    let understood = parts
        .draft::<ReportBody>()
        .and_then(|(told, reading)| understand(door, asker, told, (parts.has_sound(), reading)));
    let (form, at, same) = match understood {
        Ok(understood) => understood,
        Err(refused) => return Err(parts.and_files(&door.house, refused).await),
    };
    in_reach(asker, at.community.id)?;
    let attached = parts.keep(&door.house, at.community.id).await?;
    let form = ReportForm { attached, ..form };
    if form.about_worker == Some(true) {
        return complained(door, asker, key, (&at, same), form).await;
    }
    let receipt = match (asker.member(), same) {
        (Some(_), Some(case)) => receive_same(&door.house, asker, key, form, case).await?,
        (Some(_), None) => receive(&door.house, asker, key, form).await?,
        (None, _) => {
            let rush = || door.buckets.is_rush(at.grid.id, asker.now);
            match hear(&door.house, asker, key, form, (same, rush)).await? {
                Heard::Received(receipt) => receipt,
                // whoever told it cannot be asked: it is held
                Heard::Sounds(form) => {
                    return complained(door, asker, key, (&at, same), form).await;
                }
            }
        }
    };
    Ok((answer(door, &receipt)?, receipt.is_replay(asker.now)))
}

/// It is about somebody who works here, or may be: a complaint with everything that was told, and the same receipt.
async fn complained(
    door: &Door,
    asker: &Asker,
    key: RequestKey,
    (at, same): (&Site, Option<CaseId>),
    told: ReportForm,
) -> Result<(Response, bool), Failure> {
    let contact = told.contact.unwrap_or_default();
    let along = complaint::Along {
        place: at.point,
        place_note: told.place_note.trim().to_owned(),
        category: told.category,
        same,
        ..complaint::Along::default()
    };
    let form = complaint::Form {
        grid: at.grid.code.as_str().to_owned(),
        words: Pii::new(along.words(&told.words)),
        about: None,
        about_words: None,
        attached: told.attached,
        held: told.about_worker.is_none(),
        along: along.wishes(&contact),
        name: contact.name,
        phone: contact.phone,
    };
    let member = asker.member().map(|_| asker);
    let receipt = complaint::tell(&door.house, member, key, &form).await?;
    let again = receipt.complaint.received_at < asker.now;
    Ok((answer_complaint(door, &receipt).await?, again))
}

/// The key in `Idempotency-Key`.
///
/// # Errors
/// `KeyMissing`, or `KeyMalformed` for one that is too long or no text.
pub(super) fn key(headers: &HeaderMap) -> Result<String, Failure> {
    let sent = headers.get("idempotency-key").ok_or(Failure::KeyMissing)?;
    let sent = sent.to_str().map_err(|_| Failure::KeyMalformed)?.trim();
    match sent.len() {
        0 => Err(Failure::KeyMissing),
        1..=KEY_MAX => Ok(sent.to_owned()),
        _ => Err(Failure::KeyMalformed),
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

/// What is told, where that is, and the case it is the same as.
type Understood = (ReportForm, Site, Option<CaseId>);

/// Understands a body that was read as far as it can be read.
///
/// # Errors
/// `Invalid` with everything that is wrong with it.
fn understand(
    door: &Door,
    asker: &Asker,
    told: ReportBody,
    (has_sound, mut reading): (bool, Reading),
) -> Result<Understood, Failure> {
    let net = door.house.net();
    let channel = channel(told.channel.as_deref(), asker, &mut reading);
    let category = category(told.category.as_deref(), &mut reading);
    let contact = told.contact.map(|contact| known(contact, &mut reading));
    let place = place(told.location, told.grid, &mut reading);
    let said = Said {
        words: &told.text,
        place_note: &told.place_note,
        has_sound,
        // what is about a worker becomes a complaint, which is no fault of it; and whoever cannot be asked is not
        about_worker: match asker.member() {
            Some(_) => told.about_worker.map(|_| false),
            None => Some(false),
        },
        place: place.as_ref(),
        category: category.as_ref(),
    };
    reading.faults(faults(&net, &said));
    let site = place.as_ref().and_then(|place| place.find(&net).ok());
    let same = told.same.as_deref();
    let same = same.and_then(|ticket| offered(door, site.as_ref(), ticket, &mut reading));
    reading.done()?;
    let (Some(place), Some(site)) = (place, site) else {
        return Err(Failure::NotFound);
    };
    let form = ReportForm {
        words: told.text,
        place,
        place_note: told.place_note,
        category,
        contact,
        channel,
        attached: Vec::new(),
        about_worker: told.about_worker,
    };
    Ok((form, site, same))
}

/// The case that a ticket names; one that this house did not make is a fault. As long as nobody knows which community it is, that
/// of any will do.
fn offered(
    door: &Door,
    site: Option<&Site>,
    ticket: &str,
    reading: &mut Reading,
) -> Option<CaseId> {
    let of = |community| redeem(&door.house, community, ticket);
    let case = match site {
        Some(site) => of(site.community.id),
        None => {
            let net = door.house.net();
            net.communities().find_map(|community| of(community.id))
        }
    };
    if case.is_none() {
        reading.fault(Fault::new("same", "same-unknown"));
    }
    case
}

/// On which way it came: whoever is unknown says nothing of that, and whoever works here only what can be true of them.
fn channel(said: Option<&str>, asker: &Asker, reading: &mut Reading) -> Channel {
    let Some(role) = asker.role().filter(|_| asker.member().is_some()) else {
        if said.is_some() {
            reading.fault(Fault::new("channel", "field-unknown"));
        }
        return Channel::Resident;
    };
    let Some(said) = said else {
        return Channel::Desk;
    };
    let mut all = Channel::ALL.into_iter();
    let named = all.find(|channel| channel.as_str() == said);
    let code = match named {
        Some(channel) if channel.is_said_by(role) => return channel,
        Some(_) => "channel-not-yours",
        None => "field-shape",
    };
    let own = Channel::ALL.into_iter();
    let own = own.filter(|channel| channel.is_said_by(role));
    reading.fault(Fault::new("channel", code).allowing(own.map(Channel::as_str)));
    Channel::Desk
}

/// The code of a category; whether the catalogue has it is the working room's to say.
pub(super) fn category(code: Option<&str>, reading: &mut Reading) -> Option<CategoryCode> {
    let read = code?.trim().parse().ok();
    if read.is_none() {
        reading.fault(Fault::new("category", "category-unknown"));
    }
    read
}

/// Where it is; somebody has to say so in either way.
pub(super) fn place(
    location: Option<PointShape>,
    grid: Option<String>,
    reading: &mut Reading,
) -> Option<Where> {
    let point = location.inspect(|point| point.lies_on_earth(reading));
    let point = point.map(Into::into);
    match (point, grid) {
        (point, Some(code)) => Some(Where::Grid { code, point }),
        (Some(point), None) => Some(Where::Point(point)),
        (None, None) => {
            // one that was said and cannot be read was told already
            if reading.is_sound("grid") {
                reading.fault(Fault::new("location", "field-missing"));
            }
            None
        }
    }
}

fn known(told: ContactBody, reading: &mut Reading) -> Contact {
    let language = told.language.as_deref().map(Language::of_tag);
    if language == Some(None) {
        reading.fault(Fault::new("contact.language", "language-unknown"));
    }
    let language = language.flatten();
    let said = |text: Option<Pii<String>>| text.filter(|text| !text.reveal().trim().is_empty());
    let contact = Contact {
        name: said(told.name),
        phone: said(told.phone),
        visit_welcome: told.visit_welcome,
        quiet: told.quiet,
        language: language.map(|language| language.tag().to_owned()),
    };
    known_contact(contact, reading)
}

/// A contact whose name and number can be such.
pub(super) fn known_contact(told: Contact, reading: &mut Reading) -> Contact {
    if told
        .name
        .as_ref()
        .is_some_and(|name| name.reveal().chars().count() > NAME_MAX)
    {
        reading.fault(Fault::new("contact.name", "name-too-long"));
    }
    if told
        .phone
        .as_ref()
        .is_some_and(|phone| !is_phone(phone.reveal()))
    {
        reading.fault(Fault::new("contact.phone", "phone-malformed"));
    }
    told
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
