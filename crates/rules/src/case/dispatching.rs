//! Dispatching 派遣: a task is given, taken, given back, handed on or lifted one level up. The deadline of
//! the case never moves here, and nothing already done is erased.

use time::OffsetDateTime;

use super::gate::{decides_where_it_goes, goes_up, leads, moves_no_more};
use super::turn::Turn;
use super::{Addressee, Cause, Decision, Deed, Refusal, State, Tier, Words};
use crate::access::Actor;

pub(super) fn dispatch(mut turn: Turn<'_>, to: Addressee) -> Result<Decision, Refusal> {
    // whom a leader was called for and chose, keeps it
    turn.case.decided |= turn.case.leader_called.is_some();
    turn.case.times.dispatched_at = Some(turn.now);
    turn.give(to);
    let (addressee, absent) = turn.there(to);
    turn.decide(Deed::Dispatched { addressee, absent })
}

/// Whoever takes it has it from then on, but for a deputy: what was given to somebody who is away stays theirs.
pub(super) fn accept(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    turn.case.owner = Some(match &turn.case.state {
        State::Dispatched { to, .. } if turn.who.is(to.member) => to.member,
        _ => by,
    });
    turn.case.state = State::at_work();
    turn.case.times.accepted_at = Some(turn.now);
    turn.case.times.answer_by = None;
    turn.decide(Deed::Accepted)
}

/// 退单: back to its first receiver 首接负责, or to the leader who adopted it; after too many transfers straight on to the
/// next level.
pub(super) fn give_back(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    in_time_to_return(&turn)?;
    if decides_where_it_goes(&turn.case, turn.who, turn.terms.settings) {
        return Err(passed_round(&turn));
    }
    let above = next_hand(&turn)?;
    turn.case.counts.returns = turn.case.counts.returns.saturating_add(1);
    turn.case.owner = turn.case.comes_back_to().or(turn.case.owner);
    turn.case.state = State::Filed;
    turn.case.tier = None;
    turn.case.times.tier_due = None;
    turn.case.times.accepted_at = None;
    turn.answer_within(turn.terms.settings.dispatch_within);
    match above {
        Some(above) => {
            turn.note(Deed::Returned);
            lift(turn, above, Cause::Transfers)
        }
        None => {
            count_transfer(&mut turn);
            turn.decide(Deed::Returned)
        }
    }
}

fn in_time_to_return(turn: &Turn<'_>) -> Result<(), Refusal> {
    let since = match turn.case.state {
        State::Dispatched { since, .. } => since,
        _ => turn.case.times.accepted_at.unwrap_or(turn.now),
    };
    let until = turn
        .terms
        .calendar
        .due(turn.terms.settings.return_within, since)
        .at;
    if turn.now > until {
        Err(Refusal::TooLate { until })
    } else {
        Ok(())
    }
}

pub(super) fn hand_over(mut turn: Turn<'_>, to: Addressee) -> Result<Decision, Refusal> {
    if turn.case.owner == Some(to.member) {
        return Err(Refusal::AlreadyTheirs);
    }
    match next_hand(&turn)? {
        Some(above) => lift(turn, above, Cause::Transfers),
        None if leaves_the_grid(&turn, to) => Err(Refusal::UnknownTarget),
        None => {
            count_transfer(&mut turn);
            turn.case.owner = Some(to.member);
            turn.comes_to_level_of(to.post);
            turn.decide(Deed::HandedOver)
        }
    }
}

/// What leaves the community for a department or an officer goes up, with a reason, unless whoever leads moves it.
fn leaves_the_grid(turn: &Turn<'_>, to: Addressee) -> bool {
    let outside = turn.terms.ladder.tier(to.post) == Tier::Subdistrict;
    outside && turn.case.tier != Some(Tier::Subdistrict) && !leads(turn.who)
}

/// Past the last transfer it is a leader who moves it, and that is a decision.
fn count_transfer(turn: &mut Turn<'_>) {
    if turn.case.counts.transfers < turn.terms.settings.max_transfers {
        turn.case.counts.transfers += 1;
    } else {
        turn.case.decided = true;
    }
}

