//! Masks: how a name, a phone number and an address look to those who have no open case for the clear text. When in
//! doubt a mask hides more. It never tells how long a hidden number was, and it cannot be turned back.

use super::text::{half_width, is_han, is_han_numeral};

/// What stands for anything that is hidden whole.
pub const HIDDEN: &str = "****";
const MAX_STARS: usize = 3;

/// A masked name and a masked number as pages show them, beside each other; hidden whole where there is neither.
pub fn line(name: Option<&str>, phone: Option<&str>) -> String {
    let both: Vec<&str> = [name, phone].into_iter().flatten().collect();
    if both.is_empty() {
        HIDDEN.to_owned()
    } else {
        both.join(" ")
    }
}

/// A name with its first character only: `李小明` → `李**`, `Anna Berg` → `A***`. A one-character name is hidden.
pub fn name(name: &str) -> String {
    let mut characters = name.chars().filter(|c| c.is_alphanumeric());
    let (first, rest) = (characters.next(), characters.count());
    match first {
        Some(first) if rest > 0 => {
            let stars = if is_han(first) {
                rest.min(MAX_STARS)
            } else {
                MAX_STARS
            };
            format!("{first}{}", "*".repeat(stars))
        }
        _ => HIDDEN.to_owned(),
    }
}

/// A mobile number with three digits before and four behind: `138****1234`. A prefix 86 is left out. Everything else,
/// such as a landline, is hidden whole: of eight digits seven would still say who it is.
pub fn phone(number: &str) -> String {
    let mut digits = String::new();
    for c in number.chars().map(half_width) {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '+' | '(' | ')' => {}
            _ => return HIDDEN.to_owned(),
        }
    }
    let local = match digits.strip_prefix("0086").or(digits.strip_prefix("86")) {
        Some(local) if local.len() == 11 => local,
        _ => &digits,
    };
    match local.len() {
        11 if local.starts_with('1') => format!("{}****{}", &local[..3], &local[7..]),
        _ => HIDDEN.to_owned(),
    }
}

/// An address up to its compound: `明湖路88号翠湖小区3栋2单元501` → `明湖路88号翠湖小区****`. Building, entrance,
/// dwelling and, where a house number is all there is, the house number are hidden.
pub fn address(address: &str) -> String {
    if !address.chars().any(is_han) {
        return latin_address(address);
    }
    let characters: Vec<char> = address.chars().map(half_width).collect();
    match dwelling(&characters) {
        Some(at) => characters[..at]
            .iter()
            .chain(HIDDEN.chars().collect::<Vec<_>>().iter())
            .collect(),
        None => address.to_owned(),
    }
}

/// Where the first number that leads to a dwelling begins. A street number before a named compound is passed over.
fn dwelling(text: &[char]) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        let length = text[at..].iter().take_while(|c| is_number(**c)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let after = &text[at + length..];
        if leads_to_dwelling(&text[at..at + length], after) && !is_street_number(&text[..at], after)
        {
            return Some(at);
        }
        at += length;
    }
    None
}

fn is_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_han_numeral(c)
}

/// Digits and single letters do, unless an ordinary word follows (`2环路`); Chinese numerals (`三道堰`) only before a
/// building word.
fn leads_to_dwelling(number: &[char], after: &[char]) -> bool {
    let building = matches!(
        after.first(),
        Some(
            '号' | '栋'
                | '幢'
                | '座'
                | '楼'
                | '单'
                | '室'
                | '层'
                | '户'
                | '门'
                | '组'
                | '队'
                | '社'
                | '房'
        )
    );
    let has_digit = number.iter().any(char::is_ascii_digit);
    building || has_digit && !matches!(after.first(), Some('环' | '段' | '路' | '街' | '期' | '区'))
}

/// `路88号` and then a name that ends like a compound's.
fn is_street_number(before: &[char], after: &[char]) -> bool {
    const COMPOUND: [char; 14] = [
        '区', '苑', '园', '院', '寓', '厦', '城', '府', '庭', '庄', '居', '里', '湾', '坊',
    ];
    let street = matches!(before.last(), Some('路' | '街' | '巷' | '道' | '段' | '弄'));
    let Some(('号', named)) = after.split_first().map(|(first, rest)| (*first, rest)) else {
        return false;
    };
    let name: Vec<char> = named
        .iter()
        .copied()
        .take_while(|c| is_han(*c) && !is_han_numeral(*c))
        .collect();
    street && name.iter().any(|c| COMPOUND.contains(c))
}

