//! Everything that is true at a moment: the cases as they are kept, and the letters that wait in pockets.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rules::case::Case;

use crate::what::What;

/// Four people act.
pub const PEOPLE: usize = 4;

/// A case as it is kept; compared by all of it, hashed by everything that a step can change.
#[derive(Clone, Debug)]
pub struct Kept(pub Arc<Case>);

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
        (case.adoption, case.tier, case.decided, case.appeal).hash(into);
        (&case.coordination, case.counts, case.times).hash(into);
        (case.reports, case.rating, &case.condition).hash(into);
    }
}

/// A command that somebody wrote on what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Letter {
    pub case: usize,
    pub what: What,
    /// The version it was written on.
    pub seen: i64,
    /// How often it had an effect.
    pub effects: u8,
}

/// The state of the model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    pub cases: Vec<Kept>,
    pub pockets: [Vec<Letter>; PEOPLE],
    /// The version of each case that each person saw last.
    pub seen: [Vec<i64>; PEOPLE],
    pub hours: u8,
    pub written: u8,
    pub lost: u8,
    /// What went wrong in the step that led here.
    pub fault: Option<&'static str>,
}

impl Moment {
    /// Nobody has written anything.
    pub fn quiet(cases: Vec<Case>) -> Self {
        let seen: Vec<i64> = cases.iter().map(|case| case.version).collect();
        Self {
            cases: cases.into_iter().map(|case| Kept(Arc::new(case))).collect(),
            pockets: Default::default(),
            seen: std::array::from_fn(|_| seen.clone()),
            hours: 0,
            written: 0,
            lost: 0,
            fault: None,
        }
    }
}
