//! Tabs over a list of what has a beginning and an end: what still runs, what is over, all of it; and where its page begins.

use rules::ids::Number;
use serde::Deserialize;

use crate::error::Failure;
use crate::locale::Text;

/// Which part of a list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// What still runs.
    #[default]
    Open,
    /// What is over.
    Over,
    /// Everything.
    All,
}

impl Part {
    const EVERY: [Self; 3] = [Self::Open, Self::Over, Self::All];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Over => "over",
            Self::All => "all",
        }
    }

    /// The states to ask for; none stands for any.
    pub fn of<S: Copy>(self, all: &[S], is_open: impl Fn(S) -> bool) -> Vec<S> {
        let wanted = |state: &S| match self {
            Self::Open => is_open(*state),
            Self::Over => !is_open(*state),
            Self::All => false,
        };
        all.iter().copied().filter(wanted).collect()
    }
}

/// A tab.
pub struct Tab {
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is shown now.
    pub current: bool,
}

/// The query of such a list.
#[derive(Deserialize)]
pub struct Wanted {
    state: Option<String>,
    before: Option<String>,
}

impl Wanted {
    /// The part; what nobody knows shows what runs.
    pub fn part(&self) -> Part {
        let named = |part: &Part| Some(part.as_str()) == self.state.as_deref();
        Part::EVERY.into_iter().find(named).unwrap_or_default()
    }

    /// The number that the page stands behind.
    ///
    /// # Errors
    /// `NotFound` for what is no number.
    pub fn before(&self) -> Result<Option<Number>, Failure> {
        let number = self.before.as_deref().map(str::parse).transpose();
        number.map_err(|_| Failure::NotFound)
    }
}

/// The tabs of the list at `/{kind}s`; their words are `{kind}-tab-…`.
pub fn tabs(t: Text, kind: &str, shown: Part) -> Vec<Tab> {
    let tab = |part: Part| Tab {
        name: t.text(format!("{kind}-tab-{}", part.as_str())),
        href: format!("/{kind}s?state={}", part.as_str()),
        current: part == shown,
    };
    Part::EVERY.into_iter().map(tab).collect()
}

/// Where the list goes on behind its last number.
pub fn next(kind: &str, shown: Part, last: &Number) -> String {
    format!("/{kind}s?state={}&before={last}", shown.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [u8; 4] = [1, 2, 3, 4];

    fn even(n: u8) -> bool {
        n.is_multiple_of(2)
    }

    fn part(state: Option<&str>) -> Part {
        let state = state.map(str::to_owned);
        let wanted = Wanted {
            state,
            before: None,
        };
        wanted.part()
    }

    #[test]
    fn what_runs_is_shown_where_nothing_or_nonsense_is_asked_for() {
        assert_eq!(part(None), Part::Open);
        assert_eq!(part(Some("hidden")), Part::Open);
        assert_eq!(part(Some("over")), Part::Over);
    }

    #[test]
    fn a_part_asks_for_its_states_and_all_for_any() {
        assert_eq!(Part::Open.of(&NUMBERS, even), [2, 4]);
        assert_eq!(Part::Over.of(&NUMBERS, even), [1, 3]);
        assert!(Part::All.of(&NUMBERS, even).is_empty());
    }

    #[test]
    fn a_page_behind_what_is_no_number_is_not_found() {
        let before = Some("behind".to_owned());
        let wanted = Wanted {
            state: None,
            before,
        };
        assert!(matches!(wanted.before(), Err(Failure::NotFound)));
    }
}
