//! What somebody has told so far: as typed, with the files kept meanwhile, and what is wrong with it. It becomes a report
//! only when every page is in order.

use rules::case::Channel;
use rules::privacy::Pii;
use work::attachment::{keep_photo, keep_sound, redeem, ticket};
use work::report::{Attached, Contact, ReportForm, Where};
use work::{Error, House};

use super::step::Step;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};

/// The longest words, in characters, as the working room takes them.
const WORDS_MAX: usize = 2_000;
const NAME_MAX: usize = 40;
const PHOTOS_MAX: usize = 3;

/// Every field of the form.
const KNOWN: [&str; 16] = [
    "key",
    "step",
    "go",
    "text",
    "grid",
    "place_note",
    "name",
    "phone",
    "visit_welcome",
    "kept",
    "drop",
    "photo",
    "sound",
    "elder",
    "language",
    "back",
];

/// A report in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The one-time key.
    pub key: String,
    /// The words.
    pub text: String,
    /// The grid's code.
    pub grid: String,
    /// Words on the place.
    pub place_note: String,
    /// The reporter's name.
    pub name: String,
    /// The reporter's number.
    pub phone: String,
    /// Whether a visit afterwards is welcome.
    pub visit_welcome: bool,
    /// Tickets of kept photos and sound.
    pub kept: Vec<String>,
}

impl Draft {
    /// An empty one for a grid.
    pub fn new(key: String, grid: &str) -> Self {
        Self {
            key,
            grid: grid.to_owned(),
            ..Self::default()
        }
    }

    /// Reads what the page sent.
    ///
    /// # Errors
    /// `Unreadable` for fields the form does not have.
    pub fn read(fields: &Fields) -> Result<Self, Failure> {
        fields.only(&KNOWN)?;
        let text = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
        let key = text("key");
        if key.is_empty() || key.len() > 64 {
            return Err(Failure::Unreadable);
        }
        let dropped: Vec<&str> = fields.all("drop").collect();
        Ok(Self {
            key,
            text: text("text"),
            grid: text("grid"),
            place_note: text("place_note"),
            name: text("name"),
            phone: text("phone"),
            visit_welcome: fields.text("visit_welcome").is_some(),
            kept: fields
                .all("kept")
                .filter(|kept| !dropped.contains(kept))
                .map(str::to_owned)
                .collect(),
        })
    }

    /// What travels hidden on a page: everything that is not asked there.
    pub fn hidden(&self, step: Step) -> Vec<(&'static str, &str)> {
        let welcome = if self.visit_welcome { "on" } else { "" };
        let all = [
            ("text", self.text.as_str()),
            ("grid", &self.grid),
            ("place_note", &self.place_note),
            ("name", &self.name),
            ("phone", &self.phone),
            ("visit_welcome", welcome),
        ];
        let there = |(name, value): &(&'static str, &str)| {
            !value.is_empty() && !step.fields().contains(name)
        };
        let kept = self.kept.iter().map(|kept| ("kept", kept.as_str()));
        [("key", self.key.as_str()), ("step", step.as_str())]
            .into_iter()
            .chain(all.into_iter().filter(there))
            .chain(kept)
            .collect()
    }

    /// Keeps the photos and the sound that came with the page, so that they last to the end of the form.
    ///
    /// # Errors
    /// Whatever is no fault of the file itself.
    pub async fn keep_files(&mut self, house: &House, fields: &Fields) -> Result<Faults, Failure> {
        let mut faults = Faults::default();
        let Some(community) = self.community(house) else {
            return Ok(faults);
        };
        for file in fields.files("photo") {
            if self.photos(house) >= PHOTOS_MAX {
                faults.push(Fault::new("photo", "photo-many"));
                break;
            }
            let kept = keep_photo(house, community, file.bytes.clone()).await;
            self.add(house, kept, &mut faults)?;
        }
        for file in fields.files("sound") {
            let kept = keep_sound(house, community, file.bytes.clone()).await;
            if kept.is_ok() {
                self.kept
                    .retain(|kept| redeem(house, kept).is_some_and(|file| is_photo(&file)));
            }
            self.add(house, kept, &mut faults)?;
        }
        Ok(faults)
    }

