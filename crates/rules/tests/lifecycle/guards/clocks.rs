//! Deadlines, windows, pauses and transfers.

use super::*;

#[test]
fn a_suspension_ends_within_its_ceiling() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let latest = MORNING + Duration::hours(1) + Duration::days(90);
    for until in [latest + Duration::minutes(1), MORNING] {
        let suspend = Command::Suspend {
            until,
            reason: words(),
        };
        assert_eq!(
            refused(&world, &case, suspend, &staff(DESK)),
            "outside-window"
        );
    }
    assert_eq!(
        refused(
            &world,
            &case,
            Command::Suspend {
                until: latest,
                reason: words()
            },
            &staff(DESK)
        ),
        "done"
    );
}

#[test]
fn a_case_is_suspended_once() {
    let world = World::new();
    let suspend = Command::Suspend {
        until: MORNING + Duration::days(2),
        reason: words(),
    };
    let suspended = done(
        &world,
        &up_to(&world, 0, ACCEPTED),
        suspend.clone(),
        &staff(DESK),
    );
    let again = done(&world, &suspended, Command::Resume, &staff(WORKER));
    assert_eq!(
        refused(&world, &again, suspend, &staff(DESK)),
        "already-done"
    );
}

#[test]
fn a_pause_moves_the_deadline_by_as_long_as_was_promised() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let (start, until) = (MORNING + Duration::hours(1), MORNING + Duration::hours(49));
    let suspend = Command::Suspend {
        until,
        reason: words(),
    };
    let suspended = world.run(&case, suspend, &staff(DESK), start).unwrap().case;
    assert!(
        world
            .run(
                &suspended,
                Command::Resume,
                &Actor::Clock,
                until - Duration::minutes(1)
            )
            .is_err()
    );
    let late = world
        .run(
            &suspended,
            Command::Resume,
            &Actor::Clock,
            until + Duration::days(1),
        )
        .unwrap()
        .case;
    assert_eq!(
        late.times.due_at,
        case.times.due_at.map(|due| due + Duration::hours(48))
    );
}

#[test]
fn a_reopened_case_keeps_its_first_moments_and_gets_a_new_deadline() {
    let world = World::new();
    let closed = up_to(&world, 0, CLOSED);
    let later = MORNING + Duration::days(10);
    let reopen = Command::Reopen { reason: words() };
    let again = world
        .run(&closed, reopen, &reporter(&closed), later)
        .unwrap()
        .case;
    assert_eq!(again.state.name(), "filed");
    assert_eq!(again.times.received_at, MORNING);
    assert_eq!(again.times.filed_at, closed.times.filed_at);
    assert_eq!(again.times.due_at, Some(later + Duration::hours(16)));
    assert_eq!(
        (again.times.closed_at, again.owner),
        (None, Some(member(DESK)))
    );
}

#[test]
fn reopening_ends_with_its_window() {
    let world = World::new();
    let closed = up_to(&world, 0, CLOSED);
    let late = closed.times.closed_at.unwrap() + Duration::days(15) + Duration::minutes(1);
    let refusal = world
        .run(
            &closed,
            Command::Reopen { reason: words() },
            &reporter(&closed),
            late,
        )
        .unwrap_err();
    assert_eq!(refusal.code(), "too-late");
}

#[test]
fn a_lead_moves_the_work_of_somebody_who_left() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let moved = done(
        &world,
        &case,
        Command::HandOver {
            to: seat(OTHER_WORKER),
        },
        &staff(LEAD),
    );
    assert_eq!(moved.owner, Some(member(OTHER_WORKER)));
    assert_eq!(
        refused(
            &world,
            &case,
            Command::HandOver { to: seat(WATER) },
            &staff(OTHER_WORKER)
        ),
        "not-yours"
    );
}

#[test]
fn the_fourth_transfer_goes_one_level_up() {
    let world = World::new();
    let case = handed_on_three_times(&world);
    for (command, who) in [
        (hand_back(), OFFICER),
        (Command::HandOver { to: seat(STEWARD) }, OFFICER),
    ] {
        let lifted = done(&world, &case, command, &staff(who));
        assert_eq!(
            (lifted.owner, lifted.state.name()),
            (Some(member(CHIEF)), "dispatched")
        );
        assert_eq!(lifted.counts.transfers, 3);
    }
}

#[test]
fn at_the_top_somebody_has_to_keep_it() {
    let world = World {
        above: None,
        ..World::new()
    };
    let case = handed_on_three_times(&world);
    assert_eq!(
        refused(&world, &case, hand_back(), &staff(OFFICER)),
        "passed-round"
    );
}

