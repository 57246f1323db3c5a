//! Access as part of the query: the condition that a scope puts on cases. Whatever lies outside is *not found*.

use rules::access::Scope;
use rules::ids::CommunityId;
use sea_orm::sea_query::Condition;
use sea_orm::{DbBackend, Value};
use uuid::Uuid;

use crate::dialect;

/// Rows of one tenant that the scope reaches. A scope of another tenant reaches nothing.
pub(crate) fn within(scope: &Scope, community: CommunityId, backend: DbBackend) -> Condition {
    let reach = reach(scope, community);
    Condition::all().add(dialect::condition(backend, reach.sql, reach.values))
}

/// The condition as text with `?` for its values.
pub(crate) struct Reach {
    /// The text; it names the table.
    pub sql: &'static str,
    /// Its values.
    pub values: Vec<Value>,
}

const TENANT: &str = "\"cases\".\"community_id\" = ?";
/// Cases in a grid or below it: paths are codes joined by `/`, and `0` is the character after `/`. Besides the member's own,
/// those whose reporter the member was asked to visit, and those for which they were called together with others, or are to do something that was agreed.
const SUBTREE: &str = "\"cases\".\"community_id\" = ? AND (\"cases\".\"owner_id\" = ? OR \"cases\".\"visitor_id\" = ? OR \"cases\".\"id\" IN \
    (SELECT case_id FROM coordination_parties WHERE community_id = ? AND member_id = ? \
    UNION ALL SELECT case_id FROM coordination_items WHERE community_id = ? AND member_id = ?) OR \"cases\".\"grid_id\" IN \
    (SELECT g.id FROM grids g JOIN grids r ON r.community_id = g.community_id AND r.id = ? \
    WHERE g.community_id = ? AND g.scheme = r.scheme \
    AND (g.path = r.path OR (g.path > r.path || '/' AND g.path < r.path || '0'))))";
/// Cases that lie with a department, or to which it was called: to the spot, or together with others.
const DEPARTMENT: &str = "\"cases\".\"community_id\" = ? AND (\"cases\".\"department_id\" = ? OR \"cases\".\"id\" IN \
    (SELECT case_id FROM whistle_parts WHERE community_id = ? AND department_id = ? \
    UNION ALL SELECT case_id FROM coordination_parties WHERE community_id = ? AND department_id = ? \
    UNION ALL SELECT case_id FROM coordination_items WHERE community_id = ? AND department_id = ?))";
const OWN: &str = "\"cases\".\"community_id\" = ? AND (\"cases\".\"owner_id\" = ? OR \"cases\".\"visitor_id\" = ? OR \"cases\".\"id\" IN \
    (SELECT case_id FROM coordination_parties WHERE community_id = ? AND member_id = ? \
    UNION ALL SELECT case_id FROM coordination_items WHERE community_id = ? AND member_id = ?))";
const RECEIPT: &str = "\"cases\".\"community_id\" = ? AND \"cases\".\"id\" = ?";
const NOTHING: &str = "1 = 0";

/// The same as text.
pub(crate) fn reach(scope: &Scope, community: CommunityId) -> Reach {
    let tenant = Value::from(community.0);
    if scope.community().is_some_and(|own| own != community) {
        return Reach {
            sql: NOTHING,
            values: Vec::new(),
        };
    }
    // so often the tenant and whom it is about, as the text asks
    let pairs = |who: Uuid, n: usize| -> Vec<Value> {
        std::iter::repeat_n([tenant.clone(), who.into()], n)
            .flatten()
            .collect()
    };
    // the owner, the visitor, and the parties
    let own = |member: Uuid| -> Vec<Value> {
        let mut values = vec![tenant.clone(), member.into(), member.into()];
        values.extend(pairs(member, 2));
        values
    };
    let (sql, values) = match *scope {
        Scope::Region | Scope::Community(_) => (TENANT, vec![tenant]),
        Scope::GridSubtree { grid, member, .. } => {
            let mut values = own(member.0);
            values.extend([grid.0.into(), tenant]);
            (SUBTREE, values)
        }
        Scope::Department { department, .. } => (DEPARTMENT, pairs(department.0, 4)),
        Scope::Own { member, .. } => (OWN, own(member.0)),
        Scope::Receipt { case, .. } => (RECEIPT, vec![tenant, case.0.into()]),
        Scope::Public(_) => (NOTHING, Vec::new()),
    };
    Reach { sql, values }
}
