//! Return visits 回访 for whoever makes them: the list of what is due, one visit with just what is needed for it, and the
//! answer. The step itself is `work::case::step`; whether and by whom a visit is made is decided in `rules::case`.

use std::sync::Arc;

use rules::access::{Action, Actor, Role, Scope};
use rules::case::{Case, CommandName, Deed, Method, commands};
use rules::ids::{MemberId, Number, ReportId};
use rules::journal::Event;
use store::case::{Listed, Remark, Trail};
use store::journal::Entry;
use store::report::Report;
use time::OffsetDateTime;

use crate::case::{Expected, StepForm, step, step_apart, taken_up, worked_on};
use crate::complaint::Receipt;
use crate::net::CommunityNet;
use crate::report::{MaskedContact, all_masked, for_others};
use crate::{Asker, Error, House, task};

/// The most visits of one person in their list.
const MINE: u16 = 100;

/// What is due.
pub struct Visits {
    /// What the asker, or whom they stand in for, was asked to do; the nearest deadline first.
    pub mine: Vec<Listed>,
    /// What is due besides within their sight; empty for a volunteer.
    pub around: Vec<Listed>,
    /// What the next page of `around` begins after.
    pub next: Option<String>,
}

/// One visit, with what is needed to make it and no more.
pub struct VisitPage {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The case.
    pub case: Case,
    /// The telling that the case began with.
    pub report: Report,
    /// The reporter's contact, masked.
    pub contact: Option<MaskedContact>,
    /// Those of whoever told the same later, or a case that was merged into this one, and left one.
    pub others: Vec<Other>,
    /// What the one who did the work wrote.
    pub done: Option<String>,
    /// What the reporter was told by whoever checked it.
    pub answer: Option<String>,
    /// What is left, where only part of it is solved.
    pub left: Option<String>,
    /// Tries that reached nobody, in order.
    pub tried: Vec<Tried>,
    /// Whether the asker may make it now.
    pub may: bool,
}

/// Somebody who told the same later, or a case that was merged into it.
#[derive(Debug, Clone)]
pub struct Other {
    /// The number on their receipt.
    pub number: Number,
    /// Their contact, masked.
    pub contact: MaskedContact,
}

/// A try that reached nobody.
#[derive(Debug, Clone)]
pub struct Tried {
    /// When.
    pub at: OffsetDateTime,
    /// How.
    pub method: Method,
    /// Who tried.
    pub by: Option<MemberId>,
    /// What was noted.
    pub words: Vec<String>,
}

/// The member, and everybody whose work lands with them meanwhile.
fn hands(asker: &Asker) -> Vec<MemberId> {
    match &asker.actor {
        Actor::Member {
            member, stands_for, ..
        } => std::iter::once(*member)
            .chain(stands_for.iter().copied())
            .collect(),
        _ => Vec::new(),
    }
}

/// The visits that are due: the asker's own, and a page of the others within their sight.
///
/// # Errors
/// `Forbidden` for roles that visit nobody.
#[task]
pub async fn list(
    house: &House,
    asker: &Asker,
    after: Option<&str>,
    limit: u16,
) -> Result<Visits, Error> {
    asker.allow(Action::Visit)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let (reader, hands) = (house.store.reader(), hands(asker));
    let (mine, _) = reader
        .visits(&asker.scope, community, Some(&hands), None, MINE)
        .await?;
    let (mut around, next) = match asker.role() {
        Some(Role::Volunteer) => (Vec::new(), None),
        _ => {
            reader
                .visits(&asker.scope, community, None, after, limit)
                .await?
        }
    };
    around.retain(|listed| !is_for(&listed.case, &hands));
    Ok(Visits { mine, around, next })
}

fn is_for(case: &Case, hands: &[MemberId]) -> bool {
    let asked = case.errand().and_then(|errand| errand.asked);
    asked.is_some_and(|member| hands.contains(&member))
}

/// How to reach each of those who told a case, of those who left a way.
async fn reached(
    house: &House,
    net: &CommunityNet,
    reports: Vec<Report>,
) -> Result<Vec<Other>, Error> {
    let ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
    let mut left = all_masked(house, net.id, &ids).await?;
    let reached = |report: Report| {
        let contact = left.remove(&report.id)?;
        let reaches = contact.name.is_some() || contact.phone.is_some();
        reaches.then_some(Other {
            number: report.number,
            contact,
        })
    };
    Ok(reports.into_iter().filter_map(reached).collect())
}

/// Whoever told a case that was merged into this one; they are asked as well, for it ended with this one.
async fn told_merged(house: &House, net: &CommunityNet, case: &Case) -> Result<Vec<Report>, Error> {
    let (reader, mut reports) = (house.store.reader(), Vec::new());
    // whoever took another one up has its tellings
    if case.reports < 2 {
        return Ok(reports);
    }
    for merged in taken_up(reader, net.id, case.id, None).await? {
        reports.extend(reader.reports_of(net.id, merged.id).await?);
    }
    Ok(reports)
}

