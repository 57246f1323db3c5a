//! Numbers of orders 工单 as another office gave them. One number is written in many ways: small letters, wide ones, blanks,
//! dashes of all kinds. What is compared is a key; what was written is kept and given back.

use crate::letters::ordinary;

/// The length from which on a group of digits is a year, a day or a counter of its own: a dash between two of them parts
/// nothing that could be read otherwise.
const WHOLE: usize = 4;

/// What two ways to write one number have in common: letters and signs of ordinary width, capital, without blanks, hidden
/// characters and dashes. A dash stays where the number would be another one without it: `1-12` is not `11-2`.
pub fn order_key(number: &str) -> String {
    let signs = ordinary(without_guard(number))
        .filter(|c| !c.is_whitespace())
        .map(dash);
    let signs: Vec<char> = signs.flat_map(char::to_uppercase).collect();
    let mut parts = signs.split(|c| *c == '-').filter(|part| !part.is_empty());
    let mut key: Vec<char> = parts.next().unwrap_or_default().to_vec();
    // the part in front, not the key: a dash that went makes no group longer
    let mut before = key.clone();
    for part in parts {
        if parts_something(&before, part) {
            key.push('-');
        }
        key.extend(part);
        before = part.to_vec();
    }
    key.into_iter().collect()
}

/// A number without what people and programs write around it so that a workbook keeps its digits: an apostrophe in front, or
/// `="…"`. Neither is part of the number.
pub fn without_guard(number: &str) -> &str {
    let number = number.trim();
    let said = number.strip_prefix('=').map(str::trim);
    let said = said.and_then(|rest| {
        rest.strip_prefix(['"', '“', '”', '＂'])?
            .strip_suffix(['"', '“', '”', '＂'])
    });
    let said = said.unwrap_or(number).trim();
    said.strip_prefix(['\'', '’', '‘', '＇'])
        .unwrap_or(said)
        .trim()
}

/// Whether a dash between two parts says where one ends.
fn parts_something(before: &[char], behind: &[char]) -> bool {
    let digits = |c: &&char| c.is_ascii_digit();
    let ends = before.iter().rev().take_while(digits).count();
    let begins = behind.iter().take_while(digits).count();
    match (ends, begins) {
        (0, 0) => true,
        (0, _) | (_, 0) => false,
        _ => ends < WHOLE || begins < WHOLE,
    }
}

/// One dash for every kind of dash that ordinary letters still know.
const fn dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '─' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_key_however_it_is_written() {
        for number in [
            "SL-1",
            "sl-1",
            " SL 1 ",
            "ＳＬ－１",
            "SL—1",
            "SL--1",
            "s\u{200b}l1",
            "ⓢⓛ－①",
            "𝐒𝐋﹣𝟏",
            "'SL-1",
            "’SL-1",
            "=\"SL-1\"",
            "= \"'sl 1\"",
        ] {
            assert_eq!(order_key(number), "SL1", "{number}");
        }
        for number in [
            "20261130-0001",
            "20261130 0001",
            "202611300001",
            "2026-1130-0001",
        ] {
            assert_eq!(order_key(number), "202611300001", "{number}");
        }
        assert_eq!(order_key("〔2026〕12号"), "〔2026〕12号");
    }

    #[test]
    fn numbers_that_only_their_dashes_tell_apart_have_keys_of_their_own() {
        assert_ne!(order_key("1-12"), order_key("11-2"));
        assert_ne!(order_key("2026-11-2"), order_key("2026-1-12"));
        assert_ne!(order_key("AB-C"), order_key("A-BC"));
        assert_eq!(order_key("1 - 12"), "1-12");
    }
}
