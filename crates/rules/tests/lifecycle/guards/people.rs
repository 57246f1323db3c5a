//! Who may do what, and who may not judge whom.

use super::*;

#[test]
fn a_case_that_nobody_received_belongs_to_whoever_touches_it() {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    assert_eq!(told.owner, None);
    let verifying = done(
        &world,
        &told,
        Command::Verify {
            by: member(STEWARD),
        },
        &staff(DESK),
    );
    assert_eq!(verifying.owner, Some(member(DESK)));
}

#[test]
fn who_is_responsible_follows_the_task() {
    let world = World::new();
    assert_eq!(up_to(&world, 0, FILED).owner, Some(member(DESK)));
    assert_eq!(up_to(&world, 0, DISPATCHED).owner, Some(member(WORKER)));
    let back = done(
        &world,
        &up_to(&world, 0, ACCEPTED),
        hand_back(),
        &staff(WORKER),
    );
    assert_eq!(back.owner, Some(member(DESK)));
    assert_eq!(up_to(&world, 0, CLOSED).owner, Some(member(WORKER)));
}

#[test]
fn only_the_owner_or_a_deputy_handles() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    assert_eq!(
        refused(&world, &case, handle(1), &staff(OTHER_WORKER)),
        "not-yours"
    );
    assert_eq!(
        done(&world, &case, handle(1), &staff(DEPUTY)).handler(),
        Some(member(DEPUTY))
    );
}

#[test]
fn what_a_deputy_takes_stays_with_whom_it_was_given_to() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    let taken = done(&world, &case, Command::Accept, &staff(DEPUTY));
    assert_eq!(taken.owner, Some(member(WORKER)));
}

#[test]
fn only_the_seat_a_task_was_given_to_accepts_it() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    assert_eq!(
        refused(&world, &case, Command::Accept, &staff(OTHER_WORKER)),
        "not-yours"
    );
}

#[test]
fn somebody_of_another_community_may_nothing_here() {
    let world = World::new();
    let Actor::Member {
        member,
        account,
        role,
        post,
        stands_for,
        ..
    } = staff(DESK)
    else {
        unreachable!()
    };
    let stranger = Actor::Member {
        member,
        account,
        role,
        post,
        stands_for,
        community: CommunityId(2),
    };
    let case = world.told(101, MORNING).case;
    assert_eq!(
        refused(&world, &case, world.file(0), &stranger),
        "not-allowed"
    );
    assert!(commands(&case, &stranger).is_empty());
}

#[test]
fn a_receipt_opens_no_other_case() {
    let world = World::new();
    let other = Actor::Reporter {
        case: CaseId(id(102)),
    };
    assert_eq!(
        refused(
            &world,
            &world.told(101, MORNING).case,
            Command::Withdraw,
            &other
        ),
        "not-allowed"
    );
}

#[test]
fn nobody_checks_their_own_work() {
    let world = World::new();
    let steps = vec![
        (staff(DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(LEAD))),
        (staff(LEAD), Command::Accept),
        (staff(LEAD), handle(1)),
    ];
    let case = world.script(world.told(101, MORNING).case, steps);
    assert_eq!(refused(&world, &case, check(), &staff(LEAD)), "same-person");
    assert!(!commands(&case, &staff(LEAD)).contains(&CommandName::Check));
    let checked = done(&world, &case, check(), &staff(DESK));
    assert_eq!(
        refused(&world, &checked, close(), &staff(LEAD)),
        "same-person"
    );
}

#[test]
fn neither_handler_nor_checker_makes_the_return_visit() {
    let world = World::new();
    let checked = up_to(&world, 2, CHECKED);
    let visit = says(true);
    assert_eq!(
        refused(&world, &checked, visit.clone(), &staff(WORKER)),
        "same-person"
    );
    assert_eq!(
        refused(&world, &checked, visit.clone(), &staff(DEPUTY)),
        "same-person"
    );
    assert_eq!(
        refused(&world, &checked, visit, &staff(LEAD)),
        "same-person"
    );
}

#[test]
fn a_failed_check_goes_back_to_the_owner() {
    let world = World::new();
    let fail = Command::Check {
        verdict: Verdict::Fail { reason: words() },
        answer: None,
    };
    let case = done(&world, &up_to(&world, 0, HANDLED), fail, &staff(DESK));
    assert_eq!(
        (case.state.name(), case.owner, case.counts.reworks),
        ("accepted", Some(member(WORKER)), 1)
    );
}