/// One visit that is due; the number is that of its case or of any who told it, or a case that was merged into it.
///
/// # Errors
/// `Forbidden` for roles that visit nobody; `NotFound` outside the scope, for a volunteer who was not asked, and once no
/// visit is due any more.
#[task]
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<VisitPage, Error> {
    asker.allow(Action::Visit)?;
    let net = house.net();
    let net = Arc::clone(net.community(number.community()).ok_or(Error::NotFound)?);
    let reader = house.store.reader();
    let (_, case) = worked_on(house, net.id, number).await?;
    let case = reader.case_within(&asker.scope, net.id, case).await?.case;
    let theirs = asker.role() != Some(Role::Volunteer) || is_for(&case, &hands(asker));
    if case.errand().is_none() || !theirs {
        return Err(Error::NotFound);
    }
    let mut reports = reader.reports_of(net.id, case.id).await?;
    if reports.is_empty() {
        return Err(Error::NotFound);
    }
    let report = reports.remove(0);
    let contact = all_masked(house, net.id, &[report.id]).await?;
    let contact = contact.into_values().next();
    reports.extend(told_merged(house, &net, &case).await?);
    let others = reached(house, &net, reports).await?;
    let remarks = reader.remarks(net.id, case.id).await?;
    let left = last_told(&remarks, CommandName::Handle).filter(|_| is_partly(&case));
    let answer = last_told(&remarks, CommandName::Check);
    let journal = reader.journal_of(net.id, case.id.0).await?;
    let done = reader.results(net.id, case.id).await?.pop();
    Ok(VisitPage {
        may: commands(&case, &asker.actor).contains(&CommandName::Visit),
        done: done.map(|result| result.note),
        answer,
        left,
        tried: tried(&journal, &remarks),
        contact,
        others,
        report: for_others(report),
        case,
        net,
    })
}

/// What was last written for the reporter at a step.
fn last_told(remarks: &[Remark], step: CommandName) -> Option<String> {
    let is_it = |remark: &&Remark| remark.for_reporter && remark.command == step;
    let last = remarks.iter().rfind(is_it);
    last.map(|remark| remark.words.clone())
}

/// The tries of this round that reached nobody, in order.
fn tried(journal: &[Entry], remarks: &[Remark]) -> Vec<Tried> {
    let (mut tried, mut version) = (Vec::new(), 0);
    for entry in journal {
        let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        version += 1;
        match event.deed {
            // a new round begins with its check
            Deed::Checked { .. } => tried.clear(),
            Deed::NotReached { method, .. } => tried.push(Tried {
                at: entry.occurred_at.unwrap_or(entry.at),
                method,
                by: entry.actor.map(MemberId),
                words: remarks
                    .iter()
                    .filter(|remark| remark.version == version)
                    .map(|remark| remark.words.clone())
                    .collect(),
            }),
            _ => {}
        }
    }
    tried
}

fn is_partly(case: &Case) -> bool {
    let work = case.work();
    work.is_some_and(|work| work.claim == rules::case::Claim::Partly)
}

/// Notes what came of a visit.
///
/// # Errors
/// As [`step`]; `Forbidden` for roles that visit nobody.
#[task]
pub async fn visit(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    form: StepForm,
) -> Result<Trail, Error> {
    asker.allow(Action::Visit)?;
    step(house, asker, number, expected, CommandName::Visit, form).await
}

/// Notes what came of a visit that heard of somebody who works here: that becomes a complaint, and what was heard of the matter stands in
/// the note.
///
/// # Errors
/// As [`step_apart`]; `Forbidden` for roles that visit nobody.
#[task]
pub async fn visit_apart(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    form: StepForm,
) -> Result<Receipt, Error> {
    asker.allow(Action::Visit)?;
    let command = CommandName::Visit;
    step_apart(house, asker, (number, None), expected, command, form).await
}

/// Who made a visit while somebody else was about to.
#[derive(Debug, Clone)]
pub struct Made {
    /// Who; none for time itself.
    pub by: Option<MemberId>,
    /// In which role.
    pub role: String,
    /// What it was: made, tried for the last time, or given to somebody else.
    pub deed: &'static str,
    /// When.
    pub at: OffsetDateTime,
}

/// What became of the visit that the asker was asked to make last and finds no more; none where they were never asked.
///
/// # Errors
/// `Forbidden` for roles that visit nobody; `NotFound` in another community.
#[task]
pub async fn made_meanwhile(
    house: &House,
    asker: &Asker,
    number: &Number,
) -> Result<Option<Made>, Error> {
    asker.allow(Action::Visit)?;
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    if asker.community() != Some(net.id) {
        return Err(Error::NotFound);
    }
    let (reader, hands) = (house.store.reader(), hands(asker));
    let all = Scope::Community(net.id);
    let case = reader.case_numbered(&all, net.id, number).await?.case;
    let (mut asked, mut made) = (false, None);
    for entry in reader.journal_of(net.id, case.id.0).await? {
        let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        let ends = matches!(
            event.deed,
            Deed::Visited { .. } | Deed::NotReached { over: true, .. } | Deed::VisitPassed { .. }
        );
        if asked && ends && made.is_none() {
            made = Some(Made {
                by: entry.actor.map(MemberId),
                role: entry.role.clone(),
                deed: event.deed.name(),
                at: entry.occurred_at.unwrap_or(entry.at),
            });
        }
        let visitor = match event.deed {
            Deed::Checked { visitor, .. } => visitor,
            Deed::VisitPassed { visitor } => Some(visitor),
            _ => continue,
        };
        if visitor.is_some_and(|member| hands.contains(&member)) {
            (asked, made) = (true, None);
        }
    }
    Ok(made)
}
