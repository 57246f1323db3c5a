//! From when on an open case is overdue, by when somebody has to decide about it, and who was told that nobody did: first those who
//! decide, then those who lead, each once for each such moment. Rows from before that had a column say it in their facts.

use rules::case::{Case, StateName};
use rules::ids::{CaseId, CommunityId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;

use super::later;
use super::row::{COLUMNS, Model, decided_by, stopped_at, to_case};
use crate::conn::{Lines, Reader};
use crate::unit::Unit;
use crate::{Error, ask, dialect, instant, micros};

/// Of which those who decide were not told yet: whoever was, was told after the moment itself.
const UNTOLD: &str = "(undecided_told_at IS NULL OR undecided_told_at < decide_by_at)";
/// Of which those who decide were told, and those who lead were not.
const UNTOLD_UP: &str = "undecided_told_at >= decide_by_at \
                         AND (undecided_told_up_at IS NULL OR undecided_told_up_at < decide_by_at)";

/// About which nobody has decided in time.
#[derive(Debug, Clone)]
pub struct Undecided {
    /// The case.
    pub case: Case,
    /// When those who decide were last told of it, now or in an earlier round.
    pub told_at: Option<OffsetDateTime>,
}

impl Reader {
    /// Cases about which somebody should have decided before this moment: those of which nobody was told yet, the longest first, or
    /// with `again` those of which only they were told who decide and before this moment, the longest known first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn undecided_untold(
        &self,
        community: CommunityId,
        (before, again): (OffsetDateTime, bool),
        limit: u16,
    ) -> Result<Vec<Undecided>, Error> {
        let (untold, order) = match again {
            true => (UNTOLD_UP, "undecided_told_at"),
            false => (UNTOLD, "decide_by_at"),
        };
        let sql = format!(
            "SELECT {}, undecided_told_at FROM cases WHERE community_id = ? AND NOT withheld \
             AND decide_by_at IS NOT NULL AND decide_by_at < ? AND {untold} AND {order} < ? ORDER BY {order}, id LIMIT ?",
            *COLUMNS
        );
        let values: [Value; 4] = [
            community.0.into(),
            micros(before).into(),
            micros(before).into(),
            i64::from(limit).into(),
        ];
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        let rows = self.lines(statement, |line| {
            let mut cells = line.cells(0);
            let row = Model::read(&mut cells)?;
            let told_at: Option<i64> = cells.next()?;
            Ok((row, told_at))
        });
        let code = self.codes().of(self, community).await?;
        let rows = rows.await?;
        rows.iter()
            .map(|(row, told_at)| {
                let case = to_case(row, &code)?;
                let told_at = told_at.map(instant);
                Ok(Undecided { case, told_at })
            })
            .collect()
    }
}

impl Unit {
    /// Marks that it is told at `now`, or told again; false where it was before, or where somebody has decided meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn undecided_is_told(
        &self,
        case: CaseId,
        (by, again): (OffsetDateTime, bool),
        now: OffsetDateTime,
    ) -> Result<bool, Error> {
        let (column, untold) = match again {
            true => ("undecided_told_up_at", UNTOLD_UP),
            false => ("undecided_told_at", UNTOLD),
        };
        let sql = format!(
            "UPDATE cases SET {column} = ? WHERE community_id = ? AND id = ? AND NOT withheld AND decide_by_at = ? AND {untold}"
        );
        let values: [Value; 4] = [
            micros(now).into(),
            self.community().0.into(),
            case.0.into(),
            micros(by).into(),
        ];
        Ok(self.run(&sql, values).await? == 1)
    }

    /// Whether anybody was told, now or in an earlier round, that nobody decided about a case in time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn was_told_undecided(&self, case: CaseId) -> Result<bool, Error> {
        let sql = "SELECT id FROM cases WHERE community_id = ? AND id = ? AND undecided_told_at IS NOT NULL";
        let values: [Value; 2] = [self.community().0.into(), case.0.into()];
        Ok(!ask::rows(self, sql, values).await?.is_empty())
    }
}

/// Fills the columns in for the open cases of every community. Whatever should have been decided before the community last did
/// anything was not told before, and is not told now.
pub(crate) async fn fill_in(unit: &Unit) -> Result<(), Error> {
    let (undecided, decided) = (states(true), states(false));
    let suspended = format!("state = '{}'", StateName::Suspended.as_str());
    later::fill_in(unit, &undecided, &["late_at", "decide_by_at"], decided_by).await?;
    later::fill_in(unit, &suspended, &["late_at"], stopped_at).await?;
    for sql in [
        format!("UPDATE cases SET late_at = due_at WHERE {decided}"),
        format!(
            "UPDATE cases SET late_at = due_at WHERE {undecided} AND (late_at IS NULL OR due_at < late_at)"
        ),
        format!(
            "UPDATE cases SET late_at = CASE WHEN late_at > due_at THEN due_at END WHERE {suspended}"
        ),
        format!(
            "UPDATE cases SET undecided_told_at = {LAST}, undecided_told_up_at = {LAST} WHERE decide_by_at IS NOT NULL"
        ),
    ] {
        unit.run(&sql, []).await?;
    }
    Ok(())
}

/// When the community of a case last did anything.
const LAST: &str = "coalesce((SELECT j.at FROM journal j WHERE j.community_id = cases.community_id ORDER BY j.seq DESC LIMIT 1), \
                    decide_by_at)";

/// The open states whose clock runs: those in which somebody still has to decide what becomes of a case, or the others.
fn states(undecided: bool) -> String {
    let names = StateName::ALL.iter().filter(|state| {
        let runs = state.is_open() && **state != StateName::Suspended;
        runs && state.waits_for_decision() == undecided
    });
    let names: Vec<String> = names.map(|state| format!("'{}'", state.as_str())).collect();
    format!("state IN ({})", names.join(", "))
}
