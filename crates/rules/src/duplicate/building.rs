//! The building that words name: 3栋, 12 幢, 五号楼. Only its number is read; who lives in it is nobody's question.

use serde::{Deserialize, Serialize};

/// The number of a building within its grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Building(pub u16);

/// What follows the number of a building, as people say it.
const SIGNS: [&str; 6] = ["号楼", "栋", "幢", "座", "号院", "#楼"];

/// What says behind a number with the sign in front that it is a building's: #4楼.
const SAID: &str = "楼栋幢座";
/// What may stand there else: #4, 2单元.
const PAUSES: &str = "-，,、；;。（(";

/// The first building that words name, with the sign behind the number (3栋), in front of it (#4), or as the first part of the number
/// of a room (10-1-301).
pub fn building(words: &str) -> Option<Building> {
    let plain: Vec<char> = words
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(plain)
        .collect();
    (0..plain.len()).find_map(|at| {
        let rest: String = plain[at..].iter().take(2).collect();
        let sign = SIGNS.iter().any(|sign| rest.starts_with(sign)) || begins_unit(&plain[at..]);
        let signed = sign.then(|| before(&plain[..at])).flatten();
        signed
            .or_else(|| behind_sign(&plain, at))
            .or_else(|| of_room(&plain, at))
    })
}

/// How many digits a text begins with.
fn digits(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

/// A sign between a building and its unit: 4#2单元.
fn begins_unit(rest: &[char]) -> bool {
    let unit = rest.strip_prefix(&['#']).unwrap_or_default();
    let n = digits(unit);
    n > 0 && unit[n..].starts_with(&['单'])
}

/// What people number with a sign beside buildings: 灯杆#12 is a lamp.
const NUMBERED: [&str; 11] = [
    "杆", "路灯", "井盖", "井", "车位", "桩", "表", "箱", "柜", "电梯", "桶",
];

/// The number behind a sign, where nothing around it makes something else of it: #4灯杆 and 灯杆#4 are a lamp.
fn behind_sign(plain: &[char], at: usize) -> Option<Building> {
    let text = plain[at..].strip_prefix(&['#'])?;
    let n = digits(text);
    let behind = &text[n..];
    let unit = digits(behind);
    let is_said = behind.first().is_some_and(|c| SAID.contains(*c))
        || (unit > 0 && behind[unit..].starts_with(&['单']));
    let front: String = plain[..at].iter().collect();
    let is_other = || NUMBERED.iter().any(|word| front.ends_with(word));
    let ends = || behind.first().is_none_or(|c| PAUSES.contains(*c));
    (is_said || ends() && !is_other())
        .then(|| before(&text[..n]))
        .flatten()
}

/// The building of a room that is named by building, unit and number: 10-1-301. Not a day, whose last part is no room.
fn of_room(text: &[char], at: usize) -> Option<Building> {
    let inside = |c: &char| c.is_ascii_digit() || *c == '-';
    if at > 0 && inside(&text[at - 1]) {
        return None;
    }
    let whole: String = text[at..].iter().take_while(|c| inside(c)).collect();
    let [building, unit, room] = whole.split('-').collect::<Vec<_>>()[..] else {
        return None;
    };
    let fits = (1..=3).contains(&building.len())
        && (1..=2).contains(&unit.len())
        && (3..=4).contains(&room.len());
    let number = building.parse().ok().filter(|_| fits)?;
    if is_day(number, unit, room) {
        return None;
    }
    (1..=999).contains(&number).then_some(Building(number))
}

/// Whether three numbers are a day of these years with the year behind: 23-11-2026. Hardly any unit has fifteen rooms on its twentieth
/// floor.
fn is_day(day: u16, month: &str, year: &str) -> bool {
    let month = month.parse::<u16>().is_ok_and(|n| (1..=12).contains(&n));
    let year = year
        .parse::<u16>()
        .is_ok_and(|n| (2015..=2049).contains(&n));
    month && year && (1..=31).contains(&day)
}

/// Full-width digits and signs as plain ones.
fn plain(c: char) -> char {
    match c {
        '＃' | '♯' => '#',
        '－' | '—' | '–' => '-',
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ => c,
    }
}

/// The number that ends here: up to three digits, or Chinese numerals up to ninety-nine.
fn before(text: &[char]) -> Option<Building> {
    let digits = text.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let number: String = text[text.len() - digits..].iter().collect();
        let fits = number.parse().ok().filter(|n| (1..=999).contains(n));
        return fits.map(Building);
    }
    let numerals = text
        .iter()
        .rev()
        .take_while(|c| **c == '十' || numeral(**c).is_some())
        .count();
    chinese(&text[text.len() - numerals..]).map(Building)
}

fn numeral(c: char) -> Option<u16> {
    let at = "一二三四五六七八九".chars().position(|one| one == c)?;
    u16::try_from(at + 1).ok()
}

fn chinese(text: &[char]) -> Option<u16> {
    match *text {
        [one] => numeral(one).or((one == '十').then_some(10)),
        ['十', one] => Some(10 + numeral(one)?),
        [tens, '十'] => Some(10 * numeral(tens)?),
        [tens, '十', one] => Some(10 * numeral(tens)? + numeral(one)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buildings_are_read_as_people_write_them() {
        for (words, n) in [
            ("3栋2单元楼下", 3),
            ("在 12 幢 门口", 12),
            ("五号楼", 5),
            ("十二栋", 12),
            ("二十三号楼旁边", 23),
            ("２０栋", 20),
            ("明湖花园1座", 1),
            ("锦绣苑一期#4", 4),
            ("＃12楼下", 12),
            ("4#2单元门口", 4),
            ("10-1-301", 10),
            ("住10－1－301的水管", 10),
            ("10-1-2003", 10),
            ("灯杆旁边#4楼", 4),
            ("井盖#4楼门口", 4),
        ] {
            assert_eq!(building(words), Some(Building(n)), "{words}");
        }
    }

    #[test]
    fn words_without_a_building_name_none() {
        for words in [
            "",
            "楼下",
            "2单元",
            "栋",
            "菜市场东门",
            "0栋",
            "12345栋",
            "#4灯杆",
            "门口的灯杆#12",
            "井盖#12",
            "2026-11-23",
            "23-11-2026",
            "028-8512",
            "1-301",
        ] {
            assert_eq!(building(words), None, "{words}");
        }
    }
}
