//! What was done about a complaint, as JSON: who did it and when, with the notes that were kept. For those who look into it; whoever told
//! it reads what was done and nobody's name.

use door::moment::Moment;
use rules::complaint::Deed;
use rules::ids::MemberId;
use serde::Serialize;
use utoipa::ToSchema;
use work::complaint::{Happened, Note, Page};

/// A step of a complaint.
#[derive(Serialize, ToSchema)]
pub struct ComplaintStepShape<'a> {
    at: Moment,
    /// `received`, `named`, `taken`, `noted`, `answered`, `closed`, `reported` or `passed`.
    deed: &'static str,
    /// Who did it; none for a resident.
    actor: Option<&'a str>,
    /// In which role.
    role: &'a str,
    /// Of `answered`: what it came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// Of `noted` and `reported`: the note, one of `notes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
}

/// What was done, in order.
pub(super) fn trail(page: &Page) -> Vec<ComplaintStepShape<'_>> {
    let steps = page.trail.iter().map(|happened| ComplaintStepShape {
        at: Moment(happened.at),
        deed: happened.deed.name(),
        actor: happened.actor.and_then(|actor| name(page, actor)),
        role: &happened.role,
        outcome: match happened.deed {
            Deed::Answered { outcome } => Some(outcome.as_str()),
            _ => None,
        },
        words: words(page, happened),
    });
    steps.collect()
}

/// What was written with a step: a note is kept in the same moment as its step.
fn words<'a>(page: &'a Page, happened: &Happened) -> Option<&'a str> {
    if !matches!(happened.deed, Deed::Noted | Deed::Reported) {
        return None;
    }
    let of_step = |note: &&Note| note.at == happened.at && happened.actor == Some(note.by);
    let note = page.notes.iter().find(of_step)?;
    Some(&note.words)
}

fn name(page: &Page, member: MemberId) -> Option<&str> {
    let member = page.net.member(member)?;
    Some(member.name.as_str())
}
