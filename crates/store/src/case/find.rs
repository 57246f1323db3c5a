//! Finding one case within a scope, for reading and for writing.

use rules::access::Scope;
use rules::case::Case;
use rules::ids::{CaseId, CommunityId, DepartmentId, Number};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::Listed;
use super::row::{Column, Entity, Model, to_case};
use super::within::within;
use crate::Error;
use crate::codes::pack;
use crate::conn::Reader;
use crate::unit::Unit;

/// A case and the department its task lies with.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    /// The case.
    pub case: Case,
    /// The department, if the task lies with one.
    pub department: Option<DepartmentId>,
}

/// How a case is named.
enum Name {
    Id(CaseId),
    Number(i64),
}

async fn row(
    connection: &impl ConnectionTrait,
    scope: &Scope,
    community: CommunityId,
    name: Name,
) -> Result<Model, Error> {
    let named = match name {
        Name::Id(id) => Column::Id.eq(id.0),
        Name::Number(packed) => Column::Number.eq(packed),
    };
    let condition = within(scope, community, connection.get_database_backend()).add(named);
    Entity::find()
        .filter(condition)
        .one(connection)
        .await?
        .ok_or(Error::NotFound("case"))
}

impl Unit {
    /// The case of that number within the scope, to be changed in this unit.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn case_numbered(&self, scope: &Scope, number: &Number) -> Result<Trail, Error> {
        self.trail(scope, Name::Number(pack(number))).await
    }

    /// The case of that id within the scope.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn case_within(&self, scope: &Scope, id: CaseId) -> Result<Trail, Error> {
        self.trail(scope, Name::Id(id)).await
    }

    async fn trail(&self, scope: &Scope, name: Name) -> Result<Trail, Error> {
        let row = row(self, scope, self.community(), name).await?;
        let code = self.codes().of(self, self.community()).await?;
        Ok(Trail {
            department: row.department_id.map(DepartmentId),
            case: to_case(&row, &code)?,
        })
    }
}

impl Reader {
    /// The case of that number within the scope.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn case_numbered(
        &self,
        scope: &Scope,
        community: CommunityId,
        number: &Number,
    ) -> Result<Trail, Error> {
        self.trail(scope, community, Name::Number(pack(number)))
            .await
    }

    /// The case of that id within the scope.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn case_within(
        &self,
        scope: &Scope,
        community: CommunityId,
        id: CaseId,
    ) -> Result<Trail, Error> {
        self.trail(scope, community, Name::Id(id)).await
    }

    /// The cases of these ids; unknown ones are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cases_by_id(
        &self,
        community: CommunityId,
        ids: &[CaseId],
    ) -> Result<Vec<Case>, Error> {
        let mut cases = Vec::with_capacity(ids.len());
        for page in ids.chunks(500) {
            let named = Column::Id.is_in(page.iter().map(|id| id.0));
            cases.extend(
                self.these(
                    community,
                    Entity::find()
                        .filter(Column::CommunityId.eq(community.0))
                        .filter(named),
                )
                .await?,
            );
        }
        Ok(cases)
    }

    /// The cases of these ids within the scope, each with the department its task lies with; others are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cases_listed(
        &self,
        scope: &Scope,
        community: CommunityId,
        ids: &[CaseId],
    ) -> Result<Vec<Listed>, Error> {
        let code = self.codes().of(self, community).await?;
        let mut cases = Vec::with_capacity(ids.len());
        for page in ids.chunks(500) {
            let named = Column::Id.is_in(page.iter().map(|id| id.0));
            let condition = within(scope, community, self.get_database_backend()).add(named);
            for row in Entity::find().filter(condition).all(self).await? {
                cases.push(Listed {
                    department: row.department_id.map(DepartmentId),
                    case: to_case(&row, &code)?,
                });
            }
        }
        Ok(cases)
    }

    /// Cases with a place in the order of their ids, after one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn placed_cases_after(
        &self,
        community: CommunityId,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<Case>, Error> {
        let mut query = Entity::find()
            .filter(Column::CommunityId.eq(community.0))
            .filter(Column::Lon.is_not_null());
        if let Some(id) = after {
            query = query.filter(Column::Id.gt(id.0));
        }
        self.these(
            community,
            query.order_by_asc(Column::Id).limit(u64::from(limit)),
        )
        .await
    }

    async fn these(
        &self,
        community: CommunityId,
        query: Select<Entity>,
    ) -> Result<Vec<Case>, Error> {
        let rows = query.all(self).await?;
        let code = self.codes().of(self, community).await?;
        rows.iter().map(|row| to_case(row, &code)).collect()
    }

    async fn trail(
        &self,
        scope: &Scope,
        community: CommunityId,
        name: Name,
    ) -> Result<Trail, Error> {
        let row = row(self, scope, community, name).await?;
        let code = self.codes().of(self, community).await?;
        Ok(Trail {
            department: row.department_id.map(DepartmentId),
            case: to_case(&row, &code)?,
        })
    }
}
