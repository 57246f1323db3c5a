//! Grids that are some buildings of a compound 小区: 芙蓉里1至6栋. Notes name the compound and one building, so the range is read
//! out of the grid's name.

use std::borrow::Cow;

use crate::duplicate::{Building, building};

use super::plain_name;

/// A part of a compound.
const PART: char = '期';

/// The buildings of a compound that a grid is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buildings<'a> {
    /// What people call the compound, with its part: 锦绣苑一期.
    pub compound: &'a str,
    first: Building,
    last: Building,
}

impl<'a> Buildings<'a> {
    /// Those that the name of a grid tells of; none where it names no range, or one that runs backwards.
    pub fn of(name: &'a str) -> Option<Self> {
        let name = plain_name(name);
        let last = building(name)?;
        let digits = |c: char| c.is_ascii_digit();
        let (compound, range) = name.split_at(range_at(name)?);
        let end = range.find(|c: char| !digits(c))?;
        let first = range[..end].parse().ok().map(Building)?;
        let between = &range[end..];
        let joined = ["至", "到", "-", "—", "~", "～"];
        let rest = joined.iter().find_map(|sign| between.strip_prefix(sign))?;
        let is_range = rest.starts_with(digits) && first <= last;
        let compound = compound.trim();
        (is_range && !compound.is_empty()).then_some(Self {
            compound,
            first,
            last,
        })
    }

    /// Whether a text names the compound and one of these buildings behind it.
    pub fn are_named_in(&self, text: &str) -> bool {
        let (text, compound) = (in_words(text), in_words(self.compound));
        let mut behind = text.match_indices(compound.as_ref()).map(|(at, name)| {
            let from = at + name.len();
            building(&text[from..])
        });
        behind.any(|named| named.is_some_and(|n| self.first <= n && n <= self.last))
    }
}

/// Where the range begins: at the first number that is not that of a part 期.
fn range_at(name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + name[from..].find(|c: char| c.is_ascii_digit())?;
        let end = name[at..].find(|c: char| !c.is_ascii_digit());
        let end = at + end.unwrap_or(name.len() - at);
        if !name[end..].starts_with(PART) {
            return Some(at);
        }
        from = end;
    }
}

/// A text with the numbers of parts 期 in words: 锦绣苑1期 and 锦绣苑一期 are the same.
fn in_words(text: &str) -> Cow<'_, str> {
    if !text.contains(PART) {
        return Cow::Borrowed(text);
    }
    let mut said = String::with_capacity(text.len() + 2);
    let mut parts = text.split(PART).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            said.push_str(part);
            break;
        }
        match part.char_indices().next_back() {
            Some((at, last)) if !part[..at].ends_with(|c: char| c.is_ascii_digit()) => {
                said.push_str(&part[..at]);
                said.push(numeral(last));
            }
            _ => said.push_str(part),
        }
        said.push(PART);
    }
    Cow::Owned(said)
}

/// The numeral of a digit, plain or full-width; any other letter as it is.
fn numeral(c: char) -> char {
    let digit = match c {
        '１'..='９' => u32::from(c) - u32::from('０'),
        _ => c.to_digit(10).unwrap_or_default(),
    };
    let numerals = "〇一二三四五六七八九".chars();
    let mut worded = numerals.skip(usize::try_from(digit).unwrap_or_default());
    worded.next().filter(|_| digit > 0).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_building_of_a_compound_lies_in_the_grid_whose_range_it_is_in() {
        let first = Buildings::of("芙蓉里1至6栋微网格").expect("a range");
        let second = Buildings::of("芙蓉里7-12幢").expect("a range");
        for (text, in_first, in_second) in [
            ("芙蓉里3栋楼下", true, false),
            ("住在芙蓉里 六 栋", true, false),
            ("芙蓉里12栋2单元", false, true),
            ("芙蓉里７幢", false, true),
            ("芙蓉里18栋", false, false),
            ("双桥坊3栋", false, false),
            ("3栋，芙蓉里", false, false),
            ("芙蓉里", false, false),
        ] {
            assert_eq!(first.are_named_in(text), in_first, "{text}");
            assert_eq!(second.are_named_in(text), in_second, "{text}");
        }
    }

    #[test]
    fn the_part_of_a_compound_belongs_to_its_name() {
        let part = Buildings::of("锦绣苑一期1至6栋").expect("a range");
        assert_eq!(part.compound, "锦绣苑一期");
        assert!(part.are_named_in("锦绣苑一期3栋"));
        assert!(!part.are_named_in("锦绣苑二期3栋"));
        assert!(part.are_named_in("锦绣苑1期5幢") && part.are_named_in("锦绣苑一期#4"));
        assert!(!part.are_named_in("锦绣苑2期3栋") && !part.are_named_in("锦绣苑11期3栋"));
        let written = Buildings::of("锦绣苑1期1至6栋").expect("a range");
        assert!(written.are_named_in("锦绣苑一期3栋") && !written.are_named_in("锦绣苑二期3栋"));
    }

    #[test]
    fn a_name_without_a_range_of_buildings_tells_of_none() {
        for name in [
            "锦绣苑网格",
            "芙蓉里3栋",
            "1至6栋",
            "东街1至9号",
            "芙蓉里6至1栋",
        ] {
            assert_eq!(Buildings::of(name), None, "{name}");
        }
    }
}
