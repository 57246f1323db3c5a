//! Why the clocks of a case end when they do.

use rules::case::ClockName;
use rules::deadline::{Basis, Story};

use super::page::CasePage;
use super::terms::filed_under;

impl CasePage {
    /// What a clock of the case was reckoned from, by the rules that hold now; none for one that does not run.
    pub fn basis(&self, name: ClockName) -> Option<Basis> {
        let trail: Vec<_> = self.trail.iter().map(|one| (one.at, &one.event)).collect();
        let condition = filed_under(&self.net, &self.case);
        let story = Story {
            case: &self.case,
            settings: &self.net.settings.case,
            condition: condition.as_ref(),
            calendar: &self.net.calendar,
            trail: &trail,
        };
        story.basis(name)
    }
}
