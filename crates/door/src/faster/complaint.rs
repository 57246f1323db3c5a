//! With a step of a complaint.

use rules::complaint::{Deed, StepName};
use rules::ids::Number;
use work::Asker;
use work::case::Expected;
use work::complaint::Happened;

use super::{Faster, Step, first, since};
use crate::Door;
use crate::error::Failure;
use crate::locale::Text;

/// Says first that it came too late, where it did, and adds to a failure who was faster, if somebody was and the one who asks sees
/// the complaint.
pub async fn complaint(
    door: &Door,
    (asker, t): (&Asker, Option<Text>),
    number: &Number,
    expected: Expected,
    failure: Failure,
    name: StepName,
) -> Failure {
    let late = work::complaint::in_time(&door.house, asker, number, expected);
    let failure = first(failure, late).await;
    let (Failure::Stale { .. }, Expected::Version(seen)) = (&failure, expected) else {
        return failure;
    };
    let Ok(found) = work::complaint::page(&door.house, asker, number).await else {
        return failure;
    };
    let Some(last) = since(&found.trail, seen, step) else {
        return failure;
    };
    let what = t.map(|t| t.text(format!("complaint-deed-{}", last.deed.name())));
    // what carries words is told to be done again only by whoever compares them
    let again = matches!(
        (&last.deed, name),
        (Deed::Taken, StepName::Take) | (Deed::Closed, StepName::Close)
    );
    Faster::of(&found.net, asker, &step(last), what)
        .again(again)
        .instead_of(failure)
}

fn step(happened: &Happened) -> Step<'_> {
    Step {
        actor: happened.actor,
        role: &happened.role,
        deed: happened.deed.name(),
        at: happened.at,
    }
}
