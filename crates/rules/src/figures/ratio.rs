//! Numbers as they are shown: a ratio with its two counts, a change between two periods. An empty denominator shows "—",
//! never 0 % or 100 %.

use std::fmt;

/// How many of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Those that did.
    pub numerator: u64,
    /// Those that should.
    pub denominator: u64,
}

impl Ratio {
    /// So many of so many.
    pub const fn new(numerator: u64, denominator: u64) -> Ratio {
        Ratio {
            numerator,
            denominator,
        }
    }

    /// The percentage; none where nothing was due.
    pub fn percentage(&self) -> Option<f64> {
        let (met, due) = (self.numerator as f64, self.denominator as f64);
        (self.denominator > 0).then(|| met * 100.0 / due)
    }
}

impl fmt::Display for Ratio {
    /// With two decimals, or as many as asked for: `93.72 %`; "—" where there is none to show.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.percentage(), f)
    }
}

/// From one count to another, such as this period against the same of the year before 同比.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The count of this period.
    pub this: u64,
    /// The count of the period before.
    pub before: u64,
}

impl Change {
    /// By how many percent it changed; `None` when there was nothing before.
    pub fn percentage(&self) -> Option<f64> {
        let (this, before) = (self.this as f64, self.before as f64);
        (self.before > 0).then(|| (this - before) * 100.0 / before)
    }
}

impl fmt::Display for Change {
    /// With two decimals, or as many as asked for: `−20.59 %`; "—" when there was nothing before.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.percentage(), f)
    }
}

fn show(percentage: Option<f64>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(percent) = percentage else {
        return f.write_str("—");
    };
    let decimals = f.precision().unwrap_or(2);
    let digits = format!("{:.decimals$}", percent.abs());
    let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if percent < 0.0 && !is_zero { "−" } else { "" };
    write!(f, "{sign}{digits} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_denominator_shows_a_dash() {
        assert_eq!(Ratio::new(0, 0).percentage(), None);
        assert_eq!(Ratio::new(0, 0).to_string(), "—");
        assert_eq!(Change { this: 3, before: 0 }.to_string(), "—");
    }

    #[test]
    fn a_fall_is_shown_with_a_minus_sign() {
        let fall = Change {
            this: 27,
            before: 34,
        };
        assert_eq!(format!("{fall:.1}"), "−20.6 %");
        assert_eq!(
            format!(
                "{:.1}",
                Change {
                    this: 34,
                    before: 27
                }
            ),
            "25.9 %"
        );
    }

    #[test]
    fn a_change_that_rounds_to_nothing_has_no_sign() {
        assert_eq!(
            Change {
                this: 99_999,
                before: 100_000
            }
            .to_string(),
            "0.00 %"
        );
    }
}
