//! The model: cases on a server, and what each person has written that is not acknowledged yet.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use rules::access::Actor;
use rules::case::*;
use rules::ids::{AnswerId, ResultId};
use stateright::{Model, Property};
use time::{Duration, OffsetDateTime};

use crate::drive;
use crate::world::*;

/// The property that the control must see fail.
pub const TWICE: &str = "no command has an effect twice";

/// Four people: the reporter, the desk, the worker, and the chief of the community.
const PEOPLE: usize = 4;
/// Commands that may wait in a pocket without a network.
const POCKET: usize = 2;

/// A model of a given size.
pub struct Life {
    pub name: &'static str,
    world: World,
    cases: u128,
    /// How many commands are written in all.
    writes: u8,
    /// How often an answer is lost.
    losses: u8,
    /// How often time passes.
    waits: u8,
    /// Whether the server compares versions.
    careful: bool,
    /// Cases of which it is known that they can be brought to an end.
    ended: Mutex<HashSet<u64>>,
}

impl Life {
    fn sized(name: &'static str, cases: u128, writes: u8, losses: u8, waits: u8) -> Self {
        Self {
            name,
            world: World::new(),
            cases,
            writes,
            losses,
            waits,
            careful: true,
            ended: Mutex::default(),
        }
    }

    pub fn of_one_case() -> Self {
        Self::sized("one case", 1, 7, 1, 2)
    }

    pub fn of_two_cases() -> Self {
        Self::sized("two cases", 2, 4, 1, 1)
    }

    pub fn careless() -> Self {
        Self {
            careful: false,
            ..Self::sized("careless", 1, 6, 1, 1)
        }
    }
}

/// A case as it is kept; compared and hashed by everything that a step can change.
#[derive(Clone, Debug)]
pub struct Kept(Arc<Case>);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Kept {}

impl Hash for Kept {
    fn hash<H: Hasher>(&self, into: &mut H) {
        let case = &self.0;
        (case.version, &case.state, case.owner, case.first_receiver).hash(into);
        (
            case.adoption,
            case.tier,
            case.decided,
            case.appeal,
            &case.coordination,
        )
            .hash(into);
        (case.counts, case.times, case.reports, case.rating).hash(into);
    }
}

/// A command that somebody wrote on what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Letter {
    case: usize,
    what: What,
    seen: i64,
    /// How often it had an effect.
    effects: u8,
}

/// What people do in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    File,
    Dispatch,
    Accept,
    Return,
    Handle,
    Fail,
    Pass,
    Adopt,
    Close,
    Raise,
    Merge,
    Withdraw,
    Reopen,
}

/// Who does what.
const ALPHABET: [&[What]; PEOPLE] = [
    &[What::Withdraw, What::Reopen],
    &[What::File, What::Dispatch, What::Pass, What::Merge],
    &[What::Accept, What::Return, What::Handle, What::Raise],
    &[What::Adopt, What::Fail, What::Close],
];

/// Everything that is true at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    cases: Vec<Kept>,
    pockets: [Vec<Letter>; PEOPLE],
    /// The version of each case that each person saw last.
    seen: [Vec<i64>; PEOPLE],
    hours: u8,
    written: u8,
    lost: u8,
    /// What went wrong in the step that led here.
    fault: Option<&'static str>,
    /// Whether a letter that came too late or twice was turned away.
    turned_away: bool,
}

/// What can happen next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Somebody writes a command.
    Write(usize, usize, What),
    /// The server gets one of somebody's letters, any of them; its answer comes, or is lost.
    Deliver(usize, usize, bool),
    /// Somebody looks at a case again.
    Look(usize, usize),
    /// Four hours pass, and time does what is due.
    Wait,
}

impl Model for Life {
    type State = Moment;
    type Action = Next;

    fn init_states(&self) -> Vec<Moment> {
        let told = (0..self.cases).map(|n| self.world.told(101 + n, MORNING).case);
        let cases: Vec<Kept> = told.map(|case| Kept(Arc::new(case))).collect();
        let seen: Vec<i64> = cases.iter().map(|kept| kept.0.version).collect();
        vec![Moment {
            cases,
            pockets: Default::default(),
            seen: std::array::from_fn(|_| seen.clone()),
            hours: 0,
            written: 0,
            lost: 0,
            fault: None,
            turned_away: false,
        }]
    }

