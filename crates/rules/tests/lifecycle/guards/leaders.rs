//! When a leader is called to what is not solved again and again, who that is, and what only a leader may do then.

use super::*;

const SOON: Duration = Duration::hours(1);

fn at(hours: i64) -> OffsetDateTime {
    MORNING + Duration::hours(hours)
}

/// A case under a row that asks a visit, checked by `LEAD`.
fn checked(world: &World) -> Case {
    up_to(world, 2, CHECKED)
}

#[test]
fn the_third_reopening_calls_a_leader_and_only_a_leader_dispatches_it() {
    let world = World::new();
    let mut case = up_to(&world, 0, CLOSED);
    let first = case.times.received_at;
    let dispatch = || Command::Dispatch(seat(OTHER_WORKER));
    for round in 1..=3 {
        let reopen = Command::Reopen { reason: words() };
        let who = reporter(&case);
        let decision = world
            .run(&case, reopen, &who, case.times.closed_at.unwrap() + SOON)
            .unwrap();
        case = decision.case;
        let leader = (round == 3).then(|| member(CHIEF));
        assert_eq!(decision.events[0].deed, Deed::Reopened { leader });
        assert_eq!(case.leader_called, leader);
        assert_eq!(case.times.received_at, first);
        if round < 3 {
            let again = vec![
                (staff(DESK), dispatch()),
                (staff(OTHER_WORKER), Command::Accept),
                (staff(OTHER_WORKER), handle(1)),
                (staff(LEAD), check()),
                (staff(DESK), close()),
            ];
            case = world.script(case, again);
        }
    }
    assert_eq!(case.owner, Some(member(CHIEF)), "the leader has it now");
    assert_eq!(
        refused(&world, &case, dispatch(), &staff(DESK)),
        "leader-decides"
    );
    assert!(!commands(&case, &staff(DESK)).contains(&CommandName::Dispatch));
    let decided = done(&world, &case, dispatch(), &staff(CHIEF));
    assert!(decided.decided, "whom the leader chose keeps it");
}

/// A closed case that the chief checked, opened again as often as `counts` say.
fn closed_by_chief(world: &World, counts: Counts) -> Case {
    let handled = up_to(world, 0, HANDLED);
    let steps = vec![(staff(CHIEF), check()), (staff(CHIEF), close())];
    let case = world.script(handled, steps);
    Case { counts, ..case }
}

fn reopened(world: &World, case: &Case) -> Decision {
    let reopen = Command::Reopen { reason: words() };
    let at = case.times.closed_at.unwrap() + SOON;
    world.run(case, reopen, &reporter(case), at).unwrap()
}

fn twice_opened() -> Counts {
    Counts {
        reopenings: 2,
        ..Counts::default()
    }
}

#[test]
fn the_leader_who_is_called_checked_none_of_the_rounds() {
    let world = World::new();
    let case = closed_by_chief(&world, twice_opened());
    assert_eq!(
        reopened(&world, &case).case.leader_called,
        Some(member(TOP))
    );
    // in this round another one checked it, in one before the chief
    let before = World {
        judged: vec![member(CHIEF)],
        ..World::new()
    };
    let case = Case {
        counts: twice_opened(),
        ..up_to(&before, 0, CLOSED)
    };
    let called = reopened(&before, &case).case;
    assert_eq!(called.leader_called, Some(member(TOP)));
    assert_eq!(called.owner, Some(member(TOP)));
}

#[test]
fn whoever_answers_for_the_end_is_called_unless_they_judged_it() {
    let by = |by| Adoption { by, at: MORNING };
    let world = World::new();
    let adopted = |by_whom| Case {
        counts: twice_opened(),
        adoption: Some(by(by_whom)),
        ..up_to(&world, 0, CLOSED)
    };
    let called = |case: &Case| reopened(&world, case).case.leader_called;
    assert_eq!(called(&adopted(member(TOP))), Some(member(TOP)));
    // the lead of the grid checked it
    assert_eq!(called(&adopted(member(LEAD))), Some(member(CHIEF)));
}

