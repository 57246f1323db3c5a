//! Duplicates 重复报事: whether two tellings may be the same problem. The same class of matter, near in place and in time, as
//! the community lays down. Only ever an offer: people decide.

mod building;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

pub use building::{Building, building};

use crate::case::Place;
use crate::ids::{CategoryCode, GridId};

/// What the community lays down about tellings that may be the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DuplicateSettings {
    /// How far apart, in metres, at most.
    pub metres: u16,
    /// How many days apart at most.
    pub days: u16,
    /// Classes that count as one family, by the beginnings of their codes; a class in none is its own family.
    pub families: Vec<Vec<CategoryCode>>,
    /// Classes and categories never offered to residents, by the beginnings of their codes: what concerns persons.
    pub hidden: Vec<CategoryCode>,
}

/// Questions, requests, complaints, quarrels, care: what one person asks is no other person's business.
const PERSONAL: [&str; 5] = ["301", "302", "304", "306", "307"];

impl Default for DuplicateSettings {
    fn default() -> Self {
        Self {
            metres: 50,
            days: 30,
            families: Vec::new(),
            hidden: PERSONAL
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
        }
    }
}

impl DuplicateSettings {
    /// Whether a category may be offered to residents.
    pub fn is_open(&self, category: &CategoryCode) -> bool {
        !self.hidden.iter().any(|code| begins(category, code))
    }

    /// Since when tellings may be the same as one told now.
    pub fn since(&self, now: OffsetDateTime) -> OffsetDateTime {
        now - Duration::days(self.days.into())
    }

    /// Whether two matters may be the same: of one class, or of classes that the community counts as one family.
    pub fn is_family(&self, a: &Kind<'_>, b: &Kind<'_>) -> bool {
        let holds = |family: &Vec<CategoryCode>, code| family.iter().any(|one| begins(code, one));
        let together =
            |family: &Vec<CategoryCode>| holds(family, a.category) && holds(family, b.category);
        a.class == b.class || self.families.iter().any(together)
    }
}

fn begins(code: &CategoryCode, with: &CategoryCode) -> bool {
    code.as_str().starts_with(with.as_str())
}

/// What a telling is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind<'a> {
    /// The category.
    pub category: &'a CategoryCode,
    /// The class it belongs to in its catalogue.
    pub class: &'a CategoryCode,
}

/// A telling as it is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told<'a> {
    /// What it is about.
    pub kind: Kind<'a>,
    /// Where exactly, when known.
    pub place: Option<Place>,
    /// The grid it lies in.
    pub grid: GridId,
    /// The building that its words name.
    pub building: Option<Building>,
    /// When it was told.
    pub at: OffsetDateTime,
}

/// Why two tellings may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Near {
    /// So many metres apart.
    Metres(u16),
    /// In the same grid, and both name the same building.
    Building(Building),
}

/// Whether two tellings may be the same problem, and why.
pub fn alike(a: &Told<'_>, b: &Told<'_>, settings: &DuplicateSettings) -> Option<Near> {
    let apart = (a.at - b.at).abs();
    if apart > Duration::days(settings.days.into()) || !settings.is_family(&a.kind, &b.kind) {
        return None;
    }
    let metres = a.place.zip(b.place).map(|(a, b)| metres(a, b));
    match metres {
        Some(metres) if metres <= f64::from(settings.metres) => {
            // at most a u16, as the settings are
            Some(Near::Metres(metres.round() as u16))
        }
        // two points that lie apart are apart, whatever the words say
        Some(_) => None,
        None if a.grid == b.grid && a.building == b.building => a.building.map(Near::Building),
        None => None,
    }
}

/// Where a machine says that something is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot<'a> {
    /// The point, when it knows one.
    pub place: Option<Place>,
    /// The grid.
    pub grid: GridId,
    /// Its words on the place: which floor, which side.
    pub note: &'a str,
}

/// Whether two events of one source and kind are at the same place: near each other where points are known, else in the same
/// grid, and with the same words on the place, or both without any. A source is a device or a gateway that tells its devices apart
/// by points or words: one that never says where is one place in each grid.
pub fn is_same_spot(a: &Spot<'_>, b: &Spot<'_>, settings: &DuplicateSettings) -> bool {
    let is_near = match (a.place, b.place) {
        (Some(a), Some(b)) => metres(a, b) <= f64::from(settings.metres),
        (None, None) => a.grid == b.grid,
        _ => false,
    };
    is_near && a.note.trim() == b.note.trim()
}

/// Whether two points are as near as tellings of one problem may be.
pub fn is_near(a: Place, b: Place, settings: &DuplicateSettings) -> bool {
    metres(a, b) <= f64::from(settings.metres)
}

