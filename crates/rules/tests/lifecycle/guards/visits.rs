//! Return visits and honest ends.

use super::*;

fn at(hours: i64) -> OffsetDateTime {
    MORNING + Duration::hours(hours)
}

/// A case under a row that asks a visit, checked by `LEAD`.
fn checked(world: &World) -> Case {
    up_to(world, 2, CHECKED)
}

fn hears(solved: bool, satisfaction: Satisfaction) -> Command {
    Command::Visit(Visit::Reached(Heard {
        method: Method::OnSite,
        solved,
        satisfaction: Some(satisfaction),
    }))
}

/// The same case with a handler who says that it came to this.
fn checked_as(world: &World, claim: Claim) -> Case {
    let handled = Command::Handle {
        result: ResultId(id(6)),
        photos: 1,
        claim,
        left: Some(words()),
    };
    world.script(
        up_to(world, 2, ACCEPTED),
        vec![(staff(WORKER), handled), (staff(LEAD), check())],
    )
}

#[test]
fn what_is_solved_in_part_says_what_is_left() {
    let world = World::new();
    let part = |left| Command::Handle {
        result: ResultId(id(6)),
        photos: 1,
        claim: Claim::Partly,
        left,
    };
    let case = up_to(&world, 0, ACCEPTED);
    assert_eq!(
        refused(&world, &case, part(None), &staff(WORKER)),
        "words-missing"
    );
    let steps = vec![
        (staff(WORKER), part(Some(words()))),
        (staff(LEAD), check()),
        (staff(DESK), close()),
    ];
    assert_eq!(world.script(case, steps).outcome(), Some(Outcome::Partly));
}

#[test]
fn what_is_solved_in_part_needs_its_photo_too() {
    let world = World::new();
    let part = Command::Handle {
        result: ResultId(id(6)),
        photos: 0,
        claim: Claim::Partly,
        left: Some(words()),
    };
    let case = up_to(&world, 1, ACCEPTED);
    assert_eq!(
        refused(&world, &case, part, &staff(WORKER)),
        "evidence-missing"
    );
}

#[test]
fn a_volunteer_visits_only_where_they_were_asked() {
    let world = World::new();
    let case = checked(&world);
    let another = somebody(20, Role::Volunteer, vec![]);
    assert_eq!(refused(&world, &case, says(true), &another), "not-yours");
    assert_eq!(
        refused(&world, &case, says(true), &staff(VOLUNTEER)),
        "done"
    );
    let deputy = somebody(20, Role::Volunteer, vec![member(VOLUNTEER)]);
    assert_eq!(refused(&world, &case, says(true), &deputy), "done");
    assert_eq!(refused(&world, &case, says(true), &staff(STEWARD)), "done");
}

#[test]
fn whoever_is_asked_did_not_own_handle_or_check_it() {
    let ring = |them: &[u128]| -> Vec<MemberId> { them.iter().map(|n| member(*n)).collect() };
    let near = vec![ring(&[WORKER, LEAD]), ring(&[STEWARD])];
    let world = World {
        near,
        ..World::new()
    };
    let asked = |case: &Case| case.errand().and_then(|errand| errand.asked);
    assert_eq!(asked(&checked(&world)), Some(member(STEWARD)));
    let nobody = World {
        near: vec![ring(&[WORKER, LEAD])],
        ..World::new()
    };
    let case = checked(&nobody);
    assert!(case.errand().is_some(), "it is due all the same");
    assert_eq!(asked(&case), None);
}

#[test]
fn nobody_through_whose_hands_it_went_before_is_asked() {
    let ring = |them: &[u128]| -> Vec<MemberId> { them.iter().map(|n| member(*n)).collect() };
    let world = World {
        near: vec![ring(&[OTHER_WORKER, STEWARD]), ring(&[DESK])],
        took_part: ring(&[OTHER_WORKER, STEWARD]),
        ..World::new()
    };
    let case = checked(&world);
    let asked = case.errand().and_then(|errand| errand.asked);
    assert_eq!(asked, Some(member(DESK)));
}

