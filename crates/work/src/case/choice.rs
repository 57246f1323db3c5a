//! What somebody can choose from when taking a step: whom to give it to, with the reason of the suggestion; categories
//! that the reporter's words suggest; filing conditions.

use rules::case::{Addressee, Case, CommandName, Ladder, Tier};
use rules::catalogue::Category;
use rules::people::{Department, Post, Reason};
use rules::routing::Rule;
use time::OffsetDateTime;

use super::command::works;
use super::terms::filed_under;
use crate::net::{CommunityNet, OnDuty, Question};

/// What the step's form offers.
pub struct Choices<'a> {
    /// Whom routing suggests for a task, and why.
    pub suggested: Option<OnDuty>,
    /// Why it is suggested.
    pub reason: Option<Reason>,
    /// The routing rule that suggests it, if one does.
    pub rule: Option<&'a Rule>,
    /// Categories that the words suggest, the best first; at most five.
    pub categories: Vec<&'a Category>,
    /// The case's own category.
    pub category: Option<&'a Category>,
    /// Whether a result that says solved needs a photo, as the condition asks it under which the case was filed.
    pub photo_needed: bool,
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
    let routed = net.route(&Question::of(case, words, now));
    let suggested = routed.map(|routed| routed.duty);
    Choices {
        reason: suggested.map(|duty| duty.reason),
        suggested,
        rule: routed.and_then(|routed| net.routing.rule(routed.rule?)),
        categories: catalogue
            .map(|catalogue| catalogue.suggest(words).into_iter().take(5).collect())
            .unwrap_or_default(),
        category,
        photo_needed: filed_under(net, case).is_some_and(|row| row.photo_needed),
    }
}

/// A member by account name, or a department by its code: then its liaison.
pub(super) fn named(net: &CommunityNet, name: &str, now: OffsetDateTime) -> Option<Addressee> {
    seat_of(net, name, |_| true, now)
}

/// The same for a case: of somebody with several posts the one that serves its grid.
pub(super) fn named_for(
    net: &CommunityNet,
    case: &Case,
    name: &str,
    now: OffsetDateTime,
) -> Option<Addressee> {
    let serves = |post: &Post| net.is_on_the_way(post.id, case.grid);
    seat_of(net, name, serves, now)
}

fn seat_of(
    net: &CommunityNet,
    name: &str,
    fits: impl Fn(&Post) -> bool,
    now: OffsetDateTime,
) -> Option<Addressee> {
    if let Some(department) = department_of(net, name) {
        return net.liaison(department.id, now).map(|duty| duty.addressee());
    }
    // while they are away somebody stands in, and where nobody can it waits for them
    let member = net.member_by_code(name)?.id;
    let fitting = net.posts_of(member).find(|post| fits(post));
    let post = fitting.or_else(|| net.posts_of(member).next())?.id;
    Some(Addressee { post, member })
}

/// Whether a name that a form offers leads to a level where this step can put the case, and to somebody else than has it: a
/// higher one to raise it 上提, a lower one to lower it 下沉, both along the way of its grid. Every other step goes to any level;
/// handing over 移交 goes to anybody but whoever is responsible, and out of the community only where the case
/// is there already or whoever looks leads.
pub fn fits_level(
    net: &CommunityNet,
    case: &Case,
    (step, leads): (CommandName, bool),
    name: &str,
    now: OffsetDateTime,
) -> bool {
    if step == CommandName::HandOver {
        return named_for(net, case, name, now).is_none_or(|to| {
            let outside = net.tier(to.post) == Tier::Subdistrict;
            let stays = leads || !outside || case.tier == Some(Tier::Subdistrict);
            stays && case.owner != Some(to.member)
        });
    }
    if !matches!(step, CommandName::Raise | CommandName::Lower) {
        return true;
    }
    named_for(net, case, name, now).is_some_and(|to| {
        let tier = Some(net.tier(to.post));
        let there = match step {
            CommandName::Raise => tier > case.tier,
            _ => tier < case.tier,
        };
        let near = net.is_on_the_way(to.post, case.grid);
        there && near && works(net, to) && case.owner != Some(to.member)
    })
}

/// A department by its code.
pub(super) fn department_of<'a>(net: &'a CommunityNet, code: &str) -> Option<&'a Department> {
    net.departments().find(|department| department.code == code)
}
