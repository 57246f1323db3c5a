//! What stood on the case that a complaint was before, as JSON: what reporters said later and what was done, for those who look
//! into it.

use door::moment::Moment;
use rules::case::{Deed, Satisfaction};
use rules::ids::MemberId;
use serde::Serialize;
use utoipa::ToSchema;
use work::complaint::{CaseStep, Page};

/// Something that a reporter said on the case that a complaint was before.
#[derive(Serialize, ToSchema)]
pub struct SaidLaterShape<'a> {
    at: Moment,
    /// At which step: `answer`, `reopen`, `rate`, or `visit` for what was heard of them.
    step: &'static str,
    words: &'a str,
}

/// A step of the case that a complaint was before.
#[derive(Serialize, ToSchema)]
pub struct CaseBeforeShape<'a> {
    at: Moment,
    /// What happened, as in the trail of a case.
    deed: &'a str,
    /// Where the case stood then.
    state: &'a str,
    /// Who did it; none for a reporter and for time itself.
    actor: Option<&'a str>,
    /// In which role.
    role: &'a str,
    /// Of `rated` and `visited`: whether it was solved for the reporter.
    #[serde(skip_serializing_if = "Option::is_none")]
    solved: Option<bool>,
    /// Of `rated` and `visited`: how content the reporter was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    satisfaction: Option<Satisfaction>,
    /// What was written.
    words: Vec<&'a str>,
}

/// What reporters said later.
pub(super) fn later(page: &Page) -> Vec<SaidLaterShape<'_>> {
    let later = page.before.later.iter().map(|said| SaidLaterShape {
        at: Moment(said.at),
        step: said.step.as_str(),
        words: &said.words,
    });
    later.collect()
}

/// What was done.
pub(super) fn steps(page: &Page) -> Vec<CaseBeforeShape<'_>> {
    page.before
        .steps
        .iter()
        .map(|step| shape(page, step))
        .collect()
}

fn shape<'a>(page: &'a Page, step: &'a CaseStep) -> CaseBeforeShape<'a> {
    let (solved, satisfaction) = match &step.event.deed {
        Deed::Rated { rating, .. } => (Some(rating.solved), Some(rating.satisfaction)),
        Deed::Visited {
            solved,
            satisfaction,
            ..
        } => (Some(*solved), *satisfaction),
        _ => (None, None),
    };
    let name = |one: MemberId| Some(page.net.member(one)?.name.as_str());
    CaseBeforeShape {
        at: Moment(step.at),
        deed: step.event.deed.name(),
        state: step.event.to.as_str(),
        actor: step.actor.and_then(name),
        role: &step.role,
        solved,
        satisfaction,
        words: step.words.iter().map(String::as_str).collect(),
    }
}