#[test]
fn where_every_leader_judged_it_the_highest_is_called_all_the_same() {
    let world = World {
        judged: vec![member(CHIEF), member(TOP)],
        ..World::new()
    };
    let case = Case {
        counts: twice_opened(),
        ..up_to(&world, 0, CLOSED)
    };
    assert_eq!(
        reopened(&world, &case).case.leader_called,
        Some(member(TOP))
    );
}

#[test]
fn what_a_leader_was_called_to_is_decided_by_them_or_by_a_lead_above_who_judged_none_of_it() {
    let world = World::new();
    let mut case = up_to(&world, 0, FILED);
    (case.owner, case.leader_called) = (Some(member(CHIEF)), Some(member(CHIEF)));
    let void = || Command::Void { reason: words() };
    let dispatch = || Command::Dispatch(seat(OTHER_WORKER));
    let code = |world: &World, who: &Actor| {
        let [one, other] = [dispatch(), void()].map(|command| refused(world, &case, command, who));
        assert_eq!(one, other);
        one
    };
    assert_eq!(code(&world, &staff(LEAD)), "leader-decides", "below");
    assert_eq!(code(&world, &staff(CHIEF)), "done");
    let deputy = somebody(50, Role::GridLead, vec![member(CHIEF)]);
    assert_eq!(code(&world, &deputy), "done", "whoever stands in");
    assert_eq!(code(&world, &staff(TOP)), "done", "above");
    let judged = World {
        judged: vec![member(TOP), member(LEAD)],
        ..World::new()
    };
    assert_eq!(code(&judged, &staff(TOP)), "leader-decides", "closed it");
    assert_eq!(code(&judged, &staff(CHIEF)), "done");
}

#[test]
fn where_the_called_leader_leads_here_no_more_somebody_decides_all_the_same() {
    let mut case = up_to(&World::new(), 0, FILED);
    case.leader_called = Some(member(60));
    let code = |judged: &[u128], who: u128| {
        let world = World {
            judged: judged.iter().copied().map(member).collect(),
            ..World::new()
        };
        let dispatch = Command::Dispatch(seat(OTHER_WORKER));
        refused(&world, &case, dispatch, &staff(who))
    };
    assert_eq!(code(&[LEAD], LEAD), "leader-decides");
    assert_eq!(code(&[LEAD], CHIEF), "done");
    let all = [LEAD, CHIEF, TOP];
    assert_eq!(code(&all, CHIEF), "leader-decides");
    assert_eq!(code(&all, TOP), "done", "the highest");
    assert_eq!(code(&all, DESK), "leader-decides");
}

#[test]
fn who_judged_a_case_is_read_off_the_trail_with_whom_they_stood_in_for() {
    let event = |deed, stands_for| Event {
        from: None,
        to: StateName::Closed,
        grid: rules::ids::GridId(id(77)),
        was: None,
        category: None,
        owner: None,
        due: None,
        stands_for,
        deed,
    };
    let checked = Deed::Checked {
        passed: true,
        visitor: None,
    };
    let closed = Deed::Closed {
        outcome: Outcome::Solved,
        answer: AnswerId(id(5)),
    };
    let (checked, closed) = (event(checked, Some(member(CHIEF))), event(closed, None));
    let told = event(Deed::Told, None);
    let by = |n| Some(member(n));
    let trail = [
        (by(LEAD), &checked),
        (by(DESK), &closed),
        (by(WORKER), &told),
    ];
    let mut judges = vec![member(LEAD), member(CHIEF), member(DESK)];
    judges.sort();
    assert_eq!(judged(trail.into_iter()), judges);
}

