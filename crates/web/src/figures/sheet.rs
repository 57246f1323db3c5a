//! `/figures.xlsx`: exactly what the page shows, as a file: every figure with numerator, denominator and definition, and the
//! split in the order of its codes. Numbers are numbers, rates and changes numbers with a format of percentages, texts are
//! texts; nothing in it can run.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use door::figures::{Discretion, Kept, Months, Standing};
use rules::access::Action;
use rules::figures::{Figure, Value};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use time::Date;
use work::figures::{Answer, By, Question, figures};
use work::net::CommunityNet;

use super::now::NowColumns;
use super::page::{NEEDS, columns, keeps_persons};
use super::question::Wish;
use super::words;
use crate::Door;
use crate::error::Failure;
use crate::layout::Page;
use crate::locale::{Clockwork, Text};
use crate::session::Came;
use crate::view::View;

/// How a rate is shown: as on the page.
const RATE: &str = "0.0%";
/// A change, with its sign.
const CHANGE: &str = "+0.0%;-0.0%;0.0%";
/// A count.
const COUNT: &str = "0";
/// The column of the definitions.
const DEFINITION: u16 = 10;

/// What a file is made of.
struct File {
    t: Text,
    view: View,
    question: Question,
    today: Date,
    answer: Answer,
    /// What the months of the period keep back from a stranger.
    months: Option<Months>,
    /// How the grids of a split stand now.
    standing: Option<Standing>,
    /// Whose cases are counted, and when it was drawn up.
    about: String,
}

/// `GET /figures.xlsx`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
    page: Page,
) -> Result<Response, Failure> {
    let code = wish.community.as_deref();
    let view = View::watched(&door, &headers, &known, code, Action::ReadFigures).await?;
    let question = wish
        .question(&view.net, door.house.clock.now())
        .map_err(Failure::Invalid)?;
    let answer = figures(&door.house, view.net.id, &question).await?;
    let standing = Standing::of(&door, &view, &question).await?;
    let period = question.period;
    let name = words::file("figures", &view.net, &wish, &period);
    let today = view.net.calendar.local(door.house.clock.now()).date();
    let months = Months::of(&door, &view, &question, today).await?;
    let file = File {
        months,
        t: page.t,
        about: about(page.t, &view.net, &wish, today),
        view,
        question,
        today,
        answer,
        standing,
    };
    let made = tokio::task::spawn_blocking(move || file.write()).await;
    let bytes = made.map_err(Failure::inside)?.map_err(Failure::inside)?;
    Ok(sent(name, bytes))
}

