//! Counting: runs down the sheets that a window touches and adds up, for each figure, how many belong to its numerator and
//! how many to its denominator only. Pure reckoning; asks nothing of the database and decides nothing about what is shown.

use rules::figures::{
    Chosen, Columns, Counts, Figure, Flags, HandlingTime, Lengths, NEVER, People, Period, Span,
    Step, Stretches, TOGETHER, Value, Window, Withheld, date_of, day_of,
};
use rules::ids::CaseId;
use time::Date;

use super::names::Names;
use super::over::Counter;
use super::parts::{Order, Pairs, Parts};
use super::question::Choice;

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
pub(super) struct Sums {
    met: [u64; Figure::ALL.len()],
    unmet: [u64; Figure::ALL.len()],
    lengths: Lengths,
}

impl Sums {
    /// Whether nothing counts in any figure.
    pub fn is_empty(&self) -> bool {
        self.met.iter().chain(&self.unmet).all(|n| *n == 0)
    }

    /// The residents that a figure counts.
    pub fn people(&self, figure: Figure) -> People {
        let at = figure as usize;
        figure.people(self.met[at], self.unmet[at])
    }

    /// Those of all parts together.
    pub fn all(parts: &[Sums]) -> Sums {
        let mut all = Sums::default();
        parts.iter().for_each(|part| all.add(part));
        all
    }

    fn count(&mut self, figures: &[Figure], counts: &Counts) {
        for (figure, (met, unmet)) in figures.iter().zip(counts) {
            self.met[*figure as usize] += met;
            self.unmet[*figure as usize] += unmet;
        }
    }

    fn add(&mut self, other: &Sums) {
        for at in 0..Figure::ALL.len() {
            self.met[at] += other.met[at];
            self.unmet[at] += other.unmet[at];
        }
        self.lengths.extend(&other.lengths);
    }

    /// What the figures come to, as far as they may be shown.
    pub fn figures(
        self,
        part: Option<String>,
        period: Period,
        withheld: impl Fn(Figure) -> Option<Withheld>,
    ) -> Figures {
        let shown = |figure: Figure| {
            let (met, unmet) = (self.met[figure as usize], self.unmet[figure as usize]);
            (figure, figure.shown(met, unmet, withheld(figure)))
        };
        Figures {
            part,
            period,
            values: Figure::ALL.into_iter().map(shown).collect(),
            time: self.lengths.time(),
        }
    }
}

/// What is counted over the chosen cases: some figures in some periods, all together or part by part.
pub(super) struct View {
    choice: Choice,
    /// How they are split, if they are.
    pub parts: Option<Parts>,
    /// The split within whose parts they are split, if there is one, and the numbers of the pairs.
    pub within: Option<(Parts, Pairs)>,
    /// Only figures that count residents, without how long handling took.
    of_people: bool,
    /// The sums of each period: of every part by its number, or of all together.
    pub cells: Vec<Cell>,
}

/// One period of a view.
pub(super) struct Cell {
    pub period: Period,
    window: Window,
    /// Whether it asks how long handling took.
    lengths: bool,
    pub sums: Vec<Sums>,
}

impl Cell {
    fn new(period: Period, lengths: bool) -> Self {
        Self {
            period,
            window: Window::of(&period),
            lengths,
            sums: Vec::new(),
        }
    }

    /// Takes the sums of all together out; empty ones if nothing was met.
    pub fn take(&mut self) -> Sums {
        self.sums
            .first_mut()
            .map(std::mem::take)
            .unwrap_or_default()
    }
}

impl View {
    /// All figures of every period; of those that are only compared without how long handling took.
    pub fn times(choice: Choice, periods: &[Period], compared: &[Period]) -> Self {
        let own = periods.iter().map(|period| Cell::new(*period, true));
        let compared = compared.iter().map(|period| Cell::new(*period, false));
        Self {
            choice,
            parts: None,
            within: None,
            of_people: false,
            cells: own.chain(compared).collect(),
        }
    }

    /// All figures of every part.
    pub fn split(choice: Choice, parts: Parts, period: Period) -> Self {
        Self {
            choice,
            parts: Some(parts),
            within: None,
            of_people: false,
            cells: vec![Cell::new(period, true)],
        }
    }

    /// The residents that every part counts in each period.
    pub fn people(choice: Choice, parts: Parts, periods: &[Period]) -> Self {
        let cells = periods.iter();
        Self {
            choice,
            parts: Some(parts),
            within: None,
            of_people: true,
            cells: cells.map(|period| Cell::new(*period, false)).collect(),
        }
    }

    /// The same, split within each part of another split.
    pub fn within(self, outer: Parts) -> Self {
        Self {
            within: Some((outer, Pairs::default())),
            ..self
        }
    }

    /// The residents whom the parts count within one part of the other split, by their numbers.
    pub fn line(&self, at: usize, outer: Option<&str>, figure: Figure) -> Vec<People> {
        let many = self.parts.as_ref().map_or(1, Parts::len);
        let outer = outer.zip(self.within.as_ref());
        let number = |part: usize| match outer {
            None => Some(part),
            Some((code, (outer, pairs))) => pairs.get(outer.number(code)?, part),
        };
        let sums = |part| self.cells[at].sums.get(number(part)?);
        let people = |part| sums(part).map_or([0, 0], |sums| sums.people(figure));
        (0..many).map(people).collect()
    }

