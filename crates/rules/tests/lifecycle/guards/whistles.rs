//! Whistles: one test for each guard.

use super::*;
use rules::ids::WhistleId;
use rules::whistle::{Called, Stage, Urgency};

fn whistle(n: usize) -> Command {
    Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called: called(n),
        reason: words(),
    }
}

fn rate(station: usize) -> Command {
    found(station, Satisfaction::Fairly)
}

fn found(station: usize, response: Satisfaction) -> Command {
    Command::RateResponse {
        department: department(STATIONS[station].0),
        response,
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

#[test]
fn whoever_stands_in_for_two_takes_a_step_of_a_department_for_whoever_holds_its_seat() {
    let world = World::new();
    let both = vec![member(LEAD), member(WATER)];
    let deputy = somebody(50, Role::GridLead, both);
    let at = MORNING + Duration::hours(1);
    let came = world.run(&whistled(&world), Command::ReportIn, &deputy, at);
    assert_eq!(came.unwrap().events[0].stands_for, Some(member(WATER)));
}

#[test]
fn while_a_whistle_is_open_the_work_does_not_leave_the_owner() {
    let world = World::new();
    let case = whistled(&world);
    let until = MORNING + Duration::days(2);
    for (command, who) in [
        (handle(1), WORKER),
        (hand_back(), WORKER),
        (Command::HandOver { to: seat(STEWARD) }, LEAD),
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
            "whistle-open",
            "{name}"
        );
    }
    assert_eq!(
        refused(&world, &case, whistle(1), &staff(WORKER)),
        "already-done"
    );
    let off = Command::CallOff { reason: words() };
    assert_eq!(
        refused(&world, &case, off.clone(), &staff(OTHER_WORKER)),
        "not-yours"
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
        "not-yours"
    );
    assert_eq!(
        refused(&world, &case, finish(), &staff(WATER)),
        "not-reported-in"
    );
    let heard = done(&world, &case, Command::Acknowledge, &staff(WATER));
    assert_eq!(
        refused(&world, &heard, Command::Acknowledge, &staff(WATER)),
        "already-done"
    );
    let there = done(&world, &heard, Command::ReportIn, &staff(WATER));
    assert_eq!(
        refused(&world, &there, Command::ReportIn, &staff(WATER)),
        "already-done"
    );
    assert_eq!(
        refused(&world, &there, rate(0), &staff(WORKER)),
        "part-open"
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
        "already-done"
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
        "not-yours"
    );
    case = done(&world, &case, rate(0), &staff(WORKER));
    assert_eq!(
        refused(&world, &case, rate(0), &staff(WORKER)),
        "already-done"
    );
    assert!(case.state.whistle().is_some());
    case = done(&world, &case, rate(1), &staff(WORKER));
    assert!(case.state.whistle().is_none());
}

#[test]
fn a_department_that_may_still_come_is_not_rated_and_one_that_did_not_is() {
    let world = World::new();
    let case = whistled(&world);
    assert_eq!(refused(&world, &case, rate(0), &staff(WORKER)), "too-early");
    let after = MORNING + Duration::hours(4);
    let absent = found(0, Satisfaction::Dissatisfied);
    assert!(world.run(&case, absent, &staff(WORKER), after).is_ok());
}

#[test]
fn nobody_is_content_with_a_department_that_did_not_come() {
    let world = World::new();
    let heard = done(
        &world,
        &whistled(&world),
        Command::Acknowledge,
        &staff(WATER),
    );
    let after = MORNING + Duration::hours(4);
    for response in [Satisfaction::Satisfied, Satisfaction::Fairly] {
        for (station, case) in [(0, &heard), (1, &heard)] {
            let rated = world.run(case, found(station, response), &staff(WORKER), after);
            assert_eq!(rated.unwrap_err().code(), "did-not-come", "{response:?}");
        }
    }
    let late = world.run(&heard, Command::ReportIn, &staff(WATER), after);
    let left = world.run(&late.unwrap().case, finish(), &staff(WATER), after);
    let rated = found(0, Satisfaction::Satisfied);
    let rated = world.run(&left.unwrap().case, rated, &staff(WORKER), after);
    assert!(rated.is_ok(), "whoever came late was there");
}

#[test]
fn whoever_took_a_step_of_a_part_does_not_rate_it() {
    let mut world = World::new();
    let leaders = vec![(department(STATIONS[0].0), seat(LEAD))];
    let after = MORNING + Duration::hours(4);
    let climb = Command::Climb { leaders };
    let climbed = world.run(&whistled(&world), climb, &Actor::Clock, after);
    let there = world.run(
        &climbed.unwrap().case,
        Command::ReportIn,
        &staff(LEAD),
        after,
    );
    let case = world.run(&there.unwrap().case, finish(), &staff(LEAD), after);
    let case = case.unwrap().case;
    // while whoever called is gone, a lead may rate
    world.gone = vec![member(WORKER)];
    let own = world.run(&case, rate(0), &staff(LEAD), after);
    assert_eq!(own.unwrap_err().code(), "same-person");
    let absent = found(1, Satisfaction::Dissatisfied);
    assert!(world.run(&case, absent, &staff(LEAD), after).is_ok());
    assert!(world.run(&case, rate(0), &staff(WORKER), after).is_ok());
}

#[test]
fn nobody_rates_a_response_for_who_whistled_but_a_lead_while_that_one_is_gone() {
    let here = World::new();
    let case = done(&here, &whistled(&here), Command::ReportIn, &staff(WATER));
    let case = done(&here, &case, finish(), &staff(WATER));
    let gone = World {
        gone: vec![member(WORKER)],
        ..World::new()
    };
    let code = |world: &World, who: u128| refused(world, &case, rate(0), &staff(who));
    for lead in [DESK, LEAD, CHIEF] {
        assert_eq!(code(&here, lead), "not-yours");
    }
    assert_eq!(code(&here, WORKER), "done");
    assert_eq!(code(&gone, DEPUTY), "done", "stands in");
    assert_eq!(code(&gone, LEAD), "done");
    assert_eq!(code(&gone, DESK), "not-yours", "leads nobody");
}

#[test]
fn a_rating_is_offered_only_while_some_department_can_be_rated() {
    let world = World::new();
    let offered = |case: &Case, now| {
        let may = commands_at(case, &staff(WORKER), &world.settings, now);
        may.contains(&CommandName::RateResponse)
    };
    let case = whistled(&world);
    let report_by = case.state.whistle().unwrap().report_by;
    assert!(!offered(&case, MORNING) && !offered(&case, report_by));
    assert!(offered(&case, report_by + Duration::SECOND));
    let there = done(&world, &case, Command::ReportIn, &staff(WATER));
    assert!(!offered(&there, MORNING), "it is at work");
    let ready = done(&world, &there, finish(), &staff(WATER));
    assert!(offered(&ready, MORNING));
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
        "too-early"
    );
    assert_eq!(
        refused(&world, &case, climb.clone(), &staff(CHIEF)),
        "not-allowed"
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
        "unknown-target"
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
        "unknown-target"
    );
    assert_eq!(
        refused(&world, &case, whistle(1), &staff(STEWARD)),
        "not-allowed"
    );
    assert_eq!(
        refused(&world, &case, whistle(1), &staff(OTHER_WORKER)),
        "not-yours"
    );
}

