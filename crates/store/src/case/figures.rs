//! The cases that a period's figures speak of: received, filed, handled, closed or due in it. Four ranges of an index each.

use rules::access::Scope;
use rules::ids::{CommunityId, DepartmentId};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use super::list::matching;
use super::row::{Column, Entity, to_case};
use super::{Filter, Listed};
use crate::conn::Reader;
use crate::{Error, micros};

impl Reader {
    /// Every case within the scope and filter that something of the figures happened to between `from` and `to`
    /// (or whose deadline lies there). `rules::figures` decides which figure counts which.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cases_of_period(
        &self,
        scope: &Scope,
        community: CommunityId,
        filter: &Filter,
        from: OffsetDateTime,
        to: OffsetDateTime,
    ) -> Result<Vec<Listed>, Error> {
        let (from, to) = (micros(from), micros(to));
        let columns = [
            Column::ReceivedAt,
            Column::FiledAt,
            Column::HandledAt,
            Column::ClosedAt,
            Column::DueAt,
            Column::HeardAt,
        ];
        let any = columns.into_iter().fold(Condition::any(), |any, column| {
            any.add(Condition::all().add(column.gte(from)).add(column.lt(to)))
        });
        let condition = matching(scope, community, filter, self.get_database_backend()).add(any);
        let code = self.codes().of(self, community).await?;
        let rows = Entity::find().filter(condition).all(self).await?;
        rows.iter()
            .map(|row| {
                Ok(Listed {
                    department: row.department_id.map(DepartmentId),
                    case: to_case(row, &code)?,
                })
            })
            .collect()
    }
}
