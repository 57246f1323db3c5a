//! The cases behind a number: the way from a figure to its rows, within what the asker may see, a page at a time.

use rules::access::{Action, may};
use rules::figures::{Columns, Figure, Flags, Part, Step, Stretches, Value, Wanted, Window};
use rules::ids::{CaseId, CommunityId};
use store::case::Listed;

use super::books::Book;
use super::names::Names;
use super::over::{Counter, Opened, over};
use super::question::{Choice, Question};
use super::{Figures, figures};
use crate::{Asker, Error, House, task};

/// Rows on a page.
pub const PAGE: usize = 100;

/// Which number's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Those of a figure: its numerator or its denominator.
    In(Figure, Part),
    /// Those of how long handling took.
    Handled,
}

impl Counted {
    /// Whether it counts cases: where it is not shown, that is for those who could not list them anyway.
    fn is_of_cases(self) -> bool {
        match self {
            Self::Handled => true,
            Self::In(figure, _) => !figure.is_of_people(),
        }
    }

    /// How many cases it counts, in the figures of everybody.
    fn many(self, all: &Figures) -> Option<u64> {
        match self {
            Self::Handled if all.time_withheld.is_some() => None,
            Self::Handled => Some(all.time.map_or(0, |time| time.n)),
            Self::In(figure, of) => match (all.value(figure)?, of) {
                (Value::Ratio(ratio), Part::Denominator) => Some(ratio.denominator),
                (Value::Ratio(ratio), _) => Some(ratio.numerator),
                (Value::Change(change), Part::Denominator) => Some(change.before),
                (Value::Change(change), _) => Some(change.this),
                (Value::Count(n), _) => Some(n),
                (Value::Withheld(_), _) => None,
            },
        }
    }
}

/// A page of the rows behind a number.
#[derive(Debug, Clone)]
pub struct Rows {
    /// How many the asker may see altogether.
    pub total: usize,
    /// How many the number counts, also those that the asker may not see; none where neither it nor its rows are shown.
    pub counted: Option<u64>,
    /// Those of the page or the file, the newest first.
    pub cases: Vec<Listed>,
    /// The number is not shown because it would tell of too few people, so neither are its rows; only those of a figure of cases
    /// are, to whoever may list every case that is asked for.
    pub withheld: bool,
}

impl Rows {
    /// Nothing of a number that is not for whoever asks.
    pub const fn none() -> Self {
        Self {
            total: 0,
            counted: None,
            cases: Vec::new(),
            withheld: true,
        }
    }

    /// Whether the number counts more cases than the asker may see.
    pub fn is_partial(&self) -> bool {
        self.counted
            .is_some_and(|counted| counted > self.total as u64)
    }
}

/// A page of the cases behind a number; pages count from 1.
///
/// # Errors
/// `Forbidden` for a role that lists no cases; `NotFound` for an unknown grid.
#[task]
pub async fn rows(
    house: &House,
    asker: &Asker,
    question: &Question,
    counted: Counted,
    page: usize,
) -> Result<Rows, Error> {
    let start = page.max(1).saturating_sub(1).saturating_mul(PAGE);
    let asked = Asked { counted, start };
    behind(house, asker, question, asked, PAGE).await
}

/// The newest cases behind a number, at most so many of them: what a file takes along at once.
///
/// # Errors
/// As [`rows`].
#[task]
pub async fn newest_rows(
    house: &House,
    asker: &Asker,
    question: &Question,
    counted: Counted,
    most: usize,
) -> Result<Rows, Error> {
    let asked = Asked { counted, start: 0 };
    behind(house, asker, question, asked, most).await
}

/// Which rows: of which number, and how many of the newest are passed over.
struct Asked {
    counted: Counted,
    start: usize,
}

