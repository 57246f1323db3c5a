//! The lists that find cases: overdue, near their deadline, silent; an answer owed, late, or given. Each row says why it stands there. And what was said about
//! one case, for its page.

use std::collections::HashMap;

use rules::access::{Action, may};
use rules::case::Case;
use rules::ids::{CaseId, CommunityId, MemberId, SupervisionId};
use rules::journal::Event;
use rules::supervision::{self as rule, Concern, Deed};
use store::case::{Listed, Trail, Watch};
use store::journal::Entry;
use store::supervision::{After, COUNTED, Which, Worded};
use time::OffsetDateTime;

use crate::{Asker, Error, House, task};

/// A case on a list, and what put it there.
#[derive(Debug, Clone)]
pub struct Found {
    /// The case.
    pub listed: Listed,
    /// When the case is due, or somebody last took a step; by when the answer is due, or when it came.
    pub at: OffsetDateTime,
    /// The question, where one is the reason.
    pub asked: Option<Worded>,
    /// Whom whoever answered it stood in for.
    pub stood_in_for: Option<MemberId>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Concerns {
    /// Those that need it most first.
    pub rows: Vec<Found>,
    /// What the next page begins after; none on the last one.
    pub next: Option<After>,
}

/// A page of the cases of one list within the asker's scope.
///
/// # Errors
/// `Forbidden` for roles that do not supervise.
#[task]
pub async fn concerns(
    house: &House,
    asker: &Asker,
    concern: Concern,
    after: Option<After>,
    limit: u16,
) -> Result<Concerns, Error> {
    asker.allow(Action::Remind)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    match found_by(house, community, concern, asker.now)? {
        By::Case(watch) => watched(house, asker, (community, watch), after, limit).await,
        By::Item(which) => asked(house, asker, (community, which), after, limit).await,
    }
}

async fn watched(
    house: &House,
    asker: &Asker,
    (community, watch): (CommunityId, Watch),
    after: Option<After>,
    limit: u16,
) -> Result<Concerns, Error> {
    let reader = house.store.reader();
    let page = reader
        .watched(&asker.scope, community, watch, after, limit)
        .await?;
    let found = |(listed, at)| Found {
        listed,
        at,
        asked: None,
        stood_in_for: None,
    };
    Ok(Concerns {
        rows: page.rows.into_iter().map(found).collect(),
        next: page.next,
    })
}

async fn asked(
    house: &House,
    asker: &Asker,
    (community, which): (CommunityId, Which),
    after: Option<After>,
    limit: u16,
) -> Result<Concerns, Error> {
    let reader = house.store.reader();
    let page = reader
        .supervisions(&asker.scope, community, which, after, limit)
        .await?;
    let ids: Vec<CaseId> = page.rows.iter().map(|one| one.item.case).collect();
    let cases = cases(house, asker, community, ids).await?;
    let mut absent = HashMap::new();
    for worded in page.rows.iter().filter(|one| is_by_another(one)) {
        absent.extend(stood_in(house, community, worded.item.case).await?);
    }
    let found = |worded: Worded| {
        let item = &worded.item;
        let at = match which {
            Which::Answered => item.answered.map(|(at, _)| at),
            _ => item.answer_by,
        };
        Some(Found {
            listed: cases.get(&item.case)?.clone(),
            at: at?,
            stood_in_for: absent.get(&item.id).copied(),
            asked: Some(worded),
        })
    };
    Ok(Concerns {
        rows: page.rows.into_iter().filter_map(found).collect(),
        next: page.next,
    })
}

/// Whether somebody else answered than was asked: only then may they have stood in for somebody.
fn is_by_another(one: &Worded) -> bool {
    let item = &one.item;
    item.answered.is_some_and(|(_, by)| by != item.whom)
}

/// Whom those who answered questions about a case stood in for, by the question: the journal keeps it.
///
/// # Errors
/// `Store`.
#[task]
pub async fn stood_in(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<HashMap<SupervisionId, MemberId>, Error> {
    let entries = house.store.reader().journal_of(community, case.0).await?;
    let absent = |entry: &Entry| match Event::from_bytes(&entry.event) {
        Ok(Event::Supervision(Deed::Answered {
            item, stands_for, ..
        })) => Some((item, stands_for?)),
        _ => None,
    };
    Ok(entries.iter().filter_map(absent).collect())
}

/// The scope is asked again for each: a list never shows what its page would not.
async fn cases(
    house: &House,
    asker: &Asker,
    community: CommunityId,
    mut ids: Vec<CaseId>,
) -> Result<HashMap<CaseId, Listed>, Error> {
    ids.sort_unstable();
    ids.dedup();
    let reader = house.store.reader();
    let found = reader.cases_listed(&asker.scope, community, &ids).await?;
    Ok(found.into_iter().map(|one| (one.case.id, one)).collect())
}

/// How many stand on each list; a thousand means "a thousand or more".
///
/// # Errors
/// `Forbidden` for roles that do not supervise.
#[task]
pub async fn counts(house: &House, asker: &Asker) -> Result<Vec<(Concern, i64)>, Error> {
    asker.allow(Action::Remind)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let mut counts = Vec::new();
    for concern in Concern::ALL {
        let n = match found_by(house, community, *concern, asker.now)? {
            By::Case(watch) => {
                let n = reader.watched_count(&asker.scope, community, watch, COUNTED);
                n.await?
            }
            By::Item(which) => {
                let n = reader.supervisions_count(&asker.scope, community, which);
                n.await?
            }
        };
        counts.push((*concern, n));
    }
    Ok(counts)
}

/// By what a list finds its cases: by themselves, or by what was asked about them.
enum By {
    Case(Watch),
    Item(Which),
}

fn found_by(
    house: &House,
    community: CommunityId,
    concern: Concern,
    now: OffsetDateTime,
) -> Result<By, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let settings = &net.settings.supervision;
    Ok(match concern {
        Concern::Overdue => By::Case(Watch::Overdue(now)),
        Concern::Near => By::Case(Watch::Near(now, rule::near_until(settings, now))),
        Concern::Tier => By::Case(Watch::Tier(now)),
        Concern::Agreed => By::Case(Watch::Agreed(now)),
        Concern::Silent => By::Case(Watch::Silent(rule::silent_since(settings, now))),
        Concern::Asked => By::Item(Which::Waiting(now)),
        Concern::Late => By::Item(Which::Late(now)),
        Concern::Answered => By::Item(Which::Answered),
    })
}

/// What was said about a case, and what whoever looks may say.
#[derive(Debug, Clone, Default)]
pub struct OfCase {
    /// Everything, in order; empty for roles that read no trail.
    pub items: Vec<Worded>,
    /// Whom those who answered stood in for, by the question.
    pub stood_in: HashMap<SupervisionId, MemberId>,
    /// Those of them that whoever looks may answer now.
    pub mine: Vec<SupervisionId>,
    /// Whether a reminder can be sent.
    pub may_remind: bool,
    /// Whether an answer can be asked for.
    pub may_supervise: bool,
}

/// What was said about a case that the asker sees already.
///
/// # Errors
/// `Store`.
#[task]
pub async fn of_case(
    house: &House,
    asker: &Asker,
    community: CommunityId,
    case: &Case,
) -> Result<OfCase, Error> {
    let reads = |action| asker.role().is_some_and(|role| may(role, action));
    if !reads(Action::ReadTrail) {
        return Ok(OfCase::default());
    }
    let items = house.store.reader().supervisions_of(community, case.id);
    let items = items.await?;
    let answers = |one: &&Worded| rule::answer(&one.item, case.owner, &asker.actor).is_ok();
    let may_remind = rule::remind(case, &asker.actor).is_ok();
    let stood_in = if items.iter().any(is_by_another) {
        stood_in(house, community, case.id).await?
    } else {
        HashMap::new()
    };
    Ok(OfCase {
        stood_in,
        mine: items
            .iter()
            .filter(answers)
            .map(|one| one.item.id)
            .collect(),
        may_remind,
        may_supervise: may_remind && reads(Action::Supervise),
        items,
    })
}

/// One question or reminder with its case, within the asker's scope.
///
/// # Errors
/// `Forbidden` for roles that read no trail, `NotFound` outside the scope.
#[task]
pub async fn one(
    house: &House,
    asker: &Asker,
    id: SupervisionId,
) -> Result<(Worded, Trail), Error> {
    asker.allow(Action::ReadTrail)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    Ok(reader.supervision(&asker.scope, community, id).await?)
}
