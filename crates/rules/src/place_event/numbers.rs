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
/// What stands between the groups of a phone's number.
const BETWEEN: &[char] = &[' ', '-', '.', '(', ')'];
/// What is counted behind a number that is no plate.
const COUNTED: &[char] = &['户', '人', '元', '米', '次', '度', '个', '名', '吨', '升'];
/// What makes a word of 使, which is no plate then: 致使, 即使.
const WORDS_OF_CAUSE: &str = "致即促迫驱行指唆役假";
/// The lengths of bank cards, in digits.
const CARD: std::ops::RangeInclusive<usize> = 16..=19;

/// Whether a text, without wide letters and hidden characters, holds such a number.
pub(super) fn is_in(text: &str) -> bool {
    let digits: String = text.chars().map(digit).collect();
    let dense: String = digits.chars().filter(|c| c.is_alphanumeric()).collect();
    tells_who(text)
        || tells_who(&digits)
        || is_plate_in(&digits)
        || is_card_in(&digits)
        || is_document_in(&digits, &dense)
        || is_phone_in(&digits)
        || is_parted_plate_in(&digits)
        || is_office_plate_in(&digits)
}

/// A landline without signs between is the number of a device as well; with them [`is_phone_in`] knows it. So is what only looks like
/// a card: [`is_card_in`] knows those whose sum is right.
fn tells_who(text: &str) -> bool {
    let of_device = [NumberKind::Landline, NumberKind::CardLike];
    let found = free_text::find(text);
    found.iter().any(|one| !of_device.contains(&one.kind))
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

/// A plate with a blank or a sign between all its characters.
fn is_parted_plate_in(text: &str) -> bool {
    let starts = text.char_indices().filter(|(_, c)| PROVINCES.contains(*c));
    let mut plates = starts.map(|(at, province)| {
        let mut plate = String::from(province);
        let mut rest = &text[at + province.len_utf8()..];
        while let Some(one) = rest.strip_prefix([' ', '·', '•', '-', '.']) {
            let mut signs = one.chars();
            let Some(sign) = signs.next().filter(char::is_ascii_alphanumeric) else {
                break;
            };
            plate.push(sign);
            rest = signs.as_str();
        }
        plate
    });
    plates.any(|plate| !free_text::find(&plate).is_empty())
}

/// Plates of the armed police and of embassies: `WJ川12345`, `使014578`.
fn is_office_plate_in(text: &str) -> bool {
    let length = |text: &str| text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let of_police = text.match_indices("WJ").any(|(at, mark)| {
        let behind = text[at + mark.len()..].trim_start();
        let province = behind.strip_prefix(|c: char| PROVINCES.contains(c));
        let serial = province.map_or("", str::trim_start);
        let serial = &serial[..length(serial)];
        (4..=6).contains(&serial.len()) && serial.bytes().filter(u8::is_ascii_digit).count() >= 4
    });
    of_police
        || text.match_indices('使').any(|(at, mark)| {
            let before = text[..at].chars().next_back();
            let behind = &text[at + mark.len()..];
            let (serial, behind) = behind.split_at(length(behind));
            let is_serial = serial.len() == 6 && serial.bytes().all(|b| b.is_ascii_digit());
            // 致使, 即使, 使 100000 户: a word of a sentence
            let is_word = before.is_some_and(|c| WORDS_OF_CAUSE.contains(c))
                || behind.trim_start().starts_with(COUNTED);
            is_serial && !is_word
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

/// An area code and a number, or a mobile one, in groups as people write them: `(028)8765-4321`, `139.1234.5678`. Readings of a
/// meter and addresses in a network are none.
fn is_phone_in(text: &str) -> bool {
    let mut runs = text.split(|c: char| !(c.is_ascii_digit() || BETWEEN.contains(&c)));
    runs.any(|run| {
        let groups = run.split(BETWEEN).filter(|group| !group.is_empty());
        let groups: Vec<&str> = groups.collect();
        (0..groups.len()).any(|at| is_phone_in_groups(&groups[at..]))
    })
}

fn is_phone_in_groups(groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().take(3).map(|group| group.len()).collect();
    let is_mobile = || {
        let begins = matches!(groups[0].as_bytes(), [b'1', b'3'..=b'9', _]);
        begins && lengths == [3, 4, 4]
    };
    let is_area = matches!(
        groups[0].as_bytes(),
        [b'0', b'1', b'0'] | [b'0', b'2', _] | [b'0', b'3'..=b'9', _, _]
    );
    let is_local = |number: &&str| number.starts_with(|c: char| matches!(c, '2'..='8'));
    let is_landline = || {
        let long = matches!(lengths[..], [_, 7 | 8] | [_, 7 | 8, _] | [_, 3 | 4, 4]);
        is_area && long && groups.get(1).is_some_and(is_local)
    };
    is_mobile() || is_landline()
}
