//! What time itself does: it tells once that the date of an answer went by, that a level has had a case for longer than its limit,
//! that what was agreed is not done, and that nobody has decided in time what becomes of one, first whoever decides and then whoever leads.

use rules::access::Role;
use rules::case::{Case, Ladder, Reckoning};
use rules::ids::{CommunityId, MemberId};
use rules::people::Member;
use rules::supervision::Deed;
use store::Unit;
use store::coordination::Party;
use time::OffsetDateTime;

use super::note;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// Items looked at in one go.
const AT_ONCE: u16 = 100;

/// Tells of every late answer, of everything agreed upon that is late, of every case that a level has had for too long and of every
/// one that nobody decided about, in every community; gives their number.
///
/// # Errors
/// What the store says.
#[task]
pub async fn tick(house: &House) -> Result<usize, Error> {
    let communities: Vec<CommunityId> = house.net().communities().map(|net| net.id).collect();
    let mut told = 0;
    for community in communities {
        let asker = house.clock_asker(community);
        let reader = house.store.reader();
        let late = reader
            .untold_supervisions(community, asker.now, AT_ONCE)
            .await?;
        for item in late {
            let asker = asker.clone();
            let new = house.store.unit(community, async move |unit: &Unit| {
                let new = unit.supervision_is_late(item.id, asker.now).await?;
                if new {
                    let deed = Deed::Overdue {
                        item: item.id,
                        whom: item.whom,
                        by: item.by,
                    };
                    unit.note(note(&asker, item.case.0, deed));
                }
                Ok::<_, Error>(new)
            });
            told += usize::from(new.await?);
        }
        told += tiers(house, &asker, community).await?;
        told += agreed(house, &asker, community).await?;
        for again in [false, true] {
            told += undecided(house, &asker, community, again).await?;
        }
    }
    Ok(told)
}

/// Tells owner and lead of every case of a community that its level has had for too long.
async fn tiers(house: &House, asker: &Asker, community: CommunityId) -> Result<usize, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let late = reader.untold_tiers(community, asker.now, AT_ONCE).await?;
    let mut told = 0;
    for (case, due) in late {
        let deed = Deed::TierOver {
            owner: case.owner,
            lead: above(net, &case, asker.now),
        };
        let asker = asker.clone();
        let new = house.store.unit(community, async move |unit: &Unit| {
            let new = unit.tier_is_told(case.id, due).await?;
            if new {
                unit.note(note(&asker, case.id.0, deed));
            }
            Ok::<_, Error>(new)
        });
        told += usize::from(new.await?);
    }
    Ok(told)
}

/// Tells of everything agreed upon that was not done by its day: whoever does it, and whoever called the parties, or the owner of the
/// case where that one hears nothing. What a body outside the net does is told to the latter alone.
async fn agreed(house: &House, asker: &Asker, community: CommunityId) -> Result<usize, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let late = reader.untold_items(community, asker.now, AT_ONCE).await?;
    let mut told = 0;
    for followed in late {
        let item = followed.item;
        let doer = match item.by {
            Party::Member(member) => Some(member),
            Party::Department(of) => net.liaison(of, asker.now).map(|duty| duty.meant),
            Party::Outside(_) => None,
        };
        let caller = Some(followed.called_by);
        let follows = caller
            .filter(|one| hears(net, *one, asker.now))
            .or(followed.owner);
        let deed = Deed::AgreedLate {
            item: item.id,
            doer,
            follows,
        };
        let asker = asker.clone();
        let new = house.store.unit(community, async move |unit: &Unit| {
            let new = unit.item_is_told(item.id, asker.now).await?;
            if new {
                unit.note(note(&asker, item.case.0, deed));
            }
            Ok::<_, Error>(new)
        });
        told += usize::from(new.await?);
    }
    Ok(told)
}

/// Whether what is told to somebody is heard: they work here, and somebody has their work while they are away. An account that was
/// closed holds its posts still.
fn hears(net: &CommunityNet, member: MemberId, now: OffsetDateTime) -> bool {
    let closed = net.member(member).is_some_and(Member::is_closed);
    let there = net.is_there(member, now) || net.stand_in(member, now).is_some();
    there && !closed
}

/// Tells of every case of a community that nobody has decided about in time; once more, to those who lead, when whoever decides
/// has known of it for as long as a lead has to take a task.
async fn undecided(
    house: &House,
    asker: &Asker,
    community: CommunityId,
    again: bool,
) -> Result<usize, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let waiting = reader.undecided_untold(community, (asker.now, again), AT_ONCE);
    let mut told = 0;
    let limit = net.settings.case.lead_within;
    for store::case::Undecided { case, told_at } in waiting.await? {
        let Some(by) = case.decide_by() else {
            continue;
        };
        let known_for_long = |at| net.calendar.due(limit, at).at <= asker.now;
        if again && !told_at.is_some_and(known_for_long) {
            continue;
        }
        let asker = asker.clone();
        let new = house.store.unit(community, async move |unit: &Unit| {
            let new = unit.undecided_is_told(case.id, (by, again), asker.now);
            let new = new.await?;
            if new {
                unit.note(note(&asker, case.id.0, Deed::Undecided { again }));
            }
            Ok::<_, Error>(new)
        });
        told += usize::from(new.await?);
    }
    Ok(told)
}

/// Who could take it from the level that has it, else who leads the community.
fn above(net: &CommunityNet, case: &Case, now: OffsetDateTime) -> Option<MemberId> {
    let higher = net.higher((case.tier, case.owner), case.grid, now);
    let lead = || net.above(Role::Department, case.grid, now);
    Some(higher.or_else(lead)?.meant)
}
