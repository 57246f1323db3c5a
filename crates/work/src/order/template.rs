//! The layout a result file is written in: that of a template the hotline gave out, or the one that comes with the program
//! (示例, invented). Title rows, sheet name and the order of columns are the template's; what its header does not name is
//! left out, and a column we do not know stays empty.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

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
/// What stands behind the name of something to fill in.
const COLONS: [char; 2] = ['：', ':'];
/// The most signs of such a name with room behind it.
const LABEL: usize = 30;
/// The most filled rows of a form that are named.
const LISTED: usize = 20;

/// A layout.
pub(super) struct Template {
    sheet: String,
    above: Vec<(usize, Vec<String>)>,
    line: usize,
    head: Vec<String>,
    fields: Vec<Option<Field>>,
    /// Lines under the table, such as who filled it in; they stand under the results.
    feet: Vec<Vec<String>>,
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
            feet: Vec::new(),
        }
    }

    /// That of a workbook.
    ///
    /// # Errors
    /// Why it cannot be read; a workbook that lacks a needed column or has one twice is refused, and every such column is named.
    /// So is one in which something stands below the header, which the results would cover.
    pub fn read(file: &[u8]) -> Result<Self, Vec<Problem>> {
        let sheets = table::sheets(file)
            .map_err(|problem| one_column(file).unwrap_or_else(|| vec![problem]))?;
        let missing = || {
            let needed: Vec<&str> = NEEDED.iter().map(|one| name(*one)).collect();
            vec![Problem::file("header-missing").with("header", needed.join("、"))]
        };
        let sheet = sheets.into_iter().find(|sheet| !sheet.rows.is_empty());
        let sheet = sheet.ok_or_else(missing)?;
        let at = head_of(&sheet.rows).ok_or_else(missing)?;
        let mut rows = sheet.rows;
        let below = rows.split_off(at + 1);
        let (line, head) = rows.pop().ok_or_else(missing)?;
        let fields: Vec<Option<Field>> = head.iter().map(|cell| field(cell)).collect();
        let mut wrong = lacking(line, &fields);
        wrong.extend(twice(line, &head, &fields, sheet.name.is_some()));
        let (feet, filled) = sorted(below, &head, &fields);
        let filled = filled.into_iter().take(LISTED);
        wrong.extend(filled.map(|line| Problem::row(line, "", "template-filled")));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Self {
            sheet: sheet.name.unwrap_or_else(|| SHEET.to_owned()),
            above: rows,
            line,
            fields,
            head,
            feet,
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
            beside(page, row, cells, &title)?;
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
        let under = top + 1 + u32::try_from(rows.len()).unwrap_or_default();
        for (row, cells) in (under..).zip(&self.feet) {
            beside(page, row, cells, &Format::new())?;
        }
        book.save_to_buffer()
    }
}

/// Writes a line above or under the table. What one text stretches over is one cell, as it is in the form it came from.
fn beside(
    page: &mut Worksheet,
    row: u32,
    cells: &[String],
    merged: &Format,
) -> Result<(), XlsxError> {
    let mut column: u16 = 0;
    let is_one = |one: &String, next: &String| one == next && next.contains(char::is_alphabetic);
    for run in cells.chunk_by(is_one) {
        let next = column.saturating_add(u16::try_from(run.len()).unwrap_or(u16::MAX));
        if let [text] = run {
            page.write_string(row, column, text)?;
        } else if let Some(text) = run.first() {
            page.merge_range(row, column, row, next - 1, text, merged)?;
        }
        column = next;
    }
    Ok(())
}

/// The needed columns that no cell of a header names.
fn lacking(line: usize, fields: &[Option<Field>]) -> Vec<Problem> {
    let lacking = NEEDED.iter().filter(|one| !fields.contains(&Some(**one)));
    let lacking = lacking.map(|one| Problem::row(line, name(*one), "column-missing"));
    lacking.collect()
}

/// The columns that stand twice: which of the two the hotline reads nobody knows. A name of a workbook that is merged across cells
/// is one.
fn twice(
    line: usize,
    head: &[String],
    fields: &[Option<Field>],
    is_workbook: bool,
) -> Vec<Problem> {
    let mut found = Vec::new();
    for (at, (one, name)) in fields.iter().zip(head).enumerate() {
        let stood = one.is_some() && fields[..at].contains(one);
        let is_merged = is_workbook && at > 0 && head[at - 1] == *name;
        if stood && !is_merged {
            found.push(Problem::row(line, name, "column-twice"));
        }
    }
    found
}

/// What stands below a header: lines under the table, and the numbers of the rows that are filled in already. A row that is only
/// numbered is empty. A line is none of the table's rows where one text stretches over it (签字, 填表说明), or where neither its
/// number nor its answer is one: nothing stands there, or what asks to be filled in (`负责人：`).
fn sorted(
    below: Vec<(usize, Vec<String>)>,
    head: &[String],
    fields: &[Option<Field>],
) -> (Vec<Vec<String>>, Vec<usize>) {
    let [number, answer] = NEEDED.map(|needed| fields.iter().position(|one| *one == Some(needed)));
    let (mut feet, mut filled) = (Vec::new(), Vec::new());
    for (line, cells) in below {
        let said = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        let own = said(number);
        let is_beside = stretches(&cells) || asks(own) && asks(said(answer));
        let is_silent = |at: usize| {
            head.get(at)
                .is_some_and(|name| !name.is_empty() && table::is_silent(name))
        };
        let says = |(at, cell): (usize, &String)| {
            !cell.is_empty() && (!is_silent(at) || cell.ends_with(COLONS))
        };
        if table::is_foot(&cells) && (own.is_empty() || table::is_foot(&[own.to_owned()])) {
            feet.push(cells);
        } else if cells.iter().enumerate().any(says) {
            if is_beside {
                feet.push(cells);
            } else {
                filled.push(line);
            }
        }
    }
    (feet, filled)
}

/// Whether one text, and nothing else, stands in several cells of a line: they were merged.
fn stretches(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let first = filled
        .next()
        .filter(|cell| cell.contains(char::is_alphabetic));
    let mut others = filled.peekable();
    others.peek().is_some() && others.all(|cell| Some(cell) == first)
}

/// Whether a cell of a form is no entry: it is empty, or asks to be filled in by hand.
fn asks(cell: &str) -> bool {
    let is_name = cell.contains(COLONS) && cell.chars().count() <= LABEL;
    cell.is_empty() || is_name || table::is_foot(&[cell.to_owned()])
}

/// A list of one column that a form has: what it lacks is told, instead of that it is no table.
fn one_column(file: &[u8]) -> Option<Vec<Problem>> {
    if file.starts_with(b"PK") {
        return None;
    }
    let text = table::decode(file).ok()?;
    let mut lines = text.lines().enumerate();
    let (at, head) = lines.find(|(_, line)| !line.trim().is_empty())?;
    let only = field(head.trim().trim_matches('"'))?;
    Some(lacking(at + 1, &[Some(only)]))
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
