//! What time itself does: a suspended case goes on when its date has come, an unanswered task goes one level up,
//! a department that did not answer a whistle climbs to its leader, a question that the reporter left unanswered waits no
//! longer, a visit that nobody made goes to somebody else.

use std::collections::HashMap;

use futures::TryStreamExt;
use futures::stream::FuturesUnordered;
use rules::case::{Case, CommandName, State};
use rules::ids::CommunityId;
use time::{Duration, OffsetDateTime};

use super::form::StepForm;
use super::step::{Expected, step};
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// Cases the clock looks at in one go.
const AT_ONCE: u16 = 200;
/// Cases it moves at the same time, so that they share a commit.
const TOGETHER: usize = 16;
/// After so long it asks again for what it could not move, such as a task with nobody above.
const ANEW: Duration = Duration::hours(1);

/// The clock's rounds: each looks at what has become due since the last one, and once an hour at everything that is due.
#[derive(Debug, Default)]
pub struct Rounds {
    begun: Option<OffsetDateTime>,
    seen: HashMap<CommunityId, OffsetDateTime>,
}

impl Rounds {
    /// One round through every community; gives the number of cases moved.
    ///
    /// # Errors
    /// What the store says. A case that somebody moved meanwhile, or that has no level above, is left alone.
    #[task]
    pub async fn go(&mut self, house: &House) -> Result<usize, Error> {
        let now = house.clock.now();
        if self.begun.is_none_or(|begun| now >= begun + ANEW) {
            (self.begun, self.seen) = (Some(now), HashMap::new());
        }
        let net = house.net();
        let mut moved = 0;
        for community in net.communities() {
            let seen = self.seen.get(&community.id).copied();
            moved += round_in(house, community, seen, now).await?;
            self.seen.insert(community.id, now);
        }
        Ok(moved)
    }
}

/// Does everything that is due by now in every community; gives the number of cases moved.
///
/// # Errors
/// As [`Rounds::go`].
#[task]
pub async fn tick(house: &House) -> Result<usize, Error> {
    Rounds::default().go(house).await
}

/// What became due after one moment and by another, page by page: what stays where it is does not keep time from what comes
/// behind it.
async fn round_in(
    house: &House,
    net: &CommunityNet,
    seen: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<usize, Error> {
    let (mut moved, mut after) = (0, None::<String>);
    loop {
        let reader = house.store.reader();
        let due = (seen, now);
        let page = reader.cases_waiting_for_time(net.id, due, after.as_deref(), AT_ONCE);
        let (cases, next) = page.await?;
        let mut steps = FuturesUnordered::new();
        for case in &cases {
            if steps.len() == TOGETHER {
                moved += usize::from(steps.try_next().await? == Some(true));
            }
            steps.push(move_on(house, net, case));
        }
        while let Some(is_moved) = steps.try_next().await? {
            moved += usize::from(is_moved);
        }
        drop(steps);
        after = next;
        if after.is_none() {
            return Ok(moved);
        }
    }
}

async fn move_on(house: &House, net: &CommunityNet, case: &Case) -> Result<bool, Error> {
    let now = house.clock.now();
    let command = match &case.state {
        State::Suspended { .. } => CommandName::Resume,
        // The rules would refuse it, too, in a unit that others wait behind.
        State::Dispatched { to, .. } if net.next_rung(*to, case.grid, now).is_none() => {
            return Ok(false);
        }
        State::Dispatched { .. } => CommandName::Escalate,
        State::Accepted { whistle, .. } => {
            let late = whistle
                .as_deref()
                .is_some_and(|one| one.missing(now).next().is_some());
            match late {
                true => CommandName::Climb,
                false => CommandName::Lapse,
            }
        }
        State::Checked { .. } => CommandName::PassVisit,
        _ => return Ok(false),
    };
    let asker = house.clock_asker(net.id);
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
