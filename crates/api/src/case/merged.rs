//! What was merged into a case, as JSON: what was told there, and what still runs there. Its contacts stay masked; the clear one is
//! asked for by the number of the telling, by whoever works on the case that goes on.

use door::Door;
use door::error::Failure;
use door::moment::Moment;
use rules::ids::MemberId;
use serde::Serialize;
use store::case::Attachment;
use utoipa::ToSchema;
use uuid::Uuid;
use work::Asker;
use work::case::Merged;
use work::net::CommunityNet;
use work::report::MaskedContact;

use super::beside::{self, CaseLeadShape};
use super::detail::{AttachmentShape, attachment, by};
use super::happened::name;
use super::telling::{TellingShape, contacts};
use crate::shape::{GridShape, PointShape};

/// A case that was merged into this one.
#[derive(Serialize, ToSchema)]
pub struct MergedShape<'a> {
    number: String,
    /// Whether the asker finds it under its own number.
    opens: bool,
    grid: Option<GridShape<'a>>,
    location: Option<PointShape>,
    /// Everything that was told of it, the first telling first.
    tellings: Vec<TellingShape<'a>>,
    /// Its photos and sound notes.
    attachments: Vec<AttachmentShape<'a>>,
    /// Its leads that went to enforcement officers, the latest first.
    referrals: Vec<CaseLeadShape<'a>>,
    /// Questions of supervision that wait for an answer there; for roles that read the trail.
    supervision: Vec<AskedThereShape<'a>>,
}

/// A question of supervision about a merged case that waits for its answer.
#[derive(Serialize, ToSchema)]
pub struct AskedThereShape<'a> {
    id: Uuid,
    /// Who owes the answer.
    whom: Option<&'a str>,
    words: &'a str,
    answer_by: Option<Moment>,
}

/// What was merged into a case, each with the masked contacts of its tellings.
pub(super) type TakenUp<'a> = (&'a [Merged], &'a [Vec<Option<MaskedContact>>]);

/// The masked contacts of each case that was merged.
pub(super) async fn contacts_of(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    merged: &[Merged],
) -> Result<Vec<Vec<Option<MaskedContact>>>, Failure> {
    let mut all = Vec::new();
    for one in merged {
        all.push(contacts(door, asker, net, None, &one.reports).await?);
    }
    Ok(all)
}

/// The shapes of what was merged into a case.
pub(super) fn shapes<'a>(
    net: &'a CommunityNet,
    (merged, contacts): TakenUp<'a>,
) -> Vec<MergedShape<'a>> {
    let contacts = contacts.iter().map(Vec::as_slice);
    let contacts = contacts.chain(std::iter::repeat(&[][..]));
    let pairs = merged.iter().zip(contacts);
    pairs
        .map(|(one, contacts)| shape(net, one, contacts))
        .collect()
}

fn shape<'a>(
    net: &'a CommunityNet,
    one: &'a Merged,
    contacts: &'a [Option<MaskedContact>],
) -> MergedShape<'a> {
    let contacts = contacts.iter().map(Option::as_ref);
    let tellings = one
        .reports
        .iter()
        .zip(contacts.chain(std::iter::repeat(None)));
    let waiting = one.supervised.items.iter();
    let waiting = waiting.filter(|said| said.item.is_waiting());
    MergedShape {
        number: one.case.number.to_string(),
        opens: one.opens,
        grid: GridShape::find(net, one.case.grid),
        location: one.case.place.map(Into::into),
        tellings: tellings.map(TellingShape::of).collect(),
        attachments: one
            .attachments
            .iter()
            .map(|photo| attachment(photo, by(net, wrote_down(one, photo))))
            .collect(),
        referrals: beside::leads(net, &one.referrals),
        supervision: waiting
            .map(|said| AskedThereShape {
                id: said.item.id.0,
                whom: name(net, said.item.whom.0),
                words: &said.words,
                answer_by: said.item.answer_by.map(Moment),
            })
            .collect(),
    }
}

/// Who wrote the report down that a photo came with; none for the reporter.
fn wrote_down(one: &Merged, photo: &Attachment) -> Option<MemberId> {
    let mut reports = one.reports.iter();
    let told = reports.find(|report| Some(report.id) == photo.report)?;
    told.entered_by
}
