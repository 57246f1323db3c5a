//! Cases that somebody should look at, within a scope: overdue, near their deadline, silent, or with something asked of them. Each list
//! walks one partial index, and no count goes further than a thousand.

use rules::access::Scope;
use rules::ids::{CommunityId, DepartmentId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;

use super::Listed;
use super::row::{COLUMNS, Model, to_case};
use super::within::reach;
use crate::conn::{Lines, Reader};
use crate::coordination::running;
use crate::supervision::After;
use crate::{Error, ask, dialect, instant, micros};

/// Which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// Due, or to be decided about, before this moment.
    Overdue(OffsetDateTime),
    /// Due from the first moment on, and before the second. Not by when somebody decides: every fresh report has that before it.
    Near(OffsetDateTime, OffsetDateTime),
    /// Nobody who works here took a step since this moment.
    Silent(OffsetDateTime),
    /// Its level should have solved it or lifted it up before this moment.
    Tier(OffsetDateTime),
    /// Something that was agreed when its parties were called together should have been done before this moment.
    Agreed(OffsetDateTime),
    /// Somebody waits for a decision: more time, or an appeal against being overdue.
    Decision,
    /// A department of its open whistle may be rated at this moment, as far as rows tell: it came, or its time to come is over.
    Unrated(OffsetDateTime),
}

/// A page of them; those that wait longest, or are due first, at the top.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The cases, each with the moment that put it there.
    pub rows: Vec<(Listed, OffsetDateTime)>,
    /// What the next page begins after; none on the last one.
    pub next: Option<After>,
}

impl Watch {
    /// The moment that puts a case on the list.
    const fn moment(self) -> &'static str {
        match self {
            Self::Overdue(_) | Self::Near(..) => "cases.late_at",
            Self::Silent(_) => "cases.stirred_at",
            Self::Tier(_) => "cases.tier_due_at",
            Self::Agreed(_) => {
                "(SELECT min(i.due_at) FROM coordination_items i WHERE i.community_id = cases.community_id \
                 AND i.case_id = cases.id AND i.settled_at IS NULL)"
            }
            Self::Decision => "cases.decision_at",
            Self::Unrated(_) => {
                "(SELECT min(w.report_by) FROM whistle_parts w WHERE w.community_id = cases.community_id \
                 AND w.case_id = cases.id AND w.ended_at IS NULL AND w.response IS NULL)"
            }
        }
    }
}

impl Reader {
    /// A page of the watched cases within the scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn watched(
        &self,
        scope: &Scope,
        community: CommunityId,
        watch: Watch,
        after: Option<After>,
        limit: u16,
    ) -> Result<Watched, Error> {
        let (mut condition, mut values) = watched(scope, community, watch);
        let moment = watch.moment();
        if let Some(after) = after {
            condition.push_str(&format!(
                " AND ({moment} > ? OR ({moment} = ? AND cases.id > ?))"
            ));
            values.extend(after.values());
        }
        let sql = format!(
            "SELECT {}, {moment} FROM cases WHERE {condition} ORDER BY {moment}, cases.id LIMIT ?",
            *COLUMNS
        );
        values.push((i64::from(limit) + 1).into());
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        let found = self.lines(statement, |line| {
            let mut cells = line.cells(0);
            let row = Model::read(&mut cells)?;
            let at: Option<i64> = cells.next()?;
            Ok((row, at))
        });
        let mut found = found.await?;
        let more = found.len() > usize::from(limit);
        found.truncate(usize::from(limit));
        let code = self.codes().of(self, community).await?;
        let mut rows = Vec::with_capacity(found.len());
        for (row, at) in &found {
            let Some(at) = *at else { continue };
            let case = to_case(row, &code)?;
            let department = row.department_id.map(DepartmentId);
            rows.push((Listed { case, department }, instant(at)));
        }
        let last = rows.last().filter(|_| more);
        let next = last.map(|(listed, at)| After::of(*at, listed.case.id.0));
        Ok(Watched { rows, next })
    }

    /// How many there are; no more than `most` are counted.
    ///
    /// # Errors
    /// What the database says.
    pub async fn watched_count(
        &self,
        scope: &Scope,
        community: CommunityId,
        watch: Watch,
        most: i64,
    ) -> Result<i64, Error> {
        let (condition, mut values) = watched(scope, community, watch);
        values.push(most.into());
        let sql = format!(
            "SELECT count(*) AS n FROM (SELECT cases.id FROM cases WHERE {condition} LIMIT ?) AS found"
        );
        let row = ask::row(self, &sql, values).await?;
        let n = row.map(|row| row.try_get("", "n")).transpose()?;
        Ok(n.unwrap_or(0))
    }
}

fn watched(scope: &Scope, community: CommunityId, watch: Watch) -> (String, Vec<Value>) {
    let reach = reach(scope, community);
    let (mut sql, mut values) = (reach.sql.into_owned(), reach.values);
    match watch {
        Watch::Overdue(now) => {
            sql.push_str(" AND cases.late_at IS NOT NULL AND cases.late_at < ?");
            values.push(micros(now).into());
        }
        Watch::Near(now, until) => {
            sql.push_str(
                " AND cases.late_at IS NOT NULL AND cases.late_at >= ? AND cases.late_at < ? \
                 AND cases.decide_by_at IS NULL",
            );
            values.extend([micros(now).into(), micros(until).into()]);
        }
        Watch::Silent(since) => {
            sql.push_str(" AND cases.stirred_at IS NOT NULL AND cases.stirred_at < ?");
            values.push(micros(since).into());
        }
        Watch::Tier(now) => {
            sql.push_str(" AND cases.tier_due_at IS NOT NULL AND cases.tier_due_at < ?");
            values.push(micros(now).into());
        }
        Watch::Agreed(now) => {
            sql.push_str(&format!(
                " AND cases.state IN ({}) AND cases.id IN (SELECT case_id FROM coordination_items \
                 WHERE community_id = ? AND settled_at IS NULL AND due_at < ?)",
                running()
            ));
            values.extend([community.0.into(), micros(now).into()]);
        }
        Watch::Decision => sql.push_str(" AND cases.decision_at IS NOT NULL"),
        Watch::Unrated(now) => {
            // no moment lies before 0: said for SQLite, which then takes the index of what is left to be rated
            sql.push_str(
                " AND cases.id IN (SELECT case_id FROM whistle_parts WHERE community_id = ? AND ended_at IS NULL \
                 AND response IS NULL AND report_by >= 0 AND (reported_in_at IS NOT NULL OR report_by < ?))",
            );
            values.extend([community.0.into(), micros(now).into()]);
        }
    }
    (sql, values)
}
