//! What somebody typed into the column of places: a point, or words that begin with a grid's code or hold a grid's name.

use crate::case::Place;

/// A place as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot<'a> {
    /// Nothing.
    Nothing,
    /// A point in WGS-84, longitude first, and the words behind it.
    Point(Place, &'a str),
    /// Two numbers that are no point: latitude first, or off the globe.
    NoPoint,
    /// Words; the first of them may be a code.
    Words(&'a str),
}

/// Reads what was typed.
pub fn read_spot(text: &str) -> Spot<'_> {
    let text = text.trim();
    if text.is_empty() {
        return Spot::Nothing;
    }
    let Some((lon, rest)) = number(text) else {
        return Spot::Words(text);
    };
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';');
    match number(rest.trim_start_matches(between)) {
        Some((lat, rest)) if lon.abs() <= 180.0 && lat.abs() <= 90.0 => {
            Spot::Point(Place { lon, lat }, rest.trim_matches(between))
        }
        Some(_) => Spot::NoPoint,
        None => Spot::Words(text),
    }
}

/// A number with a fraction at the beginning of a text: house numbers have none.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    if !number.contains('.') {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

/// A grid's name as people say it: without the word for its level at the end.
pub fn plain_name(name: &str) -> &str {
    let endings = ["总网格", "一般网格", "专属网格", "微网格", "网格"];
    let cut = endings.iter().find_map(|ending| name.strip_suffix(ending));
    cut.filter(|plain| plain.chars().count() > 1)
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: Place = Place {
        lon: 103.605,
        lat: 30.605,
    };

    #[test]
    fn a_point_is_read_however_its_two_numbers_are_parted() {
        for text in ["103.605,30.605", "103.605， 30.605", " 103.605 30.605 "] {
            assert_eq!(read_spot(text), Spot::Point(POINT, ""), "{text}");
        }
        assert_eq!(read_spot("103.605,30.605 桥头"), Spot::Point(POINT, "桥头"));
    }

    #[test]
    fn two_numbers_off_the_globe_are_no_point() {
        assert_eq!(read_spot("30.605,103.605"), Spot::NoPoint);
        assert_eq!(read_spot("999.5,30.6"), Spot::NoPoint);
    }

    #[test]
    fn house_numbers_and_codes_stay_words() {
        for text in ["3号楼2单元", "510184999001-G01", "3.5米高的树下"] {
            assert_eq!(read_spot(text), Spot::Words(text), "{text}");
        }
        assert_eq!(read_spot("  "), Spot::Nothing);
    }

    #[test]
    fn a_grid_is_called_without_its_level_unless_nothing_would_be_left() {
        assert_eq!(plain_name("芙蓉里1至6栋微网格"), "芙蓉里1至6栋");
        assert_eq!(plain_name("明湖社区总网格"), "明湖社区");
        assert_eq!(plain_name("东网格"), "东网格");
    }
}