/// The comma-separated parts without a digit and without a word for a dwelling.
fn latin_address(address: &str) -> String {
    const DWELLING: [&str; 9] = [
        "rm",
        "room",
        "flat",
        "unit",
        "block",
        "apt",
        "apartment",
        "floor",
        "building",
    ];
    let names_no_dwelling = |part: &&str| {
        !part.is_empty()
            && !part.chars().any(|c| half_width(c).is_ascii_digit())
            && !part
                .split_whitespace()
                .any(|word| DWELLING.contains(&word.trim_matches('.').to_lowercase().as_str()))
    };
    let kept: Vec<&str> = address
        .split(',')
        .map(str::trim)
        .filter(names_no_dwelling)
        .collect();
    if kept.is_empty() {
        HIDDEN.to_owned()
    } else {
        format!("{HIDDEN}, {}", kept.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_first_character() {
        for (clear, masked) in [
            ("李四", "李*"),
            ("李小明", "李**"),
            ("阿依古丽·示例", "阿***"),
            ("Anna Berg", "A***"),
        ] {
            assert_eq!(name(clear), masked);
        }
    }

    #[test]
    fn a_line_shows_what_there_is_and_nothing_where_there_is_nothing() {
        assert_eq!(line(Some("李**"), Some("138****1234")), "李** 138****1234");
        assert_eq!(line(None, Some("138****1234")), "138****1234");
        assert_eq!(line(None, None), HIDDEN);
    }

    #[test]
    fn a_name_of_one_character_or_none_is_hidden() {
        for clear in ["李", "", " ", "A"] {
            assert_eq!(name(clear), HIDDEN);
        }
    }

    #[test]
    fn a_mobile_number_keeps_three_and_four_digits() {
        for clear in [
            "13800001234",
            "138 0000 1234",
            "+86-138-0000-1234",
            "008613800001234",
            "１３８００００１２３４",
        ] {
            assert_eq!(phone(clear), "138****1234");
        }
    }

    #[test]
    fn a_short_or_odd_number_is_hidden_whole() {
        for clear in [
            "",
            "110",
            "028-12345678",
            "1380000123",
            "138000012345",
            "13800001234转8",
            "23800001234",
        ] {
            assert_eq!(phone(clear), HIDDEN);
        }
    }

    #[test]
    fn an_address_keeps_the_compound_and_hides_the_dwelling() {
        let cases = [
            ("明湖路88号翠湖小区3栋2单元501", "明湖路88号翠湖小区****"),
            ("翠湖小区三栋二单元五〇一室", "翠湖小区****"),
            ("翠湖小区A座1203", "翠湖小区****"),
            ("翠湖小区３－２－５０１", "翠湖小区****"),
            ("翠湖小区 3-2-501", "翠湖小区 ****"),
            ("二环路南段翠湖苑12号楼", "二环路南段翠湖苑****"),
            ("翠湖小区二期7幢", "翠湖小区二期****"),
        ];
        for (clear, masked) in cases {
            assert_eq!(address(clear), masked);
        }
    }

    #[test]
    fn a_house_number_that_is_all_there_is_is_hidden() {
        for (clear, masked) in [
            ("明湖路88号", "明湖路****"),
            ("白桥村3组12号", "白桥村****"),
            ("河边街十二号示例家", "河边街****"),
        ] {
            assert_eq!(address(clear), masked);
        }
    }

    #[test]
    fn a_dwelling_written_first_hides_all() {
        assert_eq!(address("3栋501 翠湖小区"), HIDDEN);
    }

    #[test]
    fn an_address_without_a_dwelling_stays() {
        for clear in ["三道堰公园南门", "翠湖小区", "二环路与明湖路路口"] {
            assert_eq!(address(clear), clear);
        }
    }

    #[test]
    fn a_latin_address_keeps_the_parts_without_numbers() {
        assert_eq!(
            address("Room 501, Block 3, Cuihu Garden"),
            "****, Cuihu Garden"
        );
        assert_eq!(address("88 Minghu Road"), HIDDEN);
        assert_eq!(address("Block C, Cuihu Garden"), "****, Cuihu Garden");
    }
}
