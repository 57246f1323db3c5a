//! Limits as the hotline writes them. A catalogue says in which hours and days it counts; the hotline's `24小时` and `5天` are
//! those of everybody's clock and calendar.

use rules::case::{Limit, Unit};
use rules::deadline::read_limit;

use super::fold;

/// The hotline's own units, longer names first: hours and days that run through nights and holidays.
const UNITS: [(&str, Unit); 4] = [
    ("个小时", Unit::UrgentHour),
    ("小时", Unit::UrgentHour),
    ("个天", Unit::NaturalDay),
    ("天", Unit::NaturalDay),
];
/// What may stand behind a limit and changes nothing.
const WITHIN: [&str; 3] = ["之内", "以内", "内"];

/// Reads a limit; none if it says no length.
pub(super) fn read(text: &str) -> Option<Limit> {
    // the two ways to count working days are told in capitals
    let folded = fold(text).to_uppercase();
    let bare = WITHIN.iter().find_map(|end| folded.strip_suffix(end));
    let bare = bare.unwrap_or(&folded);
    let natural = || {
        let plain = |(name, unit): &(&str, Unit)| Some((bare.strip_suffix(name)?, *unit));
        let (digits, unit) = UNITS.iter().find_map(plain)?;
        // read as everywhere, with the same bounds
        let n = read_limit(&format!("{digits}自然日"), "").ok()?.n;
        Some(Limit { unit, n })
    };
    let legal = read_limit(bare, "法定").or_else(|_| read_limit(bare, ""));
    legal.ok().or_else(natural)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_of_the_hotline_run_through_nights_and_holidays() {
        for (text, unit, n) in [
            ("24小时", Unit::UrgentHour, 24),
            ("48 个小时内", Unit::UrgentHour, 48),
            ("5天", Unit::NaturalDay, 5),
            ("５天", Unit::NaturalDay, 5),
            ("3个工作日", Unit::LegalDay, 3),
            ("7工作日", Unit::LegalDay, 7),
            ("5工作日(累计)", Unit::WorkDay, 5),
            ("5工作日 B", Unit::LegalDay, 5),
            ("4工作小时", Unit::WorkHour, 4),
        ] {
            assert_eq!(read(text), Some(Limit { unit, n }), "{text}");
        }
    }

    #[test]
    fn what_has_no_length_is_no_limit() {
        for text in ["尽快", "天", "0天", "1.5小时", "3651天", "两三天", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