/// What a file says of itself: the community, which of its cases are counted, and the day on which it was drawn up.
fn about(t: Text, net: &CommunityNet, wish: &Wish, today: Date) -> String {
    let made = t.say("common-made").with("day", t.day(today)).to_string();
    let said = [
        Some(net.name.clone()),
        words::about(t, net, wish),
        Some(made),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A file that is kept, not shown.
pub fn sent(disposition: String, bytes: Vec<u8>) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let head = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (head, bytes).into_response()
}

impl File {
    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let discretion = Discretion::of(&self.view, &self.question, self.today);
        let discretion = discretion.with_months(self.months.clone());
        self.figures(book.add_worksheet(), &discretion)?;
        if let Some(by) = self.question.by {
            self.split(book.add_worksheet(), &discretion, by)?;
        }
        book.save_to_buffer()
    }

    /// The names of the columns, the counts of a compared period behind its value.
    fn heads(&self) -> Vec<String> {
        let said = |key: &str| self.t.text(format!("figures-{key}"));
        let mut heads = ["figure", "value", "numerator-n", "denominator-n"]
            .map(said)
            .to_vec();
        for compared in ["before-head", "year-before-head"] {
            heads.push(said(compared));
            for part in ["numerator-n", "denominator-n"] {
                heads.push(format!("{} · {}", said(compared), said(part)));
            }
        }
        heads.push(said("definition"));
        heads
    }

    fn figures(&self, sheet: &mut Worksheet, discretion: &Discretion<'_>) -> Result<(), XlsxError> {
        let t = self.t;
        sheet.set_name(t.text("figures-title"))?;
        let period = &self.answer.all.period;
        sheet.write_string(0, 0, words::days(t, period))?;
        let bare = discretion.is_bare();
        if bare {
            sheet.write_string(0, 1, t.text("figures-one-person"))?;
        }
        sheet.write_string(1, 0, &self.about)?;
        head(sheet, 2, self.heads())?;
        let all = &self.answer.all;
        let shown = Figure::ALL.into_iter();
        let shown = shown.filter(|one| discretion.value(*one, all) != Err(Kept::OnePerson));
        let mut below = 4;
        for (row, figure) in (3..).zip(shown) {
            sheet.write_string(row, 0, words::name_in(t, figure, bare))?;
            let compared = [&self.answer.before, &self.answer.year_before];
            let periods = std::iter::once(Some(all)).chain(compared.map(Option::as_ref));
            for (column, figures) in (1..).step_by(3).zip(periods) {
                let Some(figures) = figures else { continue };
                let value = discretion.value(figure, figures);
                if bare {
                    bare_counts(t, sheet, row, column + 1, &value)?;
                } else {
                    counts(t, sheet, row, column, &value)?;
                }
            }
            sheet.write_string(row, DEFINITION, t.text(figure.definition_key()))?;
            below = row + 2;
        }
        self.time(sheet, discretion, below)?;
        sheet.set_column_width(0, 28)?;
        sheet.set_column_width(DEFINITION, 90)?;
        Ok(())
    }

    /// How long handling took, or why that is not told.
    fn time(
        &self,
        sheet: &mut Worksheet,
        discretion: &Discretion<'_>,
        below: u32,
    ) -> Result<(), XlsxError> {
        let t = self.t;
        let kept = match (
            discretion.time(&self.answer.all),
            self.answer.all.time_withheld,
        ) {
            // the sheet says so above already
            (Some(Kept::OnePerson), _) => return Ok(()),
            (Some(kept), _) => Some(words::held_back(t, kept)),
            (None, Some(kept)) => Some(words::kept(t, Figure::Handling, &Value::Withheld(kept))),
            (None, None) => None,
        };
        if let Some(kept) = kept {
            sheet.write_string(below, 0, t.text("figures-time"))?;
            sheet.write_string(below, 1, kept)?;
            return Ok(());
        }
        let time = self.answer.all.time;
        for (row, (key, middle)) in (below..).zip(time.iter().flat_map(words::times)) {
            sheet.write_string(row, 0, t.text(key))?;
            sheet.write_string(row, 1, t.text("figures-time-median"))?;
            sheet.write_number(row, 2, middle.median / 60.0)?;
            sheet.write_string(row, 3, t.text("figures-time-mean"))?;
            sheet.write_number(row, 4, middle.mean / 60.0)?;
        }
        Ok(())
    }

    /// Grids show their counts and no rate.
    fn split(
        &self,
        sheet: &mut Worksheet,
        discretion: &Discretion<'_>,
        by: By,
    ) -> Result<(), XlsxError> {
        let t = self.t;
        sheet.set_name(t.text("figures-split"))?;
        let columns = columns(discretion, &self.answer.parts);
        let now = self.standing.as_ref();
        let now = now.map(|one| NowColumns::of(t, one, discretion, &self.answer.parts));
        let bare = discretion.is_bare() || by == By::Grid;
        let each = if bare { 2 } else { 3 };
        let mut heads = vec![t.text("figures-code"), t.text("figures-part")];
        let of_one = columns.len() == NEEDS.len();
        for figure in columns {
            let name = words::name_in(t, *figure, of_one);
            if !bare {
                heads.push(name.clone());
            }
            heads.push(format!("{name} · {}", t.text("figures-numerator-n")));
            heads.push(format!("{name} · {}", t.text("figures-denominator-n")));
        }
        let beside = heads.len() as u16;
        heads.extend(now.iter().flat_map(NowColumns::names));
        head(sheet, 0, heads)?;
        for (row, part) in (1..).zip(&self.answer.parts) {
            let code = part.part.clone().unwrap_or_default();
            sheet.write_string(row, 1, words::part(t, &self.view.net, by, &code))?;
            sheet.write_string(row, 0, code)?;
            for (at, figure) in (0..).zip(columns) {
                let value = discretion.value(*figure, part);
                let column = 2 + at * each;
                if bare {
                    bare_counts(t, sheet, row, column, &value)?;
                } else {
                    counts(t, sheet, row, column, &value)?;
                }
            }
            let now = now.iter().flat_map(|now| now.values(part));
            for (column, value) in (beside..).zip(now) {
                match value {
                    Ok(n) => sheet.write_number(row, column, n as f64)?,
                    Err(words) => sheet.write_string(row, column, words)?,
                };
            }
        }
        if now.is_some() {
            let below = 3 + self.answer.parts.len() as u32;
            sheet.write_string(below, 0, t.text("figures-now-note"))?;
        }
        if keeps_persons(discretion, &self.answer.parts) {
            let below = 2 + self.answer.parts.len() as u32;
            sheet.write_string(below, 0, t.text("figures-one-person-parts"))?;
        }
        sheet.set_column_width(1, 28)?;
        Ok(())
    }
}

