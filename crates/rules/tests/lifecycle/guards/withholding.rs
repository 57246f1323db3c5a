//! A case that turns out to be a complaint about somebody who works here.

use super::*;
use rules::ids::{ComplaintId, GridId, GridVersion};

fn withheld(world: &World, case: &Case, who: &Actor) -> Result<Case, Refusal> {
    let decision = world.withhold(case, who, MORNING + Duration::hours(1))?;
    Ok(decision.case)
}

#[test]
fn what_turns_out_to_be_a_complaint_ends_wherever_it_stands_and_is_not_opened_again() {
    let world = World::new();
    for steps in 0..CLOSED {
        let case = withheld(&world, &up_to(&world, 0, steps), &staff(DESK)).unwrap();
        assert_eq!(case.state.kind(), StateName::Redirected, "after {steps}");
        assert_eq!(case.times.answer_by, None);
        let again = Command::Reopen { reason: words() };
        let later = MORNING + Duration::hours(2);
        let opened = world.run(&case, again, &reporter(&case), later);
        assert!(opened.is_err(), "the complaint has its own end");
    }
    let closed = withheld(&world, &up_to(&world, 0, CLOSED), &staff(DESK));
    assert_eq!(closed.unwrap_err().code(), "wrong-state");
}

#[test]
fn who_works_on_a_case_does_not_make_a_complaint_of_it() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    for who in [WORKER, STEWARD, WATER, OFFICER] {
        let refused = withheld(&world, &case, &staff(who)).unwrap_err();
        assert_eq!(refused.code(), "not-allowed", "{who}");
    }
    let mut stranger = staff(DESK);
    if let Actor::Member { community, .. } = &mut stranger {
        *community = CommunityId(2);
    }
    let refused = withheld(&world, &case, &stranger).unwrap_err();
    assert_eq!(refused.code(), "not-allowed", "of another house");
    for who in [LEAD, CHIEF, DESK, 11] {
        assert!(withheld(&world, &case, &staff(who)).is_ok(), "{who}");
    }
}

#[test]
fn a_case_in_which_others_still_wait_is_not_made_a_complaint() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    let whistle = Command::Whistle {
        id: rules::ids::WhistleId(id(55)),
        urgency: rules::whistle::Urgency::Ordinary,
        called: called(2),
        reason: words(),
    };
    let whistled = done(&world, &case, whistle, &staff(WORKER));
    let refused = withheld(&world, &whistled, &staff(DESK)).unwrap_err();
    assert_eq!(refused.code(), "whistle-open");
    let mut agreed = case;
    agreed.coordination = Some(Coordination {
        id: rules::ids::CoordinationId(id(56)),
        open: vec![rules::ids::ItemId(id(57))],
    });
    let refused = withheld(&world, &agreed, &staff(DESK)).unwrap_err();
    assert_eq!(refused.code(), "items-open");
}

/// A telling that was merged, and the case that took it up.
fn merged(world: &World) -> (Case, Case) {
    let [case, other] = [101, 102].map(|n| world.told(n, MORNING).case);
    let into = Command::Merge {
        into: Target {
            id: other.id,
            state: other.state.kind(),
        },
    };
    let merged = done(world, &case, into, &staff(DESK));
    let grown = world.attach(&other, &merged, &staff(DESK), MORNING);
    (merged, grown.unwrap().case)
}

#[test]
fn a_merged_telling_becomes_a_complaint_alone_and_the_case_that_took_it_up_goes_on() {
    let world = World::new();
    let (leaving, head) = merged(&world);
    assert_eq!(head.reports, 2);
    let gone = withheld(&world, &leaving, &staff(DESK)).unwrap();
    assert_eq!(gone.state.kind(), StateName::Redirected);
    let less = world
        .give_back(&head, &leaving, &staff(DESK), MORNING)
        .unwrap();
    assert_eq!((less.case.reports, &less.case.state), (1, &head.state));
    assert_eq!(less.events[0].deed, Deed::Detached { other: leaving.id });
}

