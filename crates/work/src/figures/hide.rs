//! What of the figures is not shown, so that no small number of residents can be read or reckoned: a cell is held against its
//! neighbours in every split it could stand in, so that asking for it alone tells no more than the split does.

use std::sync::Arc;

use rules::figures::{Crowd, Figure, Line, Period, Withheld, alone, parts, parts_of_withheld};
use rules::ids::GridId;

use super::count::{Sums, View};
use super::parts::Parts;
use super::question::{By, Choice, Hands, Question};
use super::touch::{can_touch, part_touches, question_touches};
use crate::Error;
use crate::net::CommunityNet;

/// A split beside which the asked cases stand, and the codes of the parts that they are, are made of or lie in.
pub(super) struct Beside {
    question: Question,
    by: By,
    own: Vec<String>,
}

impl Beside {
    /// The splits that the filters of a question cut a part out of, up to the whole.
    pub fn of(net: &CommunityNet, question: &Question) -> Vec<Beside> {
        let of_scheme = question
            .grid
            .and_then(|grid| Self::of_scheme(net, question, grid));
        let mut splits: Vec<Beside> = of_scheme.into_iter().collect();
        let mut put = |question: Question, by, own: &str| {
            let own = vec![own.to_owned()];
            splits.push(Beside { question, by, own });
        };
        let way = question.grid.map(|grid| net.way(grid)).unwrap_or_default();
        for pair in way.windows(2) {
            let grid = Some(pair[1].id);
            let parent = Question {
                grid,
                ..question.clone()
            };
            put(parent, By::Grid, pair[0].code.as_str());
        }
        if let Some(code) = &question.category {
            let found = net.catalogue().and_then(|all| all.category(code));
            let class = found.map(|found| found.class_code.clone());
            let whole = Question {
                category: None,
                ..question.clone()
            };
            put(whole, By::Category, class.as_ref().unwrap_or(code).as_str());
            let of_class = class.filter(|class| class != code).map(|class| Question {
                category: Some(class),
                ..question.clone()
            });
            if let Some(of_class) = of_class {
                put(of_class, By::Category, code.as_str());
            }
        }
        if let Some(hands) = question.hands {
            let own = match hands {
                Hands::Grids => "",
                Hands::Department(id) => net.department(id).map_or("", |one| one.code.as_str()),
            };
            let whole = Question {
                hands: None,
                ..question.clone()
            };
            put(whole, By::Department, own);
        }
        if let Some(channel) = question.channel {
            let whole = Question {
                channel: None,
                ..question.clone()
            };
            put(whole, By::Channel, channel.as_str());
        }
        splits
    }

    /// A grid of another scheme is made of parts of the split by the community's grids: it is shown where each of them is, so
    /// that it tells nothing that they do not.
    fn of_scheme(net: &CommunityNet, question: &Question, grid: GridId) -> Option<Self> {
        net.grid(grid).filter(|one| !one.scheme.is_governance())?;
        let part = |id: &GridId| net.grid(*id).map(|one| one.code.as_str().to_owned());
        Some(Self {
            question: Question {
                grid: None,
                ..question.clone()
            },
            by: By::Grid,
            own: net.parts(grid).iter().filter_map(part).collect(),
        })
    }

    /// What has to be counted of it, all together.
    pub fn view(&self, net: &Arc<CommunityNet>, periods: &[Period]) -> Result<View, Error> {
        let touches = can_touch(self.by) || question_touches(net, &self.question);
        self.counting(net, periods, !touches)
    }

    /// The same within each part of a split.
    pub fn within(&self, net: &Arc<CommunityNet>, outer: Parts, by: By) -> Result<View, Error> {
        let touches = [by, self.by].into_iter().any(can_touch);
        let touches = touches || question_touches(net, &self.question);
        let view = self.counting(net, &[self.question.period], !touches)?;
        Ok(view.within(outer))
    }

    /// Where no part tells of persons but by figures of residents, no other figure is counted.
    fn counting(
        &self,
        net: &Arc<CommunityNet>,
        periods: &[Period],
        of_people: bool,
    ) -> Result<View, Error> {
        let choice = Choice::of(net, &self.question)?;
        let parts = Parts::new(net, &self.question, self.by);
        Ok(View::beside(choice, parts, periods, of_people))
    }

    /// The number of each own part in the split as it was counted; none for one that was not met. Of several only those that
    /// were.
    fn places(&self, view: &View) -> Vec<Option<usize>> {
        let place = |code: &String| view.parts.as_ref().and_then(|all| all.number(code));
        let places = self.own.iter().map(place);
        places
            .filter(|place| self.own.len() == 1 || place.is_some())
            .collect()
    }
}

