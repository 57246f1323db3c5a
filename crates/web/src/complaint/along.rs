//! What belongs to a report and travels hidden on the form of complaints: where it is, of which kind, and how whoever tells it
//! wants to be reached. Should the complaint turn out to be a report, nothing of it is lost. What cannot be is left out: a
//! complaint is never refused for it.

use rules::case::Place;
use rules::ids::CategoryCode;
use work::complaint::Along;
use work::net::Net;
use work::report::{Contact, Where};

use crate::form::Fields;

/// The hidden fields.
pub(super) const FIELDS: [&str; 6] = [
    "place_note",
    "lon",
    "lat",
    "category",
    "visit_welcome",
    "quiet",
];
/// The longest words on a place, in characters, as reports take them.
const NOTE_MAX: usize = 2_000;

/// What travels on: every hidden field that says something.
pub(super) fn hidden(fields: &Fields) -> Vec<(&'static str, String)> {
    let told = FIELDS.into_iter().filter_map(|name| {
        let said = fields.text(name)?;
        Some((name, said.to_owned()))
    });
    told.collect()
}

/// Reads it for the grid of a code. How to be reached says nothing of whoever left nothing to be reached by.
pub(super) fn read(
    net: &Net,
    grid: &str,
    fields: &Fields,
    contact: &Contact,
    has_files: bool,
) -> Along {
    let along = Along {
        place: point(net, grid, fields),
        place_note: place_note(fields, has_files).to_owned(),
        category: category(net, grid, fields),
        ..Along::default()
    };
    if contact.is_empty() {
        along
    } else {
        along.wishes(contact)
    }
}

/// A point that a report of this grid could have.
fn point(net: &Net, grid: &str, fields: &Fields) -> Option<Place> {
    let degrees = |name| fields.text(name)?.parse::<f64>().ok();
    let told = Where::Grid {
        code: grid.to_owned(),
        point: Some(Place {
            lon: degrees("lon")?,
            lat: degrees("lat")?,
        }),
    };
    told.find(net).ok()?.point
}

/// A category that the catalogue has.
fn category(net: &Net, grid: &str, fields: &Fields) -> Option<CategoryCode> {
    let code: CategoryCode = fields.text("category")?.parse().ok()?;
    let (community, _) = net.grid_by_code(grid)?;
    community.catalogue()?.category(&code)?;
    Some(code)
}

/// The words on the place, as long as whoever complains left them standing at the end of what they say, and as long as
/// something else is said: they alone are no report.
fn place_note(fields: &Fields, has_files: bool) -> &str {
    let note = fields.text("place_note").unwrap_or_default();
    let words = fields.text("text").unwrap_or_default();
    let (said, last) = words.rsplit_once('\n').unwrap_or(("", words));
    let stands = last.trim() == note && (has_files || !said.trim().is_empty());
    if stands && note.chars().count() <= NOTE_MAX {
        note
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_a_place_travel_on_while_they_stand_at_the_end_of_what_is_said() {
        let long = "楼".repeat(NOTE_MAX + 1);
        for (text, note, has_files, stays) in [
            ("骂人\r\n3 号楼", "3 号楼", false, true),
            ("骂人\n3 号楼\n", " 3 号楼 ", false, true),
            ("骂人", "3 号楼", false, false),
            ("在 3 号楼", "3 号楼", false, false),
            ("3 号楼\n骂人", "3 号楼", false, false),
            ("3 号楼", "3 号楼", false, false),
            ("3 号楼", "3 号楼", true, true),
            (
                format!("骂人\n{long}").as_str(),
                long.as_str(),
                false,
                false,
            ),
        ] {
            let fields = Fields::of([("text", text), ("place_note", note)]);
            let kept = place_note(&fields, has_files);
            assert_eq!(kept == note.trim(), stays, "{text}: {kept}");
            assert!(stays || kept.is_empty(), "{text}: {kept}");
        }
    }

    #[test]
    fn what_says_nothing_does_not_travel() {
        let fields = Fields::of([("lon", " "), ("lat", "30.6"), ("name", "示例")]);
        assert_eq!(hidden(&fields), [("lat", "30.6".to_owned())]);
    }
}
