//! Where something stands for which a step came out of order, and what may be done instead: in words, so that whoever is refused
//! knows the way on.

use crate::faster::Faster;
use crate::locale::Text;

/// What it is that stands somewhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A case.
    Case,
    /// A lead.
    Referral,
    /// A mediation.
    Mediation,
    /// A complaint.
    Complaint,
}

/// Where something stands, and what the same person may do with it now.
#[derive(Clone, Debug)]
pub struct Stands {
    /// What it is.
    pub of: Matter,
    /// Its state.
    pub is: &'static str,
    /// The commands, perhaps none.
    pub may: Vec<&'static str>,
    /// Who took the last step, and which, where it is over and whoever asks may know.
    pub last: Option<Box<Faster>>,
}

impl Matter {
    /// Its name in keys of texts.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Referral => "referral",
            Self::Mediation => "mediation",
            Self::Complaint => "complaint",
        }
    }

    /// What a command is called on its page. Taking a lead that somebody has is handing it on.
    fn command(self, t: Text, is: &str, name: &str) -> String {
        let key = match self {
            Self::Case => format!("case-command-{name}"),
            Self::Referral if name == "take" && is != "referred" => "referral-do-hand".to_owned(),
            other => format!("{}-do-{name}", other.as_str()),
        };
        t.text(key)
    }
}

impl Stands {
    /// Of a refusal for a wrong state.
    pub const fn new(of: Matter, is: &'static str, may: Vec<&'static str>) -> Self {
        Self {
            of,
            is,
            may,
            last: None,
        }
    }

    /// Whether nothing is left to do with it for whoever asks.
    pub fn is_over(&self) -> bool {
        self.may.is_empty()
    }

    /// In sentences: where it stands, who brought it there, what may be done instead.
    pub fn said(&self, t: Text) -> String {
        let of = self.of.as_str();
        let state = t.text(format!("{of}-state-{}", self.is));
        let what = t.text(format!("error-stands-{of}"));
        let said = t.say("error-stands").with("what", what);
        let mut said = said.with("state", state).to_string();
        let mut add = |more: String| {
            said.push_str(&t.text("error-stands-gap"));
            said.push_str(&more);
        };
        if let Some(last) = &self.last {
            add(last.told(t));
        }
        if self.is_over() {
            add(t.text("error-stands-none"));
        } else {
            let names = self.may.iter();
            let names: Vec<String> = names
                .map(|name| self.of.command(t, self.is, name))
                .collect();
            let steps = t.row(&names);
            add(t.say("error-stands-may").with("steps", steps).to_string());
        }
        said
    }
}

/// What the rules say where they said no: for a step out of order, what may be done instead.
pub fn declined(t: Text, code: &str, stands: Option<&Stands>) -> String {
    match stands.filter(|_| code == "wrong-state") {
        Some(stands) => stands.said(t),
        None => t.text(format!("refusal-{code}")),
    }
}
