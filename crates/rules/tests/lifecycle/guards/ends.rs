//! What has to be there before a case ends, and what cannot happen afterwards.

use super::*;

#[test]
fn a_condition_that_needs_a_photo_is_not_solved_without_one() {
    let world = World::new();
    assert_eq!(
        refused(
            &world,
            &up_to(&world, 1, ACCEPTED),
            handle(0),
            &staff(WORKER)
        ),
        "evidence-missing"
    );
    assert_eq!(
        refused(
            &world,
            &up_to(&world, 0, ACCEPTED),
            handle(0),
            &staff(WORKER)
        ),
        "done"
    );
}

#[test]
fn nothing_is_closed_before_the_reporter_is_told() {
    let world = World::new();
    let silent = Command::Close { answer: None };
    assert_eq!(
        refused(&world, &up_to(&world, 0, CHECKED), silent, &staff(DESK)),
        "answer-missing"
    );
    let fix = Command::Fix {
        category: None,
        condition: None,
        result: ResultId(id(6)),
        photos: 0,
        answer: None,
    };
    assert_eq!(
        refused(&world, &world.told(101, MORNING).case, fix, &staff(WORKER)),
        "answer-missing"
    );
}

#[test]
fn a_category_that_asks_a_return_visit_is_not_closed_without_one() {
    let world = World::new();
    let checked = up_to(&world, 2, CHECKED);
    assert_eq!(
        refused(&world, &checked, close(), &staff(DESK)),
        "visit-missing"
    );
    let visited = done(&world, &checked, says(true), &staff(VOLUNTEER));
    assert_eq!(
        done(&world, &visited, close(), &staff(DESK)).visitor(),
        Some(member(VOLUNTEER))
    );
}

#[test]
fn a_check_that_closes_at_once_counts_two_events() {
    let world = World::new();
    let case = up_to(&world, 0, HANDLED);
    let at_once = Command::Check {
        verdict: Verdict::Pass,
        answer: Some(AnswerId(id(5))),
    };
    let decision = world
        .run(&case, at_once, &staff(DESK), MORNING + Duration::hours(1))
        .unwrap();
    assert_eq!(decision.case.state.name(), "closed");
    assert_eq!(decision.events.len(), 2);
    assert_eq!(decision.case.version, case.version + 2);
}

#[test]
fn what_was_done_is_not_done_twice() {
    let world = World::new();
    let ask = Command::Ask { question: words() };
    let asked = done(
        &world,
        &up_to(&world, 0, ACCEPTED),
        ask.clone(),
        &staff(WORKER),
    );
    assert_eq!(refused(&world, &asked, ask, &staff(WORKER)), "already-done");
    let visit = says(true);
    let visited = done(
        &world,
        &up_to(&world, 2, CHECKED),
        visit.clone(),
        &staff(VOLUNTEER),
    );
    assert_eq!(
        refused(&world, &visited, visit, &staff(VOLUNTEER)),
        "already-done"
    );
    let rate = Command::Rate(Rating {
        satisfaction: Satisfaction::Fairly,
        solved: true,
    });
    let rated = done(
        &world,
        &up_to(&world, 0, CLOSED),
        rate.clone(),
        &reporter(&asked),
    );
    assert_eq!(
        refused(&world, &rated, rate, &reporter(&asked)),
        "already-done"
    );
}

#[test]
fn a_late_command_does_not_revive_a_closed_case() {
    let world = World::new();
    let closed = up_to(&world, 0, CLOSED);
    for command in [Command::Accept, handle(1), hand_back()] {
        assert_eq!(
            refused(&world, &closed, command, &staff(WORKER)),
            "wrong-state"
        );
    }
    assert_eq!(
        refused(&world, &closed, Command::Resume, &Actor::Clock),
        "wrong-state"
    );
    assert_eq!(
        refused(
            &world,
            &closed,
            Command::Reopen { reason: words() },
            &staff(DESK)
        ),
        "not-allowed"
    );
}

