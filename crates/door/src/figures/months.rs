//! What strangers are told of several months together. Every single month may be asked for, and so a sum of several tells the one month
//! that is kept back to whoever subtracts the others: it is told only of what each of its months tells as well.

use rules::figures::{Figure, Length, Period, Value};
use time::Date;
use work::figures::{By, Question, figures};

use super::discretion::is_whole;
use crate::Door;
use crate::error::Failure;
use crate::view::View;

/// What some month of a longer period keeps back.
#[derive(Clone, Debug)]
pub struct Months {
    figures: Vec<Figure>,
    time: bool,
}

impl Months {
    /// Of the whole months that a stranger asks for together; none for whoever is told any days, of one month, and of days that are no
    /// whole months.
    ///
    /// # Errors
    /// `Unavailable` if the store fails.
    pub async fn of(
        door: &Door,
        view: &View,
        question: &Question,
        today: Date,
    ) -> Result<Option<Self>, Failure> {
        let period = &question.period;
        if !view.is_stranger() || is_one(period) || !is_whole(period, today) {
            return Ok(None);
        }
        let by_month = Question {
            by: Some(By::Time(Length::Month)),
            ..question.clone()
        };
        let months = figures(&door.house, view.net.id, &by_month).await?.parts;
        let keeps = |figure: &Figure| {
            let mut values = months.iter().map(|month| month.value(*figure));
            values.any(|value| matches!(value, Some(Value::Withheld(_))))
        };
        Ok(Some(Self {
            figures: Figure::ALL.into_iter().filter(keeps).collect(),
            time: months.iter().any(|month| month.time_withheld.is_some()),
        }))
    }

    /// Whether one of them keeps a figure back, or how long handling took.
    pub(super) fn keep(&self, figure: Option<Figure>) -> bool {
        figure.map_or(self.time, |figure| self.figures.contains(&figure))
    }
}

/// Whether a period lies within one month.
pub(super) fn is_one(period: &Period) -> bool {
    let (first, last) = (period.first(), period.last());
    (first.year(), first.month()) == (last.year(), last.month())
}
