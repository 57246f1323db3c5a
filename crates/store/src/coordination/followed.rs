//! 协调 is followed: what was agreed and is not done in time is told once, and what a body outside the net is to do is seen to by
//! somebody of it.

use rules::case::StateName;
use rules::ids::{CommunityId, ItemId, MemberId};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Item, item};
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// Something agreed upon that is open, with those who see to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// What was agreed.
    pub item: Item,
    /// Who called the parties together.
    pub called_by: MemberId,
    /// Who is responsible for the case now.
    pub owner: Option<MemberId>,
}

/// Open things of cases that run: what was agreed for a case that is over is nobody's to do any more.
const OPEN: &str = "SELECT i.id, i.coordination_id, i.case_id, i.what, i.member_id, i.department_id, i.outside, i.due_at, i.settled_at, \
                    i.done, c.called_by, cases.owner_id FROM coordination_items i \
                    JOIN coordinations c ON c.community_id = i.community_id AND c.id = i.coordination_id \
                    JOIN cases ON cases.community_id = i.community_id AND cases.id = i.case_id \
                    WHERE i.community_id = ? AND i.settled_at IS NULL AND NOT cases.withheld";

impl Reader {
    /// What was agreed and not done by its day, of which nobody was told yet; the longest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn untold_items(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Followed>, Error> {
        let sql = format!(
            "{OPEN} AND cases.state IN ({}) AND i.late_told_at IS NULL AND i.due_at < ? ORDER BY i.due_at, i.id LIMIT ?",
            running()
        );
        let values: [Value; 3] = [
            community.0.into(),
            micros(now).into(),
            i64::from(limit).into(),
        ];
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(followed).collect()
    }

    /// What bodies outside the net have still to do of what was agreed where one of these members called the parties, or is
    /// responsible for the case; the nearest first, at most `limit`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outside_items(
        &self,
        community: CommunityId,
        members: &[MemberId],
        limit: u16,
    ) -> Result<Vec<Followed>, Error> {
        if members.is_empty() {
            return Ok(Vec::new());
        }
        let marks = vec!["?"; members.len()].join(",");
        let sql = format!(
            "{OPEN} AND cases.state IN ({}) AND i.outside IS NOT NULL AND (c.called_by IN ({marks}) OR cases.owner_id IN ({marks})) \
             ORDER BY i.due_at, i.id LIMIT ?",
            running()
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        for _ in 0..2 {
            values.extend(members.iter().map(|one| Value::from(one.0)));
        }
        values.push(i64::from(limit).into());
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(followed).collect()
    }
}

impl Unit {
    /// Marks that it was told that the time for this went by; false where it was before, or where it is settled.
    ///
    /// # Errors
    /// What the database says.
    pub async fn item_is_told(&self, item: ItemId, now: OffsetDateTime) -> Result<bool, Error> {
        let sql = "UPDATE coordination_items SET late_told_at = ? WHERE community_id = ? AND id = ? AND settled_at IS NULL \
                   AND late_told_at IS NULL";
        let values: [Value; 3] = [micros(now).into(), self.community().0.into(), item.0.into()];
        Ok(self.run(sql, values).await? == 1)
    }
}

/// The states of cases that are not over.
pub(crate) fn running() -> String {
    let open = StateName::ALL.iter().filter(|state| state.is_open());
    let names: Vec<String> = open.map(|state| format!("'{}'", state.as_str())).collect();
    names.join(", ")
}

fn followed(row: &QueryResult) -> Result<Followed, Error> {
    let owner: Option<Uuid> = row.try_get("", "owner_id")?;
    Ok(Followed {
        item: item(row)?,
        called_by: MemberId(row.try_get("", "called_by")?),
        owner: owner.map(MemberId),
    })
}
