//! A case that turns out to be a complaint about somebody who works here.

use super::*;

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
    assert_eq!(closed.unwrap_err().code(), "wrong_state");
}

#[test]
fn who_works_on_a_case_does_not_make_a_complaint_of_it() {
    let world = World::new();
    let case = up_to(&world, 0, ACCEPTED);
    for who in [WORKER, STEWARD, WATER, OFFICER] {
        let refused = withheld(&world, &case, &staff(who)).unwrap_err();
        assert_eq!(refused.code(), "not_allowed", "{who}");
    }
    let mut stranger = staff(DESK);
    if let Actor::Member { community, .. } = &mut stranger {
        *community = CommunityId(2);
    }
    let refused = withheld(&world, &case, &stranger).unwrap_err();
    assert_eq!(refused.code(), "not_allowed", "of another house");
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
    assert_eq!(refused.code(), "whistle_open");
    let mut agreed = case;
    agreed.coordination = Some(Coordination {
        id: rules::ids::CoordinationId(id(56)),
        open: vec![rules::ids::ItemId(id(57))],
    });
    let refused = withheld(&world, &agreed, &staff(DESK)).unwrap_err();
    assert_eq!(refused.code(), "items_open");
}
