//! What whoever told a merged report may do about the case that goes on: rate how it ended, and say that it is not solved. Either is as
//! much as those may who joined it.

use rules::case::CommandName;
use time::OffsetDateTime;
use work::case::GoesOn;

use super::show::{Timeline, reopen_until};
use crate::form::{Line, lines};

/// What may be done about the case that a report was merged into.
pub(super) struct Shared {
    /// Its version.
    pub version: i64,
    /// Rating it, and saying that it is not solved.
    pub may: Vec<CommandName>,
    /// Until when it may be opened again.
    pub until: Option<OffsetDateTime>,
}

impl Shared {
    pub fn of(on: &GoesOn) -> Self {
        Self {
            version: on.case.version,
            may: on.may.clone(),
            until: reopen_until(&on.case.state),
        }
    }
}

impl Timeline {
    /// The same of the case that goes on: `rate`, and `unsolved`, which opens that one again.
    pub(super) fn shares(&self, name: &str) -> bool {
        let command = match name {
            "rate" => CommandName::Rate,
            "unsolved" => CommandName::Reopen,
            _ => return false,
        };
        let shared = self.shared.as_ref();
        shared.is_some_and(|shared| shared.may.contains(&command))
    }

    /// The version that the form of a step was shown at: that of the case that it is about.
    pub(super) fn version_of(&self, name: &str) -> i64 {
        let shared = self.shared.as_ref().filter(|_| self.shares(name));
        shared.map_or(self.version, |shared| shared.version)
    }

    /// Everything that is wrong, where a fault says too little of its field with the name of that.
    pub(super) fn told(&self) -> Vec<Line> {
        let (words, matter) = match self.typed.step.as_str() {
            "answer" => (
                "progress-answer-label".to_owned(),
                "about-worker-matter-answer",
            ),
            "rate" => ("progress-rate-words".to_owned(), "about-worker-matter-any"),
            _ => (self.reopen("-label"), "about-worker-matter"),
        };
        let labels = [
            ("words", words.as_str()),
            ("unsolved_words", "progress-reopen-label"),
            ("rating_words", "progress-rate-words"),
            ("matter", matter),
        ];
        lines(self.page.t, &self.faults, &labels)
    }
}
