//! A complaint that speaks of a thing and not of a worker becomes an ordinary report, in one unit: a case under the number and
//! id that its reporter holds, so that the receipt goes on fitting, counted from when it was told. Words, photos, place and
//! contact go along, the contact under the seal of reports; whom it speaks of and what was found out stay with the complaint.
//! Whoever serves the place reads it from then on; so nothing becomes one that names one of them. The case says nothing of a
//! complaint: its reporter told it, and who made it a report, and why, stands with the complaint alone. What was a case before it
//! was taken for a complaint comes back as that case. The other way is `turn`.

use std::sync::Arc;

use rules::access::{Role, Scope};
use rules::case::{self, Case, Channel, Decision, Event as CaseEvent};
use rules::complaint::{Complaint, Deed, Step, spare_readers, take_step};
use rules::grid::Grid;
use rules::ids::{CaseId, ComplaintId, GridId, ReportId};
use rules::journal::Event;
use rules::privacy::Pii;
use rules::privacy::classes::Class;
use rules::privacy::free_text::redact_persons;
use store::Unit;
use store::case::{Stir, Trail};
use store::complaint::{CaseWords, SealedNote};
use store::journal::Note;
use store::report::{Report, SealedContact};

use super::back::Back;
use super::pass::grid;
use super::seal::Lock;
use super::see::said;
use super::{Along, names_of_owners, names_of_readers, note};
use crate::case::{Expected, Laid, running};
use crate::duplicate::is_elsewhere;
use crate::net::CommunityNet;
use crate::report::{Contact, OwnCase, promise};
use crate::wording::tell;
use crate::{Asker, Error, House};

/// Makes a report of a complaint that the asker sees, on the version that was seen, and keeps why. Pressed twice it is one: the
/// second time the complaint is a report already.
///
/// # Errors
/// `Stale`, `Complaint` for what the rules refuse, `Unavailable` if a seal does not open.
pub(super) async fn make(
    house: &House,
    asker: &Asker,
    (net, complaint): (Arc<CommunityNet>, Complaint),
    expected: Expected,
    why: SealedNote,
) -> Result<(), Error> {
    let read = complaint.version;
    let told = (Arc::clone(&net), complaint.clone());
    match attempt(house, asker, told, expected, why.clone()).await {
        // the complaint is as it was seen: a case moved on where words come back, or others were handed on to it meanwhile
        Err(Error::Stale { is }) if is == read && expected.is(is).is_ok() => {
            attempt(house, asker, (net, complaint), expected, why).await
        }
        made => made,
    }
}

async fn attempt(
    house: &House,
    asker: &Asker,
    (net, complaint): (Arc<CommunityNet>, Complaint),
    expected: Expected,
    why: SealedNote,
) -> Result<(), Error> {
    let community = net.id;
    let making = Making::of(house, asker, (net, complaint), why).await?;
    let made = house.store.unit(community, async move |unit: &Unit| {
        making.take(unit, expected).await
    });
    made.await
}

/// Everything decided before the unit, so that the unit only writes.
struct Making {
    asker: Asker,
    net: Arc<CommunityNet>,
    complaint: Complaint,
    words: String,
    /// The words with all that was said of whom they speak: what is looked at for names.
    said: String,
    along: Along,
    /// What came along as it lies under seal.
    kept: Option<Vec<u8>>,
    back: Back,
    lock: Lock,
    why: SealedNote,
    contact: Option<SealedContact>,
    /// On which way it came, should it never have been a report.
    channel: Channel,
    /// The case that its reporter said it is the same as, unless that is elsewhere.
    same: Option<CaseId>,
}

impl Making {
    async fn of(
        house: &House,
        asker: &Asker,
        (net, complaint): (Arc<CommunityNet>, Complaint),
        why: SealedNote,
    ) -> Result<Self, Error> {
        let (id, reader) = (complaint.id, house.store.reader());
        let lock = Lock::of(house, net.id).await?;
        let sealed = reader.complaint_words(net.id, id).await?;
        let along = Along::open(&lock, id, sealed.along.clone())?;
        let words = said(&lock, id, "words", Some(sealed.words))?;
        let words = words.map(Pii::into_inner).unwrap_or_default();
        let about = said(&lock, id, "about_words", sealed.about)?;
        let about = about.map(Pii::into_inner).unwrap_or_default();
        let contact = Contact {
            name: said(&lock, id, "name", sealed.name)?,
            phone: said(&lock, id, "phone", sealed.phone)?,
            visit_welcome: along.visit_welcome,
            language: along.language.clone(),
            quiet: along.quiet,
        };
        let making = Self {
            contact: resealed(house, asker, &net, id, contact).await?,
            channel: channel(house, &complaint).await?,
            back: Back::of(house, net.id, id, &along).await?,
            kept: sealed.along,
            lock,
            words: redact_persons(along.without_place(&words)),
            said: [words, about].join("\n"),
            why,
            asker: asker.clone(),
            net,
            complaint,
            along: Along {
                place_note: redact_persons(&along.place_note),
                ..along
            },
            same: None,
        };
        let same = making.same_there(house).await?;
        Ok(Self { same, ..making })
    }

