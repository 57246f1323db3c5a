//! Adoption, levels and first receivers: one test for each guard.

use super::*;

#[test]
fn whoever_adopted_a_case_closes_it_and_nobody_else() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, CHECKED),
        Command::Adopt,
        &staff(CHIEF),
    );
    assert_eq!(refused(&world, &case, close(), &staff(DESK)), "not-yours");
    assert_eq!(refused(&world, &case, close(), &staff(CHIEF)), "done");
    assert_eq!(
        case.owner,
        Some(member(WORKER)),
        "the work stays where it is"
    );
}

#[test]
fn a_check_by_somebody_else_does_not_close_what_a_leader_adopted() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, HANDLED),
        Command::Adopt,
        &staff(CHIEF),
    );
    let at_once = Command::Check {
        verdict: Verdict::Pass,
        answer: Some(AnswerId(id(5))),
    };
    let checked = done(&world, &case, at_once.clone(), &staff(DESK));
    assert_eq!(checked.state.name(), "checked");
    assert_eq!(
        done(&world, &case, at_once, &staff(CHIEF)).state.name(),
        "closed"
    );
}

#[test]
fn a_leader_who_did_the_work_does_not_close_it_for_having_adopted_it() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, DISPATCHED),
        Command::Adopt,
        &staff(LEAD),
    );
    let steps = vec![
        (staff(WORKER), Command::Accept),
        (staff(CHIEF), Command::HandOver { to: seat(LEAD) }),
        (staff(LEAD), handle(1)),
        (staff(DESK), check()),
    ];
    let case = world.script(case, steps);
    assert_eq!(refused(&world, &case, close(), &staff(LEAD)), "same-person");
    assert_eq!(refused(&world, &case, close(), &staff(DESK)), "done");
}

#[test]
fn a_case_is_adopted_once_and_given_back_by_its_adopter_or_the_chief() {
    let world = World::new();
    let free = up_to(&world, 0, ACCEPTED);
    let case = done(&world, &free, Command::Adopt, &staff(LEAD));
    assert_eq!(
        refused(&world, &case, Command::Adopt, &staff(CHIEF)),
        "already-done"
    );
    assert_eq!(
        refused(&world, &free, Command::Adopt, &staff(DESK)),
        "not-allowed"
    );
    let release = || Command::Release { reason: words() };
    assert_eq!(
        refused(&world, &free, release(), &staff(LEAD)),
        "nothing-asked"
    );
    assert_eq!(refused(&world, &case, release(), &staff(CHIEF)), "done");
    assert_eq!(done(&world, &case, release(), &staff(LEAD)).adoption, None);
    let chiefs = done(&world, &free, Command::Adopt, &staff(CHIEF));
    assert_eq!(
        refused(&world, &chiefs, release(), &staff(LEAD)),
        "not-yours"
    );
}

#[test]
fn what_is_returned_comes_back_to_its_first_receiver_or_to_its_adopter() {
    let world = World::new();
    let steps = vec![
        (staff(OTHER_DESK), world.file(0)),
        (staff(DESK), Command::Dispatch(seat(WORKER))),
    ];
    let case = world.script(world.told(101, MORNING).case, steps);
    let back = done(&world, &case, hand_back(), &staff(WORKER));
    assert_eq!(back.owner, Some(member(OTHER_DESK)));
    let adopted = done(&world, &case, Command::Adopt, &staff(CHIEF));
    let back = done(&world, &adopted, hand_back(), &staff(WORKER));
    assert_eq!(back.owner, Some(member(CHIEF)));
}

#[test]
fn a_case_goes_up_only_to_a_higher_level_and_down_only_to_a_lower_one() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    assert_eq!(case.tier, Some(Tier::General));
    let up = |to| Command::Raise {
        to: Some(seat(to)),
        reason: words(),
    };
    assert_eq!(
        refused(&world, &case, up(STEWARD), &staff(WORKER)),
        "unknown-target"
    );
    assert_eq!(
        refused(&world, &case, up(LEAD), &staff(WORKER)),
        "unknown-target"
    );
    assert_eq!(
        refused(&world, &case, up(CHIEF), &staff(OTHER_WORKER)),
        "not-yours"
    );
    let above = Command::Raise {
        to: None,
        reason: words(),
    };
    let top = Case {
        tier: Some(Tier::Subdistrict),
        ..case.clone()
    };
    assert_eq!(
        refused(&world, &top, up(CHIEF), &staff(WORKER)),
        "nobody-above"
    );
    let offered = commands(&top, &staff(WORKER));
    assert!(!offered.contains(&CommandName::Raise), "nobody is above");
    let raised = done(&world, &case, above.clone(), &staff(WORKER));
    let taken = done(&world, &raised, Command::Accept, &staff(CHIEF));
    assert_eq!(
        refused(&world, &taken, above, &staff(CHIEF)),
        "nobody-above",
        "nobody was named, so nothing named is wrong"
    );
    assert_eq!(
        (raised.owner, raised.tier),
        (Some(member(CHIEF)), Some(Tier::Community))
    );
    assert!(
        raised.times.tier_due > case.times.tier_due,
        "each level has its own time"
    );
    let down = |to| Command::Lower {
        to: seat(to),
        reason: words(),
    };
    assert_eq!(
        refused(&world, &raised, down(WATER), &staff(CHIEF)),
        "unknown-target"
    );
    assert_eq!(
        refused(&world, &raised, down(STEWARD), &staff(LEAD)),
        "not-yours"
    );
    let lowered = done(&world, &raised, down(STEWARD), &staff(CHIEF));
    assert_eq!(
        (lowered.tier, lowered.counts.transfers),
        (Some(Tier::Micro), 1)
    );
}

