//! What time itself does: a suspended case goes on when its date has come, an unanswered task goes one level up,
//! a department that did not report in on a whistle climbs to its leader, a visit that nobody made goes to somebody else.

use rules::case::{Case, CommandName, State};
use rules::ids::CommunityId;

use super::form::StepForm;
use super::step::{Expected, step};
use crate::{Error, House};

/// Cases the clock looks at in one go.
const AT_ONCE: u16 = 200;

/// Does everything that is due by now in every community; gives the number of cases moved.
///
/// # Errors
/// What the store says. A case that somebody moved meanwhile, or that has no level above, is left alone.
pub async fn tick(house: &House) -> Result<usize, Error> {
    let communities: Vec<CommunityId> = house
        .net()
        .communities()
        .map(|community| community.id)
        .collect();
    let mut moved = 0;
    for community in communities {
        moved += tick_in(house, community).await?;
    }
    Ok(moved)
}

/// One community, page by page: what stays where it is does not keep time from what comes behind it.
async fn tick_in(house: &House, community: CommunityId) -> Result<usize, Error> {
    let (mut moved, mut after, now) = (0, None::<String>, house.clock.now());
    loop {
        let reader = house.store.reader();
        let page = reader.cases_waiting_for_time(community, now, after.as_deref(), AT_ONCE);
        let (cases, next) = page.await?;
        for case in &cases {
            moved += usize::from(move_on(house, community, case).await?);
        }
        after = next;
        if after.is_none() {
            return Ok(moved);
        }
    }
}

async fn move_on(house: &House, community: CommunityId, case: &Case) -> Result<bool, Error> {
    let command = match case.state {
        State::Suspended { .. } => CommandName::Resume,
        State::Dispatched { .. } => CommandName::Escalate,
        State::Accepted { .. } => CommandName::Climb,
        State::Checked { .. } => CommandName::PassVisit,
        _ => return Ok(false),
    };
    let asker = house.clock_asker(community);
    match step(
        house,
        &asker,
        &case.number,
        Expected::Version(case.version),
        command,
        StepForm::default(),
    )
    .await
    {
        Ok(_) => Ok(true),
        Err(Error::Stale { .. } | Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
