//! The fields of a step's form as data, so that one template shows them all and no form has its own markup.

use crate::locale::Text;

/// One question of a form.
pub enum Field {
    /// Several lines of words.
    Words {
        /// Name in the form.
        name: &'static str,
        /// The question.
        label: String,
        /// A hint; may be empty.
        hint: String,
        /// What stands in it.
        value: String,
    },
    /// One line.
    Line {
        /// Name in the form.
        name: &'static str,
        /// The question.
        label: String,
        /// A hint; may be empty.
        hint: String,
        /// What stands in it.
        value: String,
        /// The kind of input.
        kind: &'static str,
    },
    /// One of a few.
    Radio {
        /// Name in the form.
        name: &'static str,
        /// The question.
        label: String,
        /// A hint; may be empty.
        hint: String,
        /// What to choose from.
        choices: Vec<Choice>,
    },
    /// One of many, in groups.
    Select {
        /// Name in the form.
        name: &'static str,
        /// The question.
        label: String,
        /// The words of "nothing chosen"; none where something is always chosen.
        empty: Option<String>,
        /// What to choose from.
        groups: Vec<Group>,
    },
    /// Any of several, in groups.
    Checks {
        /// Name in the form.
        name: &'static str,
        /// The question.
        label: String,
        /// What to choose from.
        groups: Vec<Group>,
    },
    /// Something to be said yes to, anew each time.
    Confirm {
        /// Name in the form.
        name: &'static str,
        /// What is said by it.
        label: String,
    },
    /// Something that may be said, and is left out where it is not so.
    Tick {
        /// Name in the form.
        name: &'static str,
        /// What is said by it.
        label: String,
        /// Whether it was said before.
        ticked: bool,
    },
    /// Photos.
    Photos {
        /// The question.
        label: String,
        /// A hint.
        hint: String,
        /// Tickets of those that came before and were kept meanwhile.
        kept: Vec<String>,
    },
}

impl Field {
    /// Its name in the form.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Words { name, .. }
            | Self::Line { name, .. }
            | Self::Radio { name, .. }
            | Self::Checks { name, .. }
            | Self::Confirm { name, .. }
            | Self::Tick { name, .. }
            | Self::Select { name, .. } => name,
            Self::Photos { .. } => "photo",
        }
    }

    /// Its question.
    pub fn label(&self) -> &str {
        match self {
            Self::Words { label, .. }
            | Self::Line { label, .. }
            | Self::Radio { label, .. }
            | Self::Checks { label, .. }
            | Self::Confirm { label, .. }
            | Self::Tick { label, .. }
            | Self::Select { label, .. }
            | Self::Photos { label, .. } => label,
        }
    }
}

/// One thing to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line; may be empty.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
            chosen: false,
        }
    }

    /// With a second line.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Chosen, if so.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }
}

/// Choices under a heading.
#[derive(Clone, Debug)]
pub struct Group {
    /// The heading.
    pub label: String,
    /// What to choose from.
    pub choices: Vec<Choice>,
}

/// Words of a visit that sound like a complaint about somebody who works here: whoever writes them says whether they are one, and
/// what is to stand on the case then. Nothing stands chosen.
pub(crate) fn asks_apart(t: Text, said: &str, matter: &str) -> [Field; 2] {
    let choice = |value: &str| {
        let label = t.text(format!("about-worker-{value}"));
        let hint = t.text(format!("about-worker-apart-{value}-hint"));
        Choice::new(value, label).hint(hint).chosen(said == value)
    };
    let about = Field::Radio {
        name: "about_worker",
        label: t.text("about-worker-ask"),
        hint: t.text("about-worker-apart-hint"),
        choices: ["yes", "no"].map(choice).to_vec(),
    };
    let matter = Field::Words {
        name: "matter",
        label: t.text("about-worker-matter-any"),
        hint: t.text("about-worker-matter-any-hint"),
        value: matter.to_owned(),
    };
    [about, matter]
}
