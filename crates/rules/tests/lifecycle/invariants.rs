//! Random lives of three cases that may be merged into each other, up to fifty commands long: mostly what
//! somebody may do, sometimes what they may not. After each command every invariant is asked.

use std::collections::HashMap;

use proptest::prelude::*;
use rules::access::{Action, Actor, Role, may};
use rules::case::*;
use rules::ids::CaseId;
use time::{Duration, OffsetDateTime};

use crate::called::{Judges, i13_whoever_is_called_judged_nothing};
use crate::drive;
use crate::ending::i6_no_clock_runs_on_behind_the_end;
use crate::world::*;

fn sequences() -> u32 {
    std::env::var("WEIGE_SEQUENCES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(2_000)
}

/// Which case, who, what, with what, and how many minutes later.
type Step = (u8, u8, u8, u64, u16);

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_invariant_holds_whatever_people_do(steps in prop::collection::vec(any::<Step>(), 1..50)) {
        let mut life = Life::begin();
        for step in steps {
            life.live(step);
        }
        life.after_all();
    }
}

struct Life {
    world: World,
    cases: Vec<Case>,
    events: HashMap<CaseId, usize>,
    trails: HashMap<CaseId, Vec<(OffsetDateTime, Event)>>,
    judges: Judges,
    now: OffsetDateTime,
}

impl Life {
    fn begin() -> Self {
        let mut world = World::new();
        world.settings.reopenings_to_leader = 2;
        let told: Vec<Decision> = (101..=103).map(|n| world.told(n, MORNING)).collect();
        let events = told
            .iter()
            .map(|decision| (decision.case.id, decision.events.len()))
            .collect();
        let cases = told.into_iter().map(|decision| decision.case).collect();
        Self {
            world,
            cases,
            events,
            trails: HashMap::new(),
            judges: Judges::default(),
            now: MORNING,
        }
    }

    fn live(&mut self, (which, actor, what, chance, minutes): Step) {
        self.now += Duration::minutes(i64::from(minutes) / 20);
        let which = usize::from(which) % self.cases.len();
        let case = self.cases[which].clone();
        let (who, name) = choose(&case, actor, what, chance);
        let command = self.world.command(name, chance, self.now, &self.cases);
        self.world.moved = self.moved(case.id);
        self.world.judged = self.judges.of(case.id);
        let Ok(decision) = self.world.run(&case, command.clone(), &who, self.now) else {
            return;
        };
        allowed_by_the_gate(&case, &who, name);
        each_step(&self.world, &case, &decision, &who, name);
        i13_whoever_is_called_judged_nothing(&self.world, &case, &decision);
        self.judges.hear(&decision, &who);
        i2_evidence(&self.world, &decision.case, &command);
        i6_what_is_late_stays_late(&case, &decision, name, self.now);
        i6_no_clock_runs_on_behind_the_end(&decision.case, self.now);
        i5_again_is_refused(&self.world, &decision.case, command, &who, self.now);
        self.keep(which, decision);
        if let State::Merged { into, .. } = self.cases[which].state
            && name == CommandName::Merge
        {
            self.take_up(which, into, &who);
        }
        if name == CommandName::Reopen {
            self.give_back(&case, &who);
        }
        i11_no_circle(&self.cases);
    }

    fn moved(&self, case: CaseId) -> Vec<Moved> {
        let trail = self.trails.get(&case).into_iter().flatten();
        Moved::of(trail.map(|(at, event)| (*at, event)))
    }

    fn keep(&mut self, which: usize, decision: Decision) {
        let trail = self.trails.entry(decision.case.id).or_default();
        trail.extend(
            decision
                .events
                .iter()
                .map(|event| (self.now, event.clone())),
        );
        *self.events.entry(decision.case.id).or_default() += decision.events.len();
        self.cases[which] = decision.case;
    }

    fn take_up(&mut self, merged: usize, into: CaseId, who: &Actor) {
        let target = self.cases.iter().position(|case| case.id == into).unwrap();
        let before = self.cases[target].reports;
        let decision = self
            .world
            .attach(&self.cases[target], &self.cases[merged], who, self.now)
            .unwrap();
        assert_eq!(
            decision.case.reports,
            before + self.cases[merged].reports,
            "I11: a reporter was forgotten"
        );
        self.keep(target, decision);
    }

    /// Every case that counted a telling gives it back when its reporter says that it is another problem.
    fn give_back(&mut self, leaving: &Case, who: &Actor) {
        let mut at = leaving.state.clone();
        while let State::Merged { into, .. } = at {
            let taken = self.cases.iter().position(|case| case.id == into).unwrap();
            let before = &self.cases[taken];
            at = before.state.clone();
            let decision = self
                .world
                .detach(before, leaving, who, self.now)
                .expect("I11: a telling that was counted is given back");
            assert_eq!(decision.case.reports, before.reports - leaving.reports);
            self.keep(taken, decision);
        }
    }