#[test]
fn a_command_names_a_row_that_the_catalogue_has() {
    let world = World::new();
    let strange = Command::File {
        category: "20120".parse().ok(),
        condition: world.rows[0].code.clone(),
        reason: None,
    };
    assert_eq!(
        refused(
            &world,
            &world.told(101, MORNING).case,
            strange,
            &staff(DESK)
        ),
        "unknown-target",
        "the row of another category"
    );
    let unknown = Command::File {
        category: "20110".parse().ok(),
        condition: "9999999".parse().ok(),
        reason: None,
    };
    assert_eq!(
        refused(
            &world,
            &world.told(101, MORNING).case,
            unknown,
            &staff(DESK)
        ),
        "unknown-target"
    );
}

/// A case filed without a category on its way to `WORKER`.
fn filed_plainly(world: &World, steps: usize) -> Case {
    let plain = Command::File {
        category: None,
        condition: None,
        reason: None,
    };
    let mut all = vec![
        (staff(DESK), plain),
        (staff(DESK), Command::Dispatch(seat(WORKER))),
        (staff(WORKER), Command::Accept),
        (staff(WORKER), handle(1)),
    ];
    all.truncate(steps);
    world.script(world.told(101, MORNING).case, all)
}

#[test]
fn a_file_gets_its_missing_category_once_and_until_its_work_is_done() {
    let world = World::new();
    for steps in [FILED, DISPATCHED, ACCEPTED] {
        let before = filed_plainly(&world, steps);
        let nothing = Command::File {
            category: None,
            condition: None,
            reason: None,
        };
        let missing = refused(&world, &before, nothing, &staff(DESK));
        assert_eq!(missing, "unknown-target", "it has to say one");
        let after = done(&world, &before, world.file(0), &staff(DESK));
        assert_eq!(after.state, before.state);
        assert_eq!(after.owner, before.owner);
        assert_eq!(after.category, Some(world.rows[0].category.clone()));
        let again = refused(&world, &after, world.file(1), &staff(DESK));
        assert_eq!(again, "words-missing", "another one takes a reason");
        let not_theirs = refused(&world, &before, world.file(0), &staff(WORKER));
        assert_eq!(not_theirs, "not-allowed");
    }
    let handled = filed_plainly(&world, HANDLED);
    let late = refused(&world, &handled, world.file(0), &staff(DESK));
    assert_eq!(late, "wrong-state");
}

#[test]
fn the_limit_of_a_category_set_late_runs_from_filing_and_keeps_extensions() {
    let mut world = World::new();
    let at_once = up_to(&world, 0, ACCEPTED);
    let plain = filed_plainly(&world, ACCEPTED);
    assert_ne!(plain.times.due_at, at_once.times.due_at);
    let late = done(&world, &plain, world.file(0), &staff(DESK));
    assert_eq!(late.times.due_at, at_once.times.due_at);
    assert_eq!(late.limit, at_once.limit);
    let ask = Command::Extend(Extend::Ask { reason: words() });
    let asked = done(&world, &plain, ask, &staff(WORKER));
    let grant = Command::Extend(Extend::Decide { grant: true });
    let extended = done(&world, &asked, grant, &staff(DESK));
    let filed = extended.times.filed_at.unwrap();
    world.moved = vec![Moved::Filed(filed), Moved::Extended];
    let late = done(&world, &extended, world.file(0), &staff(DESK));
    let twice = 2 * 2 * Duration::hours(8);
    assert_eq!(late.times.handle_due, Some(filed + twice));
    assert_eq!(late.limit, at_once.limit);
}

