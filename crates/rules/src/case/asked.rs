//! What somebody asked of those who lead: more time 延期, or that being overdue be excused 超期申诉. Since when it waits, and who may
//! decide it; how it is decided stands in `handling` and `appeal`.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Appeal, Case, CommandName, State, StateName, commands};
use crate::access::Actor;

impl Case {
    /// Since when somebody waits for a decision; none where nothing is asked, or where the case ended otherwise.
    pub fn decision_asked(&self) -> Option<OffsetDateTime> {
        decision_asked(&self.state, self.appeal.as_ref())
    }
}

/// The same of a case that is not at hand whole.
pub fn decision_asked(state: &State, appeal: Option<&Appeal>) -> Option<OffsetDateTime> {
    let kind = state.kind();
    if !(kind.is_open() || kind == StateName::Closed) {
        return None;
    }
    let appealed = appeal.filter(|appeal| appeal.is_open());
    let appealed = appealed.map(|appeal| appeal.at);
    state.extension_asked().into_iter().chain(appealed).min()
}

/// The decisions on what was asked that are this actor's to take: `Extend`, `Review`, both, or none.
pub fn decisions(case: &Case, who: &Actor) -> Vec<CommandName> {
    if case.decision_asked().is_none() {
        return Vec::new();
    }
    let extension = case.state.extension_asked().is_some();
    let mut may = commands(case, who);
    may.retain(|name| match name {
        CommandName::Review => true,
        CommandName::Extend => extension,
        _ => false,
    });
    may
}

/// Why nobody decides any more whether there is more time: what comes next in the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fell {
    /// The clock was stopped, and the deadline moves by as long.
    Suspended,
    /// A result was there before.
    Handled,
    /// The work went to somebody else.
    GivenOn,
    /// The case ended in another way.
    Ended,
}

impl Fell {
    /// By where the case stands then.
    pub(super) const fn of(state: StateName) -> Self {
        match state {
            StateName::Suspended => Self::Suspended,
            StateName::Handled => Self::Handled,
            state if state.is_open() => Self::GivenOn,
            _ => Self::Ended,
        }
    }

    /// The name in texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Handled => "handled",
            Self::GivenOn => "given_on",
            Self::Ended => "ended",
        }
    }
}
