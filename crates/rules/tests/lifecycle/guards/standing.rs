//! A clock that stands still 挂账: when it may be stopped, and who lets it go on.

use super::*;

fn suspend() -> Command {
    Command::Suspend {
        until: MORNING + Duration::days(20),
        reason: words(),
    }
}

/// Suspended by the desk an hour after it was told.
fn suspended(world: &World) -> Case {
    done(world, &up_to(world, 0, ACCEPTED), suspend(), &staff(DESK))
}

#[test]
fn what_is_late_is_not_suspended_and_that_is_not_offered() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let due = case.times.handle_due.unwrap();
    let late = due + Duration::minutes(1);
    for who in [DESK, LEAD, CHIEF] {
        let refusal = world.run(&case, suspend(), &staff(who), late);
        assert_eq!(refusal.unwrap_err(), Refusal::Overdue { due });
        let offered = |at| commands_at(&case, &staff(who), &world.settings, at);
        assert!(!offered(late).contains(&CommandName::Suspend));
        assert!(offered(due).contains(&CommandName::Suspend));
    }
    assert!(world.run(&case, suspend(), &staff(DESK), due).is_ok());
}

#[test]
fn nothing_becomes_late_while_its_clock_stands_and_what_was_late_before_stays_late() {
    let world = World::new();
    let case = suspended(&world);
    let due = case.times.due_at.unwrap();
    let later = due + Duration::days(1);
    assert!(!case.is_overdue(later));
    assert_eq!(case.late_from(), None);
    // as it was kept before what is late could not be suspended any more
    let state = State::Suspended {
        since: due + Duration::minutes(1),
        until: due + Duration::days(30),
        waiting: None,
    };
    let was_late = Case { state, ..case };
    assert!(was_late.is_overdue(later));
    assert_eq!(was_late.late_from(), Some(due));
}

#[test]
fn until_somebody_decides_what_becomes_of_a_case_it_is_late_from_when_that_should_have_been() {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    let filed = up_to(&world, 0, FILED);
    for case in [&told, &filed] {
        let by = case.times.answer_by.unwrap();
        assert_eq!(case.late_from(), Some(by));
        assert!(!case.is_open_and_late(by));
        assert!(case.is_open_and_late(by + Duration::SECOND));
        assert!(
            !case.is_overdue(by + Duration::SECOND),
            "its own deadline is another"
        );
    }
    let given = up_to(&world, 0, DISPATCHED);
    assert_eq!(
        given.late_from(),
        given.times.due_at,
        "taking it has its own ladder"
    );
    let closed = up_to(&world, 0, CLOSED);
    assert_eq!(closed.late_from(), None);
}

#[test]
fn whoever_may_suspend_a_case_lets_it_go_on_and_its_deadline_moves_by_the_time_it_stood() {
    let world = World::new();
    let case = suspended(&world);
    let due = case.times.due_at.unwrap();
    let at = MORNING + Duration::hours(4);
    for who in [DESK, OTHER_DESK, LEAD, CHIEF, WORKER] {
        assert!(commands(&case, &staff(who)).contains(&CommandName::Resume));
        let on = world.run(&case, Command::Resume, &staff(who), at).unwrap();
        assert_eq!(on.case.state.name(), "accepted");
        assert_eq!(on.case.times.due_at, Some(due + Duration::hours(3)));
        assert_eq!(on.case.owner, case.owner, "the work stays where it is");
    }
    for who in [OTHER_WORKER, STEWARD, WATER] {
        assert_eq!(
            refused(&world, &case, Command::Resume, &staff(who)),
            "not-yours"
        );
        assert!(!commands(&case, &staff(who)).contains(&CommandName::Resume));
    }
}

#[test]
fn a_request_for_more_time_that_nobody_decides_any_more_falls_away_with_a_word() {
    let world = World::new();
    let ask = Command::Extend(Extend::Ask { reason: words() });
    let asked = done(&world, &up_to(&world, 0, ACCEPTED), ask, &staff(WORKER));
    let raise = Command::Raise {
        to: None,
        reason: words(),
    };
    let at = MORNING + Duration::hours(1);
    for (command, who, cause) in [
        (suspend(), LEAD, Fell::Suspended),
        (handle(1), WORKER, Fell::Handled),
        (hand_back(), WORKER, Fell::GivenOn),
        (raise, LEAD, Fell::GivenOn),
    ] {
        let name = command.name();
        let decision = world.run(&asked, command, &staff(who), at).unwrap();
        let told = Some(member(WORKER));
        let [fell, last] = &decision.events[..] else {
            panic!("{name}: {:?}", decision.events);
        };
        assert_eq!(fell.deed, Deed::ExtensionFell { cause, told }, "{name}");
        // what was done itself comes last, and moves the case
        assert_eq!((fell.from, fell.to), (last.from, StateName::Accepted));
        assert_eq!(last.to, decision.case.state.kind(), "{name}");
        assert_eq!(decision.case.version, asked.version + 2, "{name}");
    }
    let grant = Command::Extend(Extend::Decide { grant: true });
    let decided = world.run(&asked, grant, &staff(LEAD), at).unwrap();
    assert_eq!(decided.events.len(), 1, "that is a decision");
    let untouched = world.run(&asked, Command::Adopt, &staff(CHIEF), at);
    assert_eq!(untouched.unwrap().events.len(), 1, "it still waits");
}
