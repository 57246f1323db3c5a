//! Rows from before what waits for a decision had a column: their facts say it.

use rules::case::StateName;
use sea_orm::Value;
use uuid::Uuid;

use super::row::decision_at;
use crate::unit::Unit;
use crate::{Error, ask};

/// Rows read at once.
const PAGE: i64 = 1_000;

/// Fills the column in for every case of every community in which something was asked: one where more time was asked for is
/// accepted, one with an appeal is or was overdue. Cases that could have neither are not looked at.
pub(crate) async fn fill_in(unit: &Unit) -> Result<(), Error> {
    let sql = format!(
        "SELECT community_id, id, facts FROM cases WHERE (community_id > ? OR (community_id = ? AND id > ?)) \
         AND (state = '{}' OR due_at IS NOT NULL AND (closed_at IS NULL OR closed_at > due_at)) \
         ORDER BY community_id, id LIMIT ?",
        StateName::Accepted.as_str()
    );
    let mut after = (i64::MIN, Uuid::nil());
    loop {
        let (community, id) = after;
        let values: [Value; 4] = [community.into(), community.into(), id.into(), PAGE.into()];
        let rows = ask::rows(unit, &sql, values).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = (last.try_get("", "community_id")?, last.try_get("", "id")?);
        for row in &rows {
            let facts: Vec<u8> = row.try_get("", "facts")?;
            let Some(at) = decision_at(&facts) else {
                continue;
            };
            let (community, id): (i64, Uuid) =
                (row.try_get("", "community_id")?, row.try_get("", "id")?);
            let sql = "UPDATE cases SET decision_at = ? WHERE community_id = ? AND id = ?";
            unit.run(sql, [at.into(), community.into(), id.into()])
                .await?;
        }
    }
}
