//! What has to be true at every moment of the model (the invariants I1 to I11 of the life cycle), and what every step may not do.

use std::collections::HashSet;

use rules::access::Actor;
use rules::case::*;
use rules::ids::MemberId;
use rules::settings::CaseSettings;
use rules::whistle::{Part, Whistle};
use stateright::Property;
use time::OffsetDateTime;

use crate::life::Life;
use crate::moment::{Kept, Letter, Moment};

pub const TWICE: &str = "no command has an effect twice";
pub const APART: &str = "solver, checker and visitor differ";
pub const EXCUSED: &str = "two others excuse what is late";
pub const CALLED: &str = "a leader is called who did not judge it";
pub const STOPPED: &str = "what is late is not suspended";
pub const CIRCLE: &str = "nobody merges in a circle";

/// All of them, with what has to be reached so that they say something.
pub fn all() -> Vec<Property<Life>> {
    vec![
        Property::always(TWICE, |_, now: &Moment| once(now)),
        Property::always("every step keeps the trail", |_, now: &Moment| {
            now.fault.is_none()
        }),
        Property::always("one person is responsible", |_, now: &Moment| {
            every(now, is_somebodys)
        }),
        Property::always("the reporter hears of the end", |_, now: &Moment| {
            every(now, is_told)
        }),
        Property::always(APART, |_, now: &Moment| every(now, are_apart)),
        Property::always("what is open is due", |_, now: &Moment| every(now, is_due)),
        Property::always("no pause is long or second", |life: &Life, now: &Moment| {
            every(now, |case| is_bounded(life, case))
        }),
        Property::always(STOPPED, |_, now: &Moment| every(now, is_stopped_in_time)),
        Property::always(
            "no clock runs on behind the end",
            |life: &Life, now: &Moment| {
                let at = life.clock(now);
                every(now, |case| ends_with_the_matter(case, at))
            },
        ),
        Property::always("nobody plays ping-pong", |life: &Life, now: &Moment| {
            let most = life.world.settings.max_transfers;
            every(now, |case| case.counts.transfers <= most)
        }),
        Property::always(CALLED, |_, now: &Moment| now.fault != Some(CALLED)),
        Property::always(CIRCLE, |_, now: &Moment| !is_circle(now)),
        Property::always(EXCUSED, |_, now: &Moment| every(now, is_excused_by_others)),
        Property::always(
            "whoever is rated was there or is missing",
            |life: &Life, now: &Moment| {
                let at = life.clock(now);
                every(now, |case| is_rated_rightly(case, at))
            },
        ),
        Property::always(
            "every case can be brought to an end",
            |life: &Life, now: &Moment| now.cases.iter().all(|kept| life.can_end(kept, now)),
        ),
        Property::sometimes(
            "a letter has an effect and its answer is lost",
            |_, now: &Moment| {
                now.pockets
                    .iter()
                    .flatten()
                    .any(|letter| letter.effects > 0)
            },
        ),
    ]
}

fn every(now: &Moment, holds: impl Fn(&Case) -> bool) -> bool {
    now.cases.iter().all(|kept: &Kept| holds(&kept.0))
}

fn once(now: &Moment) -> bool {
    let one = |letter: &Letter| letter.effects <= 1;
    now.fault != Some(TWICE) && now.pockets.iter().flatten().all(one)
}

/// I1. Only a report that nobody touched may be nobody's.
fn is_somebodys(case: &Case) -> bool {
    let untouched = matches!(case.state, State::Reported { .. } | State::Withdrawn);
    let addressee = match case.state {
        State::Dispatched { to, .. } => case.owner == Some(to.member),
        _ => true,
    };
    addressee && (case.owner.is_some() || untouched && case.version <= 2)
}

/// I2.
fn is_told(case: &Case) -> bool {
    let told = case.times.first_contact_at.is_some() && case.times.handled_at.is_some();
    !matches!(case.state, State::Closed { .. }) || told
}

/// I3.
fn are_apart(case: &Case) -> bool {
    let people = [case.handler(), case.checker(), case.visitor()];
    let known: Vec<_> = people.into_iter().flatten().collect();
    let different: HashSet<_> = known.iter().collect();
    different.len() == known.len()
}

/// I6.
fn is_due(case: &Case) -> bool {
    case.next_due().is_some() == case.state.kind().is_open()
}

fn is_bounded(life: &Life, case: &Case) -> bool {
    let days = time::Duration::days(life.world.settings.suspension_days.into());
    let short = match case.state {
        State::Suspended { since, until, .. } => until - since <= days,
        _ => true,
    };
    short && case.counts.suspensions <= 1
}

