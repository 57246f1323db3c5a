//! Why the tasks of a case were given to whom, with the rule that decided in its words of then.

use std::collections::HashMap;

use rules::case::Case;
use rules::ids::{CaseId, CommunityId};
use rules::routing::Rule;
use store::routing::KeptRouting;

use crate::net::{CommunityNet, Routed};
use crate::{Error, House};

/// Why one task was given to whom.
#[derive(Debug, Clone)]
pub struct Why {
    /// What was kept.
    pub kept: KeptRouting,
    /// The rule as it was, if one decided.
    pub rule: Option<Rule>,
}

/// What to keep of a decision, once the case has taken the step.
pub(crate) fn why(net: &CommunityNet, case: &Case, routed: Routed) -> KeptRouting {
    KeptRouting {
        case: case.id,
        version: case.version,
        rule: routed.rule,
        rules: net.routing.version,
        reason: routed.duty.reason,
        grid: routed.duty.grid,
    }
}

/// The reasons by the version of the case after each dispatch.
pub(crate) async fn reasons(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<HashMap<i64, Why>, Error> {
    let reader = house.store.reader();
    let mut reasons = HashMap::new();
    for kept in reader.routings(community, case).await? {
        let rule = match kept.rule {
            Some(id) => reader.routing_rule(community, id, kept.rules).await?,
            None => None,
        };
        reasons.insert(kept.version, Why { kept, rule });
    }
    Ok(reasons)
}
