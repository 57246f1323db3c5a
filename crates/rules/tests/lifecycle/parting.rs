//! Random lives of four cases that others join, that are merged into each other, and that go their own way again, or one of their
//! tellings alone: after each step every case counts exactly the tellings that are in it.

use proptest::prelude::*;
use rules::case::*;
use rules::ids::{CaseId, ReportId};

use crate::world::*;

/// What, which case or telling, and which other case.
type Step = (u8, u8, u8);

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_case_counts_the_tellings_that_are_in_it_whoever_leaves(steps in prop::collection::vec(any::<Step>(), 1..40)) {
        let mut life = Life::begin();
        for step in steps {
            life.live(step);
            life.counts_what_is_there();
        }
    }
}

struct Life {
    world: World,
    cases: Vec<Case>,
    /// The tellings that joined, each with the case that it joined.
    joined: Vec<(ReportId, usize)>,
    told: u128,
}

impl Life {
    fn begin() -> Self {
        let world = World::new();
        let cases = (101..=104).map(|n| world.told(n, MORNING).case).collect();
        Self {
            world,
            cases,
            joined: Vec::new(),
            told: 200,
        }
    }

    fn live(&mut self, (what, which, other): Step) {
        let which = usize::from(which);
        let (case, into) = (
            which % self.cases.len(),
            usize::from(other) % self.cases.len(),
        );
        match what % 4 {
            0 => self.join(case),
            1 if case != into => self.merge(case, into),
            1 => {}
            2 => self.separate(case),
            _ if self.joined.is_empty() => {}
            _ => self.part(which % self.joined.len()),
        }
    }

    fn join(&mut self, at: usize) {
        self.told += 1;
        let (telling, terms) = (ReportId(id(self.told)), self.world.terms(None, None));
        let joined = join(&self.cases[at], telling, &staff(DESK), &terms, MORNING);
        if let Ok(joined) = joined {
            self.cases[at] = joined.case;
            self.joined.push((telling, at));
        }
    }

    fn merge(&mut self, at: usize, into: usize) {
        let target = Target {
            id: self.cases[into].id,
            state: self.cases[into].state.kind(),
        };
        let (desk, command) = (staff(DESK), Command::Merge { into: target });
        if let Ok(merged) = self.world.run(&self.cases[at], command, &desk, MORNING) {
            let (taken, case) = (&self.cases[into], merged.case);
            let grown = self.world.attach(taken, &case, &desk, MORNING).unwrap();
            self.cases[into] = grown.case;
            self.cases[at] = case;
        }
    }

    /// The one who told it first says that it is another matter.
    fn separate(&mut self, at: usize) {
        let before = self.cases[at].clone();
        let way: Vec<usize> = self.way(at).skip(1).collect();
        let (who, reason) = (reporter(&before), words());
        if way.is_empty() {
            return;
        }
        let apart = self
            .world
            .run(&before, Command::Reopen { reason }, &who, MORNING);
        self.cases[at] = apart.unwrap().case;
        for taken in way {
            let less = self
                .world
                .detach(&self.cases[taken], &before, &who, MORNING);
            self.cases[taken] = less.expect("what was counted is given back").case;
        }
    }

    /// One of those who joined says so.
    fn part(&mut self, telling: usize) {
        let (report, at) = self.joined[telling];
        let way: Vec<usize> = self.way(at).collect();
        let (from, who) = ((self.cases[at].id, report), reporter(&self.cases[at]));
        let is_merged = way.len() > 1;
        for on in way {
            let terms = self.world.terms(None, None);
            let less = part(&self.cases[on], from, &who, &terms, MORNING);
            assert_eq!(less.is_ok(), is_merged, "all of the way, or none of it");
            if let Ok(less) = less {
                assert_eq!(less.case.version, self.cases[on].version + 1);
                self.cases[on] = less.case;
            }
        }
        if is_merged {
            self.joined.remove(telling);
        }
    }

    /// A case, and each that it goes on in.
    fn way(&self, at: usize) -> impl Iterator<Item = usize> {
        let find = |id: CaseId| self.cases.iter().position(|case| case.id == id);
        std::iter::successors(Some(at), move |at| match self.cases[*at].state {
            State::Merged { into, .. } => find(into),
            _ => None,
        })
    }

    fn counts_what_is_there(&self) {
        let mut there = vec![0; self.cases.len()];
        let first = 0..self.cases.len();
        for at in first.chain(self.joined.iter().map(|(_, at)| *at)) {
            for on in self.way(at) {
                there[on] += 1;
            }
        }
        let counted: Vec<u32> = self.cases.iter().map(|case| case.reports).collect();
        assert_eq!(counted, there);
    }
}
