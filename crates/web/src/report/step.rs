//! The four pages of telling a problem, in order.

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// What happened.
    What,
    /// Where it is.
    Where,
    /// How to reach the reporter.
    Contact,
    /// Everything once more.
    Check,
}

impl Step {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::What, Self::Where, Self::Contact, Self::Check];

    /// The name in the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Where => "where",
            Self::Contact => "contact",
            Self::Check => "check",
        }
    }

    /// Reads the name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }

    /// Its place, from 1.
    pub fn n(self) -> usize {
        self as usize + 1
    }

    /// The page before.
    pub fn back(self) -> Option<Self> {
        Self::ALL.get((self as usize).checked_sub(1)?).copied()
    }

    /// The page after.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The fields that are asked on this page; the others travel hidden.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::What => &["text", "category"],
            Self::Where => &["grid", "lon", "lat", "place_note"],
            Self::Contact => &["name", "phone", "visit_welcome", "quiet"],
            Self::Check => &["same", "about_worker"],
        }
    }
}