/// Whether one more transfer is allowed (`None`), or who has to take the case instead. At the top it
/// stays where it is: somebody has to solve it. What a leader has decided only a leader moves again.
fn next_hand(turn: &Turn<'_>) -> Result<Option<Addressee>, Refusal> {
    let settings = turn.terms.settings;
    if moves_no_more(&turn.case, turn.who, settings) {
        return Err(passed_round(turn));
    }
    if !goes_up(&turn.case, turn.who, settings) {
        return Ok(None);
    }
    match turn.terms.above {
        Some(above) if turn.case.owner != Some(above.member) => Ok(Some(above)),
        _ => Err(passed_round(turn)),
    }
}

/// It went round as often as is allowed.
pub(super) const fn passed_round(turn: &Turn<'_>) -> Refusal {
    Refusal::PassedRound {
        max: turn.terms.settings.max_transfers,
    }
}

pub(super) fn escalate(turn: Turn<'_>, reason: Option<&Words>) -> Result<Decision, Refusal> {
    let cause = cause_to_escalate(&turn, reason)?;
    match (turn.terms.above, &turn.case.state) {
        (Some(deputy), State::Dispatched { to, .. })
            if deputy.post == to.post && deputy.member != to.member =>
        {
            Ok(pass_to_deputy(turn, deputy))
        }
        (Some(above), State::Dispatched { to, .. }) if above.member != to.member => {
            lift(turn, above, cause)
        }
        _ => Err(Refusal::NobodyAbove),
    }
}

/// The first rung of 呼叫响应: the same seat, another hand. No level was gone up, so none is counted, and the level that has it stays
/// with its limit.
fn pass_to_deputy(mut turn: Turn<'_>, deputy: Addressee) -> Decision {
    let level = Level::of(&turn);
    turn.give(deputy);
    level.stays(&mut turn);
    turn.answer_within(turn.terms.settings.deputy_within);
    turn.finish(Deed::Escalated {
        addressee: deputy,
        cause: Cause::Deputy,
    })
}

/// A lead escalates when they see fit, and says why; time only when nobody answered.
fn cause_to_escalate(turn: &Turn<'_>, reason: Option<&Words>) -> Result<Cause, Refusal> {
    match (turn.who, turn.case.times.answer_by) {
        (Actor::Clock, Some(from)) if turn.now < from => Err(Refusal::TooEarly { from }),
        (Actor::Clock, _) => Ok(Cause::Unanswered),
        _ if reason.is_none() => Err(Refusal::WordsMissing),
        _ => Ok(Cause::Decided),
    }
}

fn lift(mut turn: Turn<'_>, above: Addressee, cause: Cause) -> Result<Decision, Refusal> {
    turn.case.counts.escalations = turn.case.counts.escalations.saturating_add(1);
    let level = Level::of(&turn);
    turn.give(above);
    // what nobody took at a department is lifted to whoever leads the community: it comes down no level by that
    if level.tier > turn.case.tier {
        level.stays(&mut turn);
    }
    turn.answer_within(turn.terms.settings.lead_within);
    let (addressee, _) = turn.there(above);
    turn.decide(Deed::Escalated { addressee, cause })
}

/// The level that has a case, and its limit.
struct Level {
    tier: Option<Tier>,
    due: Option<OffsetDateTime>,
    late_since: Option<OffsetDateTime>,
}

impl Level {
    const fn of(turn: &Turn<'_>) -> Self {
        let times = &turn.case.times;
        Self {
            tier: turn.case.tier,
            due: times.tier_due,
            late_since: times.tier_late_since,
        }
    }

    /// Whoever has it now has it on this level.
    const fn stays(self, turn: &mut Turn<'_>) {
        turn.case.tier = self.tier;
        turn.case.times.tier_due = self.due;
        turn.case.times.tier_late_since = self.late_since;
    }
}
