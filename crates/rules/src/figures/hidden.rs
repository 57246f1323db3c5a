//! What figures must not give away about residents: a number that counts fewer people than the threshold is not shown, and
//! neither are as many of its neighbours as whoever subtracts the shown ones from the whole would need to find it.

use serde::{Deserialize, Serialize};

use super::figure::{Figure, Value};

/// Fewer people than this are never shown, whatever a community lays down (`domain.md` §2.5: n = 5).
pub const FEWEST: u64 = 5;

/// What a community lays down about its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FiguresSettings {
    /// Numbers of residents below it are not shown; [`FEWEST`] at least.
    pub fewest: u64,
}

impl Default for FiguresSettings {
    fn default() -> Self {
        Self { fewest: FEWEST }
    }
}

impl FiguresSettings {
    /// The threshold that holds.
    pub fn fewest(&self) -> u64 {
        self.fewest.max(FEWEST)
    }
}

/// Why a number is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It counts some people, but fewer than so many.
    Few {
        /// As many are needed.
        fewest: u64,
    },
    /// Shown, it would tell a small number beside it.
    Beside,
}

/// The residents that a cell counts, as groups; an empty group is nobody.
pub type People = [u64; 2];

/// The parts of one whole beside which a cell stands, and which of them it is, or lies in.
#[derive(Clone, Debug)]
pub struct Line {
    /// The residents of every part.
    pub parts: Vec<People>,
    /// The cell's own; none where it is a part of its own making, so that the rest is all the others.
    pub own: Option<usize>,
}

impl Figure {
    /// Whether it counts residents at all.
    pub fn is_of_people(self) -> bool {
        self.people(1, 1) != [0, 0]
    }

    /// The value as it may be shown.
    pub fn shown(self, met: u64, unmet: u64, withheld: Option<Withheld>) -> Value {
        withheld.map_or_else(|| self.value(met, unmet), Value::Withheld)
    }
}

/// Why a cell that stands alone is not shown: it is small, or a line that it stands in keeps it back.
pub fn alone(own: People, lines: &[Line], fewest: u64) -> Option<Withheld> {
    if is_few(own, fewest) {
        return Some(Withheld::Few { fewest });
    }
    let keeps = |line: &Line| match line.own {
        Some(at) => parts(&line.parts, fewest)
            .get(at)
            .is_some_and(Option::is_some),
        None => {
            let rest = |group: usize| {
                let whole: u64 = line.parts.iter().map(|part| part[group]).sum();
                whole.saturating_sub(own[group])
            };
            is_few([rest(0), rest(1)], fewest)
        }
    };
    (own != [0, 0] && lines.iter().any(keeps)).then_some(Withheld::Beside)
}

/// Why each part of a whole that is shown is not: the small ones, and the smallest of the others until nobody who subtracts
/// can tell any small one from all it might be. Where even all do not suffice, none says that it is a small one.
pub fn parts(parts: &[People], fewest: u64) -> Vec<Option<Withheld>> {
    let few = |part: &People| is_few(*part, fewest).then_some(Withheld::Few { fewest });
    let mut kept: Vec<_> = parts.iter().map(few).collect();
    let mut is_safe = true;
    for group in 0..2 {
        let mut others: Vec<usize> = (0..parts.len())
            .filter(|at| kept[*at].is_none() && parts[*at][group] > 0)
            .collect();
        others.sort_by_key(|at| parts[*at][group]);
        let mut others = others.into_iter();
        while !is_hidden(parts, &kept, group, fewest) {
            let Some(next) = others.next() else {
                is_safe = false;
                break;
            };
            kept[next] = Some(Withheld::Beside);
        }
    }
    if !is_safe {
        for kept in kept.iter_mut().flatten() {
            *kept = Withheld::Beside;
        }
    }
    kept
}

/// The same where the whole is not shown: nothing of it is.
pub fn parts_of_withheld(parts: &[People], fewest: u64) -> Vec<Option<Withheld>> {
    let kept = |part: &People| {
        let why = if is_few(*part, fewest) {
            Withheld::Few { fewest }
        } else {
            Withheld::Beside
        };
        (*part != [0, 0]).then_some(why)
    };
    parts.iter().map(kept).collect()
}

fn is_few(people: People, fewest: u64) -> bool {
    people.iter().any(|n| (1..fewest).contains(n))
}

