//! Writing a case down: new, or changed since a version somebody saw.

use std::sync::LazyLock;

use rules::case::Case;
use rules::ids::{CaseId, DepartmentId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue, ColumnTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter, Value,
};
use time::OffsetDateTime;

use super::row::{ActiveModel, Column, Entity, to_row};
use crate::unit::Unit;
use crate::{Error, micros};

/// Who changes a case, for the watch over silent ones, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stir {
    /// Somebody who works here: the silence ends.
    Worker(OffsetDateTime),
    /// Time, or a reporter: a silence goes on; what begins to run again is watched from now on.
    Other(OffsetDateTime),
}

/// A new row with every column of the model, written once and not anew for each case.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let columns: Vec<_> = Column::iter()
        .map(|column| column.as_str().to_owned())
        .collect();
    let marks = vec!["?"; columns.len()].join(",");
    format!(
        "INSERT INTO cases ({}) VALUES ({marks})",
        columns.join(", ")
    )
});

impl Unit {
    /// Keeps a new case.
    ///
    /// # Errors
    /// `Taken` if its id or number is used.
    pub async fn keep_case(
        &self,
        case: &Case,
        department: Option<DepartmentId>,
    ) -> Result<(), Error> {
        self.run(&INSERT, new_row(case, department)?).await?;
        Ok(())
    }

    /// Puts a case that was told in a rush into the desk's queue, until somebody decides about it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn queue_case(&self, case: CaseId) -> Result<(), Error> {
        let sql = "UPDATE cases SET queued = true WHERE community_id = ? AND id = ?";
        self.run(sql, [self.community().0.into(), case.0.into()])
            .await?;
        Ok(())
    }

    /// Saves a changed case over the version that was read.
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn save_case(
        &self,
        before: i64,
        case: &Case,
        department: Option<DepartmentId>,
        stir: Stir,
    ) -> Result<(), Error> {
        let row = to_row(case, department.map(|id| id.0))?;
        let changed = ActiveModel {
            version: ActiveValue::Set(row.version),
            state: ActiveValue::Set(row.state),
            category: ActiveValue::Set(row.category),
            owner_id: ActiveValue::Set(row.owner_id),
            department_id: ActiveValue::Set(row.department_id),
            filed_at: ActiveValue::Set(row.filed_at),
            handled_at: ActiveValue::Set(row.handled_at),
            due_at: ActiveValue::Set(row.due_at),
            closed_at: ActiveValue::Set(row.closed_at),
            wakes_at: ActiveValue::Set(row.wakes_at),
            heard_at: ActiveValue::Set(row.heard_at),
            reopened: ActiveValue::Set(row.reopened),
            visitor_id: ActiveValue::Set(row.visitor_id),
            visit_due_at: ActiveValue::Set(row.visit_due_at),
            decision_at: ActiveValue::Set(row.decision_at),
            tier_due_at: ActiveValue::Set(row.tier_due_at),
            late_at: ActiveValue::Set(row.late_at),
            decide_by_at: ActiveValue::Set(row.decide_by_at),
            facts: ActiveValue::Set(row.facts),
            ..ActiveModel::default()
        };
        let saved = Entity::update_many()
            .set(changed)
            .col_expr(Column::StirredAt, stirred(case, stir))
            .filter(Column::CommunityId.eq(row.community_id))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Version.eq(before))
            .exec(self)
            .await?;
        if saved.rows_affected == 1 {
            Ok(())
        } else {
            Err(Error::Stale { is: row.version })
        }
    }
}

/// The values of a new row, in the order of its columns.
pub(super) fn new_row(case: &Case, department: Option<DepartmentId>) -> Result<Vec<Value>, Error> {
    let row = to_row(case, department.map(|id| id.0))?;
    Ok(Column::iter().map(|column| row.get(column)).collect())
}

fn stirred(case: &Case, stir: Stir) -> Expr {
    match stir {
        _ if !case.state.kind().runs() => Expr::value(None::<i64>),
        Stir::Worker(at) => Expr::value(micros(at)),
        Stir::Other(at) => Expr::col(Column::StirredAt).if_null(micros(at)),
    }
}
