//! What is wrong with a report in the making, page by page, in words of the field it stands beside.

use rules::ids::CategoryCode;
use work::House;
use work::report::PLACE_NOTE_MAX;

use super::Draft;
use crate::error::Failure;
use rules::privacy::NAME_MAX;

use crate::form::{Fault, Faults};
use crate::report::step::Step;

/// The longest words, in characters, as the working room takes them.
const WORDS_MAX: usize = 2_000;

impl Draft {
    /// What is wrong on one page.
    pub fn faults(&self, step: Step, house: &House) -> Faults {
        let found = match step {
            Step::What => vec![self.words_fault(house), self.category_fault(house)],
            Step::Where => vec![
                self.place_fault(house),
                too_long(
                    "place_note",
                    &self.place_note,
                    PLACE_NOTE_MAX,
                    "place-note-too-long",
                ),
            ],
            Step::Contact => vec![
                too_long("name", &self.name, NAME_MAX, "name-too-long"),
                phone_fault(&self.phone),
            ],
            Step::Check => vec![self.about_worker_fault(house)],
        };
        found.into_iter().flatten().collect()
    }

    fn words_fault(&self, house: &House) -> Option<Fault> {
        if self.text.trim().is_empty() && !self.has_sound(house) {
            return Some(Fault::new("text", "text-or-sound-missing"));
        }
        too_long("text", &self.text, WORDS_MAX, "text-too-long")
    }

    /// What may be a complaint waits for the answer whether it is one.
    fn about_worker_fault(&self, house: &House) -> Option<Fault> {
        let said = matches!(self.about_worker.as_str(), "yes" | "no");
        (!said && self.asks_about_worker(house))
            .then(|| Fault::new("about_worker", "about-worker-unsaid"))
    }

    fn category_fault(&self, house: &House) -> Option<Fault> {
        if self.category.is_empty() {
            return None;
        }
        let community = self.community(house);
        let known = self.category.parse::<CategoryCode>().ok().and_then(|code| {
            let catalogue = community.as_ref()?.catalogue()?;
            catalogue.category(&code).map(|_| ())
        });
        known
            .is_none()
            .then(|| Fault::new("category", "category-unknown"))
    }

    /// Whatever is wrong with the place stands beside the list of grids: the map writes into boxes nobody sees.
    fn place_fault(&self, house: &House) -> Option<Fault> {
        if self.point().is_err() {
            return Some(Fault::new("grid", "location-impossible"));
        }
        let Some(place) = self.place() else {
            return Some(Fault::new("grid", "grid-missing"));
        };
        match place.find(&house.net()).map_err(Failure::from) {
            Ok(_) => None,
            Err(Failure::Invalid(faults)) => faults
                .iter()
                .next()
                .map(|fault| Fault::new("grid", fault.code.clone())),
            Err(_) => Some(Fault::new("grid", "grid-unknown")),
        }
    }
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
}