    fn order(&mut self, names: &Names, columns: &Columns, chosen: &Chosen) -> Option<Order> {
        let parts = self.parts.as_mut()?;
        let mut part = parts.on(names, columns, chosen);
        let mut many = parts.len();
        if let Some((outer, pairs)) = &mut self.within {
            let outer = outer.on(names, columns, chosen);
            for at in (0..columns.n).filter(|at| chosen[*at] == 1) {
                part[at] = pairs.put(outer[at], part[at]);
            }
            many = pairs.len();
        }
        Some(Order::of(part, many, columns.n, chosen))
    }

    fn take(&mut self, names: &Names, columns: &Columns, days: &Stretches) {
        let Some(chosen) = self.choice.on(names, columns) else {
            return;
        };
        let order = self.order(names, columns, &chosen);
        let parts = self.parts.as_ref().map_or(1, Parts::len);
        let many = self.within.as_ref().map_or(parts, |(_, pairs)| pairs.len());
        for cell in &mut self.cells {
            cell.sums.resize(many, Sums::default());
            let window = &cell.window;
            let touched = asked(self.of_people).filter(|one| one.touches(days, window));
            let touched: Vec<Figure> = touched.collect();
            for figures in touched.chunks(TOGETHER) {
                let flags = Flags::of(columns, figures, window, &chosen);
                match &order {
                    Some(order) => order
                        .sums(&flags)
                        .for_each(|(part, counts)| cell.sums[part].count(figures, &counts)),
                    None => cell.sums[0].count(figures, &flags.sums()),
                }
            }
            let span = window.period;
            if cell.lengths && days.near(Step::Handled, span.first, span.last) {
                let part = |at: usize| order.as_ref().map_or(0, |order| order.part[at]);
                columns.lengths(window, &chosen, |at, calendar, working| {
                    let sums = &mut cell.sums[usize::from(part(at))];
                    sums.lengths.push(calendar, working);
                });
            }
        }
    }
}

impl View {
    /// Adds the sums of another view of the same question, whose parts may have other numbers.
    fn merge(&mut self, other: View) {
        let mut numbers = match (&mut self.parts, &other.parts) {
            (Some(own), Some(other)) => own.take_up(other),
            _ => vec![0],
        };
        if let (Some((outer, pairs)), Some((others, met))) = (&mut self.within, &other.within) {
            numbers = pairs.take_up(met, &outer.take_up(others), &numbers);
        }
        let many = numbers.iter().max().map_or(0, |most| most + 1);
        for (cell, other) in self.cells.iter_mut().zip(other.cells) {
            let many = many.max(cell.sums.len());
            cell.sums.resize(many, Sums::default());
            for (number, sums) in numbers.iter().zip(&other.sums) {
                cell.sums[*number].add(sums);
            }
        }
    }
}

fn asked(of_people: bool) -> impl Iterator<Item = Figure> {
    let all = Figure::ALL.into_iter();
    all.filter(move |figure| !of_people || figure.is_of_people())
}

/// Several views counted in one go over the sheets.
pub(super) struct Views(pub Vec<View>);

impl Counter for Views {
    fn wants(&self, days: &Stretches) -> bool {
        self.0.iter().any(|view| {
            let touches =
                |cell: &Cell| asked(view.of_people).any(|one| one.touches(days, &cell.window));
            view.cells.iter().any(touches)
        })
    }

    fn take(&mut self, _: CaseId, names: &Names, columns: &Columns, days: &Stretches) {
        for view in &mut self.0 {
            view.take(names, columns, days);
        }
    }

    fn merge(&mut self, older: Self) {
        for (view, older) in self.0.iter_mut().zip(older.0) {
            view.merge(older);
        }
    }
}

/// How many chosen cases were received and closed on each day.
pub(super) struct Days {
    choice: Choice,
    span: Span,
    days: Vec<(u64, u64)>,
}

impl Days {
    pub fn new(choice: Choice, period: &Period) -> Self {
        let span = Span {
            first: day_of(period.first()),
            last: day_of(period.last()),
        };
        let long = usize::from(span.last - span.first) + 1;
        Self {
            choice,
            span,
            days: vec![(0, 0); long],
        }
    }

    /// Each day with how many were received and closed, in order.
    pub fn dated(self) -> impl Iterator<Item = (Date, u64, u64)> {
        let dated = (self.span.first..=self.span.last).zip(self.days);
        dated.filter_map(|(day, (received, closed))| Some((date_of(day)?, received, closed)))
    }
}

impl Counter for Days {
    fn wants(&self, days: &Stretches) -> bool {
        let near = |step| days.near(step, self.span.first, self.span.last);
        near(Step::Received) || near(Step::Closed)
    }

    fn take(&mut self, _: CaseId, names: &Names, columns: &Columns, _: &Stretches) {
        let Some(chosen) = self.choice.on(names, columns) else {
            return;
        };
        let span = self.span;
        for at in (0..columns.n).filter(|at| chosen[*at] == 1) {
            let day = |step: Step| columns.days[step as usize][at];
            let (received, closed) = (day(Step::Received), day(Step::Closed));
            if span.has(received) {
                self.days[usize::from(received - span.first)].0 += 1;
            }
            if closed != NEVER && span.has(closed) {
                self.days[usize::from(closed - span.first)].1 += 1;
            }
        }
    }

    fn merge(&mut self, older: Self) {
        for (day, older) in self.days.iter_mut().zip(older.days) {
            *day = (day.0 + older.0, day.1 + older.1);
        }
    }
}
