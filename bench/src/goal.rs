//! What each row must reach: the floor of the first build and the aim of the design. Numbers only; nothing is measured here.

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// How many a second; more is better. Everything else: less is better.
    PerSecond,
    /// Millionths of a second for one.
    Micros,
    /// Megabytes.
    Megabytes,
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
}

/// One row's goal.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// What is done.
    pub name: &'static str,
    /// In what it is counted.
    pub unit: Unit,
    /// What it must reach, and within how many milliseconds 99 of 100 answers must come.
    pub floor: Mark,
    /// Where the design must be able to go.
    pub aim: Option<Mark>,
}

/// A number to reach.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The number.
    pub value: f64,
    /// The slowest hundredth in milliseconds, where it counts.
    pub p99: Option<f64>,
}

const fn mark(value: f64) -> Mark {
    Mark { value, p99: None }
}

const fn goal(name: &'static str, unit: Unit, floor: f64, aim: f64) -> Goal {
    Goal {
        name,
        unit,
        floor: mark(floor),
        aim: Some(mark(aim)),
    }
}

/// Reports over HTTP on SQLite.
pub const REPORT: Goal = Goal {
    name: "report acknowledged, SQLite, 64 clients",
    unit: Unit::PerSecond,
    floor: Mark {
        value: 5_000.0,
        p99: Some(50.0),
    },
    aim: Some(Mark {
        value: 15_000.0,
        p99: Some(20.0),
    }),
};
/// Reports over HTTP on PostgreSQL, one tenant.
pub const REPORT_ONE: Goal = goal(
    "report, PostgreSQL, one community",
    Unit::PerSecond,
    1_000.0,
    3_000.0,
);
/// Reports over HTTP on PostgreSQL, many tenants.
pub const REPORT_HUNDRED: Goal = goal(
    "report, PostgreSQL, 100 communities",
    Unit::PerSecond,
    3_000.0,
    7_000.0,
);
/// One case.
pub const CASE: Goal = goal(
    "one case (JSON, scoped)",
    Unit::PerSecond,
    15_000.0,
    40_000.0,
);
/// A list of fifty.
pub const LIST: Goal = goal(
    "list of 50 by grid and state, with total",
    Unit::PerSecond,
    1_500.0,
    4_000.0,
);
/// A box of the map.
pub const MAP: Goal = goal(
    "map box with 1,000 cases",
    Unit::PerSecond,
    1_000.0,
    3_000.0,
);
/// Counts of a grid.
pub const COUNTS_GRID: Goal = goal("counts of one grid", Unit::PerSecond, 10_000.0, 30_000.0);
/// Counts of everything.
pub const COUNTS_ALL: Goal = goal(
    "counts of the whole community",
    Unit::PerSecond,
    10_000.0,
    30_000.0,
);
/// The same beside ten times as many cases.
pub const COUNTS_MILLION: Goal = goal(
    "counts of the community, 1,000,000 cases",
    Unit::PerSecond,
    10_000.0,
    30_000.0,
);
/// Figures of a year, whatever they are asked by.
pub const FIGURES: Goal = Goal {
    aim: None,
    floor: Mark {
        value: 10.0,
        p99: Some(100.0),
    },
    ..goal(
        "figures of a year by each dimension, one client",
        Unit::PerSecond,
        10.0,
        10.0,
    )
};
/// The same over ten times as many cases.
pub const FIGURES_MILLION: Goal = Goal {
    name: "figures of a year, 1,000,000 cases, one client",
    ..FIGURES
};
/// The grid of a point.
pub const LOCATE: Goal = goal("locate among 126,449 micro-grids", Unit::Micros, 0.8, 0.25);
/// Whom a task goes to.
pub const ROUTING: Goal = Goal {
    aim: None,
    ..goal(
        "routing decision with 500 rules, warm",
        Unit::Micros,
        50.0,
        50.0,
    )
};
/// A sheet of paper notes.
pub const SHEET: Goal = Goal {
    aim: None,
    ..goal("sheet of 500 notes checked", Unit::Seconds, 1.0, 1.0)
};
/// Memory under load.
pub const MEMORY: Goal = goal("memory (PSS) under this load", Unit::Megabytes, 120.0, 80.0);
/// Disk.
pub const DISK: Goal = goal(
    "disk per case with its journal",
    Unit::Bytes,
    1_500.0,
    700.0,
);
/// From start to ready.
pub const START: Goal = Goal {
    aim: None,
    ..goal("start on the demo database", Unit::Seconds, 1.0, 1.0)
};
/// Memory when nobody asks.
pub const IDLE: Goal = Goal {
    aim: None,
    ..goal(
        "idle memory (PSS), demo database",
        Unit::Megabytes,
        60.0,
        60.0,
    )
};
/// How soon a new case is on the map.
pub const FRESH: Goal = Goal {
    aim: None,
    ..goal(
        "a case in the map box after its 201",
        Unit::Seconds,
        1.0,
        1.0,
    )
};

impl Goal {
    /// Whether the measured number (and its slowest hundredth) reaches a mark.
    pub fn reaches(&self, mark: Mark, value: f64, p99: Option<f64>) -> bool {
        let enough = match self.unit {
            Unit::PerSecond => value >= mark.value,
            _ => value <= mark.value,
        };
        let soon = match (mark.p99, p99) {
            (Some(most), Some(is)) => is <= most,
            (Some(_), None) => false,
            (None, _) => true,
        };
        enough && soon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throughput_alone_does_not_reach_a_mark_that_asks_for_soonness_too() {
        assert!(REPORT.reaches(REPORT.floor, 5_000.0, Some(50.0)));
        assert!(!REPORT.reaches(REPORT.floor, 9_000.0, Some(51.0)));
        assert!(!REPORT.reaches(REPORT.floor, 9_000.0, None));
    }

    #[test]
    fn of_time_memory_and_disk_less_is_better() {
        assert!(LOCATE.reaches(LOCATE.floor, 0.3, None));
        assert!(!DISK.reaches(DISK.floor, 1_501.0, None));
    }
}