#[test]
fn a_case_comes_under_another_category_with_a_reason_and_until_its_work_is_done() {
    let world = World::new();
    for steps in [FILED, DISPATCHED, ACCEPTED] {
        let before = up_to(&world, 0, steps);
        let in_silence = refused(&world, &before, world.file(3), &staff(DESK));
        assert_eq!(in_silence, "words-missing");
        let same = refused(&world, &before, world.file_anew(0), &staff(DESK));
        assert_eq!(same, "already-done");
        let not_theirs = refused(&world, &before, world.file_anew(3), &staff(WORKER));
        assert_eq!(not_theirs, "not-allowed");
        let none = Command::File {
            category: None,
            condition: None,
            reason: Some(words()),
        };
        assert_eq!(
            refused(&world, &before, none, &staff(DESK)),
            "unknown-target"
        );
        let at = MORNING + Duration::hours(1);
        let anew = world.run(&before, world.file_anew(3), &staff(LEAD), at);
        let anew = anew.unwrap();
        assert_eq!(anew.case.state, before.state);
        assert_eq!(
            (anew.case.owner, anew.case.tier),
            (before.owner, before.tier)
        );
        assert_eq!(anew.case.category, Some(world.rows[3].category.clone()));
        let [event] = anew.events.as_slice() else {
            panic!("one event: {:?}", anew.events);
        };
        assert_eq!(event.category_before(), before.category.as_ref());
        assert_eq!(
            event.deed,
            Deed::Reclassified {
                former: world.rows[0].code.clone(),
                condition: world.rows[3].code.clone(),
            }
        );
    }
    for steps in [HANDLED, CHECKED, CLOSED] {
        let done = up_to(&world, 0, steps);
        let late = refused(&world, &done, world.file_anew(3), &staff(DESK));
        assert_eq!(late, "wrong-state");
    }
}

#[test]
fn the_limit_of_another_category_runs_from_filing_and_keeps_pauses_and_extensions() {
    let mut world = World::new();
    let [wrong, right] = [0, 3].map(|row| up_to(&world, row, ACCEPTED));
    let anew = done(&world, &wrong, world.file_anew(3), &staff(DESK));
    assert_eq!(anew.times.due_at, right.times.due_at);
    assert_eq!(anew.limit, right.limit);

    let filed = wrong.times.filed_at.unwrap();
    let [since, till] = [2, 7].map(|hours| MORNING + Duration::hours(hours));
    world.moved = vec![
        Moved::Filed(filed),
        Moved::Extended,
        Moved::Suspended { since, till },
    ];
    let anew = done(&world, &wrong, world.file_anew(3), &staff(DESK));
    let days = 2 * 5 * Duration::hours(8);
    assert_eq!(anew.times.handle_due, Some(filed + days + (till - since)));

    let ordered = Case {
        order_due: wrong.times.handle_due,
        ..wrong
    };
    world.moved = vec![Moved::Filed(filed)];
    let anew = done(&world, &ordered, world.file_anew(3), &staff(DESK));
    assert_eq!(anew.times.handle_due, ordered.times.handle_due);
}

#[test]
fn no_other_category_wipes_a_deadline_that_has_passed() {
    let world = World::new();
    let before = up_to(&world, 0, ACCEPTED);
    let late = before.times.handle_due.unwrap() + Duration::minutes(1);
    let anew = world.run(&before, world.file_anew(3), &staff(DESK), late);
    let anew = anew.unwrap().case;
    assert_eq!(anew.category, Some(world.rows[3].category.clone()));
    assert_eq!(anew.times.handle_due, before.times.handle_due);
    assert_eq!(anew.times.due_at, before.times.due_at);
    assert_eq!(anew.limit, before.limit);
    let plain = filed_plainly(&world, ACCEPTED);
    let late = plain.times.handle_due.unwrap() + Duration::minutes(1);
    let named = world.run(&plain, world.file(3), &staff(DESK), late);
    let named = named.unwrap().case;
    assert_eq!(named.times.handle_due, plain.times.handle_due);
    assert_eq!(named.limit, plain.limit);
}

#[test]
fn blank_words_are_no_reason() {
    assert_eq!(" \n\u{3000}".parse::<Words>(), Err(Refusal::WordsMissing));
    assert_eq!(
        "长".repeat(Words::MAX + 1).parse::<Words>(),
        Err(Refusal::WordsMissing)
    );
}

