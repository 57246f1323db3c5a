//! Access as part of the query: the condition that a scope puts on cases. Whatever lies outside is *not found*.

use rules::access::Scope;
use rules::ids::CommunityId;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbBackend};
use uuid::Uuid;

use super::row::Column;
use crate::dialect;

/// Rows of one tenant that the scope reaches. A scope of another tenant reaches nothing.
pub(crate) fn within(scope: &Scope, community: CommunityId, backend: DbBackend) -> Condition {
    let tenant = Condition::all().add(Column::CommunityId.eq(community.0));
    let nothing = Condition::all().add(Expr::value(1).eq(0));
    if scope.community().is_some_and(|own| own != community) {
        return nothing;
    }
    match *scope {
        Scope::Region | Scope::Community(_) => tenant,
        Scope::GridSubtree { grid, member, .. } => {
            let own = Column::OwnerId.eq(member.0);
            let near = subtree(community, grid.0, backend);
            let asked = asked(community, member.0, backend);
            tenant.add(Condition::any().add(near).add(own).add(asked))
        }
        Scope::Department { department, .. } => {
            let own = Column::DepartmentId.eq(department.0);
            let called = called(community, department.0, backend);
            tenant.add(Condition::any().add(own).add(called))
        }
        Scope::Own { member, .. } => {
            let own = Column::OwnerId.eq(member.0);
            let asked = asked(community, member.0, backend);
            tenant.add(Condition::any().add(own).add(asked))
        }
        Scope::Receipt { case, .. } => tenant.add(Column::Id.eq(case.0)),
        Scope::Public(_) => nothing,
    }
}

/// Cases in a grid or below it: paths are codes joined by `/`, and `0` is the character after `/`.
fn subtree(community: CommunityId, root: Uuid, backend: DbBackend) -> Expr {
    let sql = "\"cases\".\"grid_id\" IN (SELECT g.id FROM grids g JOIN grids r ON r.community_id = g.community_id AND r.id = ? \
               WHERE g.community_id = ? AND g.scheme = r.scheme \
               AND (g.path = r.path OR (g.path > r.path || '/' AND g.path < r.path || '0')))";
    dialect::condition(backend, sql, [root.into(), community.0.into()])
}

/// Cases for which a member was called together with others, or is to do something that was agreed.
fn asked(community: CommunityId, member: Uuid, backend: DbBackend) -> Expr {
    let sql = "\"cases\".\"id\" IN (SELECT case_id FROM coordination_parties WHERE community_id = ? AND member_id = ? \
               UNION ALL SELECT case_id FROM coordination_items WHERE community_id = ? AND member_id = ?)";
    let (tenant, member) = (community.0, member);
    dialect::condition(
        backend,
        sql,
        [tenant.into(), member.into(), tenant.into(), member.into()],
    )
}

/// Cases to which a department was called: to the spot, or together with others.
fn called(community: CommunityId, department: Uuid, backend: DbBackend) -> Expr {
    let sql = "\"cases\".\"id\" IN (SELECT case_id FROM whistle_parts WHERE community_id = ? AND department_id = ? \
               UNION ALL SELECT case_id FROM coordination_parties WHERE community_id = ? AND department_id = ? \
               UNION ALL SELECT case_id FROM coordination_items WHERE community_id = ? AND department_id = ?)";
    let (tenant, department) = (community.0, department);
    dialect::condition(
        backend,
        sql,
        [
            tenant.into(),
            department.into(),
            tenant.into(),
            department.into(),
            tenant.into(),
            department.into(),
        ],
    )
}
