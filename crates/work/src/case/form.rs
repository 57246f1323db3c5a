//! A step as somebody asks for it, before it is a command: the words, codes and names of a form, parsed and complete, or
//! every faulty field at once.

use rules::case::{Claim, CommandName, Found, Rating, RedirectReason, WontFixReason};
use rules::ids::{CategoryCode, ConditionCode, Number};
use time::OffsetDateTime;

use crate::report::Attached;
use crate::{Error, Fault};

/// What a form or an API body says. Only what the command needs is read; what it needs and is not there is a fault.
#[derive(Debug, Clone, Default)]
pub struct StepForm {
    /// A reason, question, answer, note or direction.
    pub words: Option<String>,
    /// What the reporter is told at the end, where that differs from the note.
    pub answer: Option<String>,
    /// To whom: an account, a department's code, or nobody (then the rules of routing decide).
    pub to: Option<String>,
    /// The category to file under.
    pub category: Option<CategoryCode>,
    /// The filing condition.
    pub condition: Option<ConditionCode>,
    /// The number of another case.
    pub into: Option<Number>,
    /// A date.
    pub until: Option<OffsetDateTime>,
    /// Yes or no: passed, solved, granted.
    pub yes: Option<bool>,
    /// What was found on looking.
    pub found: Option<Found>,
    /// Why it is guided elsewhere.
    pub redirect: Option<RedirectReason>,
    /// What handling came to.
    pub claimed: Option<Claimed>,
    /// The reporter's rating.
    pub rating: Option<Rating>,
    /// Photos of the result, cleaned and kept.
    pub attached: Vec<Attached>,
}

/// What a handler says it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// The problem is gone.
    Solved,
    /// An honest no.
    WontFix(WontFixReason),
}

impl From<Claimed> for Claim {
    fn from(claimed: Claimed) -> Self {
        match claimed {
            Claimed::Solved => Self::Solved,
            Claimed::WontFix(reason) => Self::WontFix(reason),
        }
    }
}

/// The longest words of a step, in characters.
const WORDS_MAX: usize = rules::case::Words::MAX;

impl StepForm {
    /// Checks that everything the command needs is there.
    ///
    /// # Errors
    /// `Invalid` with every missing or faulty field.
    pub fn check(&self, command: CommandName) -> Result<(), Error> {
        let mut faults = Vec::new();
        for (field, missing) in self.needs(command) {
            if missing {
                faults.push(Fault::new(field, "field-missing"));
            }
        }
        for (field, words) in [("words", &self.words), ("answer", &self.answer)] {
            if words
                .as_ref()
                .is_some_and(|words| words.chars().count() > WORDS_MAX)
            {
                faults.push(Fault::new(field, "text-too-long"));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(faults))
        }
    }

    /// The fields a command needs, and whether each is missing.
    fn needs(&self, command: CommandName) -> Vec<(&'static str, bool)> {
        let words = ("words", self.text().is_none());
        match command {
            CommandName::Redirect => vec![("redirect", self.redirect.is_none()), words],
            CommandName::Merge => vec![("into", self.into.is_none()), words],
            CommandName::Verified => vec![("found", self.found.is_none())],
            CommandName::Void
            | CommandName::Return
            | CommandName::Ask
            | CommandName::Answer
            | CommandName::Fix
            | CommandName::Handle
            | CommandName::Reopen => vec![words],
            CommandName::Extend => vec![("words", self.text().is_none() && self.yes.is_none())],
            CommandName::Check => vec![
                ("yes", self.yes.is_none()),
                ("words", self.yes == Some(false) && self.text().is_none()),
            ],
            CommandName::Visit => vec![("yes", self.yes.is_none())],
            CommandName::HandOver => vec![("to", self.to.is_none())],
            CommandName::Suspend => vec![("until", self.until.is_none()), words],
            CommandName::Rate => vec![("rating", self.rating.is_none())],
            CommandName::Verify
            | CommandName::File
            | CommandName::Dispatch
            | CommandName::Accept
            | CommandName::Escalate
            | CommandName::Resume
            | CommandName::Close
            | CommandName::Withdraw => Vec::new(),
        }
    }

    /// The words, trimmed; none if blank.
    pub fn text(&self) -> Option<&str> {
        self.words
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
    }

    /// What the reporter is told: the answer, else the words.
    pub fn told(&self) -> Option<&str> {
        self.answer
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
            .or_else(|| self.text())
    }
}
