//! A case to look at: the case, its tellings, its trail, its words and pictures, and what the one who looks may do now.

use std::collections::HashMap;
use std::sync::Arc;

use rules::access::{Action, Actor, may};
use rules::case::{self, Case, CommandName, Deed, State};
use rules::ids::{DepartmentId, MemberId, Number};
use rules::journal::Event;
use rules::supervision::Deed as Said;
use store::case::{Attachment, KeptResult, Remark, Trail};
use store::coordination::{Coordination, Item};
use store::journal::Entry;
use store::outbox::Delivery;
use store::report::Report;
use store::whistle::PartRow;
use store::wording::Told;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::beside::settles;
use super::chain::onward;
use super::merged::{Merged, merged, merged_into};
use super::terms::{Laid, People, above, step_of};
use crate::complaint::told_by_nobody;
use crate::net::CommunityNet;
use crate::report::for_others;
use crate::routing::{Why, reasons};
use crate::{Asker, Error, House, task};

/// Everything about a case that its page shows.
pub struct CasePage {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The case.
    pub case: Case,
    /// The department its task lies with.
    pub department: Option<DepartmentId>,
    /// Its tellings, the first one first.
    pub reports: Vec<Report>,
    /// What happened, in order.
    pub trail: Vec<Happened>,
    /// Who took it away as a file, and when.
    pub taken: Vec<Taken>,
    /// What supervision did about it, in the order of the journal.
    pub noted: Vec<Noted>,
    /// Results, the latest last.
    pub results: Vec<KeptResult>,
    /// Photos and sound.
    pub attachments: Vec<Attachment>,
    /// The departments that were called to the spot, the first call first; not for the reporter.
    pub whistles: Vec<PartRow>,
    /// The callings together, the first one first; not for the reporter.
    pub coordinations: Vec<Coordination>,
    /// What was agreed, the nearest first; not for the reporter.
    pub items: Vec<Item>,
    /// What was told of it outside the house, in the order of the journal; not for the reporter.
    pub deliveries: Vec<Delivery>,
    /// What the one who looks may do now.
    pub may: Vec<CommandName>,
    /// What was merged into it, in the order in which it came; not for the reporter.
    pub merged: Vec<Merged>,
    /// Where it was merged: the number of the case that goes on, if whoever looks finds that one; not for the reporter.
    pub merged_into: Option<Number>,
    /// For the reporter of a case that was merged: the one that goes on, with what happened to it since.
    pub goes_on: Option<GoesOn>,
    /// Whether nobody tells it any more: what was told first left as a complaint, and whoever was merged into it went their own way.
    /// Not for the reporter.
    pub told_by_nobody: bool,
}

impl CasePage {
    /// The question that the reporter was asked last and needs not answer any more, because the work went on or the case was merged;
    /// none where it was answered, still waits, or was put in another way.
    pub fn question_over(&self) -> Option<&Happened> {
        let state = &self.case.state;
        let goes_on = state.kind().is_open() || matches!(state, State::Merged { .. });
        if !goes_on || state.waiting().is_some() {
            return None;
        }
        let mut newest = self.trail.iter().rev();
        let newest = newest.find(|one| {
            let deed = &one.event.deed;
            matches!(
                deed,
                Deed::Asked | Deed::Answered | Deed::Reopened { .. } | Deed::Separated
            )
        });
        newest.filter(|one| matches!(one.event.deed, Deed::Asked))
    }

    /// When the whistle of a part was called off, where that department is left in it to be rated.
    pub fn called_off(&self, row: &PartRow) -> Option<OffsetDateTime> {
        let whistle = self.case.state.whistle();
        let whistle = whistle.filter(|one| one.id == row.whistle)?;
        whistle.part(row.department).and(whistle.called_off)
    }

    /// Whether it counts more tellings than were told on it: then others were merged into it.
    fn has_merged(&self) -> bool {
        usize::try_from(self.case.reports).is_ok_and(|all| all > self.reports.len())
    }
}

/// What somebody may do with a case now; not to lift up what nobody above could take.
pub fn open_steps(
    who: &Actor,
    net: &CommunityNet,
    case: &Case,
    now: OffsetDateTime,
) -> Vec<CommandName> {
    steps_left(who, net, case, &People::default(), now)
}

