//! What was merged into the case on the page, for whoever works on it: what was told there, how to reach who told it, and what
//! still runs there.

use store::case::{Attachment, AttachmentKind};
use work::case::{CasePage, Merged};

use super::show::{Contact, File, Other, Revealed, Telling, contact_of, telling};
use super::words::place;
use crate::Door;
use crate::error::Failure;
use crate::locale::Clockwork;
use crate::referral::{Lead, lead};
use crate::supervision::{Waiting, waiting};
use crate::workbench::Office;

/// A case that was merged into another one.
pub struct TakenUp {
    /// Its number.
    pub number: String,
    /// Whether its own page opens.
    pub opens: bool,
    /// Where it is.
    pub place: String,
    /// What was told.
    pub tellings: Vec<Telling>,
    /// Photos that came along.
    pub photos: Vec<File>,
    /// Sound notes that came along.
    pub sounds: Vec<File>,
    /// How to reach whoever told it, where they said.
    pub contacts: Vec<Other>,
    /// Its leads that went to enforcement officers.
    pub leads: Vec<Lead>,
    /// Questions of supervision that wait for an answer.
    pub waiting: Vec<Waiting>,
}

/// What was merged into a case.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn taken_up(
    door: &Door,
    office: &Office,
    case: &CasePage,
    revealed: Option<&Revealed>,
) -> Result<Vec<TakenUp>, Failure> {
    let mut all = Vec::new();
    for one in &case.merged {
        let told = one.reports.iter();
        all.push(TakenUp {
            number: one.case.number.to_string(),
            opens: one.opens,
            place: place(office, one.case.grid),
            tellings: told.map(|report| telling(office, report)).collect(),
            photos: files(office, case, one, |kind| {
                matches!(kind, AttachmentKind::Photo)
            }),
            sounds: files(office, case, one, |kind| {
                matches!(kind, AttachmentKind::Sound(_))
            }),
            contacts: contacts(door, office, case, one, revealed).await?,
            leads: one.referrals.iter().map(|one| lead(office, one)).collect(),
            waiting: waiting(office, &one.supervised),
        });
    }
    Ok(all)
}

fn files(
    office: &Office,
    case: &CasePage,
    one: &Merged,
    wanted: fn(&AttachmentKind) -> bool,
) -> Vec<File> {
    let wanted = one.attachments.iter().filter(|file| wanted(&file.kind));
    let label = office.page.t.text("similar-merged-photo");
    let file = |(at, file): (usize, &Attachment)| File {
        href: format!("/cases/{}/attachments/{}", case.case.number, file.id),
        label: format!("{label} {}", at + 1),
    };
    wanted.enumerate().map(file).collect()
}

/// Whoever told it and left a contact; it is asked for by the number of their own telling.
async fn contacts(
    door: &Door,
    office: &Office,
    case: &CasePage,
    one: &Merged,
    revealed: Option<&Revealed>,
) -> Result<Vec<Other>, Failure> {
    let t = office.page.t;
    let mut contacts = Vec::new();
    for report in &one.reports {
        let contact = contact_of(door, office, case, report, revealed).await?;
        if matches!(contact, Contact::None) {
            continue;
        }
        let channel = t.text(format!("case-channel-{}", report.channel.as_str()));
        let what = t.say("cases-contact-other").with("channel", channel);
        contacts.push(Other {
            what: what.with("when", t.moment(report.received_at)).to_string(),
            href: format!("/cases/{}/contact", report.number),
            contact,
        });
    }
    Ok(contacts)
}
