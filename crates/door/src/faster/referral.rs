//! With a step of a lead, or with taking it.

use rules::ids::Number;
use rules::referral::{CommandName, Deed};
use work::Asker;
use work::case::Expected;
use work::net::CommunityNet;
use work::referral::{Happened, StepForm};

use super::{Faster, Step, first, is_over, is_written};
use crate::Door;
use crate::error::Failure;

/// Says first that it came too late, where it did, and adds to a failure who was faster, if somebody was and the one who asks may
/// read the trail, and to one for a lead that is over who ended it; `what` says it in the words of the page, where there is one. `name` and `form`
/// are the step that failed.
pub async fn referral(
    door: &Door,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    failure: Failure,
    (name, form): (CommandName, &StepForm),
    what: impl FnOnce(&Deed) -> Option<String>,
) -> Failure {
    let late = work::referral::in_time(&door.house, asker, number, expected);
    let failure = first(failure, late).await;
    let over = is_over(&failure);
    let (seen, taken) = match (&failure, expected) {
        (Failure::Stale { .. }, Expected::Version(seen)) => (seen, false),
        (Failure::Declined { code, .. }, _) if *code == "already-taken" => (0, true),
        _ if over => (0, false),
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
    let again = is_same(&found.net, last, name, form);
    let faster = Faster::of(&found.net, asker, &step(last), what(&last.deed)).again(again);
    if over {
        faster.ended(failure)
    } else {
        faster.instead_of(failure)
    }
}

fn step(happened: &Happened) -> Step<'_> {
    Step {
        actor: happened.actor,
        role: &happened.role,
        deed: happened.deed.name(),
        at: happened.at,
    }
}

/// Whether a step of the trail is the one that was sent, with the same contents.
fn is_same(net: &CommunityNet, done: &Happened, name: CommandName, form: &StepForm) -> bool {
    let named = form.second.as_deref();
    let named = named.and_then(|code| net.member_by_code(code));
    let is_it = match (done.deed, name) {
        (Deed::Taken { second, .. }, CommandName::Take) => {
            named.is_some_and(|named| named.id == second)
        }
        (Deed::Refused { reason }, CommandName::Refuse) => form.reason == Some(reason),
        (Deed::Started { procedure, .. }, CommandName::Start) => form.procedure == Some(procedure),
        (Deed::Ended { result, .. }, CommandName::End) => form.result == Some(result),
        (Deed::Withdrawn, CommandName::Withdraw) => true,
        _ => false,
    };
    is_it && is_written(&done.words, form.words.as_deref())
}

/// Whether two officers took it then.
pub fn is_taking(happened: &Happened) -> bool {
    matches!(happened.deed, Deed::Taken { .. })
}
