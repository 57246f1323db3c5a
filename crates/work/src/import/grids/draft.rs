//! One grid as far as a file tells it. What could not be read is left open, so that everything else can still be judged.

use geo::MultiPolygon;
use rules::grid::{GridCode, Level, Scheme};

use crate::import::Problem;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said<T> {
    /// Nothing.
    Nothing,
    /// Something that cannot be read, which was told.
    Unreadable,
    /// This.
    This(T),
}

impl<T> Said<T> {
    /// What was read.
    pub(super) const fn this(&self) -> Option<&T> {
        match self {
            Self::This(value) => Some(value),
            Self::Nothing | Self::Unreadable => None,
        }
    }
}

/// A grid of the file.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub place: Place,
    /// `Nothing` asks for a code to be given.
    pub code: Said<GridCode>,
    /// The code as it is written.
    pub written: String,
    pub name: String,
    /// None where it cannot be read.
    pub level: Option<Level>,
    /// None where it cannot be read.
    pub scheme: Option<Scheme>,
    pub parent: Said<GridCode>,
    pub households: Option<u32>,
    pub border: Said<MultiPolygon>,
}

impl Draft {
    /// Whether it is, or with an unreadable level might be, the grid that a community is known by.
    pub(super) fn may_be_root(&self) -> bool {
        let governs = self.scheme.as_ref().is_none_or(Scheme::is_governance);
        governs && self.level.is_none() && self.parent == Said::Nothing
    }

    /// Whether it is the grid that a community is known by.
    pub(super) fn is_root(&self) -> bool {
        let governs = self.scheme.as_ref().is_some_and(Scheme::is_governance);
        governs && self.level == Some(Level::Community)
    }

    /// The name it goes by, where both parts can be read.
    pub(super) fn key(&self) -> Option<(Scheme, GridCode)> {
        Some((self.scheme.clone()?, self.code.this()?.clone()))
    }
}

/// What a file of grids says, as far as it can be read.
pub(super) struct Found {
    pub drafts: Vec<Draft>,
    /// Everything that is wrong with rows and features.
    pub problems: Vec<Problem>,
    /// Whether some of it could not be read as a grid at all.
    pub torn: bool,
}

/// Where it stands: a feature's number, or a row of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub sheet: Option<String>,
    pub number: usize,
    /// What the file calls the fields: code, name, level, scheme, parent, households.
    pub fields: [String; 6],
}

/// The field of the code.
pub(super) const CODE: usize = 0;
/// The field of the level.
pub(super) const LEVEL: usize = 2;
/// The field of the parent's code.
pub(super) const PARENT: usize = 4;

impl Place {
    /// A problem of one of the fields.
    pub(super) fn of_field(&self, field: usize, code: &'static str, text: &str) -> Problem {
        let name = self.fields.get(field).map_or("", String::as_str);
        self.problem(name, code, text)
    }

    /// A problem of a column by its name.
    pub(super) fn problem(&self, column: &str, code: &'static str, text: &str) -> Problem {
        let problem = Problem::row(self.number, column, code).with("text", text);
        match &self.sheet {
            Some(sheet) => problem.on_sheet(sheet),
            None => problem,
        }
    }
}

/// The texts of a grid, whichever kind of file they come from.
pub(super) struct Texts<'a> {
    pub place: Place,
    /// In the order of the fields.
    pub texts: [&'a str; 6],
    /// Which fields the file has no usable column of; that was told once, not for every row.
    pub lacking: [bool; 6],
}

impl Texts<'_> {
    /// The draft; faults are added to `problems`.
    pub(super) fn draft(self, border: Said<MultiPolygon>, problems: &mut Vec<Problem>) -> Draft {
        let mut fault = |at: usize, code| {
            if !self.lacking[at] {
                problems.push(self.place.of_field(at, code, self.texts[at]));
            }
        };
        let [code, name, level, scheme, parent, households] = self.texts;
        let code = given(code, self.lacking[CODE]);
        if code == Said::Unreadable {
            fault(CODE, "code-malformed");
        }
        if name.is_empty() {
            fault(1, "missing");
        } else if name.chars().count() > 60 {
            fault(1, "too-long");
        }
        let level = level_of(level);
        if level.is_none() {
            fault(LEVEL, "level-unknown");
        }
        let scheme = match scheme {
            "" if self.lacking[3] => None,
            "" => Some(Scheme::governance()),
            named => named.parse().ok(),
        };
        if scheme.is_none() {
            fault(3, "scheme-malformed");
        }
        let parent = given(parent, self.lacking[PARENT]);
        if parent == Said::Unreadable {
            fault(PARENT, "code-malformed");
        }
        let number: Option<u32> = households.parse().ok();
        if !households.is_empty() && number.is_none() {
            fault(5, "not-a-number");
        }
        Draft {
            code,
            written: self.texts[CODE].to_owned(),
            name: name.to_owned(),
            level,
            scheme,
            parent,
            households: number,
            border,
            place: self.place,
        }
    }
}

fn given(text: &str, lacking: bool) -> Said<GridCode> {
    match text {
        _ if lacking => Said::Unreadable,
        "" => Said::Nothing,
        text => text.parse().map_or(Said::Unreadable, Said::This),
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
