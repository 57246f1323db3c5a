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
        .run(&case, Command::Escalate, &Actor::Clock, late)
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
        .run(&passed, Command::Escalate, &Actor::Clock, later)
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
            .run(&case, Command::Escalate, &Actor::Clock, late)
            .unwrap_err();
        assert_eq!(refusal.code(), "unknown_target");
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
    assert_eq!(refusal.code(), "unknown_target");
}
