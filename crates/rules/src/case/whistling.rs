//! 吹哨报到 within a case: the open whistle is a field of accepted work. Its own steps are judged by `crate::whistle`; here they
//! become events of the case, and the whistle goes away when everybody called was rated, or when it is called
//! off and nobody is left to be rated.

use super::turn::Turn;
use super::{Addressee, Decision, Deed, Refusal, Satisfaction, State};
use crate::ids::{DepartmentId, MemberId, WhistleId};
use crate::whistle::{Called, Part, Times, Urgency, Whistle};

pub(super) fn whistle(
    mut turn: Turn<'_>,
    id: WhistleId,
    urgency: Urgency,
    called: Vec<Called>,
) -> Result<Decision, Refusal> {
    let by = turn.member()?;
    if has_it(&turn, &called) {
        return Err(Refusal::OwnDepartment);
    }
    let settings = &turn.terms.settings.whistle;
    let due = |limit| turn.terms.calendar.due(limit, turn.now).at;
    // there is no result before the departments were there, so nobody comes later than it is due
    let ends = turn.case.times.handle_due.filter(|end| *end > turn.now);
    let report_by = due(settings.limit(urgency));
    let report_by = ends.map_or(report_by, |end| end.min(report_by));
    let times = Times {
        called_at: turn.now,
        hear_by: due(settings.hear.limit(urgency)).min(report_by),
        report_by,
    };
    let one = Whistle::call(id, by, urgency, called, times)?;
    let departments = one.parts.iter().map(|part| part.department).collect();
    let liaisons = one.parts.iter().filter_map(|part| part.seats.first());
    let called = liaisons.map(|seat| seat.member).collect();
    if let State::Accepted { whistle, .. } = &mut turn.case.state {
        *whistle = Some(Box::new(one));
    }
    turn.decide(Deed::Whistled {
        whistle: id,
        urgency,
        departments,
        called,
    })
}

/// Whether the work lies with one of those called already: it cannot go on until they have come to themselves.
fn has_it(turn: &Turn<'_>, called: &[Called]) -> bool {
    let mut seats = called.iter().flat_map(|one| &one.seats);
    seats.any(|seat| turn.case.owner == Some(seat.member))
}

pub(super) fn acknowledge(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let (who, now) = (turn.who, turn.now);
    let department = open(&mut turn)?.acknowledge(who, now)?;
    turn.decide(Deed::Acknowledged { department })
}

pub(super) fn report_in(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let (who, now) = (turn.who, turn.now);
    let department = open(&mut turn)?.report_in(who, now)?;
    turn.decide(Deed::ReportedIn { department })
}

pub(super) fn finish(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let (who, now) = (turn.who, turn.now);
    let department = open(&mut turn)?.finish(who, now)?;
    turn.decide(Deed::Finished { department })
}

pub(super) fn rate(
    mut turn: Turn<'_>,
    department: DepartmentId,
    response: Satisfaction,
) -> Result<Decision, Refusal> {
    let (who, now) = (turn.who, turn.now);
    let whistle = open(&mut turn)?;
    whistle.rate(department, response, who, now)?;
    let over = whistle.is_over();
    if over {
        end(&mut turn);
    }
    turn.decide(Deed::ResponseRated {
        department,
        response,
        over,
    })
}

pub(super) fn call_off(mut turn: Turn<'_>) -> Result<Decision, Refusal> {
    let now = turn.now;
    let one = open(&mut turn)?;
    let (whistle, by) = (one.id, one.by);
    let before = one.parts.clone();
    let is_left = one.call_off(now)?;
    // whoever is on the spot and stays to be rated is not told to stay away
    let on_site = |part: &Part| one.part(part.department).is_some_and(Part::came);
    let waiting = before.iter().filter(|part| part.finished.is_none());
    let called = waiting
        .filter(|part| !on_site(part))
        .flat_map(|part| &part.seats)
        .map(|seat| seat.member)
        .collect();
    if !is_left {
        end(&mut turn);
    }
    turn.decide(Deed::CalledOff {
        whistle,
        called,
        by: Some(by),
    })
}

pub(super) fn climb(
    mut turn: Turn<'_>,
    leaders: &[(DepartmentId, Addressee)],
) -> Result<Decision, Refusal> {
    let now = turn.now;
    let whistle = open(&mut turn)?;
    let departments = whistle.climb(leaders, now)?;
    let unheard = now <= whistle.report_by;
    let told = leaders.iter().filter(|(of, _)| departments.contains(of));
    let mut called: Vec<MemberId> = told.map(|(_, seat)| seat.member).collect();
    called.dedup();
    turn.decide(Deed::Climbed {
        departments,
        called,
        unheard,
    })
}

fn open<'t>(turn: &'t mut Turn<'_>) -> Result<&'t mut Whistle, Refusal> {
    match &mut turn.case.state {
        State::Accepted {
            whistle: Some(whistle),
            ..
        } => Ok(whistle),
        _ => Err(Refusal::NothingAsked),
    }
}

fn end(turn: &mut Turn<'_>) {
    if let State::Accepted { whistle, .. } = &mut turn.case.state {
        *whistle = None;
    }
}
