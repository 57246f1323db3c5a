//! A lead of this case goes to enforcement officers, and their answer comes back. The case itself goes its own way: its
//! clock runs on, and nothing here moves its state. The referral's own life is `rules::referral`.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Decision, Deed, Refusal, Terms, gate};
use crate::access::{Action, Actor};
use crate::ids::{MemberId, ReferralId};
use crate::referral::Answer;

/// Notes on an open case that a lead was referred. Saved in one unit with the referral.
///
/// # Errors
/// `NotAllowed` for who may not refer, `WrongState` once the case is over.
pub fn refer(
    case: &Case,
    referral: ReferralId,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    if !of_the_house(case, who) || !gate::has(who, Action::Refer) {
        return Err(Refusal::NotAllowed);
    }
    if !case.state.kind().is_open() {
        return Err(Refusal::WrongState {
            is: case.state.kind(),
            may: gate::commands_at(case, who, terms.settings, now),
        });
    }
    Turn::new(case, who, terms, now).decide(Deed::Referred { referral })
}

/// Notes on a case, however it stands meanwhile, what became of its lead, and for whom whoever answered stood in. That the
/// officer may answer is decided by the referral; both are saved in one unit.
pub fn referral_answered(
    case: &Case,
    referral: ReferralId,
    (answer, stands_for): (Answer, Option<MemberId>),
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Decision {
    let deed = Deed::ReferralAnswered { referral, answer };
    let mut decision = Turn::new(case, who, terms, now).finish(deed);
    for event in &mut decision.events {
        event.stands_for = stands_for;
    }
    decision
}

fn of_the_house(case: &Case, who: &Actor) -> bool {
    matches!(who, Actor::Member { community, .. } if *community == case.community)
}
