//! Counting: runs down the sheets that a window touches and adds up, for each figure, how many belong to its numerator and
//! how many to its denominator only. Pure reckoning; asks nothing of the database and decides nothing about what is shown.

use rules::figures::{
    Chosen, Counts, Crowd, Figure, Flags, GROUPED, GROUPS, HandlingTime, Lengths, NEVER, OF_PEOPLE,
    Period, SHEET, Short, Span, Step, Stretches, Value, Wanted, Window, Withheld, date_of, day_of,
};
use rules::ids::CaseId;
use time::Date;

use super::over::{Counter, Opened};
use super::parts::{Pairs, Parts};
use super::question::Choice;
use super::views::{Groups, Looks};

/// Figures of one part of the cases.
#[derive(Debug, Clone)]
pub struct Figures {
    /// What the part is named by: a code, or the first day of a time; none for all together.
    pub part: Option<String>,
    /// The days it speaks of.
    pub period: Period,
    /// Each figure with its value.
    pub values: Vec<(Figure, Value)>,
    /// How long handling took; none where nothing was handled, or where it is not shown.
    pub time: Option<HandlingTime>,
    /// Why it is not shown, where something was handled.
    pub time_withheld: Option<Withheld>,
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

    /// What a figure counts of them, whose cases tell of persons or do not.
    pub fn crowd(&self, figure: Figure, touches: bool) -> Crowd {
        let at = figure as usize;
        figure.crowd(self.met[at], self.unmet[at], touches)
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

    /// Takes out what a short sum holds.
    fn count_short(&mut self, short: &mut Short) {
        for (figures, counts) in GROUPED.iter().zip(&short.take()) {
            self.count(figures, counts);
        }
    }

    fn add(&mut self, other: &Sums) {
        for at in 0..Figure::ALL.len() {
            self.met[at] += other.met[at];
            self.unmet[at] += other.unmet[at];
        }
        self.lengths.extend(&other.lengths);
    }

    /// What the figures come to, as far as they may be shown; how long handling took not of fewer cases than so many, and not
    /// where how many were handled is kept back.
    pub fn figures(
        self,
        part: Option<String>,
        period: Period,
        withheld: impl Fn(Figure) -> Option<Withheld>,
        fewest: u64,
    ) -> Figures {
        let shown = |figure: Figure| {
            let (met, unmet) = (self.met[figure as usize], self.unmet[figure as usize]);
            (figure, figure.shown(met, unmet, withheld(figure)))
        };
        let values = Figure::ALL.into_iter().map(shown).collect();
        let time = self.lengths.time();
        let few = |n: u64| (n < fewest).then_some(Withheld::Few { fewest });
        let why = |time: HandlingTime| few(time.n).or(withheld(Figure::Handling));
        let time_withheld = time.and_then(why);
        Figures {
            part,
            period,
            values,
            time: time.filter(|_| time_withheld.is_none()),
            time_withheld,
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
    /// Only the groups of figures that count residents, without how long handling took.
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
    /// Of each part what is not yet added to its sums.
    shorts: Vec<Short>,
}

impl Cell {
    fn new(period: Period, lengths: bool) -> Self {
        Self {
            period,
            window: Window::of(&period),
            lengths,
            sums: Vec::new(),
            shorts: Vec::new(),
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

    /// What every part counts in each period: of all figures, or only of those that count residents.
    pub fn beside(choice: Choice, parts: Parts, periods: &[Period], of_people: bool) -> Self {
        Self {
            parts: Some(parts),
            of_people,
            ..Self::times(choice, &[], periods)
        }
    }

    /// The same, split within each part of another split.
    pub fn within(self, outer: Parts) -> Self {
        Self {
            within: Some((outer, Pairs::default())),
            ..self
        }
    }

    /// What the parts count within one part of the other split, by their numbers; whether each tells of persons was asked before.
    pub fn line(
        &self,
        at: usize,
        outer: Option<&str>,
        figure: Figure,
        touching: &[bool],
    ) -> Vec<Crowd> {
        let outer = outer.zip(self.within.as_ref());
        let number = |part: usize| match outer {
            None => Some(part),
            Some((code, (outer, pairs))) => pairs.get(outer.number(code)?, part),
        };
        let sums = |part| self.cells[at].sums.get(number(part)?);
        let crowd = |(part, touches): (usize, &bool)| Some(sums(part)?.crowd(figure, *touches));
        let parts = touching.iter().enumerate();
        parts.map(|one| crowd(one).unwrap_or_default()).collect()
    }

    /// Of each part by its number whether its cases within one part of the other split are such as tell of persons.
    pub fn touching(&self, outer: Option<&str>) -> Vec<bool> {
        let mut touching = self.parts.as_ref().map(Parts::touching).unwrap_or_default();
        let within = outer.zip(self.within.as_ref());
        if within.is_some_and(|(code, (outer, _))| outer.touches(code)) {
            touching.fill(true);
        }
        touching
    }

    /// The number of the part, or pair, of every chosen place of a sheet; none where nothing is split.
    fn numbers(&mut self, sheet: Opened<'_>, chosen: &Chosen) -> Option<[u16; SHEET]> {
        let (names, columns) = (sheet.names, sheet.columns);
        let mut numbers = self.parts.as_mut()?.on(names, columns);
        if let Some((outer, pairs)) = &mut self.within {
            let outer = outer.on(names, columns);
            for at in (0..columns.n).filter(|at| chosen[*at] == 1) {
                numbers[at] = pairs.put(outer[at], numbers[at]);
            }
        }
        Some(numbers)
    }

    /// The windows that its periods look through.
    pub fn windows(&self) -> impl Iterator<Item = Window> {
        self.cells.iter().map(|cell| cell.window)
    }

    /// Whether it asks how long handling took on a sheet, and whether days are needed for that.
    pub fn wants_lengths(&self, days: &Stretches) -> Wanted {
        let asks = |cell: &&Cell| cell.asks_lengths(days);
        let asking = self.cells.iter().filter(asks);
        asking.fold(Wanted::default(), |wanted, cell| Wanted {
            days: wanted.days || !cell.has_all_lengths(days),
            lengths: true,
        })
    }

    /// Takes a sheet as it is seen in each window.
    pub fn take(&mut self, sheet: Opened<'_>, looks: &mut Looks) {
        let Some(chosen) = self.choice.on(sheet.names, sheet.columns) else {
            return;
        };
        let numbers = self.numbers(sheet, &chosen);
        let parts = self.parts.as_ref().map_or(1, Parts::len);
        let many = self.within.as_ref().map_or(parts, |(_, pairs)| pairs.len());
        let placed = numbers.map(|numbers| Placed::of(sheet.columns.n, &chosen, &numbers));
        for cell in &mut self.cells {
            cell.sums.resize(many, Sums::default());
            match (looks.through(&cell.window, sheet), &placed) {
                (None, _) => {}
                (Some(groups), None) => cell.count_all(groups, &chosen),
                (Some(groups), Some(placed)) if self.of_people => {
                    cell.count_parts::<OF_PEOPLE>(groups, placed);
                }
                (Some(groups), Some(placed)) => cell.count_parts::<GROUPS>(groups, placed),
            }
            if cell.asks_lengths(sheet.days) {
                cell.take_lengths(sheet, &chosen, numbers.as_ref());
            }
        }
    }
}

/// The chosen places of a sheet, each with the number of its part.
struct Placed {
    places: [(u16, u16); SHEET],
    n: usize,
}

impl Placed {
    /// Those of the first `n` places that are chosen.
    fn of(n: usize, chosen: &Chosen, numbers: &[u16; SHEET]) -> Self {
        let mut placed = Self {
            places: [(0, 0); SHEET],
            n: 0,
        };
        // Without a branch: nobody can guess which places are chosen.
        let each = (0_u16..).zip(numbers).zip(chosen).take(n);
        for ((at, number), chosen) in each {
            placed.places[placed.n] = (at, *number);
            placed.n += usize::from(*chosen);
        }
        placed
    }

    fn each(&self) -> impl Iterator<Item = (usize, usize)> {
        let places = self.places.iter().take(self.n);
        places.map(|(at, part)| (usize::from(*at), usize::from(*part)))
    }
}

impl Cell {
    fn count_all(&mut self, groups: &Groups, chosen: &Chosen) {
        for (figures, flags) in GROUPED.iter().zip(groups) {
            if let Some(flags) = flags {
                self.sums[0].count(figures, &flags.sums(chosen));
            }
        }
    }

    /// Counts the first groups of figures.
    fn count_parts<const N: usize>(&mut self, groups: &Groups, placed: &Placed) {
        const NONE: [u8; SHEET] = [0; SHEET];
        self.shorts.resize(self.sums.len(), Short::default());
        let bytes: [_; N] = std::array::from_fn(|at| {
            let flags = groups.get(at).and_then(Option::as_ref);
            flags.map_or(&NONE, Flags::bytes)
        });
        for (at, part) in placed.each() {
            let short = &mut self.shorts[part];
            if short.is_full() {
                self.sums[part].count_short(short);
            }
            short.add(&bytes, at);
        }
    }

    /// Adds what waits in short sums.
    pub fn settle(&mut self) {
        for (sums, short) in self.sums.iter_mut().zip(&mut self.shorts) {
            sums.count_short(short);
        }
    }

    fn take_lengths(&mut self, sheet: Opened<'_>, chosen: &Chosen, numbers: Option<&[u16; SHEET]>) {
        let whole = self.has_all_lengths(sheet.days);
        let sums = &mut self.sums;
        let take = |at: usize, calendar, working| {
            let part = numbers.map_or(0, |numbers| usize::from(numbers[at]));
            sums[part].lengths.push(calendar, working);
        };
        match sheet.settled.filter(|_| whole) {
            Some(settled) => settled.lengths(sheet.columns, chosen, take),
            None => sheet.columns.lengths(&self.window, chosen, take),
        }
    }

    /// Whether it asks how long handling took, and some can have been handled in its days.
    fn asks_lengths(&self, days: &Stretches) -> bool {
        let span = self.window.period;
        self.lengths && days.near(Step::Handled, span.first, span.last)
    }

    /// Whether all that were handled were in its days.
    fn has_all_lengths(&self, days: &Stretches) -> bool {
        let span = self.window.period;
        days.within(Step::Handled, span.first, span.last)
    }
}

impl View {
    /// Puts the period of a view that is split within another split before its own periods: its parts, whatever other they lie in.
    pub fn begin_with(&mut self, within: &View) {
        let both = self.parts.as_mut().zip(within.parts.as_ref());
        let (Some((own, inner)), Some((_, pairs)), Some(cell)) =
            (both, &within.within, within.cells.first())
        else {
            return;
        };
        let numbers = own.take_up(inner);
        let mut whole = Cell::new(cell.period, false);
        whole.sums.resize(own.len(), Sums::default());
        for (inner, pair) in pairs.all() {
            if let (Some(number), Some(sums)) = (numbers.get(inner), cell.sums.get(pair)) {
                whole.sums[*number].add(sums);
            }
        }
        self.cells.insert(0, whole);
    }

    /// Adds the sums of another view of the same question, whose parts may have other numbers.
    pub fn merge(&mut self, other: View) {
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
    fn matters(&self, days: &Stretches) -> bool {
        let near = |step| days.near(step, self.span.first, self.span.last);
        near(Step::Received) || near(Step::Closed)
    }

    fn wants(&self, _: &Stretches) -> Wanted {
        Wanted {
            days: true,
            lengths: false,
        }
    }

    fn take(&mut self, _: CaseId, sheet: Opened<'_>) {
        let columns = sheet.columns;
        let Some(chosen) = self.choice.on(sheet.names, columns) else {
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