    async fn same_there(&self, house: &House) -> Result<Option<CaseId>, Error> {
        let Some(same) = self.along.same else {
            return Ok(None);
        };
        let report = self.report();
        let here = (report.grid, report.place);
        let elsewhere = is_elsewhere(house, &self.net, here, same).await?;
        Ok(Some(same).filter(|_| !elsewhere))
    }

    const fn id(&self) -> ReportId {
        ReportId(self.complaint.id.0)
    }

    async fn take(self, unit: &Unit, expected: Expected) -> Result<(), Error> {
        let now = unit.complaint(self.complaint.id).await?;
        let seen = match expected {
            Expected::Version(seen) => seen,
            Expected::Any => self.complaint.version,
        };
        if seen != now.version || self.complaint.version != now.version {
            return Err(Error::Stale { is: now.version });
        }
        let (next, deed) = take_step(&now, Step::Report, &self.asker.actor, self.asker.now)?;
        self.spare_those_of(now.grid)?;
        // another complaint that was made a report meanwhile may have handed words on to this one
        if unit.complaint_along(now.id).await? != self.kept {
            return Err(Error::Stale { is: now.version });
        }
        let back = self.back.waits(unit, now.version).await?;
        unit.save_reported(now.version, &next).await?;
        unit.keep_complaint_note(now.id, &self.why).await?;
        unit.note(note(&self.asker, &next, deed));
        match unit.report(self.id()).await {
            Ok(report) => self.again(unit, report).await?,
            Err(store::Error::NotFound(_)) => self.begin(unit).await?,
            Err(other) => return Err(other.into()),
        }
        let mut stays = self.back.of_no_case();
        for words in back {
            let net = (&*self.net, self.asker.now);
            stays.extend(words.put(unit, &self.lock, net).await?);
        }
        self.keep_under_seal(unit, stays).await?;
        if let Some(words) = &self.along.event_words {
            unit.restore_event_words(words).await?;
        }
        if let Some(contact) = &self.contact {
            unit.keep_contact(self.id(), contact).await?;
        }
        Ok(())
    }

    /// What does not come back to where it stood is lost no more than the words of the complaint.
    async fn keep_under_seal(&self, unit: &Unit, on_cases: Vec<CaseWords>) -> Result<(), Error> {
        let id = self.complaint.id;
        let stays = Along {
            on_cases,
            ..Along::default()
        };
        let sealed = stays.seal(&self.lock, id)?;
        Ok(unit.keep_complaint_along(id, sealed).await?)
    }

    /// What was said goes to nobody whom it names.
    fn spare<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<(), Error> {
        let who = &self.asker.actor;
        Ok(spare_readers(&self.complaint, &self.said, names, who)?)
    }

    /// The same for whoever has a case.
    fn spare_owners(&self, case: &Case) -> Result<(), Error> {
        self.spare(names_of_owners(&self.net, case.owner, self.asker.now))
    }

    /// The same for all who would read a report of a grid.
    fn spare_those_of(&self, grid: GridId) -> Result<(), Error> {
        self.spare(names_of_readers(&self.net, grid))
    }

    /// It was told as a complaint: a case and a report that never were. What the reporter said is the same as a case that runs
    /// at its place still joins that one.
    async fn begin(&self, unit: &Unit) -> Result<(), Error> {
        let report = self.report();
        if let Some(same) = self.same
            && let Some(running) = running(unit, same).await?
        {
            return self.join(unit, report, running).await;
        }
        let told = self.case(unit, &report).await?;
        unit.keep_telling(&told, None, &report)?;
        Ok(())
    }

    /// One more telling of a case that runs, with its photos and sound.
    async fn join(&self, unit: &Unit, mut report: Report, running: Trail) -> Result<(), Error> {
        let Trail { case, department } = running;
        self.spare_those_of(case.grid)?;
        self.spare_owners(&case)?;
        let laid = Laid::bare(&self.net, None);
        let (who, now) = (&self.asker.actor, self.asker.now);
        let joined = case::join(&case, report.id, who, &laid.terms(), now)?;
        unit.save_case(case.version, &joined.case, department, Stir::Other(now))
            .await?;
        report.case = case.id;
        unit.keep_report(&report).await?;
        unit.join_telling(report.id, case.id).await?;
        for event in joined.events {
            unit.note(self.entry(case.id, event));
        }
        Ok(())
    }

