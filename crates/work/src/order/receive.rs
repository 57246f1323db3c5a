//! Receives one order from the system of an upper level. The same number with the same contents finds the same case;
//! with other contents it is refused.

use std::sync::Arc;

use rules::journal::{Event, HouseEvent};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::Unit;
use store::journal::Note;
use store::order::Order;
use store::report::Report;
use time::{Duration, OffsetDateTime};

use crate::report::{Draft, Receipt, ReportForm};
use crate::{Asker, Error, Fault, House, task};

/// The longest number of an order and the longest basis, in characters.
const NUMBER_MAX: usize = 64;
const BASIS_MAX: usize = 200;
/// What an order says where it leaves a field out.
const DEFAULTS: [(&str, &str); 2] = [("channel", "superior"), ("place_note", "")];
/// How far ahead the limit of an order may lie: whoever asks for more has mistaken the year.
const AHEAD: Duration = Duration::days(731);

/// An order as it came.
pub struct OrderForm {
    /// Its number at its source.
    pub number: String,
    /// What it says, as a report.
    pub report: ReportForm,
    /// By when they want it done.
    pub due: Option<OffsetDateTime>,
    /// Why its contact data may be here; needed with a contact.
    pub basis: String,
}

/// What was sent, to tell a repetition from a contradiction.
struct Sent {
    /// What is the same for the same request.
    body: Vec<u8>,
    /// A digest of what the order says beside its number, in whatever guise it came; what is left out says the same as its default.
    said: Vec<u8>,
    /// What an order that says the same may have been kept as before, when what was left out was not what is left out now: as it was
    /// written, and with any of its defaults written out.
    before: Vec<Vec<u8>>,
}

impl Sent {
    fn of(body: &[u8], document: &[u8]) -> Self {
        let told = |change: &dyn Fn(&mut Map<String, Value>)| {
            let said = beside_number(document, change);
            digest(said.as_deref().unwrap_or(document))
        };
        let written_out = |defaults: &[(&str, &str)]| {
            told(&|fields: &mut Map<String, Value>| {
                leave_defaults(fields);
                for (name, value) in defaults {
                    fields.entry(*name).or_insert_with(|| (*value).into());
                }
            })
        };
        let [channel, place_note] = DEFAULTS;
        Self {
            said: told(&leave_defaults),
            before: vec![
                told(&|_| {}),
                written_out(&[channel]),
                written_out(&[place_note]),
                written_out(&DEFAULTS),
            ],
            body: body.to_vec(),
        }
    }

    /// Whether it is the order that came before under its number. That may have been written otherwise then, which makes the
    /// contents no others.
    fn is_same(&self, number: &str, before: &Order) -> bool {
        let same = self.said == before.digest || self.before.contains(&before.digest);
        same || self.is_same_as_of_before(number, before)
    }

    /// The same for an order of which a digest of the whole body was kept.
    fn is_same_as_of_before(&self, number: &str, before: &Order) -> bool {
        let written = |number: &str| serde_json::to_string(number).unwrap_or_default();
        let otherwise = || {
            let text = String::from_utf8_lossy(&self.body);
            let text = text.replace(&written(number), &written(&before.number));
            digest(text.as_bytes()) == before.digest
        };
        digest(&self.body) == before.digest || (number != before.number && otherwise())
    }
}

/// What a document says, without the number of the order; none for what is no document.
fn beside_number(document: &[u8], change: &dyn Fn(&mut Map<String, Value>)) -> Option<Vec<u8>> {
    let mut said: Value = serde_json::from_slice(document).ok()?;
    let fields = said.as_object_mut()?;
    fields.remove("id");
    change(fields);
    serde_json::to_vec(&said).ok()
}

/// Takes out what an order says as well where it is left out.
fn leave_defaults(fields: &mut Map<String, Value>) {
    fields.retain(|name, value| {
        let said = (name.as_str(), value.as_str().unwrap_or_default());
        let is_default = value.is_string() && DEFAULTS.contains(&said);
        !is_default && !value.is_null()
    });
}

/// Receives an order; `body` is what is the same for the same request, `document` the JSON in it.
///
/// # Errors
/// `Invalid` with every faulty field, `KeyReused` if the number came with other contents, `Forbidden` for a place outside the
/// community.
#[task]
pub async fn receive(
    house: &House,
    asker: &Asker,
    order: OrderForm,
    body: &[u8],
    document: &[u8],
) -> Result<(Receipt, Order), Error> {
    let has_contact = order.report.contact.is_some();
    Error::check(faults(&order.number, has_contact, &order.basis))?;
    let source = source(house, asker)?;
    let sent = Sent::of(body, document);
    let draft = Draft::of(house, asker, order.report).await?;
    let community = draft.at.community.id;
    if asker.community() != Some(community) {
        return Err(Error::Forbidden);
    }
    let incoming = Arc::new(Incoming {
        draft: draft.due(order.due),
        due: order.due,
        number: order.number,
        basis: order.basis,
        asker: asker.clone(),
        source,
        sent,
    });
    let attempt = || {
        let incoming = Arc::clone(&incoming);
        async move |unit: &Unit| incoming.take(unit).await
    };
    let (report, order) = house.unit_once(community, attempt).await?;
    Ok((Receipt::of(house, report)?, order))
}

