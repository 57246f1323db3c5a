//! Whether a command is this very person's to give: the owner's, the addressee's, the adopter's, somebody else's than the
//! handler's. Rights of roles and states of cases are asked in the gate.

use time::OffsetDateTime;

use super::appeal::Ruling;
use super::gate::{apart, has, leads, owns};
use super::{Case, CommandName, Ladder, Refusal, State, Terms, leader};
use crate::access::{Action, Actor, Role};
use crate::ids::MemberId;
use crate::whistle::Whistle;

/// Whether it is this very person's to do.
pub(super) fn concerned(case: &Case, name: CommandName, who: &Actor) -> Result<(), Refusal> {
    match (name, &case.state) {
        (CommandName::Verified, State::Verifying { asked }) => {
            ours(who.is(*asked) || leads(who), Some(*asked))
        }
        (CommandName::Accept | CommandName::Return, State::Dispatched { to, .. }) => {
            let seat = matches!(who, Actor::Member { post, .. } if *post == to.post);
            ours(who.is(to.member) || seat, Some(to.member))
        }
        (CommandName::Return | CommandName::Ask | CommandName::Handle, _) => {
            ours(owns(case, who), case.owner)
        }
        (CommandName::HandOver, _) => ours(owns(case, who) || leads(who), case.owner),
        // whoever may stop the clock lets it go on, too, when the reason is gone
        (CommandName::Resume, _) => {
            let by_time = *who == Actor::Clock;
            ours(owns(case, who) || leads(who) || by_time, case.owner)
        }
        (CommandName::Check, _) => apart(who, [case.handler(), case.owner]),
        (CommandName::Close, _) => {
            apart(who, [case.handler(), case.owner])?;
            answers_for_the_end(case, who)
        }
        (CommandName::Visit, _) => {
            apart(who, [case.handler(), case.owner, case.checker()])?;
            asked_to_visit(case, who)
        }
        (
            CommandName::Dispatch | CommandName::Void | CommandName::Merge | CommandName::Redirect,
            _,
        ) => match case.leader_called {
            Some(leader) if !who.is(leader) && !has(who, Action::Adopt) => {
                Err(Refusal::LeaderDecides { leader })
            }
            _ => Ok(()),
        },
        (CommandName::Lower, _) => ours(owns(case, who), case.owner),
        (CommandName::Raise | CommandName::Tell | CommandName::Whistle, _) => {
            ours(owns(case, who) || leads(who), case.owner)
        }
        _ => beside(case, name, who),
    }
}

/// Who is concerned by what goes on beside the way from state to state.
fn beside(case: &Case, name: CommandName, who: &Actor) -> Result<(), Refusal> {
    match name {
        CommandName::Adopt if owns(case, who) => Err(Refusal::AlreadyDone { command: name }),
        CommandName::Release => {
            let adopter = case.adoption.map(|adoption| adoption.by);
            let theirs = adopter.is_none_or(|by| who.is(by));
            ours(theirs || who.role() == Some(Role::CommunityLead), adopter)
        }
        CommandName::Appeal => {
            let worked = case.handler().is_some_and(|handler| who.is(handler));
            ours(owns(case, who) || worked, case.owner)
        }
        CommandName::Review => reviews(case, who),
        CommandName::RateResponse => {
            let by = whistler(case);
            ours(
                by.is_none_or(|by| who.is(by)) || has(who, Action::Adopt),
                by,
            )
        }
        CommandName::CallOff => {
            let by = whistler(case);
            ours(by.is_none_or(|by| who.is(by)) || leads(who), by)
        }
        CommandName::Acknowledge | CommandName::ReportIn | CommandName::Finish => {
            let called = |whistle: &Whistle| whistle.parts.iter().any(|part| part.answers(who));
            ours(case.state.whistle().is_none_or(called), None)
        }
        _ => Ok(()),
    }
}