/// I6. No clock is stopped that ran out.
fn is_stopped_in_time(case: &Case) -> bool {
    match case.state {
        State::Suspended { since, .. } => case.times.due_at.is_none_or(|due| since <= due),
        _ => true,
    }
}

/// I6. As long as the end is ahead, neither the level nor the reporter is given a later one.
fn ends_with_the_matter(case: &Case, now: OffsetDateTime) -> bool {
    let behind = |end: Option<OffsetDateTime>, at| end.is_some_and(|end| end > now && at > end);
    case.clocks().into_iter().all(|(name, at)| match name {
        ClockName::Tier => !behind(case.times.handle_due, at),
        ClockName::Update => !behind(case.times.due_at, at),
        _ => true,
    })
}

/// I11.
fn is_circle(now: &Moment) -> bool {
    let merged = |kept: &Kept| matches!(kept.0.state, State::Merged { .. });
    now.cases.iter().all(merged)
}

fn is_excused_by_others(case: &Case) -> bool {
    let Some(appeal) = case.appeal else {
        return true;
    };
    match appeal.ruling {
        Ruling::Granted { first, second } => {
            first != second && ![first, second].contains(&appeal.by)
        }
        _ => true,
    }
}

fn is_rated_rightly(case: &Case, now: OffsetDateTime) -> bool {
    let rightly = |whistle: &Whistle, part: &Part| {
        let left = part.came() && whistle.called_off.is_some();
        part.response.is_none() || part.finished.is_some() || left || now > whistle.report_by
    };
    let whistle = case.state.whistle();
    whistle.is_none_or(|one| one.parts.iter().all(|part| rightly(one, part)))
}

/// What a single step must not do: I4, I7, I10, and the first receiver stays.
pub fn fault(
    before: &Case,
    decision: &Decision,
    who: &Actor,
    now: OffsetDateTime,
) -> Option<&'static str> {
    let after = &decision.case;
    let events = i64::try_from(decision.events.len()).ok()?;
    let was_over = !before.state.kind().is_open();
    let revived = was_over && after.state != before.state;
    if after.version - before.version != events || events == 0 {
        Some("a version without an event")
    } else if revived && !matches!(who, Actor::Reporter { .. }) {
        Some("somebody revived what was over")
    } else if after.times.received_at != before.times.received_at {
        Some("the first moment moved")
    } else if before.times.filed_at.is_some() && before.times.filed_at != after.times.filed_at {
        Some("the moment of filing moved")
    } else if is_wiped(before, after, now) {
        Some("a category that was changed wiped what is late")
    } else if before.first_receiver.is_some() && before.first_receiver != after.first_receiver {
        Some("the first receiver changed")
    } else if is_called_wrongly(before, decision) {
        Some(CALLED)
    } else {
        None
    }
}

/// I13. Whether nobody was called to what was not solved too often, or somebody who judged it.
fn is_called_wrongly(before: &Case, decision: &Decision) -> bool {
    let rounds = decision.case.counts.unsolved_rounds();
    let another = rounds > before.counts.unsolved_rounds();
    let often = rounds >= CaseSettings::default().reopenings_to_leader;
    let called = decision.events.iter().find_map(|event| match event.deed {
        Deed::Reopened { leader } | Deed::Visited { leader, .. } => leader,
        _ => None,
    });
    let by_judge = called.is_some() && called == before.checker();
    called.is_some() != (another && often) || by_judge
}

/// For a control: whoever checked it is called.
pub fn calls_the_checker(
    before: &Case,
    decision: Result<Decision, Refusal>,
) -> Result<Decision, Refusal> {
    let mut decision = decision?;
    for event in &mut decision.events {
        if let Deed::Reopened { leader } | Deed::Visited { leader, .. } = &mut event.deed {
            *leader = leader.and(before.checker());
        }
    }
    Ok(decision)
}

/// I6. Whether another category put off a deadline that had passed.
fn is_wiped(before: &Case, after: &Case, now: OffsetDateTime) -> bool {
    let changed = before.category.is_some() && before.category != after.category;
    let was_late = before.times.handle_due.is_some_and(|due| now > due);
    changed && was_late && after.times.handle_due != before.times.handle_due
}

/// For a control: what another one did, as if this one had done it.
pub fn signed_by(
    member: MemberId,
    decision: Result<Decision, Refusal>,
) -> Result<Decision, Refusal> {
    let mut decision = decision?;
    match &mut decision.case.state {
        State::Checked { checker, .. } => *checker = member,
        State::Closed { checker, .. } => *checker = Some(member),
        _ => {}
    }
    if let Some(appeal) = &mut decision.case.appeal {
        match &mut appeal.ruling {
            Ruling::Agreed { first } => *first = member,
            Ruling::Granted { second, .. } => *second = member,
            _ => {}
        }
    }
    Ok(decision)
}
