//! A step as somebody asks for it, before it is a command: the words, codes and names of a form, parsed and complete, or
//! every faulty field at once.

use rules::case::{
    Claim, CommandName, Found, Method, Rating, RedirectReason, Satisfaction, WontFixReason,
};
use rules::ids::{CategoryCode, ConditionCode, ItemId, Number, ReportId};
use rules::privacy::free_text::redact_persons;
use rules::whistle::Urgency;
use time::OffsetDateTime;

use crate::report::Attached;
use crate::{Error, Fault};

/// What a form or an API body says. Only what the command needs is read; what it needs and is not there is a fault.
#[derive(Debug, Clone, Default)]
pub struct StepForm {
    /// A reason, question, answer, note or direction.
    pub words: Option<String>,
    /// What the reporter is told at the end. Nothing that was written for those who work on the case stands in for it.
    pub answer: Option<String>,
    /// To whom: an account, a department's code, or nobody (then the rules of routing decide).
    pub to: Option<String>,
    /// The category to file under.
    pub category: Option<CategoryCode>,
    /// The filing condition.
    pub condition: Option<ConditionCode>,
    /// The number of another case.
    pub into: Option<Number>,
    /// Whether two cases that lie far apart are said to be one all the same.
    pub far: bool,
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
    /// What is left, where only part of it is solved.
    pub left: Option<String>,
    /// Whether the words are about how somebody behaved who works here; none if nobody was asked.
    pub about_worker: Option<bool>,
    /// What is still wrong with the matter, where the words are about somebody who works here: these words stand on the case then.
    pub matter: Option<String>,
    /// Of a reporter's step: the telling whose receipt was shown. One that had joined a case says for itself alone that it is
    /// another matter.
    pub telling: Option<ReportId>,
    /// What a return visit says.
    pub visit: VisitForm,
    /// The reporter's rating.
    pub rating: Option<Rating>,
    /// What a whistle needs.
    pub whistle: WhistleForm,
    /// What a calling together needs.
    pub coordination: CoordinationForm,
    /// Photos of the result, cleaned and kept.
    pub attached: Vec<Attached>,
}

/// What a return visit says beside its words.
#[derive(Debug, Clone, Default)]
pub struct VisitForm {
    /// How the reporter was asked.
    pub method: Option<Method>,
    /// Whether the reporter was reached; yes, where nothing is said.
    pub reached: Option<bool>,
    /// How content the reporter is.
    pub satisfaction: Option<Satisfaction>,
}

/// What the steps of a whistle say beside their words.
#[derive(Debug, Clone, Default)]
pub struct WhistleForm {
    /// How soon they have to be there.
    pub urgency: Option<Urgency>,
    /// Who is called, by code; for a rating, whose response it is.
    pub departments: Vec<String>,
    /// Which of them leads 主办, by code; the first, where nothing is said.
    pub leads: Option<String>,
    /// How the department responded.
    pub response: Option<Satisfaction>,
}

/// What the steps of a calling together say beside their words.
#[derive(Debug, Clone, Default)]
pub struct CoordinationForm {
    /// Who is called: accounts and codes of departments.
    pub parties: Vec<String>,
    /// Bodies outside the net, by name; for something agreed, the one that does it.
    pub outside: Vec<String>,
    /// Where they meet.
    pub place: Option<String>,
    /// Which of the things agreed upon.
    pub item: Option<ItemId>,
}

/// What a handler says it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// The problem is gone.
    Solved,
    /// Part of it is gone.
    Partly,
    /// An honest no.
    WontFix(WontFixReason),
}

impl From<Claimed> for Claim {
    fn from(claimed: Claimed) -> Self {
        match claimed {
            Claimed::Solved => Self::Solved,
            Claimed::Partly => Self::Partly,
            Claimed::WontFix(reason) => Self::WontFix(reason),
        }
    }
}

/// The longest words of a step, in characters.
const WORDS_MAX: usize = rules::case::Words::MAX;

/// The longest name of a body or place, in characters.
const NAME_MAX: usize = 100;
/// The most parties that are called together.
const PARTIES_MAX: usize = 30;

impl StepForm {
    /// Checks that everything the command needs is there.
    ///
    /// # Errors
    /// `Invalid` with every missing or faulty field.
    pub fn check(&self, command: CommandName) -> Result<(), Error> {
        let mut faults: Vec<Fault> = Fault::missing(self.needs(command)).collect();
        for (field, words) in [
            ("words", &self.words),
            ("answer", &self.answer),
            ("left", &self.left),
            ("matter", &self.matter),
        ] {
            if words
                .as_ref()
                .is_some_and(|words| words.chars().count() > WORDS_MAX)
            {
                faults.push(Fault::new(field, "text-too-long"));
            }
        }
        // whoever was not reached said nothing, and nothing that was sent is dropped without a word
        let visit = command == CommandName::Visit && self.visit.reached == Some(false);
        if visit && self.visit.satisfaction.is_some() {
            faults.push(Fault::new("satisfaction", "visit-nobody"));
        }
        if visit && self.yes.is_some() {
            faults.push(Fault::new("yes", "visit-nobody"));
        }
        let short = |name: &String| name.chars().count() <= NAME_MAX;
        let form = &self.coordination;
        if !form.outside.iter().chain(&form.place).all(short) {
            faults.push(Fault::new("outside", "text-too-long"));
        }
        if form.parties.len() + form.outside.len() > PARTIES_MAX {
            faults.push(Fault::new("parties", "parties-too-many"));
        }
        Error::check(faults)
    }

