//! The key figures of a period, each with its definition, numerator, denominator and the way to its rows. What counts in
//! which figure stands in `rules::figures`; a follower keeps what is counted of each case, and everything that shows a
//! figure (pages, files, the wall, the API) asks here, so that numbers agree.

mod books;
mod count;
mod facts;
pub(crate) mod follow;
mod hide;
mod names;
mod over;
mod parts;
mod question;
mod rows;
mod touch;
mod views;
mod wall;

use std::sync::Arc;

use rules::figures::{Figure, Period};
use rules::ids::CommunityId;

use crate::follow::Follower;
use crate::net::CommunityNet;
use crate::{Error, House, task};

use count::{Cell, Sums, View};
use hide::{Beside, Kept, Neighbours, both};
use parts::Parts;
use question::Choice;
use views::Views;

pub use books::{Books, MEMORY};
pub use count::Figures;
pub use facts::{Judge, Told};
pub use question::{By, Hands, Question};
pub use rows::{Counted, PAGE, Rows, newest_rows, rows};
pub use touch::can_tell;
pub use wall::{Day, GridCount, Wall, seq, wall};

/// What a question comes to.
#[derive(Debug, Clone)]
pub struct Answer {
    /// All cases together.
    pub all: Figures,
    /// The same of the period directly before; none where the calendar has none.
    pub before: Option<Figures>,
    /// The same of the same days a year before.
    pub year_before: Option<Figures>,
    /// The parts of the split, in the order of their codes or of time.
    pub parts: Vec<Figures>,
    /// Entries of the journal that are not counted yet; 0 but for moments, or while everything is counted anew.
    pub behind: i64,
}

/// The figures of a period, with those it is compared to.
///
/// # Errors
/// `NotFound` for an unknown community or grid.
#[task]
pub async fn figures(
    house: &House,
    community: CommunityId,
    question: &Question,
) -> Result<Answer, Error> {
    let head = house.store.reader().journal_head(community).await?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let plan = Plan::of(net, question);
    let (book, views) = over::over(house, community, || plan.views()).await?;
    let behind = (head - book.seq).max(0);
    Ok(plan.answer(views.counted(), behind))
}

/// What is counted for a question.
struct Plan<'a> {
    net: &'a Arc<CommunityNet>,
    question: &'a Question,
    /// The periods that the asked one is compared to: directly before, and a year before.
    before: Option<Period>,
    year_before: Option<Period>,
    /// The periods of a split in time.
    times: Vec<Period>,
    beside: Vec<Beside>,
}

impl<'a> Plan<'a> {
    fn of(net: &'a Arc<CommunityNet>, question: &'a Question) -> Self {
        let times = match question.by {
            Some(By::Time(length)) => question.period.split(length),
            _ => Vec::new(),
        };
        Self {
            net,
            question,
            before: question.period.before().ok(),
            year_before: question.period.year_before().ok(),
            times,
            beside: Beside::of(net, question),
        }
    }

    /// The asked period and those it is compared to.
    fn periods(&self) -> Vec<Period> {
        let compared = self.before.into_iter().chain(self.year_before);
        std::iter::once(self.question.period)
            .chain(compared)
            .collect()
    }

    /// By what the cases are split, if not in time.
    fn by(&self) -> Option<By> {
        let by = self.question.by;
        by.filter(|by| !matches!(by, By::Time(_)))
    }

    /// First the whole and what it is compared to, then the split if there is one, then the splits beside the whole, then
    /// those beside each part.
    fn views(&self) -> Result<Views, Error> {
        let (question, periods) = (self.question, self.periods());
        let choice = || Choice::of(self.net, question);
        let parts = |by| Parts::new(self.net, question, by);
        // The parts of a split by code are the whole, so it is not counted twice.
        let (own, compared) = periods.split_at(usize::from(self.by().is_none()));
        let compared = &compared[usize::from(self.by().is_some())..];
        let mut views = vec![View::times(choice()?, own, compared)];
        match self.by() {
            Some(by) => views.push(View::split(choice()?, parts(by), question.period)),
            None if self.times.is_empty() => {}
            None => views.push(View::times(choice()?, &self.times, &[])),
        }
        let mut all = [periods, self.times.clone()].concat();
        if self.by().is_some() {
            // Those beside each part are the whole, too.
            all.remove(0);
        }
        for beside in &self.beside {
            views.push(beside.view(self.net, &all)?);
        }
        if let Some(by) = self.by() {
            for beside in &self.beside {
                views.push(beside.within(self.net, parts(by), by)?);
            }
        }
        Ok(Views::new(views))
    }

