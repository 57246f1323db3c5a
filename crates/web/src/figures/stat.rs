//! One figure as its card shows it: the value, the two counts it is made of, and the same of the periods it is compared to.
//! A count is itself the way to its rows.

use door::figures::{Discretion, Kept};
use rules::figures::{Figure, Period, Value};
use work::figures::{Answer, Figures};

use super::question::Wish;
use super::words::{
    DENOMINATOR, NUMERATOR, Piece, counts, is_withheld, name, name_in, read_or_kept,
};
use crate::locale::{Clockwork, Text};

/// One figure as it is shown.
pub struct Shown {
    pub name: String,
    pub definition: String,
    /// Empty where the counts say it all.
    pub value: String,
    pub counts: Vec<Linked>,
    pub before: Option<Was>,
    pub year_before: Option<Was>,
}

/// A figure of a period that it is compared to.
pub struct Was {
    pub said: String,
    pub counts: Vec<Linked>,
}

/// A count or the words between two of them.
pub struct Linked {
    pub words: String,
    /// The way to the rows of a count.
    pub rows: Option<String>,
    /// What those rows are, for whoever hears the page.
    pub told: String,
}

/// How figures are shown to somebody.
pub struct Cards<'a> {
    pub t: Text,
    pub wish: &'a Wish,
    /// Whether the asker may see rows.
    pub rows: bool,
    /// Whether the asker may list every case that is asked for, so that those of a figure of cases open even where it is withheld.
    pub all_rows: bool,
    /// What is held back from the asker.
    pub discretion: &'a Discretion<'a>,
}

impl Cards<'_> {
    /// A figure of an answer; none of what would judge the one person who serves the grid.
    pub fn shown(&self, figure: Figure, answer: &Answer) -> Option<Shown> {
        let t = self.t;
        let shown = self.discretion.value(figure, &answer.all);
        if matches!(shown, Err(Kept::OnePerson)) {
            return None;
        }
        // A change against another period says by itself what was before.
        let compared = !figure.compares();
        let was = |figures: &Option<Figures>, said: &str, head: &str| {
            let figures = figures.as_ref().filter(|_| compared)?;
            self.was(figure, figures, said, &t.text(head))
        };
        Some(Shown {
            name: name_in(t, figure, self.discretion.is_bare()),
            definition: t.text(figure.definition_key()),
            value: self.said(&shown),
            counts: self.counts_or_why(figure, &shown, &answer.all.period),
            before: was(&answer.before, "figures-period-was", "figures-before-head"),
            year_before: was(
                &answer.year_before,
                "figures-before",
                "figures-year-before-head",
            ),
        })
    }

    /// The counts, or why there are none.
    fn counts_or_why(
        &self,
        figure: Figure,
        shown: &Result<Value, Kept>,
        period: &Period,
    ) -> Vec<Linked> {
        match shown {
            Ok(value) => self.counts(figure, value, period, ""),
            Err(kept) => vec![Linked {
                words: self.t.text(kept.why()),
                rows: None,
                told: String::new(),
            }],
        }
    }

    fn was(&self, figure: Figure, figures: &Figures, said: &str, head: &str) -> Option<Was> {
        let value = self.discretion.value(figure, figures);
        let said = self.t.say(said).with("value", self.said(&value));
        let counts = match value {
            Ok(value) if !is_withheld(&value) => self.counts(figure, &value, &figures.period, head),
            _ => Vec::new(),
        };
        Some(Was {
            said: said.to_string().trim_end().to_owned(),
            counts,
        })
    }

    /// The value itself; none of a bare count and where counts stand alone.
    fn said(&self, shown: &Result<Value, Kept>) -> String {
        let bare = self.discretion.is_bare();
        match shown {
            Ok(Value::Count(_)) => String::new(),
            Ok(Value::Ratio(_)) if bare => String::new(),
            Ok(Value::Change(change)) if bare => self.t.number(change.this as i64),
            _ => read_or_kept(self.t, shown),
        }
    }

    fn counts(&self, figure: Figure, value: &Value, period: &Period, of: &str) -> Vec<Linked> {
        let is_withheld = is_withheld(value);
        let opens = self.rows && (!is_withheld || self.all_rows && !figure.is_of_people());
        let linked = |Piece { words, part }: Piece| {
            let part = part.or(is_withheld.then_some(DENOMINATOR));
            let part = part.filter(|_| opens);
            let rows = part.map(|part| rows_of(self.wish, figure, part, period));
            let told = part.map_or_else(String::new, |part| {
                let key = format!("figures-{part}");
                format!("{} {} {of}", self.t.text(key), name(self.t, figure))
            });
            Linked {
                words,
                rows,
                told: told.trim_end().to_owned(),
            }
        };
        let pieces = counts(self.t, figure, value).into_iter();
        pieces.map(linked).collect()
    }
}

/// The way to the rows behind a number; a bare count has only a numerator.
pub fn rows_of(wish: &Wish, figure: Figure, part: &str, period: &Period) -> String {
    let part = if figure == Figure::NeedsSolved {
        NUMERATOR
    } else {
        part
    };
    let query = Wish {
        by: String::new(),
        ..wish.clone()
    };
    format!(
        "/figures/rows?figure={}&of={part}&{}",
        figure.as_str(),
        query.about(period)
    )
}
