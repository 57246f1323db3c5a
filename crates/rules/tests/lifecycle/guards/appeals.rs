//! Callings together, appeals, and the clocks beside the deadline: one test for each guard.

use super::*;
use rules::ids::{CoordinationId, ItemId};

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
fn nothing_agreed_upon_is_forgotten_when_the_case_is_closed() {
    let world = World::new();
    let steps = vec![(staff(WORKER), handle(1)), (staff(DESK), check())];
    let case = world.script(agreed(&world), steps);
    assert_eq!(refused(&world, &case, close(), &staff(DESK)), "items-open");
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
        "not-yours"
    );
    for who in [WATER, WORKER, DESK] {
        assert_eq!(refused(&world, &case, settle(by), &staff(who)), "done");
    }
    let settled = done(&world, &case, settle(by), &staff(WATER));
    assert_eq!(
        refused(&world, &settled, settle(by), &staff(WATER)),
        "already-done"
    );
    let free = up_to(&world, 0, ACCEPTED);
    let item = Command::Agree {
        item: ItemId(id(9_001)),
        by,
        what: words(),
    };
    assert_eq!(refused(&world, &free, item, &staff(LEAD)), "nothing-asked");
}

#[test]
fn an_appeal_is_for_what_is_overdue_once_and_by_the_owner() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let appeal = || Command::Appeal { reason: words() };
    assert_eq!(
        refused(&world, &case, appeal(), &staff(WORKER)),
        "not-overdue"
    );
    let after = late(&case);
    let run = |case: &Case, command, who| world.run(case, command, &staff(who), after);
    let code = |case: &Case, command, who| {
        run(case, command, who).map_or_else(|refusal| refusal.code(), |_| "done")
    };
    assert_eq!(code(&case, appeal(), OTHER_WORKER), "not-yours");
    let appealed = run(&case, appeal(), WORKER).unwrap().case;
    assert_eq!(code(&appealed, appeal(), WORKER), "already-done");
    let refuse = Command::Review { agree: false };
    let over = run(&appealed, refuse, DESK).unwrap().case;
    assert_eq!(
        code(&over, Command::Review { agree: true }, LEAD),
        "nothing-asked"
    );
    assert_eq!(code(&over, appeal(), WORKER), "already-done");
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
        "concerned"
    );
    let once = run(&appealed, agree(), DESK).unwrap().case;
    assert!(!once.is_exempt(), "one is not enough");
    assert_eq!(
        run(&once, agree(), DESK).unwrap_err().code(),
        "agreed-before"
    );
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
    assert_eq!(refusal.code(), "too-late");
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
        ClockName::Update,
        ClockName::Tier,
    ];
    assert_eq!(names(&case), running);
    assert_eq!(case.next_due(), case.times.contact_due);
    let tell = Command::Tell { words: words() };
    let told = done(&world, &case, tell.clone(), &staff(WORKER));
    assert!(!names(&told).contains(&ClockName::Contact));
    assert!(told.times.update_due > case.times.update_due);
    assert_eq!(refused(&world, &told, tell, &staff(WORKER)), "already-done");
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

#[test]
fn what_was_agreed_keeps_a_check_from_closing_at_once() {
    let world = World::new();
    let case = done(&world, &agreed(&world), handle(1), &staff(WORKER));
    let at_once = Command::Check {
        verdict: Verdict::Pass,
        answer: Some(AnswerId(id(5))),
    };
    let checked = done(&world, &case, at_once, &staff(DESK));
    assert_eq!(checked.state.name(), "checked");
}

#[test]
fn a_calling_and_what_is_agreed_have_a_key_each_and_an_end() {
    let world = World::new();
    let case = agreed(&world);
    let again = Command::Coordinate {
        id: CoordinationId(id(7_001)),
        asked: vec![],
        reason: words(),
    };
    assert_eq!(refused(&world, &case, again, &staff(LEAD)), "already-done");
    let item = |n| Command::Agree {
        item: ItemId(id(n)),
        by: None,
        what: words(),
    };
    assert_eq!(
        refused(&world, &case, item(9_001), &staff(LEAD)),
        "already-done"
    );
    let mut full = case;
    for n in 9_002..=9_050 {
        full = done(&world, &full, item(n), &staff(LEAD));
    }
    assert_eq!(
        refused(&world, &full, item(9_051), &staff(LEAD)),
        "limit-reached"
    );
}

#[test]
fn who_appealed_who_owns_it_and_who_did_it_do_not_decide_on_it() {
    let world = World::new();
    let given = |to| {
        let hand_over = Command::HandOver { to: seat(to) };
        done(&world, &up_to(&world, 0, ACCEPTED), hand_over, &staff(DESK))
    };
    let after = late(&given(LEAD));
    let run = |case: &Case, command, who: &Actor| world.run(case, command, who, after);
    let appeal = || Command::Appeal { reason: words() };
    let agree = || Command::Review { agree: true };
    let code = |case: &Case, who: &Actor| run(case, agree(), who).unwrap_err().code();

    let appealed = run(&given(LEAD), appeal(), &staff(LEAD)).unwrap().case;
    let moved = Command::HandOver { to: seat(WORKER) };
    let moved = run(&appealed, moved, &staff(DESK)).unwrap().case;
    assert_eq!(code(&moved, &staff(LEAD)), "concerned", "who appealed");

    let appealed = run(&given(WORKER_TWO), appeal(), &staff(WORKER_TWO));
    let moved = Command::HandOver { to: seat(LEAD) };
    let moved = run(&appealed.unwrap().case, moved, &staff(DESK)).unwrap();
    assert_eq!(code(&moved.case, &staff(LEAD)), "concerned", "who owns it");

    let deputy = somebody(CHIEF, Role::CommunityLead, vec![member(LEAD)]);
    let handled = run(&given(LEAD), handle(1), &deputy).unwrap().case;
    let appealed = run(&handled, appeal(), &staff(LEAD)).unwrap().case;
    assert_eq!(code(&appealed, &staff(CHIEF)), "concerned", "who did it");
}

#[test]
fn nothing_is_offered_that_nobody_asked_for() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let offered = |who: &Actor| commands(&case, who);
    let desk = offered(&staff(DESK));
    for name in [
        CommandName::Review,
        CommandName::Agree,
        CommandName::CallOff,
    ] {
        assert!(!desk.contains(&name), "{name}");
    }
    assert!(!offered(&Actor::Clock).contains(&CommandName::Climb));
    let owner = staff(WORKER);
    let early = commands_at(&case, &owner, &world.settings, MORNING);
    assert!(!early.contains(&CommandName::Appeal));
    assert!(
        commands_at(&case, &owner, &world.settings, late(&case)).contains(&CommandName::Appeal)
    );
}

/// Somebody who may appeal and whom no deputy stands for.
const WORKER_TWO: u128 = OTHER_WORKER;
