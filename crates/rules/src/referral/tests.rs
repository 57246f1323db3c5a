//! Every guard of a referral, each with a test that dies when the guard is taken out.

mod waiting;

use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::*;
use crate::access::{Actor, Role};
use crate::calendar::Calendar;
use crate::ids::{AccountId, PostId};

const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
const TEAM: [u128; 3] = [11, 12, 13];

fn member(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

fn who(n: u128, role: Role) -> Actor {
    Actor::Member {
        member: member(n),
        account: AccountId(Uuid::from_u128(n)),
        role,
        post: PostId(Uuid::from_u128(n)),
        community: CommunityId(1),
        stands_for: Vec::new(),
    }
}

struct World {
    calendar: Calendar,
    settings: ReferralSettings,
    team: Vec<MemberId>,
    absent: Vec<Absent>,
}

impl World {
    fn new() -> Self {
        Self {
            calendar: Calendar::new(Vec::new()),
            settings: ReferralSettings::default(),
            team: TEAM.map(member).to_vec(),
            absent: Vec::new(),
        }
    }

    /// The same while an officer is away, and perhaps another stands in.
    fn without(officer: u128, stand_in: Option<u128>) -> Self {
        Self {
            absent: vec![Absent {
                officer: member(officer),
                stand_in: stand_in.map(member),
            }],
            ..Self::new()
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            calendar: &self.calendar,
            settings: &self.settings,
            team: &self.team,
            absent: &self.absent,
        }
    }

    fn referred(&self) -> Referral {
        refer(draft(), &self.terms(), NOW).unwrap().referral
    }

    fn run(&self, referral: &Referral, command: Command, who: &Actor) -> Result<Referral, Refusal> {
        self.at(referral, command, who, NOW)
    }

    fn at(
        &self,
        referral: &Referral,
        command: Command,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Referral, Refusal> {
        transition(referral, command, who, &self.terms(), now).map(|decided| decided.referral)
    }

    fn taken(&self) -> Referral {
        let take = Command::Take { second: member(12) };
        self.run(&self.referred(), take, &who(11, Role::Officer))
            .unwrap()
    }
}

fn draft() -> Referral {
    Referral {
        community: CommunityId(1),
        id: ReferralId(Uuid::from_u128(1)),
        number: "MH-20261123-0001".parse().unwrap(),
        version: 0,
        case: CaseId(Uuid::from_u128(2)),
        grid: GridId(Uuid::from_u128(3)),
        team: DepartmentId(Uuid::from_u128(4)),
        referrer: member(1),
        state: State::Withdrawn,
        times: Times {
            referred_at: NOW,
            taken_at: None,
            started_at: None,
            ended_at: None,
            due_at: None,
            due_provisional: false,
            wakes_at: None,
        },
    }
}

#[test]
fn a_lead_goes_from_the_grid_through_two_officers_to_its_result() {
    let world = World::new();
    let referred = world.referred();
    assert_eq!(
        referred.times.due_at,
        Some(datetime!(2026-11-25 23:59:59 +8))
    );
    let taken = world.taken();
    assert_eq!(
        taken.state.officers(),
        Officers::new(member(11), member(12))
    );
    let start = Command::Start {
        procedure: Procedure::General,
    };
    let started = world.run(&taken, start, &who(12, Role::Officer)).unwrap();
    assert_eq!(started.times.due_at, Some(NOW + Duration::days(90)));
    let end = Command::End {
        result: Outcome::PenaltyDecided,
    };
    let ended = world.run(&started, end, &who(11, Role::Officer)).unwrap();
    assert_eq!(ended.state.procedure(), Some(Procedure::General));
    assert_eq!((ended.version, ended.times.due_at), (4, None));
}

#[test]
fn one_officer_is_not_two_and_a_stranger_is_no_second() {
    let world = World::new();
    let take = |n| Command::Take { second: member(n) };
    let officer = who(11, Role::Officer);
    let referred = world.referred();
    assert_eq!(
        world.run(&referred, take(11), &officer),
        Err(Refusal::SamePerson)
    );
    assert_eq!(
        world.run(&referred, take(99), &officer),
        Err(Refusal::NotOfTheTeam)
    );
    let alone = World {
        team: vec![member(11)],
        ..World::new()
    };
    assert_eq!(
        refer(draft(), &alone.terms(), NOW),
        Err(Refusal::NotOfTheTeam)
    );
}

#[test]
fn a_grid_worker_can_only_refer_and_take_back_what_they_referred() {
    let world = World::new();
    let (referred, taken) = (world.referred(), world.taken());
    for role in [
        Role::Steward,
        Role::Worker,
        Role::GridLead,
        Role::CommunityLead,
        Role::Desk,
        Role::Department,
        Role::Supervisor,
    ] {
        // even a member who is listed in the team: the role decides
        let somebody = who(11, role);
        let take = Command::Take { second: member(12) };
        assert_eq!(
            world.run(&referred, take, &somebody),
            Err(Refusal::NotAllowed),
            "{role}"
        );
        let end = Command::End {
            result: Outcome::NoViolation,
        };
        assert_eq!(
            world.run(&taken, end, &somebody),
            Err(Refusal::NotAllowed),
            "{role}"
        );
    }
    assert!(
        world
            .run(&referred, Command::Withdraw, &who(1, Role::Worker))
            .is_ok()
    );
    assert_eq!(
        world.run(&referred, Command::Withdraw, &who(2, Role::Worker)),
        Err(Refusal::NotYours)
    );
    assert!(matches!(
        world.run(&taken, Command::Withdraw, &who(1, Role::Worker)),
        Err(Refusal::WrongState { .. })
    ));
}

#[test]
fn an_officer_of_another_team_or_community_has_no_say() {
    let world = World::new();
    let take = Command::Take { second: member(12) };
    let stranger = who(99, Role::Officer);
    assert_eq!(
        world.run(&world.referred(), take, &stranger),
        Err(Refusal::NotAllowed)
    );
    let Actor::Member {
        member,
        account,
        role,
        post,
        ..
    } = who(11, Role::Officer)
    else {
        unreachable!("a member")
    };
    let elsewhere = Actor::Member {
        member,
        account,
        role,
        post,
        community: CommunityId(2),
        stands_for: Vec::new(),
    };
    assert_eq!(
        world.run(&world.referred(), take, &elsewhere),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn only_the_two_who_have_it_go_on_and_hand_it_on() {
    let world = World::new();
    let (taken, third) = (world.taken(), who(13, Role::Officer));
    let start = Command::Start {
        procedure: Procedure::Simple,
    };
    assert_eq!(world.run(&taken, start, &third), Err(Refusal::NotYours));
    let over = Command::Take { second: member(13) };
    let later = NOW + Duration::days(1);
    let first = who(11, Role::Officer);
    let over = world.at(&taken, over, &first, later).unwrap();
    assert_eq!(
        over.times.due_at, taken.times.due_at,
        "a new pair does not begin the time anew"
    );
    assert!(world.run(&over, start, &third).is_ok());
}

#[test]
fn what_two_officers_have_taken_is_not_taken_by_a_third() {
    let mut world = World::new();
    let (taken, third) = (world.taken(), who(13, Role::Officer));
    let over = Command::Take { second: member(11) };
    assert_eq!(
        world.run(&taken, over, &third),
        Err(Refusal::AlreadyTaken),
        "one of the two hands it on"
    );
    let offered = commands(&taken, &third, &world.terms());
    assert!(!offered.contains(&CommandName::Take), "{offered:?}");
    world.team = [13, 14].map(member).to_vec();
    let over = Command::Take { second: member(14) };
    assert!(
        world.run(&taken, over, &third).is_ok(),
        "both have left the team"
    );
}

#[test]
fn while_an_officer_is_away_the_one_who_stands_in_goes_on_and_the_deed_says_for_whom() {
    let start = Command::Start {
        procedure: Procedure::Simple,
    };
    let taken = World::new().taken();
    // 99 is an officer of another team or area
    for stand_in in [13, 99] {
        let world = World::without(11, Some(stand_in));
        let deputy = who(stand_in, Role::Officer);
        let decided = transition(&taken, start, &deputy, &world.terms(), NOW).unwrap();
        assert_eq!(decided.deed.stands_for(), Some(member(11)), "{stand_in}");
        let back = world.run(&decided.referral, end(), &who(11, Role::Officer));
        assert!(back.is_ok(), "it stays with whoever has it: {stand_in}");
        let early = World::new().run(&taken, start, &deputy);
        assert!(early.is_err(), "nobody is away: {stand_in}");
    }
    let world = World::new();
    let own = transition(&taken, start, &who(12, Role::Officer), &world.terms(), NOW).unwrap();
    assert_eq!(own.deed.stands_for(), None);
}

#[test]
fn whoever_stands_in_from_elsewhere_goes_on_and_takes_nothing_and_a_worker_never_stands_in() {
    let taken = World::new().taken();
    let world = World::without(11, Some(99));
    let elsewhere = who(99, Role::Officer);
    let take = Command::Take { second: member(13) };
    assert_eq!(
        world.run(&taken, take, &elsewhere),
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        commands(&taken, &elsewhere, &world.terms()),
        [CommandName::Start, CommandName::End]
    );
    assert_eq!(
        world.run(&taken, end(), &who(99, Role::Worker)),
        Err(Refusal::NotAllowed)
    );
    // whoever has left the team has nothing to be stood in for
    let mut left = World::without(11, Some(99));
    left.team = [12, 13].map(member).to_vec();
    assert_eq!(
        left.run(&taken, end(), &elsewhere),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn a_lead_whose_two_are_both_away_without_an_officer_in_their_place_is_taken_by_others_of_the_team()
{
    let taken = World::new().taken();
    let third = who(13, Role::Officer);
    let over = Command::Take { second: member(14) };
    let mut world = World::without(11, None);
    world.team.push(member(14));
    assert_eq!(
        world.run(&taken, over, &third),
        Err(Refusal::AlreadyTaken),
        "one of the two is there"
    );
    world.absent.push(Absent {
        officer: member(12),
        stand_in: Some(member(14)),
    });
    assert_eq!(
        world.run(&taken, over, &third),
        Err(Refusal::AlreadyTaken),
        "an officer stands in for the other"
    );
    world.absent[1].stand_in = None;
    assert!(world.run(&taken, over, &third).is_ok());
}

#[test]
fn nobody_stands_in_for_both_officers_alone() {
    let taken = World::new().taken();
    let mut world = World::without(11, Some(99));
    let absent = Absent {
        officer: member(12),
        stand_in: Some(member(99)),
    };
    world.absent.push(absent);
    world.team.push(member(14));
    let deputy = who(99, Role::Officer);
    assert_eq!(world.run(&taken, end(), &deputy), Err(Refusal::NotAllowed));
    let over = Command::Take { second: member(14) };
    let third = who(13, Role::Officer);
    assert!(
        world.run(&taken, over, &third).is_ok(),
        "the team has it again"
    );
    world.absent[1].stand_in = Some(member(98));
    assert!(
        world.run(&taken, end(), &deputy).is_ok(),
        "two people again"
    );
}

#[test]
fn nobody_takes_a_lead_with_a_second_officer_who_is_away() {
    let take = Command::Take { second: member(12) };
    let first = who(11, Role::Officer);
    for stand_in in [None, Some(11), Some(13)] {
        let world = World::without(12, stand_in);
        let refused = world.run(&world.referred(), take, &first);
        assert_eq!(refused, Err(Refusal::SecondAway), "{stand_in:?}");
    }
}

#[test]
fn whoever_stands_in_for_the_other_of_the_two_hands_it_on_and_does_not_go_on_alone() {
    let taken = World::new().taken();
    let start = Command::Start {
        procedure: Procedure::Simple,
    };
    for (away, here) in [(12, 11), (11, 12)] {
        let (world, left) = (World::without(away, Some(here)), who(here, Role::Officer));
        for alone in [start, end()] {
            assert_eq!(
                world.run(&taken, alone, &left),
                Err(Refusal::OneForBoth),
                "{here}"
            );
        }
        assert_eq!(commands(&taken, &left, &world.terms()), [CommandName::Take]);
        let on = Command::Take { second: member(13) };
        let handed = world.run(&taken, on, &left).unwrap();
        assert!(world.run(&handed, end(), &left).is_ok(), "two people again");
    }
}

const fn end() -> Command {
    Command::End {
        result: Outcome::NoViolation,
    }
}

#[test]
fn a_penalty_needs_a_procedure_a_first_look_does_not() {
    let world = World::new();
    let officer = who(11, Role::Officer);
    for result in Outcome::ALL {
        let end = Command::End { result: *result };
        let ended = world.run(&world.taken(), end, &officer);
        if result.needs_procedure() {
            assert_eq!(ended, Err(Refusal::ProcedureMissing), "{result}");
        } else {
            assert!(ended.is_ok(), "{result}");
        }
    }
}

#[test]
fn a_step_out_of_order_says_what_may_be_done_instead() {
    let world = World::new();
    let start = Command::Start {
        procedure: Procedure::Simple,
    };
    let refused = world.run(&world.referred(), start, &who(11, Role::Officer));
    // nobody has it yet, so nobody is one of the two
    assert_eq!(
        refused,
        Err(Refusal::WrongState {
            is: StateName::Referred,
            may: vec![CommandName::Take, CommandName::Refuse],
        })
    );
}

#[test]
fn time_says_once_that_a_deadline_passed_and_never_before() {
    let world = World::new();
    let referred = world.referred();
    let remind = |referral: &Referral, now| world.at(referral, Command::Remind, &Actor::Clock, now);
    assert_eq!(remind(&referred, NOW), Err(Refusal::TooEarly));
    let late = NOW + Duration::days(3);
    let told = remind(&referred, late).unwrap();
    assert_eq!(remind(&told, late), Err(Refusal::TooEarly));
    assert_eq!(
        world.at(&referred, Command::Remind, &who(11, Role::Officer), late),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn what_comes_back_to_the_case_is_the_end_and_nothing_before() {
    let deeds = [
        Deed::Taken {
            first: member(11),
            second: member(12),
            stands_for: None,
        },
        Deed::Started {
            procedure: Procedure::Simple,
            stands_for: None,
        },
        Deed::Overdue,
        Deed::Waiting,
    ];
    assert!(deeds.iter().all(|deed| deed.answer().is_none()));
    let end = Deed::Ended {
        result: Outcome::CorrectedOnSpot,
        stands_for: None,
    };
    assert_eq!(end.answer(), Some(Answer::CorrectedOnSpot));
}
