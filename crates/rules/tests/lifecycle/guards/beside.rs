//! Adoption, levels, whistles, callings together, appeals: one test for each guard.

use super::*;
use rules::ids::{CoordinationId, ItemId, WhistleId};
use rules::whistle::{Stage, Urgency};

fn whistle(n: usize) -> Command {
    Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called: called(n),
        reason: words(),
    }
}

fn rate(station: usize) -> Command {
    Command::RateResponse {
        department: department(STATIONS[station].0),
        response: Satisfaction::Fairly,
    }
}

fn finish() -> Command {
    Command::Finish { note: words() }
}

fn whistled(world: &World) -> Case {
    done(
        world,
        &up_to(world, 0, ACCEPTED),
        whistle(2),
        &staff(WORKER),
    )
}

fn agreed(world: &World) -> Case {
    let call = Command::Coordinate {
        id: CoordinationId(id(7_001)),
        asked: vec![member(WATER)],
        reason: words(),
    };
    let case = done(world, &up_to(world, 0, ACCEPTED), call, &staff(LEAD));
    let item = Command::Agree {
        item: ItemId(id(9_001)),
        by: Some(member(WATER)),
        what: words(),
    };
    done(world, &case, item, &staff(LEAD))
}

fn settle(by: Option<MemberId>) -> Command {
    Command::Settle {
        item: ItemId(id(9_001)),
        by,
        done: true,
    }
}

fn late(case: &Case) -> OffsetDateTime {
    case.times.due_at.unwrap() + Duration::minutes(1)
}

#[test]
fn whoever_adopted_a_case_closes_it_and_nobody_else() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, CHECKED),
        Command::Adopt,
        &staff(CHIEF),
    );
    assert_eq!(refused(&world, &case, close(), &staff(DESK)), "not_yours");
    assert_eq!(refused(&world, &case, close(), &staff(CHIEF)), "done");
    assert_eq!(
        case.owner,
        Some(member(WORKER)),
        "the work stays where it is"
    );
}

#[test]
fn a_check_by_somebody_else_does_not_close_what_a_leader_adopted() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, HANDLED),
        Command::Adopt,
        &staff(CHIEF),
    );
    let at_once = Command::Check {
        verdict: Verdict::Pass,
        answer: Some(AnswerId(id(5))),
    };
    let checked = done(&world, &case, at_once.clone(), &staff(DESK));
    assert_eq!(checked.state.name(), "checked");
    assert_eq!(
        done(&world, &case, at_once, &staff(CHIEF)).state.name(),
        "closed"
    );
}

#[test]
fn a_leader_who_did_the_work_does_not_close_it_for_having_adopted_it() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, DISPATCHED),
        Command::Adopt,
        &staff(LEAD),
    );
    let steps = vec![
        (staff(WORKER), Command::Accept),
        (staff(CHIEF), Command::HandOver { to: seat(LEAD) }),
        (staff(LEAD), handle(1)),
        (staff(DESK), check()),
    ];
    let case = world.script(case, steps);
    assert_eq!(refused(&world, &case, close(), &staff(LEAD)), "same_person");
    assert_eq!(refused(&world, &case, close(), &staff(DESK)), "done");
}

#[test]
fn a_case_is_adopted_once_and_given_back_by_its_adopter_or_the_chief() {
    let world = World::new();
    let free = up_to(&world, 0, ACCEPTED);
    let case = done(&world, &free, Command::Adopt, &staff(LEAD));
    assert_eq!(
        refused(&world, &case, Command::Adopt, &staff(CHIEF)),
        "already_done"
    );
    assert_eq!(
        refused(&world, &free, Command::Adopt, &staff(DESK)),
        "not_allowed"
    );
    let release = || Command::Release { reason: words() };
    assert_eq!(
        refused(&world, &free, release(), &staff(LEAD)),
        "nothing_asked"
    );
    assert_eq!(refused(&world, &case, release(), &staff(CHIEF)), "done");
    assert_eq!(done(&world, &case, release(), &staff(LEAD)).adoption, None);
    let chiefs = done(&world, &free, Command::Adopt, &staff(CHIEF));
    assert_eq!(
        refused(&world, &chiefs, release(), &staff(LEAD)),
        "not_yours"
    );
}

