//! Away until: the work goes to a deputy meanwhile, and comes back by itself.

use std::collections::BTreeMap;

use rules::access::{Action, Role, Scope, may};
use rules::case::StateName;
use rules::ids::{CaseId, MemberId};
use rules::journal::{Event, HouseEvent};
use rules::people::{Away, Post, StaysBehind, can_stand_in, present, stays_behind, takes_over};
use store::case::{Filter, Listed, Sort};
use store::journal::Note;
use time::{Duration, OffsetDateTime};

use crate::case::with_merged;
use crate::complaint::{Hands, spare, strangers_to};
use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// The longest absence; longer ones are a matter of the posts.
const LONGEST: Duration = Duration::days(366);

/// Of how many open cases it is looked in one go what they tell.
const AT_ONCE: u16 = 500;

/// An absence to be told.
#[derive(Clone, Copy, Debug)]
pub struct Absence {
    /// Who; one's own absence, or a member's that desk or lead tell.
    pub member: MemberId,
    /// The moment from which the member is back.
    pub until: OffsetDateTime,
    /// Who stands in; `None` for the usual deputy.
    pub deputy: Option<MemberId>,
}

/// Tells an absence; an earlier one is replaced.
///
/// # Errors
/// `Forbidden`, `NotFound` for a member who is not there, `Invalid` for `until` and `deputy`.
#[task]
pub async fn away(house: &House, asker: &Asker, absence: Absence) -> Result<(), Error> {
    let net = house.net();
    let net = house_of(&net, asker)?;
    allow(net, asker, absence.member)?;
    let fault = until_fault(asker.now, absence.until);
    let deputy = deputy(net, asker.now, absence.member, absence.deputy);
    let deputy = match (fault, deputy) {
        (None, Ok(deputy)) => deputy,
        (fault, deputy) => {
            let faults = fault.into_iter().chain(deputy.err());
            return Err(Error::Invalid(faults.collect()));
        }
    };
    spares(house, asker, net, absence.member, deputy).await?;
    let away = Away {
        until: absence.until,
        deputy,
    };
    save(house, asker, absence.member, Some(away), HouseEvent::Away).await
}

/// Lets an absence through by which nobody comes to read how they behaved: what is in the hands of whoever leaves, and what else lies
/// in a grid or with a department that the deputy serves meanwhile, may tell of the deputy, who does not read it so far.
async fn spares(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    absent: MemberId,
    deputy: MemberId,
) -> Result<(), Error> {
    let owned = Filter {
        owner: Some(absent),
        ..Filter::default()
    };
    let reader = house.store.reader();
    for filter in std::iter::once(owned).chain(taken_over(net, absent, deputy)) {
        let filter = Filter {
            states: StateName::ALL
                .into_iter()
                .filter(|state| state.is_open())
                .collect(),
            ..filter
        };
        let (all, mut after) = (Scope::Community(net.id), None::<String>);
        loop {
            let found = reader.cases(
                &all,
                net.id,
                &filter,
                Sort::Oldest,
                AT_ONCE,
                after.as_deref(),
            );
            let found = found.await?;
            for (strangers, cases) in unread(house, asker, net, found.rows, deputy).await? {
                let said = reader.said_by_reporters(net.id, &cases).await?;
                spare(net, &said, &strangers, ("deputy", "deputy-is-spoken-of"))?;
            }
            after = found.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(())
}

/// What a deputy reads meanwhile because their own post has the rights of the one whose work it is.
fn taken_over(
    net: &CommunityNet,
    absent: MemberId,
    deputy: MemberId,
) -> impl Iterator<Item = Filter> {
    let serves = move |theirs: &&Post| {
        let mut own = net.posts_of(deputy);
        own.any(|own| takes_over(own.role, theirs.role))
    };
    let ground = |theirs: &Post| {
        let department = theirs.department;
        let grids = match department {
            Some(_) => Vec::new(),
            None => net.subtree(net.served(theirs)?).into_iter().collect(),
        };
        Some(Filter {
            grids,
            department,
            ..Filter::default()
        })
    };
    net.posts_of(absent).filter(serves).filter_map(ground)
}

/// Which of these cases the deputy, or whoever does their work meanwhile, does not read so far, with those merged into them: whoever
/// took another one up has its tellings.
async fn unread(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    found: Vec<Listed>,
    deputy: MemberId,
) -> Result<BTreeMap<Vec<MemberId>, Vec<CaseId>>, Error> {
    let mut unread: BTreeMap<Vec<MemberId>, Vec<CaseId>> = BTreeMap::new();
    for Listed { case, department } in found {
        let has = Hands {
            grid: case.grid,
            owner: case.owner,
            department,
        };
        let strangers = strangers_to(net, has, [deputy], asker.now);
        if strangers.is_empty() {
            continue;
        }
        let cases = match case.reports {
            0 | 1 => vec![case.id],
            _ => with_merged(house, net.id, case.id).await?,
        };
        unread.entry(strangers).or_default().extend(cases);
    }
    Ok(unread)
}

/// Ends an absence before its time; ending none is no error.
///
/// # Errors
/// `Forbidden`, `NotFound`.
#[task]
pub async fn back(house: &House, asker: &Asker, member: MemberId) -> Result<(), Error> {
    let net = house.net();
    let net = house_of(&net, asker)?;
    allow(net, asker, member)?;
    save(house, asker, member, None, HouseEvent::Back).await
}

/// Who really has the work of somebody who is away: the deputy, or where that one is away, too, whoever stands in for them.
pub fn stands_in(net: &CommunityNet, away: Away, now: OffsetDateTime) -> MemberId {
    present(away.deputy, &net.members, now).unwrap_or(away.deputy)
}

/// What of a member's work does not go along with a deputy, by the posts of both.
pub fn stays(net: &CommunityNet, absent: MemberId, deputy: MemberId) -> Vec<StaysBehind> {
    let roles = |member| -> Vec<Role> { net.posts_of(member).map(|post| post.role).collect() };
    stays_behind(&roles(absent), &roles(deputy))
}

fn house_of<'a>(net: &'a crate::net::Net, asker: &Asker) -> Result<&'a CommunityNet, Error> {
    let community = asker.community().and_then(|id| net.community_by_id(id));
    community.map(AsRef::as_ref).ok_or(Error::NotFound)
}

