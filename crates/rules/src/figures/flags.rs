//! Four figures at a time: for each case of a sheet one byte says where it stands in them, so that adding up reads every case
//! once for four figures, and part by part once for all.

use super::columns::{Chosen, Columns, SHEET};
use super::counting::Part;
use super::day::Window;
use super::figure::Figure;

/// So many figures are added up together.
pub const TOGETHER: usize = 4;

/// For each place of a sheet two bits for each of up to four figures: the lower says that the case belongs to the denominator,
/// the upper that it belongs to the numerator too. What stands behind the last case means nothing.
pub struct Flags([u8; SHEET]);

/// For each figure of those that were asked together how many belong to the numerator, and how many to the denominator only.
pub type Counts = [(u64, u64); TOGETHER];

/// Groups of figures that are added up together.
pub const GROUPS: usize = Figure::ALL.len().div_ceil(TOGETHER);

/// So many groups hold all figures that count residents.
pub const OF_PEOPLE: usize = 3;

/// All figures in their groups, those that count residents first.
pub const GROUPED: [[Figure; TOGETHER]; GROUPS] = [
    [
        Figure::Response,
        Figure::Resolution,
        Figure::Satisfaction,
        Figure::Participation,
    ],
    [
        Figure::ProactiveDiscovery,
        Figure::MissedReports,
        Figure::YearOnYear,
        Figure::PeriodOnPeriod,
    ],
    [
        Figure::NeedsSolved,
        Figure::Filing,
        Figure::AccurateFiling,
        Figure::Rework,
    ],
    [
        Figure::Closing,
        Figure::OnTimeClosing,
        Figure::Handling,
        Figure::OnTimeHandling,
    ],
    [
        Figure::OnTimeDispatch,
        Figure::AccurateDispatch,
        Figure::OnTimeVerify,
        Figure::OnTimeCheck,
    ],
    [
        Figure::SolvedMicro,
        Figure::SolvedGeneral,
        Figure::SolvedCommunity,
        Figure::SolvedAbove,
    ],
];

/// So many cases are counted in bytes before these are added up.
const RUN: usize = 128;

/// The bits of a byte.
const BITS: usize = 2 * TOGETHER;

/// Each bit of a byte in a byte of its own.
const SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < BITS {
            spread[byte] |= (byte as u64 >> bit & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    spread
};

impl Flags {
    /// Where the cases of a sheet stand in the first [`TOGETHER`] of some figures.
    pub fn of(columns: &Columns, figures: &[Figure], window: &Window) -> Self {
        let mut flags = [0; SHEET];
        for (at, figure) in figures.iter().take(TOGETHER).enumerate() {
            columns.flag(*figure, window, &mut flags, 2 * at as u32);
        }
        Self(flags)
    }

    /// The bytes of all places.
    pub fn bytes(&self) -> &[u8; SHEET] {
        &self.0
    }

    /// Whether the case at a place belongs to this part of the first figure; the numerator lies in the denominator.
    pub fn counts(&self, at: usize, of: Part) -> bool {
        let bit = match of {
            Part::Outside => 0,
            Part::Denominator => 1,
            Part::Numerator => 2,
        };
        self.0[at] & bit != 0
    }

    /// How many of the chosen cases stand where.
    pub fn sums(&self, chosen: &Chosen) -> Counts {
        let mut bits = [0; BITS];
        let runs = self.0.as_chunks::<RUN>().0.iter();
        for (flags, chosen) in runs.zip(chosen.as_chunks::<RUN>().0) {
            for (bit, count) in bits.iter_mut().enumerate() {
                let each = flags.iter().zip(chosen);
                *count += u64::from(
                    each.map(|(flags, chosen)| flags >> bit & chosen)
                        .sum::<u8>(),
                );
            }
        }
        told(&bits)
    }
}

impl From<[u8; SHEET]> for Flags {
    fn from(flags: [u8; SHEET]) -> Self {
        Self(flags)
    }
}

/// How many cases of one part stand where, in bytes as long as these suffice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Short {
    sums: [u64; GROUPS],
    n: u8,
}

impl Short {
    /// Whether one more case might be too many.
    #[inline(always)]
    pub fn is_full(&self) -> bool {
        self.n == u8::MAX
    }

    /// Adds the case at a place, by the bytes of the first groups; whoever is full must be taken out before.
    #[inline(always)]
    pub fn add<const N: usize>(&mut self, groups: &[&[u8; SHEET]; N], at: usize) {
        debug_assert!(!self.is_full());
        self.n = self.n.wrapping_add(1);
        for (sum, group) in self.sums.iter_mut().zip(groups) {
            *sum = sum.wrapping_add(SPREAD[usize::from(group[at])]);
        }
    }

    /// Takes out what was added, group by group.
    pub fn take(&mut self) -> [Counts; GROUPS] {
        let bits = |sum: u64| sum.to_le_bytes().map(u64::from);
        std::mem::take(self).sums.map(|sum| told(&bits(sum)))
    }
}

fn told(bits: &[u64; BITS]) -> Counts {
    std::array::from_fn(|at| (bits[2 * at + 1], bits[2 * at] - bits[2 * at + 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_cases_than_a_byte_counts_are_counted() {
        let flags = Flags([0b1101_0001; SHEET]);
        let all = SHEET as u64;
        let sums = [(0, all), (0, 0), (0, all), (all, 0)];
        assert_eq!(flags.sums(&[1; SHEET]), sums);
    }

    #[test]
    fn what_is_not_chosen_does_not_count() {
        let flags = Flags([0b1101_0001; SHEET]);
        let chosen = std::array::from_fn(|at| u8::from(at % 2 == 0));
        let half = SHEET as u64 / 2;
        let sums = [(0, half), (0, 0), (0, half), (half, 0)];
        assert_eq!(flags.sums(&chosen), sums);
    }

    #[test]
    fn a_part_is_full_before_a_byte_is_and_empty_once_it_was_taken_out() {
        let mut short = Short::default();
        let mut n = 0;
        while !short.is_full() {
            short.add(&[&[0b1101_0001; SHEET]; GROUPS], 7);
            n += 1;
        }
        assert_eq!(n, 255);
        assert_eq!(short.take(), [[(0, n), (0, 0), (0, n), (n, 0)]; GROUPS]);
        assert_eq!(short.take(), [Counts::default(); GROUPS]);
    }

    #[test]
    fn every_figure_stands_in_one_group_and_those_of_residents_in_the_first() {
        let grouped = GROUPED.as_flattened();
        for figure in Figure::ALL {
            let places = grouped.iter().filter(|one| **one == figure);
            assert_eq!(places.count(), 1, "{figure:?}");
        }
        let (first, others) = GROUPED.split_at(OF_PEOPLE);
        assert!(
            first
                .iter()
                .all(|group| group.iter().any(|one| one.is_of_people()))
        );
        let others = others.as_flattened().iter();
        assert_eq!(others.filter(|one| one.is_of_people()).count(), 0);
    }
}