#[test]
fn a_task_is_returned_within_its_limit_and_nothing_is_erased() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    let late = MORNING + Duration::hours(9);
    assert_eq!(
        world
            .run(&case, hand_back(), &staff(WORKER), late)
            .unwrap_err()
            .code(),
        "too-late"
    );
    let back = done(&world, &case, hand_back(), &staff(WORKER));
    assert_eq!(
        (back.times.due_at, back.condition.clone()),
        (case.times.due_at, case.condition.clone())
    );
    assert_eq!(back.times.dispatched_at, case.times.dispatched_at);
    assert_eq!(
        refused(&world, &back, handle(1), &staff(WORKER)),
        "wrong-state"
    );
}

#[test]
fn time_escalates_only_what_nobody_answered() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    assert_eq!(
        refused(
            &world,
            &case,
            Command::Escalate { reason: None },
            &Actor::Clock
        ),
        "too-early"
    );
    let lifted = world
        .run(
            &case,
            Command::Escalate { reason: None },
            &Actor::Clock,
            MORNING + Duration::hours(3),
        )
        .unwrap()
        .case;
    assert_eq!(lifted.owner, Some(member(CHIEF)));
    assert!(lifted.times.answer_by > case.times.answer_by);
}

#[test]
fn more_time_is_asked_by_the_owner_and_granted_by_somebody_else_twice_at_most() {
    let world = World::new();
    let mut case = up_to(&world, 0, ACCEPTED);
    let due = case.times.due_at.unwrap();
    let ask = || Command::Extend(Extend::Ask { reason: words() });
    let decide = |grant| Command::Extend(Extend::Decide { grant });
    assert_eq!(
        refused(&world, &case, ask(), &staff(OTHER_WORKER)),
        "not-yours"
    );
    assert_eq!(
        refused(&world, &case, decide(true), &staff(DESK)),
        "nothing-asked"
    );
    for grant in [true, false, true] {
        case = done(&world, &case, ask(), &staff(WORKER));
        assert_eq!(
            refused(&world, &case, decide(true), &staff(WORKER)),
            "not-allowed"
        );
        case = done(&world, &case, decide(grant), &staff(DESK));
    }
    assert_eq!(case.times.due_at, Some(due + Duration::hours(32)));
    assert_eq!(
        refused(&world, &case, ask(), &staff(WORKER)),
        "limit-reached"
    );
}

#[test]
fn nobody_grants_more_time_to_themselves() {
    let world = World::new();
    let steps = vec![
        (staff(DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(LEAD))),
        (staff(LEAD), Command::Accept),
        (
            staff(LEAD),
            Command::Extend(Extend::Ask { reason: words() }),
        ),
    ];
    let case = world.script(world.told(101, MORNING).case, steps);
    assert_eq!(
        refused(
            &world,
            &case,
            Command::Extend(Extend::Decide { grant: true }),
            &staff(LEAD)
        ),
        "same-person"
    );
}

#[test]
fn an_overdue_case_gets_no_more_time() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let late = case.times.handle_due.unwrap() + Duration::minutes(1);
    let ask = Command::Extend(Extend::Ask { reason: words() });
    assert_eq!(
        world
            .run(&case, ask.clone(), &staff(WORKER), late)
            .unwrap_err()
            .code(),
        "overdue"
    );
    let asked = done(&world, &case, ask, &staff(WORKER));
    let grant = Command::Extend(Extend::Decide { grant: true });
    assert_eq!(
        world
            .run(&asked, grant, &staff(DESK), late)
            .unwrap_err()
            .code(),
        "overdue"
    );
}

#[test]
fn more_time_is_not_offered_where_none_is_left_to_give() {
    let world = World::new();
    let mut case = up_to(&world, 0, ACCEPTED);
    let offered = |case: &Case, who, now| {
        commands_at(case, &staff(who), &world.settings, now).contains(&CommandName::Extend)
    };
    let late = case.times.handle_due.unwrap() + Duration::minutes(1);
    assert!(offered(&case, WORKER, MORNING) && !offered(&case, WORKER, late));
    for _ in 0..2 {
        let ask = Command::Extend(Extend::Ask { reason: words() });
        case = done(&world, &case, ask, &staff(WORKER));
        assert!(offered(&case, DESK, MORNING));
        let grant = Command::Extend(Extend::Decide { grant: true });
        case = done(&world, &case, grant, &staff(DESK));
    }
    assert!(!offered(&case, WORKER, MORNING));
}

#[test]
fn a_case_without_a_category_gets_the_legal_limit() {
    let world = World::new();
    let plain = Command::File {
        category: None,
        condition: None,
        reason: None,
    };
    let case = done(&world, &world.told(101, MORNING).case, plain, &staff(DESK));
    assert_eq!(
        case.limit,
        Some(Limit {
            unit: Unit::LegalDay,
            n: 7
        })
    );
}

