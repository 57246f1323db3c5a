//! The only writer of a case. Asks the gate, then hands the command to its family; each family is one
//! file. Never reads a clock or a row: everything comes in as an argument.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Command, Decision, Refusal, Terms};
use super::{
    appeal, checking, coordinating, dispatching, filing, gate, handling, intake, ownership,
    reporter, visit, whistling,
};
use crate::access::Actor;
use crate::ids::MemberId;

/// Carries out one command on a case, or says why not. A refused command changes nothing.
///
/// `now` is when it happens: the server's clock, or the recorded moment of an imported history.
pub fn transition(
    case: &Case,
    command: Command,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    let absent = stood_in_for(case, &command, who, terms, now);
    let mut decision = take(case, command, who, terms, now)?;
    for event in &mut decision.events {
        event.stands_for = absent;
    }
    Ok(decision)
}

/// Whom somebody does this for: the one without whom they might not, or in whose grid they do it. Nobody, where it is theirs
/// to do anyway.
fn stood_in_for(
    case: &Case,
    command: &Command,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Option<MemberId> {
    let Actor::Member {
        member, stands_for, ..
    } = who
    else {
        return None;
    };
    let may = |absent: &[MemberId]| {
        let mut alone = who.clone();
        if let Actor::Member { stands_for, .. } = &mut alone {
            *stands_for = absent.to_vec();
        }
        take(case, command.clone(), &alone, terms, now).is_ok()
    };
    if stands_for.is_empty() {
        return None;
    }
    // what was agreed upon is settled for whoever was to do it
    let doer = match command {
        Command::Settle { by, .. } => by.filter(|by| stands_for.contains(by)),
        _ => None,
    };
    if doer.is_some() {
        return doer;
    }
    if may(&[]) {
        let own = case.owner == Some(*member);
        let served = terms.ladder.whose_grid(who, case.grid);
        // whoever is responsible is nearer than whoever serves the grid
        let owner = case.owner.filter(|owner| stands_for.contains(owner));
        return served
            .filter(|_| !own)
            .map(|served| owner.unwrap_or(served));
    }
    stands_for.iter().copied().find(|absent| may(&[*absent]))
}

fn take(
    case: &Case,
    command: Command,
    who: &Actor,
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    gate::pass(case, command.name(), who, terms, now)?;
    let turn = Turn::new(case, who, terms, now);
    match command {
        Command::Verify { by } => intake::verify(turn, by),
        Command::Verified(found) => intake::verified(turn, found),
        Command::Redirect { reason, instead: _ } => intake::redirect(turn, reason),
        Command::Merge { into } => intake::merge(turn, into),
        Command::Fix {
            category,
            condition,
            result,
            photos,
            answer,
        } => filing::classify(turn, category, condition)
            .and_then(|turn| handling::fix(turn, result, photos, answer)),
        Command::File {
            category,
            condition,
            reason,
        } if gate::changes_category(case) => {
            filing::change_category(turn, category, condition, reason.as_ref())
        }
        Command::File {
            category,
            condition,
            reason: _,
        } if gate::lacks_category(case) => {
            filing::classify(turn, category, condition).and_then(filing::name_category)
        }
        Command::File {
            category,
            condition,
            reason: _,
        } => filing::classify(turn, category, condition).and_then(filing::file),
        Command::Void { reason: _ } => filing::void(turn),
        Command::Dispatch(to) => dispatching::dispatch(turn, to),
        Command::Accept => dispatching::accept(turn),
        Command::Return { reason: _ } => dispatching::give_back(turn),
        Command::Escalate { reason } => dispatching::escalate(turn, reason.as_ref()),
        Command::HandOver { to } => dispatching::hand_over(turn, to),
        Command::Ask { question: _ } => handling::ask(turn),
        Command::Extend(extend) => handling::extend(turn, &extend),
        Command::Suspend { until, reason: _ } => handling::suspend(turn, until),
        Command::Resume => handling::resume(turn),
        Command::Handle {
            result,
            photos,
            claim,
            left,
        } => handling::handle(turn, result, photos, (claim, left)),
        Command::Check { verdict, answer } => checking::check(turn, &verdict, answer),
        Command::Visit(what) => visit::visit(turn, what),
        Command::PassVisit => visit::pass(turn),
        Command::Close { answer } => checking::close(turn, answer),
        Command::Answer => reporter::answer(turn),
        Command::Lapse => handling::lapse(turn),
        Command::Rate(rating) => reporter::rate(turn, rating),
        Command::Reopen { reason: _ } => reporter::reopen(turn),
        Command::Withdraw => reporter::withdraw(turn),
        Command::Adopt => ownership::adopt(turn),
        Command::Release { reason: _ } => ownership::release(turn),
        Command::Raise { to, reason: _ } => ownership::raise(turn, to),
        Command::Lower { to, reason: _ } => ownership::lower(turn, to),
        Command::Tell { words: _ } => handling::tell(turn),
        Command::Coordinate {
            id,
            asked,
            reason: _,
        } => coordinating::coordinate(turn, id, asked),
        Command::Agree { item, by, what: _ } => coordinating::agree(turn, item, by),
        Command::Settle { item, by, done } => coordinating::settle(turn, item, by, done),
        Command::Appeal { reason: _ } => appeal::appeal(turn),
        Command::Review { agree } => appeal::review(turn, agree),
        Command::Whistle {
            id,
            urgency,
            called,
            reason: _,
        } => whistling::whistle(turn, id, urgency, called),
        Command::Acknowledge => whistling::acknowledge(turn),
        Command::ReportIn => whistling::report_in(turn),
        Command::Finish { note: _ } => whistling::finish(turn),
        Command::RateResponse {
            department,
            response,
        } => whistling::rate(turn, department, response),
        Command::CallOff { reason: _ } => whistling::call_off(turn),
        Command::Climb { leaders } => whistling::climb(turn, &leaders),
    }
}
