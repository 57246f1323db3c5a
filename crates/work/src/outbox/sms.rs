//! What a reporter is told in a text message: what their own progress page says at that step, with their number and never with
//! their code. The phone is opened at the moment of sending, after its line in the ledger of access.

use rules::case;
use rules::ids::{AccountId, CaseId, CommunityId, Number, ReportId};
use rules::journal::Event;
use rules::outbox::DeliveryAnswer;
use serde::Serialize;
use store::Unit;
use store::outbox::Delivery;
use store::report::Access;
use store::wording::Told;
use time::OffsetDateTime;
use uuid::Uuid;

use super::attempt::Letter;
use super::webhook::entry;
use crate::net::CommunityNet;
use crate::report::phone;
use crate::{Error, House};

/// The longest text message, in characters.
pub const LONGEST: usize = 200;

/// One step that a reporter is told.
pub struct Step<'a> {
    /// Where.
    pub net: &'a CommunityNet,
    /// The number on the reporter's own receipt.
    pub number: &'a Number,
    /// The tag of the language the reporter reads, if it is known.
    pub language: Option<&'a str>,
    /// What happened.
    pub event: &'a case::Event,
    /// The community's own wording for it, if there was one.
    pub told: Option<&'a Told>,
    /// When.
    pub at: OffsetDateTime,
}

/// A step in words.
pub struct Said {
    /// The words.
    pub text: String,
    /// The tag of their language.
    pub language: &'static str,
}

/// Whoever knows languages.
pub trait Voice: Send + Sync {
    /// A step as its reporter is told it.
    fn say(&self, step: &Step<'_>) -> Said;
}

/// What the gateway gets.
#[derive(Serialize)]
struct Message<'a> {
    id: Uuid,
    phone: &'a str,
    text: &'a str,
    lang: &'a str,
}

/// What goes to a reporter, or why nothing does.
pub(super) async fn letter(
    house: &House,
    voice: &dyn Voice,
    community: CommunityId,
    delivery: &Delivery,
) -> Result<Result<Letter, DeliveryAnswer>, Error> {
    let reader = house.store.reader();
    if reader.outbox_targets(community).await?.sms.is_none() {
        return Ok(Err(DeliveryAnswer::SwitchedOff));
    }
    let Some((to, gateway)) = house.outbox.gateway() else {
        return Ok(Err(DeliveryAnswer::NoGateway));
    };
    let id = ReportId(delivery.what.target);
    let Some(sealed) = reader.contact(community, id).await? else {
        return Ok(Err(DeliveryAnswer::NoContact));
    };
    if sealed.quiet {
        return Ok(Err(DeliveryAnswer::Unwanted));
    }
    if sealed.phone.is_none() {
        return Ok(Err(DeliveryAnswer::NoContact));
    }
    let case = delivery.what.case.ok_or(Error::NotFound)?;
    let said = said(
        house,
        voice,
        community,
        delivery,
        sealed.language.as_deref(),
    )
    .await?;
    note(house, community, case, id).await?;
    let Some(phone) = phone(house, community, id, sealed).await? else {
        return Ok(Err(DeliveryAnswer::NoContact));
    };
    let message = Message {
        id: delivery.what.id.0,
        phone: phone.reveal(),
        text: &said.text,
        lang: said.language,
    };
    let body = serde_json::to_vec(&message).map_err(|_| Error::NotFound)?;
    let secrets = vec![gateway.secret.clone()];
    Ok(Ok(Letter { to, secrets, body }))
}

/// The step in the reporter's language.
async fn said(
    house: &House,
    voice: &dyn Voice,
    community: CommunityId,
    delivery: &Delivery,
    language: Option<&str>,
) -> Result<Said, Error> {
    let (what, reader) = (&delivery.what, house.store.reader());
    let case = what.case.ok_or(Error::NotFound)?;
    let entry = entry(house, community, what.seq).await?;
    let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
        return Err(Error::NotFound);
    };
    let report = reader.report(community, ReportId(what.target)).await?;
    let told = told(house, community, case, what.seq).await?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let mut said = voice.say(&Step {
        net,
        number: &report.number,
        language,
        event: &event,
        told: told.as_ref(),
        at: entry.at,
    });
    if said.text.chars().count() > LONGEST {
        said.text = said.text.chars().take(LONGEST - 1).chain(['…']).collect();
    }
    Ok(said)
}

/// The community's wording that was told at a step: it stands under the version that the step made, which is its place among
/// the events of the case.
async fn told(
    house: &House,
    community: CommunityId,
    case: CaseId,
    seq: i64,
) -> Result<Option<Told>, Error> {
    let reader = house.store.reader();
    let all = reader.told_of(community, case).await?;
    if all.is_empty() {
        return Ok(None);
    }
    let entries = reader.journal_of(community, case.0).await?;
    let events = entries
        .iter()
        .filter(|entry| matches!(Event::from_bytes(&entry.event), Ok(Event::Case(_))));
    let place = events.map(|entry| entry.seq).position(|one| one == seq);
    let version = place.and_then(|place| i64::try_from(place + 1).ok());
    Ok(all.into_iter().find(|one| Some(one.version) == version))
}

/// The ledger's line, durable before the phone is opened. Nobody reads it here: the house does, to tell.
async fn note(
    house: &House,
    community: CommunityId,
    case: CaseId,
    report: ReportId,
) -> Result<(), Error> {
    let (id, at) = (house.clock.id(), house.clock.now());
    let noted = house.store.unit(community, async move |unit: &Unit| {
        unit.note_access(&Access {
            at,
            account: AccountId(Uuid::nil()),
            member: None,
            role: "outbox",
            purpose: "telling_reporter",
            case,
            report,
            fields: "phone",
            id,
        })
        .await
    });
    noted.await.map_err(|error: store::Error| error.into())
}
