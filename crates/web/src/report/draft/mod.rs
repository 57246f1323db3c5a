//! What somebody has told so far: as typed, with the files kept meanwhile, and what is wrong with it. It becomes a report
//! only when every page is in order.

mod faults;
mod files;

use std::num::ParseFloatError;
use std::sync::Arc;

use rules::case::{Channel, Place};
use rules::privacy::Pii;
use rules::privacy::free_text::only_mobile_phone;
use work::House;
use work::net::CommunityNet;
use work::report::{Contact, ReportForm, Where, speaks_of_a_worker};

use super::step::Step;
use crate::error::Failure;
use crate::form::Fields;
use crate::locale::Language;

pub(super) use files::Preview;

/// Every field of the form.
const KNOWN: [&str; 23] = [
    "key",
    "step",
    "go",
    "text",
    "category",
    "grid",
    "lon",
    "lat",
    "place_note",
    "name",
    "phone",
    "phone_asked",
    "visit_welcome",
    "quiet",
    "same",
    "about_worker",
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
    /// The category's code, if the reporter knew one.
    pub category: String,
    /// The grid's code.
    pub grid: String,
    /// Degrees east and north (WGS-84) as the map wrote them; empty without a point.
    pub lon: String,
    /// Likewise.
    pub lat: String,
    /// Words on the place.
    pub place_note: String,
    /// The reporter's name.
    pub name: String,
    /// The reporter's number.
    pub phone: String,
    /// Whether a number out of the words was offered as the reporter's: once, so that whoever took it out is not asked again.
    pub phone_asked: bool,
    /// Whether a visit afterwards is welcome.
    pub visit_welcome: bool,
    /// Whether the reporter does not want to be sent messages.
    pub quiet: bool,
    /// The ticket of a running case that it is the same as; empty for none.
    pub same: String,
    /// Whether it is about somebody who works here: `yes`, `no`, or nothing yet.
    pub about_worker: String,
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
            category: text("category"),
            grid: text("grid"),
            lon: text("lon"),
            lat: text("lat"),
            place_note: text("place_note"),
            name: text("name"),
            phone: text("phone"),
            phone_asked: fields.text("phone_asked").is_some(),
            visit_welcome: fields.text("visit_welcome").is_some(),
            quiet: fields.text("quiet").is_some(),
            same: text("same"),
            about_worker: text("about_worker"),
            kept: fields
                .all("kept")
                .filter(|kept| !dropped.contains(kept))
                .map(str::to_owned)
                .collect(),
        })
    }

    /// What travels hidden on a page: everything that is not asked there.
    pub fn hidden(&self, step: Step) -> Vec<(&'static str, &str)> {
        let on = |ticked: bool| if ticked { "on" } else { "" };
        let all = [
            ("text", self.text.as_str()),
            ("category", &self.category),
            ("grid", &self.grid),
            ("lon", &self.lon),
            ("lat", &self.lat),
            ("place_note", &self.place_note),
            ("name", &self.name),
            ("phone", &self.phone),
            ("visit_welcome", on(self.visit_welcome)),
            ("quiet", on(self.quiet)),
            ("about_worker", &self.about_worker),
            ("phone_asked", on(self.phone_asked)),
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

    /// The one mobile phone number that was written into the words, where it becomes stars.
    pub fn phone_in_words(&self) -> Option<String> {
        only_mobile_phone([self.text.as_str(), &self.place_note])
    }

    /// Offers the number in the words as the reporter's, where none was given and it was not offered before.
    pub fn offer_phone(&mut self) {
        if !self.phone.trim().is_empty() || self.phone_asked {
            return;
        }
        if let Some(phone) = self.phone_in_words() {
            self.phone = phone;
            self.phone_asked = true;
        }
    }

    /// Whether the number in the box is the one that was offered.
    pub fn has_offered_phone(&self) -> bool {
        self.phone_asked && self.phone_in_words().as_deref() == Some(self.phone.trim())
    }

    /// The community it belongs to: that of the place, else the only one.
    pub fn community(&self, house: &House) -> Option<Arc<CommunityNet>> {
        let net = house.net();
        let there = self.place().and_then(|place| place.find(&net).ok());
        there
            .map(|at| at.community)
            .or_else(|| net.communities().next().cloned())
    }

    /// The point that was picked on the map, if any.
    ///
    /// # Errors
    /// Where the two boxes hold no point on earth.
    pub fn point(&self) -> Result<Option<Place>, ParseFloatError> {
        if self.lon.is_empty() && self.lat.is_empty() {
            return Ok(None);
        }
        Ok(Some(Place {
            lon: self.lon.parse()?,
            lat: self.lat.parse()?,
        }))
    }

    /// Where it is, once that is said.
    pub fn place(&self) -> Option<Where> {
        let point = self.point().ok()?;
        match point {
            Some(point) if self.grid.is_empty() => Some(Where::Point(point)),
            None if self.grid.is_empty() => None,
            point => Some(Where::Grid {
                code: self.grid.clone(),
                point,
            }),
        }
    }

    /// Whether it has to be asked if it is about somebody who works here: the words sound so or name somebody who would read
    /// them, or it was asked before.
    pub fn asks_about_worker(&self, house: &House) -> bool {
        let net = house.net();
        let at = self.place().and_then(|place| place.find(&net).ok());
        let at = at.as_ref().map(|at| (&*at.community, at.grid.id));
        !self.about_worker.is_empty() || speaks_of_a_worker(at, &self.text, &self.place_note)
    }

    /// The bytes behind the one-time key: everything that was told.
    pub fn body(&self) -> Vec<u8> {
        let parts = [
            &self.text,
            &self.category,
            &self.grid,
            &self.lon,
            &self.lat,
            &self.place_note,
            &self.name,
            &self.phone,
            &self.same,
            &self.about_worker,
        ]
        .into_iter()
        .chain(&self.kept);
        let mut body = vec![u8::from(self.visit_welcome) | u8::from(self.quiet) << 1];
        for part in parts {
            body.extend_from_slice(&(part.len() as u64).to_be_bytes());
            body.extend_from_slice(part.as_bytes());
        }
        body
    }

    /// The report it becomes at a place, told in a language.
    pub fn form(&self, house: &House, place: Where, language: Language) -> ReportForm {
        let given = |text: &str| {
            Some(text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .map(Pii::new)
        };
        let contact = Contact {
            name: given(&self.name),
            phone: given(&self.phone),
            visit_welcome: self.visit_welcome,
            language: Some(language.tag().to_owned()),
            quiet: self.quiet,
        };
        ReportForm {
            words: self.text.clone(),
            place,
            place_note: self.place_note.clone(),
            category: self.category.parse().ok(),
            contact: Some(contact).filter(|contact| !contact.is_empty()),
            channel: Channel::Resident,
            attached: self.files(house),
            about_worker: (self.about_worker == "no").then_some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
