//! What is wrong with a report, before anything of it is received: every fault of its words, its place and its category at
//! once, as far as somebody could read what was sent.

use rules::ids::{CategoryCode, GridId};
use rules::privacy::conduct::{is_of_a_worker, names_one_of};
use store::case::AttachmentKind;

use super::Where;
use super::receive::{PLACE_NOTE_MAX, ReportForm, WORDS_MAX};
use crate::complaint::{names_of_readers, names_of_workers};
use crate::net::{CommunityNet, Net};
use crate::{Error, Fault};

/// The fault of what may be about somebody who works here, as long as nobody said whether it is.
pub(super) const UNSAID: &str = "about-worker-unsaid";

/// What somebody tells, as far as it could be read.
pub struct Said<'a> {
    /// The words.
    pub words: &'a str,
    /// Words on where it is.
    pub place_note: &'a str,
    /// Whether a sound note says what the words do not.
    pub has_sound: bool,
    /// Whether it is about how somebody behaved who works here; none if nobody was asked.
    pub about_worker: Option<bool>,
    /// Where it is; none where that could not be read, and is told elsewhere.
    pub place: Option<&'a Where>,
    /// The category, if one was chosen.
    pub category: Option<&'a CategoryCode>,
}

impl<'a> Said<'a> {
    pub(super) fn of(form: &'a ReportForm) -> Self {
        let is_sound = |kind| kind != AttachmentKind::Photo;
        let mut attached = form.attached.iter();
        Self {
            words: &form.words,
            place_note: &form.place_note,
            has_sound: attached.any(|attached| is_sound(attached.kind)),
            about_worker: form.about_worker,
            place: Some(&form.place),
            category: form.category.as_ref(),
        }
    }
}

/// Everything that is wrong with it, in the order of a report's fields.
pub fn faults(net: &Net, said: &Said<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if said.words.trim().is_empty() && !said.has_sound {
        faults.push(Fault::new("text", "text-missing"));
    }
    if said.words.chars().count() > WORDS_MAX {
        faults.push(Fault::new("text", "text-too-long"));
    }
    let site = said.place.map(|place| place.find(net));
    if let Some(Err(Error::Invalid(of_the_place))) = &site {
        faults.extend(of_the_place.iter().cloned());
    }
    if said.place_note.chars().count() > PLACE_NOTE_MAX {
        faults.push(Fault::new("place_note", "place-note-too-long"));
    }
    let site = site.and_then(Result::ok);
    let community = site.as_ref().map(|site| &*site.community);
    if said
        .category
        .is_some_and(|code| !is_known(net, community, code))
    {
        faults.push(Fault::new("category", "category-unknown"));
    }
    let grid = site.as_ref().map(|site| site.grid.id);
    faults.extend(conduct(said, community.zip(grid)));
    faults
}

/// Whether the catalogue of the community has a category; as long as nobody knows which community it is, whether any has.
fn is_known(net: &Net, community: Option<&CommunityNet>, code: &CategoryCode) -> bool {
    match community {
        Some(community) => community.has_category(code),
        None => net
            .communities()
            .any(|community| community.has_category(code)),
    }
}

/// Whether what somebody tells sounds like a complaint about somebody who works here, names somebody who would read it as a
/// report of this grid, or says how somebody behaved who works anywhere in the community: a case goes from hand to hand.
pub fn speaks_of_a_worker(
    at: Option<(&CommunityNet, GridId)>,
    words: &str,
    place_note: &str,
) -> bool {
    if is_of_a_worker(words) || is_of_a_worker(place_note) {
        return true;
    }
    at.is_some_and(|(net, grid)| {
        let said = [words, place_note].join("\n");
        names_one_of(&said, names_of_readers(net, grid), names_of_workers(net))
    })
}

/// A complaint about somebody who works here is no report: it would lie where that worker reads it. So what may be one is
/// not taken in on any way before somebody said that it is none.
fn conduct(said: &Said<'_>, at: Option<(&CommunityNet, GridId)>) -> Option<Fault> {
    let code = match said.about_worker {
        Some(false) => return None,
        Some(true) => "about-worker-complaint",
        None if speaks_of_a_worker(at, said.words, said.place_note) => UNSAID,
        None => return None,
    };
    Some(Fault::new("about_worker", code))
}
