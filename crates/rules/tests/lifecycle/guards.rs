//! The guards of the life cycle, one test each: it dies when its guard is taken out.
//!
//! | invariant | guard | test |
//! | --- | --- | --- |
//! | I1 | whoever touches an ownerless case owns it | `a_case_that_nobody_received_belongs_to_whoever_touches_it` |
//! | I1 | only the owner handles | `only_the_owner_or_a_deputy_handles` |
//! | I2 | evidence | `a_condition_that_needs_a_photo_is_not_solved_without_one` |
//! | I2 | answer | `nothing_is_closed_before_the_reporter_is_told` |
//! | I2 | return visit | `a_category_that_asks_a_return_visit_is_not_closed_without_one` |
//! | I3 | checker is not handler | `nobody_checks_their_own_work` |
//! | I3 | visitor is neither | `neither_handler_nor_checker_makes_the_return_visit` |
//! | I4 | one version per event | `a_check_that_closes_at_once_counts_two_events` |
//! | I5 | asked once, visited once, rated once | `what_was_done_is_not_done_twice` |
//! | I6 | suspension bounded and once | `a_suspension_ends_within_its_ceiling`, `a_case_is_suspended_once` |
//! | I7 | first moments stay | `a_reopened_case_keeps_its_first_moments_and_gets_a_new_deadline` |
//! | I8 | leads move what its owner left | `a_lead_moves_the_work_of_somebody_who_left` |
//! | I9 | transfers | `the_fourth_transfer_goes_one_level_up`, `at_the_top_somebody_has_to_keep_it` |
//! | I10 | state table | `a_late_command_does_not_revive_a_closed_case` |
//! | I11 | merge target is open | `a_case_is_merged_only_into_one_that_runs` |
//! | I12 | words stay out | `the_journal_holds_no_words_of_people` |

use rules::access::Actor;
use rules::case::*;
use rules::ids::{AnswerId, CaseId, CommunityId, ResultId};
use time::Duration;

use crate::world::*;

fn handle(photos: u16) -> Command {
    Command::Handle {
        result: ResultId(id(6)),
        photos,
        claim: Claim::Solved,
    }
}

fn check() -> Command {
    Command::Check {
        verdict: Verdict::Pass,
        answer: None,
    }
}

fn close() -> Command {
    Command::Close {
        answer: Some(AnswerId(id(5))),
    }
}

fn hand_back() -> Command {
    Command::Return { reason: words() }
}

/// A case on its way to `WORKER`, filed under one of the three rows.
fn up_to(world: &World, row: usize, steps: usize) -> Case {
    let mut all = vec![
        (staff(DESK), world.file(row)),
        (staff(DESK), Command::Dispatch(seat(WORKER))),
        (staff(WORKER), Command::Accept),
        (staff(WORKER), handle(1)),
        (staff(LEAD), check()),
        (staff(DESK), close()),
    ];
    all.truncate(steps);
    world.script(world.told(101, MORNING).case, all)
}

const FILED: usize = 1;
const DISPATCHED: usize = 2;
const ACCEPTED: usize = 3;
const HANDLED: usize = 4;
const CHECKED: usize = 5;
const CLOSED: usize = 6;

/// The refusal of a command given an hour after the case was told.
fn refused(world: &World, case: &Case, command: Command, who: &Actor) -> &'static str {
    match world.run(case, command, who, MORNING + Duration::hours(1)) {
        Err(refusal) => refusal.code(),
        Ok(_) => "done",
    }
}

fn done(world: &World, case: &Case, command: Command, who: &Actor) -> Case {
    world
        .run(case, command, who, MORNING + Duration::hours(1))
        .unwrap()
        .case
}

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
        "not_yours"
    );
    assert_eq!(
        done(&world, &case, handle(1), &staff(DEPUTY)).handler(),
        Some(member(DEPUTY))
    );
}

#[test]
fn only_the_seat_a_task_was_given_to_accepts_it() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    assert_eq!(
        refused(&world, &case, Command::Accept, &staff(OTHER_WORKER)),
        "not_yours"
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
        "not_allowed"
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
        "not_allowed"
    );
}

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
        "evidence_missing"
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
        "answer_missing"
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
        "answer_missing"
    );
}

