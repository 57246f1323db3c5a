//! Finding one case within a scope, for reading and for writing.

use rules::access::Scope;
use rules::case::Case;
use rules::ids::{CaseId, CommunityId, DepartmentId, Number};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, Value,
};

use super::Listed;
use super::row::{COLUMNS, Column, Entity, Model, to_case};
use super::within::{reach, within};
use crate::codes::pack;
use crate::conn::{Lines, Reader};
use crate::report::{self, Report, SealedContact, contact};
use crate::unit::Unit;
use crate::{Error, dialect};

/// A case and the department its task lies with.
#[derive(Debug, Clone, PartialEq)]
pub struct Trail {
    /// The case.
    pub case: Case,
    /// The department, if the task lies with one.
    pub department: Option<DepartmentId>,
}

/// A case as it is shown alone: with its own telling and the contact that came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The case.
    pub trail: Trail,
    /// The telling of its own number.
    pub report: Option<Report>,
    /// The contact, under seal.
    pub contact: Option<SealedContact>,
}

/// How a case is named.
enum Name {
    Id(CaseId),
    Number(i64),
}

async fn row(
    connection: &impl Lines,
    scope: &Scope,
    community: CommunityId,
    name: Name,
) -> Result<Model, Error> {
    let (column, value): (_, Value) = match name {
        Name::Id(id) => ("id", id.0.into()),
        Name::Number(packed) => ("number", packed.into()),
    };
    let reach = reach(scope, community);
    let sql = format!(
        "SELECT {} FROM cases WHERE \"cases\".\"{column}\" = ? AND {}",
        *COLUMNS, reach.sql
    );
    let values = std::iter::once(value).chain(reach.values);
    let statement = dialect::statement(connection.get_database_backend(), &sql, values);
    connection
        .lines(statement, |line| Ok(Model::read(&mut line.cells(0))?))
        .await?
        .pop()
        .ok_or(Error::NotFound("case"))
}

fn trail(row: &Model, code: &str) -> Result<Trail, Error> {
    Ok(Trail {
        department: row.department_id.map(DepartmentId),
        case: to_case(row, code)?,
    })
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
        trail(&row, &self.codes().of(self, self.community()).await?)
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

    /// The case of that number within the scope, its own telling, and the contact that came with it, in one question.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn case_told(
        &self,
        scope: &Scope,
        community: CommunityId,
        number: &Number,
    ) -> Result<Told, Error> {
        let code = self.codes().of(self, community).await?;
        let reach = reach(scope, community);
        let sql = format!(
            "SELECT {}, {}, {} FROM cases \
             LEFT JOIN reports ON reports.community_id = cases.community_id AND reports.id = \
             coalesce((SELECT r.id FROM reports r WHERE r.community_id = cases.community_id AND r.number = cases.number), cases.id) \
             LEFT JOIN contacts ON contacts.community_id = reports.community_id AND contacts.report_id = reports.id \
             WHERE \"cases\".\"number\" = ? AND {}",
            *COLUMNS,
            report::COLUMNS,
            contact::COLUMNS,
            reach.sql
        );
        let values = std::iter::once(pack(number).into()).chain(reach.values);
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        self.lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok(Told {
                trail: trail(&Model::read(&mut cells)?, &code)?,
                report: report::beside(&mut cells, &code)?,
                contact: contact::beside(&mut cells)?,
            })
        })
        .await?
        .pop()
        .ok_or(Error::NotFound("case"))
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
            let statement = Entity::find()
                .filter(condition)
                .build(self.get_database_backend());
            let listed = self.lines(statement, |line| {
                let row = Model::read(&mut line.cells(0))?;
                Ok(Listed {
                    department: row.department_id.map(DepartmentId),
                    case: to_case(&row, &code)?,
                })
            });
            cases.extend(listed.await?);
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
        let statement = query.build(self.get_database_backend());
        let rows = self
            .lines(statement, |line| Ok(Model::read(&mut line.cells(0))?))
            .await?;
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
        trail(&row, &self.codes().of(self, community).await?)
    }
}
