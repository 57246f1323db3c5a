//! Steps that several people take at once over HTTP: recorded as they were asked and answered, and checked to be possible
//! one after the other (linearizable). The control takes the same steps without the comparison of versions and must be caught.

use std::sync::{Arc, Mutex};

use rules::case::CommandName;
use rules::ids::MemberId;
use serde_json::{Value, json};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};
use testkit::on_both_databases;
use tokio::sync::Barrier;
use work::case::{Expected, StepForm, step};

use crate::town::{Town, text};

/// Who acts; two of them with the same right each, so that they get into each other's way.
const PEOPLE: [&str; 4] = ["lead-01", "lead-01", "chief", "chief"];
/// To whom the case is handed over; the first has it at the beginning.
const DOERS: [&str; 3] = ["worker-01", "steward-01", "steward-02"];

/// What of the case the history speaks of, and the whole of what one step after the other may do to it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Register {
    version: i64,
    owner: usize,
    adopted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Asked {
    Read,
    HandOver { to: usize, seen: i64 },
    Adopt { seen: i64 },
    Release { seen: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Answered {
    Is(Register),
    Stale { is: i64 },
    Refused,
}

impl SequentialSpec for Register {
    type Op = Asked;
    type Ret = Answered;

    fn invoke(&mut self, asked: &Asked) -> Answered {
        let seen = match *asked {
            Asked::Read => return Answered::Is(*self),
            Asked::HandOver { seen, .. } | Asked::Adopt { seen } | Asked::Release { seen } => seen,
        };
        if seen != self.version {
            return Answered::Stale { is: self.version };
        }
        match *asked {
            Asked::HandOver { to, .. } if to != self.owner => self.owner = to,
            Asked::Adopt { .. } if !self.adopted => self.adopted = true,
            Asked::Release { .. } if self.adopted => self.adopted = false,
            _ => return Answered::Refused,
        }
        self.version += 1;
        Answered::Is(*self)
    }
}

type History = LinearizabilityTester<usize, Register>;

/// A case in the first doer's hands, and how it is asked for steps.
struct Stage {
    town: Town,
    number: String,
    doers: Vec<MemberId>,
    /// Whether versions are compared, as they always are at the door.
    careful: bool,
}

impl Stage {
    async fn set(town: Town, careful: bool) -> (Self, Register) {
        let (number, _) = town.tell(0, "路灯坏了").await;
        let way = [
            ("desk", "file", json!({"category": "20110"})),
            ("desk", "dispatch", json!({"to": DOERS[0]})),
            (DOERS[0], "accept", json!({})),
        ];
        for (seen, (who, command, body)) in (1..).zip(way) {
            let done = town.step(who, &number, seen, command, body).await;
            assert_eq!(done.status, 200, "{command}: {}", done.body);
        }
        let mut doers = Vec::new();
        for who in DOERS {
            let asker = town.house.asker_of(who).await.expect("a colleague");
            doers.push(asker.member().expect("a member"));
        }
        let stage = Self {
            town,
            number,
            doers,
            careful,
        };
        let Answered::Is(first) = stage.ask(PEOPLE[0], Asked::Read).await else {
            panic!("it cannot be read");
        };
        (stage, first)
    }

    async fn ask(&self, who: &str, asked: Asked) -> Answered {
        let (command, seen, body) = match asked {
            Asked::Read => {
                let path = format!("/api/v1/cases/{}", self.number);
                return Answered::Is(register(&self.town.read(who, &path).await.json()));
            }
            Asked::HandOver { to, seen } => (
                "hand_over",
                seen,
                json!({"to": DOERS[to], "note": "请接着办"}),
            ),
            Asked::Adopt { seen } => ("adopt", seen, json!({})),
            Asked::Release { seen } => ("release", seen, json!({"reason": "示例"})),
        };
        if !self.careful {
            return self.careless(who, command, asked).await;
        }
        let town = &self.town;
        let answer = town.step(who, &self.number, seen, command, body).await;
        match answer.status.as_u16() {
            200 => Answered::Is(register(&answer.json())),
            412 => Answered::Stale {
                is: answer.json()["version"].as_i64().expect("a version"),
            },
            409 => Answered::Refused,
            other => panic!("{command}: {other} {}", answer.body),
        }
    }

    /// The product's own step with the comparison switched off.
    async fn careless(&self, who: &str, command: &str, asked: Asked) -> Answered {
        let house = &self.town.house;
        let asker = house.asker_of(who).await.expect("a colleague");
        let form = StepForm {
            to: match asked {
                Asked::HandOver { to, .. } => Some(DOERS[to].to_owned()),
                _ => None,
            },
            words: Some("示例".to_owned()),
            ..StepForm::default()
        };
        let number = self.number.parse().expect("a number");
        let name: CommandName = command.parse().expect("a command");
        match step(house, &asker, &number, Expected::Any, name, form).await {
            Ok(trail) => {
                let owner = trail.case.owner.expect("somebody");
                Answered::Is(Register {
                    version: trail.case.version,
                    owner: self
                        .doers
                        .iter()
                        .position(|one| *one == owner)
                        .expect("one of them"),
                    adopted: trail.case.adoption.is_some(),
                })
            }
            Err(work::Error::Refused(_)) => Answered::Refused,
            Err(other) => panic!("{command}: {other}"),
        }
    }
}

fn register(case: &Value) -> Register {
    let name = text(&case["owner"]["name"]);
    let owner = DOERS.iter().position(|doer| name.ends_with(doer));
    Register {
        version: case["version"].as_i64().expect("a version"),
        owner: owner.unwrap_or_else(|| panic!("nobody knows {name}")),
        adopted: !case["adopted_by"].is_null(),
    }
}

/// Everybody looks and then acts on what they saw: in every other turn all at the same sight, else as they come.
async fn play(stage: Arc<Stage>, first: Register, turns: usize) -> (History, [usize; 3]) {
    let history = Arc::new(Mutex::new(History::new(first)));
    let (counts, gate) = (
        Arc::new(Mutex::new([0; 3])),
        Arc::new(Barrier::new(PEOPLE.len())),
    );
    let people: Vec<_> = (0..PEOPLE.len())
        .map(|n| {
            let (stage, history) = (Arc::clone(&stage), Arc::clone(&history));
            let (counts, gate) = (Arc::clone(&counts), Arc::clone(&gate));
            tokio::spawn(async move {
                for turn in 0..turns {
                    let Answered::Is(seen) = recorded(&stage, &history, n, Asked::Read).await
                    else {
                        panic!("it cannot be read");
                    };
                    if turn % 2 == 0 {
                        gate.wait().await;
                    }
                    let answered = recorded(&stage, &history, n, thinks_of(n, turn, seen)).await;
                    let kind = match answered {
                        Answered::Is(_) => 0,
                        Answered::Stale { .. } => 1,
                        Answered::Refused => 2,
                    };
                    counts.lock().expect("nobody panicked")[kind] += 1;
                }
            })
        })
        .collect();
    for one in people {
        one.await.expect("everybody played");
    }
    let history = history.lock().expect("nobody panicked").clone();
    let counts = *counts.lock().expect("nobody panicked");
    (history, counts)
}

/// Leads hand over, each to another one; chiefs adopt and release.
fn thinks_of(n: usize, turn: usize, saw: Register) -> Asked {
    let seen = saw.version;
    match PEOPLE[n] {
        "chief" if saw.adopted => Asked::Release { seen },
        "chief" => Asked::Adopt { seen },
        _ => Asked::HandOver {
            to: (turn + n + 1) % DOERS.len(),
            seen,
        },
    }
}

/// The history knows of the question before the house does, and of the answer after it came.
async fn recorded(stage: &Stage, history: &Mutex<History>, n: usize, asked: Asked) -> Answered {
    let book = || history.lock().expect("nobody panicked");
    book().on_invoke(n, asked).expect("one question at a time");
    let answered = stage.ask(PEOPLE[n], asked).await;
    book().on_return(n, answered).expect("it was asked");
    answered
}

on_both_databases! {
    async fn steps_taken_at_once_could_have_been_taken_one_after_the_other(database: Database) {
        let (stage, first) = Stage::set(Town::on(database).await, true).await;
        let stage = Arc::new(stage);
        let mut before = first;
        let mut all = [0; 3];
        for _ in 0..6 {
            let (history, counts) = play(Arc::clone(&stage), before, 6).await;
            assert_eq!(history.len(), PEOPLE.len() * 6 * 2);
            assert!(history.is_consistent(), "{history:?}");
            all = std::array::from_fn(|kind| all[kind] + counts[kind]);
            let Answered::Is(now) = stage.ask(PEOPLE[0], Asked::Read).await else { panic!("it cannot be read") };
            before = now;
        }
        let done = i64::try_from(all[0]).expect("a few");
        assert_eq!(before.version, first.version + done, "one version for each step that was answered with success");
        assert!(all[0] > 0 && all[1] > 0, "they never met: {all:?}");
    }

    async fn the_same_steps_without_the_comparison_of_versions_are_caught(database: Database) {
        let (stage, first) = Stage::set(Town::on(database).await, false).await;
        let (history, counts) = play(Arc::new(stage), first, 2).await;
        assert!(counts[0] > 1 && !history.is_consistent(), "{counts:?} {history:?}");
    }
}
