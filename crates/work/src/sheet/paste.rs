//! Rows out of what people paste (from a chat, from a workbook) or upload. With a header the columns may come in any order
//! and by many names; without one they are place, words, name, phone, category. Nothing is judged here.

use rules::privacy::Pii;
use rules::sheet::{ROWS_MAX, Row};

use super::chat::Chat;
use crate::import::table::{self, Known, Sheet, Table};
use crate::import::{Problem, Severity};

/// The columns a file of notes can have.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Grid,
    Compound,
    Place,
    Lon,
    Lat,
    Words,
    Name,
    Phone,
    Category,
}

const fn known(key: Column, names: &'static [&'static str]) -> Known<Column> {
    let needed = matches!(key, Column::Words);
    Known { key, names, needed }
}

const COLUMNS: &[Known<Column>] = &[
    known(
        Column::Grid,
        &["网格", "网格编码", "网格名称", "所属网格", "Grid", "grid"],
    ),
    known(
        Column::Compound,
        &["小区", "院落", "小区名称", "Compound", "compound"],
    ),
    known(
        Column::Place,
        &[
            "地点",
            "位置",
            "地址",
            "详细地址",
            "事发地点",
            "Place",
            "place",
        ],
    ),
    known(Column::Lon, &["经度", "Longitude", "lon"]),
    known(Column::Lat, &["纬度", "Latitude", "lat"]),
    known(
        Column::Words,
        &[
            "诉求",
            "诉求内容",
            "内容",
            "问题",
            "问题描述",
            "反映内容",
            "反映事项",
            "事项",
            "Words",
            "words",
        ],
    ),
    known(
        Column::Name,
        &[
            "姓名",
            "称呼",
            "居民姓名",
            "报事人",
            "反映人",
            "诉求人",
            "联系人",
            "Name",
            "name",
        ],
    ),
    known(
        Column::Phone,
        &[
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系电话",
            "联系方式",
            "Phone",
            "phone",
        ],
    ),
    known(
        Column::Category,
        &[
            "类别",
            "小类",
            "事项类别",
            "诉求类别",
            "诉求类型",
            "Category",
            "category",
        ],
    ),
];

/// Rows, and what to warn of.
pub type Read = (Vec<Row>, Vec<Problem>);

/// Rows out of a file (xlsx, or csv in UTF-8 or GB18030).
///
/// # Errors
/// Every reason why the file cannot be taken, by sheet, row and column.
pub fn uploaded(file: &[u8]) -> Result<Read, Vec<Problem>> {
    let formulas = table::formulas(file);
    if !formulas.is_empty() {
        return Err(formulas);
    }
    let (tables, problems) = table::read(file, COLUMNS)?;
    bounded(tables.iter().flat_map(of_table).collect(), problems)
}

/// Rows out of pasted text, without what a chat puts around its messages.
///
/// # Errors
/// Too many rows, or a header that lacks a column or has one twice.
pub fn pasted(text: &str) -> Result<Read, Vec<Problem>> {
    let chat = Chat::of(text.trim_start_matches('\u{feff}'));
    let (rows, mut problems) = parted(&chat)?;
    problems.extend(chat.told());
    Ok((rows, problems))
}

fn parted(chat: &Chat) -> Result<Read, Vec<Problem>> {
    let rows = split(&chat.text);
    let sheet = |rows| Sheet { name: None, rows };
    match table::of_sheets(vec![sheet(rows.clone())], COLUMNS) {
        Ok((tables, problems)) => bounded(tables.iter().flat_map(of_table).collect(), problems),
        Err(problems)
            if problems
                .iter()
                .all(|one| one.code == "header-missing" || one.code == "file-empty") =>
        {
            let named = |(line, cells): &(usize, Vec<String>)| {
                let row = plain(cells);
                let name = row
                    .name
                    .or_else(|| chat.name(*line).map(|name| Pii::new(name.to_owned())));
                Row { name, ..row }
            };
            let rows = rows
                .iter()
                .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
            bounded(rows.map(named).collect(), Vec::new())
        }
        Err(problems) => Err(problems),
    }
}

fn bounded(mut rows: Vec<Row>, problems: Vec<Problem>) -> Result<Read, Vec<Problem>> {
    rows.retain(|row| !row.is_empty());
    if rows.len() > ROWS_MAX {
        return Err(vec![Problem::file("sheet-too-long").with("most", ROWS_MAX)]);
    }
    debug_assert!(problems.iter().all(|one| one.severity == Severity::Warning));
    Ok((rows, problems))
}