/// Metres between two points a short way apart.
pub fn metres(a: Place, b: Place) -> f64 {
    const DEGREE: f64 = 111_320.0;
    let north = (a.lat - b.lat) * DEGREE;
    let east = (a.lon - b.lon) * DEGREE * ((a.lat + b.lat) / 2.0).to_radians().cos();
    north.hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
    const HERE: GridId = GridId(Uuid::from_u128(1));
    const THERE: GridId = GridId(Uuid::from_u128(2));
    /// Some 30 m further north.
    const NORTH: f64 = 30.0 / 111_320.0;

    fn code(text: &str) -> CategoryCode {
        text.parse().expect("a code")
    }

    struct Story {
        category: CategoryCode,
        class: CategoryCode,
        place: Option<Place>,
        grid: GridId,
        words: &'static str,
        at: OffsetDateTime,
    }

    impl Story {
        fn told(&self) -> Told<'_> {
            Told {
                kind: Kind {
                    category: &self.category,
                    class: &self.class,
                },
                place: self.place,
                grid: self.grid,
                building: building(self.words),
                at: self.at,
            }
        }
    }

    fn at(lat: f64) -> Story {
        Story {
            category: code("20110"),
            class: code("201"),
            place: Some(Place { lon: 103.6, lat }),
            grid: HERE,
            words: "",
            at: NOW,
        }
    }

    fn named(words: &'static str) -> Story {
        Story {
            place: None,
            words,
            ..at(30.6)
        }
    }

    fn near(a: &Story, b: &Story) -> Option<Near> {
        alike(&a.told(), &b.told(), &DuplicateSettings::default())
    }

    #[test]
    fn a_machine_is_at_the_same_place_within_fifty_metres_and_with_the_same_words_on_it() {
        let settings = DuplicateSettings::default();
        let spot = |lat: Option<f64>, note| Spot {
            place: lat.map(|lat| Place { lon: 103.6, lat }),
            grid: HERE,
            note,
        };
        let here = spot(Some(30.6), "3 楼");
        for (other, same) in [
            (spot(Some(30.6 + NORTH), "3 楼 "), true),
            (spot(Some(30.6 + 2.0 * NORTH), "3 楼"), false),
            (spot(Some(30.6), "4 楼"), false),
            (spot(None, "3 楼"), false),
        ] {
            assert_eq!(is_same_spot(&here, &other, &settings), same, "{other:?}");
        }
        let (bare, there) = (
            spot(None, "3 楼"),
            Spot {
                grid: THERE,
                ..spot(None, "3 楼")
            },
        );
        assert!(is_same_spot(&bare, &bare, &settings) && !is_same_spot(&bare, &there, &settings));
    }

    #[test]
    fn a_source_that_never_says_where_is_one_place_in_each_grid() {
        let settings = DuplicateSettings::default();
        let bare = Spot {
            place: None,
            grid: HERE,
            note: " ",
        };
        assert!(is_same_spot(&bare, &bare, &settings));
        let there = Spot {
            grid: THERE,
            ..bare
        };
        let worded = Spot {
            note: "3 楼",
            ..bare
        };
        assert!(!is_same_spot(&bare, &there, &settings));
        assert!(!is_same_spot(&bare, &worded, &settings));
    }

    #[test]
    fn thirty_metres_are_near_and_sixty_are_not() {
        assert_eq!(near(&at(30.6), &at(30.6 + NORTH)), Some(Near::Metres(30)));
        assert_eq!(near(&at(30.6), &at(30.6 + 2.0 * NORTH)), None);
        let wide = DuplicateSettings {
            metres: 70,
            ..DuplicateSettings::default()
        };
        let (a, b) = (at(30.6), at(30.6 + 2.0 * NORTH));
        assert_eq!(alike(&a.told(), &b.told(), &wide), Some(Near::Metres(60)));
    }

    #[test]
    fn a_month_ago_is_the_same_and_longer_ago_is_not() {
        let before = |days| Story {
            at: NOW - Duration::days(days),
            ..at(30.6)
        };
        assert!(near(&at(30.6), &before(30)).is_some());
        assert!(near(&at(30.6), &before(31)).is_none());
    }

    #[test]
    fn another_class_is_another_matter_unless_the_community_joins_them() {
        let other = Story {
            category: code("10101"),
            class: code("101"),
            ..at(30.6)
        };
        assert_eq!(near(&at(30.6), &other), None);
        let sibling = Story {
            category: code("20199"),
            ..at(30.6)
        };
        assert!(near(&at(30.6), &sibling).is_some());
        let joined = DuplicateSettings {
            families: vec![vec![code("101"), code("20110")]],
            ..DuplicateSettings::default()
        };
        assert!(alike(&at(30.6).told(), &other.told(), &joined).is_some());
    }

    #[test]
    fn without_points_the_same_building_of_the_same_grid_is_near() {
        let same = Near::Building(building("3栋").expect("a building"));
        assert_eq!(
            near(&named("3 栋 2 单元楼下"), &named("三幢门口")),
            Some(same)
        );
        assert_eq!(near(&named("3栋"), &named("13栋")), None);
        assert_eq!(near(&named("楼下"), &named("楼下")), None);
        let elsewhere = Story {
            grid: THERE,
            ..named("3栋")
        };
        assert_eq!(near(&named("3栋"), &elsewhere), None);
    }

    #[test]
    fn points_that_lie_apart_are_not_joined_by_words() {
        let far = Story {
            words: "3栋",
            ..at(30.6 + 4.0 * NORTH)
        };
        let here = Story {
            words: "3栋",
            ..at(30.6)
        };
        assert_eq!(near(&here, &far), None);
    }

    #[test]
    fn what_concerns_persons_is_not_offered_to_residents() {
        let settings = DuplicateSettings::default();
        assert!(!settings.is_open(&code("30401")));
        assert!(settings.is_open(&code("20110")));
    }
}