    fn after_all(&self) {
        for case in &self.cases {
            let events = self.events[&case.id];
            assert_eq!(
                case.version,
                i64::try_from(events).unwrap(),
                "I4: version {} of {events} events",
                case.version
            );
            let end = drive::to_the_end(&self.world, case, self.now);
            assert!(end.is_ok(), "I8: {end:?}");
        }
    }
}

/// Mostly something that somebody may do now, now and then anything by anybody.
fn choose(case: &Case, actor: u8, what: u8, chance: u64) -> (Actor, CommandName) {
    let mut crowd: Vec<Actor> = (1..=12).map(staff).collect();
    crowd.extend([reporter(case), reporter(case), Actor::Clock]);
    let start = usize::from(actor) % crowd.len();
    crowd.rotate_left(start);
    let offered = crowd
        .iter()
        .map(|who| (who, commands(case, who)))
        .find(|(_, names)| !names.is_empty());
    match offered {
        Some((who, names)) if !chance.is_multiple_of(6) => {
            (who.clone(), names[usize::from(what) % names.len()])
        }
        _ => (
            crowd[0].clone(),
            CommandName::ALL[usize::from(what) % CommandName::ALL.len()],
        ),
    }
}

fn allowed_by_the_gate(case: &Case, who: &Actor, name: CommandName) {
    assert!(
        commands(case, who).contains(&name),
        "{name} was done but never offered in {:?} to {who:?}",
        case.state
    );
}

fn each_step(world: &World, before: &Case, decision: &Decision, who: &Actor, name: CommandName) {
    let after = &decision.case;
    i1_one_person_responsible(after);
    i2_told(after);
    i3_three_people(after);
    i4_every_event_counts(before, decision);
    i6_always_due(world, before, after);
    i7_first_moments_stay(before, after);
    i9_no_ping_pong(world, before, after, who, name);
    i10_nothing_revives_a_closed_case(before, after, who, name);
    i12_no_person_is_rated(decision);
}

fn i1_one_person_responsible(case: &Case) {
    // only a report that found nobody on duty, and that nobody has touched yet
    let told = matches!(case.state, State::Reported { .. } | State::Withdrawn);
    let untouched = told && case.version <= 2;
    assert!(
        case.owner.is_some() || untouched,
        "I1: nobody is responsible in {:?}",
        case.state
    );
    if let State::Dispatched { to, .. } = case.state {
        assert_eq!(
            case.owner,
            Some(to.member),
            "I1: the addressee is responsible"
        );
    }
}

fn i2_told(case: &Case) {
    if let State::Closed {
        outcome, checker, ..
    } = case.state
    {
        assert!(
            case.times.first_contact_at.is_some() && case.times.handled_at.is_some(),
            "I2: closed in silence"
        );
        assert!(
            checker.is_some() || outcome == Outcome::FixedOnSpot,
            "I2: closed unchecked"
        );
    }
}

fn i2_evidence(world: &World, case: &Case, command: &Command) {
    let needed = world
        .rows
        .iter()
        .any(|row| row.photo_needed && row.code == case.condition);
    if let Command::Handle {
        photos,
        claim: Claim::Solved | Claim::Partly,
        ..
    }
    | Command::Fix { photos, .. } = command
    {
        assert!(
            !needed || *photos > 0,
            "I2: solved without the photo its condition needs"
        );
    }
}

fn i3_three_people(case: &Case) {
    let people = [case.handler(), case.checker(), case.visitor()];
    let mut known: Vec<_> = people.into_iter().flatten().collect();
    let all = known.len();
    known.sort();
    known.dedup();
    assert_eq!(
        known.len(),
        all,
        "I3: solver, checker and visitor are not three people: {people:?}"
    );
    assert!(
        may(Role::Supervisor, Action::ReadCase) && may(Role::Supervisor, Action::ReadTrail),
        "I3: supervisor"
    );
}

fn i4_every_event_counts(before: &Case, decision: &Decision) {
    let stored = serde_json::to_string(&decision.case.state).unwrap();
    let read: State = serde_json::from_str(&stored).unwrap();
    assert_eq!(
        read, decision.case.state,
        "a state does not read back as it was kept"
    );
    let grown = decision.case.version - before.version;
    assert!(
        !decision.events.is_empty(),
        "I4: something changed without an event"
    );
    assert_eq!(
        usize::try_from(grown).unwrap(),
        decision.events.len(),
        "I4: version"
    );
    let mut at = Some(before.state.kind());
    for event in &decision.events {
        assert_eq!(event.from, at, "I4: the events do not join");
        at = Some(event.to);
    }
    assert_eq!(
        at,
        Some(decision.case.state.kind()),
        "I4: the events do not lead to the state"
    );
}

fn i5_again_is_refused(
    world: &World,
    after: &Case,
    command: Command,
    who: &Actor,
    now: OffsetDateTime,
) {
    let name = command.name();
    let again = world.run(after, command, who, now);
    assert!(again.is_err(), "I5: {name} had an effect twice");
}