#[test]
fn a_telling_that_joined_becomes_a_complaint_alone_and_the_case_goes_on() {
    let world = World::new();
    let case = world.told(101, MORNING).case;
    let case = world.join(&case, &staff(DESK), MORNING).unwrap().case;
    assert_eq!(case.reports, 2);
    let joined = ReportId(id(88));
    let less = world.let_go(&case, joined, &staff(DESK)).unwrap();
    assert_eq!((less.case.reports, &less.case.state), (1, &case.state));
    let other = CaseId(joined.0);
    assert_eq!(less.events[0].deed, Deed::Detached { other });
}

#[test]
fn the_first_telling_becomes_a_complaint_alone_where_others_told_the_same_and_the_case_goes_on() {
    let world = World::new();
    let once = world.told(101, MORNING).case;
    let case = world.join(&once, &staff(DESK), MORNING).unwrap().case;
    let complaint = ComplaintId(id(88));
    let gone = world
        .let_first_go(&case, (complaint, 0), &staff(DESK))
        .unwrap();
    assert_eq!((gone.case.reports, &gone.case.state), (2, &case.state));
    let other = CaseId(complaint.0);
    assert_eq!(gone.events[0].deed, Deed::Detached { other });
    let code = |case: &Case, who: &Actor| {
        let gone = world.let_first_go(case, (complaint, 0), who);
        gone.map_or_else(|refusal| refusal.code(), |_| "done")
    };
    for who in [WORKER, STEWARD, WATER, OFFICER] {
        assert_eq!(code(&case, &staff(who)), "not-allowed", "{who}");
    }
    assert_eq!(code(&once, &staff(DESK)), "nobody-else-tells");
    let over = withheld(&world, &case, &staff(DESK)).unwrap();
    assert_eq!(code(&over, &staff(DESK)), "wrong-state");
}

#[test]
fn what_is_told_by_nobody_any_more_and_was_merged_does_not_tell_the_case_that_took_it_up() {
    let world = World::new();
    let (_, head) = merged(&world);
    let complaint = ComplaintId(id(88));
    let leaves = |gone| world.let_first_go(&head, (complaint, gone), &staff(DESK));
    assert!(leaves(0).is_ok(), "the one that was merged goes on telling");
    assert_eq!(leaves(1).unwrap_err().code(), "nobody-else-tells");
}

#[test]
fn after_the_first_telling_the_last_one_does_not_leave_too() {
    let world = World::new();
    let case = world.told(101, MORNING).case;
    let case = world.join(&case, &staff(DESK), MORNING).unwrap().case;
    let joined = ReportId(id(88));
    let gone = world.let_go_after_the_first(&case, joined).unwrap_err();
    assert_eq!(gone.code(), "nobody-else-tells");
    let told = Case { reports: 3, ..case };
    let gone = world.let_go_after_the_first(&told, joined).unwrap();
    assert_eq!(gone.case.reports, 2);
}

#[test]
fn only_a_later_telling_of_a_case_that_goes_on_leaves_it_and_not_for_everybody() {
    let world = World::new();
    let once = world.told(101, MORNING).case;
    let case = world.join(&once, &staff(DESK), MORNING).unwrap().case;
    let code = |case: &Case, telling: ReportId, who: &Actor| {
        let gone = world.let_go(case, telling, who);
        gone.map_or_else(|refusal| refusal.code(), |_| "done")
    };
    let joined = ReportId(id(88));
    for who in [WORKER, STEWARD, WATER, OFFICER] {
        assert_eq!(code(&case, joined, &staff(who)), "not-allowed", "{who}");
    }
    let first = ReportId(case.id.0);
    assert_eq!(code(&case, first, &staff(DESK)), "unknown-target");
    assert_eq!(code(&once, joined, &staff(DESK)), "nobody-else-tells");
    let over = withheld(&world, &case, &staff(DESK)).unwrap();
    assert_eq!(code(&over, joined, &staff(DESK)), "wrong-state");
}