    fn add(
        &mut self,
        house: &House,
        kept: Result<Attached, Error>,
        faults: &mut Faults,
    ) -> Result<(), Failure> {
        match kept.map_err(Failure::from) {
            Ok(attached) => {
                let ticket = ticket(house, &attached);
                if !self.kept.contains(&ticket) {
                    self.kept.push(ticket);
                }
                Ok(())
            }
            Err(Failure::Invalid(wrong)) => {
                wrong.iter().for_each(|fault| faults.push(fault.clone()));
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// The community the files are kept for: that of the grid, else the only one.
    fn community(&self, house: &House) -> Option<rules::ids::CommunityId> {
        let net = house.net();
        let of_grid = net
            .grid_by_code(&self.grid)
            .map(|(community, _)| community.id);
        of_grid.or_else(|| net.communities().next().map(|community| community.id))
    }

    /// The kept files, photos first; tickets this house did not make are no files.
    pub fn files(&self, house: &House) -> Vec<Attached> {
        let mut files: Vec<Attached> = self
            .kept
            .iter()
            .filter_map(|kept| redeem(house, kept))
            .collect();
        files.sort_by_key(|file| !is_photo(file));
        files.truncate(PHOTOS_MAX + 1);
        files
    }

    /// How many photos are kept.
    pub fn photos(&self, house: &House) -> usize {
        self.files(house)
            .iter()
            .filter(|file| is_photo(file))
            .count()
    }

    /// Whether a sound note is kept.
    pub fn has_sound(&self, house: &House) -> bool {
        self.files(house).iter().any(|file| !is_photo(file))
    }

    /// What is wrong on one page.
    pub fn faults(&self, step: Step, house: &House) -> Faults {
        let found = match step {
            Step::What => vec![self.words_fault(house)],
            Step::Where => vec![
                self.grid_fault(house),
                too_long("place_note", &self.place_note, WORDS_MAX, "text-too-long"),
            ],
            Step::Contact => vec![
                too_long("name", &self.name, NAME_MAX, "name-too-long"),
                phone_fault(&self.phone),
            ],
            Step::Check => Vec::new(),
        };
        found.into_iter().flatten().collect()
    }

    fn words_fault(&self, house: &House) -> Option<Fault> {
        if self.text.trim().is_empty() && !self.has_sound(house) {
            return Some(Fault::new("text", "text-missing"));
        }
        too_long("text", &self.text, WORDS_MAX, "text-too-long")
    }

    fn grid_fault(&self, house: &House) -> Option<Fault> {
        if self.grid.is_empty() {
            return Some(Fault::new("grid", "grid-missing"));
        }
        let known = house.net().grid_by_code(&self.grid).is_some();
        (!known).then(|| Fault::new("grid", "grid-unknown"))
    }

    /// The bytes behind the one-time key: everything that was told.
    pub fn body(&self) -> Vec<u8> {
        let parts = [
            &self.text,
            &self.grid,
            &self.place_note,
            &self.name,
            &self.phone,
        ]
        .into_iter()
        .chain(&self.kept);
        let mut body = vec![u8::from(self.visit_welcome)];
        for part in parts {
            body.extend_from_slice(&(part.len() as u64).to_be_bytes());
            body.extend_from_slice(part.as_bytes());
        }
        body
    }

    /// The report it becomes.
    pub fn form(&self, house: &House) -> ReportForm {
        let given = |text: &str| {
            Some(text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .map(Pii::new)
        };
        let contact = Contact {
            name: given(&self.name),
            phone: given(&self.phone),
            visit_welcome: self.visit_welcome,
        };
        ReportForm {
            words: self.text.clone(),
            place: Where::Grid {
                code: self.grid.clone(),
                point: None,
            },
            place_note: self.place_note.clone(),
            category: None,
            contact: Some(contact).filter(|contact| !contact.is_empty()),
            channel: Channel::Resident,
            attached: self.files(house),
        }
    }
}

fn is_photo(file: &Attached) -> bool {
    file.kind.media_type() == "image/jpeg"
}

fn too_long(field: &'static str, text: &str, most: usize, code: &'static str) -> Option<Fault> {
    (text.chars().count() > most).then(|| Fault::new(field, code))
}

/// Mobile and landline numbers, written with spaces, hyphens or +86 as people do. Left empty is fine.
fn phone_fault(phone: &str) -> Option<Fault> {
    let plain: String = phone
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '（' | '）' | '+' | '－'))
        .collect();
    let digits = plain.chars().all(|c| c.is_ascii_digit());
    let fits = plain.is_empty() || (digits && (7..=14).contains(&plain.len()));
    (!fits).then(|| Fault::new("phone", "phone-malformed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_left_out_or_written_as_people_write_it() {
        for fine in ["", "100 1234 5678", "028-8230 0000", "+86 100-1234-5678"] {
            assert_eq!(phone_fault(fine), None, "{fine}");
        }
        for wrong in ["12345", "call me", "１２３４５６７８９０１２３４５"] {
            assert!(phone_fault(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_page_carries_everything_that_it_does_not_ask() {
        let draft = Draft {
            text: "灯坏了".into(),
            phone: "10012345678".into(),
            ..Draft::new("k1".into(), "MH0101")
        };
        let at = |step| {
            draft
                .hidden(step)
                .into_iter()
                .map(|(name, _)| name)
                .collect::<Vec<_>>()
        };
        assert_eq!(at(Step::What), ["key", "step", "grid", "phone"]);
        assert_eq!(at(Step::Contact), ["key", "step", "text", "grid"]);
        assert_eq!(at(Step::Check), ["key", "step", "text", "grid", "phone"]);
    }

    #[test]
    fn what_was_told_otherwise_is_another_body() {
        let draft = Draft {
            text: "ab".into(),
            place_note: "c".into(),
            ..Draft::new("k".into(), "G")
        };
        let other = Draft {
            text: "a".into(),
            place_note: "bc".into(),
            ..draft.clone()
        };
        assert_ne!(draft.body(), other.body());
    }
}
