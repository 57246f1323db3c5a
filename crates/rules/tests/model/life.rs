//! How it can go on: somebody writes, a letter arrives, an answer is lost, time passes.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rules::access::Actor;
use rules::case::*;
use stateright::{Model, Property};
use time::{Duration, OffsetDateTime};

use crate::moment::{Kept, Letter, Moment, PEOPLE};
use crate::what::What;
use crate::world::*;
use crate::{drive, truths};

/// Commands that may wait in a pocket without a network.
const POCKET: usize = 2;

/// Who acts (nobody's number is the reporter's) and what they may think of.
pub type Cast = [(u128, &'static [What]); PEOPLE];

/// How much happens at most.
#[derive(Clone, Copy)]
pub struct Size {
    /// Commands written in all.
    pub writes: u8,
    /// Answers lost.
    pub losses: u8,
    /// Times that four hours pass.
    pub waits: u8,
}

/// Which guard is taken out, for the controls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    Nothing,
    /// The server compares no versions.
    Versions,
    /// Whoever did it may judge it.
    Judges,
    /// Anything can be merged into anything.
    Targets,
    /// What is late may be suspended.
    Late,
    /// Whoever checked it is called to decide.
    Leaders,
}

/// A model of a given cast and size.
pub struct Life {
    pub name: &'static str,
    pub world: World,
    cast: Cast,
    starts: Vec<Vec<Case>>,
    size: Size,
    begin: OffsetDateTime,
    broken: Broken,
    turned_away: AtomicUsize,
    /// Cases of which it is known that they can be brought to an end.
    ended: Mutex<HashSet<u64>>,
}

/// What can happen next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Somebody writes a command, on what they saw last or after looking again.
    Write {
        who: usize,
        case: usize,
        what: What,
        looks: bool,
    },
    /// The server gets one of somebody's letters, any of them; its answer comes, or is lost.
    Deliver {
        who: usize,
        letter: usize,
        answered: bool,
    },
    /// Four hours pass, and time does what is due.
    Wait,
}

impl Life {
    pub fn of(
        name: &'static str,
        cast: Cast,
        starts: impl IntoIterator<Item = Vec<Case>>,
        size: Size,
    ) -> Self {
        Self {
            name,
            world: World::new(),
            cast,
            starts: starts.into_iter().collect(),
            size,
            begin: MORNING + Duration::hours(1),
            broken: Broken::Nothing,
            turned_away: AtomicUsize::new(0),
            ended: Mutex::default(),
        }
    }

    pub fn beginning(self, begin: OffsetDateTime) -> Self {
        Self { begin, ..self }
    }

    pub fn with(self, broken: Broken) -> Self {
        Self { broken, ..self }
    }

    /// How many letters came too late or twice and had no effect.
    pub fn turned_away(&self) -> usize {
        self.turned_away.load(Ordering::Relaxed)
    }

    pub fn clock(&self, now: &Moment) -> OffsetDateTime {
        self.begin + Duration::hours(4 * i64::from(now.hours))
    }

    /// I8: whether people doing what they may can bring the case to an end.
    pub fn can_end(&self, kept: &Kept, now: &Moment) -> bool {
        let mut hasher = DefaultHasher::new();
        (kept, now.hours).hash(&mut hasher);
        let key = hasher.finish();
        if self.ended.lock().unwrap().contains(&key) {
            return true;
        }
        let end = drive::to_the_end(&self.world, &kept.0, self.clock(now)).is_ok();
        if end {
            self.ended.lock().unwrap().insert(key);
        }
        end
    }
}

impl Model for Life {
    type State = Moment;
    type Action = Next;

    fn init_states(&self) -> Vec<Moment> {
        self.starts.iter().cloned().map(Moment::quiet).collect()
    }

    fn actions(&self, now: &Moment, next: &mut Vec<Next>) {
        for who in 0..PEOPLE {
            let answers: &[bool] = match now.lost < self.size.losses {
                true => &[true, false],
                false => &[true],
            };
            for (letter, answered) in each(now.pockets[who].len(), answers) {
                next.push(Next::Deliver {
                    who,
                    letter,
                    answered,
                });
            }
            if now.written < self.size.writes && now.pockets[who].len() < POCKET {
                self.writings(now, who, next);
            }
        }
        if now.hours < self.size.waits {
            next.push(Next::Wait);
        }
    }

    fn next_state(&self, now: &Moment, next: Next) -> Option<Moment> {
        let mut after = now.clone();
        match next {
            Next::Write {
                who,
                case,
                what,
                looks,
            } => write(&mut after, who, case, what, looks)?,
            Next::Deliver {
                who,
                letter,
                answered,
            } => self.deliver(&mut after, who, letter, answered),
            Next::Wait => self.wait(&mut after),
        }
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        truths::all()
    }
}

impl Life {
    /// Looking again before writing is only something else where something else is to be seen.
    fn writings(&self, now: &Moment, who: usize, next: &mut Vec<Next>) {
        for (case, what) in each(now.cases.len(), self.cast[who].1) {
            let fresh = now.seen[who][case] == now.cases[case].0.version;
            let looks: &[bool] = match fresh || !now.pockets[who].is_empty() {
                true => &[false],
                false => &[false, true],
            };
            next.extend(looks.iter().map(|looks| Next::Write {
                who,
                case,
                what,
                looks: *looks,
            }));
        }
    }

