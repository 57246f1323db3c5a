//! A whistle that is called off takes no rating away.

use super::*;
use rules::ids::WhistleId;
use rules::whistle::Urgency;

fn off() -> Command {
    Command::CallOff { reason: words() }
}

fn rate(station: usize, response: Satisfaction) -> Command {
    Command::RateResponse {
        department: department(STATIONS[station].0),
        response,
    }
}

/// A case to which both stations were called by whoever works on it.
fn whistled(world: &World) -> Case {
    whistled_by(world, WORKER)
}

fn whistled_by(world: &World, who: u128) -> Case {
    let call = Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called: called(2),
        reason: words(),
    };
    done(world, &up_to(world, 0, ACCEPTED), call, &staff(who))
}

/// A case to which the lead called both stations, late enough to climb to the lead: somebody reports in, and it is called off.
fn climbed_and_left(world: &World, who: u128, at: OffsetDateTime) -> Case {
    let leaders = vec![(department(STATIONS[0].0), seat(LEAD))];
    let climb = Command::Climb { leaders };
    let told = world.run(&whistled_by(world, LEAD), climb, &Actor::Clock, at);
    let came = world.run(&told.unwrap().case, Command::ReportIn, &staff(who), at);
    let left = world.run(&came.unwrap().case, off(), &staff(DESK), at);
    left.unwrap().case
}

#[test]
fn whoever_came_stays_to_be_rated_by_who_whistled_when_it_is_called_off() {
    let world = World::new();
    let there = done(&world, &whistled(&world), Command::ReportIn, &staff(WATER));
    let left = done(&world, &there, off(), &staff(DESK));
    let parts = &left.state.whistle().unwrap().parts;
    assert_eq!(parts.len(), 1, "whoever may still come need not");
    assert_eq!(parts[0].department, department(STATIONS[0].0));
    assert_eq!(
        refused(&world, &left, off(), &staff(DESK)),
        "already-done",
        "not even the second time"
    );
    assert!(!commands(&left, &staff(DESK)).contains(&CommandName::CallOff));
    assert_eq!(
        refused(&world, &left, handle(1), &staff(WORKER)),
        "whistle-open"
    );
    let fairly = rate(0, Satisfaction::Fairly);
    let free = done(&world, &left, fairly, &staff(WORKER));
    assert_eq!(refused(&world, &free, handle(1), &staff(WORKER)), "done");
}

#[test]
fn whoever_missed_their_time_stays_to_be_rated_and_nobody_waits_for_them() {
    let world = World::new();
    let after = MORNING + Duration::hours(4);
    let left = world.run(&whistled(&world), off(), &staff(DESK), after);
    let left = left.unwrap().case;
    let whistle = left.state.whistle().unwrap();
    assert_eq!((whistle.parts.len(), whistle.wakes_at()), (2, None));
    let came = world.run(&left, Command::ReportIn, &staff(WATER), after);
    assert_eq!(came.unwrap_err().code(), "already-done");
    let missed = rate(0, Satisfaction::Dissatisfied);
    assert!(world.run(&left, missed, &staff(WORKER), after).is_ok());
}

#[test]
fn what_nobody_may_rate_does_not_keep_the_work_from_going_on() {
    let world = World::new();
    let left = climbed_and_left(&world, LEAD, MORNING + Duration::hours(4));
    let parts = &left.state.whistle().unwrap().parts;
    assert_eq!(parts.len(), 1, "the part in which the whistler took a step");
    assert_eq!(parts[0].department, department(STATIONS[1].0));
}

#[test]
fn whoever_whistled_and_cannot_rate_from_where_they_serve_now_leaves_it_to_a_lead() {
    let here = World::new();
    let there = done(&here, &whistled(&here), Command::ReportIn, &staff(WATER));
    let left = done(&here, &there, off(), &staff(DESK));
    let fairly = || rate(0, Satisfaction::Fairly);
    assert_eq!(refused(&here, &left, fairly(), &staff(LEAD)), "not-yours");
    // moved to another grid, or to a role that rates nobody
    let moved = World {
        elsewhere: vec![seat(WORKER).post],
        ..World::new()
    };
    assert_eq!(refused(&moved, &left, fairly(), &staff(LEAD)), "done");
    assert_eq!(refused(&moved, &left, fairly(), &staff(DESK)), "not-yours");
}

#[test]
fn whoever_does_the_work_of_all_that_is_left_leaves_the_rating_to_a_lead() {
    let deputy = somebody(WORKER, Role::Worker, vec![member(WATER)]);
    let world = World {
        deputies: vec![(member(WATER), member(WORKER))],
        ..World::new()
    };
    let there = done(&world, &whistled(&world), Command::ReportIn, &staff(WATER));
    let fairly = || rate(0, Satisfaction::Fairly);
    assert_eq!(refused(&world, &there, fairly(), &staff(LEAD)), "not-yours");
    let left = done(&world, &there, off(), &staff(DESK));
    assert_eq!(refused(&world, &left, fairly(), &deputy), "same-person");
    assert_eq!(refused(&world, &left, fairly(), &staff(LEAD)), "done");
}

#[test]
fn once_it_was_called_off_whoever_whistled_takes_the_rating_away_from_themselves_no_more() {
    let world = World::new();
    let after = MORNING + Duration::hours(4);
    let left = climbed_and_left(&world, WATER, after);
    let finish = || Command::Finish { note: words() };
    let own = world.run(&left, finish(), &staff(LEAD), after);
    assert_eq!(own.unwrap_err().code(), "same-person");
    assert!(!commands(&left, &staff(LEAD)).contains(&CommandName::Finish));
    let theirs = world.run(&left, finish(), &staff(WATER), after);
    assert!(theirs.is_ok());
    let fairly = rate(0, Satisfaction::Fairly);
    assert!(world.run(&left, fairly, &staff(LEAD), after).is_ok());
}

#[test]
fn only_who_is_not_on_the_spot_is_told_to_stay_away() {
    let world = World::new();
    let there = done(&world, &whistled(&world), Command::ReportIn, &staff(WATER));
    let at = MORNING + Duration::hours(1);
    let left = world.run(&there, off(), &staff(DESK), at).unwrap();
    let officer = vec![member(OFFICER)];
    assert!(matches!(&left.events[0].deed, Deed::CalledOff { called, .. } if *called == officer));
}

#[test]
fn a_part_waits_for_whoever_did_not_take_a_step_of_it_once_it_can_be_rated() {
    let world = World::new();
    let whistle = |case: &Case| case.state.whistle().unwrap().clone();
    let open = whistled(&world);
    let over = whistle(&open).report_by + Duration::SECOND;
    let (worker, water) = (member(WORKER), member(WATER));
    assert!(!whistle(&open).waits_for(worker, MORNING));
    assert!(whistle(&open).waits_for(worker, over), "it did not come");
    let alone = Command::Whistle {
        id: WhistleId(id(8_001)),
        urgency: Urgency::Urgent,
        called: called(1),
        reason: words(),
    };
    let alone = done(&world, &up_to(&world, 0, ACCEPTED), alone, &staff(WORKER));
    let there = done(&world, &alone, Command::ReportIn, &staff(WATER));
    assert!(!whistle(&there).waits_for(worker, over), "it is at work");
    let off = done(&world, &there, off(), &staff(DESK));
    assert!(whistle(&off).waits_for(worker, MORNING));
    assert!(!whistle(&off).waits_for(water, MORNING));
}
