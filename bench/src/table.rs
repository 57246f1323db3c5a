//! The table that a run prints: ours beside the limit of the same machine in the same minutes, floor and aim.

use crate::goal::{Goal, Unit};

/// What one row came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What it had to reach.
    pub goal: &'static Goal,
    /// What it reached.
    pub ours: f64,
    /// Milliseconds of the middle and of the slowest hundredth, where requests were timed.
    pub times: Option<(f64, f64)>,
    /// What the machine can do at best, and what that is.
    pub limit: Option<(f64, &'static str)>,
    /// Whatever else explains the number.
    pub note: String,
}

impl Outcome {
    /// A number without a limit beside it.
    pub fn plain(goal: &'static Goal, ours: f64) -> Self {
        Self {
            goal,
            ours,
            times: None,
            limit: None,
            note: String::new(),
        }
    }

    fn cells(&self) -> [String; 9] {
        let dash = || "–".to_owned();
        let number = |value| written(self.goal.unit, value);
        let p99 = self.times.map(|(_, p99)| p99);
        let reached = match self.goal.aim {
            Some(aim) if self.goal.reaches(aim, self.ours, p99) => "aim",
            _ if self.goal.reaches(self.goal.floor, self.ours, p99) => "floor",
            _ => "NO",
        };
        [
            self.goal.name.to_owned(),
            number(self.ours),
            self.times
                .map_or_else(dash, |(p50, p99)| format!("{p50:.1} / {p99:.1}")),
            self.limit
                .map_or_else(dash, |(limit, what)| format!("{} ({what})", number(limit))),
            self.limit
                .map_or_else(dash, |(limit, _)| format!("{:.2}", self.ours / limit)),
            number(self.goal.floor.value),
            self.goal.aim.map_or_else(dash, |aim| number(aim.value)),
            reached.to_owned(),
            self.note.clone(),
        ]
    }
}

const HEAD: [&str; 9] = [
    "work",
    "ours",
    "p50 / p99 ms",
    "limit",
    "ours/limit",
    "floor",
    "aim",
    "reached",
    "note",
];

/// The whole table as Markdown, so that it can stand in the papers as it is.
pub fn markdown(outcomes: &[Outcome]) -> String {
    let rows: Vec<[String; 9]> = outcomes.iter().map(Outcome::cells).collect();
    let wide = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([HEAD[column].len()]).max().unwrap_or_default()
    };
    let line = |cells: [String; 9]| {
        let padded = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| format!("{cell:<0$}", wide(column)));
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let mut text = line(HEAD.map(str::to_owned));
    text += &line(std::array::from_fn(|column| "-".repeat(wide(column))));
    text.extend(rows.iter().cloned().map(line));
    text
}

fn written(unit: Unit, value: f64) -> String {
    match unit {
        Unit::PerSecond => format!("{}/s", grouped(value)),
        Unit::Micros => format!("{value:.3} µs"),
        Unit::Megabytes => format!("{value:.1} MB"),
        Unit::Bytes => format!("{} B", grouped(value)),
        Unit::Seconds => format!("{value:.2} s"),
    }
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goal;

    #[test]
    fn a_row_says_what_was_reached_and_how_near_the_limit_it_is() {
        let outcome = Outcome {
            times: Some((5.0, 30.0)),
            limit: Some((12_000.0, "raw")),
            ..Outcome::plain(&goal::REPORT, 6_000.0)
        };
        let cells = outcome.cells();
        assert_eq!(cells[1], "6,000/s");
        assert_eq!(cells[4], "0.50");
        assert_eq!(cells[7], "floor");
        assert_eq!(Outcome::plain(&goal::CASE, 14_999.0).cells()[7], "NO");
        assert_eq!(Outcome::plain(&goal::CASE, 40_000.0).cells()[7], "aim");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(1_234_567.0), "1,234,567");
    }
}