    fn deliver(&self, after: &mut Moment, who: usize, at: usize, answered: bool) {
        let letter = after.pockets[who][at].clone();
        let stale = letter.seen != after.cases[letter.case].0.version;
        let refused = stale && self.broken != Broken::Versions;
        let carried = !refused && self.carry_out(after, who, &letter);
        if stale && !carried {
            self.turned_away.fetch_add(1, Ordering::Relaxed);
        }
        after.pockets[who][at].effects += u8::from(carried);
        if answered {
            let done = after.pockets[who].remove(at);
            // what took effect twice must not be forgotten with the letter
            let twice = (done.effects > 1).then_some(truths::TWICE);
            after.fault = after.fault.or(twice);
            after.seen[who][letter.case] = after.cases[letter.case].0.version;
        } else {
            after.lost += 1;
        }
        after.pockets[who].sort();
    }

    /// What the server does in one unit: rows and journal, or nothing.
    fn carry_out(&self, after: &mut Moment, who: usize, letter: &Letter) -> bool {
        let before = Arc::clone(&after.cases[letter.case].0);
        let actor = match self.cast[who].0 {
            0 => reporter(&before),
            n => staff(n),
        };
        let other = &after.cases[(letter.case + 1) % after.cases.len()].0;
        let now = self.clock(after);
        let command = letter.what.command(&self.world, other, now);
        let Ok(decision) = self.run(&before, command, &actor, now) else {
            return false;
        };
        self.keep(after, letter.case, &before, decision, &actor);
        true
    }

    fn keep(&self, after: &mut Moment, at: usize, before: &Case, decision: Decision, who: &Actor) {
        let now = self.clock(after);
        after.fault = after.fault.or(truths::fault(before, &decision, who, now));
        let case = Arc::new(decision.case);
        after.cases[at] = Kept(Arc::clone(&case));
        self.give_back(after, before, &case, who);
        let State::Merged { into, .. } = case.state else {
            return;
        };
        let takes = after.cases.iter_mut().find(|kept| kept.0.id == into);
        let takes = takes.unwrap();
        match self.world.attach(&takes.0, &case, who, now) {
            Ok(grown) => *takes = Kept(Arc::new(grown.case)),
            Err(refusal) => assert!(self.broken == Broken::Targets, "{refusal:?}"),
        }
    }

    /// The other half of a merged case that goes its own way again.
    fn give_back(&self, after: &mut Moment, before: &Case, now_is: &Case, who: &Actor) {
        let now = self.clock(after);
        let mut at = match now_is.state {
            State::Merged { .. } => return,
            _ => before.state.clone(),
        };
        while let State::Merged { into, .. } = at {
            let taken = after.cases.iter_mut().find(|kept| kept.0.id == into);
            let taken = taken.unwrap();
            at = taken.0.state.clone();
            match self.world.detach(&taken.0, before, who, now) {
                Ok(less) => *taken = Kept(Arc::new(less.case)),
                Err(refusal) => assert!(self.broken == Broken::Targets, "{refusal:?}"),
            }
        }
    }

    /// The product's own function, or, for a control, that function without one of its guards.
    fn run(
        &self,
        case: &Case,
        command: Command,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        match (self.broken, command) {
            (Broken::Targets, Command::Merge { mut into }) => {
                into.state = StateName::Reported;
                self.world.run(case, Command::Merge { into }, who, now)
            }
            (Broken::Judges, command) => {
                let plain = self.world.run(case, command.clone(), who, now);
                match (plain, who.member()) {
                    (
                        Err(
                            Refusal::SamePerson { .. }
                            | Refusal::Concerned { .. }
                            | Refusal::AgreedBefore { .. },
                        ),
                        Some(member),
                    ) => {
                        truths::signed_by(member, self.world.run(case, command, &staff(BOLD), now))
                    }
                    (plain, _) => plain,
                }
            }
            (Broken::Late, command @ Command::Suspend { .. }) => {
                let in_time = case.times.handle_due.map_or(now, |due| now.min(due));
                let mut decision = self.world.run(case, command, who, in_time)?;
                if let State::Suspended { since, .. } = &mut decision.case.state {
                    *since = now;
                }
                Ok(decision)
            }
            (Broken::Leaders, command) => {
                truths::calls_the_checker(case, self.world.run(case, command, who, now))
            }
            (_, command) => self.world.run(case, command, who, now),
        }
    }

    fn wait(&self, after: &mut Moment) {
        after.hours += 1;
        let now = self.clock(after);
        let leaders = vec![(department(STATIONS[0].0), seat(CHIEF))];
        for at in 0..after.cases.len() {
            for command in [
                Command::Escalate { reason: None },
                Command::Resume,
                Command::Lapse,
                Command::Climb {
                    leaders: leaders.clone(),
                },
            ] {
                let case = Arc::clone(&after.cases[at].0);
                if let Ok(decision) = self.world.run(&case, command, &Actor::Clock, now) {
                    self.keep(after, at, &case, decision, &Actor::Clock);
                }
            }
        }
    }
}

/// In the control, whose hand does what another one signs: a desk that nothing concerns.
const BOLD: u128 = OTHER_DESK;

/// A second letter in the pocket counts on the first one; the same one is not written twice.
fn write(after: &mut Moment, who: usize, case: usize, what: What, looks: bool) -> Option<()> {
    if looks {
        after.seen[who][case] = after.cases[case].0.version;
    }
    let same = |letter: &&Letter| letter.case == case;
    let before = after.pockets[who].iter().filter(same);
    if before.clone().any(|letter| letter.what == what) {
        return None;
    }
    let letter = Letter {
        case,
        what,
        seen: after.seen[who][case] + i64::try_from(before.count()).ok()?,
        effects: 0,
    };
    after.pockets[who].push(letter);
    after.pockets[who].sort();
    after.written += 1;
    Some(())
}

fn each<T: Copy>(many: usize, of: &[T]) -> impl Iterator<Item = (usize, T)> {
    (0..many).flat_map(move |n| of.iter().map(move |one| (n, *one)))
}
