//! Time limits as catalogues write them: `2紧急工作时`, `4工作时`, `5个工作日`, `30自然日`. What cannot be read for certain
//! (`立即`, a bare `小时`) is refused, never turned into something near.

use crate::case::{Limit, Unit};

/// A text that is no time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time limit")]
pub struct BadLimit;

/// Reads a limit; `legal` says that working days are counted as the law does 法定, not used up inside office time 累计.
///
/// # Errors
/// For a text with no number, no known unit, or a number out of 1–999.
pub fn parse_limit(text: &str, legal: bool) -> Result<Limit, BadLimit> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(narrow)
        .collect();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let n: u16 = number.parse().map_err(|_| BadLimit)?;
    let unit = match unit.strip_prefix('个').unwrap_or(unit) {
        "分钟" => Unit::Minute,
        "紧急工作时" => Unit::UrgentHour,
        "紧急工作日" => Unit::UrgentDay,
        "工作时" | "工作小时" => Unit::WorkHour,
        "工作日" if legal => Unit::LegalDay,
        "工作日" => Unit::WorkDay,
        "自然日" | "日历日" => Unit::NaturalDay,
        _ => return Err(BadLimit),
    };
    if (1..=999).contains(&n) {
        Ok(Limit { unit, n })
    } else {
        Err(BadLimit)
    }
}

/// Full-width digits as ASCII ones.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_real_catalogues_are_read() {
        for (text, legal, unit, n) in [
            ("2紧急工作时", false, Unit::UrgentHour, 2),
            ("1紧急工作日", false, Unit::UrgentDay, 1),
            ("4工作时", false, Unit::WorkHour, 4),
            ("5工作日", false, Unit::WorkDay, 5),
            ("7个工作日", true, Unit::LegalDay, 7),
            ("３０ 自然日", true, Unit::NaturalDay, 30),
            ("15分钟", false, Unit::Minute, 15),
        ] {
            assert_eq!(parse_limit(text, legal), Ok(Limit { unit, n }), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        for text in [
            "",
            "立即",
            "2小时",
            "工作日",
            "0工作日",
            "1000工作日",
            "-1工作日",
            "2工作日内",
            "种植季节15工作日",
        ] {
            assert_eq!(parse_limit(text, false), Err(BadLimit), "{text}");
        }
    }
}
