//! With the routing rules.

use rules::ids::RuleId;
use work::Asker;

use super::{Faster, Step};
use crate::Door;
use crate::error::Failure;
use crate::locale::Text;

/// Adds to a failure who was faster with the rules, if a person was and the one who asks reads them.
pub async fn routing(
    door: &Door,
    (asker, t): (&Asker, Option<Text>),
    seen: i64,
    rule: Option<RuleId>,
    failure: Failure,
) -> Failure {
    let Failure::Stale { .. } = failure else {
        return failure;
    };
    let house = &door.house;
    // those that hold now, not those of before
    let Ok(()) = house.refresh_net().await.map(drop) else {
        return failure;
    };
    let last = work::routing::last_change(house, asker, seen, rule).await;
    let Some((last, community)) = last.ok().flatten().zip(asker.community()) else {
        return failure;
    };
    let net = house.net();
    let Some(net) = net.community_by_id(community) else {
        return failure;
    };
    let step = Step {
        actor: Some(last.by),
        role: &last.role,
        deed: &last.done,
        at: last.at,
    };
    let what = t.map(|t| t.text(format!("routing-did-{}", last.done)));
    Faster::of(net, asker, &step, what).instead_of(failure)
}
