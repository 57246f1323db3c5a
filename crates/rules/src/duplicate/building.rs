//! The building that words name: 3栋, 12 幢, 五号楼. Only its number is read; who lives in it is nobody's question.

use serde::{Deserialize, Serialize};

/// The number of a building within its grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Building(pub u16);

/// What follows the number of a building, as people say it.
const SIGNS: [&str; 6] = ["号楼", "栋", "幢", "座", "号院", "#楼"];

/// The first building that words name.
pub fn building(words: &str) -> Option<Building> {
    let plain: Vec<char> = words
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(plain)
        .collect();
    (0..plain.len()).find_map(|at| {
        let rest: String = plain[at..].iter().take(2).collect();
        let sign = SIGNS.iter().any(|sign| rest.starts_with(sign));
        sign.then(|| before(&plain[..at])).flatten()
    })
}

/// Full-width digits as plain ones.
fn plain(c: char) -> char {
    match c {
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
        ] {
            assert_eq!(building(words), Some(Building(n)), "{words}");
        }
    }

    #[test]
    fn words_without_a_building_name_none() {
        for words in ["", "楼下", "2单元", "栋", "菜市场东门", "0栋", "12345栋"] {
            assert_eq!(building(words), None, "{words}");
        }
    }
}
