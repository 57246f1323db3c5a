//! Columns that came later than their rows: the facts of each case say what belongs in them.

use sea_orm::Value;
use uuid::Uuid;

use crate::unit::Unit;
use crate::{Error, ask};

/// Rows read at once.
const PAGE: i64 = 1_000;

/// Fills columns in for the cases of every community that meet a condition, with what `read` finds in their facts; where it finds
/// nothing they stay empty.
pub(super) async fn fill_in(
    unit: &Unit,
    condition: &str,
    columns: &[&str],
    read: fn(&[u8]) -> Option<i64>,
) -> Result<(), Error> {
    let sql = format!(
        "SELECT community_id, id, facts FROM cases WHERE (community_id, id) > (?, ?) \
         AND {condition} ORDER BY community_id, id LIMIT ?"
    );
    let set: Vec<String> = columns.iter().map(|name| format!("{name} = ?")).collect();
    let set = set.join(", ");
    let set = format!("UPDATE cases SET {set} WHERE community_id = ? AND id = ?");
    let mut after = (i64::MIN, Uuid::nil());
    loop {
        let (community, id) = after;
        let values: [Value; 3] = [community.into(), id.into(), PAGE.into()];
        let rows = ask::rows(unit, &sql, values).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = (last.try_get("", "community_id")?, last.try_get("", "id")?);
        for row in &rows {
            let facts: Vec<u8> = row.try_get("", "facts")?;
            let Some(at) = read(&facts) else {
                continue;
            };
            let mut values: Vec<Value> = columns.iter().map(|_| at.into()).collect();
            values.push(row.try_get::<i64>("", "community_id")?.into());
            values.push(row.try_get::<Uuid>("", "id")?.into());
            unit.run(&set, values).await?;
        }
    }
}
