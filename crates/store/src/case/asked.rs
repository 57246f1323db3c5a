//! Rows from before what waits for a decision had a column: their facts say it.

use rules::case::StateName;

use super::later;
use super::row::decision_at;
use crate::Error;
use crate::unit::Unit;

/// Fills the column in for every case of every community in which something was asked: one where more time was asked for is
/// accepted, one with an appeal is or was overdue. Cases that could have neither are not looked at.
pub(crate) async fn fill_in(unit: &Unit) -> Result<(), Error> {
    let perhaps_asked = format!(
        "(state = '{}' OR due_at IS NOT NULL AND (closed_at IS NULL OR closed_at > due_at))",
        StateName::Accepted.as_str()
    );
    later::fill_in(unit, &perhaps_asked, &["decision_at"], decision_at).await
}