#[test]
fn a_case_is_merged_only_into_one_that_runs() {
    let world = World::new();
    let (case, other) = (world.told(101, MORNING).case, world.told(102, MORNING).case);
    let into = |id, state| Command::Merge {
        into: Target { id, state },
    };
    let merged = done(
        &world,
        &case,
        into(other.id, StateName::Reported),
        &staff(DESK),
    );
    assert_eq!(
        refused(
            &world,
            &other,
            into(merged.id, StateName::Merged),
            &staff(DESK)
        ),
        "merged-into-ended"
    );
    assert_eq!(
        refused(
            &world,
            &other,
            into(other.id, StateName::Reported),
            &staff(DESK)
        ),
        "merged-into-itself"
    );
    let grown = world
        .attach(&other, &merged, &staff(DESK), MORNING)
        .unwrap()
        .case;
    assert_eq!(grown.reports, 2);
    assert!(world.attach(&other, &case, &staff(DESK), MORNING).is_err());
    assert_eq!(
        refused(&world, &grown, Command::Withdraw, &reporter(&grown)),
        "others-wait"
    );
}

#[test]
fn time_and_the_reporter_do_only_what_is_theirs() {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    assert_eq!(
        refused(&world, &told, Command::Withdraw, &Actor::Clock),
        "not-allowed"
    );
    let redirect = Command::Redirect {
        reason: RedirectReason::OutsideArea,
        instead: words(),
    };
    assert_eq!(
        refused(&world, &told, redirect, &reporter(&told)),
        "not-allowed"
    );
    let resident = somebody(DESK, Role::Resident, vec![]);
    assert_eq!(
        refused(&world, &told, Command::Withdraw, &resident),
        "not-allowed",
        "an account is no receipt"
    );
}

#[test]
fn whoever_was_asked_to_look_says_what_was_found() {
    let world = World::new();
    let ask = Command::Verify {
        by: member(STEWARD),
    };
    let case = done(&world, &world.told(101, MORNING).case, ask, &staff(DESK));
    let found = Command::Verified(Found::Exists);
    assert_eq!(
        refused(&world, &case, found.clone(), &staff(WORKER)),
        "not-yours"
    );
    assert_eq!(refused(&world, &case, found, &staff(STEWARD)), "done");
}

#[test]
fn a_suspended_case_goes_on_by_nobody_who_neither_has_it_nor_leads() {
    let world = World::new();
    let suspend = Command::Suspend {
        until: MORNING + Duration::days(2),
        reason: words(),
    };
    let case = done(&world, &up_to(&world, 0, ACCEPTED), suspend, &staff(DESK));
    assert_eq!(
        refused(&world, &case, Command::Resume, &staff(OTHER_WORKER)),
        "not-yours"
    );
}

#[test]
fn a_merge_is_completed_by_whoever_may_merge_and_only_into_what_runs_here() {
    let world = World::new();
    let [case, other] = [101, 102].map(|n| world.told(n, MORNING).case);
    let into = Command::Merge {
        into: Target {
            id: other.id,
            state: StateName::Reported,
        },
    };
    let merged = done(&world, &case, into, &staff(DESK));
    let attach = |other: &Case, merged: &Case, who: &Actor| match world
        .attach(other, merged, who, MORNING)
    {
        Err(refusal) => refusal.code(),
        Ok(_) => "done",
    };
    assert_eq!(attach(&other, &merged, &staff(DESK)), "done");
    assert_eq!(attach(&other, &merged, &staff(WORKER)), "not-allowed");
    let mut elsewhere = staff(DESK);
    if let Actor::Member { community, .. } = &mut elsewhere {
        *community = CommunityId(2);
    }
    assert_eq!(attach(&other, &merged, &elsewhere), "not-allowed");
    let theirs = Case {
        community: CommunityId(2),
        ..merged.clone()
    };
    assert_eq!(attach(&other, &theirs, &staff(DESK)), "unknown-target");
    let over = done(&world, &other, Command::Withdraw, &reporter(&other));
    assert_eq!(attach(&over, &merged, &staff(DESK)), "unknown-target");
}