/// Whether it is somebody else's for as long as that one is there: rating a response is whoever whistled's, deciding on what was not
/// solved again and again is the called leader's. Asks who is there, and so needs more than the case.
pub(super) fn reserved(
    case: &Case,
    name: CommandName,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    match (name, case.leader_called) {
        (CommandName::RateResponse, _) => rates(case, who, terms, now),
        (
            CommandName::Dispatch | CommandName::Void | CommandName::Merge | CommandName::Redirect,
            Some(leader),
        ) => {
            if leader::may_decide(case, leader, who, terms, now) {
                Ok(())
            } else {
                Err(Refusal::LeaderDecides { leader })
            }
        }
        _ => Ok(()),
    }
}

/// Whoever whistled rates, and whoever stands in for them; another lead of the grid only where they cannot.
fn rates(case: &Case, who: &Actor, terms: &Terms<'_>, now: OffsetDateTime) -> Result<(), Refusal> {
    let Some(by) = whistler(case).filter(|by| !who.is(*by)) else {
        return Ok(());
    };
    let mut line = terms.ladder.leads(case.grid, now).into_iter();
    let instead = leads_rate(case, terms.ladder, now) && line.any(|lead| who.is(lead));
    ours(instead, Some(by))
}

/// Whether whoever whistled cannot say how those responded whom they called, so that a lead of the grid says it: they are away or
/// gone, their post may not rate or reaches the case no more, or of each part that is left they, or one whose work they do, took a
/// step.
pub fn leads_rate(case: &Case, ladder: &dyn Ladder, now: OffsetDateTime) -> bool {
    let Some(whistle) = case.state.whistle() else {
        return false;
    };
    let by = whistle.by;
    let theirs = |hand: MemberId| hand == by || ladder.stands_in(hand, now) == Some(by);
    let mut left = whistle.parts.iter().filter(|part| part.response.is_none());
    !ladder.can_rate(by, case, now) || left.all(|part| part.hands().any(theirs))
}

fn whistler(case: &Case) -> Option<MemberId> {
    case.state.whistle().map(|whistle| whistle.by)
}

/// Says which it is: concerned by the appeal, or the one who agreed to it first.
fn reviews(case: &Case, who: &Actor) -> Result<(), Refusal> {
    let [concerned @ .., first] = case.concerned_by_appeal();
    if let Some(member) = first.filter(|first| who.is(*first)) {
        return Err(Refusal::AgreedBefore { member });
    }
    let mut concerned = concerned.into_iter().flatten();
    match concerned.find(|one| who.is(*one)) {
        Some(member) => Err(Refusal::Concerned { member }),
        None => Ok(()),
    }
}

impl Case {
    /// Who may not decide on the appeal: whoever it is about, whoever appealed, and whoever agreed already.
    pub fn concerned_by_appeal(&self) -> [Option<MemberId>; 4] {
        let appealed = self.appeal.map(|appeal| appeal.by);
        let first = self.appeal.and_then(|appeal| match appeal.ruling {
            Ruling::Agreed { first } => Some(first),
            _ => None,
        });
        [appealed, self.owner, self.handler(), first]
    }
}

/// Whoever adopted a case closes it, unless they did the work themselves: then somebody else has to look at it.
pub(super) fn answers_for_the_end(case: &Case, who: &Actor) -> Result<(), Refusal> {
    let Some(by) = case.adoption.map(|adoption| adoption.by) else {
        return Ok(());
    };
    let did_it = case.owner == Some(by) || case.handler() == Some(by);
    ours(did_it || who.is(by), Some(by))
}

/// Staff may visit whomever they can see. A volunteer visits only where they, or whom they stand in for, were asked.
fn asked_to_visit(case: &Case, who: &Actor) -> Result<(), Refusal> {
    if case.visitor().is_some() {
        return Ok(()); // it was made, which is said elsewhere
    }
    let asked = case.errand().and_then(|errand| errand.asked);
    let theirs = asked.is_some_and(|member| who.is(member));
    ours(theirs || who.role() != Some(Role::Volunteer), asked)
}

fn ours(yes: bool, owner: Option<MemberId>) -> Result<(), Refusal> {
    if yes {
        Ok(())
    } else {
        Err(Refusal::NotYours { owner })
    }
}
