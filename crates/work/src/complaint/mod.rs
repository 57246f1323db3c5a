//! Complaints about somebody who works here: told like a report, with a receipt of their own, and seen only by those whom
//! `rules::complaint::sees` lets through. Who may not see one finds nothing, by whatever name it is looked for.

mod along;
mod back;
mod before;
mod first;
mod leads;
mod pass;
mod reader;
mod report;
mod seal;
mod see;
mod sight;
mod step;
mod tell;
mod turn;
mod unseen;

pub use along::Along;
pub use before::{Before, CaseStep, Later};
pub(crate) use first::{alone, told_by_nobody};
pub use first::{of_first, told_by};
pub use leads::open_leads;
pub(crate) use reader::{Hands, new_readers, spare, speak_of_one, spoken_of_in, strangers_to};
pub(crate) use reader::{names_of_owners, names_of_readers, names_of_workers};
pub use see::{
    Contact, Happened, Note, Page, Passed, Progress, file, page, progress, reveal, words,
};
pub use sight::{Listed, list};
pub(crate) use sight::{concerns, within};
pub use step::{StepForm, in_time, step};
pub(crate) use tell::Telling;
pub use tell::{Form, Receipt, offered, open, receipt, tell};
pub(crate) use turn::became;
pub use turn::{TurnForm, turn};
pub use unseen::{Rounds, tick, without_reader};

use rules::complaint::{Complaint, Deed, Line, line};
use rules::ids::GridId;
use rules::journal::Event;
use store::journal::Note as JournalNote;

use crate::Asker;
use crate::net::CommunityNet;

/// Everybody concerned by a complaint; nobody while it names nobody.
fn line_of(net: &CommunityNet, complaint: &Complaint, now: time::OffsetDateTime) -> Line {
    let way = |grid: GridId| net.way(grid).iter().map(|grid| grid.id).collect();
    complaint
        .about
        .and_then(|about| net.member(about))
        .map(|about| line(about, net.posts(), way, now))
        .unwrap_or_default()
}

/// The journal's entry; it names nobody but the doer.
fn note(asker: &Asker, complaint: &Complaint, deed: Deed) -> JournalNote {
    JournalNote {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(complaint.id.0),
        event: Event::Complaint(deed),
    }
}
