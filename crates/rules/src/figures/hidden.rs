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

/// What a cell counts, and whether a small number of it would tell of persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crowd {
    /// As groups of which none may be small where it touches anybody.
    pub people: People,
    /// Whether they are persons, or cases that each concern one. Of a cell that touches nobody any number may be shown, unless
    /// it would tell a small one beside it.
    pub touches: bool,
}

impl Crowd {
    const fn is_empty(&self) -> bool {
        matches!(self.people, [0, 0])
    }

    fn is_few(&self, fewest: u64) -> bool {
        self.touches && self.people.iter().any(|n| (1..fewest).contains(n))
    }
}

/// The parts of one whole beside which a cell stands, and which of them it is, or lies in.
#[derive(Clone, Debug)]
pub struct Line {
    /// What every part counts.
    pub parts: Vec<Crowd>,
    /// The cell's own; none where it is a part of its own making, so that the rest is all the others.
    pub own: Option<usize>,
}

impl Figure {
    /// Whether it counts residents at all.
    pub fn is_of_people(self) -> bool {
        self.people(1, 1) != [0, 0]
    }

    /// What a cell of it counts. A figure of cases tells of persons only where the cell's cases are those of residents or
    /// concern one each; then neither how many there are nor how many were met may be small.
    pub fn crowd(self, met: u64, unmet: u64, touches: bool) -> Crowd {
        if self.is_of_people() {
            let people = self.people(met, unmet);
            return Crowd {
                people,
                touches: true,
            };
        }
        Crowd {
            people: [met + unmet, met],
            touches,
        }
    }

    /// The value as it may be shown.
    pub fn shown(self, met: u64, unmet: u64, withheld: Option<Withheld>) -> Value {
        withheld.map_or_else(|| self.value(met, unmet), Value::Withheld)
    }
}

/// Why a cell that stands alone is not shown: it is small, or a line that it stands in keeps it back.
pub fn alone(own: Crowd, lines: &[Line], fewest: u64) -> Option<Withheld> {
    if own.is_few(fewest) {
        return Some(Withheld::Few { fewest });
    }
    let keeps = |line: &Line| match line.own {
        Some(at) => parts(&line.parts, fewest)
            .get(at)
            .is_some_and(Option::is_some),
        None => {
            let rest = |group: usize| {
                let whole: u64 = line.parts.iter().map(|part| part.people[group]).sum();
                whole.saturating_sub(own.people[group])
            };
            let touches = own.touches || line.parts.iter().any(|part| part.touches);
            let people = [rest(0), rest(1)];
            Crowd { people, touches }.is_few(fewest)
        }
    };
    (!own.is_empty() && lines.iter().any(keeps)).then_some(Withheld::Beside)
}

