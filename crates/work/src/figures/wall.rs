//! What the wall shows: counts of one community without people — open and overdue by grid and category, the last thirty
//! days, the latest cases, and the figures of the last full month.

use std::collections::{BTreeMap, HashMap};

use rules::access::Scope;
use rules::case::Case;
use rules::figures::{Figure, Period, Value};
use rules::ids::{CommunityId, GridId};
use store::case::{Filter, Sort};
use time::{Date, Duration, OffsetDateTime};

use super::count::Days;
use super::over::over;
use super::question::Choice;
use super::{Question, counted_to, figures};
use crate::follow::Follower;
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// How many of the latest cases are shown, and among how many they are looked for.
const LATEST: u16 = 12;
const NEWEST: u16 = 60;
/// Days of the trend.
const TREND: i64 = 30;

/// Everything on the wall.
pub struct Wall {
    /// When these numbers were true.
    pub at: OffsetDateTime,
    /// The last entry of the journal they contain.
    pub seq: i64,
    /// Received since midnight.
    pub received_today: u64,
    /// Open now.
    pub open: u64,
    /// Open and past their deadline.
    pub overdue: u64,
    /// The last full month.
    pub month: Period,
    /// Its figures.
    pub figures: Vec<(Figure, Value)>,
    /// Open and overdue in each grid with everything below it, in the order of the net.
    pub grids: Vec<GridCount>,
    /// The same by category code; the class of the catalogue gives its name.
    pub categories: Vec<(String, u64, u64)>,
    /// One entry a day, oldest first.
    pub trend: Vec<Day>,
    /// Newest first, without those of categories that concern persons: a moment and a micro-grid are enough to know whose one is.
    /// The counts have them.
    pub latest: Vec<Case>,
}

/// A grid's count.
pub struct GridCount {
    /// Which grid.
    pub grid: GridId,
    /// Open in it and below.
    pub open: u64,
    /// Of those past their deadline.
    pub overdue: u64,
}

/// A day's count.
pub struct Day {
    /// The day.
    pub day: Date,
    /// Received.
    pub received: u64,
    /// Closed.
    pub closed: u64,
}

/// The wall of a community.
///
/// # Errors
/// `NotFound` if there is no such community.
#[task]
pub async fn wall(house: &House, community: CommunityId) -> Result<Wall, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let (reader, now) = (house.store.reader(), house.clock.now());
    // The journal first: numbers may then contain more than they say, never less.
    let seq = seq(house, community).await?;
    let counts = reader.counts(community, &[]).await?;
    let mut tally = Tally::default();
    for count in counts.iter().filter(|count| count.state.is_open()) {
        tally.add(net, count.grid, &count.category, count.n, 0);
    }
    for (grid, category, n) in reader.overdue(community, now).await? {
        tally.add(net, grid, &category, 0, n);
    }
    let month = last_full_month(net, now)?;
    let figures = figures(house, community, &Question::of(month)).await?;
    let trend = trend(house, net, now).await?;
    let latest = reader
        .cases(
            &Scope::Community(community),
            community,
            &Filter::default(),
            Sort::Newest,
            NEWEST,
            None,
        )
        .await?;
    let shown = |case: &Case| {
        let category = case.category.as_ref();
        category.is_none_or(|code| net.settings.duplicate.is_open(code))
    };
    let latest = latest.rows.into_iter().map(|row| row.case).filter(shown);
    Ok(Wall {
        at: now,
        seq,
        received_today: trend.last().map_or(0, |day| day.received),
        open: tally.open,
        overdue: tally.overdue,
        month,
        figures: figures.all.values,
        grids: tally.grids(net),
        categories: tally
            .categories
            .into_iter()
            .map(|(code, (open, overdue))| (code, open, overdue))
            .collect(),
        trend,
        latest: latest.take(usize::from(LATEST)).collect(),
    })
}

fn last_full_month(net: &CommunityNet, now: OffsetDateTime) -> Result<Period, Error> {
    let today = net.calendar.local(now).date();
    let last = today - Duration::days(i64::from(today.day()));
    Period::month(last.year(), last.month(), net.calendar.local(now).offset())
        .map_err(|error| Error::Unavailable(error.to_string()))
}

/// The last entry that is in all of a wall's numbers.
///
/// # Errors
/// What the store says.
#[task]
pub async fn seq(house: &House, community: CommunityId) -> Result<i64, Error> {
    let tallies = Follower::Tallies.name();
    let tallied = house.store.reader().cursor(tallies, community).await?;
    Ok(tallied.min(counted_to(house, community).await?))
}

async fn trend(house: &House, net: &CommunityNet, now: OffsetDateTime) -> Result<Vec<Day>, Error> {
    let now = net.calendar.local(now);
    let first = now.date() - Duration::days(TREND - 1);
    let period = Period::days(first, now.date(), now.offset())
        .map_err(|error| Error::Unavailable(error.to_string()))?;
    let question = Question::of(period);
    let make = || Ok(Days::new(Choice::of(net, &question)?, &period));
    let (_, days) = over(house, net.id, make).await?;
    Ok(days
        .dated()
        .map(|(day, received, closed)| Day {
            day,
            received,
            closed,
        })
        .collect())
}

/// Sums on their way up the tree.
#[derive(Default)]
struct Tally {
    open: u64,
    overdue: u64,
    by_grid: HashMap<GridId, (u64, u64)>,
    categories: BTreeMap<String, (u64, u64)>,
}

impl Tally {
    fn add(&mut self, net: &CommunityNet, grid: GridId, category: &str, open: i64, overdue: i64) {
        let (open, overdue) = (
            u64::try_from(open).unwrap_or(0),
            u64::try_from(overdue).unwrap_or(0),
        );
        self.open += open;
        self.overdue += overdue;
        for grid in net.way(grid) {
            let sum = self.by_grid.entry(grid.id).or_default();
            *sum = (sum.0 + open, sum.1 + overdue);
        }
        let sum = self.categories.entry(category.to_owned()).or_default();
        *sum = (sum.0 + open, sum.1 + overdue);
    }

    fn grids(&self, net: &CommunityNet) -> Vec<GridCount> {
        let governance = net.grids().filter(|grid| grid.scheme.is_governance());
        governance
            .map(|grid| {
                let (open, overdue) = self.by_grid.get(&grid.id).copied().unwrap_or_default();
                GridCount {
                    grid: grid.id,
                    open,
                    overdue,
                }
            })
            .collect()
    }
}
