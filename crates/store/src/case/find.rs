//! Finding one case within a scope, for reading and for writing.

use rules::access::Scope;
use rules::case::Case;
use rules::ids::{CaseId, CommunityId, DepartmentId, Number};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

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
