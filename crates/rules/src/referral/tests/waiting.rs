//! Two officers where some of the team are away, and whom a lead waits for.

use super::*;

fn away(officer: u128, stand_in: Option<u128>) -> Absent {
    Absent {
        officer: member(officer),
        stand_in: stand_in.map(member),
    }
}

/// The team of three while these two are away.
fn short(first: Option<u128>, second: Option<u128>) -> World {
    World {
        absent: vec![away(11, first), away(12, second)],
        ..World::new()
    }
}

#[test]
fn where_fewer_than_two_of_a_team_are_there_an_officer_who_stands_in_makes_the_second() {
    let referred = World::new().referred();
    let (third, take) = (who(13, Role::Officer), Command::Take { second: member(99) });
    let world = short(Some(99), None);
    let taken = world.run(&referred, take, &third).unwrap();
    assert!(
        world.run(&taken, end(), &who(99, Role::Officer)).is_ok(),
        "the second goes on as well"
    );
    let two_there = World::without(11, Some(99));
    assert_eq!(
        two_there.run(&referred, take, &third),
        Err(Refusal::NotOfTheTeam),
        "two of the team are there"
    );
}

#[test]
fn an_officer_who_stands_in_takes_a_lead_only_where_two_of_the_team_are_not_there() {
    let referred = World::new().referred();
    let (deputy, take) = (who(99, Role::Officer), Command::Take { second: member(13) });
    let (short, enough) = (short(Some(99), None), World::without(11, Some(99)));
    let taken = transition(&referred, take, &deputy, &short.terms(), NOW).unwrap();
    assert_eq!(
        taken.deed.stands_for(),
        Some(member(11)),
        "and says for whom"
    );
    assert_eq!(
        enough.run(&referred, take, &deputy),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        short.run(&referred, take, &who(99, Role::Worker)),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn a_lead_waits_for_those_away_exactly_while_two_officers_cannot_be_found() {
    let referred = World::new().referred();
    let waits = |world: &World, referral: &Referral| waits_for(referral, &world.terms());
    let both = Some(vec![member(11), member(12)]);
    assert_eq!(waits(&World::new(), &referred), None);
    assert_eq!(waits(&short(None, None), &referred), both);
    assert_eq!(
        waits(&short(Some(13), Some(13)), &referred),
        both,
        "whoever stands in for them is one person"
    );
    assert_eq!(waits(&short(Some(99), None), &referred), None);
    assert_eq!(waits(&World::without(11, None), &referred), None);

    let taken = World::new().taken();
    assert_eq!(waits(&short(None, None), &taken), both);
    assert_eq!(
        waits(&World::without(11, None), &taken),
        None,
        "the other one is there"
    );
    let alone = World {
        team: [11, 12].map(member).to_vec(),
        ..World::without(12, Some(11))
    };
    assert_eq!(
        waits(&alone, &taken),
        Some(vec![member(12)]),
        "nobody goes on alone, nor is there anybody to hand it to"
    );
    let over = World::new().run(&taken, end(), &who(11, Role::Officer));
    assert_eq!(waits(&short(None, None), &over.unwrap()), None);
}

#[test]
fn that_a_lead_waits_is_noted_while_it_does_and_not_otherwise() {
    let referred = World::new().referred();
    let noted = wait(&referred, &short(None, None).terms()).unwrap();
    assert_eq!(noted.deed, Deed::Waiting);
    assert_eq!(noted.referral.version, referred.version + 1);
    assert_eq!(noted.referral.state, referred.state);
    assert_eq!(
        wait(&referred, &World::new().terms()),
        Err(Refusal::TooEarly)
    );
}

#[test]
fn a_lead_goes_on_without_its_case_as_it_stood_and_one_that_is_over_stays_over() {
    let world = World::new();
    let taken = world.taken();
    let noted = go_on_alone(&taken).unwrap();
    assert_eq!(
        (noted.deed, noted.referral.version),
        (Deed::OnItsOwn, taken.version + 1)
    );
    assert_eq!(
        (noted.referral.state, noted.referral.times),
        (taken.state, taken.times),
        "its officers keep it and its clock runs"
    );
    let over = world.run(&taken, end(), &who(11, Role::Officer)).unwrap();
    assert_eq!(go_on_alone(&over), None);
}
