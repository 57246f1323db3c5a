//! What somebody can choose from when taking a step: whom to give it to, with the reason of the suggestion; categories
//! that the reporter's words suggest; filing conditions.

use rules::case::{Addressee, Case};
use rules::catalogue::Category;
use rules::ids::{CategoryCode, GridId};
use rules::people::{Department, Reason};
use time::OffsetDateTime;

use crate::net::{CommunityNet, OnDuty};

/// What the step's form offers.
pub struct Choices<'a> {
    /// Whom routing suggests for a task, and why.
    pub suggested: Option<OnDuty>,
    /// Why it is suggested.
    pub reason: Option<Reason>,
    /// Categories that the words suggest, the best first; at most five.
    pub categories: Vec<&'a Category>,
    /// The case's own category.
    pub category: Option<&'a Category>,
}

/// The choices for a case, given the words of its report.
pub fn choices<'a>(
    net: &'a CommunityNet,
    case: &Case,
    words: &str,
    now: OffsetDateTime,
) -> Choices<'a> {
    let catalogue = net.catalogue();
    let category = catalogue
        .zip(case.category.as_ref())
        .and_then(|(catalogue, code)| catalogue.category(code));
    let suggested = duty(net, case.grid, case.category.as_ref(), now);
    Choices {
        reason: suggested.map(|duty| duty.reason),
        suggested,
        categories: catalogue
            .map(|catalogue| catalogue.suggest(words).into_iter().take(5).collect())
            .unwrap_or_default(),
        category,
    }
}

/// Who gets a task by the rules: the department of a fast lane 网格直通车, else the handler the catalogue names, else whoever is on duty for the grid.
fn duty(
    net: &CommunityNet,
    grid: GridId,
    category: Option<&CategoryCode>,
    now: OffsetDateTime,
) -> Option<OnDuty> {
    let lane = category.and_then(|category| net.fast_lane(category, now));
    let handler = || category.and_then(|category| net.handler_for(grid, category, now));
    lane.or_else(handler)
        .or_else(|| net.on_duty(Some(grid), category, now))
}

/// The same, as the one a task is given to.
pub(super) fn routed(
    net: &CommunityNet,
    grid: GridId,
    category: Option<&CategoryCode>,
    now: OffsetDateTime,
) -> Option<Addressee> {
    duty(net, grid, category, now).map(|duty| duty.addressee())
}

/// A member by account name, or a department by its code: then its liaison.
pub(super) fn named(net: &CommunityNet, name: &str, now: OffsetDateTime) -> Option<Addressee> {
    if let Some(department) = department_of(net, name) {
        return net.liaison(department.id, now).map(|duty| duty.addressee());
    }
    let member = net.member_by_code(name)?;
    let post = net.posts_of(member.id).next()?;
    Some(Addressee {
        post: post.id,
        member: member.away_at(now).map_or(member.id, |away| away.deputy),
    })
}

/// A department by its code.
pub(super) fn department_of<'a>(net: &'a CommunityNet, code: &str) -> Option<&'a Department> {
    net.departments().find(|department| department.code == code)
}
