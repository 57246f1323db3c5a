//! With a step of a mediation.

use rules::ids::Number;
use work::Asker;
use work::case::Expected;
use work::mediation::Happened;

use super::{Faster, Step, since};
use crate::Door;
use crate::error::Failure;

/// Adds to a failure who was faster, if somebody was and the one who asks reaches the mediation; `what` says it
/// in the words of the page, where there is one.
pub async fn mediation(
    door: &Door,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    failure: Failure,
    what: impl FnOnce(&Happened) -> Option<String>,
) -> Failure {
    let (Failure::Stale { .. }, Expected::Version(seen)) = (&failure, expected) else {
        return failure;
    };
    let Ok(found) = work::mediation::page(&door.house, asker, number).await else {
        return failure;
    };
    let Some(last) = since(&found.trail, seen, step) else {
        return failure;
    };
    Faster::of(&found.net, asker, &step(last), what(last)).instead_of(failure)
}

fn step(happened: &Happened) -> Step<'_> {
    Step {
        actor: happened.actor,
        role: &happened.role,
        deed: happened.deed.name(),
        at: happened.at,
    }
}
