//! Departments called by a whistle that its case lost in the middle of it, from before that was refused: the facts of accepted work say
//! which whistle is open.

use rules::case::StateName;
use sea_orm::Value;
use uuid::Uuid;

use super::row::whistle_in;
use crate::unit::Unit;
use crate::{Error, ask};

/// When the community last did anything; by when they had to come, where nobody ever did.
const ENDED: &str = "coalesce((SELECT j.at FROM journal j WHERE j.community_id = whistle_parts.community_id \
                     ORDER BY j.seq DESC LIMIT 1), report_by)";

/// Ends what is open of whistles that accepted work has no more, in every community.
pub(crate) async fn end_lost(unit: &Unit) -> Result<(), Error> {
    let open = format!(
        "SELECT w.community_id, w.whistle_id, c.facts FROM whistle_parts w JOIN cases c \
         ON c.community_id = w.community_id AND c.id = w.case_id WHERE w.ended_at IS NULL AND c.state = '{}'",
        StateName::Accepted.as_str()
    );
    let end = format!(
        "UPDATE whistle_parts SET ended_at = {ENDED} WHERE community_id = ? AND whistle_id = ? AND ended_at IS NULL"
    );
    for row in ask::rows(unit, &open, []).await? {
        let facts: Vec<u8> = row.try_get("", "facts")?;
        let whistle: Uuid = row.try_get("", "whistle_id")?;
        // what does not read is left as it is
        let Some(open) = whistle_in(&facts) else {
            continue;
        };
        if open.is_none_or(|open| open.0 != whistle) {
            let community: i64 = row.try_get("", "community_id")?;
            let values: [Value; 2] = [community.into(), whistle.into()];
            unit.run(&end, values).await?;
        }
    }
    Ok(())
}