#[test]
fn through_whose_hands_it_went_is_read_off_the_trail() {
    let event = |deed| Event {
        from: None,
        to: StateName::Filed,
        grid: rules::ids::GridId(id(77)),
        was: None,
        category: None,
        owner: None,
        due: None,
        stands_for: None,
        deed,
    };
    let given = event(Deed::Dispatched {
        addressee: seat(OTHER_WORKER),
        absent: None,
    });
    let filed = event(Deed::Filed { condition: None });
    let referred = event(Deed::Referred {
        referral: rules::ids::ReferralId(id(1)),
    });
    let by = |n| Some(member(n));
    let trail = [
        (by(DESK), &filed),
        (by(DESK), &given),
        (by(LEAD), &referred),
    ];
    let mut hands = vec![member(OTHER_WORKER), member(LEAD)];
    hands.sort();
    assert_eq!(took_part(trail.into_iter()), hands);
}

#[test]
fn who_was_away_is_no_more_asked_than_whoever_stood_in() {
    let event = |owner, stands_for, deed| Event {
        from: None,
        to: StateName::Filed,
        grid: rules::ids::GridId(id(77)),
        was: None,
        category: None,
        owner,
        due: None,
        stands_for,
        deed,
    };
    let (worker, deputy) = (member(WORKER), member(DEPUTY));
    let raised = Deed::Raised {
        addressee: seat(DEPUTY),
    };
    for (actor, event) in [
        (None, event(Some(worker), None, raised)),
        (Some(deputy), event(None, Some(worker), Deed::Accepted)),
    ] {
        let hands = took_part([(actor, &event)].into_iter());
        assert_eq!(hands, [worker, deputy], "{event:?}");
    }
}

#[test]
fn the_nearest_is_asked_and_told_in_the_same_event() {
    let world = World::new();
    let handled = up_to(&world, 2, HANDLED);
    let decision = world.run(&handled, check(), &staff(LEAD), at(1)).unwrap();
    let told = Deed::Checked {
        passed: true,
        visitor: Some(member(VOLUNTEER)),
    };
    assert_eq!(decision.events[0].deed, told);
}

#[test]
fn a_visit_has_a_clock_of_its_own_until_the_reporter_was_heard() {
    let world = World::new();
    let handled = up_to(&world, 2, HANDLED);
    let case = world
        .run(&handled, check(), &staff(LEAD), at(1))
        .unwrap()
        .case;
    let due = Continuous.due(world.settings.visit.within, at(1)).at;
    assert!(case.clocks().contains(&(ClockName::Visit, due)));
    let heard = done(&world, &case, says(true), &staff(VOLUNTEER));
    assert!(
        !heard
            .clocks()
            .iter()
            .any(|(name, _)| *name == ClockName::Visit)
    );
    let back = done(&world, &case, says(false), &staff(VOLUNTEER));
    assert!(
        !back
            .clocks()
            .iter()
            .any(|(name, _)| *name == ClockName::Visit)
    );
}

#[test]
fn whoever_is_not_reached_is_tried_again_after_a_while() {
    let world = World::new();
    let case = checked(&world);
    let once = done(&world, &case, unreached(), &staff(VOLUNTEER));
    assert_eq!(once.errand().map(|errand| errand.tries), Some(1));
    assert_eq!(
        refused(&world, &once, unreached(), &staff(VOLUNTEER)),
        "too-early"
    );
    let later = at(1) + Duration::minutes(world.settings.visit.pause.into());
    assert!(
        world
            .run(&once, unreached(), &staff(VOLUNTEER), later)
            .is_ok()
    );
}

#[test]
fn after_the_last_try_a_case_is_closed_without_an_answer_and_not_before() {
    let world = World::new();
    let mut case = checked(&world);
    for hours in [5, 10] {
        case = world
            .run(&case, unreached(), &staff(VOLUNTEER), at(hours))
            .unwrap()
            .case;
        assert_eq!(
            refused(&world, &case, close(), &staff(DESK)),
            "visit-missing"
        );
    }
    let last = world
        .run(&case, unreached(), &staff(VOLUNTEER), at(15))
        .unwrap();
    let deed = Deed::NotReached {
        method: Method::Phone,
        over: true,
    };
    assert_eq!(last.events[0].deed, deed);
    assert_eq!(last.case.times.visit_due, None);
    assert_eq!(refused(&world, &last.case, close(), &staff(DESK)), "done");
    assert_eq!(
        refused(&world, &last.case, says(true), &staff(VOLUNTEER)),
        "not-yours",
        "the errand is over"
    );
}