    fn answer(&self, views: Vec<View>, behind: i64) -> Answer {
        let mut views = views;
        if self.by().is_some() {
            let (first, of_parts) = views.split_at_mut(2 + self.beside.len());
            let of_whole = first[2..].iter_mut();
            of_whole
                .zip(of_parts)
                .for_each(|(view, within)| view.begin_with(within));
        }
        let mut views = views.into_iter();
        let mut whole = views.next().map(|view| view.cells).unwrap_or_default();
        let split = self.question.by.and_then(|_| views.next());
        let (of_whole, of_parts) = views.as_slice().split_at(self.beside.len());
        let of_whole = self.beside(of_whole);
        let mut sums: Vec<Sums> = whole.iter_mut().map(Cell::take).collect();
        if let Some(split) = split.as_ref().filter(|_| self.by().is_some()) {
            let all = split.cells.first().map(|cell| Sums::all(&cell.sums));
            sums.insert(0, all.unwrap_or_default());
        }
        let kept: Vec<Kept> = (0..)
            .zip(&sums)
            .map(|(at, sums)| of_whole.kept(sums, at, None))
            .collect();
        let of_period = kept.first().copied().unwrap_or_default();
        let parts = match split {
            None => Vec::new(),
            Some(split) if self.by().is_none() => {
                let first = self.periods().len();
                let alone = |sums: &Sums, at| of_whole.kept(sums, first + at, None);
                times(split, alone, &of_period, &of_whole)
            }
            Some(split) => part_by_part(split, &self.beside(of_parts), &of_period),
        };
        let each = sums.into_iter().zip(self.periods()).zip(kept);
        let mut shown = each.map(|((sums, period), kept)| {
            let least = of_whole.least(None);
            sums.figures(None, period, |figure| kept[figure as usize], least)
        });
        let all = shown.next();
        Answer {
            all: all.unwrap_or_else(|| none(self.question.period)),
            before: self.before.and_then(|_| shown.next()),
            year_before: self.year_before.and_then(|_| shown.next()),
            parts,
            behind,
        }
    }

    fn beside<'b>(&'b self, views: &'b [View]) -> Neighbours<'b> {
        Neighbours {
            net: self.net,
            question: self.question,
            beside: &self.beside,
            views,
            fewest: self.net.settings.figures.fewest(),
        }
    }
}

fn none(period: Period) -> Figures {
    Sums::default().figures(None, period, |_| None, 0)
}

/// The parts of a split in time, as far as they may be shown.
fn times(
    mut split: View,
    alone: impl Fn(&Sums, usize) -> Kept,
    whole: &Kept,
    neighbours: &Neighbours<'_>,
) -> Vec<Figures> {
    let sums: Vec<_> = split.cells.iter_mut().map(Cell::take).collect();
    let kept = neighbours.kept_of_times(&sums, whole);
    let each = split.cells.iter().zip(sums).zip(kept).enumerate();
    each.map(|(at, ((cell, sums), kept))| {
        let kept = both(&kept, &alone(&sums, at));
        let named = cell.period.first().to_string();
        let kept = |figure: Figure| kept[figure as usize];
        sums.figures(Some(named), cell.period, kept, neighbours.least(None))
    })
    .collect()
}

/// The parts of a split in the order of their codes, as far as they may be shown.
fn part_by_part(split: View, neighbours: &Neighbours<'_>, whole: &Kept) -> Vec<Figures> {
    let cell = split.cells.into_iter().next();
    let Some((parts, mut cell)) = split.parts.zip(cell) else {
        return Vec::new();
    };
    let kept = neighbours.kept_of_parts(&cell.sums, whole, &parts.touching());
    let mut found = Vec::new();
    for (code, number) in parts.in_order() {
        let Some(sums) = cell.sums.get_mut(number).map(std::mem::take) else {
            continue;
        };
        if !sums.is_empty() {
            let kept = both(&kept[number], &neighbours.kept(&sums, 0, Some(code)));
            let kept = |figure: Figure| kept[figure as usize];
            let least = neighbours.least(Some(code));
            found.push(sums.figures(Some(code.clone()), cell.period, kept, least));
        }
    }
    found
}

/// How far into the journal the figures of a community surely reach.
///
/// # Errors
/// What the store says.
#[task]
pub async fn counted_to(house: &House, community: CommunityId) -> Result<i64, Error> {
    let reader = house.store.reader();
    Ok(reader.cursor(Follower::Figures.name(), community).await?)
}
