//! What does not hang on the period: a case whose days all lie inside it stands in every figure where it stands for ever. That is
//! reckoned once for each sheet, so that of a year no day is looked at but those of the sheets at its two ends.

use super::columns::{Chosen, Columns, SHEET, Stretches};
use super::day::Window;
use super::figure::Figure;
use super::flags::{Flags, GROUPED, GROUPS};

/// Where the cases of a sheet stand in every figure while the period holds all their days; seven bytes a case.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Group by group, a byte for each case.
    flags: Box<[u8]>,
    /// 1 for a case whose handling has a length that counts.
    timed: Box<[u8]>,
}

impl Settled {
    /// Looks at every case of a sheet once.
    pub fn of(columns: &Columns) -> Self {
        let n = columns.n;
        let mut flags = Vec::with_capacity(GROUPS * n);
        for figures in &GROUPED {
            let group = Flags::of(columns, figures, &Window::ALL);
            flags.extend_from_slice(&group.bytes()[..n]);
        }
        let mut timed = vec![0; n];
        columns.lengths(&Window::ALL, &[1; SHEET], |at, _, _| timed[at] = 1);
        Self {
            flags: flags.into_boxed_slice(),
            timed: timed.into_boxed_slice(),
        }
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.flags.len() + self.timed.len()
    }

    /// Hands over how long each chosen case took that counts.
    pub fn lengths(
        &self,
        columns: &Columns,
        chosen: &Chosen,
        mut take: impl FnMut(usize, u32, u32),
    ) {
        for (at, (timed, chosen)) in self.timed.iter().zip(chosen).enumerate() {
            if timed & chosen == 1 {
                take(at, columns.calendar[at], columns.working[at]);
            }
        }
    }

    /// The bits of some figures of a group; none behind the last case.
    fn group(&self, group: usize, bits: u8) -> [u8; SHEET] {
        let n = self.timed.len();
        let own = self.flags.get(group * n..).unwrap_or_default();
        let mut flags = [0; SHEET];
        let each = flags.iter_mut().zip(own).take(n);
        each.for_each(|(to, flag)| *to = flag & bits);
        flags
    }
}

/// Which figures can count anything on a sheet, and which of those are settled: a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    counts: u32,
    settled: u32,
}

impl Sight {
    /// How a sheet is seen through a window.
    pub fn of(days: &Stretches, window: &Window) -> Self {
        let mut sight = Self::default();
        if !days.meet(window) {
            return sight;
        }
        let figures = Figure::ALL.into_iter();
        for figure in figures.filter(|figure| figure.touches(days, window)) {
            let bit = 1 << figure as u32;
            sight.counts |= bit;
            sight.settled |= if figure.is_settled(days, window) {
                bit
            } else {
                0
            };
        }
        sight
    }

    /// The same of a sheet that nobody has settled.
    pub fn unsettled(self) -> Self {
        Self { settled: 0, ..self }
    }

    /// Whether anything can count.
    pub fn is_any(self) -> bool {
        self.counts != 0
    }

    /// Whether days have to be looked at.
    pub fn wants_days(self) -> bool {
        self.counts != self.settled
    }

    /// Whether a figure counts, and whether it is settled.
    fn is(self, figure: Figure) -> (bool, bool) {
        let has = |bits: u32| bits >> figure as u32 & 1 == 1;
        (has(self.counts), has(self.settled))
    }
}

impl Flags {
    /// Where the cases of a sheet stand in a group of figures, as far as these count at all; `None` where none of them does.
    pub fn seen(
        sight: Sight,
        group: usize,
        (columns, settled): (&Columns, Option<&Settled>),
        window: &Window,
    ) -> Option<Self> {
        let figures = GROUPED.get(group)?;
        let each = || (0_u32..).step_by(2).zip(figures);
        let (mut known, mut counts) = (0_u8, false);
        for (bit, figure) in each() {
            let (counted, is_settled) = sight.is(*figure);
            counts |= counted;
            known |= (u8::from(is_settled) * 0b11) << bit;
        }
        if !counts {
            return None;
        }
        let mut flags = settled.map_or([0; SHEET], |settled| settled.group(group, known));
        for (bit, figure) in each().filter(|(_, figure)| sight.is(**figure) == (true, false)) {
            columns.flag(*figure, window, &mut flags, bit);
        }
        Some(Self::from(flags))
    }
}