#[test]
fn only_who_may_make_a_complaint_takes_a_telling_out_of_the_case_that_took_it_up() {
    let world = World::new();
    let (leaving, head) = merged(&world);
    let code = |case: &Case, who: &Actor| {
        let given = world.give_back(case, &leaving, who, MORNING);
        given.map_or_else(|refusal| refusal.code(), |_| "done")
    };
    for who in [WORKER, STEWARD, WATER, OFFICER] {
        assert_eq!(code(&head, &staff(who)), "not-allowed", "{who}");
    }
    assert_eq!(code(&head, &reporter(&leaving)), "not-allowed");
    let never = Case {
        reports: 1,
        ..head.clone()
    };
    assert_eq!(
        code(&never, &staff(DESK)),
        "unknown-target",
        "never counted"
    );
    assert_eq!(code(&head, &staff(DESK)), "done");
}

#[test]
fn what_was_no_complaint_after_all_comes_back_as_it_was_told_wherever_it_had_stood() {
    let world = World::new();
    let later = MORNING + Duration::hours(30);
    for steps in 0..CLOSED {
        let before = withheld(&world, &up_to(&world, 0, steps), &staff(DESK)).unwrap();
        let back = world.restore(&before, &staff(11), later).unwrap();
        let case = &back.case;
        assert_eq!(case.state, State::Reported { found: None }, "after {steps}");
        assert_eq!((case.owner, case.reports), (Some(member(DESK)), 1));
        assert_eq!(case.times.received_at, before.times.received_at);
        assert_eq!((case.times.filed_at, &case.limit), (None, &None));
        assert!(
            case.times.answer_by > Some(later),
            "whoever gets it has time"
        );
        let [event] = &back.events[..] else {
            panic!("one event: {:?}", back.events)
        };
        assert_eq!(event.from, Some(StateName::Redirected), "counts move");
        assert!(matches!(event.deed, Deed::Reported { .. }));
    }
}

#[test]
fn a_case_that_runs_is_not_brought_back_and_nobody_who_reads_no_complaints_brings_one_back() {
    let world = World::new();
    let code = |case: &Case, who: &Actor| {
        let back = world.restore(case, who, MORNING);
        back.map_or_else(|refusal| refusal.code(), |_| "done")
    };
    let gone = withheld(&world, &up_to(&world, 0, 0), &staff(DESK)).unwrap();
    for who in [WORKER, STEWARD, LEAD, DESK, WATER, OFFICER] {
        assert_eq!(code(&gone, &staff(who)), "not-allowed", "{who}");
    }
    assert_eq!(code(&gone, &reporter(&gone)), "not-allowed");
    for who in [CHIEF, 11] {
        assert_eq!(code(&gone, &staff(who)), "done", "{who}");
    }
    let runs = up_to(&world, 0, ACCEPTED);
    assert_eq!(code(&runs, &staff(11)), "wrong-state");
}

#[test]
fn what_was_held_as_a_complaint_counts_from_when_it_was_told() {
    let world = World::new();
    let now = MORNING + Duration::days(3);
    let telling = Telling {
        community: HERE,
        id: CaseId(id(101)),
        number: world.told(101, MORNING).case.number,
        grid: GridId(id(77)),
        grid_version: GridVersion(1),
        place: None,
        channel: Channel::Resident,
        category: None,
    };
    let promised = MORNING + Duration::minutes(5);
    let case = world
        .told_late(telling, (MORNING, promised), &staff(11), now)
        .case;
    assert_eq!(case.times.received_at, MORNING);
    assert_eq!(case.times.contact_due, Some(promised), "as was promised");
    assert!(case.times.answer_by > Some(now), "whoever gets it has time");
    assert_eq!(case.owner, Some(member(DESK)));
}
