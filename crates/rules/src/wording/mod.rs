//! Wordings 告知用语: what a community tells a reporter at a step of their case, in Chinese and in English, with blanks that
//! the case fills. Where a community has none, the reporter reads the house's own words for the step.

mod step;
mod text;

pub use step::WordingStep;
pub use text::{Blank, Phrase, PhraseFault};

use time::OffsetDateTime;

use crate::ids::{CategoryCode, WordingId};

/// One wording. A changed one is a new version under the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Its key.
    pub id: WordingId,
    /// Which version, from 1.
    pub version: i64,
    /// At which step it is told.
    pub step: WordingStep,
    /// For which category, or the class whose code begins so; none for all.
    pub category: Option<CategoryCode>,
    /// In Chinese.
    pub zh: Phrase,
    /// In English.
    pub en: Phrase,
}

/// What the case fills blanks with at the moment of the step. Number and moment stand beside it already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// The name of its category.
    pub category: Option<String>,
    /// The name of its grid.
    pub grid: String,
    /// By when it is due.
    pub due: Option<OffsetDateTime>,
}

impl Filling {
    fn fills(&self, blank: Blank) -> bool {
        match blank {
            Blank::Number | Blank::Grid | Blank::At => true,
            Blank::Category => self.category.is_some(),
            Blank::Due => self.due.is_some(),
        }
    }
}

/// The wording for a step: of those whose blanks can all be filled, the one for the narrowest category.
pub fn choose<'a>(
    wordings: &'a [Wording],
    step: WordingStep,
    category: Option<&CategoryCode>,
    filling: &Filling,
) -> Option<&'a Wording> {
    let narrow = |wording: &Wording| wording.category.as_ref().map_or(0, |of| of.as_str().len());
    let fits = |wording: &&Wording| {
        let here = match (&wording.category, category) {
            (None, _) => true,
            (Some(of), Some(category)) => category.as_str().starts_with(of.as_str()),
            (Some(_), None) => false,
        };
        let mut blanks = wording.zh.blanks().chain(wording.en.blanks());
        wording.step == step && here && blanks.all(|blank| filling.fills(blank))
    };
    wordings.iter().filter(fits).max_by_key(|one| narrow(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn wording(n: u128, category: Option<&str>, zh: &str) -> Wording {
        Wording {
            id: WordingId(Uuid::from_u128(n)),
            version: 1,
            step: WordingStep::Filed,
            category: category.map(|code| code.parse().expect("a code")),
            zh: zh.parse().expect("a phrase"),
            en: "Filed.".parse().expect("a phrase"),
        }
    }

    fn filling(due: Option<OffsetDateTime>) -> Filling {
        Filling {
            category: Some("暴露垃圾".into()),
            grid: "示例网格".into(),
            due,
        }
    }

    fn chosen(wordings: &[Wording], category: &str) -> Option<u128> {
        let category = category.parse().ok();
        let found = choose(
            wordings,
            WordingStep::Filed,
            category.as_ref(),
            &filling(None),
        );
        found.map(|one| one.id.0.as_u128())
    }

    #[test]
    fn the_narrowest_category_wins_and_the_wording_for_all_is_the_last() {
        let all = [
            wording(1, None, "已立案"),
            wording(2, Some("201"), "城管事件已立案"),
            wording(3, Some("20110"), "垃圾事件已立案"),
        ];
        assert_eq!(chosen(&all, "20110"), Some(3));
        assert_eq!(chosen(&all, "20111"), Some(2));
        assert_eq!(chosen(&all, "10105"), Some(1));
    }

    #[test]
    fn a_wording_whose_blank_nothing_fills_is_passed_over() {
        let all = [
            wording(1, None, "已立案"),
            wording(2, Some("20110"), "{期限}前办结"),
        ];
        assert_eq!(chosen(&all, "20110"), Some(1));
    }

    #[test]
    fn a_wording_of_another_step_is_not_told() {
        let other = Wording {
            step: WordingStep::Closed,
            ..wording(1, None, "已办结")
        };
        assert_eq!(chosen(&[other], "20110"), None);
    }
}