#[test]
fn the_earlier_deadline_of_an_order_goes_along_with_a_merge_and_a_later_one_does_not() {
    let mut world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let (filed, due) = (case.times.filed_at.unwrap(), case.times.handle_due.unwrap());
    let takes_up = |world: &World, by| {
        let order = Case {
            order_due: Some(by),
            ..world.told(102, MORNING).case
        };
        let merged = done(world, &order, into(&case), &staff(DESK));
        world.attach(&case, &merged, &staff(DESK), MORNING).unwrap()
    };
    let later = takes_up(&world, due + Duration::hours(1)).case;
    assert_eq!(
        (later.times.due_at, later.order_due),
        (case.times.due_at, None)
    );

    let sooner = due - Duration::hours(1);
    let taken = takes_up(&world, sooner);
    let (grown, event) = (taken.case, &taken.events[0]);
    assert_eq!(grown.times.handle_due, Some(sooner));
    assert_eq!(grown.times.due_at, Some(sooner));
    // no other category moves it
    let moved = [(MORNING, event)];
    world.moved = vec![Moved::Filed(filed)];
    world.moved.extend(Moved::of(moved));
    assert_eq!(world.moved[1..], [Moved::Ordered(sooner)]);
    let anew = done(&world, &grown, world.file_anew(3), &staff(DESK));
    assert_eq!(anew.times.handle_due, Some(sooner));
}

#[test]
fn the_deadline_of_an_order_goes_along_as_an_extension_has_moved_it() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let due = case.times.handle_due.unwrap();
    let takes_up = |moved: Duration| {
        let mut order = up_to(&world, 0, FILED);
        order.id = CaseId(id(102));
        order.order_due = Some(due - Duration::hours(2));
        order.times.handle_due = Some(due - Duration::hours(2) + moved);
        let merged = done(&world, &order, into(&case), &staff(DESK));
        let grown = world.attach(&case, &merged, &staff(DESK), MORNING);
        grown.unwrap().case.times.handle_due
    };
    assert_eq!(takes_up(Duration::ZERO), Some(due - Duration::hours(2)));
    assert_eq!(takes_up(Duration::hours(1)), Some(due - Duration::hours(1)));
    assert_eq!(takes_up(Duration::hours(3)), Some(due), "it waits longer");
}

fn into(other: &Case) -> Command {
    Command::Merge {
        into: Target {
            id: other.id,
            state: other.state.kind(),
        },
    }
}

#[test]
fn two_files_of_one_problem_are_merged_as_long_as_nothing_came_of_this_one() {
    let world = World::new();
    let other = world.told(102, MORNING).case;
    for steps in [FILED, DISPATCHED, ACCEPTED] {
        let case = up_to(&world, 0, steps);
        let merged = done(&world, &case, into(&other), &staff(DESK));
        assert_eq!(merged.state.name(), "merged");
        assert_eq!(merged.next_due(), None, "nothing of it is due any more");
    }
    let handled = up_to(&world, 0, HANDLED);
    assert_eq!(
        refused(&world, &handled, into(&other), &staff(DESK)),
        "wrong-state"
    );
}

#[test]
fn what_others_are_called_to_or_have_agreed_to_is_not_merged_away() {
    let world = World::new();
    let other = world.told(102, MORNING).case;
    let case = up_to(&world, 0, ACCEPTED);
    let whistle = Command::Whistle {
        id: rules::ids::WhistleId(id(8_001)),
        urgency: rules::whistle::Urgency::Urgent,
        called: called(1),
        reason: words(),
    };
    let called = done(&world, &case, whistle, &staff(WORKER));
    assert_eq!(
        refused(&world, &called, into(&other), &staff(DESK)),
        "whistle-open"
    );
    let together = Command::Coordinate {
        id: rules::ids::CoordinationId(id(7_000)),
        asked: vec![member(WATER)],
        reason: words(),
    };
    let agree = Command::Agree {
        item: rules::ids::ItemId(id(9_000)),
        by: Some(member(WATER)),
        what: words(),
    };
    let agreed = done(&world, &case, together, &staff(LEAD));
    let agreed = done(&world, &agreed, agree, &staff(LEAD));
    assert_eq!(
        refused(&world, &agreed, into(&other), &staff(DESK)),
        "items-open"
    );
}

