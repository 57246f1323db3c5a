//! With a row of a sheet.

use uuid::Uuid;
use work::Asker;
use work::sheet::last_on_row;

use super::{Faster, Step};
use crate::Door;
use crate::error::Failure;
use crate::locale::Text;

/// What came of a step with a row; one that was too late says who was faster.
///
/// # Errors
/// The failure of the step, with who was faster where somebody was.
pub async fn done<T>(
    door: &Door,
    who: (&Asker, Text),
    (sheet, n): (Uuid, i64),
    done: Result<T, work::Error>,
) -> Result<T, Failure> {
    let failure = match done.map_err(Failure::from) {
        Ok(done) => return Ok(done),
        Err(failure) => failure,
    };
    if !matches!(failure, Failure::Stale { .. }) {
        return Err(failure);
    }
    Err(match last(door, who, (sheet, n)).await {
        Some(faster) => faster.instead_of(failure),
        None => failure,
    })
}

/// Who changed or sent a row last, if the asker may read it and somebody is named with it.
pub async fn last(
    door: &Door,
    (asker, t): (&Asker, Text),
    (sheet, n): (Uuid, i64),
) -> Option<Faster> {
    let last = last_on_row(&door.house, asker, sheet, n).await.ok()?;
    let net = door.house.net();
    let net = net.community_by_id(asker.community()?)?;
    let (deed, key) = if last.sent {
        ("sent", "sheet-row-was-sent")
    } else {
        ("changed", "sheet-row-was-changed")
    };
    let step = Step {
        actor: Some(last.by?),
        role: "",
        deed,
        at: last.at,
    };
    Some(Faster::of(net, asker, &step, Some(t.text(key))))
}
