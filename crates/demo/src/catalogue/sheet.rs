//! The catalogue as an Excel template of 立案、结案标准: one row per filing condition, merged cells mean "same as above".

use super::seed::Category;
use crate::sheet::{Sheet, workbook as write};
use rust_xlsxwriter::XlsxError;

const HEADER: [(&str, u16); 13] = [
    ("大类代码", 10),
    ("大类名称", 14),
    ("小类代码", 10),
    ("小类名称", 18),
    ("条件代码", 10),
    ("立案条件", 34),
    ("结案条件", 28),
    ("处置时限", 16),
    ("处置单位", 18),
    ("主管部门", 16),
    ("是否回访", 10),
    ("照片要求", 16),
    ("关键词", 26),
];
/// Columns that say the same for a whole class, and for a whole sub-class.
const OF_CLASS: [u16; 3] = [0, 1, 9];
const OF_CATEGORY: [u16; 6] = [2, 3, 8, 10, 11, 12];

/// The catalogue as xlsx bytes.
///
/// # Errors
/// What the xlsx writer reports.
pub fn workbook(categories: &[Category]) -> Result<Vec<u8>, XlsxError> {
    let mut merged = Vec::new();
    for same_class in categories.chunk_by(|a, b| a.class == b.class) {
        let offset = rows_before(categories, &same_class[0].code);
        let height = same_class.iter().map(rows_of).sum();
        merged.extend(blocks(&OF_CLASS, offset, height));
    }
    for category in categories {
        merged.extend(blocks(
            &OF_CATEGORY,
            rows_before(categories, &category.code),
            rows_of(category),
        ));
    }
    write(&[Sheet {
        name: "立案结案标准",
        title: "明湖社区事件立案、处置和结案标准（示例）".to_owned(),
        header: HEADER.to_vec(),
        rows: categories.iter().flat_map(rows).collect(),
        merged,
    }])
}

fn rows_of(category: &Category) -> u32 {
    u32::try_from(category.conditions.len()).unwrap_or(u32::MAX)
}

fn rows_before(categories: &[Category], code: &str) -> u32 {
    categories
        .iter()
        .take_while(|category| category.code != code)
        .map(rows_of)
        .sum()
}

/// A merged block must have two rows at least.
fn blocks(columns: &[u16], from: u32, height: u32) -> impl Iterator<Item = (u16, u32, u32)> {
    columns
        .iter()
        .filter(move |_| height > 1)
        .map(move |column| (*column, from, height))
}

fn rows(category: &Category) -> impl Iterator<Item = Vec<String>> {
    category.conditions.iter().map(|condition| {
        [
            category.class.0.as_str(),
            &category.class.1,
            &category.code,
            &category.name,
            &condition.code,
            &condition.filing,
            &condition.closing,
            &condition.limit,
            &category.unit,
            &category.authority,
            if category.visit { "是" } else { "否" },
            &category.photos,
            &category.words,
        ]
        .map(str::to_owned)
        .to_vec()
    })
}