fn i6_always_due(world: &World, before: &Case, after: &Case) {
    let open = after.state.kind().is_open();
    assert_eq!(
        after.next_due().is_some(),
        open,
        "I6: {:?} is due {:?}",
        after.state,
        after.next_due()
    );
    assert!(after.counts.suspensions <= 1, "I6: suspended twice");
    if let State::Suspended { since, until, .. } = after.state {
        assert!(
            until - since <= Duration::days(world.settings.suspension_days.into()),
            "I6: suspended for ever"
        );
        let late = after.times.due_at.is_some_and(|due| since > due);
        assert!(!late, "I6: suspended while it was late");
    }
    if after.condition == before.condition
        && after.counts.extensions == before.counts.extensions
        && after.counts.reopenings == before.counts.reopenings
        && !matches!(
            before.state,
            State::Suspended { .. } | State::Reported { .. } | State::Merged { .. }
        )
    {
        assert_eq!(
            after.times.due_at, before.times.due_at,
            "I6: a deadline moved by itself"
        );
    }
}

/// A category that is changed wipes no lateness, and every deadline of it can be reckoned anew from what the trail tells.
fn i6_what_is_late_stays_late(
    before: &Case,
    decision: &Decision,
    name: CommandName,
    now: OffsetDateTime,
) {
    let filed = !matches!(before.state, State::Reported { .. });
    if name != CommandName::File || !filed {
        return;
    }
    let (was, is) = (&before.times, &decision.case.times);
    if was.handle_due.is_some_and(|due| now > due) {
        assert_eq!(is.handle_due, was.handle_due, "I6: lateness was wiped");
        assert_eq!(is.due_at, was.due_at, "I6: lateness was wiped");
        assert_eq!(
            decision.case.limit, before.limit,
            "I6: a limit without its deadline"
        );
    }
    if was.contact_due.is_some_and(|due| now > due) {
        assert_eq!(
            is.contact_due.min(was.contact_due),
            is.contact_due,
            "I6: an answer was put off"
        );
    }
    assert_eq!(
        decision.case.state, before.state,
        "filing anew moved the case"
    );
    assert_eq!(
        decision.case.owner, before.owner,
        "filing anew moved the work"
    );
}

fn i7_first_moments_stay(before: &Case, after: &Case) {
    assert_eq!(
        after.times.received_at, before.times.received_at,
        "I7: received"
    );
    if before.times.filed_at.is_some() {
        assert_eq!(after.times.filed_at, before.times.filed_at, "I7: filed");
    }
}

fn i9_no_ping_pong(world: &World, before: &Case, after: &Case, who: &Actor, name: CommandName) {
    let (was, n) = (before.counts, after.counts.transfers);
    assert!(n <= world.settings.max_transfers, "I9: {n} transfers");
    let passes = matches!(name, CommandName::HandOver | CommandName::Return);
    if passes && was.transfers == world.settings.max_transfers {
        let leads = who.role().is_some_and(|role| may(role, Action::Dispatch));
        let lifted = after.counts.escalations > was.escalations;
        assert_eq!((lifted, after.decided), (!leads, leads), "I9: {name}");
    }
}

fn i10_nothing_revives_a_closed_case(before: &Case, after: &Case, who: &Actor, name: CommandName) {
    if !before.state.kind().is_open() && after.state != before.state {
        let by_reporter = matches!(who, Actor::Reporter { .. }) && name == CommandName::Reopen;
        assert!(
            by_reporter,
            "I10: {name} revived a case that was {}",
            before.state.name()
        );
    }
}

fn i11_no_circle(cases: &[Case]) {
    for start in cases {
        let mut case = start;
        for _ in 0..cases.len() {
            match case.state {
                State::Merged { into, .. } => {
                    case = cases.iter().find(|other| other.id == into).unwrap()
                }
                _ => break,
            }
        }
        assert!(
            !matches!(case.state, State::Merged { .. }),
            "I11: merged in a circle"
        );
    }
}

/// Whatever the journal says of a person is who they are, never how they are.
fn i12_no_person_is_rated(decision: &Decision) {
    const KEYS: [&str; 21] = [
        "t",
        "case",
        "from",
        "to",
        "grid",
        "was",
        "category",
        "owner",
        "due",
        "channel",
        "by",
        "found",
        "condition",
        "reason",
        "into",
        "result",
        "answer",
        "addressee",
        "until",
        "outcome",
        "other",
    ];
    const MORE: [&str; 26] = [
        "former",
        "unheard",
        "method",
        "satisfaction",
        "told",
        "visitor",
        "leader",
        "done",
        "cause",
        "granted",
        "passed",
        "solved",
        "rating",
        "other",
        "whistle",
        "urgency",
        "departments",
        "department",
        "called",
        "response",
        "over",
        "coordination",
        "item",
        "agreed",
        "claim",
        "stands_for",
    ];
    for event in &decision.events {
        let json = serde_json::to_value(event).unwrap();
        for key in json.as_object().unwrap().keys() {
            assert!(
                KEYS.contains(&key.as_str()) || MORE.contains(&key.as_str()),
                "I12: the journal tells {key}"
            );
        }
        let back: Event = serde_json::from_value(json).unwrap();
        assert_eq!(back, *event);
    }
}
