//! What was told turns out to be a complaint about somebody who works here. The case ends, and says no more of it than
//! that it is looked into elsewhere; the complaint is `rules::complaint`, and both are saved in one unit.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Decision, Deed, RedirectReason, Refusal, State, Terms, gate};
use crate::access::{Action, Actor};

/// Ends a case, however far it came, because what was told is a complaint. Nobody opens it again: the complaint has its own
/// end. The reason it gives is the privacy of others, so that it does not say what it became.
///
/// # Errors
/// `NotAllowed` for who may not, `WrongState` once it is over, `WhistleOpen` and `ItemsOpen` while others still wait for
/// something in it.
pub fn withhold(
    case: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let ours = matches!(who, Actor::Member { community, .. } if *community == case.community);
    if !ours || !gate::has(who, Action::TurnIntoComplaint) {
        return Err(Refusal::NotAllowed);
    }
    withholdable(case, who, terms, now)?;
    let reason = RedirectReason::SecretsOrPrivacy;
    let mut turn = Turn::new(case, who, terms, now);
    turn.end(State::Redirected {
        reason,
        reopen_until: now,
    });
    turn.contact();
    turn.decide(Deed::Redirected { reason })
}

fn withholdable(
    case: &Case,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let agreed = case.coordination.as_ref();
    if !case.state.kind().is_open() {
        return Err(Refusal::WrongState {
            is: case.state.kind(),
            may: gate::commands_at(case, who, terms.settings, now),
        });
    }
    if case.state.whistle().is_some() {
        return Err(Refusal::WhistleOpen);
    }
    if agreed.is_some_and(|agreed| !agreed.open.is_empty()) {
        return Err(Refusal::ItemsOpen);
    }
    Ok(())
}
