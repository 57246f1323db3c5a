//! What somebody has to do beside the cases they are responsible for: their department's part of a whistle, what was agreed upon,
//! and answers that supervision waits for. While they stand in for somebody, that one's too. Nothing stands here that the rules
//! would refuse.

use std::collections::{HashMap, HashSet};

use rules::access::{Action, Actor, Scope, may};
use rules::case::{Case, CommandName, commands};
use rules::ids::{CaseId, CommunityId, DepartmentId, MemberId};
use rules::supervision;
use store::case::Listed;
use store::coordination::Item;
use store::supervision::Worded;
use store::whistle::PartRow;
use time::OffsetDateTime;

use crate::{Asker, Error, House, task};

/// Something to do.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The case it is about.
    pub listed: Listed,
    /// What it is.
    pub what: What,
    /// By when; none where nothing says.
    pub due: Option<OffsetDateTime>,
}

/// What somebody has to do.
#[derive(Debug, Clone)]
pub enum What {
    /// The next step of their department's part in a whistle.
    Called(CommandName),
    /// Something agreed upon.
    Agreed(Item),
    /// An answer that supervision waits for.
    Answer(Worded),
}

/// What the asker has to do, what is due first at the top and at most `limit` of each sort.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn owed(house: &House, asker: &Asker, limit: u16) -> Result<Vec<Owed>, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let found = Found::of(house, asker, community, limit).await?;
    let cases = found.cases(house, asker, community).await?;
    let parts = found.parts.iter().filter_map(|part| {
        let listed = cases.get(&part.case)?;
        let (step, due) = step(&listed.case, asker)?;
        Some((listed, What::Called(step), due))
    });
    let items = found.items.iter().filter_map(|item| {
        let listed = cases.get(&item.case)?;
        let settles = commands(&listed.case, &asker.actor).contains(&CommandName::Settle);
        settles.then(|| (listed, What::Agreed(item.clone()), Some(item.due_at)))
    });
    let answers = found.answers.iter().filter_map(|one| {
        let listed = cases.get(&one.item.case)?;
        supervision::answer(&one.item, listed.case.owner, &asker.actor).ok()?;
        Some((listed, What::Answer(one.clone()), one.item.answer_by))
    });
    let all = parts.chain(items).chain(answers);
    let mut all: Vec<Owed> = all
        .map(|(listed, what, due)| Owed {
            listed: listed.clone(),
            what,
            due,
        })
        .collect();
    // what has no date is being done on the spot
    all.sort_by_key(|one| one.due.map_or(i64::MIN, OffsetDateTime::unix_timestamp));
    Ok(all)
}

/// The next step of whoever was called, and by when it is due. Of several parts of one case that one may answer the rules take
/// the one that stands where the step can be taken.
fn step(case: &Case, asker: &Asker) -> Option<(CommandName, Option<OffsetDateTime>)> {
    let whistle = case.state.whistle()?;
    let steps = [
        (CommandName::Acknowledge, whistle.hear_by),
        (CommandName::ReportIn, Some(whistle.report_by)),
        (CommandName::Finish, None),
    ];
    let may = commands(case, &asker.actor);
    steps.into_iter().find(|(step, _)| may.contains(step))
}

/// The rows, before anybody asked whether they are the asker's.
struct Found {
    parts: Vec<PartRow>,
    items: Vec<Item>,
    answers: Vec<Worded>,
}

impl Found {
    async fn of(
        house: &House,
        asker: &Asker,
        community: CommunityId,
        limit: u16,
    ) -> Result<Self, Error> {
        let member = asker.member().ok_or(Error::Forbidden)?;
        let reader = house.store.reader();
        let mut parts = match whistled(asker) {
            Some((departments, climbed)) => {
                let open = reader.open_parts(community, &departments, climbed, limit);
                open.await?
            }
            None => Vec::new(),
        };
        // a case that calls two of one's departments is one thing to do
        let mut once = HashSet::new();
        parts.retain(|part| once.insert(part.case));
        let hands = hands(asker);
        let seats = seats(house, community, member);
        let items = reader.open_items(community, &hands, &seats, limit);
        let items = items.await?;
        let answers = reader.supervisions_owed(community, &hands, limit).await?;
        Ok(Self {
            parts,
            items,
            answers,
        })
    }

    /// The cases they are about, as far as the asker sees them.
    async fn cases(
        &self,
        house: &House,
        asker: &Asker,
        community: CommunityId,
    ) -> Result<HashMap<CaseId, Listed>, Error> {
        let called = self.parts.iter().map(|part| part.case);
        let agreed = self.items.iter().map(|item| item.case);
        let asked = self.answers.iter().map(|one| one.item.case);
        let mut ids: Vec<CaseId> = called.chain(agreed).chain(asked).collect();
        ids.sort_unstable();
        ids.dedup();
        let reader = house.store.reader();
        let found = reader.cases_listed(&asker.scope, community, &ids).await?;
        Ok(found.into_iter().map(|one| (one.case.id, one)).collect())
    }
}

/// The departments whose whistles come to the asker, and whether those come, too, that climbed: to whoever leads a department
/// without having a seat in it. None for roles that are never called.
fn whistled(asker: &Asker) -> Option<(Vec<DepartmentId>, bool)> {
    if !may(asker.role()?, Action::Acknowledge) {
        return None;
    }
    Some(match &asker.scope {
        Scope::Department {
            department, hands, ..
        } => {
            let all = std::iter::once(department).chain(hands.departments());
            (all.copied().collect(), false)
        }
        _ => (Vec::new(), true),
    })
}

/// The asker, and those they stand in for.
fn hands(asker: &Asker) -> Vec<MemberId> {
    let mut all: Vec<MemberId> = asker.member().into_iter().collect();
    if let Actor::Member { stands_for, .. } = &asker.actor {
        all.extend(stands_for.iter().copied());
    }
    all
}

/// The departments in which a member has a seat: everybody there stands for what was agreed with it.
fn seats(house: &House, community: CommunityId, member: MemberId) -> Vec<DepartmentId> {
    let net = house.net();
    let net = net.community_by_id(community);
    let posts = net.into_iter().flat_map(|net| net.posts_of(member));
    posts.filter_map(|post| post.department).collect()
}
