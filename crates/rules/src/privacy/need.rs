//! Who needs a reporter's contact: whoever has work of their own on the case at this moment. A role alone is no reason,
//! and neither is seeing the case; a supervisor sees the whole trail and no contact.

use crate::access::{Action, Actor, may};
use crate::case::{Case, CommandName, StateName, commands};

/// Whether this actor may ask for the contact of the reporters of a case now. Their role must be one that works with
/// contacts ([`Action::ReadContact`]), or they were asked to visit the reporter; and the next step must be theirs to take:
///
/// | state | who |
/// | --- | --- |
/// | reported | whoever decides about it (desk, leads), and the one responsible since it came in |
/// | verifying | whoever was asked to look, the leads who may look instead, the one responsible |
/// | filed | whoever dispatches, the one responsible |
/// | dispatched | whom it was dispatched to, the one responsible |
/// | accepted, suspended | the owner |
/// | handled | whoever checks, but nobody who handled it |
/// | checked | who visits the reporter, where a visit is due; whoever closes, but nobody who handled it |
/// | over | nobody |
///
/// A deputy counts as whom they stand in for. Being within reach of the case is asked elsewhere.
pub fn needs_contact(case: &Case, who: &Actor) -> bool {
    let asked = case.errand().and_then(|errand| errand.asked);
    let works = who
        .role()
        .is_some_and(|role| may(role, Action::ReadContact))
        || asked.is_some_and(|asked| who.is(asked));
    let responsible = is_under_way(case.state.kind()) && case.owner.is_some_and(|own| who.is(own));
    works
        && (responsible
            || commands(case, who)
                .into_iter()
                .any(|next| is_work(case, next)))
}

/// Until a result is handed in, the one responsible still works on it.
const fn is_under_way(state: StateName) -> bool {
    matches!(
        state,
        StateName::Reported
            | StateName::Verifying
            | StateName::Filed
            | StateName::Dispatched
            | StateName::Accepted
            | StateName::Suspended
    )
}

/// Whether giving this command is the work that the state waits for, rather than leading from beside it.
const fn is_work(case: &Case, next: CommandName) -> bool {
    match next {
        CommandName::Verify
        | CommandName::Verified
        | CommandName::Dispatch
        | CommandName::Accept
        | CommandName::Handle
        | CommandName::Check
        | CommandName::Close => true,
        // later it only puts the file under another category
        CommandName::File => matches!(case.state.kind(), StateName::Reported),
        CommandName::Visit => case.errand().is_some(),
        _ => false,
    }
}