#[test]
fn a_call_needs_somebody_to_hear_it_and_is_no_crowd() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let call = |called| Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called,
        reason: words(),
    };
    let one = |n, seats| Called {
        department: department(n),
        seats,
    };
    let nobody = call(vec![one(801, vec![])]);
    assert_eq!(
        refused(&world, &case, nobody, &staff(WORKER)),
        "unknown-target"
    );
    let crowd = |n: u128| call((801..801 + n).map(|n| one(n, vec![seat(WATER)])).collect());
    assert_eq!(refused(&world, &case, crowd(10), &staff(WORKER)), "done");
    assert_eq!(
        refused(&world, &case, crowd(11), &staff(WORKER)),
        "unknown-target"
    );
}

#[test]
fn only_whoever_was_called_is_offered_the_steps_of_a_whistle() {
    let world = World::new();
    let case = whistled(&world);
    let hears = |who| commands(&case, &staff(who)).contains(&CommandName::Acknowledge);
    assert!(hears(WATER) && !hears(LEAD));
    let lower = Command::Lower {
        to: seat(STEWARD),
        reason: words(),
    };
    assert_eq!(
        refused(&world, &case, lower, &staff(WORKER)),
        "whistle-open"
    );
}

#[test]
fn a_step_of_a_whistle_that_is_done_is_not_offered_again() {
    let world = World::new();
    let mut case = whistled(&world);
    let steps = [
        CommandName::Acknowledge,
        CommandName::ReportIn,
        CommandName::Finish,
    ];
    let offered = |case: &Case| {
        let may = commands(case, &staff(WATER));
        steps.map(|step| may.contains(&step))
    };
    assert_eq!(offered(&case), [true, true, false]);
    let ways = [
        (Command::Acknowledge, [false, true, false]),
        (Command::ReportIn, [false, false, true]),
        (Command::Finish { note: words() }, [false, false, false]),
    ];
    for (step, left) in ways {
        case = done(&world, &case, step, &staff(WATER));
        assert_eq!(offered(&case), left);
    }
}

