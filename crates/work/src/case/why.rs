//! Why the clocks of a case end when they do.

use rules::case::ClockName;
use rules::deadline::{Basis, Past, Story, Taking, Visiting};
use store::whistle::PartRow;

use super::page::CasePage;
use super::terms::filed_under;

impl CasePage {
    /// What a clock of the case was reckoned from, by the rules that hold now; none for one that does not run.
    pub fn basis(&self, name: ClockName) -> Option<Basis> {
        self.story(|story| story.basis(name))
    }

    /// Each time that somebody took the task: by when they had to, what that is reckoned from, and when it was taken.
    pub fn takings(&self) -> Vec<Taking> {
        self.story(|story| story.takings())
    }

    /// Each time that a return visit was due and is not any more: by when, what that is reckoned from, and when it was made.
    pub fn visits(&self) -> Vec<Visiting> {
        self.story(|story| story.visits())
    }

    /// By when the work and the whole were due in rounds that are over, and when that was met.
    pub fn past_rounds(&self) -> Vec<Past> {
        self.story(|story| story.past_rounds())
    }

    /// The round that the case is in now: 1, and one more for each time the reporter had it reopened.
    pub fn present_round(&self) -> u16 {
        self.story(|story| story.round())
    }

    /// What the time is reckoned from that a department had, to say that it has heard or to be on the spot.
    pub fn called(&self, row: &PartRow, hears: bool) -> Basis {
        let due = row.hear_by.filter(|_| hears).unwrap_or(row.report_by);
        self.story(|story| story.called((row.urgency, row.called_at), hears, due))
    }

    fn story<T>(&self, asked: impl FnOnce(&Story<'_>) -> T) -> T {
        let trail: Vec<_> = self.trail.iter().map(|one| (one.at, &one.event)).collect();
        let condition = filed_under(&self.net, &self.case);
        asked(&Story {
            case: &self.case,
            settings: &self.net.settings.case,
            condition: condition.as_ref(),
            calendar: &self.net.calendar,
            trail: &trail,
        })
    }
}
