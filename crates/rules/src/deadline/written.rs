//! Limits as people write them in catalogues: `2紧急工作时`, `15工作日(法定)`. What cannot be read is an error with its reason,
//! never a guess: `立即` has no length.

use std::fmt;
use std::str::FromStr;

use crate::case::{Limit, Unit};

/// Why a written limit cannot be used. The importer adds sheet, row and column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Nothing stands there.
    #[error("no limit is given")]
    Empty,
    /// It does not start with a whole number, like `立即`.
    #[error("{0:?} does not start with a whole number")]
    NoNumber(String),
    /// The number is 0 or more than ten years of days.
    #[error("{0} is not between 1 and 3650")]
    OutOfRange(String),
    /// The unit is missing or not one of the field's.
    #[error("{0:?} is not a unit of time limits")]
    Unit(String),
    /// The way of counting is neither 累计 nor 法定.
    #[error("{0:?} is not a way to count working days")]
    Counting(String),
    /// A way of counting stands beside something else than working days.
    #[error("only working days are counted in one of two ways")]
    CountingWithoutWorkDays,
    /// The text and the column beside it say different things.
    #[error("the limit and the column beside it count working days differently")]
    Contradiction,
}

/// The two meanings of a working day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counting {
    Accumulate,
    Legal,
}

const MOST: u16 = 3650;

// Longer names first: 紧急工作时 ends like 工作时.
const UNITS: [(&str, Unit); 8] = [
    ("紧急工作时", Unit::UrgentHour),
    ("紧急工作日", Unit::UrgentDay),
    ("工作小时", Unit::WorkHour),
    ("工作时", Unit::WorkHour),
    ("工作日", Unit::WorkDay),
    ("自然日", Unit::NaturalDay),
    ("自然天", Unit::NaturalDay),
    ("分钟", Unit::Minute),
];

/// Reads a limit whose way of counting working days may stand in a column of its own (`累计`, `法定` or blank).
///
/// # Errors
/// Says what cannot be read; see [`LimitError`].
pub fn read_limit(text: &str, counting: &str) -> Result<Limit, LimitError> {
    let beside = read_counting(counting.trim())?;
    let (n, rest) = read_number(text.trim())?;
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    let (unit, suffix) = read_unit(rest)?;
    let within = read_counting(suffix.trim())?;
    let counting = match (within, beside) {
        (Some(one), Some(other)) if one != other => return Err(LimitError::Contradiction),
        (within, beside) => within.or(beside),
    };
    let unit = match (unit, counting) {
        (unit, None) | (unit @ Unit::WorkDay, Some(Counting::Accumulate)) => unit,
        (Unit::WorkDay, Some(Counting::Legal)) => Unit::LegalDay,
        (_, Some(_)) => return Err(LimitError::CountingWithoutWorkDays),
    };
    Ok(Limit { unit, n })
}

fn read_number(text: &str) -> Result<(u16, &str), LimitError> {
    if text.is_empty() {
        return Err(LimitError::Empty);
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return Err(LimitError::NoNumber(text.to_owned()));
    }
    match digits.parse() {
        Ok(n) if (1..=MOST).contains(&n) => Ok((n, rest.trim_start())),
        _ => Err(LimitError::OutOfRange(digits.to_owned())),
    }
}

fn read_unit(text: &str) -> Result<(Unit, &str), LimitError> {
    UNITS
        .iter()
        .find_map(|(name, unit)| text.strip_prefix(name).map(|rest| (*unit, rest)))
        .ok_or_else(|| LimitError::Unit(text.to_owned()))
}

fn read_counting(text: &str) -> Result<Option<Counting>, LimitError> {
    let bare = text
        .strip_prefix(['(', '（'])
        .and_then(|inner| inner.strip_suffix([')', '）']))
        .unwrap_or(text);
    match bare.trim() {
        "" => Ok(None),
        "累计" | "A" => Ok(Some(Counting::Accumulate)),
        "法定" | "B" => Ok(Some(Counting::Legal)),
        _ => Err(LimitError::Counting(text.to_owned())),
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        read_limit(text, "")
    }
}