#[test]
fn the_journal_holds_no_words_of_people() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let secret: Words = "张三住三栋二单元".parse().unwrap();
    let told = [
        Command::Return {
            reason: secret.clone(),
        },
        Command::Ask {
            question: secret.clone(),
        },
        Command::Extend(Extend::Ask { reason: secret }),
    ];
    for command in told {
        let decision = world
            .run(&case, command, &staff(WORKER), MORNING + Duration::hours(1))
            .unwrap();
        assert!(
            !serde_json::to_string(&decision.events)
                .unwrap()
                .contains("张三")
        );
    }
}

#[test]
fn a_refusal_tells_what_may_be_done_instead() {
    let world = World::new();
    let refusal = world.run(
        &up_to(&world, 0, FILED),
        Command::Void { reason: words() },
        &staff(DESK),
        MORNING,
    );
    assert!(refusal.is_ok());
    let refusal = world
        .run(
            &up_to(&world, 0, FILED),
            Command::Accept,
            &staff(DESK),
            MORNING,
        )
        .unwrap_err();
    let may = vec![
        CommandName::File,
        CommandName::Merge,
        CommandName::Void,
        CommandName::Dispatch,
        CommandName::Tell,
    ];
    assert_eq!(
        refusal,
        Refusal::WrongState {
            is: StateName::Filed,
            may
        }
    );
}

#[test]
fn what_is_fixed_on_the_spot_needs_its_photo_and_an_honest_no_needs_none() {
    let world = World::new();
    let row = &world.rows[1];
    let fix = Command::Fix {
        category: Some(row.category.clone()),
        condition: row.code.clone(),
        result: ResultId(id(6)),
        photos: 0,
        answer: Some(AnswerId(id(5))),
    };
    let told = world.told(101, MORNING).case;
    assert_eq!(
        refused(&world, &told, fix, &staff(WORKER)),
        "evidence-missing"
    );
    let no = Command::Handle {
        result: ResultId(id(6)),
        photos: 0,
        claim: Claim::WontFix(WontFixReason::NoMeans),
        left: None,
    };
    let case = up_to(&world, 1, ACCEPTED);
    assert_eq!(refused(&world, &case, no, &staff(WORKER)), "done");
}

#[test]
fn a_check_closes_at_once_only_what_nothing_stands_against() {
    let world = World::new();
    let at_once = Command::Check {
        verdict: Verdict::Pass,
        answer: Some(AnswerId(id(5))),
    };
    let waits = up_to(&world, 2, HANDLED);
    let checked = done(&world, &waits, at_once, &staff(DESK));
    assert_eq!(
        checked.state.name(),
        "checked",
        "the reporter is asked first"
    );
}

#[test]
fn a_visit_that_hears_of_no_end_sends_the_work_back() {
    let world = World::new();
    let visit = says(false);
    let back = done(&world, &up_to(&world, 2, CHECKED), visit, &staff(VOLUNTEER));
    assert_eq!((back.state.name(), back.counts.reworks), ("accepted", 1));
}

#[test]
fn nobody_answers_what_was_not_asked() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    assert_eq!(
        refused(&world, &case, Command::Answer, &reporter(&case)),
        "nothing-asked"
    );
}

#[test]
fn an_unhappy_rating_is_told_to_owner_checker_and_leader_and_a_happy_one_to_nobody_more() {
    let world = World::new();
    let case = up_to(&world, 0, CLOSED);
    let told = |satisfaction, solved| {
        let rate = Command::Rate(Rating {
            satisfaction,
            solved,
        });
        let at = MORNING + Duration::hours(1);
        let decision = world.run(&case, rate, &reporter(&case), at).unwrap();
        match decision.events[0].deed.clone() {
            Deed::Rated { told, .. } => told,
            other => panic!("{other:?}"),
        }
    };
    let all = vec![member(LEAD), member(CHIEF), member(WORKER)];
    assert_eq!(told(Satisfaction::Dissatisfied, true), all);
    assert_eq!(told(Satisfaction::Satisfied, false), all);
    assert_eq!(told(Satisfaction::Fairly, true), []);
}
