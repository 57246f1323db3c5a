//! Finding mediations: within a scope for people, by id for the followers, by time for the clock. A scope that leads by
//! grid reaches the grid, any other one reaches what its member mediates.

use rules::access::Scope;
use rules::ids::{CaseId, CommunityId, MediationId, Number};
use rules::mediation::{Mediation, StateName};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;

use super::row::{COLUMNS, mediation};
use crate::codes::{Codes, pack};
use crate::conn::Reader;
use crate::reach::{Columns, reach};
use crate::unit::Unit;
use crate::{Error, ask, micros};

const OWN: Columns = Columns {
    member: "mediator_id",
    department: None,
};

/// Which mediations.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In these states; all if empty.
    pub states: Vec<StateName>,
    /// Older than this one.
    pub before: Option<Number>,
}

/// A page of mediations, newest first.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rows.
    pub rows: Vec<Mediation>,
    /// Where the next page begins, if there is one.
    pub next: Option<Number>,
}

async fn these(
    on: &impl ConnectionTrait,
    codes: &Codes,
    community: CommunityId,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<Mediation>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM mediations WHERE {condition}");
    let rows = ask::rows(on, &sql, values).await?;
    let code = codes.of(on, community).await?;
    rows.iter()
        .map(|row| mediation(row, community, &code))
        .collect()
}

fn numbered(scope: &Scope, community: CommunityId, number: &Number) -> (String, Vec<Value>) {
    let (mut sql, mut values) = reach(&OWN, scope, community);
    sql.push_str(" AND number = ?");
    values.push(pack(number).into());
    (sql, values)
}

fn of_cases(mut sql: String, mut values: Vec<Value>, cases: &[CaseId]) -> (String, Vec<Value>) {
    let marks = vec!["?"; cases.len()].join(",");
    sql.push_str(&format!(" AND case_id IN ({marks}) ORDER BY number"));
    values.extend(cases.iter().map(|case| Value::from(case.0)));
    (sql, values)
}

fn only(rows: Vec<Mediation>) -> Result<Mediation, Error> {
    rows.into_iter().next().ok_or(Error::NotFound("mediation"))
}

impl Unit {
    /// The mediation of that number within the scope, to be changed in this unit.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn mediation_numbered(
        &self,
        scope: &Scope,
        number: &Number,
    ) -> Result<Mediation, Error> {
        let (sql, values) = numbered(scope, self.community(), number);
        only(these(self, self.codes(), self.community(), &sql, values).await?)
    }

    /// The mediation of an id, for followers and the clock; none if there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediation(&self, id: MediationId) -> Result<Option<Mediation>, Error> {
        let values = vec![self.community().0.into(), id.0.into()];
        let condition = "community_id = ? AND id = ?";
        let rows = these(self, self.codes(), self.community(), condition, values).await?;
        Ok(rows.into_iter().next())
    }

    /// The mediations that were opened from one of these cases, whoever mediates: to know whether one runs, never to show them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediations_of(&self, cases: &[CaseId]) -> Result<Vec<Mediation>, Error> {
        let values = vec![self.community().0.into()];
        let (sql, values) = of_cases("community_id = ?".to_owned(), values, cases);
        these(self, self.codes(), self.community(), &sql, values).await
    }
}

impl Reader {
    /// The mediation of that number within the scope.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn mediation_numbered(
        &self,
        scope: &Scope,
        community: CommunityId,
        number: &Number,
    ) -> Result<Mediation, Error> {
        let (sql, values) = numbered(scope, community, number);
        only(these(self, self.codes(), community, &sql, values).await?)
    }

    /// The mediation of that number, for whoever opened it: the receipt has to be handed over.
    ///
    /// # Errors
    /// `NotFound` if somebody else opened it.
    pub async fn mediation_opened_by(
        &self,
        community: CommunityId,
        opener: rules::ids::MemberId,
        number: &Number,
    ) -> Result<Mediation, Error> {
        let values = vec![community.0.into(), opener.0.into(), pack(number).into()];
        let condition = "community_id = ? AND opener_id = ? AND number = ?";
        only(these(self, self.codes(), community, condition, values).await?)
    }

    /// The mediation of an id within the scope; none outside it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediation_within(
        &self,
        scope: &Scope,
        community: CommunityId,
        id: MediationId,
    ) -> Result<Option<Mediation>, Error> {
        let (mut sql, mut values) = reach(&OWN, scope, community);
        sql.push_str(" AND id = ?");
        values.push(id.0.into());
        let rows = these(self, self.codes(), community, &sql, values).await?;
        Ok(rows.into_iter().next())
    }

    /// The mediations that were opened from one of these cases, within the scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediations_of(
        &self,
        scope: &Scope,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<Vec<Mediation>, Error> {
        let (sql, values) = reach(&OWN, scope, community);
        let (sql, values) = of_cases(sql, values, cases);
        these(self, self.codes(), community, &sql, values).await
    }

    /// A page of mediations within the scope, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediations(
        &self,
        scope: &Scope,
        community: CommunityId,
        filter: &Filter,
        limit: u16,
    ) -> Result<Found, Error> {
        let (mut sql, mut values) = reach(&OWN, scope, community);
        if !filter.states.is_empty() {
            let marks = vec!["?"; filter.states.len()].join(",");
            sql.push_str(&format!(" AND state IN ({marks})"));
            values.extend(
                filter
                    .states
                    .iter()
                    .map(|state| Value::from(state.as_str())),
            );
        }
        if let Some(before) = &filter.before {
            sql.push_str(" AND number < ?");
            values.push(pack(before).into());
        }
        sql.push_str(" ORDER BY number DESC LIMIT ?");
        values.push((i64::from(limit) + 1).into());
        let mut rows = these(self, self.codes(), community, &sql, values).await?;
        let more = rows.len() > usize::from(limit);
        rows.truncate(usize::from(limit));
        let next = rows.last().filter(|_| more);
        let next = next.map(|last| last.number.clone());
        Ok(Found { rows, next })
    }

    /// Mediations within the scope in which somebody still has something to do, what is due first at the top.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediations_running(
        &self,
        scope: &Scope,
        community: CommunityId,
        limit: u16,
    ) -> Result<Vec<Mediation>, Error> {
        let (mut sql, mut values) = reach(&OWN, scope, community);
        let open = StateName::ALL.iter().filter(|state| state.is_open());
        let open: Vec<Value> = open.map(|state| state.as_str().into()).collect();
        let marks = vec!["?"; open.len()].join(",");
        sql.push_str(&format!(
            " AND state IN ({marks}) ORDER BY COALESCE(due_at, follow_at, opened_at), number LIMIT ?"
        ));
        values.extend(open);
        values.push(i64::from(limit).into());
        these(self, self.codes(), community, &sql, values).await
    }

    /// Mediations that time has something to do with.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediations_waiting_for_time(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Mediation>, Error> {
        self.waiting("wakes_at", community, now, limit).await
    }

    /// Mediations whose next personal data are to be erased.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediations_to_erase(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Mediation>, Error> {
        self.waiting("erase_at", community, now, limit).await
    }

    async fn waiting(
        &self,
        column: &str,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Mediation>, Error> {
        let condition = format!("community_id = ? AND {column} <= ? ORDER BY {column} LIMIT ?");
        let values = vec![
            community.0.into(),
            micros(now).into(),
            i64::from(limit).into(),
        ];
        these(self, self.codes(), community, &condition, values).await
    }
}