impl fmt::Display for Limit {
    /// The written form in Chinese; reading it back gives the same limit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Minute => "分钟",
            Unit::UrgentHour => "紧急工作时",
            Unit::UrgentDay => "紧急工作日",
            Unit::WorkHour => "工作时",
            Unit::WorkDay => "工作日",
            Unit::LegalDay => "工作日(法定)",
            Unit::NaturalDay => "自然日",
        };
        write!(f, "{}{unit}", self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Limit, LimitError> {
        text.parse()
    }

    #[test]
    fn limits_of_catalogues_are_read() {
        for (text, unit, n) in [
            ("2紧急工作时", Unit::UrgentHour, 2),
            ("4工作时", Unit::WorkHour, 4),
            ("15工作日", Unit::WorkDay, 15),
            ("30自然日", Unit::NaturalDay, 30),
            ("1紧急工作日", Unit::UrgentDay, 1),
            ("15分钟", Unit::Minute, 15),
            (" 3 个工作日 ", Unit::WorkDay, 3),
            ("5工作日(法定)", Unit::LegalDay, 5),
            ("5工作日（法定）", Unit::LegalDay, 5),
            ("5工作日 B", Unit::LegalDay, 5),
            ("5工作日(累计)", Unit::WorkDay, 5),
        ] {
            assert_eq!(read(text), Ok(Limit { unit, n }), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for text in [
            "15分钟",
            "2紧急工作时",
            "1紧急工作日",
            "4工作时",
            "7工作日",
            "15工作日(法定)",
            "30自然日",
        ] {
            assert_eq!(
                read(text).map(|limit| limit.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn at_once_has_no_length_and_is_refused() {
        assert_eq!(read("立即"), Err(LimitError::NoNumber("立即".to_owned())));
    }

    #[test]
    fn nothing_is_no_limit() {
        assert_eq!(read("  "), Err(LimitError::Empty));
    }

    #[test]
    fn a_unit_with_two_meanings_is_refused() {
        for text in ["3天", "2小时", "4", "1.5工作日", "种植季节15工作日"] {
            assert!(
                matches!(
                    read(text),
                    Err(LimitError::Unit(_) | LimitError::NoNumber(_))
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn no_time_and_endless_time_are_refused() {
        assert_eq!(read("0工作日"), Err(LimitError::OutOfRange("0".to_owned())));
        assert_eq!(
            read("3651工作日"),
            Err(LimitError::OutOfRange("3651".to_owned()))
        );
        assert_eq!(
            read("99999999工作日"),
            Err(LimitError::OutOfRange("99999999".to_owned()))
        );
    }

    #[test]
    fn words_after_the_unit_are_refused() {
        assert_eq!(
            read("5工作日左右"),
            Err(LimitError::Counting("左右".to_owned()))
        );
    }

    #[test]
    fn the_way_of_counting_belongs_to_working_days_only() {
        assert_eq!(
            read("30自然日(法定)"),
            Err(LimitError::CountingWithoutWorkDays)
        );
    }

    #[test]
    fn the_way_of_counting_may_stand_in_its_own_column() {
        assert_eq!(
            read_limit("7工作日", "法定"),
            Ok(Limit {
                unit: Unit::LegalDay,
                n: 7
            })
        );
        assert_eq!(
            read_limit("7工作日", " "),
            Ok(Limit {
                unit: Unit::WorkDay,
                n: 7
            })
        );
        assert_eq!(
            read_limit("7工作日", "大概"),
            Err(LimitError::Counting("大概".to_owned()))
        );
    }

    #[test]
    fn a_column_that_contradicts_the_text_is_refused() {
        assert_eq!(
            read_limit("7工作日(累计)", "法定"),
            Err(LimitError::Contradiction)
        );
    }
}
