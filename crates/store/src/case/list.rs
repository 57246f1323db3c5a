//! Lists of cases: filtered, sorted, in pages that begin after a row (never an offset), with their total.

use rules::access::Scope;
use rules::case::{Case, StateName};
use rules::ids::{CaseId, CategoryCode, CommunityId, DepartmentId, GridId, MemberId, Number};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::row::{Column, Entity, Model, to_case};
use super::within::within;
use crate::codes::pack;
use crate::conn::{Lines, Reader};
use crate::{Error, micros};

/// Which cases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// In these grids (a subtree is given as its grids); empty = anywhere in the scope.
    pub grids: Vec<GridId>,
    /// In these states; empty = any.
    pub states: Vec<StateName>,
    /// Of this category, or of the class whose code begins so.
    pub category: Option<CategoryCode>,
    /// In the hands of this member.
    pub owner: Option<MemberId>,
    /// Or open and in the hands of one of these, for whom that member stands in.
    pub stands_for: Vec<MemberId>,
    /// With this department.
    pub department: Option<DepartmentId>,
    /// Received at or after.
    pub from: Option<OffsetDateTime>,
    /// Received before.
    pub to: Option<OffsetDateTime>,
    /// Open, and due or to be decided about before this moment; what is suspended, where it was late before.
    pub due_before: Option<OffsetDateTime>,
    /// The same at or after this moment.
    pub due_from: Option<OffsetDateTime>,
    /// Of exactly this number.
    pub number: Option<Number>,
    /// Reopened by the reporter and open again.
    pub reopened: bool,
    /// Told in a rush and not decided about yet: only these, or none of these.
    pub queued: Option<bool>,
    /// Whose reporter has to be visited: only these, or none of these.
    pub visit: Option<bool>,
    /// Closed at or after (and before `closed_to`).
    pub closed_from: Option<OffsetDateTime>,
    /// Closed before.
    pub closed_to: Option<OffsetDateTime>,
    /// Lying in this box.
    pub bounds: Option<Bounds>,
}

/// A box in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the four sides")]
pub struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first.
    Oldest,
    /// By the date that makes it overdue, be it one to decide by, else by its deadline, the next one first; without one last.
    Due,
}

impl Sort {
    /// What a page after this case begins with: the `next` of a list that ends with it.
    pub fn mark(self, case: &Case) -> String {
        let at = match self {
            Self::Newest | Self::Oldest => micros(case.times.received_at),
            Self::Due => case.late_from().or(case.times.due_at).map_or(NEVER, micros),
        };
        written(at, case.id.0)
    }

    /// The same for a list by newness, of a case received then.
    pub fn newest_after(received_at: OffsetDateTime, case: CaseId) -> String {
        written(micros(received_at), case.0)
    }

    /// Whether a text is a `next` of some list.
    pub fn knows(after: &str) -> bool {
        cursor(after).is_some()
    }
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// The department, if its task lies with one.
    pub department: Option<DepartmentId>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// All that match.
    pub total: u64,
    /// This page.
    pub rows: Vec<Listed>,
    /// What the next page begins after; none on the last one.
    pub next: Option<String>,
}

/// Cases without a deadline sort behind every deadline.
const NEVER: i64 = i64::MAX;

impl Reader {
    /// A page of the cases within the scope that match. `after` is a `next` of the page before.
    ///
    /// # Errors
    /// What the database says. An `after` of another list begins at its start.
    pub async fn cases(
        &self,
        scope: &Scope,
        community: CommunityId,
        filter: &Filter,
        sort: Sort,
        limit: u16,
        after: Option<&str>,
    ) -> Result<List, Error> {
        let total = self.total(scope, community, filter).await?;
        let condition = matching(scope, community, filter, self.get_database_backend());
        let (key, order) = key(sort);
        let mut query = Entity::find().filter(condition);
        if let Some((at, id)) = after.and_then(cursor) {
            query = query.filter(beyond(&key, &order, at, id));
        }
        let query = query
            .order_by(key, order.clone())
            .order_by(Column::Id, order)
            .limit(u64::from(limit) + 1);
        let statement = query.build(self.get_database_backend());
        let rows = self
            .lines(statement, |line| Ok(Model::read(&mut line.cells(0))?))
            .await?;
        let next = rows
            .get(usize::from(limit))
            .and(rows.get(usize::from(limit).saturating_sub(1)))
            .map(|last| mark(last, sort));
        let code = self.codes().of(self, community).await?;
        let rows = rows
            .iter()
            .take(usize::from(limit))
            .map(|row| listed(row, &code))
            .collect::<Result<_, _>>()?;
        Ok(List { total, rows, next })
    }