#[test]
fn a_case_goes_up_and_down_only_along_the_way_of_its_grid() {
    let mut world = World::new();
    let up = |to| Command::Raise {
        to: Some(seat(to)),
        reason: words(),
    };
    let down = Command::Lower {
        to: seat(STEWARD),
        reason: words(),
    };
    let case = up_to(&world, 0, ACCEPTED);
    let chiefs = done(&world, &case, up(CHIEF), &staff(WORKER));
    world.elsewhere = [CHIEF, STEWARD].map(|n| seat(n).post).to_vec();
    assert_eq!(
        refused(&world, &case, up(CHIEF), &staff(WORKER)),
        "unknown-target"
    );
    assert_eq!(
        refused(&world, &chiefs, down.clone(), &staff(CHIEF)),
        "unknown-target"
    );
    world.elsewhere.clear();
    assert_eq!(refused(&world, &case, up(CHIEF), &staff(WORKER)), "done");
    assert_eq!(refused(&world, &chiefs, down, &staff(CHIEF)), "done");
}

#[test]
fn nobody_but_a_leader_hands_it_out_of_the_community() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let over = |to| Command::HandOver { to: seat(to) };
    for outside in [WATER, OFFICER] {
        assert_eq!(
            refused(&world, &case, over(outside), &staff(WORKER)),
            "unknown-target"
        );
        let up = Command::Raise {
            to: Some(seat(outside)),
            reason: words(),
        };
        assert_eq!(refused(&world, &case, up, &staff(WORKER)), "done");
    }
    assert_eq!(
        refused(&world, &case, over(STEWARD), &staff(WORKER)),
        "done"
    );
    let waters = done(&world, &case, over(WATER), &staff(LEAD));
    assert_eq!(
        refused(&world, &waters, over(OFFICER), &staff(WATER)),
        "done",
        "it is there already"
    );
}

#[test]
fn a_leader_who_has_what_went_round_decides_where_it_goes_and_gives_nothing_back() {
    let world = World::new();
    let mut case = up_to(&world, 0, ACCEPTED);
    for to in [OTHER_WORKER, WATER, LEAD] {
        let hand_over = Command::HandOver { to: seat(to) };
        case = done(&world, &case, hand_over, &staff(DESK));
    }
    let away = Command::HandOver {
        to: seat(OTHER_WORKER),
    };
    let decided = done(&world, &case, away, &staff(LEAD));
    assert_eq!(decided.owner, Some(member(OTHER_WORKER)));
    assert!(decided.decided && !goes_up(&case, &staff(LEAD), &world.settings));
    let back = refused(&world, &case, hand_back(), &staff(LEAD));
    let offered = commands_at(&case, &staff(LEAD), &world.settings, MORNING);
    assert_eq!(
        (back, offered.contains(&CommandName::Return)),
        ("passed-round", false)
    );
}

#[test]
fn what_a_leader_has_decided_goes_from_hand_to_hand_no_more() {
    let world = World::new();
    let lifted = done(
        &world,
        &handed_on_three_times(&world),
        hand_back(),
        &staff(OFFICER),
    );
    let down = Command::Lower {
        to: seat(OTHER_WORKER),
        reason: words(),
    };
    let decided = done(&world, &lifted, down, &staff(CHIEF));
    let case = done(&world, &decided, Command::Accept, &staff(OTHER_WORKER));
    assert!(case.decided);
    for command in [
        hand_back(),
        Command::HandOver { to: seat(WATER) },
        Command::Raise {
            to: None,
            reason: words(),
        },
        Command::Lower {
            to: seat(STEWARD),
            reason: words(),
        },
    ] {
        let name = command.name();
        assert_eq!(
            refused(&world, &case, command, &staff(OTHER_WORKER)),
            "passed-round",
            "{name}"
        );
    }
    let moved = Command::HandOver { to: seat(WORKER) };
    assert_eq!(refused(&world, &case, moved, &staff(LEAD)), "done");
}

#[test]
fn nobody_adopts_their_own_work() {
    let world = World::new();
    let case = done(
        &world,
        &up_to(&world, 0, ACCEPTED),
        Command::HandOver { to: seat(LEAD) },
        &staff(DESK),
    );
    assert_eq!(
        refused(&world, &case, Command::Adopt, &staff(LEAD)),
        "already-done"
    );
}