/// One's own absence, or as desk or lead of the community anybody's.
fn allow(net: &CommunityNet, asker: &Asker, member: MemberId) -> Result<(), Error> {
    let role = asker
        .role()
        .filter(|role| may(*role, Action::SetAway))
        .ok_or(Error::Forbidden)?;
    net.member(member).ok_or(Error::NotFound)?;
    let own = asker.member() == Some(member);
    let leads = matches!(role, Role::Desk | Role::CommunityLead);
    if own || leads {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// What is wrong with the moment from which somebody is back.
pub fn until_fault(now: OffsetDateTime, until: OffsetDateTime) -> Option<Fault> {
    if until <= now {
        return Some(Fault::new("until", "not-in-the-future"));
    }
    (until > now + LONGEST).then(|| Fault::new("until", "too-far"))
}

/// Who stands in for a member: whoever is named, else the usual deputy.
///
/// # Errors
/// What is wrong with `deputy`.
pub fn deputy(
    net: &CommunityNet,
    now: OffsetDateTime,
    member: MemberId,
    named: Option<MemberId>,
) -> Result<MemberId, Fault> {
    let usual = || net.member(member)?.deputy;
    let Some(deputy) = named.or_else(usual) else {
        return Err(Fault::new("deputy", "missing"));
    };
    if deputy == member || net.posts_of(deputy).next().is_none() {
        return Err(Fault::new("deputy", "deputy-does-not-fit"));
    }
    let fits = |deputy| net.can_stand_in(deputy, member);
    if !fits(deputy) {
        return Err(Fault::new("deputy", "deputy-does-other-work"));
    }
    // Whoever the deputy's own absence leads to must be there, able to do it, and not the one who leaves.
    match present(deputy, &net.members, now) {
        Some(there) if there != member && fits(there) => Ok(deputy),
        _ => Err(Fault::new("deputy", "deputy-away")),
    }
}

/// Posts of colleagues who may stand in: whoever holds a post that can do one's work, oneself and those whose accounts were closed
/// excepted; the nearest first, and for an officer other officers, to whom alone leads go.
pub fn fitting(net: &CommunityNet, me: Option<MemberId>) -> Vec<&Post> {
    let own: Vec<_> = net
        .posts()
        .iter()
        .filter(|post| Some(post.member) == me)
        .filter_map(|post| post.grid)
        .collect();
    let near: Vec<_> = own
        .iter()
        .flat_map(|grid| net.way(*grid))
        .flat_map(|grid| net.subtree(grid.id).into_iter().take(20))
        .collect();
    let absent: Vec<_> = me.into_iter().flat_map(|me| net.posts_of(me)).collect();
    let works = |post: &Post| {
        let for_each = |own: &&Post| can_stand_in(post.role, own.role);
        may(post.role, Action::Handle) && absent.iter().all(for_each)
    };
    let fits = |post: &&Post| Some(post.member) != me && works(post);
    let enforces = |post: &Post| may(post.role, Action::Enforce);
    let officer = me.is_some_and(|me| net.posts_of(me).any(enforces));
    let signs_in = |post: &&Post| net.member(post.member).is_some_and(|one| !one.is_closed());
    let posts = net.posts().iter();
    let mut fitting: Vec<_> = posts.filter(fits).filter(signs_in).collect();
    fitting.sort_by_key(|post| {
        let near = post.grid.is_some_and(|grid| near.contains(&grid));
        (officer && !enforces(post), !near)
    });
    fitting
}

async fn save(
    house: &House,
    asker: &Asker,
    member: MemberId,
    away: Option<Away>,
    event: HouseEvent,
) -> Result<(), Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let note = Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", Role::as_str),
        subject: Some(member.0),
        event: Event::House(event),
    };
    let saved = house.store.unit(community, async move |unit| {
        unit.save_absence(member, away).await?;
        unit.net_changed().await?;
        unit.note(note);
        Ok::<(), store::Error>(())
    });
    saved.await.map_err(Error::from)?;
    house.refresh_net().await
}