    /// The fields a command needs, and whether each is missing.
    fn needs(&self, command: CommandName) -> Vec<(&'static str, bool)> {
        let words = ("words", self.text().is_none());
        match command {
            CommandName::Redirect => vec![("redirect", self.redirect.is_none()), words],
            CommandName::Merge => vec![("into", self.into.is_none()), words],
            CommandName::Verified => vec![("found", self.found.is_none())],
            CommandName::Void
            | CommandName::Release
            | CommandName::Raise
            | CommandName::Tell
            | CommandName::Finish
            | CommandName::CallOff
            | CommandName::Appeal
            | CommandName::Return
            | CommandName::Ask
            | CommandName::Answer
            | CommandName::Reopen => vec![words],
            CommandName::Fix => vec![words, ("answer", self.told().is_none())],
            CommandName::Handle => vec![words, ("left", self.lacks_left())],
            // whoever asks for time says why, and so does whoever refuses it
            CommandName::Extend => {
                vec![("words", self.text().is_none() && self.yes != Some(true))]
            }
            CommandName::Check => vec![
                ("yes", self.yes.is_none()),
                ("words", self.yes == Some(false) && self.text().is_none()),
                ("answer", self.yes == Some(true) && self.told().is_none()),
            ],
            CommandName::Visit => self.visit_needs(),
            CommandName::HandOver => vec![("to", self.to.is_none()), words],
            CommandName::Suspend => vec![("until", self.until.is_none()), words],
            CommandName::Rate => vec![("rating", self.rating.is_none())],
            CommandName::Lower => vec![("to", self.to.is_none()), words],
            CommandName::Review => vec![
                ("yes", self.yes.is_none()),
                ("words", self.yes == Some(false) && self.text().is_none()),
            ],
            CommandName::Whistle | CommandName::RateResponse => self.whistle_needs(command),
            CommandName::Coordinate | CommandName::Agree | CommandName::Settle => {
                self.coordination_needs(command)
            }
            CommandName::Adopt
            | CommandName::Acknowledge
            | CommandName::ReportIn
            | CommandName::Climb
            | CommandName::Lapse
            | CommandName::PassVisit
            | CommandName::Verify
            | CommandName::File
            | CommandName::Dispatch
            | CommandName::Accept
            | CommandName::Escalate
            | CommandName::Resume
            | CommandName::Close
            | CommandName::Withdraw => Vec::new(),
        }
    }

    /// Whether what is left has to be said and is not.
    fn lacks_left(&self) -> bool {
        self.claimed == Some(Claimed::Partly) && self.left().is_none()
    }

    /// Whoever is not content, or has no end to tell of, said why.
    fn visit_needs(&self) -> Vec<(&'static str, bool)> {
        let form = &self.visit;
        let method = ("method", form.method.is_none());
        if form.reached == Some(false) {
            return vec![method];
        }
        let unhappy =
            self.yes == Some(false) || form.satisfaction == Some(Satisfaction::Dissatisfied);
        vec![
            method,
            ("yes", self.yes.is_none()),
            ("satisfaction", form.satisfaction.is_none()),
            ("words", unhappy && self.text().is_none()),
        ]
    }

    fn whistle_needs(&self, command: CommandName) -> Vec<(&'static str, bool)> {
        let form = &self.whistle;
        let words = self.text().is_none();
        let none = form.departments.is_empty();
        if command == CommandName::Whistle {
            return vec![
                ("urgency", form.urgency.is_none()),
                ("departments", none),
                ("words", words),
            ];
        }
        let unhappy = form.response == Some(Satisfaction::Dissatisfied);
        vec![
            ("departments", none),
            ("response", form.response.is_none()),
            ("words", unhappy && words),
        ]
    }

    fn coordination_needs(&self, command: CommandName) -> Vec<(&'static str, bool)> {
        let form = &self.coordination;
        let words = self.text().is_none();
        match command {
            CommandName::Coordinate => vec![
                (
                    "parties",
                    form.parties.is_empty() && form.outside.is_empty(),
                ),
                ("until", self.until.is_none()),
                ("words", words),
            ],
            CommandName::Agree => vec![
                ("words", words),
                ("to", self.to.is_none() && form.outside.is_empty()),
                ("until", self.until.is_none()),
            ],
            _ => vec![
                ("item", form.item.is_none()),
                ("yes", self.yes.is_none()),
                ("words", self.yes == Some(false) && words),
            ],
        }
    }

    /// The same with the numbers of persons starred out of the words of a rating, as out of every telling. An answer may be the
    /// very number that somebody asked for.
    pub(super) fn without_numbers(mut self, command: CommandName) -> Self {
        if command == CommandName::Rate {
            self.words = self.words.as_deref().map(redact_persons);
        }
        self
    }

    /// The words, trimmed; none if blank.
    pub fn text(&self) -> Option<&str> {
        self.words
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
    }

    /// What is left, trimmed; none if blank.
    pub fn left(&self) -> Option<&str> {
        self.left
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
    }

    /// What the reporter is told, trimmed; none if blank.
    pub fn told(&self) -> Option<&str> {
        self.answer
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
    }
}
