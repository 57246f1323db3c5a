//! The ladder of a task that nobody takes, and tellings that join a case.

use super::*;
use rules::ids::PostId;

#[test]
fn a_deputy_of_the_same_seat_is_no_level_and_has_a_limit_of_its_own() {
    let mut world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    let late = case.times.answer_by.unwrap();
    // the same seat, another hand
    world.above = Some(Addressee {
        post: PostId(id(WORKER)),
        member: member(OTHER_WORKER),
    });
    let passed = world
        .run(
            &case,
            Command::Escalate { reason: None },
            &Actor::Clock,
            late,
        )
        .unwrap();
    let deed = &passed.events[0].deed;
    assert!(matches!(
        deed,
        Deed::Escalated {
            cause: Cause::Deputy,
            ..
        }
    ));
    let passed = passed.case;
    assert_eq!(
        (passed.owner, passed.counts.escalations),
        (Some(member(OTHER_WORKER)), 0)
    );
    assert_eq!(passed.times.answer_by, Some(late + Duration::hours(1)));
    world.above = Some(seat(CHIEF));
    let later = passed.times.answer_by.unwrap();
    let lifted = world
        .run(
            &passed,
            Command::Escalate { reason: None },
            &Actor::Clock,
            later,
        )
        .unwrap()
        .case;
    assert_eq!(
        (lifted.owner, lifted.counts.escalations),
        (Some(member(CHIEF)), 1)
    );
    assert_eq!(lifted.times.answer_by, Some(later + Duration::hours(2)));
}

#[test]
fn a_ladder_that_leads_to_the_same_hands_ends() {
    let mut world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    let late = case.times.answer_by.unwrap();
    for end in [None, Some(seat(WORKER))] {
        world.above = end;
        let refusal = world
            .run(
                &case,
                Command::Escalate { reason: None },
                &Actor::Clock,
                late,
            )
            .unwrap_err();
        assert_eq!(refusal.code(), "nobody-above");
    }
}

#[test]
fn me_too_counts_a_telling_of_a_running_case_and_changes_nothing_else() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let joined = world.join(&case, &reporter(&case), MORNING).unwrap();
    assert_eq!(joined.events.len(), 1);
    let expected = Case {
        reports: 2,
        version: case.version + 1,
        ..case
    };
    assert_eq!(joined.case, expected);
    let closed = up_to(&world, 0, CLOSED);
    let refusal = world
        .join(&closed, &reporter(&closed), MORNING)
        .unwrap_err();
    assert_eq!(refusal.code(), "unknown-target");
}

#[test]
fn a_person_who_lifts_a_task_up_says_why_and_time_need_not() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    let lift = |reason| Command::Escalate { reason };
    assert_eq!(
        refused(&world, &case, lift(None), &staff(DESK)),
        "words-missing"
    );
    let lifted = done(&world, &case, lift(Some(words())), &staff(DESK));
    assert_eq!(lifted.owner, Some(member(CHIEF)));
    let late = case.times.answer_by.unwrap();
    assert!(world.run(&case, lift(None), &Actor::Clock, late).is_ok());
}

#[test]
fn whoever_passes_it_on_too_often_is_told_that_it_goes_up_and_it_does() {
    let world = World::new();
    let case = handed_on_three_times(&world);
    let owner = case.owner.unwrap();
    let owner = staff(owner.0.as_u128());
    assert!(goes_up(&case, &owner, &world.settings));
    let passed = done(
        &world,
        &case,
        Command::HandOver { to: seat(WORKER) },
        &owner,
    );
    assert_eq!(passed.owner, Some(member(CHIEF)));
    assert!(
        !goes_up(&case, &staff(LEAD), &world.settings),
        "a leader decides"
    );
    let fresh = up_to(&world, 0, ACCEPTED);
    assert!(!goes_up(&fresh, &staff(WORKER), &world.settings));
}

#[test]
fn what_a_leader_has_decided_is_not_offered_to_be_passed_on() {
    let world = World::new();
    let case = handed_on_three_times(&world);
    let decided = done(
        &world,
        &case,
        Command::HandOver { to: seat(WORKER) },
        &staff(LEAD),
    );
    assert!(decided.decided);
    let offered = commands_at(&decided, &staff(WORKER), &world.settings, MORNING);
    assert!(!offered.contains(&CommandName::HandOver));
    assert!(offered.contains(&CommandName::Handle));
}

#[test]
fn nobody_has_longer_to_take_a_task_than_there_is_for_the_work() {
    let mut world = World::new();
    world.rows[0].limit = Limit {
        unit: Unit::UrgentHour,
        n: 1,
    };
    let case = up_to(&world, 0, DISPATCHED);
    let end = case.times.handle_due.unwrap();
    assert!(world.settings.accept_within.n > 1, "it would be longer");
    assert_eq!(case.times.answer_by, Some(end));
    world.above = Some(seat(CHIEF));
    let lift = Command::Escalate { reason: None };
    let lifted = world.run(&case, lift, &Actor::Clock, end).unwrap().case;
    assert_eq!(
        lifted.times.answer_by,
        Some(end + Duration::hours(2)),
        "where the time for the work is over, the next hand has its own"
    );
}

