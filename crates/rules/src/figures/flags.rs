//! Four figures at a time: for each case of a sheet one byte says where it stands in them, so that adding up reads every case
//! once for four figures, and part by part once for all.

use super::columns::{Chosen, Columns, SHEET};
use super::counting::Part;
use super::day::Window;
use super::figure::Figure;

/// So many figures are added up together.
pub const TOGETHER: usize = 4;

/// For each place of a sheet two bits for each of up to four figures: the lower says that the case belongs to the denominator,
/// the upper that it belongs to the numerator too.
pub struct Flags([u8; SHEET]);

/// For each figure of those that were asked together how many belong to the numerator, and how many to the denominator only.
pub type Counts = [(u64, u64); TOGETHER];

/// Groups of figures that are added up together.
pub const GROUPS: usize = Figure::ALL.len().div_ceil(TOGETHER);

/// More cases than this are not counted in one byte.
const A_BYTE: usize = u8::MAX as usize;

/// Each bit of a byte in a byte of its own.
const SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            spread[byte] |= (byte as u64 >> bit & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    spread
};

impl Flags {
    /// Where the chosen cases of a sheet stand in the first [`TOGETHER`] of some figures; `chosen` is 1 for a case that is
    /// asked for, else 0.
    pub fn of(columns: &Columns, figures: &[Figure], window: &Window, chosen: &Chosen) -> Self {
        let mut flags = [0; SHEET];
        for (at, figure) in figures.iter().take(TOGETHER).enumerate() {
            columns.flag(*figure, window, chosen, &mut flags, 2 * at as u32);
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

    /// How many stand where, of the whole sheet.
    pub fn sums(&self) -> Counts {
        counts(self.0.chunks(A_BYTE).map(|run| run.iter().copied()))
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
        usize::from(self.n) == A_BYTE
    }

    /// Adds a case by its byte of each group; whoever is full must be taken out before.
    #[inline(always)]
    pub fn add(&mut self, flags: [u8; GROUPS]) {
        debug_assert!(!self.is_full());
        self.n = self.n.wrapping_add(1);
        for (sum, flags) in self.sums.iter_mut().zip(flags) {
            *sum = sum.wrapping_add(SPREAD[usize::from(flags)]);
        }
    }

    /// Takes out what was added, group by group.
    pub fn take(&mut self) -> [Counts; GROUPS] {
        std::mem::take(self).sums.map(|sum| {
            let mut bits = [0; 2 * TOGETHER];
            spread(&mut bits, sum);
            told(&bits)
        })
    }
}

/// Adds up runs of which none is longer than a byte can count.
#[inline(always)]
fn counts(runs: impl Iterator<Item = impl Iterator<Item = u8>>) -> Counts {
    let mut bits = [0_u64; 2 * TOGETHER];
    for run in runs {
        spread(&mut bits, run.map(|flags| SPREAD[usize::from(flags)]).sum());
    }
    told(&bits)
}

/// Adds each byte of a sum to the count of its bit.
#[inline(always)]
fn spread(bits: &mut [u64; 2 * TOGETHER], sum: u64) {
    for (count, byte) in bits.iter_mut().zip(sum.to_le_bytes()) {
        *count += u64::from(byte);
    }
}

fn told(bits: &[u64; 2 * TOGETHER]) -> Counts {
    std::array::from_fn(|at| (bits[2 * at + 1], bits[2 * at] - bits[2 * at + 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_cases_than_a_byte_counts_are_counted() {
        let flags = Flags([0b1101_0001; SHEET]);
        let all = SHEET as u64;
        assert_eq!(flags.sums(), [(0, all), (0, 0), (0, all), (all, 0)]);
    }

    #[test]
    fn a_part_is_full_before_a_byte_is_and_empty_once_it_was_taken_out() {
        let mut short = Short::default();
        let mut n = 0;
        while !short.is_full() {
            short.add([0b1101_0001; GROUPS]);
            n += 1;
        }
        assert_eq!(n, 255);
        assert_eq!(short.take(), [[(0, n), (0, 0), (0, n), (n, 0)]; GROUPS]);
        assert_eq!(short.take(), [Counts::default(); GROUPS]);
    }
}
