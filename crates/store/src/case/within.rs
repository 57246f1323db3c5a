//! Access as part of the query: the condition that a scope puts on cases. Whatever lies outside is *not found*.

use std::borrow::Cow;

use rules::access::{Hands, Scope};
use rules::ids::{CommunityId, DepartmentId};
use sea_orm::sea_query::Condition;
use sea_orm::{DbBackend, Value};

use crate::dialect;
use crate::reach::subtrees;

/// Rows of one tenant that the scope reaches. A scope of another tenant reaches nothing.
pub(crate) fn within(scope: &Scope, community: CommunityId, backend: DbBackend) -> Condition {
    let reach = reach(scope, community);
    Condition::all().add(dialect::condition(backend, reach.sql, reach.values))
}

/// The condition as text with `?` for its values.
pub(crate) struct Reach {
    /// The text; it names the table.
    pub sql: Cow<'static, str>,
    /// Its values.
    pub values: Vec<Value>,
}

/// Those of the tenant, but for what became a complaint: that is no case any more.
const TENANT: &str = "\"cases\".\"community_id\" = ? AND NOT \"cases\".\"withheld\"";
const RECEIPT: &str = "\"cases\".\"community_id\" = ? AND \"cases\".\"id\" = ?";
const NOTHING: &str = "1 = 0";

/// The same as text.
pub(crate) fn reach(scope: &Scope, community: CommunityId) -> Reach {
    let tenant = Value::from(community.0);
    if scope.community().is_some_and(|own| own != community) {
        return Reach {
            sql: NOTHING.into(),
            values: Vec::new(),
        };
    }
    let (sql, values) = match scope {
        Scope::Region | Scope::Community(_) => (TENANT.into(), vec![tenant]),
        Scope::GridSubtree { hands, .. } => {
            let (own, mut values) = own(hands, &tenant);
            let (below, more) = subtrees("\"cases\".\"grid_id\"", community, &scope.grids());
            values.extend(more);
            let (theirs, more) = of_departments(None, hands, &tenant);
            values.extend(more);
            let sql = format!("{TENANT} AND ({own} OR {below}{theirs})");
            (sql.into(), values)
        }
        Scope::Department {
            department, hands, ..
        } => {
            let (own, mut values) = own(hands, &tenant);
            let (theirs, more) = of_departments(Some(department), hands, &tenant);
            values.extend(more);
            (format!("{TENANT} AND ({own}{theirs})").into(), values)
        }
        Scope::Own { hands, .. } => {
            let (own, values) = own(hands, &tenant);
            (format!("{TENANT} AND ({own})").into(), values)
        }
        Scope::Receipt { case, .. } => (RECEIPT.into(), vec![tenant, case.0.into()]),
        Scope::Public(_) => (NOTHING.into(), Vec::new()),
    };
    Reach { sql, values }
}

/// One more condition, which begins with `OR`: cases that lie with one's department, or to which it was called, to the spot or
/// together with others. So, too, for the departments of those whom one stands in for; nothing where there is none.
fn of_departments(
    department: Option<&DepartmentId>,
    hands: &Hands,
    tenant: &Value,
) -> (String, Vec<Value>) {
    let all = department.into_iter().chain(hands.departments());
    let all: Vec<Value> = all.map(|one| one.0.into()).collect();
    if all.is_empty() {
        return (String::new(), all);
    }
    let marks = vec!["?"; all.len()].join(",");
    let called = |table: &str| {
        format!("SELECT case_id FROM {table} WHERE community_id = ? AND department_id IN ({marks})")
    };
    let tables = [
        "whistle_parts",
        "coordination_parties",
        "coordination_items",
    ];
    let called = tables.map(called).join(" UNION ALL ");
    let sql =
        format!(" OR \"cases\".\"department_id\" IN ({marks}) OR \"cases\".\"id\" IN ({called})");
    let mut values = all.clone();
    for _ in tables {
        values.push(tenant.clone());
        values.extend(all.iter().cloned());
    }
    (sql, values)
}

/// The cases of some members: those that they own, those whose reporter they were asked to visit, and those for which they
/// were called together with others, or are to do something that was agreed; and those for which they called others together, as
/// long as something that was agreed there is open. The values begin with the tenant.
fn own(hands: &Hands, tenant: &Value) -> (String, Vec<Value>) {
    let members = || hands.all().map(|member| Value::from(member.0));
    let marks = vec!["?"; hands.all().count()].join(",");
    let sql = format!(
        "\"cases\".\"owner_id\" IN ({marks}) OR \"cases\".\"visitor_id\" IN ({marks}) OR \"cases\".\"id\" IN \
         (SELECT case_id FROM coordination_parties WHERE community_id = ? AND member_id IN ({marks}) \
         UNION ALL SELECT case_id FROM coordination_items WHERE community_id = ? AND member_id IN ({marks}) \
         UNION ALL SELECT i.case_id FROM coordinations c JOIN coordination_items i \
         ON i.community_id = c.community_id AND i.coordination_id = c.id \
         WHERE c.community_id = ? AND c.called_by IN ({marks}) AND i.settled_at IS NULL)"
    );
    let tenant = || std::iter::once(tenant.clone());
    let owned = tenant().chain(members()).chain(members());
    let called = tenant().chain(members()).chain(tenant()).chain(members());
    let calling = tenant().chain(members());
    (sql, owned.chain(called).chain(calling).collect())
}
