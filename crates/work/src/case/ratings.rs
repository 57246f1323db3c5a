//! The cases that go on for nothing but the asker's word on how departments responded that came to the spot, or did not. The list
//! walks an index of what is left to be rated; the rules say of each whether it is this asker's to rate.

use rules::access::{Action, may};
use rules::case::{Case, CommandName, leads_rate};
use store::case::Watch;
use store::supervision::After;

use super::owed::{Owed, What, hands};
use super::page::open_steps;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// Cases looked at with one question, and at most.
const PAGE: u16 = 200;
const LOOKED: usize = 1_000;

/// What waits for a rating, the departments whose time to come was over first at the top.
#[derive(Debug, Clone)]
pub struct Ratings {
    /// The cases, each with [`What::Rate`].
    pub rows: Vec<Owed>,
    /// Where the next page begins, if there is more to look at.
    pub next: Option<After>,
}

/// A page of what waits for the asker to say how departments responded: `limit` cases, or fewer where many were looked at that others
/// rate. Nothing for roles that rate nobody.
///
/// # Errors
/// `NotFound` for whoever belongs to no community.
#[task]
pub async fn ratings(
    house: &House,
    asker: &Asker,
    after: Option<After>,
    limit: usize,
) -> Result<Ratings, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let (mut rows, mut next, mut looked) = (Vec::new(), after, 0);
    let rates_at_all = |role| may(role, Action::RateResponse);
    if !asker.role().is_some_and(rates_at_all) {
        return Ok(Ratings { rows, next: None });
    }
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let (reader, watch) = (house.store.reader(), Watch::Unrated(asker.now));
    loop {
        let page = reader
            .watched(&asker.scope, community, watch, next, PAGE)
            .await?;
        looked += page.rows.len();
        for (listed, since) in page.rows {
            if !rates(net, &listed.case, asker) {
                continue;
            }
            if rows.len() == limit {
                return Ok(Ratings { rows, next });
            }
            next = Some(After::of(since, listed.case.id.0));
            // the work that waits for it has to be done by then
            let due = listed.case.times.handle_due;
            let what = What::Rate;
            rows.push(Owed { listed, what, due });
        }
        next = page.next;
        if next.is_none() || looked >= LOOKED {
            return Ok(Ratings { rows, next });
        }
    }
}

/// Whether the asker, or whom they stand in for, called departments of which one can be rated now; where whoever called cannot rate
/// and nobody stands in, whoever may rate in their place.
fn rates(net: &CommunityNet, case: &Case, asker: &Asker) -> bool {
    let Some(whistle) = case.state.whistle() else {
        return false;
    };
    let (by, now) = (whistle.by, asker.now);
    let deserted = leads_rate(case, net, now) && net.stand_in(by, now).is_none();
    (deserted || hands(asker).contains(&by))
        && open_steps(&asker.actor, net, case, now).contains(&CommandName::RateResponse)
}