/// The splits beside a question as they were counted.
pub(super) struct Neighbours<'a> {
    pub net: &'a CommunityNet,
    pub question: &'a Question,
    pub beside: &'a [Beside],
    pub views: &'a [View],
    /// Fewer people than this are not shown.
    pub fewest: u64,
}

/// For every figure whether and why it is not shown.
pub(super) type Kept = [Option<Withheld>; Figure::ALL.len()];

/// Figures that show the same number of requests under two names: what one keeps back the other must not tell.
const PAIR: [Figure; 2] = [Figure::YearOnYear, Figure::PeriodOnPeriod];

impl Neighbours<'_> {
    /// Whether the asked cases, or a part of them, are such as tell of persons.
    fn touches(&self, part: Option<&str>) -> bool {
        let part = part.zip(self.question.by);
        question_touches(self.net, self.question)
            || part.is_some_and(|(code, by)| part_touches(self.net, by, code))
    }

    /// How many cases at least there must be of them to be told how long each took.
    pub fn least(&self, part: Option<&str>) -> u64 {
        if self.touches(part) { self.fewest } else { 0 }
    }

    /// What is not shown of the asked cases, or of a part of them, in the period of a place.
    pub fn kept(&self, own: &Sums, at: usize, part: Option<&str>) -> Kept {
        let each = self.beside.iter().zip(self.views);
        let each = each.map(|(beside, view)| (view, beside.places(view), view.touching(part)));
        let each: Vec<_> = each.collect();
        let own_touches = self.touches(part);
        let any = own_touches || each.iter().any(|(_, _, touching)| touching.contains(&true));
        let of = |figure: Figure| {
            let lines = each.iter().flat_map(|(view, places, touching)| {
                let parts = view.line(at, part, figure, touching);
                let line = move |own: &Option<usize>| Line {
                    own: *own,
                    parts: parts.clone(),
                };
                places.iter().map(line)
            });
            let lines: Vec<Line> = lines.collect();
            alone(own.crowd(figure, own_touches), &lines, self.fewest)
        };
        let asked = |figure| Some(figure).filter(|one: &Figure| any || one.is_of_people());
        paired(Figure::ALL.map(|figure| asked(figure).and_then(of)), own)
    }

    /// What is not shown of the parts of a whole, of which each tells of persons or does not.
    pub fn kept_of_parts(&self, sums: &[Sums], whole: &Kept, touching: &[bool]) -> Vec<Kept> {
        let mut kept = vec![Kept::default(); sums.len()];
        for figure in Figure::ALL {
            let crowd = |(sums, touches): (&Sums, &bool)| sums.crowd(figure, *touches);
            let crowd: Vec<Crowd> = sums.iter().zip(touching).map(crowd).collect();
            let own = match whole[figure as usize] {
                Some(_) => parts_of_withheld(&crowd, self.fewest),
                None => parts(&crowd, self.fewest),
            };
            for (kept, own) in kept.iter_mut().zip(own) {
                kept[figure as usize] = own;
            }
        }
        let each = kept.into_iter().zip(sums);
        each.map(|(kept, sums)| paired(kept, sums)).collect()
    }

    /// The same of parts in time, where each tells in its changes how many there were in the one before.
    pub fn kept_of_times(&self, sums: &[Sums], whole: &Kept) -> Vec<Kept> {
        let touching = vec![self.touches(None); sums.len()];
        let mut kept = self.kept_of_parts(sums, whole, &touching);
        let change = Figure::PeriodOnPeriod;
        let before: Vec<bool> = kept
            .iter()
            .map(|kept| kept[change as usize].is_some())
            .collect();
        let later = kept.iter_mut().zip(sums).skip(1);
        for ((kept, sums), before) in later.zip(before) {
            if before && sums.crowd(change, true).people[1] > 0 {
                kept[change as usize].get_or_insert(Withheld::Beside);
            }
        }
        kept
    }
}

/// What either keeps back.
pub(super) fn both(one: &Kept, other: &Kept) -> Kept {
    std::array::from_fn(|at| one[at].or(other[at]))
}

fn paired(mut kept: Kept, own: &Sums) -> Kept {
    let [now, _] = own.crowd(PAIR[0], true).people;
    if now > 0 && PAIR.iter().any(|figure| kept[*figure as usize].is_some()) {
        for figure in PAIR {
            kept[figure as usize].get_or_insert(Withheld::Beside);
        }
    }
    kept
}