    /// Cases that time has something to do with by `now`, the longest overdue first, and the mark that the next page
    /// begins after; none behind the last page. A case that time cannot move stays, so that whoever asks goes on behind it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cases_waiting_for_time(
        &self,
        community: CommunityId,
        (seen, now): (Option<OffsetDateTime>, OffsetDateTime),
        after: Option<&str>,
        limit: u16,
    ) -> Result<(Vec<Case>, Option<String>), Error> {
        let due = Condition::all()
            .add(Column::CommunityId.eq(community.0))
            .add(Column::WakesAt.lte(micros(now)))
            .add_option(seen.map(|seen| Column::WakesAt.gt(micros(seen))));
        let wakes_at = (Column::WakesAt, |row: &Model| row.wakes_at);
        let (rows, next) = self.nearest(due, wakes_at, after, limit).await?;
        let code = self.codes().of(self, community).await?;
        let cases = rows.iter().map(|row| to_case(row, &code));
        Ok((cases.collect::<Result<_, _>>()?, next))
    }

    /// A page of rows in the order of a moment that each of them has, the nearest first, and the mark that the next page
    /// begins after; none behind the last page.
    pub(super) async fn nearest(
        &self,
        condition: Condition,
        (column, at): (Column, impl Fn(&Model) -> Option<i64>),
        after: Option<&str>,
        limit: u16,
    ) -> Result<(Vec<Model>, Option<String>), Error> {
        let key = Expr::col((Entity, column));
        let mut query = Entity::find().filter(condition);
        if let Some((at, id)) = after.and_then(cursor) {
            query = query.filter(beyond(&key, &Order::Asc, at, id));
        }
        let query = query
            .order_by(key, Order::Asc)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit));
        let statement = query.build(self.get_database_backend());
        let rows = self
            .lines(statement, |line| Ok(Model::read(&mut line.cells(0))?))
            .await?;
        let last = rows.last().filter(|_| rows.len() == usize::from(limit));
        let next = last.and_then(|last| Some(written(at(last)?, last.id)));
        Ok((rows, next))
    }

    /// Open cases whose deadline lies at or after a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_cases_due_from(
        &self,
        community: CommunityId,
        from: OffsetDateTime,
    ) -> Result<Vec<Case>, Error> {
        let due = Condition::all()
            .add(Column::CommunityId.eq(community.0))
            .add(Column::ClosedAt.is_null())
            .add(Column::DueAt.gte(micros(from)))
            .add(Column::State.is_in(open_states()));
        self.cases_where(community, due).await
    }

    /// Open cases received at or after a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_cases_received_from(
        &self,
        community: CommunityId,
        from: OffsetDateTime,
    ) -> Result<Vec<Case>, Error> {
        let recent = Condition::all()
            .add(Column::CommunityId.eq(community.0))
            .add(Column::ReceivedAt.gte(micros(from)))
            .add(Column::ClosedAt.is_null())
            .add(Column::State.is_in(open_states()));
        self.cases_where(community, recent).await
    }

    /// Every case of a community that was received since then and is merged into another one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn merged_cases_received_from(
        &self,
        community: CommunityId,
        from: OffsetDateTime,
    ) -> Result<Vec<Case>, Error> {
        let recent = Condition::all()
            .add(Column::CommunityId.eq(community.0))
            .add(Column::ReceivedAt.gte(micros(from)))
            .add(Column::State.eq(StateName::Merged.as_str()));
        self.cases_where(community, recent).await
    }

    async fn cases_where(
        &self,
        community: CommunityId,
        condition: Condition,
    ) -> Result<Vec<Case>, Error> {
        let rows = Entity::find().filter(condition).all(self).await?;
        let code = self.codes().of(self, community).await?;
        rows.iter().map(|row| to_case(row, &code)).collect()
    }

    /// How many cases match. Where grid, state and category say it all, the kept tallies answer.
    async fn total(
        &self,
        scope: &Scope,
        community: CommunityId,
        filter: &Filter,
    ) -> Result<u64, Error> {
        if let Some(kept) = self.tallied_total(scope, community, filter).await? {
            return Ok(kept);
        }
        let condition = matching(scope, community, filter, self.get_database_backend());
        Ok(Entity::find().filter(condition).count(self).await?)
    }
}

fn listed(row: &Model, code: &str) -> Result<Listed, Error> {
    Ok(Listed {
        department: row.department_id.map(DepartmentId),
        case: to_case(row, code)?,
    })
}