#[test]
fn what_is_returned_comes_back_to_its_first_receiver_or_to_its_adopter() {
    let world = World::new();
    let steps = vec![
        (staff(OTHER_DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(WORKER))),
    ];
    let case = world.script(world.told(101, MORNING).case, steps);
    let back = done(&world, &case, hand_back(), &staff(WORKER));
    assert_eq!(back.owner, Some(member(OTHER_DESK)));
    let adopted = done(&world, &case, Command::Adopt, &staff(CHIEF));
    let back = done(&world, &adopted, hand_back(), &staff(WORKER));
    assert_eq!(back.owner, Some(member(CHIEF)));
}

#[test]
fn a_case_goes_up_only_to_a_higher_level_and_down_only_to_a_lower_one() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    assert_eq!(case.tier, Some(Tier::General));
    let up = |to| Command::Raise {
        to: Some(seat(to)),
        reason: words(),
    };
    assert_eq!(
        refused(&world, &case, up(STEWARD), &staff(WORKER)),
        "unknown_target"
    );
    assert_eq!(
        refused(&world, &case, up(LEAD), &staff(WORKER)),
        "unknown_target"
    );
    assert_eq!(
        refused(&world, &case, up(CHIEF), &staff(OTHER_WORKER)),
        "not_yours"
    );
    let above = Command::Raise {
        to: None,
        reason: words(),
    };
    let raised = done(&world, &case, above, &staff(WORKER));
    assert_eq!(
        (raised.owner, raised.tier),
        (Some(member(CHIEF)), Some(Tier::Community))
    );
    assert!(
        raised.times.tier_due > case.times.tier_due,
        "each level has its own time"
    );
    let down = |to| Command::Lower {
        to: seat(to),
        reason: words(),
    };
    assert_eq!(
        refused(&world, &raised, down(WATER), &staff(CHIEF)),
        "unknown_target"
    );
    assert_eq!(
        refused(&world, &raised, down(STEWARD), &staff(LEAD)),
        "not_yours"
    );
    let lowered = done(&world, &raised, down(STEWARD), &staff(CHIEF));
    assert_eq!(
        (lowered.tier, lowered.counts.transfers),
        (Some(Tier::Micro), 1)
    );
}

#[test]
fn what_a_leader_has_decided_goes_from_hand_to_hand_no_more() {
    let world = World::new();
    let lifted = done(
        &world,
        &handed_on_three_times(&world),
        hand_back(),
        &staff(OFFICER),
    );
    let down = Command::Lower {
        to: seat(OTHER_WORKER),
        reason: words(),
    };
    let decided = done(&world, &lifted, down, &staff(CHIEF));
    let case = done(&world, &decided, Command::Accept, &staff(OTHER_WORKER));
    assert!(case.decided);
    for command in [
        hand_back(),
        Command::HandOver { to: seat(WATER) },
        Command::Raise {
            to: None,
            reason: words(),
        },
        Command::Lower {
            to: seat(STEWARD),
            reason: words(),
        },
    ] {
        let name = command.name();
        assert_eq!(
            refused(&world, &case, command, &staff(OTHER_WORKER)),
            "limit_reached",
            "{name}"
        );
    }
    let moved = Command::HandOver { to: seat(WORKER) };
    assert_eq!(refused(&world, &case, moved, &staff(LEAD)), "done");
}