/// Why each part of a whole that is shown is not: the small ones that touch somebody, and the smallest of the others until nobody
/// who subtracts can tell any small one from all it might be. Where even all do not suffice, none says that it is a small one.
pub fn parts(parts: &[Crowd], fewest: u64) -> Vec<Option<Withheld>> {
    let few = |part: &Crowd| part.is_few(fewest).then_some(Withheld::Few { fewest });
    let mut kept: Vec<_> = parts.iter().map(few).collect();
    let mut is_safe = true;
    for group in 0..2 {
        let mut others: Vec<usize> = (0..parts.len())
            .filter(|at| kept[*at].is_none() && parts[*at].people[group] > 0)
            .collect();
        others.sort_by_key(|at| parts[*at].people[group]);
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
pub fn parts_of_withheld(parts: &[Crowd], fewest: u64) -> Vec<Option<Withheld>> {
    let kept = |part: &Crowd| {
        let why = if part.is_few(fewest) {
            Withheld::Few { fewest }
        } else {
            Withheld::Beside
        };
        (!part.is_empty()).then_some(why)
    };
    parts.iter().map(kept).collect()
}

/// Whether the sum of what is kept back leaves each small number everything it might be, from one to one below the threshold.
/// Of a part that touches nobody whoever subtracts knows only that it is not empty, for it may be of any size.
fn is_hidden(parts: &[Crowd], kept: &[Option<Withheld>], group: usize, fewest: u64) -> bool {
    let (mut small, mut large, mut covers, mut sum) = (0, 0, 0, 0);
    for (part, _) in parts.iter().zip(kept).filter(|(_, kept)| kept.is_some()) {
        let n = part.people[group];
        if part.touches {
            small += u64::from((1..fewest).contains(&n));
            large += u64::from(n >= fewest);
        } else {
            covers += u64::from(n > 0);
        }
        sum += n;
    }
    let Some(others) = u64::checked_sub(small, 1) else {
        return true;
    };
    let most = fewest - 1;
    let has_room = sum >= most + others + large * fewest + covers;
    has_room && (large + covers > 0 || sum <= 1 + others * most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Option<Withheld> = Some(Withheld::Few { fewest: FEWEST });
    const BESIDE: Option<Withheld> = Some(Withheld::Beside);

    /// Persons, so many.
    fn persons(n: u64) -> Crowd {
        Crowd {
            people: [n, 0],
            touches: true,
        }
    }

    /// Cases that touch nobody, so many.
    fn cases(n: u64) -> Crowd {
        Crowd {
            touches: false,
            ..persons(n)
        }
    }

    fn people(counts: &[u64]) -> Vec<Crowd> {
        counts.iter().map(|n| persons(*n)).collect()
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
    fn what_touches_nobody_is_shown_however_small_and_covers_a_small_part_beside_it() {
        let kept = |crowd: &[Crowd]| parts(crowd, FEWEST);
        assert_eq!(kept(&[cases(1), cases(2), cases(9)]), [None, None, None]);
        assert_eq!(kept(&[persons(2), cases(3), cases(9)]), [FEW, BESIDE, None]);
        assert_eq!(
            kept(&[persons(1), cases(1), cases(20)]),
            [FEW, BESIDE, BESIDE]
        );
        assert_eq!(kept(&[persons(1), cases(2), cases(1)]), [BESIDE; 3]);
        assert_eq!(kept(&[persons(7), cases(1)]), [None, None]);
    }

    #[test]
    fn whoever_knows_the_sums_and_the_reasons_finds_every_small_number_possible() {
        let mut seed = 1_u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..800 {
            let crowd: Vec<Crowd> = (0..2 + next(4))
                .map(|_| Crowd {
                    touches: next(3) > 0,
                    ..persons(next(12))
                })
                .collect();
            let kept = parts(&crowd, FEWEST);
            let sum: u64 = hidden(&crowd, &kept).map(|(_, one)| one.people[0]).sum();
            let ranges: Vec<Vec<u64>> = hidden(&crowd, &kept)
                .map(|(why, one)| match why {
                    Withheld::Few { fewest } => (1..fewest).collect(),
                    Withheld::Beside if one.touches && kept.contains(&FEW) => {
                        (FEWEST..=sum).collect()
                    }
                    Withheld::Beside => (1..=sum).collect(),
                })
                .collect();
            for (at, (_, one)) in hidden(&crowd, &kept).enumerate() {
                for guess in (1..FEWEST).filter(|_| one.is_few(FEWEST) && kept.contains(&FEW)) {
                    let rest = ranges.iter().enumerate().filter(|(other, _)| *other != at);
                    let fits = reaches(
                        rest.map(|(_, range)| range.as_slice()),
                        sum - guess.min(sum),
                    );
                    assert!(
                        guess <= sum && fits,
                        "{crowd:?}: {guess} is ruled out, {kept:?}"
                    );
                }
            }
            let small = crowd
                .iter()
                .zip(&kept)
                .filter(|(one, _)| one.is_few(FEWEST));
            assert!(small.clone().all(|(_, kept)| kept.is_some()), "{crowd:?}");
            assert!(
                small.count() > 0 || kept.iter().all(Option::is_none),
                "where nothing small touches anybody, all is shown: {crowd:?}"
            );
        }
    }

    fn hidden<'a>(
        crowd: &'a [Crowd],
        kept: &'a [Option<Withheld>],
    ) -> impl Iterator<Item = (Withheld, Crowd)> + 'a {
        let both = kept.iter().zip(crowd);
        both.filter_map(|(kept, one)| kept.map(|why| (why, *one)))
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
        let alone = |own, lines: &[Line]| alone(own, lines, FEWEST);
        assert_eq!(alone(persons(3), &[]), FEW);
        assert_eq!(alone(persons(6), &[beside(&[6, 2], Some(0))]), BESIDE);
        assert_eq!(alone(persons(9), &[beside(&[9, 7, 2], Some(0))]), None);
        assert_eq!(alone(persons(6), &[beside(&[8], None)]), BESIDE);
        assert_eq!(alone(persons(0), &[beside(&[8], None)]), None);
    }

    #[test]
    fn cases_that_touch_nobody_are_kept_back_alone_only_beside_a_small_number_of_persons() {
        let beside = |parts: &[Crowd]| Line {
            parts: parts.to_vec(),
            own: Some(0),
        };
        let alone = |lines: &[Line]| alone(cases(3), lines, FEWEST);
        assert_eq!(alone(&[]), None);
        assert_eq!(alone(&[beside(&[cases(3), cases(1)])]), None);
        assert_eq!(alone(&[beside(&[cases(3), persons(8)])]), None);
        assert_eq!(alone(&[beside(&[cases(3), persons(2)])]), BESIDE);
    }

    #[test]
    fn a_figure_of_cases_touches_persons_where_its_cell_does_and_one_of_residents_always() {
        let told = |figure: Figure, touches| figure.crowd(2, 3, touches);
        for touches in [true, false] {
            let people = [5, 2];
            assert_eq!(told(Figure::Closing, touches), Crowd { people, touches });
        }
        let always = Crowd {
            people: [2, 0],
            touches: true,
        };
        assert_eq!(told(Figure::NeedsSolved, false), always);
    }

    #[test]
    fn both_groups_of_a_change_are_hidden() {
        let touches = true;
        let two = [[9, 2], [9, 9], [20, 30]].map(|people| Crowd { people, touches });
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
