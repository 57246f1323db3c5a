//! Workbooks as tests make and read them: any sheet, and the files of the 12345 hotline.
#![allow(dead_code, reason = "each test file uses its own part")]

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// The columns of an export; the last one may not be kept.
const HEAD: [&str; 8] = [
    "工单编号",
    "诉求内容",
    "事发地址",
    "诉求类别",
    "联系电话",
    "是否保密",
    "办结时限",
    "身份证号",
];

/// An order as a row of an export.
pub type Order = [&'static str; 8];

/// An order of a known category with these phones, and one whose reporter asked to be kept secret.
pub const fn orders(category: &'static str, phones: &'static str) -> [Order; 2] {
    [
        [
            "SL-1",
            "楼下暴露垃圾",
            "G01-M01 3 号楼",
            category,
            phones,
            "否",
            "2026-12-01 18:00",
            "示例",
        ],
        [
            "SL-2",
            "河边有异味",
            "河边",
            "没有这一类",
            "10012345679",
            "是",
            "7工作日",
            "示例",
        ],
    ]
}

/// Orders with one fault each, and two numbers that stand twice: one beside a good row, one beside a faulty one.
pub const fn faulty(good: Order) -> [Order; 6] {
    [
        good,
        ["SL-1", "又是这件", "G01-M01", "", "", "", "", ""],
        ["", "没有编号", "G01-M01", "", "", "", "", ""],
        ["SL-4", "", "G01-M01", "", "", "", "尽快", ""],
        ["SL-5", "远方", "10.5,10.5", "", "", "", "", ""],
        ["SL-4", "再来一次", "G01-M01", "", "", "", "", ""],
    ]
}

/// A file as the hotline exports it: a merged title over the rows 1 and 2, a header, orders from row 4 on.
pub fn export(rows: &[Order]) -> Vec<u8> {
    written(|page| {
        page.merge_range(0, 0, 1, 7, "12345 工单导出（示例）", &Format::new())
            .expect("a title");
        for (line, row) in (2..).zip(std::iter::once(&HEAD).chain(rows)) {
            write(page, line, row);
        }
    })
}

/// The same with a line under the orders, a sheet of instructions and a hidden one with what may be chosen.
pub fn with_company(rows: &[Order]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (line, row) in (0..).zip(std::iter::once(&HEAD).chain(rows)) {
        write(page, line, row);
    }
    page.merge_range(9, 0, 9, 7, "填表人：示例", &Format::new())
        .expect("a line");
    let notes = book.add_worksheet();
    notes.set_name("填写说明").expect("a name");
    write(notes, 0, &["一行一件"]);
    let list = book.add_worksheet();
    list.set_name("选项").expect("a name").set_hidden(true);
    list.write_formula(0, 0, Formula::new("=1+1"))
        .expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// The hotline's own form for results: a title in row 1, a header in row 3.
pub fn form() -> Vec<u8> {
    written(|page| {
        page.set_name("反馈").expect("a name");
        write(page, 0, &["请如实填写（示例）"]);
        write(page, 2, &["序号", "答复内容", "工单编号", "审核人"]);
    })
}

/// An empty form that is signed by hand: under its numbered row a line over its whole width and one of names to fill in.
pub fn signed_form() -> Vec<u8> {
    written(|page| {
        write(page, 0, &["序号", "工单编号", "答复内容"]);
        write(page, 1, &["1"]);
        page.merge_range(2, 0, 2, 2, "办结后三日内送回", &Format::new())
            .expect("a line");
        write(page, 3, &["单位（盖章）：", "", "日期："]);
    })
}

/// A workbook of one sheet.
pub fn written(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

/// A sheet of notes whose one note is a formula, in row 2, column B.
pub fn linked() -> Vec<u8> {
    written(|page| {
        write(page, 0, &["地点", "诉求"]);
        let link = Formula::new("=HYPERLINK(\"http://x.example\")").set_result("垃圾");
        page.write_formula(1, 1, link).expect("a cell");
    })
}

/// Texts into a row, counted from 0.
pub fn write(page: &mut Worksheet, line: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells) {
        page.write_string(line, column, *text).expect("a cell");
    }
}

/// The texts of a workbook's first sheet.
pub fn texts(file: Vec<u8>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file)).expect("a workbook");
    let range = book
        .worksheet_range_at(0)
        .expect("a sheet")
        .expect("readable");
    range
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}