/// The same, where it is known who had to do with the case before.
fn steps_left(
    who: &Actor,
    net: &CommunityNet,
    case: &Case,
    people: &People,
    now: OffsetDateTime,
) -> Vec<CommandName> {
    let laid = Laid::new(net, case, None, now).done_by(people);
    let mut open = case::commands_left(case, who, &laid.terms(), now);
    if above(net, case, now).is_none_or(|above| case.owner == Some(above.member)) {
        open.retain(|name| *name != CommandName::Escalate);
    }
    open
}

/// The case that another one was merged into.
pub struct GoesOn {
    /// The case.
    pub case: Case,
    /// What happened to it since the merge, in order.
    pub trail: Vec<Happened>,
    /// What whoever follows it may do with it now, as those may who joined a case: rate its end, and say that it is not solved.
    pub may: Vec<CommandName>,
}

/// Somebody took the case away as a file.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The number of the journal's entry.
    pub seq: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: Option<Uuid>,
    /// In which role.
    pub role: String,
}

/// Something that supervision did about a case, as the journal has it.
#[derive(Debug, Clone)]
pub struct Noted {
    /// The number of the journal's entry.
    pub seq: i64,
    /// In which role.
    pub role: String,
    /// What.
    pub deed: Said,
}

/// One entry of a case's trail.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The number of the journal's entry.
    pub seq: i64,
    /// When it happened.
    pub at: OffsetDateTime,
    /// Who did it; none for the reporter and the clock.
    pub actor: Option<Uuid>,
    /// In which role.
    pub role: String,
    /// What.
    pub event: case::Event,
    /// The words that went with it.
    pub words: Vec<Remark>,
    /// Why a task was given to whom, where routing decided.
    pub why: Option<Why>,
    /// What the reporter was told, where the community has words of its own for it.
    pub told: Option<Told>,
}

/// The page of a case for somebody who works in the net.
///
/// # Errors
/// `NotFound` outside the scope, `Forbidden` for a role that reads no cases.
#[task]
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<CasePage, Error> {
    let allowed = asker.role().is_some_and(|role| may(role, Action::ReadCase));
    if !allowed {
        return Err(Error::Forbidden);
    }
    let net = Arc::clone(
        house
            .net()
            .community(number.community())
            .ok_or(Error::NotFound)?,
    );
    let trail = house
        .store
        .reader()
        .case_numbered(&asker.scope, net.id, number)
        .await?;
    let mut page = whole(house, net, trail, &asker.actor, |_| true).await?;
    let (reader, community, case) = (house.store.reader(), page.net.id, page.case.id);
    page.whistles = reader.whistles_of(community, case).await?;
    page.coordinations = reader.coordinations_of(community, case).await?;
    page.items = reader.items_of(community, case).await?;
    let theirs = |item: &Item| settles(&page.net, &page.case, &asker.actor, item);
    if !page.items.iter().any(theirs) {
        page.may.retain(|command| *command != CommandName::Settle);
    }
    page.deliveries = reader.deliveries_of(community, case).await?;
    if page.has_merged() {
        page.merged = merged(house, asker, &page.case).await?;
    }
    page.merged_into = merged_into(house, asker, &page.case).await?;
    page.told_by_nobody = told_by_nobody(house, &page.case).await?;
    Ok(page)
}

/// What happened to a case after a version that somebody saw, in order: for whoever finds that another was faster.
///
/// # Errors
/// Those of [`page`].
#[task]
pub async fn meanwhile(
    house: &House,
    asker: &Asker,
    number: &Number,
    seen: i64,
) -> Result<Vec<Happened>, Error> {
    let mut trail = page(house, asker, number).await?.trail;
    let seen = usize::try_from(seen).unwrap_or(0).min(trail.len());
    Ok(trail.split_off(seen))
}

