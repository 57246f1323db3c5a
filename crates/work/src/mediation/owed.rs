//! What somebody has to do in mediations: those they mediate until they are over, with the look a month later from the week before
//! its day; and for the leads of a grid those whose mediator is away or has left. A mediation goes to no deputy (its words are for a
//! closed circle), so that there a lead is asked to hand it over. Nothing stands here that the rules would refuse.

use rules::access::Role;
use rules::ids::MemberId;
use rules::mediation::{CommandName, Mediation, StateName, commands_at};
use time::OffsetDateTime;

use super::reach;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// The most running mediations that are looked through for somebody who leads.
const LOOKED_AT: u16 = 500;

/// A mediation that waits for the asker.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The mediation.
    pub mediation: Mediation,
    /// What is to be done.
    pub what: Wanted,
    /// By when.
    pub due: Option<OffsetDateTime>,
}

/// What a mediation waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// To be talked over, and to end.
    Mediate,
    /// To be looked at again.
    Follow,
    /// To be given to another mediator, for this one is not there.
    HandOver,
}

impl Wanted {
    /// Its name, in texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mediate => "mediate",
            Self::Follow => "follow",
            Self::HandOver => "hand_over",
        }
    }
}

/// What waits for somebody in mediations.
#[derive(Debug, Clone)]
pub struct WaitingList {
    /// All of it, what is due first at the top.
    pub all: Vec<Waiting>,
    /// Whether there may be more.
    pub more: bool,
}

/// The mediations that wait for the asker, what is due first at the top and at most `limit`; none for roles that read none.
///
/// # Errors
/// `Store`.
#[task]
pub async fn owed(house: &House, asker: &Asker, limit: u16) -> Result<WaitingList, Error> {
    let (mut all, mut more) = (Vec::new(), false);
    let (Ok(scope), Some(community)) = (reach(asker), asker.community()) else {
        return Ok(WaitingList { all, more });
    };
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let found = reader.mediations_running(&scope, community, LOOKED_AT);
    let found = found.await?;
    more |= found.len() >= usize::from(LOOKED_AT);
    for mediation in found {
        let Some(what) = wanted(net, asker, &mediation) else {
            continue;
        };
        let due = mediation.next_due();
        all.push(Waiting {
            mediation,
            what,
            due,
        });
    }
    more |= all.len() > usize::from(limit);
    all.truncate(usize::from(limit));
    Ok(WaitingList { all, more })
}

/// What a mediation asks of the asker now, if anything.
fn wanted(net: &CommunityNet, asker: &Asker, mediation: &Mediation) -> Option<Wanted> {
    let may = commands_at(mediation, &asker.actor, &net.settings.mediation, asker.now);
    if asker.member() == Some(mediation.mediator) {
        return match mediation.state.name() {
            StateName::Agreed => may.contains(&CommandName::Follow).then_some(Wanted::Follow),
            _ => may.contains(&CommandName::Talk).then_some(Wanted::Mediate),
        };
    }
    let asked = may.contains(&CommandName::HandOver)
        && !is_there(net, mediation.mediator, asker.now)
        && asked_to_hand_over(net, asker, mediation);
    asked.then_some(Wanted::HandOver)
}

/// Whether somebody has a seat and is not away.
fn is_there(net: &CommunityNet, member: MemberId, now: OffsetDateTime) -> bool {
    let away = net
        .member(member)
        .is_none_or(|one| one.away_at(now).is_some());
    !away && net.posts_of(member).next().is_some()
}

/// A lead of the grid or of one above it; the lead of the community only where none of those is there.
fn asked_to_hand_over(net: &CommunityNet, asker: &Asker, mediation: &Mediation) -> bool {
    let way = net.way(mediation.grid);
    let seats = way.iter().flat_map(|grid| net.posts_at(grid.id));
    let mut leads = seats
        .filter(|post| post.role == Role::GridLead)
        .map(|post| post.member)
        .filter(|lead| is_there(net, *lead, asker.now));
    match asker.role() {
        Some(Role::CommunityLead) => leads.next().is_none(),
        _ => leads.any(|lead| Some(lead) == asker.member()),
    }
}
