//! How long handling took: the mean says what it cost altogether, the median what one may expect, by the clock on the wall
//! and in working hours. Exact: every length is looked at, none is guessed from a class of lengths.

/// Lengths in minutes, as they are collected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    calendar: Vec<u32>,
    working: Vec<u32>,
}

/// Mean and median in minutes, with how many cases they speak of.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "as they say")]
pub struct HandlingTime {
    pub n: u64,
    pub calendar: Middle,
    pub working: Middle,
}

/// Two ways to say what is usual, in minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    /// All together, divided by their number.
    pub mean: f64,
    /// As many took longer as took less.
    pub median: f64,
}

impl Lengths {
    /// Takes one up.
    pub fn push(&mut self, calendar: u32, working: u32) {
        self.calendar.push(calendar);
        self.working.push(working);
    }

    /// Takes up those of another part.
    pub fn extend(&mut self, other: &Lengths) {
        self.calendar.extend_from_slice(&other.calendar);
        self.working.extend_from_slice(&other.working);
    }

    /// What they come to; `None` where nothing was handled.
    pub fn time(mut self) -> Option<HandlingTime> {
        Some(HandlingTime {
            n: self.calendar.len() as u64,
            calendar: middle(&mut self.calendar)?,
            working: middle(&mut self.working)?,
        })
    }
}

fn middle(lengths: &mut [u32]) -> Option<Middle> {
    if lengths.is_empty() {
        return None;
    }
    let n = lengths.len();
    let sum: u64 = lengths.iter().map(|&one| u64::from(one)).sum();
    let (below, upper, _) = lengths.select_nth_unstable(n / 2);
    let upper = f64::from(*upper);
    let median = match below.iter().max() {
        Some(&lower) if n.is_multiple_of(2) => f64::midpoint(f64::from(lower), upper),
        _ => upper,
    };
    Some(Middle {
        mean: sum as f64 / n as f64,
        median,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(minutes: &[u32]) -> Option<HandlingTime> {
        let mut lengths = Lengths::default();
        for &one in minutes {
            lengths.push(one, one / 3);
        }
        lengths.time()
    }

    #[test]
    fn one_that_took_for_ever_moves_the_mean_and_leaves_the_median() {
        let time = of(&[30, 60, 90, 120, 60_000]).expect("some");
        assert_eq!((time.n, time.calendar.median), (5, 90.0));
        assert_eq!(time.calendar.mean, 12_060.0);
        assert_eq!(time.working.median, 30.0);
    }

    #[test]
    fn of_an_even_number_the_median_lies_between_the_two_in_the_middle() {
        assert_eq!(of(&[10, 40, 20, 30]).expect("some").calendar.median, 25.0);
        assert_eq!(of(&[7]).expect("some").calendar.median, 7.0);
        assert_eq!(of(&[]), None);
    }
}
