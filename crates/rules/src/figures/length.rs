//! How long handling took: the mean says what it cost altogether, the median what one may expect, by the clock on the wall
//! and in working hours. Exact: every length is looked at, none is guessed from a class of lengths.

/// Lengths in minutes, as they are collected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    calendar: Minutes,
    working: Minutes,
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
        self.calendar.extend(&other.calendar);
        self.working.extend(&other.working);
    }

    /// What they come to; `None` where nothing was handled.
    pub fn time(self) -> Option<HandlingTime> {
        Some(HandlingTime {
            n: self.calendar.n,
            calendar: self.calendar.middle()?,
            working: self.working.middle()?,
        })
    }
}

/// Shorter lengths than this (45 days) are counted when there are many.
const COUNTED: usize = 1 << 16;
/// From so many listed on.
const MANY: usize = 1 << 15;

/// Lengths of one kind: a list, and when there are many a count of each length, so that a million takes no more room than
/// thirty thousand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Minutes {
    n: u64,
    sum: u64,
    listed: Vec<u32>,
    counted: Vec<u32>,
}

impl Minutes {
    fn push(&mut self, one: u32) {
        self.n += 1;
        self.sum += u64::from(one);
        self.put(one);
    }

    fn put(&mut self, one: u32) {
        if let Some(count) = self.counted.get_mut(one as usize) {
            *count += 1;
            return;
        }
        self.listed.push(one);
        if self.listed.len() >= MANY && self.counted.is_empty() {
            self.count();
        }
    }

    /// Counts from now on what can be counted.
    fn count(&mut self) {
        self.counted = vec![0; COUNTED];
        for one in std::mem::take(&mut self.listed) {
            self.put(one);
        }
    }

    fn extend(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += other.sum;
        if self.counted.is_empty() && !other.counted.is_empty() {
            self.count();
        }
        for (own, other) in self.counted.iter_mut().zip(&other.counted) {
            *own += other;
        }
        other.listed.iter().for_each(|one| self.put(*one));
    }

    fn middle(mut self) -> Option<Middle> {
        if self.n == 0 {
            return None;
        }
        let upper = f64::from(self.at(self.n / 2)?);
        let median = if self.n.is_multiple_of(2) {
            f64::midpoint(f64::from(self.at(self.n / 2 - 1)?), upper)
        } else {
            upper
        };
        Some(Middle {
            mean: self.sum as f64 / self.n as f64,
            median,
        })
    }

    /// The length at a place of their order. What is counted is shorter than what is listed beside it.
    fn at(&mut self, place: u64) -> Option<u32> {
        let mut left = place;
        for (one, times) in (0..).zip(&self.counted) {
            match left.checked_sub(u64::from(*times)) {
                Some(less) => left = less,
                None => return Some(one),
            }
        }
        let place = usize::try_from(left).ok()?;
        (place < self.listed.len()).then(|| *self.listed.select_nth_unstable(place).1)
    }
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
    fn of_many_mean_and_median_are_as_exact_as_of_few() {
        let lengths: Vec<u32> = (0..80_001_u32)
            .map(|n| n.wrapping_mul(2_654_435_761) % 90_000)
            .collect();
        for n in [80_001, 80_000, 70_000] {
            let mut sorted = lengths[..n].to_vec();
            sorted.sort_unstable();
            let halves = lengths[..n].split_at(n / 3);
            let mut parts = [Lengths::default(), Lengths::default()];
            for (part, half) in parts.iter_mut().zip([halves.0, halves.1]) {
                half.iter().for_each(|one| part.push(*one, one / 3));
            }
            let [mut all, other] = parts;
            all.extend(&other);
            let time = all.time().expect("some");
            let median = f64::midpoint(f64::from(sorted[(n - 1) / 2]), f64::from(sorted[n / 2]));
            let sum: u64 = sorted.iter().map(|one| u64::from(*one)).sum();
            assert_eq!((time.n, time.calendar.median), (n as u64, median));
            assert_eq!(time.calendar.mean, sum as f64 / n as f64);
        }
    }

    #[test]
    fn of_an_even_number_the_median_lies_between_the_two_in_the_middle() {
        assert_eq!(of(&[10, 40, 20, 30]).expect("some").calendar.median, 25.0);
        assert_eq!(of(&[7]).expect("some").calendar.median, 7.0);
        assert_eq!(of(&[]), None);
    }
}
