//! By when the reporter had to be visited each time that a return visit was due: read off the trail, for the deadline itself is
//! kept only while it runs.

use time::OffsetDateTime;

use super::basis::{Basis, Rule, Story};
use crate::case::{Deed, Event, Limit};
use crate::deadline::is_late;

/// A return visit that was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visiting {
    /// What the time for it was reckoned from.
    pub basis: Basis,
    /// By when it had to be made.
    pub due: OffsetDateTime,
    /// When it was made or tried; none where nobody did so in time and somebody else was asked.
    pub met: Option<OffsetDateTime>,
    /// In which round: 1, and one more for each time the reporter had it reopened.
    pub round: u16,
}

impl Story<'_> {
    /// Each time that a return visit was due and is not any more, by the rules that hold now.
    pub fn visits(&self) -> Vec<Visiting> {
        let (mut due, mut round) = (None::<Visiting>, 1);
        let mut visits = Vec::new();
        for (at, event) in self.trail {
            match event.deed {
                Deed::Reopened { .. } | Deed::Separated => round += 1,
                // whether one is due shows by what comes of it
                Deed::Checked { passed: true, .. } => due = self.first_visit(*at, round),
                Deed::Visited { .. } | Deed::NotReached { .. } => {
                    let met = Some(*at);
                    visits.extend(due.take().map(|one| Visiting { met, ..one }));
                    due = self.visit_after(event, *at, round);
                }
                Deed::VisitPassed { .. } => {
                    visits.extend(
                        due.take()
                            .filter(|one| is_late(*at, one.due) || *at == one.due),
                    );
                    due = self.first_visit(*at, round);
                }
                _ => {}
            }
        }
        visits
    }

    fn first_visit(&self, from: OffsetDateTime, round: u16) -> Option<Visiting> {
        let limit = self.settings.visit.limit(self.case.category.as_ref());
        self.visiting("case.visit.within", (from, limit), round)
    }

    /// Somebody tries again, unless that was the last time.
    fn visit_after(&self, event: &Event, from: OffsetDateTime, round: u16) -> Option<Visiting> {
        let limit = self.settings.visit.again_within;
        match event.deed {
            Deed::NotReached { over: false, .. } => {
                self.visiting("case.visit.again_within", (from, limit), round)
            }
            _ => None,
        }
    }

    fn visiting(
        &self,
        name: &'static str,
        (from, limit): (OffsetDateTime, Limit),
        round: u16,
    ) -> Option<Visiting> {
        let basis = Basis::limited(Rule::Setting(name), from, limit);
        Some(Visiting {
            due: basis.due(self.calendar)?.at,
            basis,
            met: None,
            round,
        })
    }
}