#[test]
fn what_a_department_did_not_take_comes_down_no_level_by_being_lifted() {
    let mut world = World::new();
    world.above = Some(seat(CHIEF));
    let steps = vec![
        (staff(DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(WATER))),
    ];
    let case = world.script(world.told(101, MORNING).case, steps);
    assert_eq!(case.tier, Some(Tier::Subdistrict));
    let late = case.times.answer_by.unwrap();
    let lift = Command::Escalate { reason: None };
    let lifted = world.run(&case, lift, &Actor::Clock, late).unwrap().case;
    assert_eq!(lifted.owner, Some(member(CHIEF)));
    assert_eq!(lifted.tier, Some(Tier::Subdistrict));
    assert_eq!(lifted.times.tier_due, case.times.tier_due);
}

/// When a clock of a case ends, should it run.
fn ends(case: &Case, name: ClockName) -> Option<OffsetDateTime> {
    let mut running = case.clocks().into_iter();
    running.find(|(one, _)| *one == name).map(|(_, at)| at)
}

#[test]
fn neither_the_level_nor_the_next_word_runs_on_behind_the_matter_and_more_time_moves_both_along() {
    let mut world = World::new();
    world.settings.check_within = Some(Limit {
        unit: Unit::UrgentHour,
        n: 1,
    });
    let case = up_to(&world, 0, ACCEPTED);
    let both = |case: &Case| [ClockName::Tier, ClockName::Update].map(|name| ends(case, name));
    let of_the_matter = |case: &Case| [case.times.handle_due, case.times.due_at];
    assert!(
        case.times.tier_due > case.times.handle_due && case.times.update_due > case.times.due_at
    );
    assert_eq!(both(&case), of_the_matter(&case));
    let ask = Command::Extend(Extend::Ask { reason: words() });
    let asked = done(&world, &case, ask, &staff(WORKER));
    let grant = Command::Extend(Extend::Decide { grant: true });
    let longer = done(&world, &asked, grant, &staff(DESK));
    assert!(longer.times.handle_due > case.times.handle_due);
    assert_eq!(
        both(&longer),
        [case.times.tier_due, longer.times.due_at],
        "the level has its own limit where that is the shorter one"
    );
    let until = MORNING + Duration::hours(49);
    let suspend = Command::Suspend {
        until,
        reason: words(),
    };
    let suspended = done(&world, &case, suspend, &staff(DESK));
    let on = world.run(&suspended, Command::Resume, &Actor::Clock, until);
    let on = on.unwrap().case;
    assert!(on.times.handle_due > case.times.handle_due);
    assert_eq!(both(&on), of_the_matter(&on));
}

#[test]
fn a_level_that_gets_what_is_late_and_a_reporter_who_hears_of_it_have_a_limit_of_their_own() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let late = case.times.handle_due.unwrap() + Duration::minutes(1);
    let told = world.run(
        &case,
        Command::Tell { words: words() },
        &staff(WORKER),
        late,
    );
    let told = told.unwrap().case;
    assert_eq!(ends(&told, ClockName::Tier), case.times.handle_due);
    assert_eq!(ends(&told, ClockName::Update), told.times.update_due);
    assert!(told.times.update_due > Some(late));
    let raise = Command::Raise {
        to: Some(seat(CHIEF)),
        reason: words(),
    };
    let raised = world.run(&told, raise, &staff(WORKER), late).unwrap().case;
    assert_eq!(ends(&raised, ClockName::Tier), raised.times.tier_due);
    assert!(raised.times.tier_due > Some(late));
}

#[test]
fn a_deputy_of_whoever_it_climbed_to_takes_it_down_no_level() {
    let mut world = World::new();
    let water = Command::Dispatch(seat(WATER));
    let case = done(&world, &up_to(&world, 0, FILED), water, &staff(DESK));
    world.above = Some(seat(CHIEF));
    let climb = |world: &World, case: &Case| {
        let late = case.times.answer_by.unwrap();
        let lift = Command::Escalate { reason: None };
        world.run(case, lift, &Actor::Clock, late).unwrap().case
    };
    let lifted = climb(&world, &case);
    world.above = Some(Addressee {
        post: PostId(id(CHIEF)),
        member: member(LEAD),
    });
    let passed = climb(&world, &lifted);
    assert_eq!(passed.owner, Some(member(LEAD)));
    for later in [lifted, passed] {
        assert_eq!(
            (later.tier, later.times.tier_due),
            (Some(Tier::Subdistrict), case.times.tier_due)
        );
    }
}

#[test]
fn nothing_is_put_below_the_micro_grid_by_whoever_stands_in_there() {
    let world = World::new();
    let given = Command::Dispatch(seat(STEWARD));
    let case = done(&world, &up_to(&world, 0, FILED), given, &staff(DESK));
    let deputy = somebody(OFFICER, Role::Officer, vec![member(STEWARD)]);
    assert!(!commands(&case, &deputy).contains(&CommandName::Lower));
    let lower = Command::Lower {
        to: seat(OTHER_WORKER),
        reason: words(),
    };
    assert_eq!(refused(&world, &case, lower, &deputy), "unknown-target");
}