    fn actions(&self, now: &Moment, next: &mut Vec<Next>) {
        for who in 0..PEOPLE {
            let pocket = &now.pockets[who];
            next.extend((0..pocket.len()).map(|n| Next::Deliver(who, n, true)));
            if now.lost < self.losses {
                next.extend((0..pocket.len()).map(|n| Next::Deliver(who, n, false)));
            }
            for case in 0..now.cases.len() {
                if pocket.is_empty() && now.seen[who][case] != now.cases[case].0.version {
                    next.push(Next::Look(who, case));
                }
                if now.written < self.writes && pocket.len() < POCKET {
                    let writes = ALPHABET[who].iter().filter(|what| self.makes_sense(**what));
                    next.extend(writes.map(|what| Next::Write(who, case, *what)));
                }
            }
        }
        if now.hours < self.waits {
            next.push(Next::Wait);
        }
    }

    fn next_state(&self, now: &Moment, next: Next) -> Option<Moment> {
        let mut after = now.clone();
        match next {
            Next::Write(who, case, what) => self.write(&mut after, who, case, what)?,
            Next::Deliver(who, n, answered) => self.deliver(&mut after, who, n, answered),
            Next::Look(who, case) => after.seen[who][case] = after.cases[case].0.version,
            Next::Wait => self.wait(&mut after),
        }
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(TWICE, |_, now: &Moment| {
                let once = |letter: &Letter| letter.effects <= 1;
                now.fault != Some(TWICE) && now.pockets.iter().flatten().all(once)
            }),
            Property::always("every step keeps the trail", |_, now: &Moment| {
                now.fault.is_none()
            }),
            Property::always("one person is responsible", |_, now: &Moment| {
                now.cases.iter().all(|kept| is_somebodys(&kept.0))
            }),
            Property::always("solver, checker and visitor differ", |_, now: &Moment| {
                now.cases.iter().all(|kept| are_apart(&kept.0))
            }),
            Property::always("what is open is due", |_, now: &Moment| {
                let due = |case: &Case| case.next_due().is_some() == case.state.kind().is_open();
                now.cases.iter().all(|kept| due(&kept.0))
            }),
            Property::always("nobody merges in a circle", |_, now: &Moment| {
                !is_circle(now)
            }),
            Property::always(
                "every case can be brought to an end",
                |life: &Life, now: &Moment| now.cases.iter().all(|kept| life.can_end(kept, now)),
            ),
            Property::sometimes("a case is closed", |_, now: &Moment| {
                any(now, StateName::Closed)
            }),
            Property::sometimes("a late letter is turned away", |_, now: &Moment| {
                now.turned_away
            }),
        ]
    }
}

impl Life {
    fn makes_sense(&self, what: What) -> bool {
        what != What::Merge || self.cases > 1
    }

    /// A second letter in the pocket counts on the first one.
    fn write(&self, after: &mut Moment, who: usize, case: usize, what: What) -> Option<()> {
        let before = after.pockets[who]
            .iter()
            .filter(|letter| letter.case == case);
        let letter = Letter {
            case,
            what,
            seen: after.seen[who][case] + i64::try_from(before.count()).ok()?,
            effects: 0,
        };
        if after.pockets[who]
            .iter()
            .any(|same| same.what == what && same.case == case)
        {
            return None;
        }
        after.pockets[who].push(letter);
        after.written += 1;
        Some(())
    }

    fn deliver(&self, after: &mut Moment, who: usize, n: usize, answered: bool) {
        let letter = after.pockets[who][n].clone();
        let stale = letter.seen != after.cases[letter.case].0.version;
        let carried = if stale && self.careful {
            false
        } else {
            self.carry_out(after, who, &letter)
        };
        after.turned_away |= stale && !carried;
        after.pockets[who][n].effects += u8::from(carried);
        if answered {
            let done = after.pockets[who].remove(n);
            // What took effect twice must not be forgotten with the letter.
            after.fault = after.fault.or((done.effects > 1).then_some(TWICE));
            after.seen[who][letter.case] = after.cases[letter.case].0.version;
        } else {
            after.lost += 1;
        }
    }

    /// What the server does in one unit: rows and journal, or nothing.
    fn carry_out(&self, after: &mut Moment, who: usize, letter: &Letter) -> bool {
        let before = Arc::clone(&after.cases[letter.case].0);
        let actor = person(who, &before);
        let command = self.command(letter, after);
        let now = clock(after);
        let Ok(decision) = self.world.run(&before, command, &actor, now) else {
            return false;
        };
        after.fault = after.fault.or(fault(&before, &decision, &actor));
        let merged = decision.case.clone();
        after.cases[letter.case] = Kept(Arc::new(decision.case));
        if let State::Merged { into, .. } = merged.state {
            let target = after.cases.iter().position(|kept| kept.0.id == into);
            let target = target.unwrap();
            let grown = self
                .world
                .attach(&after.cases[target].0, &merged, &actor, now);
            after.cases[target] = Kept(Arc::new(grown.unwrap().case));
        }
        true
    }

