//! Rows with more cells than the header has names. In a text that commas or tabs part, one comma too many moves every cell
//! behind it into the next column, so such a row is refused by its line; in a workbook nothing moves, and what stands beside
//! the table is only told. So it is with empty cells at the end of most rows: spreadsheets write them for whole blocks of rows in
//! which somebody once touched a cell beside the table.

use crate::import::Problem;

type Line = (usize, Vec<String>);

/// How wide a header is.
#[derive(Clone, Copy)]
pub(super) struct Width {
    /// Up to its last name.
    named: usize,
    /// With the empty cells behind that.
    cells: usize,
}

impl Width {
    /// That of the cells of a header.
    pub fn of(head: &[String]) -> Self {
        let (named, cells) = (filled(head), head.len());
        Self { named, cells }
    }

    /// What is told of the rows under it; of a workbook only from which row on something stands beside its table.
    pub fn told<'a>(
        self,
        rows: impl Iterator<Item = &'a Line> + Clone,
        is_workbook: bool,
    ) -> impl Iterator<Item = Problem> {
        // a mark at the end of every line parts nothing
        let usual = rows.clone().map(|(_, cells)| cells.len()).min();
        let usual = usual.unwrap_or_default().max(self.cells);
        let tails = !is_workbook && self.tails(rows.clone(), usual);
        let mut said = false;
        rows.filter_map(move |(line, cells)| {
            let words = filled(cells).saturating_sub(self.named);
            let empty = cells.len().saturating_sub(usual);
            if is_workbook && words > 0 || tails && words == 0 && empty > 0 {
                let problem = Problem::row(*line, "", "row-beside");
                return (!std::mem::replace(&mut said, true)).then(|| problem.as_warning());
            }
            let many = words.max(empty);
            let moved = many > 0 && !is_workbook;
            moved.then(|| Problem::row(*line, "", "row-too-wide").with("more", many))
        })
    }

    /// Whether empty cells behind the last name are how the file was written, and no comma too many: most rows have them, and the
    /// last column is filled in some of these.
    fn tails<'a>(self, rows: impl Iterator<Item = &'a Line> + Clone, usual: usize) -> bool {
        let is_tail = |(_, cells): &&Line| cells.len() > usual && filled(cells) <= self.named;
        let mut tails = rows.clone().filter(is_tail);
        tails.clone().count() * 2 > rows.count()
            && tails.any(|(_, cells)| filled(cells) == self.named)
    }
}

/// Up to which cell something stands in a row.
fn filled(cells: &[String]) -> usize {
    let last = cells.iter().rposition(|cell| !cell.is_empty());
    last.map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Severity;

    fn told_of(rows: &[&[&str]], is_workbook: bool) -> Vec<(usize, &'static str, String)> {
        let cells = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        let rows: Vec<Line> = (2..).zip(rows.iter().map(cells)).collect();
        let said = |one: Problem| {
            let is_error = one.severity == Severity::Error;
            assert_eq!(is_error, one.code == "row-too-wide");
            let many = one.args.into_iter().next().map(|(_, many)| many);
            (one.row.expect("a row"), one.code, many.unwrap_or_default())
        };
        let head = ["编号", "内容", "地点"].map(str::to_owned);
        let told = Width::of(&head).told(rows.iter(), is_workbook);
        told.map(said).collect()
    }

    #[test]
    fn a_row_with_more_cells_than_names_is_told_with_how_many() {
        let rows: [&[&str]; 4] = [
            &["1", "灯坏", "三楼"],
            &["2", "垃圾", "还臭", "四楼"],
            &["3", "井盖"],
            &["4", "积水", "五楼", "", "已看"],
        ];
        let wide = [(3, "1"), (5, "2")].map(|(line, many)| (line, "row-too-wide", many.to_owned()));
        assert_eq!(told_of(&rows, false), wide);
        assert_eq!(told_of(&rows, true), [(3, "row-beside", String::new())]);
    }

    #[test]
    fn an_empty_cell_at_the_end_tells_of_a_shift_unless_every_row_has_it() {
        let one: [&[&str]; 2] = [&["1", "灯坏", "三楼"], &["2", "垃圾", "还臭", ""]];
        assert_eq!(told_of(&one, false), [(3, "row-too-wide", "1".to_owned())]);
        let all: [&[&str]; 2] = [&["1", "灯坏", "三楼", ""], &["2", "垃圾", "四楼", ""]];
        assert!(told_of(&all, false).is_empty());
    }

    #[test]
    fn empty_cells_at_the_end_of_most_rows_are_told_once_and_shift_nothing() {
        let rows: [&[&str]; 4] = [
            &["1", "灯坏", "三楼"],
            &["2", "垃圾", "四楼", ""],
            &["3", "井盖", "五楼", ""],
            &["4", "积水", "", ""],
        ];
        assert_eq!(told_of(&rows, false), [(3, "row-beside", String::new())]);
        let moved: [&[&str]; 3] = [rows[0], rows[1], &["3", "井盖", "松了", "五楼"]];
        let wide = [(3, "1"), (4, "1")].map(|(line, many)| (line, "row-too-wide", many.to_owned()));
        assert_eq!(told_of(&moved, false), wide, "too few of them");
    }
}
