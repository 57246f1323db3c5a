//! What a split must not give away: a part with too few opinions is not shown, and neither is the smallest of the others
//! where whoever subtracts the shown parts from the whole would otherwise read it off.

use super::figure::Value;
use super::ratio::FEWEST_OPINIONS;

/// Hides, among the parts of one whole, those that are too small and those that would betray them.
pub fn hide<'a>(parts: impl IntoIterator<Item = &'a mut Value>) {
    let mut ratios: Vec<_> = parts
        .into_iter()
        .filter_map(|value| match value {
            Value::Ratio(ratio) if ratio.fewest > 1 && ratio.denominator > 0 => Some(ratio),
            Value::Ratio(_) | Value::Change(_) | Value::Count(_) => None,
        })
        .collect();
    ratios.sort_by_key(|ratio| ratio.denominator);
    let small = |n: u64| n < FEWEST_OPINIONS;
    let mut together: u64 = ratios
        .iter()
        .map(|ratio| ratio.denominator)
        .filter(|n| small(*n))
        .sum();
    for ratio in ratios.iter_mut().filter(|ratio| !small(ratio.denominator)) {
        if together == 0 || !small(together) {
            return;
        }
        together += ratio.denominator;
        ratio.fewest = u64::MAX;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Figure, Reading};

    fn shown(parts: &[u64]) -> Vec<bool> {
        let of = |n: &u64| Figure::Satisfaction.value(*n, 0);
        let mut values: Vec<Value> = parts.iter().map(of).collect();
        hide(&mut values);
        let reading = |value: &Value| match value {
            Value::Ratio(ratio) => !matches!(ratio.reading(), Reading::TooFew { .. }),
            Value::Change(_) | Value::Count(_) => true,
        };
        values.iter().map(reading).collect()
    }

    #[test]
    fn one_small_part_takes_the_smallest_of_the_others_with_it() {
        assert_eq!(shown(&[2, 9, 7]), [false, true, false]);
    }

    #[test]
    fn small_parts_that_are_many_together_betray_nobody() {
        assert_eq!(shown(&[4, 3, 9]), [false, false, true]);
    }

    #[test]
    fn where_nothing_is_small_everything_is_shown() {
        assert_eq!(shown(&[5, 9, 0]), [true, true, true]);
    }

    #[test]
    fn a_small_part_alone_is_hidden() {
        assert_eq!(shown(&[3]), [false]);
    }
}
