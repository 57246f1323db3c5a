//! What an importer says: how much is new, changed and the same, and what is wrong, place by place.

/// What came of a file, or would come of it on a dry run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Things that were not there before.
    pub added: usize,
    /// Things that were there and are different now.
    pub changed: usize,
    /// Things that were there already just so.
    pub same: usize,
    /// What is wrong, or worth knowing. With an error among them nothing was changed.
    pub problems: Vec<Problem>,
}

impl Summary {
    /// A file that was refused. Problems are told as they stand in the file: of the whole first, then sheet by sheet, from
    /// the first row to the last.
    pub fn refused(mut problems: Vec<Problem>) -> Self {
        let mut sheets: Vec<Option<String>> = Vec::new();
        for problem in &problems {
            if !sheets.contains(&problem.sheet) {
                sheets.push(problem.sheet.clone());
            }
        }
        problems.sort_by_cached_key(|one| {
            let sheet = sheets.iter().position(|sheet| *sheet == one.sheet);
            let whole = one.row.is_none() && one.sheet.is_none();
            (!whole, sheet, one.row)
        });
        Self {
            problems,
            ..Self::default()
        }
    }

    /// Whether the file was refused.
    pub fn is_refused(&self) -> bool {
        any_error(&self.problems)
    }
}

/// Whether a file with these problems is refused.
pub(crate) fn any_error(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The file cannot be taken in.
    Error,
    /// It can; somebody should look.
    Warning,
}

/// One thing about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// The sheet, where there are several.
    pub sheet: Option<String>,
    /// The row (from 1, the header included) or the number of the feature.
    pub row: Option<usize>,
    /// The column's or property's name.
    pub column: Option<String>,
    /// A stable name of the problem; the locales have words for it.
    pub code: &'static str,
    /// What the words speak of.
    pub args: Vec<(&'static str, String)>,
}

impl Problem {
    /// An error in a row of a file with one sheet.
    pub fn row(row: usize, column: &str, code: &'static str) -> Self {
        Self {
            severity: Severity::Error,
            sheet: None,
            row: Some(row),
            column: (!column.is_empty()).then(|| column.to_owned()),
            code,
            args: Vec::new(),
        }
    }

    /// Why a file could not even be read from where it lies.
    pub fn unread(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        Self::file(match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => "no-such-file",
            ErrorKind::IsADirectory => "file-is-folder",
            ErrorKind::PermissionDenied => "file-not-allowed",
            _ => "file-not-readable",
        })
    }

    /// An error of the whole file.
    pub fn file(code: &'static str) -> Self {
        Self {
            severity: Severity::Error,
            sheet: None,
            row: None,
            column: None,
            code,
            args: Vec::new(),
        }
    }

    /// The same in a sheet.
    #[must_use]
    pub fn on_sheet(mut self, sheet: &str) -> Self {
        self.sheet = Some(sheet.to_owned());
        self
    }

    /// The same as a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The same with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}
