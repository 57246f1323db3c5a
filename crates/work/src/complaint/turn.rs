//! A report that turns out to be about somebody who works here becomes a complaint. Words and contact go under seal with the
//! number that the reporter holds, the case ends and says no more of it, and all of it in one unit. Whoever told it opens
//! the complaint with the receipt they have. One that was a complaint before becomes one again, with the notes of then. The
//! other way is `report`.

use std::collections::HashMap;
use std::sync::Arc;

use rules::access::{Action, Actor, Scope};
use rules::case::{
    Case, CommandName, Decision, Event as CaseEvent, Reckoning, State as CaseState, give_back,
    let_first_go, let_go, withhold,
};
use rules::complaint::{self as rule, Complaint, Deed, State};
use rules::ids::{CaseId, ComplaintId, DepartmentId, MemberId, Number, ReportId};
use rules::journal::Event;
use rules::privacy::Pii;
use rules::privacy::classes::Class;
use rules::privacy::envelope::Dek;
use store::Unit;
use store::case::{Remark, Trail};
use store::complaint::{CaseWords, SealedWords};
use store::journal::Note;
use store::referral::Kept;
use store::report::Report;
use uuid::Uuid;

use super::seal::{Lock, of};
use super::sight::concerned;
use super::{Along, first, leads, line_of, note};
use crate::case::{Expected, Laid, with_merged};
use crate::net::CommunityNet;
use crate::report::opened;
use crate::{Asker, Error, House, task};

/// The steps whose words come from a reporter; the first is that of the first one alone.
pub(super) const OF_REPORTERS: [CommandName; 4] = [
    CommandName::Answer,
    CommandName::Reopen,
    CommandName::Rate,
    CommandName::Visit,
];

/// What whoever turns a report into a complaint says.
pub struct TurnForm {
    /// Whom it speaks of, by account name; left out, a supervisor finds out.
    pub about: Option<String>,
    /// Whom it speaks of, in words.
    pub about_words: Option<Pii<String>>,
    /// The number of one telling of a case that was told more than once: it alone becomes a complaint; left out, all of the case
    /// does.
    pub telling: Option<Number>,
    /// Whether what was merged into the case becomes one with it; has to be said where something was.
    pub with_merged: bool,
    /// What stands on the case from now on, in place of the words; it says nothing of a complaint.
    pub instead: String,
}

/// Turns a case that somebody may read, and does not concern, into a complaint: one for each of its tellings, so that every
/// receipt goes on telling its holder how it goes. One that was merged leaves the case that took it up, which goes on for
/// its other reporters; so does the case that a single telling leaves. It keeps the number of the first one, which becomes a
/// complaint of another number (see `first`). Gives the leads that officers have and that go on without the case.
///
/// # Errors
/// `Forbidden` for who may not, `NotFound` outside the scope and for a telling that is none of the case any more, `Invalid` for a name
/// that is unknown or in the asker's own line and where nobody said what becomes of what was merged, `Stale` if the case has moved on, `Refused` where it cannot end now.
#[task]
pub async fn turn(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    form: TurnForm,
) -> Result<Vec<Kept>, Error> {
    asker.allow(Action::TurnIntoComplaint)?;
    let net = house.net();
    let net = Arc::clone(net.community(number.community()).ok_or(Error::NotFound)?);
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    if let Expected::Version(seen) = expected
        && seen != found.case.version
    {
        return Err(Error::Stale {
            is: found.case.version,
        });
    }
    let about = about(&net, form.about.as_deref())?;
    let tellings = match &form.telling {
        Some(number) if *number == found.case.number => {
            vec![first::telling(house, &net, found.case.id).await?]
        }
        Some(number) => vec![joined(house, &net, found.case.id, number).await?],
        None => {
            let tellings = tellings(house, &net, found.case.id).await?;
            // another reporter's matter goes under seal with it by nobody's oversight
            if tellings.len() > 1 && !form.with_merged {
                return Err(Error::invalid("with_merged", "merged-unchosen"));
            }
            tellings
        }
    };
    let turning = Turning {
        lock: Lock::of(house, net.id).await?,
        contacts: house
            .keys
            .data_key(&house.store, net.id, Class::C2, asker.now)
            .await?,
        tellings,
        remark: house.clock.id(),
        asker: asker.clone(),
        about,
        form,
        gone: first::gone(house, net.id, found.case.id).await?,
        case: found.case,
        net: Arc::clone(&net),
    };
    turning.own_line()?;
    house
        .store
        .unit(net.id, async move |unit: &Unit| turning.take(unit).await)
        .await
}

