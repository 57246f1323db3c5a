//! `/figures/rows.xlsx`: the rows behind a number as an Excel file, for whoever may take lists of cases along: the same cases
//! as on the page, within the same scope, every cell typed. No contact data, no reporter's words, nobody who works here.

use axum::extract::{Query, State};
use axum::response::Response;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use store::case::Listed;
use work::figures::{Rows, newest_rows};

use super::question::Wish;
use super::rows::{Asked, Which, kept, opens, total};
use super::{sheet, words};
use crate::Door;
use crate::case::sheet::excel;
use crate::error::Failure;
use crate::locale::Text;
use crate::session::Came;
use crate::view::View;
use crate::workbench::Office;

/// The most rows of a file; one that has more behind it says so.
const ROWS_MAX: usize = 50_000;

/// The columns, by their locale keys; the last three hold moments.
const COLUMNS: [&str; 8] = [
    "figures-number",
    "map-state",
    "figures-category",
    "map-grid",
    "map-code",
    "figures-received",
    "figures-due",
    "figures-closed",
];
/// The first column of moments.
const MOMENTS: u16 = 5;

/// What a file is made of.
struct File {
    office: Office,
    /// Which number, and of which days.
    title: String,
    definition: String,
    /// How many rows there are, or why none.
    told: String,
    found: Rows,
}

/// `GET /figures/rows.xlsx`.
pub async fn get(
    State(door): State<Door>,
    Query(asked): Query<Asked>,
    Query(wish): Query<Wish>,
    Came(known): Came,
    office: Office,
) -> Result<Response, Failure> {
    let view = View::of(&door, &known, None)?;
    let which = asked.which()?;
    let question = wish
        .question(&view.net, door.house.clock.now())
        .map_err(Failure::Invalid)?;
    let (asker, period) = (&office.asker, &question.period);
    let opens = opens(&door, &view, &question, which);
    let found = if opens {
        newest_rows(&door.house, asker, &question, which.0, ROWS_MAX).await?
    } else {
        Rows::none()
    };
    let part = which
        .part()
        .map_or_else(String::new, |part| format!("-{part}"));
    let what = format!("{}{part}", which.code());
    let name = words::file(&what, &view.net, &wish, period);
    let t = office.page.t;
    let file = File {
        title: title(
            t,
            &which,
            words::days(t, period),
            words::about(t, &view.net, &wish),
        ),
        definition: which.definition(t),
        told: kept(t, &found, opens).unwrap_or_else(|| told(t, &found)),
        found,
        office,
    };
    let made = tokio::task::spawn_blocking(move || file.write()).await;
    let bytes = made.map_err(Failure::inside)?.map_err(Failure::inside)?;
    Ok(sheet::sent(name, bytes))
}

fn title(t: Text, which: &Which, days: String, about: Option<String>) -> String {
    let said = [Some(which.title(t)), Some(days), about];
    said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How many rows there are, or that the file ends before they do.
fn told(t: Text, found: &Rows) -> String {
    let total = total(t, found);
    if found.total <= ROWS_MAX {
        return total;
    }
    let cut = t.say("figures-rows-cut").with("n", ROWS_MAX);
    format!("{total} {cut}")
}

impl File {
    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let t = self.office.page.t;
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name(t.text("figures-rows-sheet"))?;
        page.write_string(0, 0, &self.title)?;
        page.write_string(1, 0, &self.definition)?;
        page.write_string(2, 0, &self.told)?;
        sheet::head(page, 3, COLUMNS.map(|key| t.text(key)))?;
        for column in 0..COLUMNS.len() as u16 {
            page.set_column_width(column, if column == 0 { 24 } else { 18 })?;
        }
        page.set_freeze_panes(4, 1)?;
        let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        for (row, listed) in (4..).zip(&self.found.cases) {
            self.row(page, row, listed, &moment)?;
        }
        book.save_to_buffer()
    }

    fn row(
        &self,
        page: &mut Worksheet,
        row: u32,
        listed: &Listed,
        moment: &Format,
    ) -> Result<(), XlsxError> {
        for (column, text) in (0..).zip(self.texts(listed)) {
            page.write_string(row, column, text)?;
        }
        let times = &listed.case.times;
        let moments = [Some(times.received_at), times.due_at, times.closed_at];
        for (column, at) in (MOMENTS..).zip(moments) {
            if let Some(at) = at {
                let at = excel(&self.office, at)?;
                page.write_datetime_with_format(row, column, at, moment)?;
            }
        }
        Ok(())
    }

    fn texts(&self, listed: &Listed) -> [String; 5] {
        let (t, net, case) = (self.office.page.t, &self.office.net, &listed.case);
        let grid = net.grid(case.grid);
        [
            case.number.to_string(),
            t.text(format!("case-state-{}", case.state.kind().as_str())),
            words::category_of(t, net, case),
            grid.map_or_else(String::new, |grid| grid.name.clone()),
            grid.map_or_else(String::new, |grid| grid.code.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{CHINA, Language};

    #[test]
    fn a_file_that_ends_before_its_rows_says_so() {
        let t = Text::new(Language::Chinese, CHINA);
        let told = |total| {
            let found = Rows {
                total,
                counted: Some(total as u64),
                cases: Vec::new(),
                withheld: false,
            };
            told(t, &found)
        };
        assert!(!told(ROWS_MAX).contains("只列最新"));
        assert!(told(ROWS_MAX + 1).contains("只列最新"));
    }
}
