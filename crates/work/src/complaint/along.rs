//! What belongs to a report and came along with a complaint: where it is, of which kind, how whoever told it wants to be
//! reached; and what was said on the case, where it was one. It lies under seal with the words, and nothing of it is lost should
//! the complaint turn out to be a report.

use rules::case::Place;
use rules::ids::{CaseId, CategoryCode, ComplaintId};
use serde::{Deserialize, Serialize};
use store::Unit;
use store::complaint::{CaseWords, EventWords};

use super::seal::{Lock, of};
use crate::Error;
use crate::report::Contact;

/// What came along.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Along {
    /// The point, if one was given.
    pub place: Option<Place>,
    /// Words on where it is; they stand at the end of the words, too.
    pub place_note: String,
    /// The category, if the reporter chose one.
    pub category: Option<CategoryCode>,
    /// Whether the reporter would like to be asked in person afterwards.
    pub visit_welcome: bool,
    /// The tag of the language the reporter reads.
    pub language: Option<String>,
    /// Whether the reporter does not want to be sent messages.
    pub quiet: bool,
    /// The case that the reporter said it is the same as.
    pub same: Option<CaseId>,
    /// What people said on the case that it was before; only in what was sealed when there could be one such case.
    pub case_words: Option<CaseWords>,
    /// What people said on cases that may speak of what is told here, should it be no complaint after all.
    pub on_cases: Vec<CaseWords>,
    /// What the event at a place said that it came from.
    pub event_words: Option<EventWords>,
}

impl Along {
    /// With how the reporter wants to be reached.
    #[must_use]
    pub fn wishes(mut self, contact: &Contact) -> Self {
        self.visit_welcome = contact.visit_welcome;
        self.language.clone_from(&contact.language);
        self.quiet = contact.quiet;
        self
    }

    /// What people said on cases, whenever it was sealed.
    pub(super) fn said_on_cases(&self) -> impl Iterator<Item = &CaseWords> {
        self.case_words.iter().chain(&self.on_cases)
    }

    /// What people said on cases that stayed under seal with a complaint while it was a report, as it may not stand there; nothing
    /// where there is no such complaint.
    pub(super) async fn stayed(
        unit: &Unit,
        lock: &Lock,
        id: ComplaintId,
    ) -> Result<Vec<CaseWords>, Error> {
        match unit.complaint_along(id).await {
            Ok(sealed) => Ok(Self::open(lock, id, sealed)?.on_cases),
            Err(store::Error::NotFound(_)) => Ok(Vec::new()),
            Err(other) => Err(other.into()),
        }
    }

    /// The words with those on the place, as whoever looks into a complaint reads them.
    pub fn words(&self, said: &str) -> String {
        let words = [said.trim(), self.place_note.trim()].join("\n");
        words.trim().to_owned()
    }

    /// The words without those on the place.
    pub(super) fn without_place<'a>(&self, words: &'a str) -> &'a str {
        let rest = words.strip_suffix(self.place_note.trim());
        rest.map_or(words, str::trim_end)
    }

    /// Under seal; none where nothing came along.
    pub(super) fn seal(&self, lock: &Lock, id: ComplaintId) -> Result<Option<Vec<u8>>, Error> {
        if *self == Self::default() {
            return Ok(None);
        }
        let text = serde_json::to_string(self).map_err(|error| unreadable(&error))?;
        lock.seal(of("along", id.0), &text).map(Some)
    }

    /// Opens it.
    pub(super) fn open(
        lock: &Lock,
        id: ComplaintId,
        bytes: Option<Vec<u8>>,
    ) -> Result<Self, Error> {
        let Some(bytes) = bytes else {
            return Ok(Self::default());
        };
        let text = lock.open(of("along", id.0), bytes)?;
        serde_json::from_str(text.reveal()).map_err(|error| unreadable(&error))
    }
}

/// Says where, never what.
fn unreadable(error: &serde_json::Error) -> Error {
    Error::Unavailable(format!(
        "what came along with a complaint: {:?} at {}",
        error.classify(),
        error.column()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_place_are_joined_and_taken_apart_again() {
        let told = |note: &str| Along {
            place_note: note.into(),
            ..Along::default()
        };
        for (said, note) in [("路灯坏了", "3 号楼"), ("路灯坏了", ""), ("", "3 号楼")] {
            let along = told(note);
            assert_eq!(along.without_place(&along.words(said)), said, "{note}");
        }
        assert_eq!(
            told("4 号楼").without_place("路灯坏了\n3 号楼"),
            "路灯坏了\n3 号楼"
        );
    }
}
