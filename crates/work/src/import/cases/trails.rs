//! What can be said of a line before its case is lived: who did it, where, of which case. A case is lived up to its first
//! fault and no further, since what follows would only be refused for that; the other cases go on.

use std::collections::{HashMap, HashSet};

use rules::access::Actor;
use rules::ids::Number;

use super::row::Line;
use crate::import::Problem;
use crate::net::CommunityNet;

/// The cases of a file by their numbers.
pub(super) struct Trails {
    /// Cases that are in the store already, with their version there.
    known: HashMap<Number, i64>,
    /// Cases that were told of, in whatever line.
    told: HashSet<Number>,
    /// Cases that are not lived any further.
    stopped: HashSet<Number>,
    /// Lines whose number cannot be read, and that may be what a case lacks.
    lost: Vec<Lost>,
}

/// A line of a case that cannot be found.
struct Lost {
    written: String,
    is_report: Option<bool>,
}

/// What is to be done with a line.
pub(super) enum Way {
    /// Its case is lived by it.
    Live,
    /// Nothing, and nothing is wrong with that.
    Pass,
    /// This is wrong with it.
    Wrong(Vec<Problem>),
}

impl Trails {
    /// None but those in the store.
    pub fn new(known: HashMap<Number, i64>) -> Self {
        Self {
            known,
            told: HashSet::new(),
            stopped: HashSet::new(),
            lost: Vec::new(),
        }
    }

    /// How many are in the store.
    pub fn known(&self) -> usize {
        self.known.len()
    }

    /// Looks at a line.
    pub fn way(&mut self, net: &CommunityNet, actors: &HashMap<String, Actor>, line: &Line) -> Way {
        let Some(number) = &line.number else {
            self.lost.push(Lost {
                written: line.written.clone(),
                is_report: line.is_report,
            });
            return wrong(strangers(net, actors, line));
        };
        if self.known.contains_key(number) {
            return Way::Pass;
        }
        let mut faults = strangers(net, actors, line);
        if number.community() != net.code {
            if self.stop(number) {
                faults.push(problem(line, "number", "number-elsewhere").with("number", number));
            }
            return wrong(faults);
        }
        let is_new = !self.told.contains(number);
        if line.is_report == Some(true) && !is_new {
            faults.push(problem(line, "number", "number-twice").with("number", number));
            return Way::Wrong(faults);
        }
        if line.is_report == Some(false)
            && is_new
            && self.stop(number)
            && !self.is_lost(number, true)
        {
            faults.push(problem(line, "number", "case-unknown").with("number", number));
        }
        // a line whose command cannot be read may be the telling
        if line.is_report != Some(false) {
            self.told.insert(number.clone());
        }
        if line.row.is_none() || !faults.is_empty() {
            self.stopped.insert(number.clone());
        }
        if faults.is_empty() && !self.stopped.contains(number) {
            return Way::Live;
        }
        wrong(faults)
    }

    /// Lives a case no further; whether it was lived until now.
    pub fn stop(&mut self, number: &Number) -> bool {
        self.stopped.insert(number.clone())
    }

    /// Whether a case is not lived any further.
    pub fn is_stopped(&self, number: &Number) -> bool {
        self.stopped.contains(number)
    }

    /// Whether a line whose number cannot be read is most likely what this case lacks. Each such line explains one case.
    pub fn is_lost(&mut self, number: &Number, report: bool) -> bool {
        let number = number.to_string();
        let at = self.lost.iter().position(|lost| {
            lost.is_report.is_none_or(|told| told == report) && alike(&lost.written, &number)
        });
        if let Some(at) = at {
            self.lost.remove(at);
        }
        at.is_some()
    }
}

fn wrong(faults: Vec<Problem>) -> Way {
    if faults.is_empty() {
        Way::Pass
    } else {
        Way::Wrong(faults)
    }
}

/// Accounts and grids that are not there.
fn strangers(net: &CommunityNet, actors: &HashMap<String, Actor>, line: &Line) -> Vec<Problem> {
    let mut faults = Vec::new();
    let actor = line.actor.as_deref();
    let actor = actor.filter(|name| !matches!(*name, "reporter" | "clock"));
    if let Some(name) = actor.filter(|name| !actors.contains_key(*name)) {
        faults.push(problem(line, "actor", "account-unknown").with("value", name));
    }
    let grid = line.grid.as_deref();
    if let Some(code) = grid.filter(|code| net.grid_by_code(code).is_none()) {
        faults.push(problem(line, "grid", "grid-unknown").with("value", code));
    }
    faults
}

fn problem(line: &Line, column: &str, code: &'static str) -> Problem {
    Problem::row(line.line, column, code)
}

/// Whether a text is this number but for a slip: up to two signs wrong, left out or too many in one place.
fn alike(written: &str, number: &str) -> bool {
    const SLIP: usize = 2;
    let same = |a: &mut dyn Iterator<Item = (char, char)>| a.take_while(|(a, b)| a == b).count();
    let ahead = same(&mut written.chars().zip(number.chars()));
    let behind = same(&mut written.chars().rev().zip(number.chars().rev()));
    let (long, short) = (written.chars().count(), number.chars().count());
    ahead + behind + SLIP >= long.max(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_seen_and_another_number_is_not() {
        let number = "510184999001-20260105-0007";
        for slip in [
            "510184999001-2026010-0007",
            "510184999001-20260105-000X",
            "510184999001_20260105-0007",
            "510184999001-20260105-0007?",
        ] {
            assert!(alike(slip, number), "{slip}");
        }
        for other in ["", "0007", "510184999001-20260210-0031"] {
            assert!(!alike(other, number), "{other}");
        }
    }
}
