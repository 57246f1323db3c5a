//! Why the tasks of a case were given to whom, with the rule that decided in its words of then.

use std::collections::HashMap;

use rules::ids::{CaseId, CommunityId};
use rules::routing::Rule;
use store::routing::KeptRouting;

use crate::{Error, House};

/// Why one task was given to whom.
#[derive(Debug, Clone)]
pub struct Why {
    /// What was kept.
    pub kept: KeptRouting,
    /// The rule as it was, if one decided.
    pub rule: Option<Rule>,
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
