//! A problem of a file as machines are told it: by sheet, row and column.

use serde::Serialize;
use utoipa::ToSchema;
use work::import::{Problem, Severity};

use super::Words;
use crate::locale::Text;

/// Something about a file.
#[derive(Serialize, ToSchema)]
pub struct ProblemShape<'a> {
    /// The field or part that the file came in.
    field: &'a str,
    /// The sheet, where there are several.
    sheet: Option<&'a str>,
    /// The row, from 1, with the header; none where it is about the whole file.
    row: Option<usize>,
    /// The column, as the file calls it.
    column: Option<&'a str>,
    /// `error` keeps the file out; a `warning` is only worth knowing.
    severity: &'a str,
    /// A stable name of what it is.
    code: &'a str,
    /// The same in words.
    message: String,
}

impl<'a> ProblemShape<'a> {
    /// In the language asked for.
    pub fn of(field: &'a str, problem: &'a Problem, t: Text) -> Self {
        Self {
            field,
            sheet: problem.sheet.as_deref(),
            row: problem.row,
            column: problem.column.as_deref(),
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code,
            message: Words::of(t).what(problem),
        }
    }

    /// Of each.
    pub fn all(field: &'a str, problems: &'a [Problem], t: Text) -> Vec<Self> {
        let shapes = problems.iter().map(|one| Self::of(field, one, t));
        shapes.collect()
    }
}