    fn command(&self, letter: &Letter, now: &Moment) -> Command {
        let answer = Some(AnswerId(id(5)));
        match letter.what {
            What::File => self.world.file(0),
            What::Dispatch => Command::Dispatch(seat(WORKER)),
            What::Accept => Command::Accept,
            What::Return => Command::Return { reason: words() },
            What::Handle => Command::Handle {
                result: ResultId(id(6)),
                photos: 1,
                claim: Claim::Solved,
            },
            What::Fail => Command::Check {
                verdict: Verdict::Fail { reason: words() },
                answer: None,
            },
            What::Pass => Command::Check {
                verdict: Verdict::Pass,
                answer,
            },
            What::Adopt => Command::Adopt,
            What::Close => Command::Close { answer },
            What::Raise => Command::Raise {
                to: None,
                reason: words(),
            },
            What::Merge => {
                let other = &now.cases[(letter.case + 1) % now.cases.len()].0;
                Command::Merge {
                    into: Target {
                        id: other.id,
                        state: other.state.kind(),
                    },
                }
            }
            What::Withdraw => Command::Withdraw,
            What::Reopen => Command::Reopen { reason: words() },
        }
    }

    fn wait(&self, after: &mut Moment) {
        after.hours += 1;
        let now = clock(after);
        for at in 0..after.cases.len() {
            let case = Arc::clone(&after.cases[at].0);
            let Ok(decision) = self.world.run(&case, Command::Escalate, &Actor::Clock, now) else {
                continue;
            };
            after.fault = after.fault.or(fault(&case, &decision, &Actor::Clock));
            after.cases[at] = Kept(Arc::new(decision.case));
        }
    }

    fn can_end(&self, kept: &Kept, now: &Moment) -> bool {
        let mut hasher = DefaultHasher::new();
        (kept, now.hours).hash(&mut hasher);
        let key = hasher.finish();
        if self.ended.lock().unwrap().contains(&key) {
            return true;
        }
        let end = drive::to_the_end(&self.world, &kept.0, clock(now)).is_ok();
        if end {
            self.ended.lock().unwrap().insert(key);
        }
        end
    }
}

fn person(who: usize, case: &Case) -> Actor {
    match who {
        0 => reporter(case),
        1 => staff(DESK),
        2 => staff(WORKER),
        _ => staff(CHIEF),
    }
}

fn clock(now: &Moment) -> OffsetDateTime {
    MORNING + Duration::hours(4 * i64::from(now.hours))
}

/// What a single step must not do.
fn fault(before: &Case, decision: &Decision, who: &Actor) -> Option<&'static str> {
    let after = &decision.case;
    let events = i64::try_from(decision.events.len()).ok()?;
    let was_over = !before.state.kind().is_open();
    let revived = was_over && after.state != before.state;
    if after.version - before.version != events || events == 0 {
        Some("a version without an event")
    } else if revived && !matches!(who, Actor::Reporter { .. }) {
        Some("somebody revived what was over")
    } else if after.times.received_at != before.times.received_at {
        Some("the first moment moved")
    } else if before.times.filed_at.is_some() && before.times.filed_at != after.times.filed_at {
        Some("the moment of filing moved")
    } else if before.first_receiver.is_some() && before.first_receiver != after.first_receiver {
        Some("the first receiver changed")
    } else {
        None
    }
}

/// Only a report that nobody touched may be nobody's.
fn is_somebodys(case: &Case) -> bool {
    let untouched = matches!(case.state, State::Reported { .. } | State::Withdrawn);
    case.owner.is_some() || untouched || case.version <= 2
}

fn are_apart(case: &Case) -> bool {
    let people = [case.handler(), case.checker(), case.visitor()];
    let known: Vec<_> = people.into_iter().flatten().collect();
    let different: HashSet<_> = known.iter().collect();
    different.len() == known.len()
}

fn is_circle(now: &Moment) -> bool {
    let merged = |kept: &Kept| matches!(kept.0.state, State::Merged { .. });
    now.cases.iter().all(merged)
}

fn any(now: &Moment, state: StateName) -> bool {
    now.cases.iter().any(|kept| kept.0.state.kind() == state)
}