fn about(net: &CommunityNet, account: Option<&str>) -> Result<Option<MemberId>, Error> {
    let known = |account| {
        let member = net.member_by_code(account);
        member.ok_or_else(|| Error::invalid("about", "addressee-unknown"))
    };
    Ok(account.map(known).transpose()?.map(|member| member.id))
}

/// A telling that joined a case that others had told before.
async fn joined(
    house: &House,
    net: &CommunityNet,
    case: CaseId,
    number: &Number,
) -> Result<(CaseId, Vec<Report>), Error> {
    let all = house.store.reader().reports_of(net.id, case).await?;
    let later = all.into_iter().filter(|report| report.id.0 != case.0);
    let one = later.into_iter().find(|report| report.number == *number);
    Ok((case, vec![one.ok_or(Error::NotFound)?]))
}

/// Every telling of a case and of those that were merged into it, each case with its own. A first one that left its case is a
/// complaint already, and nothing of it stands here.
async fn tellings(
    house: &House,
    net: &CommunityNet,
    case: CaseId,
) -> Result<Vec<(CaseId, Vec<Report>)>, Error> {
    let reader = house.store.reader();
    let mut tellings = Vec::new();
    for case in with_merged(house, net.id, case).await? {
        let mut still = Vec::new();
        let first_left = first::has_left(house, net.id, case).await?;
        for report in reader.reports_of(net.id, case).await? {
            let left = first_left && report.id.0 == case.0;
            if !left && !became(house, net.id, report.id).await? {
                still.push(report);
            }
        }
        tellings.push((case, still));
    }
    Ok(tellings)
}

/// Everything decided before the unit, so that the unit only writes.
struct Turning {
    asker: Asker,
    net: Arc<CommunityNet>,
    case: Case,
    tellings: Vec<(CaseId, Vec<Report>)>,
    about: Option<MemberId>,
    form: TurnForm,
    /// How many first tellings left the case, and those merged into it, before.
    gone: u32,
    lock: Lock,
    contacts: Arc<Dek>,
    remark: Uuid,
}

impl Turning {
    /// Whoever is concerned, or leads whoever is, does not decide what becomes of it.
    fn own_line(&self) -> Result<(), Error> {
        let Some(report) = self.tellings.iter().flat_map(|(_, all)| all).next() else {
            return Err(Error::invalid("with_merged", "nobody-tells"));
        };
        let line = line_of(&self.net, &self.complaint(report), self.asker.now);
        match self.asker.actor {
            Actor::Member { member, .. } if !line.holds(member) => Ok(()),
            _ => Err(Error::invalid("about", "complaint-own-line")),
        }
    }

    /// The complaint that a telling becomes: its id and number are those of the telling, so that the receipt fits.
    fn complaint(&self, report: &Report) -> Complaint {
        let limit = self.net.settings.complaint.limit;
        let mut complaint = Complaint {
            community: self.net.id,
            id: ComplaintId(report.id.0),
            number: report.number.clone(),
            version: 1,
            grid: report.grid,
            about: self.about,
            lead: None,
            state: State::Received,
            received_at: report.received_at,
            due_at: self.net.calendar.due(limit, report.received_at).at,
            held: false,
        };
        let line = concerned(&self.net, &complaint, &self.said(report), self.asker.now);
        complaint.lead = self
            .about
            .and_then(|_| rule::next_lead(&line, &self.net.posts_in_service()));
        complaint
    }

    /// What was told, with whom it speaks of.
    fn said(&self, report: &Report) -> String {
        let about = self.form.about_words.as_ref();
        let about = about.map_or("", |about| about.reveal());
        [report.words.as_str(), report.place_note.as_str(), about].join("\n")
    }

    async fn take(self, unit: &Unit) -> Result<Vec<Kept>, Error> {
        let scope = &self.asker.scope;
        let Trail { case, department } = unit.case_numbered(scope, &self.case.number).await?;
        if case.version != self.case.version {
            return Err(Error::Stale { is: case.version });
        }
        let laid = Laid::new(&self.net, &case, None, self.asker.now);
        if self.form.telling.is_some() {
            self.let_go(unit, &case, department, &laid).await?;
            return Ok(Vec::new());
        }
        let decision = withhold(&case, &self.asker.actor, &laid.terms(), self.asker.now)?;
        let (version, stir) = (case.version, self.asker.stir());
        unit.save_case(version, &decision.case, department, stir)
            .await?;
        self.leave(unit, &case, &laid).await?;
        let mut said = self.withhold_words(unit).await?;
        for report in self.tellings.iter().flat_map(|(_, all)| all) {
            let said = said.remove(&report.id).unwrap_or_default();
            self.move_over(unit, report, said).await?;
        }
        self.note_end(unit, decision).await?;
        let cases = self.tellings.iter().map(|(case, _)| *case);
        leads::go_on(unit, &self.asker, cases).await
    }

