//! One rule: its name, when it fits, where the task goes, whether it is on. What is wrong with one is said field by field.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Hours;
use crate::case::Channel;
use crate::ids::{CategoryCode, DepartmentId, GridId, PostId, RuleId};

/// The longest name, in characters.
const NAME_MAX: usize = 60;
/// The most categories and words of a rule.
const MANY: usize = 50;
/// The longest word, in characters.
const WORD_MAX: usize = 20;

/// A rule of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its key; stays over changes.
    pub id: RuleId,
    /// Where it stands among the others: lower is asked first. Numbers may have gaps.
    pub place: i64,
    /// What people call it.
    pub name: String,
    /// When it fits.
    pub when: When,
    /// Where the task goes.
    pub to: Target,
    /// Whether it is on.
    pub state: RuleState,
}

/// When a rule fits: every part that is given must. A part left empty fits everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// One of these categories, or of a class whose code they begin with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryCode>,
    /// In this grid or below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<GridId>,
    /// On these days of the week, 1 = Monday … 7.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<u8>,
    /// At these hours of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Told on one of these ways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// One of these words stands in the report.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl When {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a task goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Whoever holds this post, or stands in for them.
    Post(PostId),
    /// The department's liaison.
    Department(DepartmentId),
    /// Whoever of the grid has this skill, then of the grid above, up to the community.
    Skill(String),
}

/// Whether a rule is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleState {
    /// Not asked.
    Off,
    /// Asked.
    On,
    /// Switched off by the house, because whom it names has left: somebody has to look at it.
    Left,
}

impl RuleState {
    /// The name in tables and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::Left => "left",
        }
    }
}

/// A text that names no state of a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rule is on, off or left, not {0:?}")]
pub struct UnknownRuleState(pub String);

impl FromStr for RuleState {
    type Err = UnknownRuleState;

    fn from_str(text: &str) -> Result<Self, UnknownRuleState> {
        [Self::Off, Self::On, Self::Left]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| UnknownRuleState(text.to_owned()))
    }
}

/// What is wrong with a rule, or with what is to be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It has no name, or a very long one.
    #[error("a name has 1 to 60 characters")]
    Name,
    /// It would fit every case.
    #[error("a rule without any condition would take every case")]
    Empty,
    /// Too many categories.
    #[error("at most 50 categories")]
    Categories,
    /// A day of the week that is none.
    #[error("days are 1 to 7")]
    Days,
    /// Too many words, or one that is blank or very long.
    #[error("at most 50 words of 1 to 20 characters")]
    Words,
    /// There are as many rules as there may be.
    #[error("there are too many rules")]
    Full,
    /// Another rule has the same name and the same condition.
    #[error("there is one of this name and condition")]
    Twice,
    /// There is no such rule.
    #[error("there is no such rule")]
    Unknown,
    /// It stands at this end already.
    #[error("it stands at the end already")]
    AtTheEnd,
    /// Whom it names is not there.
    #[error("whom it names has left")]
    Left,
    /// It was not tried out as it stands.
    #[error("it was not tried out on past cases")]
    Untried,
}

impl Fault {
    /// The field of a form it belongs to.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Name | Self::Twice => "name",
            Self::Empty | Self::Categories => "categories",
            Self::Days => "days",
            Self::Words => "words",
            Self::Left => "to",
            Self::Untried => "tried",
            Self::Full | Self::Unknown | Self::AtTheEnd => "rule",
        }
    }

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "rule-name",
            Self::Empty => "rule-empty",
            Self::Categories => "rule-categories",
            Self::Days => "rule-days",
            Self::Words => "rule-words",
            Self::Full => "rule-many",
            Self::Twice => "rule-there",
            Self::Unknown => "rule-unknown",
            Self::AtTheEnd => "rule-at-the-end",
            Self::Left => "rule-left",
            Self::Untried => "rule-untried",
        }
    }
}

/// Everything that is wrong with a name and a condition.
pub(super) fn faults(name: &str, when: &When) -> Vec<Fault> {
    let name_fits = (1..=NAME_MAX).contains(&name.trim().chars().count());
    let word_fits = |word: &String| !word.trim().is_empty() && word.chars().count() <= WORD_MAX;
    let checks = [
        (name_fits, Fault::Name),
        (!when.is_empty(), Fault::Empty),
        (when.categories.len() <= MANY, Fault::Categories),
        (
            when.days.iter().all(|day| (1..=7).contains(day)),
            Fault::Days,
        ),
        (
            when.words.len() <= MANY && when.words.iter().all(word_fits),
            Fault::Words,
        ),
    ];
    let wrong = checks.into_iter().filter(|(fits, _)| !fits);
    wrong.map(|(_, fault)| fault).collect()
}