#[test]
fn the_third_round_that_a_visit_hears_unsolved_calls_a_leader_and_the_deadlines_stay() {
    let world = World::new();
    let hears = |reopenings, unsolved_visits| {
        let case = Case {
            counts: Counts {
                reopenings,
                unsolved_visits,
                ..Counts::default()
            },
            ..checked(&world)
        };
        let decision = world.run(&case, says(false), &staff(VOLUNTEER), at(1));
        (decision.unwrap(), case)
    };
    let (second, _) = hears(0, 1);
    assert_eq!(second.case.state.name(), "accepted");
    assert_eq!(
        (second.case.owner, second.case.leader_called),
        (Some(member(WORKER)), None)
    );
    for (reopenings, visits) in [(0, 2), (1, 1), (2, 0)] {
        let (third, before) = hears(reopenings, visits);
        let chief = Some(member(CHIEF));
        assert!(matches!(third.events[0].deed, Deed::Visited { leader, .. } if leader == chief));
        let case = third.case;
        assert_eq!((case.state.name(), case.owner), ("filed", chief));
        assert_eq!(case.times.due_at, before.times.due_at);
        assert_eq!(case.times.handle_due, before.times.handle_due);
        let dispatch = || Command::Dispatch(seat(OTHER_WORKER));
        let refusal = refused(&world, &case, dispatch(), &staff(DESK));
        assert_eq!(refusal, "leader-decides");
        assert!(done(&world, &case, dispatch(), &staff(CHIEF)).decided);
    }
}

#[test]
fn what_is_solved_or_honestly_not_solved_counts_as_no_round() {
    let world = World::new();
    let solved = done(&world, &checked(&world), says(true), &staff(VOLUNTEER));
    assert_eq!(solved.counts.unsolved_rounds(), 0);
    let honest = honestly_checked(&world);
    let honest = done(&world, &honest, says(false), &staff(VOLUNTEER));
    assert_eq!(honest.counts.unsolved_rounds(), 0);
}

/// The same with a handler who says that it will not be fixed.
fn honestly_checked(world: &World) -> Case {
    let handled = Command::Handle {
        result: ResultId(id(6)),
        photos: 1,
        claim: Claim::WontFix(WontFixReason::NoMeans),
        left: None,
    };
    world.script(
        up_to(world, 2, ACCEPTED),
        vec![(staff(WORKER), handled), (staff(LEAD), check())],
    )
}

#[test]
fn what_a_leader_was_called_to_is_merged_by_them_alone_and_comes_back_to_them() {
    let world = World::new();
    let mut case = up_to(&world, 0, FILED);
    (case.owner, case.leader_called) = (Some(member(CHIEF)), Some(member(CHIEF)));
    let into = Target {
        id: world.told(102, MORNING).case.id,
        state: StateName::Reported,
    };
    let merge = || Command::Merge { into };
    for who in [DESK, LEAD] {
        let code = refused(&world, &case, merge(), &staff(who));
        assert_eq!(code, "leader-decides", "{who}");
    }
    assert!(!commands(&case, &staff(DESK)).contains(&CommandName::Merge));
    let merged = done(&world, &case, merge(), &staff(CHIEF));
    let reopen = Command::Reopen { reason: words() };
    let apart = done(&world, &merged, reopen, &reporter(&merged));
    assert_eq!(
        (apart.owner, apart.leader_called),
        (Some(member(CHIEF)), Some(member(CHIEF)))
    );
}

#[test]
fn what_comes_back_to_a_called_leader_is_sent_elsewhere_by_them_alone() {
    let world = World::new();
    let mut case = world.told(101, MORNING).case;
    (case.owner, case.leader_called) = (Some(member(CHIEF)), Some(member(CHIEF)));
    let redirect = || Command::Redirect {
        reason: RedirectReason::OutsideArea,
        instead: words(),
    };
    for who in [DESK, LEAD] {
        let code = refused(&world, &case, redirect(), &staff(who));
        assert_eq!(code, "leader-decides", "{who}");
    }
    assert!(!commands(&case, &staff(DESK)).contains(&CommandName::Redirect));
    assert_eq!(refused(&world, &case, redirect(), &staff(CHIEF)), "done");
}

#[test]
fn what_is_another_matter_comes_back_to_no_leader_who_works_here_no_more() {
    let gone = World {
        gone: vec![member(CHIEF)],
        ..World::new()
    };
    let mut case = up_to(&gone, 0, FILED);
    (case.owner, case.leader_called) = (Some(member(CHIEF)), Some(member(CHIEF)));
    let into = Target {
        id: gone.told(102, MORNING).case.id,
        state: StateName::Reported,
    };
    let merged = done(&gone, &case, Command::Merge { into }, &staff(TOP));
    let reopen = Command::Reopen { reason: words() };
    let apart = done(&gone, &merged, reopen, &reporter(&merged));
    assert_eq!(apart.owner, Some(member(DESK)), "as any other");
}
