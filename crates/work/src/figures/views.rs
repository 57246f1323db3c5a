//! Several views counted in one go over the sheets: where the cases of a sheet stand in the figures of a window is reckoned once,
//! whoever counts them.

use rules::figures::{Flags, GROUPS, Sight, Stretches, Wanted, Window};
use rules::ids::CaseId;

use super::count::{Cell, View};
use super::over::{Counter, Opened};

/// Where the cases of a sheet stand, in the groups of figures in which any counts.
pub(super) type Groups = [Option<Flags>; GROUPS];

/// Views of one question.
pub(super) struct Views {
    views: Vec<View>,
    looks: Looks,
}

impl Views {
    /// Views that are counted together.
    pub fn new(views: Vec<View>) -> Self {
        let windows = views.iter().flat_map(View::windows);
        let looks = Looks::new(windows);
        Self { views, looks }
    }

    /// The views as they were counted.
    pub fn counted(self) -> Vec<View> {
        self.views
    }
}

impl Counter for Views {
    fn matters(&self, days: &Stretches) -> bool {
        let windows = self.looks.looks.iter().map(|look| &look.window);
        windows
            .map(|window| Sight::of(days, window))
            .any(Sight::is_any)
    }

    fn wants(&self, days: &Stretches) -> Wanted {
        let windows = self.looks.looks.iter().map(|look| &look.window);
        let by_figures = windows
            .map(|window| Sight::of(days, window))
            .any(Sight::wants_days);
        let lengths = self.views.iter().map(|view| view.wants_lengths(days));
        let figures = Wanted {
            days: by_figures,
            lengths: false,
        };
        lengths.fold(figures, |all, one| Wanted {
            days: all.days || one.days,
            lengths: all.lengths || one.lengths,
        })
    }

    fn take(&mut self, _: CaseId, sheet: Opened<'_>) {
        self.looks.next();
        for view in &mut self.views {
            view.take(sheet, &mut self.looks);
        }
    }

    fn settle(&mut self) {
        let cells = self.views.iter_mut().flat_map(|view| &mut view.cells);
        cells.for_each(Cell::settle);
    }

    fn merge(&mut self, older: Self) {
        for (view, older) in self.views.iter_mut().zip(older.views) {
            view.merge(older);
        }
    }
}

/// How a sheet is seen in each window, looked at when somebody first asks.
pub(super) struct Looks {
    looks: Vec<Look>,
}

struct Look {
    window: Window,
    /// Whether it was looked at on this sheet, and whether anything counts.
    seen: Option<bool>,
    groups: Groups,
}

impl Looks {
    fn new(windows: impl Iterator<Item = Window>) -> Self {
        let mut looks: Vec<Look> = Vec::new();
        for window in windows {
            if looks.iter().all(|look| look.window != window) {
                looks.push(Look {
                    window,
                    seen: None,
                    groups: Groups::default(),
                });
            }
        }
        Self { looks }
    }

    /// The next sheet is looked at.
    fn next(&mut self) {
        self.looks.iter_mut().for_each(|look| look.seen = None);
    }

    /// Where the cases of a sheet stand in the figures of a window; `None` where none counts in any.
    pub fn through(&mut self, window: &Window, sheet: Opened<'_>) -> Option<&Groups> {
        let look = self.looks.iter_mut().find(|look| look.window == *window)?;
        if look.seen.is_none() {
            look.at(sheet);
        }
        look.seen.filter(|any| *any).map(|_| &look.groups)
    }
}

impl Look {
    fn at(&mut self, sheet: Opened<'_>) {
        let mut sight = Sight::of(sheet.days, &self.window);
        if sheet.settled.is_none() {
            sight = sight.unsettled();
        }
        self.seen = Some(sight.is_any());
        if sight.is_any() {
            let looked = (sheet.columns, sheet.settled);
            for (group, flags) in self.groups.iter_mut().enumerate() {
                *flags = Flags::seen(sight, group, looked, &self.window);
            }
        }
    }
}
