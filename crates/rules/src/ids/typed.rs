//! A number as people copy it from a receipt: signs of full width, blanks, a dash that is none, the community's code left out.

use super::Number;
use crate::privacy::text::{half_width, plain_dash};

/// Digits of the day, before the count.
const DAY: usize = 8;
/// Digits of the day and of the shortest count.
const SHORTEST: usize = 12;

impl Number {
    /// The number that was meant. Where there is one community only, `only` is its code, which may be left out then; the hyphen
    /// before the count as well.
    pub fn typed(text: &str, only: Option<&str>) -> Option<Self> {
        let plain: String = text.chars().map(sign).collect();
        let plain = plain.to_uppercase();
        let parted: Vec<&str> = plain
            .split([' ', '-'])
            .filter(|one| !one.is_empty())
            .collect();
        // a blank may stand for a hyphen, or for nothing
        let written = [parted.join("-"), plain.replace(' ', "")];
        let whole = || written.iter().find_map(|text| text.parse().ok());
        let short = |code: &str| {
            let mut texts = written.iter().map(|text| hyphened(text));
            texts.find_map(|text| format!("{code}-{text}").parse().ok())
        };
        whole().or_else(|| short(only?))
    }
}

/// A sign as a keyboard of plain letters has it.
fn sign(c: char) -> char {
    match plain_dash(half_width(c)) {
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Day and count typed in one: 202601310001.
fn hyphened(text: &str) -> String {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits && text.len() >= SHORTEST {
        format!("{}-{}", &text[..DAY], &text[DAY..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, only: Option<&str>) -> Option<String> {
        Number::typed(text, only).map(|number| number.to_string())
    }

    #[test]
    fn a_number_is_read_however_it_was_copied_from_paper() {
        let whole = Some("510184999001-20261201-0013".to_owned());
        for text in [
            "510184999001-20261201-0013",
            "  510184999001-20261201-0013 ",
            "５１０１８４９９９００１－２０２６１２０１－００１３",
            "510184999001 20261201 0013",
            "510184999001 - 20261201 - 0013",
            "5101 8499 9001-20261201-0013",
            "510184999001—20261201—0013",
        ] {
            assert_eq!(typed(text, None), whole, "{text}");
            assert_eq!(typed(text, Some("510184999001")), whole, "{text}");
        }
        assert_eq!(
            typed("mh-20261201-0013", None),
            Some("MH-20261201-0013".to_owned())
        );
    }

    #[test]
    fn where_there_is_one_community_its_code_may_be_left_out() {
        let whole = Some("510184999001-20261201-0013".to_owned());
        for text in [
            "20261201-0013",
            "２０２６１２０１－００１３",
            "20261201 0013",
            "2026 1201-0013",
            "202612010013",
        ] {
            assert_eq!(typed(text, Some("510184999001")), whole, "{text}");
            assert_eq!(typed(text, None), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_stays_none() {
        for text in [
            "",
            "-",
            "13",
            "2026-0013",
            "20261301-0013",
            "0013-20261201",
            "示例",
        ] {
            assert_eq!(typed(text, Some("510184999001")), None, "{text}");
        }
    }
}