/// Everything decided before the unit, so that the unit only writes.
struct Incoming {
    draft: Draft,
    due: Option<OffsetDateTime>,
    number: String,
    basis: String,
    asker: Asker,
    source: String,
    sent: Sent,
}

impl Incoming {
    async fn take(&self, unit: &Unit) -> Result<(Report, Order), Error> {
        if let Some(before) = unit.order(&self.source, &self.number).await? {
            if !self.sent.is_same(&self.number, &before) {
                return Err(Error::KeyReused);
            }
            return Ok((unit.report(before.report).await?, before));
        }
        // only now: an order that comes again may be past its limit meanwhile
        if self.due.is_some_and(|due| due < self.asker.now) {
            return Err(Error::invalid("due", "order-due-past"));
        }
        if self.due.is_some_and(|due| is_far(due, self.asker.now)) {
            return Err(Error::invalid("due", "order-due-far"));
        }
        let report = self.draft.enter(unit).await?;
        let (source, number) = (self.source.clone(), self.number.clone());
        let (basis, digest) = (self.basis.clone(), self.sent.said.clone());
        let order = made(&report, source, number, self.due, basis, digest);
        unit.keep_order(&order).await?;
        unit.note(note(&self.asker, &report, HouseEvent::OrderReceived));
        Ok((report, order))
    }
}

/// Everything that is wrong with the number of an order and with the basis on which its contact data come in; what is wrong
/// with what it says is found as for every report.
pub fn faults(number: &str, has_contact: bool, basis: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !is_number(number) {
        faults.push(Fault::new("id", "order-number-malformed"));
    }
    if has_contact && basis.trim().is_empty() {
        faults.push(Fault::new("contact.basis", "basis-missing"));
    }
    if basis.chars().count() > BASIS_MAX {
        faults.push(Fault::new("contact.basis", "too-long"));
    }
    faults
}

/// Whether the limit of an order lies farther ahead than any does.
pub(super) fn is_far(due: OffsetDateTime, now: OffsetDateTime) -> bool {
    due > now + AHEAD
}

/// One line without control signs.
pub(crate) fn is_number(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= NUMBER_MAX
        && !text.chars().any(char::is_control)
}

/// Whose number it is: the account name of the system that asks.
pub(crate) fn source(house: &House, asker: &Asker) -> Result<String, Error> {
    let net = house.net();
    let community = asker.community().and_then(|id| net.community_by_id(id));
    let member = asker.member().ok_or(Error::Forbidden)?;
    let code = community
        .and_then(|net| net.member(member))
        .and_then(|member| member.code.clone());
    Ok(code.unwrap_or_else(|| member.0.to_string()))
}

pub(crate) fn digest(body: &[u8]) -> Vec<u8> {
    Sha256::digest(body)[..16].to_vec()
}

pub(super) fn made(
    report: &Report,
    source: String,
    number: String,
    due: Option<OffsetDateTime>,
    basis: String,
    digest: Vec<u8>,
) -> Order {
    Order {
        source,
        number,
        case: report.case,
        report: report.id,
        due,
        basis,
        digest,
        received_at: report.received_at,
    }
}

pub(super) fn note(asker: &Asker, report: &Report, event: HouseEvent) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(report.case.0),
        event: Event::House(event),
    }
}

#[cfg(test)]
mod tests {
    use rules::ids::{CaseId, ReportId};

    use super::*;

    fn kept(digest: Vec<u8>) -> Order {
        Order {
            source: "superior".into(),
            number: "SJ-1".into(),
            case: CaseId(uuid::Uuid::nil()),
            report: ReportId(uuid::Uuid::nil()),
            due: None,
            basis: String::new(),
            digest,
            received_at: OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_order_says_the_same_whether_a_default_was_written_out_before_or_is_now() {
        let bare = r#"{"id":"SJ-1","text":"灯"}"#;
        let guises = [
            r#"{"text":"灯","id":"SJ-1","channel":"superior"}"#,
            r#"{"id":"SJ-1","text":"灯","place_note":""}"#,
            r#"{"id":"SJ-1","text":"灯","channel":"superior","place_note":""}"#,
        ];
        let sent = |document: &str| Sent::of(document.as_bytes(), document.as_bytes());
        // as orders were digested while a default that was written out counted
        let of_before = |document: &str| {
            kept(digest(
                &beside_number(document.as_bytes(), &|_| {}).expect("a document"),
            ))
        };
        for guise in guises {
            assert!(sent(bare).is_same("SJ-1", &of_before(guise)), "{guise}");
            assert!(sent(guise).is_same("SJ-1", &of_before(bare)), "{guise}");
            assert!(sent(guise).is_same("SJ-1", &of_before(guise)), "{guise}");
        }
        let other = r#"{"id":"SJ-1","text":"灯","channel":"phone"}"#;
        assert!(!sent(bare).is_same("SJ-1", &of_before(other)));
        for guise in guises.into_iter().chain([bare]) {
            assert!(!sent(other).is_same("SJ-1", &of_before(guise)), "{guise}");
        }
    }
}