    /// It was a report before it was taken for a complaint: a case of its own comes back, and what had joined another one has
    /// its own from now on.
    async fn again(&self, unit: &Unit, mut report: Report) -> Result<(), Error> {
        let case = CaseId(report.id.0);
        if report.case != case {
            unit.part_telling(report.id, report.case).await?;
            report.case = case;
        }
        unit.restore_telling(report.id, &self.words, &self.along.place_note)
            .await?;
        let community = self.net.id;
        match unit
            .case_within(&Scope::Receipt { community, case }, case)
            .await
        {
            Ok(trail) => self.restore(unit, &trail.case).await,
            Err(store::Error::NotFound(_)) => {
                let told = self.case(unit, &report).await?;
                Ok(unit.keep_case(&told, None).await?)
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The case that it was is one again, and whoever is on duty decides upon it.
    async fn restore(&self, unit: &Unit, case: &Case) -> Result<(), Error> {
        let laid = Laid::new(&self.net, case, None, self.asker.now);
        let decision = case::restore(case, &self.asker.actor, &laid.terms(), self.asker.now)?;
        unit.restore_case(case.id).await?;
        unit.save_case(case.version, &decision.case, None, self.asker.stir())
            .await?;
        self.note_case(unit, &decision).await
    }

    /// The case of a telling, which is received now and counts from when it was told.
    async fn case(&self, unit: &Unit, report: &Report) -> Result<Case, Error> {
        let own = OwnCase::of(&self.net, report, self.grid()?, self.asker.now);
        let promised = report.answer_by.unwrap_or(self.complaint.due_at);
        let told = own.received((report.received_at, promised), &self.asker.actor);
        self.note_case(unit, &told).await?;
        Ok(told.case)
    }

    /// The report as it would have been kept, had it been told as one.
    fn report(&self) -> Report {
        let (channel, complaint) = (self.channel, &self.complaint);
        let category = self.along.category.as_ref();
        let category = category.filter(|code| self.net.has_category(code));
        let promised = promise(&self.net, category, channel, self.asker.now);
        Report {
            id: self.id(),
            number: complaint.number.clone(),
            case: CaseId(complaint.id.0),
            channel,
            words: self.words.clone(),
            place_note: self.along.place_note.clone(),
            grid: self.grid().map_or(complaint.grid, |grid| grid.id),
            category: category.map(|code| code.as_str().to_owned()),
            place: self.along.place,
            // never later than what the receipt says
            answer_by: Some(promised.min(complaint.due_at)),
            received_at: complaint.received_at,
            // who wrote a complaint down for somebody stays with the complaint
            entered_by: None,
        }
    }

    fn grid(&self) -> Result<&Grid, Error> {
        grid(&self.net, &self.complaint)
    }

    async fn note_case(&self, unit: &Unit, decision: &Decision) -> Result<(), Error> {
        self.spare_owners(&decision.case)?;
        tell(unit, &self.net, &decision.case, &decision.events).await?;
        for event in &decision.events {
            unit.note(self.entry(decision.case.id, event.clone()));
        }
        Ok(())
    }

    /// The case's entry: as if its reporter had told it now. The trail of the complaint says who made it a report.
    fn entry(&self, case: CaseId, event: CaseEvent) -> Note {
        Note {
            at: self.asker.now,
            occurred_at: None,
            actor: None,
            role: Role::Resident.as_str(),
            subject: Some(case.0),
            event: Event::Case(event),
        }
    }
}

/// The contact under the seal of reports.
async fn resealed(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    id: ComplaintId,
    contact: Contact,
) -> Result<Option<SealedContact>, Error> {
    if contact.is_empty() {
        return Ok(None);
    }
    let keys = &house.keys;
    let key = keys
        .data_key(&house.store, net.id, Class::C2, asker.now)
        .await?;
    contact.seal(&key, ReportId(id.0)).map(Some)
}

/// On which way it was told: the first entry of its trail says whether somebody who works here wrote it down.
pub(super) async fn channel(house: &House, complaint: &Complaint) -> Result<Channel, Error> {
    let reader = house.store.reader();
    let entries = reader
        .journal_of(complaint.community, complaint.id.0)
        .await?;
    let first = entries.iter().find(|entry| {
        let event = Event::from_bytes(&entry.event);
        matches!(event, Ok(Event::Complaint(Deed::Received { .. })))
    });
    let by = first.and_then(|entry| entry.actor);
    Ok(by.map_or(Channel::Resident, |_| Channel::Desk))
}
