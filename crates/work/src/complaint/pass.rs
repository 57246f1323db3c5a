//! The matter in a complaint goes on as an ordinary case, in the words of whoever looks into the complaint: what the reporter said
//! of somebody stays sealed, and the light is mended all the same. Place, photos and contact go along as chosen; sound does not,
//! for it says what the words say. The case is told as any report and says nothing of the complaint, which goes on with its own
//! life and leads whoever holds its receipt to the case.

use rules::complaint::Complaint;
use rules::grid::Grid;
use rules::privacy::conduct::names_one;
use store::case::AttachmentKind;

use super::report::channel;
use super::seal::Lock;
use super::see::said;
use super::sight::Found;
use super::step::StepForm;
use super::{Along, names_of_owners, names_of_readers};
use crate::net::CommunityNet;
use crate::report::{Attached, Contact, Draft, ReportForm, Where};
use crate::{Error, Fault, House};

/// What goes on, checked and decided before the unit.
///
/// # Errors
/// `Invalid` with every faulty field: words that are missing, too long, or name somebody who would read the case.
pub(super) async fn draft(house: &House, found: &Found, form: StepForm) -> Result<Draft, Error> {
    let (net, complaint) = (&found.net, &found.complaint);
    let grid = grid(net, complaint)?;
    let reader = house.store.reader();
    let lock = Lock::of(house, net.id).await?;
    let sealed = reader.complaint_words(net.id, complaint.id).await?;
    let along = Along::open(&lock, complaint.id, sealed.along)?;
    let category = along.category.clone().filter(|code| net.has_category(code));
    let asker = house.anonymous(net.id);
    let duty = net.on_duty(Some(grid.id), category.as_ref(), asker.now);
    // whoever is responsible reads it, and so does who stands in for them
    let meant = names_of_owners(net, duty.map(|duty| duty.meant), asker.now);
    let there = names_of_owners(net, duty.map(|duty| duty.member), asker.now);
    let owners = meant.chain(there);
    let readers: Vec<&str> = names_of_readers(net, grid.id).chain(owners).collect();
    let told = [
        ("words", form.words.unwrap_or_default()),
        ("place_note", form.place_note.unwrap_or_default()),
    ];
    let named = told
        .iter()
        .filter(|(_, text)| names_one(text, readers.iter().copied()));
    let named: Vec<Fault> = named
        .map(|(field, _)| Fault::new(field, "words-name-a-reader"))
        .collect();
    if !named.is_empty() {
        return Err(Error::Invalid(named));
    }
    let contact = Contact {
        name: said(&lock, complaint.id, "name", sealed.name)?,
        phone: said(&lock, complaint.id, "phone", sealed.phone)?,
        visit_welcome: along.visit_welcome,
        language: along.language.clone(),
        quiet: along.quiet,
    };
    let [(_, words), (_, place_note)] = told;
    let told = ReportForm {
        words,
        place_note,
        place: Where::Grid {
            code: grid.code.as_str().to_owned(),
            point: along.place.filter(|_| form.place),
        },
        category,
        contact: Some(contact).filter(|_| form.contact),
        channel: channel(house, complaint).await?,
        attached: if form.photos {
            photos(house, complaint).await?
        } else {
            Vec::new()
        },
        // whoever looks into the complaint has taken apart what is about somebody
        about_worker: Some(false),
    };
    Draft::of(house, &asker, told).await.map_err(named_here)
}

/// A fault of the words has the name that they have in this form.
fn named_here(error: Error) -> Error {
    let here = |fault: Fault| match fault.field {
        "text" => Fault {
            field: "words",
            ..fault
        },
        _ => fault,
    };
    match error {
        Error::Invalid(faults) => Error::Invalid(faults.into_iter().map(here).collect()),
        other => other,
    }
}

/// Where it was told; a grid that has left the net meanwhile is that of the community.
pub(super) fn grid<'a>(net: &'a CommunityNet, complaint: &Complaint) -> Result<&'a Grid, Error> {
    let grid = net.grid(complaint.grid);
    grid.or_else(|| net.root()).ok_or(Error::NotFound)
}

/// Its photos once more, under the same bytes.
async fn photos(house: &House, complaint: &Complaint) -> Result<Vec<Attached>, Error> {
    let reader = house.store.reader();
    let all = reader
        .complaint_attachments(complaint.community, complaint.id)
        .await?;
    let photos = all
        .into_iter()
        .filter(|one| one.kind == AttachmentKind::Photo);
    let again = photos.map(|one| Attached {
        kind: one.kind,
        blob: one.blob,
        thumbnail: one.thumbnail,
    });
    Ok(again.collect())
}
