//! The key figures of a period, each with its definition, numerator, denominator and the way to its rows. What counts in
//! which figure stands in `rules::figures`; here cases become facts. Counts for the wall come from the kept tallies.

mod facts;
mod wall;

use std::collections::BTreeMap;

use rules::access::{Action, Scope, may};
use rules::figures::{CaseFacts, Figure, Part, Period, Value};
use rules::ids::{CommunityId, GridId};
use store::case::{Filter, Listed};

use crate::net::CommunityNet;
use crate::{Asker, Error, House};

pub use facts::facts;
pub use wall::{Day, GridCount, Wall, wall};

/// By what the figures are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The class of the category 大类.
    Category,
    /// The department the task lies with.
    Department,
    /// On which way it came.
    Channel,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The days.
    pub period: Period,
    /// The root of the grid subtree; none for the whole community.
    pub grid: Option<GridId>,
    /// How to split.
    pub by: Option<By>,
}

/// Figures of one part of the cases.
#[derive(Debug, Clone)]
pub struct Figures {
    /// What the part is named by; none for all together.
    pub part: Option<String>,
    /// Each figure with its value.
    pub values: Vec<(Figure, Value)>,
}

/// The figures that are shown. The response rate is not: whether a reporter could be reached is not known of every case.
pub const SHOWN: [Figure; 14] = [
    Figure::Closing,
    Figure::OnTimeClosing,
    Figure::Handling,
    Figure::OnTimeHandling,
    Figure::Rework,
    Figure::Filing,
    Figure::AccurateFiling,
    Figure::OnTimeDispatch,
    Figure::AccurateDispatch,
    Figure::Resolution,
    Figure::Satisfaction,
    Figure::Participation,
    Figure::ProactiveDiscovery,
    Figure::YearOnYear,
];

/// The figures of a period; the needs solved come last.
///
/// # Errors
/// `NotFound` for an unknown grid.
pub async fn figures(
    house: &House,
    community: CommunityId,
    question: &Question,
) -> Result<Vec<Figures>, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let cases = cases_of(house, net, question).await?;
    let mut parts: BTreeMap<Option<String>, Vec<CaseFacts>> = BTreeMap::from([(None, Vec::new())]);
    for listed in &cases {
        let facts = facts(net, &listed.case);
        parts.entry(None).or_default().push(facts);
        if let Some(by) = question.by {
            parts
                .entry(Some(part(net, listed, by)))
                .or_default()
                .push(facts);
        }
    }
    Ok(parts
        .into_iter()
        .map(|(part, facts)| Figures {
            part,
            values: values(&facts, &question.period),
        })
        .collect())
}

fn values(facts: &[CaseFacts], period: &Period) -> Vec<(Figure, Value)> {
    let shown = SHOWN.into_iter().chain([Figure::NeedsSolved]);
    shown
        .map(|figure| (figure, figure.of(facts, period)))
        .collect()
}

fn part(net: &CommunityNet, listed: &Listed, by: By) -> String {
    match by {
        By::Category => {
            let category = listed.case.category.as_ref();
            let found = category
                .zip(net.catalogue())
                .and_then(|(code, catalogue)| catalogue.category(code));
            found.map_or_else(String::new, |category| {
                category.class_code.as_str().to_owned()
            })
        }
        By::Department => {
            let department = listed.department.and_then(|id| net.department(id));
            department.map_or_else(String::new, |department| department.code.clone())
        }
        By::Channel => listed.case.channel.as_str().to_owned(),
    }
}

/// The cases behind a figure's numerator or denominator: the way to its rows.
///
/// # Errors
/// `Forbidden` for a role that lists no cases; `NotFound` for an unknown grid.
pub async fn rows(
    house: &House,
    asker: &Asker,
    question: &Question,
    figure: Figure,
    of: Part,
) -> Result<Vec<Listed>, Error> {
    let allowed = asker
        .role()
        .is_some_and(|role| may(role, Action::ListCases));
    let community = asker
        .community()
        .filter(|_| allowed)
        .ok_or(Error::Forbidden)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let mut cases = cases_within(house, &asker.scope, net, question).await?;
    cases.retain(|listed| {
        let is = figure.part(&facts(net, &listed.case), &question.period);
        is == of || (of == Part::Denominator && is == Part::Numerator)
    });
    Ok(cases)
}

/// Counts without people are for everybody of the house, so the scope is the whole community.
async fn cases_of(
    house: &House,
    net: &CommunityNet,
    question: &Question,
) -> Result<Vec<Listed>, Error> {
    cases_within(house, &Scope::Community(net.id), net, question).await
}

async fn cases_within(
    house: &House,
    scope: &Scope,
    net: &CommunityNet,
    question: &Question,
) -> Result<Vec<Listed>, Error> {
    let grids = match question.grid {
        Some(grid) => {
            net.grid(grid).ok_or(Error::NotFound)?;
            net.subtree(grid)
        }
        None => Vec::new(),
    };
    let filter = Filter {
        grids,
        ..Filter::default()
    };
    let (reader, period) = (house.store.reader(), &question.period);
    let mut cases = reader
        .cases_of_period(scope, net.id, &filter, period.start(), period.end())
        .await?;
    if let Ok(before) = period.year_before() {
        let earlier = Filter {
            from: Some(before.start()),
            to: Some(before.end()),
            ..filter
        };
        cases.extend(
            reader
                .cases_of_period(scope, net.id, &earlier, before.start(), before.end())
                .await?,
        );
    }
    cases.sort_by_key(|listed| listed.case.id);
    cases.dedup_by_key(|listed| listed.case.id);
    Ok(cases)
}