#[test]
fn a_visit_that_nobody_made_in_time_is_passed_to_the_next_and_not_before() {
    let world = World::new();
    let handled = up_to(&world, 2, HANDLED);
    let case = world
        .run(&handled, check(), &staff(LEAD), at(1))
        .unwrap()
        .case;
    let due = case.times.visit_due.unwrap();
    let asked = |case: &Case| case.errand().and_then(|errand| errand.asked);
    let pass = |case: &Case, now| world.run(case, Command::PassVisit, &Actor::Clock, now);
    let early = pass(&case, due - Duration::SECOND).unwrap_err();
    assert_eq!(early, Refusal::TooEarly { from: due });
    let passed = pass(&case, due).unwrap().case;
    assert_eq!(asked(&passed), Some(member(STEWARD)), "the next ring");
    assert!(passed.times.visit_due > Some(due));
    let later = passed.times.visit_due.unwrap();
    let nobody = pass(&passed, later).unwrap_err();
    assert_eq!(nobody, Refusal::UnknownTarget, "there is nobody else");
}

#[test]
fn a_lead_asks_somebody_else_at_any_time_and_once() {
    let world = World::new();
    let case = checked(&world);
    assert_eq!(
        refused(&world, &case, Command::PassVisit, &staff(STEWARD)),
        "not-allowed"
    );
    let passed = done(&world, &case, Command::PassVisit, &staff(DESK));
    assert_eq!(
        refused(&world, &passed, Command::PassVisit, &staff(DESK)),
        "already-done"
    );
    assert_eq!(
        refused(&world, &passed, says(true), &staff(VOLUNTEER)),
        "not-yours",
        "somebody else was asked"
    );
    let none = up_to(&world, 0, CHECKED);
    assert_eq!(
        refused(&world, &none, Command::PassVisit, &staff(DESK)),
        "nothing-asked"
    );
}

#[test]
fn an_honest_end_is_not_sent_back_for_not_being_solved() {
    let world = World::new();
    for claim in [Claim::Partly, Claim::WontFix(WontFixReason::NoMeans)] {
        let case = checked_as(&world, claim);
        let heard = done(&world, &case, says(false), &staff(VOLUNTEER));
        assert_eq!(heard.state.name(), "checked");
        assert_eq!(heard.heard().map(|heard| heard.solved), Some(false));
    }
}

#[test]
fn what_the_reporter_said_stays_with_the_closed_case() {
    let world = World::new();
    let hears = hears(true, Satisfaction::Fairly);
    let heard = done(&world, &checked(&world), hears, &staff(VOLUNTEER));
    let closed = done(&world, &heard, close(), &staff(DESK));
    let said = closed.heard().and_then(|heard| heard.satisfaction);
    assert_eq!(said, Some(Satisfaction::Fairly));
}

#[test]
fn an_unhappy_answer_is_told_to_owner_checker_and_leader_and_a_happy_one_to_nobody() {
    let world = World::new();
    let told = |solved, satisfaction| {
        let command = hears(solved, satisfaction);
        let decision = world
            .run(&checked(&world), command, &staff(VOLUNTEER), at(1))
            .unwrap();
        match decision.events[0].deed.clone() {
            Deed::Visited { told, .. } => told,
            other => panic!("{other:?}"),
        }
    };
    let all = vec![member(LEAD), member(CHIEF), member(WORKER)];
    assert_eq!(told(true, Satisfaction::Dissatisfied), all);
    assert_eq!(told(false, Satisfaction::Fairly), all);
    assert_eq!(told(true, Satisfaction::Satisfied), []);
}

#[test]
fn a_sample_is_visited_where_somebody_told_it_and_the_catalogue_asks_nothing() {
    let mut world = World::new();
    assert!(up_to(&world, 0, CHECKED).errand().is_none());
    world.settings.visit.sample = 100;
    assert!(up_to(&world, 0, CHECKED).errand().is_some());
    let found = Case {
        channel: Channel::Patrol,
        ..up_to(&world, 0, HANDLED)
    };
    let own = done(&world, &found, check(), &staff(LEAD));
    assert!(own.errand().is_none(), "nobody told it, so nobody is asked");
}
