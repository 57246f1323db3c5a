//! The people as a workbook of eight sheets, as communities keep them: title row, header row, one row per post.

use super::posts::{Kind, People, Post};
use crate::catalogue::Category;
use crate::sheet::{Sheet, workbook as write};
use rust_xlsxwriter::XlsxError;

const HEADER: [(&str, u16); 12] = [
    ("单位", 18),
    ("姓名", 10),
    ("岗位", 18),
    ("账号", 22),
    ("网格编码", 24),
    ("服务电话", 14),
    ("服务时间", 36),
    ("职责", 44),
    ("代理人", 14),
    ("技能", 22),
    ("服务类别", 44),
    ("备注", 8),
];
const SHEETS: [(&str, Kind); 8] = [
    ("网格长", Kind::Lead),
    ("微网格员", Kind::Steward),
    ("网格员", Kind::Worker),
    ("联户志愿者", Kind::Volunteer),
    ("执法人员", Kind::Officer),
    ("监督员", Kind::Supervisor),
    ("部门", Kind::Department),
    ("受理", Kind::Desk),
];

/// The people as xlsx bytes; `categories` say which sub-classes a department serves.
///
/// # Errors
/// What the xlsx writer reports.
pub fn workbook(people: &People, categories: &[Category]) -> Result<Vec<u8>, XlsxError> {
    let sheets: Vec<Sheet> = SHEETS
        .iter()
        .map(|(name, kind)| sheet(name, *kind, people, categories))
        .collect();
    write(&sheets)
}

fn sheet(name: &'static str, kind: Kind, people: &People, categories: &[Category]) -> Sheet {
    let posts = people.posts.iter().filter(|post| post.kind == kind);
    let external = matches!(kind, Kind::Department | Kind::Officer);
    let shown: Vec<usize> = (0..HEADER.len())
        .filter(|column| external || !matches!(column, 0 | 10))
        .collect();
    let full = posts.map(|post| cells(post, categories));
    Sheet {
        name,
        title: format!("明湖社区{name}名册（示例，人名和电话均为虚构）"),
        header: shown.iter().map(|column| HEADER[*column]).collect(),
        rows: full
            .map(|row| shown.iter().map(|column| row[*column].clone()).collect())
            .collect(),
        merged: Vec::new(),
    }
}

fn cells(post: &Post, categories: &[Category]) -> [String; 12] {
    let serves = categories
        .iter()
        .filter(|category| Some(category.unit.as_str()) == post.unit);
    let codes: Vec<&str> = serves.map(|category| category.code.as_str()).collect();
    [
        post.unit.unwrap_or_default(),
        &post.name,
        post.title,
        &post.account,
        &post.grid,
        &post.phone,
        post.hours,
        &post.duties,
        &post.deputy,
        &post.skills,
        &codes.join("、"),
        "示例",
    ]
    .map(str::to_owned)
}
