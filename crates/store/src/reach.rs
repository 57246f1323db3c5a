//! A scope as a condition on a table that has a grid and a person of its own, for statements written by hand. What lies
//! outside is not found; a scope of another tenant, or one that does not fit the table, reaches nothing.

use rules::access::Scope;
use rules::ids::{CommunityId, GridId};
use sea_orm::Value;

/// The columns a scope looks at.
pub(crate) struct Columns {
    /// The person the row belongs to.
    pub member: &'static str,
    /// The department it lies with, if rows lie with departments.
    pub department: Option<&'static str>,
}

/// A condition that begins with `community_id = ?`, and its values.
pub(crate) fn reach(
    columns: &Columns,
    scope: &Scope,
    community: CommunityId,
) -> (String, Vec<Value>) {
    let tenant = || vec![Value::from(community.0)];
    let nothing = || ("community_id = ? AND 1 = 0".to_owned(), tenant());
    if scope.community().is_some_and(|own| own != community) {
        return nothing();
    }
    let and = |sql: String, values: Vec<Value>| {
        let mut all = tenant();
        all.extend(values);
        (format!("community_id = ? AND {sql}"), all)
    };
    match scope {
        Scope::Region | Scope::Community(_) => ("community_id = ?".to_owned(), tenant()),
        Scope::GridSubtree { hands, .. } => {
            let (below, mut values) = subtrees("grid_id", community, &scope.grids());
            values.push(hands.own().0.into());
            and(format!("({below} OR {} = ?)", columns.member), values)
        }
        Scope::Own { hands, .. } => {
            let own = Value::from(hands.own().0);
            and(format!("{} = ?", columns.member), vec![own])
        }
        Scope::Department {
            department, hands, ..
        } => match columns.department {
            Some(column) => {
                let all = std::iter::once(department).chain(hands.departments());
                let mut values: Vec<Value> = all.map(|one| one.0.into()).collect();
                let marks = vec!["?"; values.len()].join(",");
                values.push(hands.own().0.into());
                let sql = format!("({column} IN ({marks}) OR {} = ?)", columns.member);
                and(sql, values)
            }
            None => nothing(),
        },
        Scope::Receipt { .. } | Scope::Public(_) => nothing(),
    }
}

/// Rows in a grid or below it.
pub(crate) fn subtree(community: CommunityId, root: GridId) -> (String, Vec<Value>) {
    subtrees("grid_id", community, &[root])
}

/// Rows whose `column` is one of some grids or below them: paths are codes joined by `/`, and `0` is the character after `/`.
pub(crate) fn subtrees(
    column: &str,
    community: CommunityId,
    roots: &[GridId],
) -> (String, Vec<Value>) {
    let marks = vec!["?"; roots.len()].join(",");
    let sql = format!(
        "{column} IN (SELECT g.id FROM grids g JOIN grids r ON r.community_id = g.community_id AND r.id IN ({marks}) \
         WHERE g.community_id = ? AND g.scheme = r.scheme \
         AND (g.path = r.path OR (g.path > r.path || '/' AND g.path < r.path || '0')))"
    );
    let roots = roots.iter().map(|root| Value::from(root.0));
    (sql, roots.chain([community.0.into()]).collect())
}
