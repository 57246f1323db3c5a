//! What was told of a case, each telling with the masked contact of whoever told it. The clear contact is never here.

use door::Door;
use door::error::Failure;
use door::moment::Moment;
use rules::access::{Action, may};
use rules::privacy::free_text::redact_persons;
use serde::Serialize;
use store::case::Told;
use store::report::{Report, SealedContact};
use utoipa::ToSchema;
use work::Asker;
use work::net::CommunityNet;
use work::report::{MaskedContact, masked};

/// One telling of a case; of its reporter no more than the masked contact.
#[derive(Serialize, ToSchema)]
pub struct TellingShape<'a> {
    /// The number on its receipt; that of the case for the first one.
    number: String,
    /// On which way it came.
    channel: &'a str,
    received_at: Moment,
    /// What was told, without the numbers of persons.
    pub(super) text: String,
    /// Words on where it is, without the numbers of persons.
    pub(super) place_note: String,
    /// The contact of whoever told it, masked; only for roles that may ask for the clear one, with the number of this telling.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<MaskedShape<'a>>,
}

impl<'a> TellingShape<'a> {
    /// Of a report, with the masked contact that came with it.
    pub fn of((report, contact): (&'a Report, Option<&'a MaskedContact>)) -> Self {
        Self {
            contact: contact.map(MaskedShape::of),
            number: report.number.to_string(),
            channel: report.channel.as_str(),
            received_at: Moment(report.received_at),
            text: redact_persons(&report.words),
            place_note: redact_persons(&report.place_note),
        }
    }
}

/// A masked contact.
#[derive(Serialize, ToSchema)]
pub struct MaskedShape<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    visit_welcome: bool,
}

impl<'a> MaskedShape<'a> {
    /// Of a contact.
    pub fn of(contact: &'a MaskedContact) -> Self {
        Self {
            name: contact.name.as_deref(),
            phone: contact.phone.as_deref(),
            visit_welcome: contact.visit_welcome,
        }
    }
}

/// Everything that was told of a case, the first telling first: more is asked for only where others joined it.
pub(super) async fn tellings(
    door: &Door,
    net: &CommunityNet,
    told: &Told,
) -> Result<Vec<Report>, Failure> {
    if told.trail.case.reports <= 1 {
        return Ok(told.report.iter().cloned().collect());
    }
    let reader = door.house.store.reader();
    let all = reader.reports_of(net.id, told.trail.case.id).await;
    Ok(all.map_err(work::Error::from)?)
}

/// The masked contact of each telling, for roles that may ask for the clear ones; `known` is that of the case's own number.
pub(super) async fn contacts(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    known: Option<(&Report, Option<&SealedContact>)>,
    tellings: &[Report],
) -> Result<Vec<Option<MaskedContact>>, Failure> {
    let role = asker.role();
    let allowed = role.is_some_and(|role| may(role, Action::ReadContact));
    let (house, mut contacts) = (&door.house, Vec::new());
    for report in tellings.iter().filter(|_| allowed) {
        let kept = match known.filter(|(own, _)| own.id == report.id) {
            Some((_, kept)) => kept.cloned(),
            None => {
                let kept = house.store.reader().contact(net.id, report.id).await;
                kept.map_err(work::Error::from)?
            }
        };
        contacts.push(match kept {
            Some(sealed) => Some(masked(house, net.id, report.id, sealed).await?),
            None => None,
        });
    }
    Ok(contacts)
}
