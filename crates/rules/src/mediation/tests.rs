//! Every guard of a mediation, each with a test that dies when the guard is taken out.

use time::macros::{date, datetime, offset};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::*;
use crate::access::{Actor, Role};
use crate::calendar::Calendar;
use crate::ids::{AccountId, PostId};

const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
const TODAY: Date = date!(2026 - 11 - 23);

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
        stands_for: vec![member(77)],
    }
}

struct World {
    calendar: Calendar,
    settings: MediationSettings,
}

impl World {
    fn new() -> Self {
        Self {
            calendar: Calendar::new(Vec::new()),
            settings: MediationSettings::default(),
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            calendar: &self.calendar,
            settings: &self.settings,
            offset: offset!(+8),
        }
    }

    fn opened(&self) -> Mediation {
        open(draft(1), &who(1, Role::Worker), &self.terms(), NOW)
            .unwrap()
            .mediation
    }

    fn run(&self, mediation: &Mediation, command: Command) -> Result<Mediation, Refusal> {
        self.by(mediation, command, &who(1, Role::Worker), NOW)
    }

    fn by(
        &self,
        mediation: &Mediation,
        command: Command,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Mediation, Refusal> {
        transition(mediation, command, who, &self.terms(), now).map(|decided| decided.mediation)
    }

    fn agreed(&self) -> Mediation {
        let drafted = self.run(&self.opened(), Command::Draft).unwrap();
        let agree = Command::Agree {
            on: TODAY,
            written: true,
        };
        self.run(&drafted, agree).unwrap()
    }
}

fn draft(mediator: u128) -> Mediation {
    Mediation {
        community: CommunityId(1),
        id: MediationId(Uuid::from_u128(1)),
        number: "MH-20261123-0001".parse().unwrap(),
        version: 0,
        kind: "neighbours".into(),
        grid: GridId(Uuid::from_u128(3)),
        case: None,
        opener: member(1),
        mediator: member(mediator),
        parties: 2,
        people: 5,
        state: State::Withdrawn,
        times: Times {
            opened_at: NOW,
            runs_from: NOW,
            due_at: None,
            extensions: 0,
            overdue_told: false,
            ended_at: None,
            follow_at: None,
            called: false,
            finished_at: None,
        },
    }
}

#[test]
fn a_dispute_goes_from_talk_to_agreement_to_a_look_a_month_later() {
    let world = World::new();
    let opened = world.opened();
    assert_eq!(opened.times.due_at, Some(NOW + Duration::days(30)));
    let talked = world.run(&opened, Command::Talk { on: TODAY }).unwrap();
    assert_eq!(talked.state, State::Open);
    let agreed = world.agreed();
    let month = NOW + Duration::days(30);
    assert_eq!(agreed.wakes_at(), Some(month));
    let early = Refusal::TooEarly { from: month };
    assert_eq!(call(&agreed, NOW), Err(early));
    let called = call(&agreed, month).unwrap();
    assert_eq!(called.deed, Deed::FollowUpDue);
    let late = month + LOOK;
    let once = Refusal::TooEarly { from: late };
    assert_eq!(call(&called.mediation, month), Err(once), "once");
    let kept = Command::Follow { kept: Kept::Yes };
    let finished = world.by(&called.mediation, kept, &who(1, Role::Worker), month);
    let finished = finished.unwrap();
    let agreement = Some(Agreement {
        on: TODAY,
        written: true,
    });
    let kept = Kept::Yes;
    assert_eq!(finished.state, State::Finished { agreement, kept });
    assert_eq!(finished.times.ended_at, agreed.times.ended_at);
}

#[test]
fn only_the_mediator_works_on_it_not_a_deputy_not_a_lead() {
    let world = World::new();
    let opened = world.opened();
    for (n, role) in [
        (2, Role::Worker),
        (3, Role::GridLead),
        (4, Role::CommunityLead),
        (5, Role::Desk),
    ] {
        assert_eq!(
            world.by(&opened, Command::Draft, &who(n, role), NOW),
            Err(Refusal::NotYours),
            "{role}"
        );
    }
    for role in [
        Role::Supervisor,
        Role::Department,
        Role::Officer,
        Role::Command,
    ] {
        assert_eq!(
            world.by(&opened, Command::Draft, &who(1, role), NOW),
            Err(Refusal::NotAllowed),
            "{role}"
        );
    }
    // whoever stands in for the mediator elsewhere does not see this
    let absent = Mediation {
        mediator: member(77),
        ..opened
    };
    assert_eq!(
        world.by(&absent, Command::Draft, &who(1, Role::Worker), NOW),
        Err(Refusal::NotYours)
    );
}

#[test]
fn the_mediator_or_a_lead_gives_it_to_another_mediator() {
    let world = World::new();
    let opened = world.opened();
    let to = |n| Command::HandOver { to: member(n) };
    let lead = who(3, Role::GridLead);
    assert_eq!(
        world.by(&opened, to(9), &lead, NOW).unwrap().mediator,
        member(9)
    );
    assert!(world.run(&opened, to(9)).is_ok());
    assert_eq!(world.run(&opened, to(1)), Err(Refusal::SamePerson));
    assert_eq!(
        world.by(&opened, to(9), &who(2, Role::Worker), NOW),
        Err(Refusal::NotYours)
    );
}

#[test]
fn more_time_takes_both_sides_comes_once_and_never_too_late() {
    let world = World::new();
    let opened = world.opened();
    let extend = |consent| Command::Extend { consent };
    assert_eq!(
        world.run(&opened, extend(false)),
        Err(Refusal::ConsentMissing)
    );
    let longer = world.run(&opened, extend(true)).unwrap();
    assert_eq!(longer.times.due_at, Some(NOW + Duration::days(60)));
    let max = world.settings.max_extensions;
    assert_eq!(
        world.run(&longer, extend(true)),
        Err(Refusal::LimitReached { max })
    );
    let late = NOW + Duration::days(31);
    assert_eq!(
        world.by(&opened, extend(true), &who(1, Role::Worker), late),
        Err(Refusal::Overdue)
    );
}

#[test]
fn more_time_is_offered_only_where_it_can_be_had() {
    let world = World::new();
    let mediator = who(1, Role::Worker);
    let offered = |mediation: &Mediation, at| {
        let may = commands_at(mediation, &mediator, &world.settings, at);
        may.contains(&CommandName::Extend)
    };
    let opened = world.opened();
    assert!(offered(&opened, NOW) && !offered(&opened, NOW + Duration::days(31)));
    let extend = Command::Extend { consent: true };
    let longer = world.run(&opened, extend).unwrap();
    assert!(!offered(&longer, NOW), "once is all there is");
}

#[test]
fn an_agreement_is_written_before_it_is_signed_on_a_day_that_fits() {
    let world = World::new();
    let agree = |on| Command::Agree { on, written: true };
    assert!(matches!(
        world.run(&world.opened(), agree(TODAY)),
        Err(Refusal::WrongState { .. })
    ));
    let drafted = world.run(&world.opened(), Command::Draft).unwrap();
    for wrong in [date!(2026 - 11 - 24), date!(2026 - 11 - 22)] {
        assert_eq!(world.run(&drafted, agree(wrong)), Err(Refusal::WrongDay));
    }
    for wrong in [date!(2026 - 11 - 24), date!(2026 - 11 - 22)] {
        let talk = Command::Talk { on: wrong };
        assert_eq!(world.run(&drafted, talk), Err(Refusal::WrongDay));
    }
}

#[test]
fn what_is_over_stays_over_and_a_broken_agreement_can_be_talked_over_again() {
    let world = World::new();
    let failed = Command::Fail {
        instead: Instead::Court,
    };
    let failed = world.run(&world.opened(), failed).unwrap();
    assert!(commands_at(&failed, &who(1, Role::Worker), &world.settings, NOW).is_empty());
    let again = world
        .by(
            &world.agreed(),
            Command::Resume,
            &who(1, Role::Worker),
            NOW + Duration::days(10),
        )
        .unwrap();
    assert_eq!(again.state, State::Open);
    assert_eq!(again.times.opened_at, NOW);
    assert_eq!(again.times.due_at, Some(NOW + Duration::days(40)));
}

#[test]
fn the_passing_of_the_deadline_is_told_once() {
    let world = World::new();
    let due = NOW + Duration::days(30);
    let told = call(&world.opened(), due).unwrap();
    assert_eq!(told.deed, Deed::Overdue);
    assert_eq!(call(&told.mediation, due), Err(Refusal::NothingDue));
}

#[test]
fn a_look_that_nobody_takes_is_told_once_days_after_its_day() {
    let world = World::new();
    let agreed = world.agreed();
    let due = agreed.times.follow_at.unwrap();
    let called = call(&agreed, due).unwrap().mediation;
    let late = due + LOOK;
    assert_eq!(called.wakes_at(), Some(late));
    let told = call(&called, late).unwrap();
    assert_eq!(told.deed, Deed::FollowUpLate);
    assert_eq!(call(&told.mediation, late), Err(Refusal::NothingDue));
    let follow = Command::Follow { kept: Kept::Yes };
    let who = who(1, Role::Worker);
    assert!(world.by(&told.mediation, follow, &who, late).is_ok());
}

#[test]
fn a_mediation_that_was_late_itself_still_tells_of_a_late_look() {
    let world = World::new();
    let late = NOW + Duration::days(31);
    let overdue = call(&world.opened(), late).unwrap().mediation;
    let mediator = who(1, Role::Worker);
    let drafted = world.by(&overdue, Command::Draft, &mediator, late).unwrap();
    let agree = Command::Agree {
        on: TODAY,
        written: false,
    };
    let agreed = world.by(&drafted, agree, &mediator, late).unwrap();
    let due = agreed.times.follow_at.unwrap();
    let called = call(&agreed, due).unwrap().mediation;
    assert_eq!(called.wakes_at(), Some(due + LOOK));
}

#[test]
fn whoever_may_not_mediate_opens_nothing() {
    let world = World::new();
    for role in [
        Role::Department,
        Role::Officer,
        Role::Supervisor,
        Role::Command,
    ] {
        let opened = open(draft(1), &who(1, role), &world.terms(), NOW);
        assert_eq!(opened, Err(Refusal::NotAllowed), "{role}");
    }
}

#[test]
fn parties_and_numbers_vanish_from_words_and_judgements_are_found() {
    let names = [(0, "示例张三"), (1, "示例张三丰"), (2, "王")];
    let text = neutral("示例张三丰与示例张三的水管, 电话13800001234，王家", &names);
    assert_eq!(text, "乙方与甲方的水管, 电话****，王家");
    assert_eq!(judges("他是个无赖"), Some("无赖"));
    assert_eq!(judges("水管漏水三天"), None);
}

#[test]
fn the_look_a_month_later_is_not_taken_in_the_same_hour() {
    let world = World::new();
    let agreed = world.agreed();
    let due = agreed.times.follow_at.unwrap();
    let mediator = who(1, Role::Worker);
    let follow = Command::Follow { kept: Kept::Yes };
    let early = world.by(&agreed, follow, &mediator, NOW + Duration::hours(1));
    let from = due - LOOK;
    assert_eq!(early, Err(Refusal::TooEarly { from }));
    let offered =
        |at| commands_at(&agreed, &mediator, &world.settings, at).contains(&CommandName::Follow);
    let week = due - Duration::days(7);
    assert!(!offered(week - Duration::SECOND) && offered(week));
    assert!(world.by(&agreed, follow, &mediator, week).is_ok());
}

#[test]
fn a_category_is_a_dispute_where_its_code_begins_like_one_that_the_settings_name() {
    let code = |text: &str| text.parse().expect("a code");
    let mut settings = MediationSettings::default();
    assert!(settings.is_dispute(&code("30601")) && !settings.is_dispute(&code("30401")));
    settings.categories = vec![code("30401")];
    assert!(settings.is_dispute(&code("30401")) && !settings.is_dispute(&code("30402")));
}
