//! The layout a result file is written in: that of a template the hotline gave out, or the one that comes with the program
//! (示例, invented). Title rows, sheet name and the order of columns are the template's; what its header does not name is
//! left out, and a column we do not know stays empty.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::import::Problem;
use crate::import::table;

/// What a result says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Number,
    Ours,
    Unit,
    State,
    Outcome,
    Answer,
    Closed,
    Due,
    Rating,
}

/// The names each column goes by; the first is that of our own layout.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Number,
        &["工单编号", "工单号", "工单编码", "受理单号"],
    ),
    (Field::Ours, &["承办编号", "受理编号", "社区编号"]),
    (Field::Unit, &["承办单位", "办理单位", "处置单位"]),
    (Field::State, &["办理状态", "状态"]),
    (Field::Outcome, &["办理结果", "是否解决", "结果"]),
    (
        Field::Answer,
        &["答复内容", "办理情况", "办理意见", "处理结果"],
    ),
    (Field::Closed, &["办结时间", "完成时间"]),
    (Field::Due, &["办结时限", "截止时间"]),
    (Field::Rating, &["满意度", "评价"]),
];

/// What makes a workbook a form for results: without these it cannot say what came of which order.
const NEEDED: [Field; 2] = [Field::Number, Field::Answer];

const TITLE: &str = "12345 工单办理结果反馈表（示例版式）";
const SHEET: &str = "办理结果";
/// How far down a header may stand.
const WITHIN: usize = 20;

/// A layout.
pub(super) struct Template {
    sheet: String,
    above: Vec<(usize, Vec<String>)>,
    line: usize,
    head: Vec<String>,
    fields: Vec<Option<Field>>,
}

impl Template {
    /// The one that comes with the program.
    pub fn own() -> Self {
        let head: Vec<String> = NAMES.iter().map(|(_, names)| names[0].to_owned()).collect();
        Self {
            sheet: SHEET.to_owned(),
            above: vec![(1, vec![TITLE.to_owned(); head.len()])],
            line: 2,
            fields: NAMES.iter().map(|(field, _)| Some(*field)).collect(),
            head,
        }
    }

    /// That of a workbook.
    ///
    /// # Errors
    /// Why it cannot be read; a workbook that lacks a needed column is refused, and every one it lacks is named.
    pub fn read(file: &[u8]) -> Result<Self, Vec<Problem>> {
        let sheets = table::sheets(file).map_err(|problem| vec![problem])?;
        let missing = || {
            let needed: Vec<&str> = NEEDED.iter().map(|one| name(*one)).collect();
            vec![Problem::file("header-missing").with("header", needed.join("、"))]
        };
        let sheet = sheets.into_iter().find(|sheet| !sheet.rows.is_empty());
        let sheet = sheet.ok_or_else(missing)?;
        let at = head_of(&sheet.rows).ok_or_else(missing)?;
        let mut rows = sheet.rows;
        rows.truncate(at + 1);
        let (line, head) = rows.pop().ok_or_else(missing)?;
        let fields: Vec<Option<Field>> = head.iter().map(|cell| field(cell)).collect();
        let lacking = NEEDED.iter().filter(|one| !fields.contains(&Some(**one)));
        let lacking: Vec<Problem> = lacking
            .map(|one| Problem::row(line, name(*one), "column-missing"))
            .collect();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        Ok(Self {
            sheet: sheet.name.unwrap_or_else(|| SHEET.to_owned()),
            above: rows,
            line,
            fields,
            head,
        })
    }

    /// Writes rows under the header. Every cell is text, so that nothing somebody wrote is ever run as a formula.
    ///
    /// # Errors
    /// What the workbook's writer says.
    pub fn write(&self, rows: &[impl Fn(Field) -> String]) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name(&self.sheet)?;
        let title = Format::new().set_bold().set_align(FormatAlign::Center);
        let head = Format::new().set_bold().set_border(FormatBorder::Thin);
        let plain = Format::new().set_text_wrap();
        for (line, cells) in &self.above {
            let row = u32::try_from(line - 1).unwrap_or_default();
            let last = u16::try_from(cells.len().saturating_sub(1)).unwrap_or_default();
            match cells.first() {
                Some(first) if last > 0 && cells.iter().all(|cell| cell == first) => {
                    page.merge_range(row, 0, row, last, first, &title)?;
                }
                _ => {
                    for (column, text) in (0..).zip(cells) {
                        page.write_string(row, column, text)?;
                    }
                }
            }
        }
        let top = u32::try_from(self.line - 1).unwrap_or_default();
        for (column, name) in (0..).zip(&self.head) {
            page.write_string_with_format(top, column, name, &head)?;
            page.set_column_width(column, 20)?;
        }
        for (row, cell) in (top + 1..).zip(rows) {
            for (column, field) in (0..).zip(&self.fields) {
                if let Some(field) = field {
                    page.write_string_with_format(row, column, cell(*field), &plain)?;
                }
            }
        }
        book.save_to_buffer()
    }
}

fn field(name: &str) -> Option<Field> {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let found = NAMES
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()));
    found.map(|(field, _)| *field)
}

/// The row with most of the names that we know, the first of such; none where no row has any.
fn head_of(rows: &[(usize, Vec<String>)]) -> Option<usize> {
    let hits = |cells: &[String]| cells.iter().filter(|cell| field(cell).is_some()).count();
    let known = rows.iter().take(WITHIN).map(|(_, cells)| hits(cells));
    let found = known.enumerate().filter(|(_, hits)| *hits > 0);
    found.rev().max_by_key(|(_, hits)| *hits).map(|(at, _)| at)
}

/// What a column is called in our own layout.
fn name(field: Field) -> &'static str {
    let known = NAMES.iter().find(|(one, _)| *one == field);
    known.map_or("", |(_, names)| names[0])
}
