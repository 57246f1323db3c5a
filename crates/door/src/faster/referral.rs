//! With a step of a lead, or with taking it.

use rules::ids::Number;
use rules::referral::Deed;
use work::Asker;
use work::case::Expected;
use work::referral::Happened;

use super::{Faster, Step};
use crate::Door;
use crate::error::Failure;

/// Adds to a failure who was faster, if somebody was and the one who asks may read the trail; `what` says it
/// in the words of the page, where there is one.
pub async fn referral(
    door: &Door,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    failure: Failure,
    what: impl FnOnce(&Deed) -> Option<String>,
) -> Failure {
    let (seen, taken) = match (&failure, expected) {
        (Failure::Stale { .. }, Expected::Version(seen)) => (seen, false),
        (Failure::Declined { code, .. }, _) if *code == "already-taken" => (0, true),
        _ => return failure,
    };
    let Ok(found) = work::referral::page(&door.house, asker, number).await else {
        return failure;
    };
    let mut later = found.trail.iter().skip(usize::try_from(seen).unwrap_or(0));
    let is_it = |happened: &&Happened| {
        let fits = !taken || is_taking(happened);
        fits && step(happened).is_by_a_person()
    };
    let Some(last) = later.rfind(is_it) else {
        return failure;
    };
    let what = what(&last.deed);
    Faster::of(&found.net, asker, &step(last), what).instead_of(failure)
}

fn step(happened: &Happened) -> Step<'_> {
    Step {
        actor: happened.actor,
        role: &happened.role,
        deed: happened.deed.name(),
        at: happened.at,
    }
}

/// Whether two officers took it then.
pub fn is_taking(happened: &Happened) -> bool {
    matches!(happened.deed, Deed::Taken { .. })
}