pub(super) fn matching(
    scope: &Scope,
    community: CommunityId,
    filter: &Filter,
    backend: DbBackend,
) -> Condition {
    let mut all = within(scope, community, backend);
    if !filter.grids.is_empty() {
        all = all.add(Column::GridId.is_in(filter.grids.iter().map(|id| id.0)));
    }
    if !filter.states.is_empty() {
        all = all.add(Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    if let Some(code) = &filter.category {
        all = all.add(Column::Category.starts_with(code.as_str()));
    }
    all = all.add_option(
        filter
            .owner
            .map(|owner| in_hands(owner, &filter.stands_for)),
    );
    let department = filter.department;
    all = all.add_option(department.map(|id| Column::DepartmentId.eq(id.0)));
    all = all.add_option(filter.from.map(|at| Column::ReceivedAt.gte(micros(at))));
    all = all.add_option(filter.to.map(|at| Column::ReceivedAt.lt(micros(at))));
    all = all.add_option(
        filter
            .closed_from
            .map(|at| Column::ClosedAt.gte(micros(at))),
    );
    all = all.add_option(filter.closed_to.map(|at| Column::ClosedAt.lt(micros(at))));
    all = all.add_option(filter.due_before.map(|at| Column::LateAt.lt(micros(at))));
    all = all.add_option(filter.due_from.map(|at| Column::LateAt.gte(micros(at))));
    if filter.reopened {
        all = all.add(Column::State.is_in(open_states()));
        all = all.add(marked("\"cases\".\"reopened\""));
    }
    all = all.add_option(filter.queued.map(|queued| {
        let waiting = marked("\"cases\".\"queued\"").add(Column::State.is_in(NOT_FILED));
        if queued { waiting } else { waiting.not() }
    }));
    all = all.add_option(filter.visit.map(|due| match due {
        true => Column::VisitDueAt.is_not_null(),
        false => Column::VisitDueAt.is_null(),
    }));
    all = all.add_option(
        filter
            .number
            .as_ref()
            .map(|number| Column::Number.eq(pack(number))),
    );
    if let Some(at) = filter.bounds {
        all = all
            .add(Column::Lon.between(at.west, at.east))
            .add(Column::Lat.between(at.south, at.north));
    }
    all
}

/// With this member, or open and with one of those whose work they do meanwhile.
fn in_hands(owner: MemberId, stands_for: &[MemberId]) -> Condition {
    let own = Condition::any().add(Column::OwnerId.eq(owner.0));
    if stands_for.is_empty() {
        return own;
    }
    let theirs = Condition::all()
        .add(Column::OwnerId.is_in(stands_for.iter().map(|id| id.0)))
        .add(Column::State.is_in(open_states()));
    own.add(theirs)
}

fn open_states() -> impl Iterator<Item = &'static str> {
    StateName::ALL
        .iter()
        .filter(|state| state.is_open())
        .map(|state| state.as_str())
}

/// What was told in a rush waits in one of these: nobody has opened its file yet.
const NOT_FILED: [&str; 2] = [StateName::Reported.as_str(), StateName::Verifying.as_str()];

/// A mark in words of its partial index, written out: a parameter would hide it from the planner.
fn marked(column: &'static str) -> Condition {
    Condition::all()
        .add(Column::ClosedAt.is_null())
        .add(Expr::cust(column))
}

fn key(sort: Sort) -> (Expr, Order) {
    match sort {
        Sort::Newest => (Expr::col((Entity, Column::ReceivedAt)), Order::Desc),
        Sort::Oldest => (Expr::col((Entity, Column::ReceivedAt)), Order::Asc),
        Sort::Due => (
            Expr::col((Entity, Column::LateAt))
                .if_null(Expr::col((Entity, Column::DueAt)).if_null(NEVER)),
            Order::Asc,
        ),
    }
}

/// Rows behind the one with this key.
fn beyond(key: &Expr, order: &Order, at: i64, id: Uuid) -> Condition {
    let (further, later) = match order {
        Order::Desc => (key.clone().lt(at), Column::Id.lt(id)),
        _ => (key.clone().gt(at), Column::Id.gt(id)),
    };
    Condition::any()
        .add(further)
        .add(Condition::all().add(key.clone().eq(at)).add(later))
}

fn mark(row: &Model, sort: Sort) -> String {
    let at = match sort {
        Sort::Newest | Sort::Oldest => row.received_at,
        Sort::Due => row.late_at.or(row.due_at).unwrap_or(NEVER),
    };
    written(at, row.id)
}

fn written(at: i64, id: Uuid) -> String {
    format!("{at}.{}", id.simple())
}

fn cursor(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, Uuid::try_parse(id).ok()?))
}