#[test]
fn a_category_that_asks_a_return_visit_is_not_closed_without_one() {
    let world = World::new();
    let checked = up_to(&world, 2, CHECKED);
    assert_eq!(
        refused(&world, &checked, close(), &staff(DESK)),
        "visit_missing"
    );
    let visited = done(
        &world,
        &checked,
        Command::Visit { solved: true },
        &staff(VOLUNTEER),
    );
    assert_eq!(
        done(&world, &visited, close(), &staff(DESK)).visitor(),
        Some(member(VOLUNTEER))
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
    assert_eq!(refused(&world, &case, check(), &staff(LEAD)), "same_person");
    assert!(!commands(&case, &staff(LEAD)).contains(&CommandName::Check));
    let checked = done(&world, &case, check(), &staff(DESK));
    assert_eq!(
        refused(&world, &checked, close(), &staff(LEAD)),
        "same_person"
    );
}

#[test]
fn neither_handler_nor_checker_makes_the_return_visit() {
    let world = World::new();
    let checked = up_to(&world, 2, CHECKED);
    let visit = Command::Visit { solved: true };
    assert_eq!(
        refused(&world, &checked, visit.clone(), &staff(WORKER)),
        "same_person"
    );
    assert_eq!(
        refused(&world, &checked, visit.clone(), &staff(DEPUTY)),
        "same_person"
    );
    assert_eq!(
        refused(&world, &checked, visit, &staff(LEAD)),
        "same_person"
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
    assert_eq!(refused(&world, &asked, ask, &staff(WORKER)), "already_done");
    let visit = Command::Visit { solved: true };
    let visited = done(
        &world,
        &up_to(&world, 2, CHECKED),
        visit.clone(),
        &staff(VOLUNTEER),
    );
    assert_eq!(
        refused(&world, &visited, visit, &staff(VOLUNTEER)),
        "already_done"
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
        "already_done"
    );
}

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
            "outside_window"
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
        "already_done"
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
    assert_eq!(refusal.code(), "too_late");
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
        "not_yours"
    );
}

fn handed_on_three_times(world: &World) -> Case {
    let mut case = up_to(world, 0, ACCEPTED);
    for to in [OTHER_WORKER, WATER, OFFICER] {
        case = done(
            world,
            &case,
            Command::HandOver { to: seat(to) },
            &staff(LEAD),
        );
    }
    case
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
        "limit_reached"
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
        "too_late"
    );
    let back = done(&world, &case, hand_back(), &staff(WORKER));
    assert_eq!(
        (back.times.due_at, back.condition.clone()),
        (case.times.due_at, case.condition.clone())
    );
    assert_eq!(back.times.dispatched_at, case.times.dispatched_at);
    assert_eq!(
        refused(&world, &back, handle(1), &staff(WORKER)),
        "wrong_state"
    );
}

#[test]
fn time_escalates_only_what_nobody_answered() {
    let world = World::new();
    let case = up_to(&world, 0, DISPATCHED);
    assert_eq!(
        refused(&world, &case, Command::Escalate, &Actor::Clock),
        "too_early"
    );
    let lifted = world
        .run(
            &case,
            Command::Escalate,
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
        "not_yours"
    );
    assert_eq!(
        refused(&world, &case, decide(true), &staff(DESK)),
        "nothing_asked"
    );
    for grant in [true, false, true] {
        case = done(&world, &case, ask(), &staff(WORKER));
        assert_eq!(
            refused(&world, &case, decide(true), &staff(WORKER)),
            "not_allowed"
        );
        case = done(&world, &case, decide(grant), &staff(DESK));
    }
    assert_eq!(case.times.due_at, Some(due + Duration::hours(32)));
    assert_eq!(
        refused(&world, &case, ask(), &staff(WORKER)),
        "limit_reached"
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
        "same_person"
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
fn a_late_command_does_not_revive_a_closed_case() {
    let world = World::new();
    let closed = up_to(&world, 0, CLOSED);
    for command in [Command::Accept, handle(1), hand_back()] {
        assert_eq!(
            refused(&world, &closed, command, &staff(WORKER)),
            "wrong_state"
        );
    }
    assert_eq!(
        refused(&world, &closed, Command::Resume, &Actor::Clock),
        "wrong_state"
    );
    assert_eq!(
        refused(
            &world,
            &closed,
            Command::Reopen { reason: words() },
            &staff(DESK)
        ),
        "not_allowed"
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
        "unknown_target"
    );
    assert_eq!(
        refused(
            &world,
            &other,
            into(other.id, StateName::Reported),
            &staff(DESK)
        ),
        "unknown_target"
    );
    let grown = world
        .attach(&other, &merged, &staff(DESK), MORNING)
        .unwrap()
        .case;
    assert_eq!(grown.reports, 2);
    assert!(world.attach(&other, &case, &staff(DESK), MORNING).is_err());
    assert_eq!(
        refused(&world, &grown, Command::Withdraw, &reporter(&grown)),
        "others_wait"
    );
}

#[test]
fn a_command_names_a_row_that_the_catalogue_has() {
    let world = World::new();
    let unknown = Command::File {
        category: "20110".parse().ok(),
        condition: "9999999".parse().ok(),
    };
    assert_eq!(
        refused(
            &world,
            &world.told(101, MORNING).case,
            unknown,
            &staff(DESK)
        ),
        "unknown_target"
    );
}

#[test]
fn a_case_without_a_category_gets_the_legal_limit() {
    let world = World::new();
    let plain = Command::File {
        category: None,
        condition: None,
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
            world.file(0),
            &staff(DESK),
            MORNING,
        )
        .unwrap_err();
    let may = vec![CommandName::Void, CommandName::Dispatch];
    assert_eq!(
        refusal,
        Refusal::WrongState {
            is: StateName::Filed,
            may
        }
    );
}