/// Lines into cells: parted by tabs as workbooks give them, else by commas; a text with neither is one cell a line, as
/// messages of a chat are.
fn split(text: &str) -> Vec<(usize, Vec<String>)> {
    let Some(mark) = ['\t', ','].into_iter().find(|mark| text.contains(*mark)) else {
        let lines = text.lines().enumerate();
        let cells = lines.map(|(at, line)| (at + 1, vec![line.trim().to_owned()]));
        return cells.filter(|(_, cells)| !cells[0].is_empty()).collect();
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    let (mut seen, mut line) = (0, 1);
    let cells = records.map(|record| {
        // the reader says where it stood, which is in front of the empty lines it passes over
        let at = record.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or_default();
        let rest = text.get(at..).unwrap_or_default();
        let begins = at + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        line += text
            .get(seen..begins)
            .unwrap_or_default()
            .matches('\n')
            .count();
        seen = begins;
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        (line, cells.collect())
    });
    cells.collect()
}

/// A row without a header: place, words, name, phone, category. A single cell is words; two numbers in front are one place.
fn plain(cells: &[String]) -> Row {
    let number = |cell: Option<&String>| {
        cell.is_some_and(|cell| cell.contains('.') && cell.parse::<f64>().is_ok())
    };
    let (place, rest) = match cells {
        [words] => {
            return Row {
                words: words.clone(),
                ..Row::default()
            };
        }
        [lon, lat, rest @ ..] if number(Some(lon)) && number(Some(lat)) => {
            (format!("{lon},{lat}"), rest)
        }
        [place, rest @ ..] => (place.clone(), rest),
        [] => (String::new(), cells),
    };
    let cell = |at: usize| rest.get(at).cloned().unwrap_or_default();
    row(place, cell(0), &cell(1), &cell(2), cell(3))
}

fn row(place: String, words: String, name: &str, phone: &str, category: String) -> Row {
    let personal = |text: &str| (!text.is_empty()).then(|| Pii::new(text.to_owned()));
    Row {
        place,
        words,
        category,
        name: personal(name),
        phone: personal(phone),
    }
}

fn of_table(table: &Table<Column>) -> Vec<Row> {
    let one = |of: table::Row<'_, Column>| {
        let text = |column| of.text(column);
        let (lon, lat) = (text(Column::Lon), text(Column::Lat));
        let point = if lon.is_empty() && lat.is_empty() {
            String::new()
        } else {
            format!("{lon},{lat}")
        };
        let mut parts = vec![
            text(Column::Grid),
            &point,
            text(Column::Compound),
            text(Column::Place),
        ];
        parts.retain(|part| !part.is_empty());
        row(
            parts.join(" "),
            text(Column::Words).to_owned(),
            text(Column::Name),
            text(Column::Phone),
            text(Column::Category).to_owned(),
        )
    };
    table.rows().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<[String; 5]> {
        let (rows, _) = pasted(text).expect("rows");
        let clear = |text: &Option<Pii<String>>| {
            text.as_ref()
                .map(|text| text.reveal().clone())
                .unwrap_or_default()
        };
        rows.iter()
            .map(|row| {
                let (name, phone) = (clear(&row.name), clear(&row.phone));
                [
                    row.place.clone(),
                    row.words.clone(),
                    name,
                    phone,
                    row.category.clone(),
                ]
            })
            .collect()
    }

    fn cells(cells: [&str; 5]) -> [String; 5] {
        cells.map(str::to_owned)
    }

    #[test]
    fn rows_of_a_workbook_come_parted_by_tabs_with_quoted_line_breaks() {
        let rows =
            read("G01-M01\t\"路灯不亮\n晚上很黑\"\t李示例\t10012345678\n芙蓉里 3 栋\t井盖松动");
        assert_eq!(
            rows[0],
            cells(["G01-M01", "路灯不亮\n晚上很黑", "李示例", "10012345678", ""])
        );
        assert_eq!(rows[1], cells(["芙蓉里 3 栋", "井盖松动", "", "", ""]));
    }

    #[test]
    fn a_header_puts_columns_in_any_order_and_forbidden_ones_are_dropped_and_told() {
        let (rows, problems) =
            pasted("电话,民族,诉求内容,所属网格,地址\n10012345678,示例,路灯不亮,G01-M01,3 号楼")
                .expect("rows");
        assert_eq!(
            (rows[0].place.as_str(), rows[0].words.as_str()),
            ("G01-M01 3 号楼", "路灯不亮")
        );
        let told: Vec<_> = problems
            .iter()
            .map(|one| (one.row, one.column.as_deref(), one.code))
            .collect();
        assert_eq!(told, [(Some(1), Some("民族"), "column-forbidden")]);
    }

    #[test]
    fn lines_of_a_chat_are_words_and_a_point_in_front_is_one_place() {
        assert_eq!(
            read("芙蓉里3栋路灯坏了\n\n井盖响"),
            [
                cells(["", "芙蓉里3栋路灯坏了", "", "", ""]),
                cells(["", "井盖响", "", "", ""]),
            ]
        );
        assert_eq!(
            read("103.605,30.605,路灯不亮")[0],
            cells(["103.605,30.605", "路灯不亮", "", "", ""])
        );
    }

    #[test]
    fn who_wrote_in_a_chat_is_the_name_of_what_follows_and_what_was_left_out_is_told() {
        let text = "张示例 2026-11-28 09:12\n芙蓉里3栋路灯坏了\n[图片]\n李示例：\n井盖响";
        assert_eq!(
            read(text),
            [
                cells(["", "芙蓉里3栋路灯坏了", "张示例", "", ""]),
                cells(["", "井盖响", "李示例", "", ""]),
            ]
        );
        let parted = "张示例 09:12\nG01-M01,路灯坏了\n[图片]\n\n李示例：\nG01-M02,井盖响";
        assert_eq!(
            read(parted),
            [
                cells(["G01-M01", "路灯坏了", "张示例", "", ""]),
                cells(["G01-M02", "井盖响", "李示例", "", ""]),
            ]
        );
        let (_, told) = pasted(text).expect("rows");
        let told: Vec<_> = told.iter().map(|one| (one.code, one.severity)).collect();
        let warning = Severity::Warning;
        assert_eq!(
            told,
            [("chat-headings", warning), ("chat-pictures", warning)]
        );
        let (rows, told) = pasted("[图片]\n[图片]").expect("rows");
        assert!(rows.is_empty() && told.len() == 1, "nothing is left of it");
    }

    #[test]
    fn a_header_without_words_and_too_many_rows_are_refused_whole() {
        let refused = |text: &str| pasted(text).err().map(|problems| problems[0].code);
        assert_eq!(refused("电话,地点\n1,2"), Some("column-missing"));
        assert_eq!(
            refused(&"字\n".repeat(ROWS_MAX + 1)),
            Some("sheet-too-long")
        );
    }
}
