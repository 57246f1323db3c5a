//! One of several who told the same says that theirs is another matter: that telling leaves, and nobody else goes along.

use super::*;

const TELLING: ReportId = ReportId(uuid::Uuid::from_u128(88));

/// A case that somebody joined, merged into a second one, and that one into a third.
fn chain(world: &World) -> [Case; 3] {
    let [first, second, third] = [101, 102, 103].map(|n| world.told(n, MORNING).case);
    let joined = world.join(&first, &staff(DESK), MORNING).unwrap().case;
    let first = merged(world, &joined, &second);
    let second = world.attach(&second, &first, &staff(DESK), MORNING);
    let second = second.unwrap().case;
    let merged_on = merged(world, &second, &third);
    let third = world.attach(&third, &merged_on, &staff(DESK), MORNING);
    [first, merged_on, third.unwrap().case]
}

fn merged(world: &World, case: &Case, into: &Case) -> Case {
    let into = Target {
        id: into.id,
        state: into.state.kind(),
    };
    done(world, case, Command::Merge { into }, &staff(DESK))
}

fn parts(
    world: &World,
    case: &Case,
    from: (CaseId, ReportId),
    who: &Actor,
    now: OffsetDateTime,
) -> Result<Decision, Refusal> {
    part(case, from, who, &world.terms(None, None), now)
}

#[test]
fn a_telling_that_joined_a_merged_case_leaves_every_case_that_tells_it_and_the_merges_stand() {
    let world = World::new();
    let all = chain(&world);
    let (from, who) = ((all[0].id, TELLING), reporter(&all[0]));
    for (case, left) in all.iter().zip([1, 2, 3]) {
        let less = parts(&world, case, from, &who, MORNING).unwrap();
        let other = CaseId(TELLING.0);
        assert_eq!(less.case.reports, left);
        assert_eq!(less.events[0].deed, Deed::Detached { other });
        let counted = (less.case.version, less.events.len());
        assert_eq!(counted, (case.version + 1, 1));
        let now_is = Case {
            reports: case.reports,
            version: case.version,
            ..less.case
        };
        assert_eq!(&now_is, case, "nothing else moved");
    }
}

#[test]
fn nobody_takes_a_telling_out_of_a_merged_case_but_whoever_joined_it() {
    let world = World::new();
    let all = chain(&world);
    let code = |case: &Case, from, who: &Actor| {
        let done = parts(&world, case, from, who, MORNING);
        done.map_or_else(|refusal| refusal.code(), |_| "done")
    };
    let (from, own) = ((all[0].id, TELLING), reporter(&all[0]));
    for who in [staff(DESK), staff(CHIEF), reporter(&all[1]), Actor::Clock] {
        for case in &all {
            assert_eq!(code(case, from, &who), "not-allowed", "{who:?}");
        }
    }
    let first = (all[0].id, ReportId(all[0].id.0));
    assert_eq!(code(&all[0], first, &own), "unknown-target", "it began it");
    let alone = Case {
        reports: 1,
        ..all[0].clone()
    };
    assert_eq!(code(&alone, from, &own), "unknown-target", "never counted");
    let case = world.told(101, MORNING).case;
    let open = world.join(&case, &staff(DESK), MORNING).unwrap().case;
    assert_eq!(code(&open, from, &own), "unknown-target", "not merged");
}

#[test]
fn whoever_joined_says_that_it_is_another_matter_in_time_also_when_what_goes_on_is_over() {
    let world = World::new();
    let all = chain(&world);
    let (from, who) = ((all[0].id, TELLING), reporter(&all[0]));
    let State::Merged { reopen_until, .. } = all[0].state else {
        panic!("it was merged");
    };
    let late = reopen_until + Duration::SECOND;
    assert!(parts(&world, &all[0], from, &who, reopen_until).is_ok());
    let refused = parts(&world, &all[0], from, &who, late).unwrap_err();
    let until = reopen_until;
    assert_eq!(refused, Refusal::TooLate { until });
    let over = Case {
        state: up_to(&world, 0, CLOSED).state,
        ..all[2].clone()
    };
    let less = parts(&world, &over, from, &who, MORNING).unwrap();
    assert_eq!((less.case.reports, less.case.state), (3, over.state));
}