/// What a reporter sees of a case behind a report whose receipt was shown: the same trail, without the words that those
/// who work on it say to each other, and without what another reporter was asked or wrote. Where the case was merged, the
/// one that goes on is followed.
///
/// # Errors
/// `NotFound`.
#[task]
pub async fn progress(house: &House, asker: &Asker, report: &Report) -> Result<CasePage, Error> {
    let (Actor::Reporter { case }, Some(community)) = (&asker.actor, asker.community()) else {
        return Err(Error::Forbidden);
    };
    let net = Arc::clone(
        house
            .net()
            .community_by_id(community)
            .ok_or(Error::NotFound)?,
    );
    let trail = house
        .store
        .reader()
        .case_within(&asker.scope, community, *case)
        .await?;
    let (several, first) = (trail.case.reports > 1, is_first(report, &trail.case));
    let shown = move |remark: &Remark| for_reader(remark, several, first);
    let mut page = whole(house, net, trail, &asker.actor, shown).await?;
    let parts = first || can_part(house, &page.case).await?;
    let may = |command| reporter_may(first, command) && (parts || command != CommandName::Reopen);
    page.may.retain(|command| may(*command));
    if !first {
        since_joined(&mut page.trail, report);
    }
    page.goes_on = goes_on(house, &page).await?;
    if let Some(on) = &mut page.goes_on {
        told_once(&page.trail, &mut on.trail);
    }
    Ok(page)
}

/// Whether a telling that joined a case can leave it, should it be merged: every case that counts it counts another one, too.
async fn can_part(house: &House, case: &Case) -> Result<bool, Error> {
    let way = onward(house.store.reader(), case).await?;
    let on = way.iter().map(|next| &next.case);
    let mut all = std::iter::once(case).chain(on);
    Ok(way.is_empty() || all.all(|case| case.reports > 1))
}

/// What came of a lead of a merged case stands on both cases; whoever follows both reads it once.
fn told_once(own: &[Happened], later: &mut Vec<Happened>) {
    later.retain(|one| {
        let is_there = |own: &Happened| own.event.deed == one.event.deed;
        !matches!(one.event.deed, Deed::ReferralAnswered { .. }) || !own.iter().any(is_there)
    });
}

/// What happened before somebody joined the case is the story of whoever told it first.
fn since_joined(trail: &mut Vec<Happened>, report: &Report) {
    let own = |happened: &Happened| is_own_joining(happened, report);
    if let Some(from) = trail.iter().position(own) {
        trail.drain(..from);
    }
}

/// Whether this is how the report itself was added to a case that ran.
pub fn is_own_joining(happened: &Happened, report: &Report) -> bool {
    matches!(happened.event.deed, Deed::Joined { report: joined } if joined == report.id)
}

/// When it was decided that what had been told as a complaint is an ordinary report; none where it was told as one.
pub fn made_report(case: &Case, happened: &Happened) -> Option<OffsetDateTime> {
    let begins = matches!(happened.event.deed, Deed::Reported { .. });
    let waited = happened.at - case.times.received_at >= Duration::SECOND;
    Some(happened.at).filter(|_| begins && waited)
}

/// Whether a report is the one its case began with; others joined it later.
pub fn is_first(report: &Report, case: &Case) -> bool {
    report.number == case.number
}

/// Whether a reporter may do something at all: only the first one is asked questions, and can take the case back.
pub fn reporter_may(first: bool, command: CommandName) -> bool {
    first || !matches!(command, CommandName::Answer | CommandName::Withdraw)
}

/// Whether words are for this reporter: what one reporter was asked or wrote is not for another one.
fn for_reader(remark: &Remark, several: bool, first: bool) -> bool {
    let between = match remark.command {
        CommandName::Ask => !first,
        CommandName::Answer | CommandName::Reopen | CommandName::Rate => several || !first,
        _ => false,
    };
    remark.for_reporter && !between
}

