//! With a step of a mediation.

use rules::ids::Number;
use rules::mediation::{CommandName, Deed, State};
use work::Asker;
use work::case::Expected;
use work::mediation::{Happened, MediationPage, StepForm};

use super::{Faster, Step, first, is_over, since};
use crate::Door;
use crate::error::Failure;

/// Says first that it came too late, where it did, and adds to a failure who was faster, if somebody was and the one who asks reaches
/// the mediation, and to one for a mediation that is over who ended it; `what` says it in the words of the page, where there is one. `name` and `form` are
/// the step that failed.
pub async fn mediation(
    door: &Door,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    failure: Failure,
    (name, form): (CommandName, &StepForm),
    what: impl FnOnce(&Happened) -> Option<String>,
) -> Failure {
    let late = work::mediation::in_time(&door.house, asker, number, expected);
    let failure = first(failure, late).await;
    let over = is_over(&failure);
    let seen = match (&failure, expected) {
        (Failure::Stale { .. }, Expected::Version(seen)) => seen,
        _ if over => 0,
        _ => return failure,
    };
    let Ok(found) = work::mediation::page(&door.house, asker, number).await else {
        return failure;
    };
    let Some(last) = since(&found.trail, seen, step) else {
        return failure;
    };
    // names of the parties are kept as sides: it would be another text whenever one stands in it
    let words = work::mediation::as_kept(&door.house, asker, &found.mediation, form).await;
    let Ok(words) = words else {
        return failure;
    };
    let again = is_same(&found, last, (name, form), words.as_deref());
    let faster = Faster::of(&found.net, asker, &step(last), what(last)).again(again);
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

/// Whether a step of the trail is the one that was sent, with the same contents; `words` are those sent, as they would be kept.
fn is_same(
    found: &MediationPage,
    done: &Happened,
    (name, form): (CommandName, &StepForm),
    words: Option<&str>,
) -> bool {
    let named = form.to.as_deref();
    let named = named.and_then(|code| found.net.member_by_code(code));
    let is_it = match (done.deed, name) {
        (Deed::Drafted, CommandName::Draft) => {
            return found.agreement.as_deref() == words;
        }
        (Deed::Talked, CommandName::Talk) => done.held_on == form.on,
        (Deed::Agreed { written }, CommandName::Agree) => {
            let on = match found.mediation.state {
                State::Agreed { on, .. } => Some(on),
                _ => None,
            };
            on == form.on && form.written == Some(written)
        }
        (Deed::NotAgreed { instead }, CommandName::Fail) => form.instead == Some(instead),
        (Deed::HandedOver { mediator }, CommandName::HandOver) => {
            named.is_some_and(|named| named.id == mediator)
        }
        (Deed::Followed { kept }, CommandName::Follow) => form.kept == Some(kept),
        (Deed::Extended, CommandName::Extend)
        | (Deed::Withdrawn, CommandName::Withdraw)
        | (Deed::Resumed, CommandName::Resume) => true,
        _ => false,
    };
    is_it && done.words.iter().map(String::as_str).eq(words)
}
