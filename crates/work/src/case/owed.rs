//! What somebody has to do beside the cases they are responsible for: their department's part of a whistle, saying how those
//! responded whom they called, what was agreed upon, and answers that supervision waits for. While they stand in for somebody, that one's too. Nothing stands here that the rules
//! would refuse.

use std::collections::{HashMap, HashSet};

use rules::access::{Action, Actor, Scope, may};
use rules::case::{CommandName, Ladder, commands};
use rules::ids::{CaseId, CommunityId, DepartmentId, MemberId};
use rules::supervision;
use store::case::Listed;
use store::coordination::Item;
use store::supervision::Worded;
use store::whistle::PartRow;
use time::OffsetDateTime;

use super::mine::called;
use super::ratings::ratings;
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
    /// Saying how the departments responded that they called.
    Rate,
    /// Something agreed upon that they do, or that a body outside the net does and they follow: whoever called the parties, and
    /// the owner of the case while that one is not there.
    Agreed(Item),
    /// An answer that supervision waits for.
    Answer(Worded),
}

/// What somebody has to do.
#[derive(Debug, Clone)]
pub struct Owing {
    /// All of it, what is due first at the top.
    pub all: Vec<Owed>,
    /// Whether some sort of it may be more than one list holds.
    pub more: bool,
}

/// What the asker has to do, what is due first at the top and at most `limit` of each sort.
///
/// # Errors
/// `Forbidden` for anybody but a member.
#[task]
pub async fn owed(house: &House, asker: &Asker, limit: u16) -> Result<Owing, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let found = Found::of(house, asker, community, limit).await?;
    let cases = found.cases(house, asker, community).await?;
    let parts = found.parts.iter().filter_map(|part| {
        let listed = cases.get(&part.case)?;
        let may = commands(&listed.case, &asker.actor);
        let (step, due) = called(&listed.case, &may)?;
        Some((listed, What::Called(step), due))
    });
    let rates = ratings(house, asker, None, limit.into()).await?;
    let more = found.more || rates.next.is_some();
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
    all.extend(rates.rows);
    // what has no date is being done on the spot
    all.sort_by_key(|one| one.due.map_or(i64::MIN, OffsetDateTime::unix_timestamp));
    Ok(Owing { all, more })
}

/// The rows, before anybody asked whether they are the asker's.
struct Found {
    parts: Vec<PartRow>,
    items: Vec<Item>,
    answers: Vec<Worded>,
    /// Whether of some sort there are as many as were asked for.
    more: bool,
}

impl Found {
    async fn of(
        house: &House,
        asker: &Asker,
        community: CommunityId,
        limit: u16,
    ) -> Result<Self, Error> {
        asker.member().ok_or(Error::Forbidden)?;
        let reader = house.store.reader();
        let mut parts = match whistled(house, asker, community) {
            Some((departments, climbed)) => {
                let open = reader.open_parts(community, &departments, climbed, limit);
                open.await?
            }
            None => Vec::new(),
        };
        let mut more = parts.len() >= usize::from(limit);
        // a case that calls two of one's departments is one thing to do
        let mut once = HashSet::new();
        parts.retain(|part| once.insert(part.case));
        let hands = hands(asker);
        let seats = seats(house, community, &hands);
        let items = reader.open_items(community, &hands, &seats, limit);
        let mut items = items.await?;
        let outside = reader.outside_items(community, &hands, limit).await?;
        let answers = reader.supervisions_owed(community, &hands, limit).await?;
        more |= [items.len(), outside.len(), answers.len()].contains(&usize::from(limit));
        let net = house.net();
        let net = net.community_by_id(community).ok_or(Error::NotFound)?;
        let followed = outside.into_iter().filter(|one| {
            let calls = hands.contains(&one.called_by);
            calls || !net.is_there(one.called_by, asker.now)
        });
        items.extend(followed.map(|one| one.item));
        Ok(Self {
            parts,
            items,
            answers,
            more,
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

/// The departments whose whistles come to the asker, those of whom they stand in for among them, and whether those come, too, that
/// climbed: to whoever leads a department without having a seat in it. None for roles that are never called.
fn whistled(
    house: &House,
    asker: &Asker,
    community: CommunityId,
) -> Option<(Vec<DepartmentId>, bool)> {
    if !may(asker.role()?, Action::Acknowledge) {
        return None;
    }
    let departments = seats(house, community, &hands(asker));
    Some(match &asker.scope {
        Scope::Department { department, .. } => {
            let all = std::iter::once(*department).chain(departments);
            (all.collect(), false)
        }
        _ => (departments, true),
    })
}

/// The asker, and those they stand in for.
pub(super) fn hands(asker: &Asker) -> Vec<MemberId> {
    let mut all: Vec<MemberId> = asker.member().into_iter().collect();
    if let Actor::Member { stands_for, .. } = &asker.actor {
        all.extend(stands_for.iter().copied());
    }
    all
}

/// The departments in which any of these members has a seat: everybody there stands for what was agreed with it, and so does
/// whoever does the work of one of them.
fn seats(house: &House, community: CommunityId, hands: &[MemberId]) -> Vec<DepartmentId> {
    let net = house.net();
    let net = net.community_by_id(community);
    let posts = hands.iter().copied();
    let posts = posts.flat_map(|member| net.into_iter().flat_map(move |net| net.posts_of(member)));
    posts.filter_map(|post| post.department).collect()
}
