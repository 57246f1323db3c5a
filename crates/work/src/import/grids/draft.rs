//! One grid as a file gives it.

use geo::MultiPolygon;
use rules::grid::{GridCode, Level, Scheme};

use crate::import::Problem;

/// A grid of the file.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub place: Place,
    /// `None` asks for a code to be given.
    pub code: Option<GridCode>,
    pub name: String,
    pub level: Level,
    pub scheme: Scheme,
    pub parent: Option<GridCode>,
    pub households: Option<u32>,
    pub shape: Option<MultiPolygon>,
}

/// Where it stands: a feature's number, or a row of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub sheet: Option<String>,
    pub number: usize,
}

impl Place {
    pub(super) fn problem(&self, field: &str, code: &'static str, text: &str) -> Problem {
        let problem = Problem::row(self.number, field, code).with("text", text);
        match &self.sheet {
            Some(sheet) => problem.on_sheet(sheet),
            None => problem,
        }
    }
}

/// The texts of a grid, whichever kind of file they come from.
pub(super) struct Texts<'a> {
    pub place: Place,
    /// Names of the fields as this file calls them: code, name, level, scheme, parent, households.
    pub fields: [&'a str; 6],
    pub texts: [&'a str; 6],
}

impl Texts<'_> {
    /// The typed draft; faults are added to `problems`.
    pub(super) fn draft(
        self,
        shape: Option<MultiPolygon>,
        problems: &mut Vec<Problem>,
    ) -> Option<Draft> {
        let before = problems.len();
        let mut fault = |at: usize, code| {
            problems.push(self.place.problem(self.fields[at], code, self.texts[at]))
        };
        let [code, name, level, scheme, parent, households] = self.texts;
        let given = |text: &str| Some(text.parse::<GridCode>()).filter(|_| !text.is_empty());
        let (code, parent) = (given(code), given(parent));
        if matches!(code, Some(Err(_))) {
            fault(0, "code-malformed");
        }
        if name.is_empty() || name.chars().count() > 60 {
            fault(
                1,
                if name.is_empty() {
                    "missing"
                } else {
                    "too-long"
                },
            );
        }
        let level = level_of(level);
        if level.is_none() {
            fault(2, "level-unknown");
        }
        let scheme = if scheme.is_empty() {
            Some(Scheme::governance())
        } else {
            scheme.parse().ok()
        };
        if scheme.is_none() {
            fault(3, "scheme-malformed");
        }
        if matches!(parent, Some(Err(_))) {
            fault(4, "code-malformed");
        }
        let number: Option<u32> = if households.is_empty() {
            None
        } else {
            households.parse().ok()
        };
        if !households.is_empty() && number.is_none() {
            fault(5, "not-a-number");
        }
        if problems.len() > before {
            return None;
        }
        Some(Draft {
            code: code.and_then(Result::ok),
            name: name.to_owned(),
            level: level?,
            scheme: scheme?,
            parent: parent.and_then(Result::ok),
            households: number,
            shape,
            place: self.place,
        })
    }
}

/// A level by its name in files, or as the field calls it.
fn level_of(text: &str) -> Option<Level> {
    match text {
        "总网格" | "社区总网格" => Some(Level::Community),
        "一般网格" | "网格" => Some(Level::General),
        "专属网格" => Some(Level::Dedicated),
        "微网格" => Some(Level::Micro),
        name => name.parse().ok(),
    }
}