    /// Puts what people said on the cases out of sight; gives it by the telling that takes it along: that of the case, or where that
    /// one left, the next one there, or the first of all.
    async fn withhold_words(
        &self,
        unit: &Unit,
    ) -> Result<HashMap<ReportId, Vec<CaseWords>>, Error> {
        let first = self.tellings.iter().flat_map(|(_, all)| all).next();
        let mut taken: HashMap<ReportId, Vec<CaseWords>> = HashMap::new();
        for (case, reports) in &self.tellings {
            let said = unit.withhold_case_words(*case, &self.form.instead).await?;
            let own = reports.iter().find(|report| report.id.0 == case.0);
            let takes = own.or(reports.first()).or(first);
            if let Some(report) = takes.filter(|_| !said.is_empty()) {
                taken.entry(report.id).or_default().push(said);
            }
        }
        Ok(taken)
    }

    /// Takes the one telling out of the case, which goes on.
    async fn let_go(
        &self,
        unit: &Unit,
        case: &Case,
        department: Option<DepartmentId>,
        laid: &Laid<'_>,
    ) -> Result<(), Error> {
        let (now, stir) = (self.asker.now, self.asker.stir());
        for report in self.tellings.iter().flat_map(|(_, all)| all) {
            if report.id.0 == case.id.0 {
                return self
                    .let_first_go(unit, report, (case, department), laid)
                    .await;
            }
            let telling = (report.id, self.gone);
            let decision = let_go(case, telling, &self.asker.actor, &laid.terms(), now)?;
            unit.save_case(case.version, &decision.case, department, stir)
                .await?;
            let later = self.said_later(unit, case.id, report).await?;
            self.move_over(unit, report, later).await?;
            unit.part_telling(report.id, case.id).await?;
            self.note_steps(unit, case.id, decision.events);
        }
        Ok(())
    }

    /// Takes what the first telling says out of the case, which goes on.
    async fn let_first_go(
        &self,
        unit: &Unit,
        report: &Report,
        (case, department): (&Case, Option<DepartmentId>),
        laid: &Laid<'_>,
    ) -> Result<(), Error> {
        let (id, now) = (first::id(case.id), self.asker.now);
        let left = (id, self.gone);
        let decision = let_first_go(case, left, &self.asker.actor, &laid.terms(), now)?;
        unit.save_case(case.version, &decision.case, department, self.asker.stir())
            .await?;
        let complaint = Complaint {
            id,
            number: unit
                .next_number(self.net.calendar.local(now).date())
                .await?,
            ..self.complaint(report)
        };
        let along = Along {
            place: report.place,
            category: report
                .category
                .as_deref()
                .and_then(|code| code.parse().ok()),
            on_cases: self.said_later(unit, case.id, report).await?,
            event_words: unit.event_words(report.id).await?,
            ..Along::default()
        };
        let sealed = self.sealed(unit, report, id, along).await?;
        unit.keep_complaint(&complaint, &sealed).await?;
        unit.part_first_telling(case.id, id).await?;
        self.withheld(unit, report, &complaint).await?;
        self.note_steps(unit, case.id, decision.events);
        Ok(())
    }

    /// Takes what reporters said since then off the case that goes on: whoever told it may have said there, too, whom they mean,
    /// and a remark does not say of which of them it is.
    async fn said_later(
        &self,
        unit: &Unit,
        case: CaseId,
        report: &Report,
    ) -> Result<Vec<CaseWords>, Error> {
        let (from, instead) = (report.received_at, &self.form.instead);
        // questions are put to the first one alone
        let of = &OF_REPORTERS[usize::from(report.id.0 != case.0)..];
        let said = unit.withhold_remarks(case, of, from, instead).await?;
        Ok(Some(said)
            .filter(|said| !said.is_empty())
            .into_iter()
            .collect())
    }