#[test]
fn while_a_whistle_is_open_the_work_does_not_leave_the_owner() {
    let world = World::new();
    let case = whistled(&world);
    let until = MORNING + Duration::days(2);
    for (command, who) in [
        (handle(1), WORKER),
        (hand_back(), WORKER),
        (
            Command::Suspend {
                until,
                reason: words(),
            },
            DESK,
        ),
        (
            Command::Raise {
                to: None,
                reason: words(),
            },
            WORKER,
        ),
    ] {
        let name = command.name();
        assert_eq!(
            refused(&world, &case, command, &staff(who)),
            "whistle_open",
            "{name}"
        );
    }
    assert_eq!(
        refused(&world, &case, whistle(1), &staff(WORKER)),
        "already_done"
    );
    let off = Command::CallOff { reason: words() };
    assert_eq!(
        refused(&world, &case, off.clone(), &staff(OTHER_WORKER)),
        "not_yours"
    );
    let free = done(&world, &case, off, &staff(WORKER));
    assert_eq!(refused(&world, &free, handle(1), &staff(WORKER)), "done");
}

#[test]
fn only_a_department_that_was_called_answers_each_for_itself_and_in_order() {
    let world = World::new();
    let case = whistled(&world);
    assert_eq!(
        refused(&world, &case, Command::Acknowledge, &staff(LEAD)),
        "not_yours"
    );
    assert_eq!(
        refused(&world, &case, finish(), &staff(WATER)),
        "not_reported_in"
    );
    let heard = done(&world, &case, Command::Acknowledge, &staff(WATER));
    assert_eq!(
        refused(&world, &heard, Command::Acknowledge, &staff(WATER)),
        "already_done"
    );
    let there = done(&world, &heard, Command::ReportIn, &staff(WATER));
    assert_eq!(
        refused(&world, &there, Command::ReportIn, &staff(WATER)),
        "already_done"
    );
    assert_eq!(
        refused(&world, &there, rate(0), &staff(WORKER)),
        "part_open"
    );
    let ready = done(&world, &there, finish(), &staff(WATER));
    let stages: Vec<Stage> = ready
        .state
        .whistle()
        .unwrap()
        .parts
        .iter()
        .map(|part| part.stage())
        .collect();
    assert_eq!(stages, [Stage::Finished, Stage::Called]);
    assert_eq!(
        refused(&world, &ready, finish(), &staff(WATER)),
        "already_done"
    );
}

#[test]
fn a_whistle_is_over_when_every_department_was_rated_by_whoever_called() {
    let world = World::new();
    let mut case = whistled(&world);
    for who in [WATER, OFFICER] {
        case = done(&world, &case, Command::ReportIn, &staff(who));
        case = done(&world, &case, finish(), &staff(who));
    }
    assert_eq!(
        refused(&world, &case, rate(0), &staff(OTHER_WORKER)),
        "not_yours"
    );
    case = done(&world, &case, rate(0), &staff(WORKER));
    assert_eq!(
        refused(&world, &case, rate(0), &staff(WORKER)),
        "already_done"
    );
    assert!(case.state.whistle().is_some());
    case = done(&world, &case, rate(1), &staff(WORKER));
    assert!(case.state.whistle().is_none());
}

#[test]
fn a_department_that_may_still_come_is_not_rated_and_one_that_did_not_is() {
    let world = World::new();
    let case = whistled(&world);
    assert_eq!(refused(&world, &case, rate(0), &staff(WORKER)), "too_early");
    let after = MORNING + Duration::hours(4);
    assert!(world.run(&case, rate(0), &staff(WORKER), after).is_ok());
}

