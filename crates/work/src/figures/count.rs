//! Counting: runs down the sheets that a window touches and adds up, for each figure, how many belong to its numerator and
//! how many to its denominator only. Pure reckoning over what is in memory; asks nothing of the database.

use rules::figures::{Figure, HandlingTime, Lengths, Period, Sheet, Value, Window, date_of, sum};
use rules::figures::{NEVER, Span, Step, day_of};
use time::Date;

use super::books::Book;
use super::question::{By, Choice, Parts, Question};
use crate::net::CommunityNet;

/// Figures of one part of the cases.
#[derive(Debug, Clone)]
pub struct Figures {
    /// What the part is named by: a code, or the first day of a time; none for all together.
    pub part: Option<String>,
    /// The days it speaks of.
    pub period: Period,
    /// Each figure with its value.
    pub values: Vec<(Figure, Value)>,
    /// How long handling took; none where nothing was handled.
    pub time: Option<HandlingTime>,
}

impl Figures {
    /// What a figure comes to.
    pub fn value(&self, figure: Figure) -> Option<Value> {
        let found = self.values.iter().find(|(one, _)| *one == figure);
        found.map(|(_, value)| *value)
    }
}

/// Sums of one part.
#[derive(Clone, Default)]
struct Sums {
    met: [u64; Figure::ALL.len()],
    unmet: [u64; Figure::ALL.len()],
    lengths: Lengths,
}

impl Sums {
    fn figures(self, part: Option<String>, period: Period) -> Figures {
        let counts = Figure::ALL.into_iter().zip(self.met).zip(self.unmet);
        Figures {
            part,
            period,
            values: counts
                .map(|((figure, met), unmet)| (figure, figure.value(met, unmet)))
                .collect(),
            time: self.lengths.time(),
        }
    }
}

/// The figures of all chosen cases in one period.
pub(super) fn all(book: &Book, choice: &Choice<'_>, period: Period) -> Figures {
    let window = Window::of(&period);
    let mut sums = Sums::default();
    for sheet in touched(book, &window) {
        let Some(chosen) = choice.on(sheet) else {
            continue;
        };
        for (at, figure) in Figure::ALL.into_iter().enumerate() {
            let (met, unmet) = sum(&sheet.codes(figure, &window, &chosen));
            sums.met[at] += met;
            sums.unmet[at] += unmet;
        }
        sheet.all_lengths(&window, &chosen, &mut sums.lengths);
    }
    sums.figures(None, period)
}

/// The figures of every part of a split, in the order of their codes or of time.
pub(super) fn parts(
    net: &CommunityNet,
    book: &Book,
    choice: &Choice<'_>,
    question: &Question,
    by: By,
) -> Vec<Figures> {
    if let By::Time(length) = by {
        let times = question.period.split(length).into_iter();
        let named = |period: Period| Figures {
            part: Some(period.first().to_string()),
            ..all(book, choice, period)
        };
        return times.map(named).collect();
    }
    let window = Window::of(&question.period);
    let (mut parts, mut sums) = (Parts::default(), Vec::new());
    for sheet in touched(book, &window) {
        let Some(chosen) = choice.on(sheet) else {
            continue;
        };
        let part_of = parts.on(net, question, by, sheet);
        sums.resize(parts.len(), Sums::default());
        for (at, figure) in Figure::ALL.into_iter().enumerate() {
            let codes = sheet.codes(figure, &window, &chosen);
            for (code, part) in codes.iter().zip(&part_of) {
                sums[*part].met[at] += u64::from(*code >> 1);
                sums[*part].unmet[at] += u64::from(*code & 1);
            }
        }
        sheet.lengths(&window, &chosen, |at, calendar, working| {
            sums[part_of[at]].lengths.push(calendar, working);
        });
    }
    let mut found = Vec::new();
    for (code, number) in parts.in_order() {
        let sums = std::mem::take(&mut sums[number]);
        if sums.met.iter().chain(&sums.unmet).any(|n| *n > 0) {
            found.push(sums.figures(Some(code), question.period));
        }
    }
    found
}

/// How many chosen cases were received and closed on each day of a period.
pub(super) fn days(book: &Book, choice: &Choice<'_>, period: &Period) -> Vec<(Date, u64, u64)> {
    let span = Span {
        first: day_of(period.first()),
        last: day_of(period.last()),
    };
    let long = usize::from(span.last - span.first) + 1;
    let mut days = vec![(0, 0); long];
    for page in book.pages.values() {
        let sheet = &page.sheet;
        let is_near = page.stretch.0 <= span.last && span.first <= page.stretch.1;
        let Some(chosen) = choice.on(sheet).filter(|_| is_near) else {
            continue;
        };
        for (at, chosen) in chosen.iter().enumerate().take(sheet.len()) {
            let day = |step: Step| sheet.days[step as usize][at];
            let (received, closed) = (day(Step::Received), day(Step::Closed));
            if *chosen == 1 && span.has(received) {
                days[usize::from(received - span.first)].0 += 1;
            }
            if *chosen == 1 && closed != NEVER && span.has(closed) {
                days[usize::from(closed - span.first)].1 += 1;
            }
        }
    }
    let dated = (span.first..=span.last).zip(days);
    dated
        .filter_map(|(day, (received, closed))| Some((date_of(day)?, received, closed)))
        .collect()
}

/// The sheets on which anything can count in a window.
pub(super) fn touched<'a>(
    book: &'a Book,
    window: &'a Window,
) -> impl DoubleEndedIterator<Item = &'a Sheet> {
    let near = book.pages.values();
    near.filter(|page| Sheet::matters(page.stretch, window))
        .map(|page| &*page.sheet)
}