/// Whether the sum of what is kept back leaves each small number everything it might be, from one to one below the threshold.
fn is_hidden(parts: &[People], kept: &[Option<Withheld>], group: usize, fewest: u64) -> bool {
    let (mut small, mut large, mut sum) = (0, 0, 0);
    for (part, _) in parts.iter().zip(kept).filter(|(_, kept)| kept.is_some()) {
        let n = part[group];
        small += u64::from((1..fewest).contains(&n));
        large += u64::from(n >= fewest);
        sum += n;
    }
    let Some(others) = u64::checked_sub(small, 1) else {
        return true;
    };
    let most = fewest - 1;
    sum >= most + others + large * fewest && (large > 0 || sum <= 1 + others * most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Option<Withheld> = Some(Withheld::Few { fewest: FEWEST });
    const BESIDE: Option<Withheld> = Some(Withheld::Beside);

    fn people(counts: &[u64]) -> Vec<People> {
        counts.iter().map(|n| [*n, 0]).collect()
    }

    fn kept(counts: &[u64]) -> Vec<Option<Withheld>> {
        parts(&people(counts), FEWEST)
    }

    #[test]
    fn one_small_part_takes_the_smallest_of_the_others_with_it() {
        assert_eq!(kept(&[2, 9, 7]), [FEW, None, BESIDE]);
    }

    #[test]
    fn small_parts_whose_sum_tells_what_each_can_be_take_another_with_them() {
        assert_eq!(kept(&[4, 4, 9, 30]), [FEW, FEW, BESIDE, None]);
        assert_eq!(kept(&[1, 1, 40]), [FEW, FEW, BESIDE]);
    }

    #[test]
    fn small_parts_that_hide_each_other_take_nobody_with_them() {
        assert_eq!(kept(&[2, 3, 9]), [FEW, FEW, None]);
    }

    #[test]
    fn where_all_together_do_not_hide_a_small_part_none_says_that_it_is_one() {
        assert_eq!(kept(&[1, 5]), [BESIDE, BESIDE]);
        assert_eq!(kept(&[2, 2, 1]), [BESIDE, BESIDE, BESIDE]);
    }

    #[test]
    fn where_nothing_is_small_everything_is_shown_and_nobody_is_no_small_number() {
        assert_eq!(kept(&[5, 9, 0]), [None, None, None]);
        assert_eq!(kept(&[]), []);
    }

    #[test]
    fn whoever_knows_the_sums_and_the_reasons_finds_every_small_number_possible() {
        let mut seed = 1_u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..400 {
            let counts: Vec<u64> = (0..2 + next(4)).map(|_| next(12)).collect();
            let kept = kept(&counts);
            let sum: u64 = hidden(&counts, &kept).map(|(_, n)| n).sum();
            let ranges: Vec<Vec<u64>> = hidden(&counts, &kept)
                .map(|(why, _)| match why {
                    Withheld::Few { fewest } => (1..fewest).collect(),
                    Withheld::Beside if kept.contains(&FEW) => (FEWEST..=sum).collect(),
                    Withheld::Beside => (1..=sum).collect(),
                })
                .collect();
            for (at, (_, n)) in hidden(&counts, &kept).enumerate() {
                let small = (1..FEWEST).contains(&n);
                for guess in (1..FEWEST).filter(|_| small && kept.contains(&FEW)) {
                    let rest = ranges.iter().enumerate().filter(|(other, _)| *other != at);
                    let fits = reaches(
                        rest.map(|(_, range)| range.as_slice()),
                        sum - guess.min(sum),
                    );
                    assert!(
                        guess <= sum && fits,
                        "{counts:?}: {guess} is ruled out, {kept:?}"
                    );
                }
            }
        }
    }

    fn hidden<'a>(
        counts: &'a [u64],
        kept: &'a [Option<Withheld>],
    ) -> impl Iterator<Item = (Withheld, u64)> + 'a {
        let both = kept.iter().zip(counts);
        both.filter_map(|(kept, n)| kept.map(|why| (why, *n)))
    }

    /// Whether one number out of each range can come to a sum.
    fn reaches<'a>(ranges: impl Iterator<Item = &'a [u64]>, sum: u64) -> bool {
        let mut sums = std::collections::BTreeSet::from([0]);
        for range in ranges {
            sums = sums
                .iter()
                .flat_map(|one| range.iter().map(move |more| one + more))
                .filter(|one| *one <= sum)
                .collect();
        }
        sums.contains(&sum)
    }

    #[test]
    fn a_cell_that_is_asked_for_alone_is_kept_back_like_beside_its_neighbours() {
        let beside = |counts: &[u64], own| Line {
            parts: people(counts),
            own,
        };
        assert_eq!(alone([3, 0], &[], FEWEST), FEW);
        assert_eq!(alone([6, 0], &[beside(&[6, 2], Some(0))], FEWEST), BESIDE);
        assert_eq!(alone([9, 0], &[beside(&[9, 7, 2], Some(0))], FEWEST), None);
        assert_eq!(alone([6, 0], &[beside(&[8], None)], FEWEST), BESIDE);
        assert_eq!(alone([0, 0], &[beside(&[8], None)], FEWEST), None);
    }

    #[test]
    fn both_groups_of_a_change_are_hidden() {
        let two = [[9, 2], [9, 9], [20, 30]];
        assert_eq!(parts(&two, FEWEST), [FEW, BESIDE, None]);
    }

    #[test]
    fn nothing_of_a_whole_that_is_not_shown_is_shown() {
        let of = |counts: &[u64]| parts_of_withheld(&people(counts), FEWEST);
        assert_eq!(of(&[6, 3, 0]), [BESIDE, FEW, None]);
    }

    #[test]
    fn a_community_may_ask_for_more_people_and_never_for_fewer() {
        let laid_down = |fewest| FiguresSettings { fewest }.fewest();
        assert_eq!((laid_down(1), laid_down(9)), (FEWEST, 9));
    }
}
