//! 分级处置: cases that a level has had for longer than its limit. Told once for each limit; rows from before that had a column say
//! it in their facts.

use rules::case::{Case, StateName};
use rules::ids::{CaseId, CommunityId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;

use super::later;
use super::row::{COLUMNS, Model, tier_due_at, to_case};
use crate::conn::{Lines, Reader};
use crate::unit::Unit;
use crate::{Error, dialect, instant, micros};

/// Of whom nobody was told yet.
const UNTOLD: &str = "(tier_told_at IS NULL OR tier_told_at <> tier_due_at)";

impl Reader {
    /// Cases whose level has had them for longer than its limit and of which nobody was told, the longest first; each with the end of
    /// that limit as its row has it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn untold_tiers(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<(Case, OffsetDateTime)>, Error> {
        let sql = format!(
            "SELECT {} FROM cases WHERE community_id = ? AND tier_due_at IS NOT NULL AND tier_due_at < ? AND {UNTOLD} \
             ORDER BY tier_due_at, id LIMIT ?",
            *COLUMNS
        );
        let values: [Value; 3] = [
            community.0.into(),
            micros(now).into(),
            i64::from(limit).into(),
        ];
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        let rows = self.lines(statement, |line| Ok(Model::read(&mut line.cells(0))?));
        let code = self.codes().of(self, community).await?;
        let rows = rows.await?;
        let due = rows.iter().filter_map(|row| Some((row, row.tier_due_at?)));
        due.map(|(row, due)| Ok((to_case(row, &code)?, instant(due))))
            .collect()
    }
}

impl Unit {
    /// Marks that the end of this limit was told; false where it was before, or where the case has moved on.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tier_is_told(&self, case: CaseId, due: OffsetDateTime) -> Result<bool, Error> {
        let sql = format!(
            "UPDATE cases SET tier_told_at = tier_due_at WHERE community_id = ? AND id = ? AND tier_due_at = ? AND {UNTOLD}"
        );
        let values: [Value; 3] = [self.community().0.into(), case.0.into(), micros(due).into()];
        Ok(self.run(&sql, values).await? == 1)
    }
}

/// Fills the columns in for every case of every community that a level has; whoever had it for too long was not told before, and is
/// not told now.
pub(crate) async fn fill_in(unit: &Unit) -> Result<(), Error> {
    let of_a_level = format!(
        "state IN ('{}', '{}')",
        StateName::Dispatched.as_str(),
        StateName::Accepted.as_str()
    );
    later::fill_in(
        unit,
        &of_a_level,
        &["tier_due_at", "tier_told_at"],
        tier_due_at,
    )
    .await
}