#[test]
fn no_catalogue_suspends_for_longer_than_a_year() {
    let mut world = World::new();
    world.rows[0].suspension_days = Some(1_000);
    let case = up_to(&world, 0, ACCEPTED);
    let suspend = Command::Suspend {
        until: MORNING + Duration::days(400),
        reason: words(),
    };
    assert_eq!(
        refused(&world, &case, suspend, &staff(DESK)),
        "outside-window"
    );
}

#[test]
fn more_time_is_granted_only_while_some_is_left() {
    let mut world = World::new();
    let ask = Command::Extend(Extend::Ask { reason: words() });
    let case = done(
        &world,
        &up_to(&world, 0, ACCEPTED),
        ask.clone(),
        &staff(WORKER),
    );
    assert_eq!(refused(&world, &case, ask, &staff(WORKER)), "already-done");
    world.settings.max_extensions = 0;
    let grant = Command::Extend(Extend::Decide { grant: true });
    assert_eq!(
        refused(&world, &case, grant, &staff(DESK)),
        "limit-reached",
        "the settings changed in between"
    );
}

#[test]
fn nobody_is_given_what_they_have() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let same = Command::HandOver { to: seat(WORKER) };
    assert_eq!(
        refused(&world, &case, same, &staff(WORKER)),
        "already-theirs"
    );
    let other_seat = |n| Addressee {
        post: seat(n).post,
        member: member(WORKER),
    };
    let up = Command::Raise {
        to: Some(other_seat(CHIEF)),
        reason: words(),
    };
    let down = Command::Lower {
        to: other_seat(STEWARD),
        reason: words(),
    };
    for command in [up, down] {
        assert_eq!(
            refused(&world, &case, command, &staff(WORKER)),
            "unknown-target"
        );
    }
}

#[test]
fn whoever_is_at_the_top_keeps_what_went_round() {
    let world = World::new();
    let mut case = up_to(&world, 0, ACCEPTED);
    for to in [OTHER_WORKER, WATER, CHIEF] {
        let hand_over = Command::HandOver { to: seat(to) };
        case = done(&world, &case, hand_over, &staff(DESK));
    }
    assert_eq!(
        refused(&world, &case, hand_back(), &staff(CHIEF)),
        "passed-round"
    );
    let steps = vec![
        (staff(DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(CHIEF))),
    ];
    let waiting = world.script(world.told(101, MORNING).case, steps);
    let late = MORNING + Duration::hours(3);
    let lift = world.run(
        &waiting,
        Command::Escalate { reason: None },
        &Actor::Clock,
        late,
    );
    assert_eq!(lift.unwrap_err().code(), "nobody-above");
}

#[test]
fn a_suspension_is_told_and_is_no_first_answer() {
    let world = World::new();
    let suspend = Command::Suspend {
        until: MORNING + Duration::days(2),
        reason: words(),
    };
    let case = done(&world, &up_to(&world, 0, ACCEPTED), suspend, &staff(DESK));
    assert_eq!(case.times.told_at, Some(MORNING + Duration::hours(1)));
    assert_eq!(case.times.first_contact_at, None);
}

#[test]
fn deadlines_stay_as_facts_when_their_clocks_have_ended() {
    let world = World::new();
    let closed = up_to(&world, 0, CLOSED);
    assert!(closed.clocks().is_empty());
    let kept: Vec<_> = closed
        .deadlines()
        .iter()
        .map(|one| (one.name, one.met))
        .collect();
    let times = &closed.times;
    let expected = [
        (ClockName::Contact, times.first_contact_at),
        (ClockName::Handle, times.handled_at),
        (ClockName::Whole, times.closed_at),
    ];
    assert_eq!(kept, expected);
    assert!(kept.iter().all(|(_, met)| met.is_some()));
    let late = closed.deadlines()[2];
    assert!(
        !late.is_late(MORNING)
            && Deadline { met: None, ..late }.is_late(late.due + Duration::SECOND)
    );
}

#[test]
fn what_the_receipt_promises_is_a_clock_of_those_who_work_and_filing_does_not_put_it_off() {
    let world = World::new();
    let usual = world.told(101, MORNING).case.times.contact_due.unwrap();
    let early = MORNING + Duration::minutes(48);
    let told = world.promised(101, MORNING, Some(early)).case;
    assert_eq!(told.times.contact_due, Some(early));
    let filed = done(&world, &told, world.file(0), &staff(DESK));
    assert_eq!(filed.times.contact_due, Some(early));
    let later = world
        .promised(101, MORNING, Some(usual + Duration::DAY))
        .case;
    assert_eq!(later.times.contact_due, Some(usual));
}
