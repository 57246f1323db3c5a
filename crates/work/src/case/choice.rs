//! What somebody can choose from when taking a step: whom to give it to, with the reason of the suggestion; categories
//! that the reporter's words suggest; filing conditions.

use rules::case::{Addressee, Case, CommandName, Ladder};
use rules::catalogue::Category;
use rules::people::{Department, Reason};
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
    if let Some(department) = department_of(net, name) {
        return net.liaison(department.id, now).map(|duty| duty.addressee());
    }
    let member = net.member_by_code(name)?;
    let post = net.posts_of(member.id).next()?;
    // where nobody who stands in can do it, it waits for whoever was named
    let there = net.at_post(post, now).map(|duty| duty.addressee());
    Some(there.unwrap_or(Addressee {
        post: post.id,
        member: member.id,
    }))
}

/// Whether a name that a form offers leads to a level where this step can put the case, and to somebody else than has it: a
/// higher one to raise it 上提, a lower one to lower it 下沉. Every other step goes to any level; handing over 移交 goes to
/// anybody but whoever has it, themselves or as a deputy.
pub fn fits_level(
    net: &CommunityNet,
    case: &Case,
    step: CommandName,
    name: &str,
    now: OffsetDateTime,
) -> bool {
    if step == CommandName::HandOver {
        return named(net, name, now).is_none_or(|to| case.owner != Some(to.member));
    }
    if !matches!(step, CommandName::Raise | CommandName::Lower) {
        return true;
    }
    named(net, name, now).is_some_and(|to| {
        let tier = Some(net.tier(to.post));
        let there = match step {
            CommandName::Raise => tier > case.tier,
            _ => tier < case.tier,
        };
        there && works(net, to) && case.owner != Some(to.member)
    })
}

/// A department by its code.
pub(super) fn department_of<'a>(net: &'a CommunityNet, code: &str) -> Option<&'a Department> {
    net.departments().find(|department| department.code == code)
}