#[test]
fn a_reporter_who_says_that_it_is_not_the_same_takes_the_telling_along_and_nobody_else_does() {
    let world = World::new();
    let [case, other] = [101, 102].map(|n| world.told(n, MORNING).case);
    let merged = done(&world, &case, into(&other), &staff(DESK));
    let grown = world.attach(&other, &merged, &staff(DESK), MORNING);
    let grown = grown.unwrap().case;
    let code = |case: &Case, leaving: &Case, who: &Actor| {
        let detached = world.detach(case, leaving, who, MORNING);
        detached.map_or_else(|refusal| refusal.code(), |_| "done")
    };
    assert_eq!(code(&grown, &merged, &staff(DESK)), "not-allowed");
    assert_eq!(code(&grown, &merged, &reporter(&other)), "not-allowed");
    assert_eq!(code(&grown, &case, &reporter(&case)), "unknown-target");
    let theirs = Case {
        community: CommunityId(2),
        ..grown.clone()
    };
    assert_eq!(code(&theirs, &merged, &reporter(&case)), "unknown-target");
    assert_eq!(
        code(&other, &merged, &reporter(&case)),
        "unknown-target",
        "never counted"
    );
    let less = world.detach(&grown, &merged, &reporter(&case), MORNING);
    let less = less.unwrap();
    assert_eq!(less.case.reports, 1);
    assert_eq!(less.events[0].deed, Deed::Detached { other: case.id });
}

#[test]
fn an_order_that_leaves_takes_its_deadline_along_unless_another_one_stays_or_it_has_passed() {
    let mut world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let (filed, own) = (case.times.filed_at.unwrap(), case.times.handle_due.unwrap());
    world.moved = vec![Moved::Filed(filed)];
    let order = |n, hours| Case {
        order_due: Some(own - Duration::hours(hours)),
        ..world.told(n, MORNING).case
    };
    let takes = |case: &Case, order: &Case| {
        let merged = done(&world, order, into(case), &staff(DESK));
        let grown = world.attach(case, &merged, &staff(DESK), MORNING);
        (grown.unwrap(), merged)
    };
    let (one, leaving) = takes(&case, &order(102, 2));
    let (both, other) = takes(&one.case, &order(103, 1));
    let leaves = |case: &Case, rest: &[Case], now| {
        let (who, terms) = (reporter(&leaving), world.terms(None, None));
        let left = detach(case, (&leaving, rest), &who, &terms, now).unwrap();
        (left.case.times.handle_due.unwrap(), left)
    };
    let (due, left) = leaves(&one.case, &[], MORNING);
    assert_eq!((due, left.case.order_due), (own, None));
    let trail = one.events.iter().chain(&left.events);
    assert_eq!(Moved::of(trail.map(|event| (MORNING, event))), []);
    let (due, _) = leaves(&one.case, &[order(104, -1)], MORNING);
    assert_eq!(due, own, "a later order shortens nothing");
    let sooner = own - Duration::hours(2);
    let (due, _) = leaves(&both.case, &[other], MORNING);
    assert_eq!(due, sooner, "an order is in it still");
    let (due, _) = leaves(&one.case, &[], own - Duration::hours(1));
    assert_eq!(due, sooner, "it is late");
}

#[test]
fn who_says_that_it_is_another_matter_reopens_nothing_and_an_order_keeps_its_deadline() {
    let world = World::new();
    let other = world.told(102, MORNING).case;
    let mut order = up_to(&world, 0, FILED);
    let by = order.times.handle_due.unwrap() - Duration::hours(1);
    order.order_due = Some(by);
    let merged = done(&world, &order, into(&other), &staff(DESK));
    let reopen = Command::Reopen { reason: words() };
    let apart = world.run(&merged, reopen, &reporter(&merged), MORNING);
    let apart = apart.unwrap();
    assert_eq!(apart.events[0].deed, Deed::Separated);
    assert_eq!(apart.case.state.name(), "reported");
    assert_eq!(apart.case.counts.reopenings, 0);
    assert_eq!(apart.case.leader_called, None);
    // filed for itself, and taken up by another one
    let filed = done(&world, &apart.case, world.file(0), &staff(DESK));
    assert_eq!(filed.times.handle_due, Some(by));
    let case = up_to(&world, 0, ACCEPTED);
    let other = Case {
        id: CaseId(id(103)),
        ..case
    };
    let merged = done(&world, &apart.case, into(&other), &staff(DESK));
    let grown = world.attach(&other, &merged, &staff(DESK), MORNING);
    assert_eq!(grown.unwrap().case.times.handle_due, Some(by));
}
