//! I8: whatever happened, a case can be brought to an end by people doing what they may. Tries the plain
//! way on: never by force, only with commands the rules offer.

use rules::access::Actor;
use rules::case::*;
use rules::ids::{AnswerId, ItemId, ResultId};
use time::{Duration, OffsetDateTime};

use crate::world::*;

/// Brings a case to an end within thirty commands, or tells where it got stuck.
pub fn to_the_end(world: &World, case: &Case, now: OffsetDateTime) -> Result<Case, String> {
    let mut case = case.clone();
    let mut now = now;
    for _ in 0..30 {
        if !case.state.kind().is_open() {
            return Ok(case);
        }
        now += Duration::minutes(1);
        case = onward(world, &case, now)
            .ok_or_else(|| format!("stuck: {:?} owned by {:?}", case.state, case.owner))?;
    }
    Err(format!("no end in sight: {:?}", case.state))
}

fn onward(world: &World, case: &Case, now: OffsetDateTime) -> Option<Case> {
    let crowd = (1..=TOP).map(staff).chain([Actor::Clock]);
    let mut moves = crowd.flat_map(|who| {
        next(world, case)
            .into_iter()
            .map(move |command| (who.clone(), command))
    });
    moves
        .find_map(|(who, command)| world.run(case, command, &who, due(case, now)).ok())
        .map(|decision| decision.case)
}

/// Suspensions end by themselves when their date has come.
fn due(case: &Case, now: OffsetDateTime) -> OffsetDateTime {
    match case.state {
        State::Suspended { until, .. } => now.max(until),
        _ => now,
    }
}

fn next(world: &World, case: &Case) -> Vec<Command> {
    let answer = Some(AnswerId(id(5)));
    match case.state.kind() {
        StateName::Reported => vec![world.file(0)],
        StateName::Verifying => vec![Command::Verified(Found::Exists)],
        StateName::Filed => vec![Command::Dispatch(seat(OTHER_WORKER))],
        StateName::Dispatched => vec![
            Command::Accept,
            Command::Escalate {
                reason: Some(words()),
            },
        ],
        StateName::Accepted => {
            let handled = Command::Handle {
                result: ResultId(id(6)),
                photos: 1,
                claim: Claim::Solved,
                left: None,
            };
            let leave = Command::CallOff { reason: words() };
            // what is called off leaves those who came or missed their time to be rated
            let rated = STATIONS.map(|(station, _)| Command::RateResponse {
                department: department(station),
                response: Satisfaction::Dissatisfied,
            });
            let hand_over = Command::HandOver {
                to: seat(OTHER_WORKER),
            };
            let rest = rated.into_iter().chain([handled, hand_over]);
            std::iter::once(leave).chain(rest).collect()
        }
        StateName::Suspended => vec![Command::Resume],
        StateName::Handled => vec![Command::Check {
            verdict: Verdict::Pass,
            answer,
        }],
        StateName::Checked => {
            let open = case
                .coordination
                .iter()
                .flat_map(|coordination| &coordination.open);
            let drop = |item: &ItemId| Command::Settle {
                item: *item,
                by: None,
                done: false,
            };
            let end = [Command::Close { answer }, says(true)];
            open.map(drop).chain(end).collect()
        }
        _ => vec![],
    }
}