#[test]
fn time_tells_the_leader_of_whoever_is_missing_once_and_not_before() {
    let world = World::new();
    let case = done(&world, &whistled(&world), Command::ReportIn, &staff(WATER));
    let leaders = STATIONS.map(|(station, _)| (department(station), seat(CHIEF)));
    let climb = Command::Climb {
        leaders: leaders.to_vec(),
    };
    assert_eq!(
        refused(&world, &case, climb.clone(), &Actor::Clock),
        "too_early"
    );
    assert_eq!(
        refused(&world, &case, climb.clone(), &staff(CHIEF)),
        "not_allowed"
    );
    let after = MORNING + Duration::hours(4);
    let climbed = world
        .run(&case, climb.clone(), &Actor::Clock, after)
        .unwrap()
        .case;
    assert!(world.run(&climbed, climb, &Actor::Clock, after).is_err());
    let parts = &climbed.state.whistle().unwrap().parts;
    assert_eq!(
        (parts[0].climbed_at, parts[1].climbed_at),
        (None, Some(after)),
        "whoever is there does not climb"
    );
    let came = world.run(&climbed, Command::ReportIn, &staff(CHIEF), after);
    assert!(came.is_ok(), "the leader may answer now");
}

#[test]
fn nobody_is_called_twice_and_nobody_is_no_call() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    assert_eq!(
        refused(&world, &case, whistle(0), &staff(WORKER)),
        "unknown_target"
    );
    let mut twice = called(1);
    twice.extend(called(1));
    let call = Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called: twice,
        reason: words(),
    };
    assert_eq!(
        refused(&world, &case, call, &staff(WORKER)),
        "unknown_target"
    );
    assert_eq!(
        refused(&world, &case, whistle(1), &staff(STEWARD)),
        "not_allowed"
    );
    assert_eq!(
        refused(&world, &case, whistle(1), &staff(OTHER_WORKER)),
        "not_yours"
    );
}

#[test]
fn nothing_agreed_upon_is_forgotten_when_the_case_is_closed() {
    let world = World::new();
    let steps = vec![(staff(WORKER), handle(1)), (staff(DESK), check())];
    let case = world.script(agreed(&world), steps);
    assert_eq!(refused(&world, &case, close(), &staff(DESK)), "items_open");
    let settled = done(&world, &case, settle(None), &staff(LEAD));
    assert_eq!(refused(&world, &settled, close(), &staff(DESK)), "done");
}

#[test]
fn what_was_agreed_is_settled_by_whoever_does_it_the_owner_or_a_lead() {
    let world = World::new();
    let case = agreed(&world);
    let by = Some(member(WATER));
    assert_eq!(
        refused(&world, &case, settle(by), &staff(OFFICER)),
        "not_yours"
    );
    for who in [WATER, WORKER, DESK] {
        assert_eq!(refused(&world, &case, settle(by), &staff(who)), "done");
    }
    let settled = done(&world, &case, settle(by), &staff(WATER));
    assert_eq!(
        refused(&world, &settled, settle(by), &staff(WATER)),
        "nothing_asked"
    );
    let free = up_to(&world, 0, ACCEPTED);
    let item = Command::Agree {
        item: ItemId(id(9_001)),
        by,
        what: words(),
    };
    assert_eq!(refused(&world, &free, item, &staff(LEAD)), "nothing_asked");
}

#[test]
fn an_appeal_is_for_what_is_overdue_once_and_by_the_owner() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let appeal = || Command::Appeal { reason: words() };
    assert_eq!(
        refused(&world, &case, appeal(), &staff(WORKER)),
        "not_overdue"
    );
    let after = late(&case);
    let run = |case: &Case, command, who| world.run(case, command, &staff(who), after);
    let code = |case: &Case, command, who| {
        run(case, command, who).map_or_else(|refusal| refusal.code(), |_| "done")
    };
    assert_eq!(code(&case, appeal(), OTHER_WORKER), "not_yours");
    let appealed = run(&case, appeal(), WORKER).unwrap().case;
    assert_eq!(code(&appealed, appeal(), WORKER), "already_done");
    let refuse = Command::Review { agree: false };
    let over = run(&appealed, refuse, DESK).unwrap().case;
    assert_eq!(
        code(&over, Command::Review { agree: true }, LEAD),
        "nothing_asked"
    );
    assert_eq!(code(&over, appeal(), WORKER), "already_done");
    assert!(!over.is_exempt() && over.is_overdue(after));
}

