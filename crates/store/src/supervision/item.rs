//! Reminders and questions with a date: kept once, answered once, found by their case or by the date of the answer.

use rules::access::Scope;
use rules::ids::{CaseId, CommunityId, DepartmentId, GridId, MemberId, SupervisionId};
use rules::supervision::Item;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::After;
use crate::case::Trail;
use crate::conn::Reader;
use crate::reach::{Columns, reach};
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// An item with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// The item.
    pub item: Item,
    /// What was said.
    pub words: String,
    /// What was answered.
    pub answer: Option<String>,
}

/// Which questions with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Their answer is due at this moment or later; the one due first at the top.
    Waiting(OffsetDateTime),
    /// Their answer was due before this moment; the latest at the top.
    Late(OffsetDateTime),
    /// They were answered; the newest answer at the top.
    Answered,
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct Items {
    /// The items.
    pub rows: Vec<Worded>,
    /// What the next page begins after; none on the last one.
    pub next: Option<After>,
}

const COLUMNS: &str = "id, case_id, grid_id, by_id, whom_id, department_id, words, made_at, answer_by, answered_at, answered_by, answer";
/// A count says "at least so many" beyond this, so that it never walks everything.
pub const COUNTED: i64 = 1_000;
/// What a scope looks at: whoever has to answer sees it too.
const REACHED: Columns = Columns {
    member: "whom_id",
    department: Some("department_id"),
};

impl Unit {
    /// Keeps a new item.
    ///
    /// # Errors
    /// `Taken` if its id is used.
    pub async fn keep_supervision(&self, item: &Item, words: &str) -> Result<(), Error> {
        let values: [Value; 10] = [
            self.community().0.into(),
            item.id.0.into(),
            item.case.0.into(),
            item.grid.0.into(),
            item.by.0.into(),
            item.whom.0.into(),
            item.department.map(|id| id.0).into(),
            words.into(),
            micros(item.made_at).into(),
            item.answer_by.map(micros).into(),
        ];
        let sql = "INSERT INTO supervision_items (community_id, id, case_id, grid_id, by_id, whom_id, department_id, words, made_at, answer_by) \
                   VALUES (?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps the answer.
    ///
    /// # Errors
    /// `NotFound` if it is not waiting for one.
    pub async fn answer_supervision(
        &self,
        id: SupervisionId,
        by: MemberId,
        words: &str,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 5] = [
            micros(at).into(),
            by.0.into(),
            words.into(),
            self.community().0.into(),
            id.0.into(),
        ];
        let sql = "UPDATE supervision_items SET answered_at = ?, answered_by = ?, answer = ? \
                   WHERE community_id = ? AND id = ? AND answer_by IS NOT NULL AND answered_at IS NULL";
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::NotFound("supervision")),
        }
    }

    /// Notes that time has told of a late answer; false if it was told before or answered meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn supervision_is_late(
        &self,
        id: SupervisionId,
        at: OffsetDateTime,
    ) -> Result<bool, Error> {
        let sql = "UPDATE supervision_items SET overdue_at = ? \
                   WHERE community_id = ? AND id = ? AND answered_at IS NULL AND overdue_at IS NULL";
        let values: [Value; 3] = [micros(at).into(), self.community().0.into(), id.0.into()];
        Ok(self.run(sql, values).await? == 1)
    }

    /// Everything said about a case that was found within a scope, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn supervisions_of(&self, case: CaseId) -> Result<Vec<Worded>, Error> {
        said_of(self, self.community(), case).await
    }

    /// The item of an id, with its case within the scope.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn supervision(
        &self,
        scope: &Scope,
        id: SupervisionId,
    ) -> Result<(Worded, Trail), Error> {
        let worded = find(self, self.community(), id).await?;
        let trail = self.case_within(scope, worded.item.case).await?;
        Ok((worded, trail))
    }
}

impl Reader {
    /// The item of an id, with its case within the scope.
    ///
    /// # Errors
    /// `NotFound` outside the scope.
    pub async fn supervision(
        &self,
        scope: &Scope,
        community: CommunityId,
        id: SupervisionId,
    ) -> Result<(Worded, Trail), Error> {
        let worded = find(self, community, id).await?;
        let trail = self.case_within(scope, community, worded.item.case).await?;
        Ok((worded, trail))
    }

