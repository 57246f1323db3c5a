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