/// The number of the case that goes on where the one of this number was merged, at the end of a chain of merges; none where it
/// was not, or where the asker does not find that one.
///
/// # Errors
/// `Store`.
#[task]
pub async fn goes_on_as(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: &Number,
) -> Result<Option<Number>, Error> {
    let reader = house.store.reader();
    match reader.case_numbered(&asker.scope, net.id, number).await {
        Ok(found) => merged_into(house, asker, &found.case).await,
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The case at the end of a chain of merges, with what happened to it since.
async fn goes_on(house: &House, page: &CasePage) -> Result<Option<GoesOn>, Error> {
    let (community, reader) = (page.net.id, house.store.reader());
    let mut way = onward(reader, &page.case).await?;
    let Some(at) = way.pop().map(|last| last.case) else {
        return Ok(None);
    };
    let ended = way.last().map_or(page.case.id, |before| before.case.id);
    let remarks = reader.remarks(community, at.id).await?;
    let shown = remarks
        .into_iter()
        .filter(|one| for_reader(one, true, false));
    let entries = reader.journal_of(community, at.id.0).await?;
    let mut trail = trail(house, &at, &entries, shown.collect()).await?;
    // what happened to it before is not this reporter's story, and that it took this one up is told already
    let took_up = |happened: &Happened| matches!(happened.event.deed, Deed::Attached { other } if other == ended);
    let from = trail.iter().rposition(took_up);
    let from = from.map_or(trail.len(), |at| at + 1);
    trail.drain(..from);
    Ok(Some(GoesOn {
        may: may_follow(&page.net, &at, house.clock.now()),
        case: at,
        trail,
    }))
}

/// What whoever told the same may do with the case that goes on, as long as there is time for it.
fn may_follow(net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Vec<CommandName> {
    let in_time = match case.state {
        State::Closed { reopen_until, .. } | State::Redirected { reopen_until, .. } => {
            now <= reopen_until
        }
        _ => false,
    };
    let mut open = open_steps(&Actor::Reporter { case: case.id }, net, case, now);
    open.retain(|command| match command {
        CommandName::Reopen => in_time,
        other => reporter_may(false, *other),
    });
    open
}

async fn whole(
    house: &House,
    net: Arc<CommunityNet>,
    found: Trail,
    actor: &Actor,
    shown: impl Fn(&Remark) -> bool,
) -> Result<CasePage, Error> {
    let (reader, case) = (house.store.reader(), found.case);
    let remarks = reader
        .remarks(net.id, case.id)
        .await?
        .into_iter()
        .filter(shown)
        .collect();
    let entries = reader.journal_of(net.id, case.id.0).await?;
    let reports = reader.reports_of(net.id, case.id).await?;
    let steps: Vec<_> = entries.iter().filter_map(step_of).collect();
    let steps = steps.iter();
    let people = People::of(steps.map(|(entry, event)| (entry.actor.map(MemberId), event)));
    Ok(CasePage {
        reports: reports.into_iter().map(for_others).collect(),
        trail: trail(house, &case, &entries, remarks).await?,
        taken: entries.iter().filter_map(taken).collect(),
        noted: entries.iter().filter_map(noted).collect(),
        results: reader.results(net.id, case.id).await?,
        attachments: reader.attachments(net.id, case.id).await?,
        whistles: Vec::new(),
        coordinations: Vec::new(),
        items: Vec::new(),
        deliveries: Vec::new(),
        may: steps_left(actor, &net, &case, &people, house.clock.now()),
        department: found.department,
        merged: Vec::new(),
        merged_into: None,
        goes_on: None,
        told_by_nobody: false,
        case,
        net,
    })
}

/// The trail with the words that went with each step. Words carry the version after their step; each event is a version.
async fn trail(
    house: &House,
    case: &Case,
    entries: &[Entry],
    remarks: Vec<Remark>,
) -> Result<Vec<Happened>, Error> {
    let mut words: HashMap<i64, Vec<Remark>> = HashMap::new();
    for remark in remarks {
        words.entry(remark.version).or_default().push(remark);
    }
    let mut whys = reasons(house, case.community, case.id).await?;
    let mut told: HashMap<i64, Told> = HashMap::new();
    for one in house
        .store
        .reader()
        .told_of(case.community, case.id)
        .await?
    {
        told.insert(one.version, one);
    }
    let mut trail = Vec::new();
    for entry in entries {
        let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        let version = trail.len() as i64 + 1;
        trail.push(Happened {
            seq: entry.seq,
            at: entry.occurred_at.unwrap_or(entry.at),
            actor: entry.actor,
            role: entry.role.clone(),
            event,
            words: words.remove(&version).unwrap_or_default(),
            why: whys.remove(&version),
            told: told.remove(&version),
        });
    }
    Ok(trail)
}

fn taken(entry: &Entry) -> Option<Taken> {
    let is_taking = matches!(noted(entry)?.deed, Said::Taken);
    is_taking.then(|| Taken {
        seq: entry.seq,
        at: entry.at,
        by: entry.actor,
        role: entry.role.clone(),
    })
}

fn noted(entry: &Entry) -> Option<Noted> {
    match Event::from_bytes(&entry.event) {
        Ok(Event::Supervision(deed)) => Some(Noted {
            seq: entry.seq,
            role: entry.role.clone(),
            deed,
        }),
        _ => None,
    }
}