async fn behind(
    house: &House,
    asker: &Asker,
    question: &Question,
    Asked { counted, start }: Asked,
    most: usize,
) -> Result<Rows, Error> {
    let allowed = asker
        .role()
        .is_some_and(|role| may(role, Action::ListCases));
    let community = asker
        .community()
        .filter(|_| allowed)
        .ok_or(Error::Forbidden)?;
    let whole = Question {
        by: None,
        ..question.clone()
    };
    let many = counted.many(&figures(house, community, &whole).await?.all);
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let seen = || Ok::<_, Error>(Choice::of(net, question)?.within(net, &asker.scope));
    // Whoever may list all of the asked cases counts them in that list, whatever is shown to everybody.
    let opens = many.is_some() || (counted.is_of_cases() && seen()?.is_whole());
    if !opens {
        return Ok(Rows::none());
    }
    let make = || Ok(Hits::new(seen()?, question, counted));
    let (book, hits) = over(house, community, make).await?;
    let total = hits.sheets.iter().map(|(_, n)| n).sum();
    let page = (start, most);
    let wanted = newest(house, (community, &book), hits.sheets, page, make).await?;
    let reader = house.store.reader();
    let mut cases = reader
        .cases_listed(&asker.scope, community, &wanted)
        .await?;
    cases.sort_by_key(|listed| std::cmp::Reverse(listed.case.id));
    Ok(Rows {
        total,
        counted: many.or(Some(total as u64)),
        cases,
        withheld: false,
    })
}

/// The newest cases that count on these sheets: so many are passed over, and at most so many taken.
async fn newest(
    house: &House,
    (community, book): (CommunityId, &Book),
    mut sheets: Vec<(CaseId, usize)>,
    (mut start, most): (usize, usize),
    make: impl Fn() -> Result<Hits, Error>,
) -> Result<Vec<CaseId>, Error> {
    let mut wanted = Vec::new();
    sheets.sort_by_key(|(first, _)| std::cmp::Reverse(*first));
    for (first, n) in sheets {
        if wanted.len() >= most {
            break;
        }
        if start >= n {
            start -= n;
            continue;
        }
        // Memory holds no ids: the sheet is read for them, and looked at as it is now.
        let mut one = make()?;
        let mut names = (*book.names).clone();
        let reader = house.store.reader();
        let read = reader.figure_sheets(community, first, book.until(first));
        for read in read.await?.into_iter().rev() {
            let ids = read.sheet.ids.clone();
            let columns = names.take(*read.sheet);
            wanted.extend(
                one.places(&names, &columns)
                    .iter()
                    .rev()
                    .map(|at| ids[*at])
                    .skip(start),
            );
            start = 0;
        }
    }
    wanted.truncate(most);
    Ok(wanted)
}

/// The sheets on which cases count in a number, each with how many.
struct Hits {
    seen: Choice,
    counted: Counted,
    window: Window,
    sheets: Vec<(CaseId, usize)>,
}

impl Hits {
    fn new(seen: Choice, question: &Question, counted: Counted) -> Self {
        Self {
            seen,
            counted,
            window: Window::of(&question.period),
            sheets: Vec::new(),
        }
    }

    /// The places of a sheet that count, in order.
    fn places(&mut self, names: &Names, columns: &Columns) -> Vec<usize> {
        let Some(chosen) = self.seen.on(names, columns) else {
            return Vec::new();
        };
        let (figure, of) = match self.counted {
            Counted::In(figure, of) => (figure, of),
            Counted::Handled => {
                let mut places = Vec::new();
                columns.lengths(&self.window, &chosen, |at, _, _| places.push(at));
                return places;
            }
        };
        let flags = Flags::of(columns, &[figure], &self.window);
        // of a change, one side is one period and the other side the other
        let beside = figure.compares() && of == Part::Denominator;
        let counts =
            |at: &usize| flags.counts(*at, of) && !(beside && flags.counts(*at, Part::Numerator));
        let asked = (0..columns.n).filter(|at| chosen[*at] == 1);
        asked.filter(counts).collect()
    }
}

impl Counter for Hits {
    fn matters(&self, days: &Stretches) -> bool {
        let span = &self.window.period;
        match self.counted {
            Counted::In(figure, _) => figure.touches(days, &self.window),
            Counted::Handled => days.near(Step::Handled, span.first, span.last),
        }
    }

    fn wants(&self, _: &Stretches) -> Wanted {
        Wanted {
            days: true,
            lengths: self.counted == Counted::Handled,
        }
    }

    fn take(&mut self, first: CaseId, sheet: Opened<'_>) {
        let n = self.places(sheet.names, sheet.columns).len();
        if n > 0 {
            self.sheets.push((first, n));
        }
    }

    fn merge(&mut self, mut older: Self) {
        self.sheets.append(&mut older.sheets);
    }
}