    /// Everything said about a case that was found within a scope, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn supervisions_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Worded>, Error> {
        said_of(self, community, case).await
    }

    /// Questions whose answer these members owe: they were asked, or are responsible for the case by now. The one due first at
    /// the top; at most `limit`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn supervisions_owed(
        &self,
        community: CommunityId,
        members: &[MemberId],
        limit: u16,
    ) -> Result<Vec<Worded>, Error> {
        if members.is_empty() {
            return Ok(Vec::new());
        }
        let marks = vec!["?"; members.len()].join(",");
        let sql = format!(
            "SELECT {COLUMNS} FROM supervision_items WHERE community_id = ? AND answered_at IS NULL AND answer_by IS NOT NULL \
             AND (whom_id IN ({marks}) OR case_id IN \
             (SELECT c.id FROM cases c WHERE c.community_id = ? AND c.closed_at IS NULL AND c.owner_id IN ({marks}))) \
             ORDER BY answer_by, id LIMIT ?"
        );
        let them = || members.iter().map(|one| Value::from(one.0));
        let mut values: Vec<Value> = vec![community.0.into()];
        values.extend(them());
        values.push(community.0.into());
        values.extend(them());
        values.push(i64::from(limit).into());
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(worded).collect()
    }

    /// A page of questions with a date within the scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn supervisions(
        &self,
        scope: &Scope,
        community: CommunityId,
        which: Which,
        after: Option<After>,
        limit: u16,
    ) -> Result<Items, Error> {
        let (condition, mut values) = asked(scope, community, which);
        let (column, beyond, order) = match which {
            Which::Waiting(_) | Which::Late(_) => ("answer_by", ">", "ASC"),
            Which::Answered => ("answered_at", "<", "DESC"),
        };
        let mut sql = format!("SELECT {COLUMNS} FROM supervision_items WHERE {condition}");
        if let Some(after) = after {
            sql.push_str(&format!(
                " AND ({column} {beyond} ? OR ({column} = ? AND id {beyond} ?))"
            ));
            values.extend(after.values());
        }
        sql.push_str(&format!(" ORDER BY {column} {order}, id {order} LIMIT ?"));
        values.push((i64::from(limit) + 1).into());
        let rows = ask::rows(self, &sql, values).await?;
        let mut rows: Vec<Worded> = rows.iter().map(worded).collect::<Result<_, _>>()?;
        let more = rows.len() > usize::from(limit);
        rows.truncate(usize::from(limit));
        let mark = |one: &Worded| {
            let at = match which {
                Which::Waiting(_) | Which::Late(_) => one.item.answer_by,
                Which::Answered => one.item.answered.map(|(at, _)| at),
            };
            Some(After::of(at?, one.item.id.0))
        };
        let next = rows.last().filter(|_| more).and_then(mark);
        Ok(Items { rows, next })
    }

    /// How many there are; no more than a thousand are counted.
    ///
    /// # Errors
    /// What the database says.
    pub async fn supervisions_count(
        &self,
        scope: &Scope,
        community: CommunityId,
        which: Which,
    ) -> Result<i64, Error> {
        let (condition, mut values) = asked(scope, community, which);
        values.push(COUNTED.into());
        let sql = format!(
            "SELECT count(*) AS n FROM (SELECT id FROM supervision_items WHERE {condition} LIMIT ?) AS found"
        );
        let row = ask::row(self, &sql, values).await?;
        let n = row.map(|row| row.try_get("", "n")).transpose()?;
        Ok(n.unwrap_or(0))
    }

    /// Items whose late answer time has not told of yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn untold_supervisions(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Item>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM supervision_items WHERE community_id = ? AND answered_at IS NULL AND answer_by IS NOT NULL \
             AND answer_by < ? AND overdue_at IS NULL ORDER BY answer_by LIMIT ?"
        );
        let values: [Value; 3] = [
            community.0.into(),
            micros(now).into(),
            i64::from(limit).into(),
        ];
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(|row| Ok(worded(row)?.item)).collect()
    }
}

fn asked(scope: &Scope, community: CommunityId, which: Which) -> (String, Vec<Value>) {
    let (mut sql, mut values) = reach(&REACHED, scope, community);
    match which {
        Which::Waiting(now) | Which::Late(now) => {
            let side = if matches!(which, Which::Late(_)) {
                "<"
            } else {
                ">="
            };
            sql.push_str(&format!(
                " AND answered_at IS NULL AND answer_by IS NOT NULL AND answer_by {side} ?"
            ));
            values.push(micros(now).into());
        }
        Which::Answered => sql.push_str(" AND answered_at IS NOT NULL"),
    }
    (sql, values)
}

async fn said_of(
    on: &impl ConnectionTrait,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<Worded>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM supervision_items WHERE community_id = ? AND case_id = ? ORDER BY made_at, id"
    );
    let rows = ask::rows(on, &sql, [community.0.into(), case.0.into()]).await?;
    rows.iter().map(worded).collect()
}

async fn find(
    on: &impl ConnectionTrait,
    community: CommunityId,
    id: SupervisionId,
) -> Result<Worded, Error> {
    let sql = format!("SELECT {COLUMNS} FROM supervision_items WHERE community_id = ? AND id = ?");
    let row = ask::row(on, &sql, [community.0.into(), id.0.into()]).await?;
    worded(&row.ok_or(Error::NotFound("supervision"))?)
}

fn worded(row: &QueryResult) -> Result<Worded, Error> {
    let at = |column: &str| -> Result<Option<OffsetDateTime>, Error> {
        Ok(row.try_get::<Option<i64>>("", column)?.map(instant))
    };
    let id = |column: &str| -> Result<Option<Uuid>, Error> { Ok(row.try_get("", column)?) };
    Ok(Worded {
        item: Item {
            id: SupervisionId(row.try_get("", "id")?),
            case: CaseId(row.try_get("", "case_id")?),
            by: MemberId(row.try_get("", "by_id")?),
            whom: MemberId(row.try_get("", "whom_id")?),
            department: id("department_id")?.map(DepartmentId),
            grid: GridId(row.try_get("", "grid_id")?),
            made_at: instant(row.try_get("", "made_at")?),
            answer_by: at("answer_by")?,
            answered: at("answered_at")?.zip(id("answered_by")?.map(MemberId)),
        },
        words: row.try_get("", "words")?,
        answer: row.try_get("", "answer")?,
    })
}
