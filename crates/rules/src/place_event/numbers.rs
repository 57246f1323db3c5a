//! Numbers that tell who somebody is, as they hide in what a machine says: in Chinese digits, with a paper's name in front, with
//! signs between. Stricter than what asks people about their own words: here nobody is asked, the event is refused.

use super::lists::words_of_list;
use crate::privacy::free_text::{self, NumberKind};

/// Papers that tell who somebody is.
const DOCUMENTS: &str = include_str!("documents.txt");
/// What a plate of a special car ends in.
const SPECIAL: &str = "港澳学警挂领试超";
/// What a plate begins with.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";
/// The lengths of bank cards, in digits.
const CARD: std::ops::RangeInclusive<usize> = 16..=19;

/// Whether a text, without wide letters and hidden characters, holds such a number.
pub(super) fn is_in(text: &str) -> bool {
    let digits: String = text.chars().map(digit).collect();
    let dense: String = digits.chars().filter(|c| c.is_alphanumeric()).collect();
    !free_text::find(text).is_empty()
        || !free_text::find(&digits).is_empty()
        || is_plate_in(&digits)
        || is_card_in(&digits)
        || is_document_in(&digits, &dense)
        || is_landline_in(&digits)
}

/// Whether it is one that a machine's own numbers never look like: a citizen's or a plate.
pub(super) fn is_sure_in(text: &str) -> bool {
    let digits: String = text.chars().map(digit).collect();
    let found = free_text::find(&digits);
    found
        .iter()
        .any(|one| matches!(one.kind, NumberKind::Id | NumberKind::Plate))
}

/// A digit however it is written, as the ordinary one.
fn digit(c: char) -> char {
    let at = |zero: u32| char::from_digit((u32::from(c) - zero) % 10, 10).unwrap_or(c);
    match c {
        '〇' | '零' | '○' | '洞' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        '\u{2460}'..='\u{2468}' => at(0x245F),
        '\u{0660}'..='\u{0669}' => at(0x0660),
        '\u{06F0}'..='\u{06F9}' => at(0x06F0),
        '\u{1D7CE}'..='\u{1D7FF}' => at(0x1D7CE),
        other => other,
    }
}

/// Plates with a blank or a sign behind the province, and those of special cars.
fn is_plate_in(text: &str) -> bool {
    let starts = text.char_indices().filter(|(_, c)| PROVINCES.contains(*c));
    let mut starts = starts.map(|(at, c)| (c, &text[at + c.len_utf8()..]));
    starts.any(|(province, rest)| {
        let between = |c: char| matches!(c, ' ' | '·' | '•' | '-' | '.');
        let mut signs = rest.trim_start_matches(between).chars();
        let office = signs.next().filter(char::is_ascii_uppercase);
        let rest = signs.as_str().trim_start_matches(between);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (serial, behind) = rest.split_at(length);
        let special = behind.starts_with(|c| SPECIAL.contains(c));
        // the character says what car it is; without it the make is that of any plate with one sign more
        let more = if special && length == 4 { "0" } else { "" };
        office.is_some_and(|office| {
            let plate = format!("{province}{office}{serial}{more}");
            !free_text::find(&plate).is_empty()
        })
    })
}

/// Digits of a bank card, in whatever groups and with letters around, whose sum is right. What begins like a moment is none.
fn is_card_in(text: &str) -> bool {
    let groups = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-')));
    groups
        .map(|group| {
            group
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        })
        .any(|digits| {
            let begins = digits.starts_with(['3', '4', '5', '6', '9']);
            begins && CARD.contains(&digits.len()) && is_luhn(&digits)
        })
}

fn is_luhn(digits: &str) -> bool {
    let weighed = digits.bytes().rev().enumerate().map(|(at, byte)| {
        let digit = u32::from(byte - b'0');
        let twice = digit * (1 + u32::from(at % 2 == 1));
        twice / 10 + twice % 10
    });
    weighed.sum::<u32>() % 10 == 0
}

/// A paper and, anywhere, a letter or two with seven digits or more; or digits right behind the paper's name.
fn is_document_in(text: &str, dense: &str) -> bool {
    let lower = text.to_lowercase();
    let mut behind = words_of_list(DOCUMENTS).filter_map(|word| {
        let found = if word.is_ascii() {
            lower.as_str()
        } else {
            dense
        };
        found.split_once(word).map(|(_, behind)| behind)
    });
    let numbered = || {
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(is_document_number)
    };
    behind.any(|behind| {
        let rest = behind.trim_start_matches(['号', '码', ':', ' ', '为', '是', '.']);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let digits = rest[..length].bytes().filter(u8::is_ascii_digit).count();
        digits >= 7 || numbered()
    })
}

fn is_document_number(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &word[letters..];
    (1..=2).contains(&letters)
        && (7..=10).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// An area code and a number, parted by a sign as people write them: readings of a meter are not.
fn is_landline_in(text: &str) -> bool {
    let mut groups = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    groups.any(|group| {
        let Some((area, number)) = group.split_once('-') else {
            return false;
        };
        let long = (3..=4).contains(&area.len()) && (7..=8).contains(&number.len());
        long && area.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
    })
}