    /// Takes what was merged out of every case it went on with; those stay as they are.
    async fn leave(&self, unit: &Unit, leaving: &Case, laid: &Laid<'_>) -> Result<(), Error> {
        let mut at = leaving.state.clone();
        while let CaseState::Merged { into: case, .. } = at {
            let community = unit.community();
            let other = unit
                .case_within(&Scope::Receipt { community, case }, case)
                .await?;
            let (who, now) = (&self.asker.actor, self.asker.now);
            let decision = give_back(&other.case, leaving, who, &laid.terms(), now)?;
            let (version, stir) = (other.case.version, self.asker.stir());
            unit.save_case(version, &decision.case, other.department, stir)
                .await?;
            self.note_steps(unit, case, decision.events);
            at = other.case.state;
        }
        Ok(())
    }

    /// Seals one telling as a complaint and takes it off the case.
    async fn move_over(
        &self,
        unit: &Unit,
        report: &Report,
        mut on_cases: Vec<CaseWords>,
    ) -> Result<(), Error> {
        let mut complaint = self.complaint(report);
        on_cases.extend(Along::stayed(unit, &self.lock, complaint.id).await?);
        let along = Along {
            on_cases,
            event_words: unit.event_words(report.id).await?,
            ..Along::default()
        };
        let sealed = self.sealed(unit, report, complaint.id, along).await?;
        match unit.complaint(complaint.id).await {
            Ok(before) => {
                complaint.version = before.version + 1;
                unit.renew_complaint(before.version, &complaint, &sealed)
                    .await?;
            }
            Err(store::Error::NotFound(_)) => unit.keep_complaint(&complaint, &sealed).await?,
            Err(other) => return Err(other.into()),
        }
        self.withheld(unit, report, &complaint).await
    }

    /// Puts something else in the place of a telling that is a complaint now.
    async fn withheld(
        &self,
        unit: &Unit,
        report: &Report,
        complaint: &Complaint,
    ) -> Result<(), Error> {
        unit.withhold_telling(report.id, &self.form.instead).await?;
        let urgent = complaint.is_urgent(&self.said(report));
        unit.note(note(&self.asker, complaint, Deed::Received { urgent }));
        Ok(())
    }

    async fn sealed(
        &self,
        unit: &Unit,
        report: &Report,
        id: ComplaintId,
        along: Along,
    ) -> Result<SealedWords, Error> {
        let contact = match unit.contact_of(report.id).await? {
            Some(sealed) => opened(&self.contacts, report.id, sealed)?,
            None => crate::report::Contact::default(),
        };
        let seal = |column, text: &Option<Pii<String>>| {
            let text = text.as_ref().map(|text| text.reveal().trim());
            let text = text.filter(|text| !text.is_empty());
            text.map(|text| self.lock.seal(of(column, id.0), text))
                .transpose()
        };
        let along = Along {
            place_note: report.place_note.clone(),
            ..along
        };
        let words = along.words(&report.words);
        let along = along.wishes(&contact);
        Ok(SealedWords {
            along: along.seal(&self.lock, id)?,
            words: self.lock.seal(of("words", id.0), &words)?,
            about: seal("about_words", &self.form.about_words)?,
            name: seal("name", &contact.name)?,
            phone: seal("phone", &contact.phone)?,
            answer: None,
        })
    }

    /// The last step of the case, with the words that stand for it.
    async fn note_end(&self, unit: &Unit, decision: Decision) -> Result<(), Error> {
        unit.keep_remark(&Remark {
            id: self.remark,
            case: decision.case.id,
            version: decision.case.version,
            command: CommandName::Redirect,
            words: self.form.instead.clone(),
            for_reporter: true,
            at: self.asker.now,
        })
        .await?;
        self.note_steps(unit, decision.case.id, decision.events);
        Ok(())
    }

    fn note_steps(&self, unit: &Unit, case: CaseId, events: Vec<CaseEvent>) {
        for event in events {
            unit.note(Note {
                at: self.asker.now,
                occurred_at: None,
                actor: self.asker.member(),
                role: self.asker.role().map_or("clock", |role| role.as_str()),
                subject: Some(case.0),
                event: Event::Case(event),
            });
        }
    }
}

/// Whether a telling became a complaint; whoever shows its receipt is led there.
///
/// # Errors
/// `Store`.
pub(crate) async fn became(
    house: &House,
    community: rules::ids::CommunityId,
    report: ReportId,
) -> Result<bool, Error> {
    Ok(house.store.reader().is_complaint(community, report).await?)
}
