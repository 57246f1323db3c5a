//! Switches off rules whose target has left: the post has ended, the department sends nobody, the skill has gone. They have
//! not been followed since the net knows it; this writes it down, so that desk and leads are told until they see to it.

use rules::ids::CommunityId;
use rules::routing::{Change, RuleState};
use store::Unit;

use super::change::{By, by_the_house, write};
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// Looks at every community; gives how many rules were switched off.
///
/// # Errors
/// What the store says. A rule that somebody changed meanwhile is looked at again the next time.
#[task]
pub async fn tend(house: &House) -> Result<usize, Error> {
    let mut switched = 0;
    for net in house.net().communities() {
        for change in left(net) {
            switched += usize::from(switch_off(house, net.id, change).await?);
        }
    }
    if switched > 0 {
        house.refresh_net().await?;
    }
    Ok(switched)
}

/// Rules that are on for somebody who has left.
fn left(net: &CommunityNet) -> Vec<Change> {
    let on = net
        .routing
        .rules
        .iter()
        .filter(|rule| rule.state == RuleState::On);
    on.filter(|rule| net.has_left(&rule.to))
        .map(|rule| Change::Left(rule.id))
        .collect()
}

async fn switch_off(house: &House, community: CommunityId, change: Change) -> Result<bool, Error> {
    let at = house.clock.now();
    let by = By {
        note: by_the_house(at, "clock", &change),
        at,
    };
    let done = house
        .store
        .unit(community, async move |unit: &Unit| {
            let before = unit.routing().await?;
            let on = before
                .rule(change.rule())
                .is_some_and(|rule| rule.state == RuleState::On);
            if !on {
                return Ok(false);
            }
            write(unit, Some(before.version), change, by).await?;
            Ok::<bool, Error>(true)
        })
        .await;
    match done {
        Err(Error::Stale { .. }) => Ok(false),
        other => other,
    }
}