/// Names of columns.
pub fn head(
    sheet: &mut Worksheet,
    row: u32,
    names: impl IntoIterator<Item = String>,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(row, column, name, &bold)?;
    }
    Ok(())
}

/// The value as it is read, then its two counts where they may be shown.
fn counts(
    t: Text,
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    shown: &Result<Value, Kept>,
) -> Result<(), XlsxError> {
    match shown {
        Ok(value) => read(t, sheet, row, column, value)?,
        Err(_) => {
            sheet.write_string(row, column, not_shown(t, shown))?;
        }
    }
    if shown.is_ok_and(|value| !words::is_withheld(&value)) {
        bare_counts(t, sheet, row, column + 1, shown)?;
    }
    Ok(())
}

/// That a figure is held back, with why where only the days are the reason.
fn not_shown(t: Text, shown: &Result<Value, Kept>) -> String {
    match shown {
        Err(Kept::Months) => words::held_back(t, Kept::Months),
        other => words::read_or_kept(t, other),
    }
}

/// The value alone, so that it can be reckoned with: a share of one that is shown as a percentage. What has no number, and
/// what is not shown, stands in the words of the page.
fn read(
    t: Text,
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
) -> Result<(), XlsxError> {
    let (number, format) = match value {
        Value::Ratio(ratio) => (ratio.percentage().map(|n| n / 100.0), RATE),
        Value::Change(change) => (change.percentage().map(|n| n / 100.0), CHANGE),
        Value::Count(n) => (Some(*n as f64), COUNT),
        Value::Withheld(_) => (None, COUNT),
    };
    match number {
        Some(number) => {
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(row, column, number, &format)?
        }
        None => sheet.write_string(row, column, words::read(t, value))?,
    };
    Ok(())
}

/// The two counts alone; where they are not shown, that they are small or not shown.
fn bare_counts(
    t: Text,
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    shown: &Result<Value, Kept>,
) -> Result<(), XlsxError> {
    let (numerator, denominator) = match shown {
        Ok(Value::Ratio(ratio)) => (ratio.numerator, Some(ratio.denominator)),
        Ok(Value::Change(change)) => (change.this, Some(change.before)),
        Ok(Value::Count(n)) => (*n, None),
        Ok(Value::Withheld(_)) | Err(_) => {
            sheet.write_string(row, column, not_shown(t, shown))?;
            return Ok(());
        }
    };
    sheet.write_number(row, column, numerator as f64)?;
    if let Some(denominator) = denominator {
        sheet.write_number(row, column + 1, denominator as f64)?;
    }
    Ok(())
}