#[test]
fn a_leader_who_was_called_is_not_called_again() {
    let world = World::new();
    let case = whistled(&world);
    let climb = Command::Climb {
        leaders: vec![(department(STATIONS[0].0), seat(WATER))],
    };
    let after = MORNING + Duration::hours(4);
    let climbed = world.run(&case, climb, &Actor::Clock, after).unwrap().case;
    let seats = &climbed.state.whistle().unwrap().parts[0].seats;
    assert_eq!(*seats, [seat(WATER)]);
}

#[test]
fn whoever_does_not_say_that_they_heard_climbs_first_and_whoever_does_not_come_climbs_again() {
    let world = World::new();
    let case = done(
        &world,
        &whistled(&world),
        Command::Acknowledge,
        &staff(WATER),
    );
    let whistle = case.state.whistle().unwrap();
    let (called_at, hear_by) = (whistle.called_at, whistle.hear_by.unwrap());
    assert_eq!(hear_by, called_at + Duration::minutes(30));
    let leaders = STATIONS.map(|(station, _)| (department(station), seat(CHIEF)));
    let climb = Command::Climb {
        leaders: leaders.to_vec(),
    };
    let at_time = world.run(&case, climb.clone(), &Actor::Clock, hear_by);
    assert_eq!(at_time.unwrap_err().code(), "too-early");
    let late = hear_by + Duration::SECOND;
    let told = world
        .run(&case, climb.clone(), &Actor::Clock, late)
        .unwrap();
    let officers = vec![department(STATIONS[1].0)];
    assert!(matches!(
        &told.events[0].deed,
        Deed::Climbed { departments, unheard: true, .. } if *departments == officers
    ));
    let again = world.run(&told.case, climb.clone(), &Actor::Clock, late);
    assert_eq!(
        again.unwrap_err().code(),
        "too-early",
        "once for each limit"
    );
    let over = whistle.report_by + Duration::SECOND;
    let absent = world.run(&told.case, climb, &Actor::Clock, over).unwrap();
    assert!(matches!(
        &absent.events[0].deed,
        Deed::Climbed { departments, unheard: false, .. } if departments.len() == 2
    ));
    assert_eq!(absent.case.state.whistle().unwrap().wakes_at(), None);
}

#[test]
fn nobody_has_more_time_to_say_that_they_heard_than_to_be_there() {
    let mut world = World::new();
    world.settings.whistle.hear.urgent = world.settings.whistle.ordinary;
    let case = whistled(&world);
    let whistle = case.state.whistle().unwrap();
    assert_eq!(whistle.hear_by, Some(whistle.report_by));
}

#[test]
fn the_first_department_called_leads() {
    let case = whistled(&World::new());
    let whistle = case.state.whistle().unwrap();
    assert_eq!(whistle.leads(), Some(department(STATIONS[0].0)));
}

#[test]
fn nobody_who_is_called_has_longer_to_come_than_there_is_for_the_work() {
    let mut world = World::new();
    world.rows[0].limit = Limit {
        unit: Unit::Minute,
        n: 70,
    };
    let case = whistled(&world);
    let due = case.times.handle_due.unwrap();
    assert!(
        due < MORNING + Duration::hours(3),
        "sooner than an urgent one"
    );
    let one = case.state.whistle().unwrap();
    assert_eq!((one.hear_by, one.report_by), (Some(due), due));
    // what is late already has no end any more that would cut it
    let late = MORNING + Duration::hours(2);
    let taken = up_to(&world, 0, ACCEPTED);
    let called = world.run(&taken, whistle(1), &staff(WORKER), late).unwrap();
    let report_by = called.case.state.whistle().unwrap().report_by;
    assert_eq!(report_by, late + Duration::hours(2));
}

#[test]
fn the_department_that_has_the_case_is_not_called_to_it() {
    let world = World::new();
    let to = seat(WATER);
    let taken = up_to(&world, 0, ACCEPTED);
    let theirs = done(&world, &taken, Command::HandOver { to }, &staff(LEAD));
    for n in [1, 2] {
        let own = refused(&world, &theirs, whistle(n), &staff(LEAD));
        assert_eq!(own, "own-department");
    }
    let other = Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called: called(2).split_off(1),
        reason: words(),
    };
    assert_eq!(refused(&world, &theirs, other, &staff(LEAD)), "done");
}
