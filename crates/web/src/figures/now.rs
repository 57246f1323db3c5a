//! The columns of a split by grid that say how its grids stand now: what is open and overdue, each the way to its list. On the page and in
//! the file.

use door::figures::{Discretion, Now, Standing};
use work::figures::Figures;

use super::page::Cell;
use crate::locale::Text;

/// The keys of the two columns.
const OPEN: &str = "figures-now-open";
const OVERDUE: &str = "figures-now-overdue";

/// The two columns of a split, as far as anything stands in them.
pub struct NowColumns<'a> {
    t: Text,
    standing: &'a Standing,
    discretion: &'a Discretion<'a>,
    /// Whether how many are overdue is told of any part.
    overdue: bool,
}

impl<'a> NowColumns<'a> {
    /// Those of these parts.
    pub fn of(
        t: Text,
        standing: &'a Standing,
        discretion: &'a Discretion<'a>,
        parts: &[Figures],
    ) -> Self {
        Self {
            t,
            standing,
            discretion,
            overdue: standing.tells_overdue(parts, discretion),
        }
    }

    /// Their names.
    pub fn names(&self) -> Vec<String> {
        let keys = [Some(OPEN), self.overdue.then_some(OVERDUE)];
        let keys = keys.into_iter().flatten();
        keys.map(|key| self.t.text(key)).collect()
    }

    /// What stands in them of a part: a number, or the words for that none is shown.
    pub fn values(&self, part: &Figures) -> Vec<Result<u64, String>> {
        let now = self.standing.of_part(part, self.discretion);
        let open = now.as_ref().map(|now| now.open);
        let open = open.ok_or_else(|| "—".to_owned());
        let overdue = match now {
            Some(Now { overdue, .. }) => overdue.map_err(|_| self.t.text("figures-beside")),
            None => Err("—".to_owned()),
        };
        let both = [Some(open), self.overdue.then_some(overdue)];
        both.into_iter().flatten().collect()
    }

    /// The same as cells of the page, each with the way to its list for whose lists hold exactly these cases.
    pub fn cells(&self, part: &Figures) -> Vec<Cell> {
        let listed = self.standing.of_part(part, self.discretion);
        let listed = listed.and_then(|now| now.listed);
        let queries = ["state=open", "due=overdue"];
        let values = self.names().into_iter().zip(self.values(part)).zip(queries);
        let cell = |((name, value), query): ((String, Result<u64, String>), &str)| {
            let code = listed.as_ref().filter(|_| value.is_ok());
            Cell {
                name,
                rows: code.map(|code| format!("/cases?{query}&grid={code}")),
                value: value.map_or_else(|words| words, |n| n.to_string()),
                of: None,
            }
        };
        values.map(cell).collect()
    }
}
