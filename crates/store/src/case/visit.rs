//! Return visits that are due, from a partial index: a list is never longer than what waits.

use rules::access::Scope;
use rules::ids::{CommunityId, DepartmentId, MemberId};
use sea_orm::{ColumnTrait, ConnectionTrait};

use super::Listed;
use super::row::{Column, Model, to_case};
use super::within::within;
use crate::Error;
use crate::conn::Reader;

impl Reader {
    /// Cases within the scope whose reporters have to be visited, the nearest deadline first, and the mark that the next
    /// page begins after. With `asked`, only where one of these was asked to.
    ///
    /// # Errors
    /// What the database says. An `after` of another list begins at its start.
    pub async fn visits(
        &self,
        scope: &Scope,
        community: CommunityId,
        asked: Option<&[MemberId]>,
        after: Option<&str>,
        limit: u16,
    ) -> Result<(Vec<Listed>, Option<String>), Error> {
        let mut due = within(scope, community, self.get_database_backend())
            .add(Column::VisitDueAt.is_not_null());
        if let Some(asked) = asked {
            due = due.add(Column::VisitorId.is_in(asked.iter().map(|member| member.0)));
        }
        let visit_due_at = (Column::VisitDueAt, |row: &Model| row.visit_due_at);
        let (rows, next) = self.nearest(due, visit_due_at, after, limit).await?;
        let code = self.codes().of(self, community).await?;
        let mut listed = Vec::with_capacity(rows.len());
        for row in &rows {
            let case = to_case(row, &code)?;
            // a row from before there were visits has the deadline of its case, due or not
            if case.errand().is_some() {
                listed.push(Listed {
                    department: row.department_id.map(DepartmentId),
                    case,
                });
            }
        }
        Ok((listed, next))
    }
}
