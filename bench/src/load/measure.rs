//! What a run came to: how many a second, how long the middle one and the slowest hundredth took. Sorts once, at the end.

use std::time::Duration;

use super::Seen;

/// The result of one run.
#[derive(Debug, Clone, Default)]
pub struct Measure {
    span: Duration,
    micros: Vec<u32>,
    /// Answers that were no success.
    pub refused: u64,
    bytes: u64,
}

impl Measure {
    pub(super) fn new(span: Duration) -> Self {
        Self {
            span,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, seen: Seen) {
        self.micros.extend(seen.micros);
        self.refused += seen.refused;
        self.bytes += seen.bytes;
    }

    pub(super) fn sorted(mut self) -> Self {
        self.micros.sort_unstable();
        self
    }

    /// Successful answers a second.
    pub fn per_second(&self) -> f64 {
        (self.micros.len() as u64 - self.refused) as f64 / self.span.as_secs_f64()
    }

    /// Milliseconds within which that share (0 to 1) of the answers came.
    pub fn within(&self, share: f64) -> f64 {
        let index = (self.micros.len() as f64 * share) as usize;
        let micros = self.micros.get(index).or(self.micros.last());
        f64::from(micros.copied().unwrap_or_default()) / 1_000.0
    }

    /// Mean bytes of a body.
    pub fn body(&self) -> usize {
        (self.bytes / (self.micros.len() as u64).max(1)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_answers_are_no_throughput() {
        let mut measure = Measure::new(Duration::from_secs(2));
        measure.add(Seen {
            micros: vec![3_000, 1_000, 2_000, 100_000],
            refused: 2,
            bytes: 40,
        });
        let measure = measure.sorted();
        assert!((measure.per_second() - 1.0).abs() < 1e-9);
        assert!((measure.within(0.5) - 3.0).abs() < 1e-9);
        assert!((measure.within(0.99) - 100.0).abs() < 1e-9);
        assert_eq!(measure.body(), 10);
    }
}
