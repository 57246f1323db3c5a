//! Who answers: a leader adopts a hard case 包案 and answers for its end; the task goes up to a level that can do more, or down
//! to one that is enough. The owner stays the one responsible person: adopting never moves the work.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::dispatching::passed_round;
use super::gate::leads;
use super::turn::Turn;
use super::{Addressee, Decision, Deed, Refusal};
use crate::ids::MemberId;

/// That a leader answers for the end of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Adoption {
    /// Who.
    pub by: MemberId,
    /// Since when.
    #[serde(with = "super::millis")]
    pub at: OffsetDateTime,
}

pub(super) fn adopt(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    turn.case.adoption = Some(Adoption { by, at: turn.now });
    turn.decide(Deed::Adopted)
}

pub(super) fn release(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    turn.case.adoption = None;
    turn.decide(Deed::Released)
}

/// 上提: what this level cannot do goes to a higher one. It is no transfer between equals, but what a leader has decided stays.
pub(super) fn raise(mut turn: Turn<'_>, to: Option<Addressee>) -> Result<Decision, Refusal> {
    if turn.case.decided && !leads(turn.who) {
        return Err(passed_round(&turn));
    }
    let nobody = match to {
        Some(_) => Refusal::UnknownTarget,
        None => Refusal::NobodyAbove,
    };
    let Some(to) = to.or(turn.terms.above) else {
        return Err(nobody);
    };
    let higher = Some(turn.terms.ladder.tier(to.post)) > turn.case.tier;
    if !higher || is_aside(&turn, to) {
        return Err(nobody);
    }
    turn.case.counts.raises = turn.case.counts.raises.saturating_add(1);
    turn.give(to);
    let (addressee, _) = turn.there(to);
    turn.decide(Deed::Raised { addressee })
}

/// Whether somebody has it already, or works where the case does not lie: up and down go along the way of its grid.
fn is_aside(turn: &Turn<'_>, to: Addressee) -> bool {
    let (case, ladder) = (&turn.case, turn.terms.ladder);
    case.owner == Some(to.member) || !ladder.is_on_the_way(to.post, case.grid)
}

/// 下沉: what a lower level can do goes there. Counts as a transfer; past the last one it is a leader's decision.
pub(super) fn lower(mut turn: Turn<'_>, to: Addressee) -> Result<Decision, Refusal> {
    let lower = Some(turn.terms.ladder.tier(to.post)) < turn.case.tier;
    if !lower || is_aside(&turn, to) {
        return Err(Refusal::UnknownTarget);
    }
    let max = turn.terms.settings.max_transfers;
    if turn.case.counts.transfers < max {
        turn.case.counts.transfers += 1;
    } else if leads(turn.who) {
        turn.case.decided = true;
    } else {
        return Err(passed_round(&turn));
    }
    turn.case.counts.lowerings = turn.case.counts.lowerings.saturating_add(1);
    turn.give(to);
    let (addressee, _) = turn.there(to);
    turn.decide(Deed::Lowered { addressee })
}
