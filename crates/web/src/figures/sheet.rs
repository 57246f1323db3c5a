//! `/figures.xlsx`: exactly what the page shows, as a file: every figure with numerator, denominator and definition, and the
//! split in the order of its codes. Numbers are numbers, rates and changes numbers with a format of percentages, texts are
//! texts; nothing in it can run.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rules::access::Action;
use rules::figures::{Figure, Value};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use time::Date;
use work::figures::{Answer, By, Figures, figures};
use work::net::CommunityNet;

use super::page::COLUMNS;
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

/// What a file is made of.
struct File {
    t: Text,
    net: std::sync::Arc<CommunityNet>,
    answer: Answer,
    /// Whose cases are counted, and when it was drawn up.
    about: String,
    by: Option<By>,
    /// Whether counts stand alone, because a micro-grid is one person.
    bare: bool,
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
    let period = question.period;
    let name = words::file("figures", &view.net, &wish, &period);
    let today = view.net.calendar.local(door.house.clock.now()).date();
    let file = File {
        t: page.t,
        about: about(page.t, &view.net, &wish, today),
        bare: !view.rates(question.grid),
        net: view.net,
        answer,
        by: question.by,
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
        self.figures(book.add_worksheet())?;
        if let Some(by) = self.by {
            self.split(book.add_worksheet(), by)?;
        }
        book.save_to_buffer()
    }

    fn figures(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let t = self.t;
        sheet.set_name(t.text("figures-title"))?;
        let period = &self.answer.all.period;
        sheet.write_string(0, 0, words::days(t, period))?;
        if self.bare {
            sheet.write_string(0, 1, t.text("figures-one-person"))?;
        }
        let heads = [
            "figure",
            "value",
            "numerator-n",
            "denominator-n",
            "before-head",
            "year-before-head",
            "definition",
        ];
        sheet.write_string(1, 0, &self.about)?;
        head(sheet, 2, heads.map(|key| t.text(format!("figures-{key}"))))?;
        for (row, figure) in (3..).zip(Figure::ALL) {
            let value = |figures: &Figures| figures.value(figure);
            sheet.write_string(row, 0, words::name(t, figure))?;
            if self.bare {
                bare_counts(t, sheet, row, 2, value(&self.answer.all))?;
            } else {
                counts(t, sheet, row, 1, value(&self.answer.all))?;
            }
            for (column, figures) in [(4, &self.answer.before), (5, &self.answer.year_before)] {
                match figures.as_ref().and_then(value) {
                    Some(shown) if self.bare => {
                        let counts = words::of(t, figure, &shown);
                        let counts = counts.filter(|_| !words::is_withheld(&shown));
                        let counts = counts.unwrap_or_else(|| words::read(t, &shown));
                        sheet.write_string(row, column, counts)?;
                    }
                    Some(shown) => read(t, sheet, row, column, &shown)?,
                    None => {}
                }
            }
            sheet.write_string(row, 6, t.text(figure.definition_key()))?;
        }
        let below = 4 + Figure::ALL.len() as u32;
        let time = self.answer.all.time.filter(|_| !self.bare);
        for (row, (key, middle)) in (below..).zip(time.iter().flat_map(words::times)) {
            sheet.write_string(row, 0, t.text(key))?;
            sheet.write_string(row, 1, t.text("figures-time-median"))?;
            sheet.write_number(row, 2, middle.median / 60.0)?;
            sheet.write_string(row, 3, t.text("figures-time-mean"))?;
            sheet.write_number(row, 4, middle.mean / 60.0)?;
        }
        if let Some(kept) = self.answer.all.time_withheld.filter(|_| !self.bare) {
            let kept = words::kept(t, Figure::Handling, &Value::Withheld(kept));
            sheet.write_string(below, 0, t.text("figures-time"))?;
            sheet.write_string(below, 1, kept)?;
        }
        sheet.set_column_width(0, 28)?;
        sheet.set_column_width(6, 90)?;
        Ok(())
    }

    /// Grids show their counts and no rate.
    fn split(&self, sheet: &mut Worksheet, by: By) -> Result<(), XlsxError> {
        let t = self.t;
        sheet.set_name(t.text("figures-split"))?;
        let bare = self.bare || by == By::Grid;
        let each = if bare { 2 } else { 3 };
        let mut heads = vec![t.text("figures-code"), t.text("figures-part")];
        for figure in COLUMNS {
            let name = words::name(t, figure);
            if !bare {
                heads.push(name.clone());
            }
            heads.push(format!("{name} · {}", t.text("figures-numerator-n")));
            heads.push(format!("{name} · {}", t.text("figures-denominator-n")));
        }
        head(sheet, 0, heads)?;
        for (row, part) in (1..).zip(&self.answer.parts) {
            let code = part.part.clone().unwrap_or_default();
            sheet.write_string(row, 1, words::part(t, &self.net, by, &code))?;
            sheet.write_string(row, 0, code)?;
            for (at, figure) in (0..).zip(COLUMNS) {
                let value = part.value(figure);
                let column = 2 + at * each;
                if bare {
                    bare_counts(t, sheet, row, column, value)?;
                } else {
                    counts(t, sheet, row, column, value)?;
                }
            }
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
    value: Option<Value>,
) -> Result<(), XlsxError> {
    let Some(value) = value else {
        return Ok(());
    };
    read(t, sheet, row, column, &value)?;
    if words::is_withheld(&value) {
        return Ok(());
    }
    bare_counts(t, sheet, row, column + 1, Some(value))
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
    value: Option<Value>,
) -> Result<(), XlsxError> {
    let (numerator, denominator) = match value {
        Some(value @ Value::Withheld(_)) => {
            sheet.write_string(row, column, words::read(t, &value))?;
            return Ok(());
        }
        Some(Value::Ratio(ratio)) => (ratio.numerator, Some(ratio.denominator)),
        Some(Value::Change(change)) => (change.this, Some(change.before)),
        Some(Value::Count(n)) => (n, None),
        None => return Ok(()),
    };
    sheet.write_number(row, column, numerator as f64)?;
    if let Some(denominator) = denominator {
        sheet.write_number(row, column + 1, denominator as f64)?;
    }
    Ok(())
}