#[test]
fn two_different_people_grant_an_appeal_and_neither_is_concerned() {
    let world = World::new();
    let steps = vec![
        (staff(DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(LEAD))),
        (staff(LEAD), Command::Accept),
    ];
    let case = world.script(world.told(101, MORNING).case, steps);
    let after = late(&case);
    let run = |case: &Case, command, who| world.run(case, command, &staff(who), after);
    let agree = || Command::Review { agree: true };
    let appealed = run(&case, Command::Appeal { reason: words() }, LEAD)
        .unwrap()
        .case;
    assert_eq!(
        run(&appealed, agree(), LEAD).unwrap_err().code(),
        "same_person"
    );
    let once = run(&appealed, agree(), DESK).unwrap().case;
    assert!(!once.is_exempt(), "one is not enough");
    assert_eq!(run(&once, agree(), DESK).unwrap_err().code(), "same_person");
    let granted = run(&once, agree(), CHIEF).unwrap().case;
    assert!(
        granted.is_exempt() && granted.is_overdue(after),
        "the fact stays"
    );
    assert_eq!(granted.times, case.times);
}

#[test]
fn the_time_to_appeal_ends_and_an_excuse_does_not_outlast_its_round() {
    let world = World::new();
    let case = up_to(&world, 0, CHECKED);
    let closing = late(&case);
    let closed = world
        .run(&case, close(), &staff(DESK), closing)
        .unwrap()
        .case;
    let appeal = Command::Appeal { reason: words() };
    let too_late = closing + Duration::days(16);
    let refusal = world
        .run(&closed, appeal.clone(), &staff(WORKER), too_late)
        .unwrap_err();
    assert_eq!(refusal.code(), "too_late");
    let mut case = world
        .run(&closed, appeal, &staff(WORKER), closing)
        .unwrap()
        .case;
    for who in [DESK, CHIEF] {
        let agree = Command::Review { agree: true };
        case = world.run(&case, agree, &staff(who), closing).unwrap().case;
    }
    assert!(case.is_exempt());
    let reopen = Command::Reopen { reason: words() };
    let again = world
        .run(&case, reopen, &reporter(&case), closing)
        .unwrap()
        .case;
    assert!(!again.is_exempt());
}

#[test]
fn the_nearest_running_clock_is_next_and_hearing_from_somebody_stops_the_first() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let names = |case: &Case| -> Vec<ClockName> {
        case.clocks().into_iter().map(|(name, _)| name).collect()
    };
    let running = [
        ClockName::Contact,
        ClockName::Handle,
        ClockName::Whole,
        ClockName::Tier,
        ClockName::Update,
    ];
    assert_eq!(names(&case), running);
    assert_eq!(case.next_due(), case.times.contact_due);
    let tell = Command::Tell { words: words() };
    let told = done(&world, &case, tell.clone(), &staff(WORKER));
    assert!(!names(&told).contains(&ClockName::Contact));
    assert!(told.times.update_due > case.times.update_due);
    assert_eq!(refused(&world, &told, tell, &staff(WORKER)), "already_done");
}

#[test]
fn every_clock_stands_still_while_a_case_is_suspended() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let until = MORNING + Duration::hours(49);
    let suspend = Command::Suspend {
        until,
        reason: words(),
    };
    let suspended = done(&world, &case, suspend, &staff(DESK));
    assert_eq!(suspended.clocks(), [(ClockName::Resume, until)]);
    let on = world
        .run(&suspended, Command::Resume, &Actor::Clock, until)
        .unwrap()
        .case;
    let hours = Duration::hours(48);
    assert_eq!(
        on.times.tier_due,
        case.times.tier_due.map(|due| due + hours)
    );
    assert_eq!(
        on.times.update_due,
        suspended.times.update_due.map(|due| due + hours)
    );
}
