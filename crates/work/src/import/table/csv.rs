//! CSV files, in UTF-8 or in GB18030 as older office programs write it.

use std::borrow::Cow;

use encoding_rs::GB18030;

use super::{Places, Sheet};
use crate::import::Problem;

/// The largest file, in bytes.
const FILE: usize = 20 * 1024 * 1024;
/// The longest field, in bytes.
const FIELD: usize = 32 * 1024;
/// After so many rows of one cell each a file is a text, not a table.
const PROSE: usize = 100;
/// In how many lines what parts the cells is looked for.
const LOOKED_AT: usize = 20;
/// The most rows and columns.
const ROWS: usize = 50_000;
const COLUMNS: usize = 200;

/// The one sheet of a CSV file.
pub(super) fn read(file: &[u8]) -> Result<Vec<Sheet>, Problem> {
    if file.len() > FILE {
        return Err(Problem::file("file-too-large").with("mebibytes", FILE / (1024 * 1024)));
    }
    let text = decode(file)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark(&text))
        .from_reader(text.as_bytes());
    let (mut rows, mut columns, mut last) = (Vec::new(), 0, None);
    let mut places = Places::of(&text);
    for record in reader.records() {
        let number = rows.len() + 1;
        let record = record.map_err(|error| {
            let line = error.position().map(|at| places.line(at.byte()));
            Problem::row(line.unwrap_or(number), "", "row-unreadable")
        })?;
        let line = record.position();
        let line = line.map_or(number, |at| places.line(at.byte()));
        columns = columns.max(record.len());
        let is_text = columns < 2 && number >= PROSE;
        let is_line = columns < 2 && record.iter().any(|field| field.len() > FIELD);
        if is_text || is_line {
            return Err(Problem::file("not-a-table"));
        }
        if number > ROWS || record.len() > COLUMNS {
            return Err(Problem::file("sheet-too-large")
                .with("rows", ROWS)
                .with("columns", COLUMNS));
        }
        if record.iter().any(|field| field.len() > FIELD) {
            return Err(Problem::row(line, "", "cell-too-long"));
        }
        last = record
            .position()
            .and_then(|at| usize::try_from(at.byte()).ok());
        rows.push((line, record.iter().map(super::text).collect()));
    }
    if columns < 2 {
        return Err(Problem::file("not-a-table"));
    }
    if let Some((line, _)) = rows.last()
        && leaves_open(last.and_then(|at| text.get(at..)).unwrap_or_default())
    {
        return Err(Problem::row(*line, "", "quotation-open"));
    }
    let (name, hidden) = (None, false);
    Ok(vec![Sheet { name, rows, hidden }])
}

/// What parts the cells: a comma, or what office programs write instead where no comma stands in the first lines.
fn mark(text: &str) -> u8 {
    let first = || text.lines().take(LOOKED_AT);
    let holds = |mark: char| first().any(|line| line.contains(mark));
    let others = [('\t', b'\t'), (';', b';')];
    let other = others.into_iter().find(|(mark, _)| holds(*mark));
    other.filter(|_| !holds(',')).map_or(b',', |(_, byte)| byte)
}

/// Whether the last record of a text begins a quotation that nobody ends: every line behind it was taken into one cell.
pub(crate) fn leaves_open(record: &str) -> bool {
    record.trim().contains('\n') && record.matches('"').count() % 2 == 1
}

/// UTF-8 where it is, else GB18030; what is neither is refused rather than filled with question marks.
pub(crate) fn decode(file: &[u8]) -> Result<Cow<'_, str>, Problem> {
    let plain = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    if let Ok(text) = std::str::from_utf8(plain) {
        return Ok(Cow::Borrowed(text));
    }
    let is_utf8 = plain.len() < file.len() || begins_in_utf8(plain);
    let text = GB18030.decode_without_bom_handling_and_without_replacement(plain);
    text.filter(|_| !is_utf8).ok_or_else(|| broken(plain))
}

/// So many signs of three bytes each, one after the other, are no chance: the text was meant to be UTF-8.
const MEANT: usize = 3;

/// Whether what stands in front of the first byte that is no UTF-8 can hardly be anything else.
fn begins_in_utf8(file: &[u8]) -> bool {
    let front = front(file);
    front.chars().filter(|sign| sign.len_utf8() > 2).count() >= MEANT
}

/// As far as a text is UTF-8.
fn front(file: &[u8]) -> &str {
    let readable = std::str::from_utf8(file).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&file[..readable]).unwrap_or_default()
}

/// What is told of a text that is neither: the row of the first byte that cannot be read; nothing of it where none can.
fn broken(file: &[u8]) -> Problem {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut text = vec![0; file.len().saturating_mul(3) + 16];
    let (_, old, _) = decoder.decode_to_utf8_without_replacement(file, &mut text, true);
    let readable = if begins_in_utf8(file) {
        front(file).len()
    } else {
        front(file).len().max(old.saturating_sub(1))
    };
    let before = &file[..readable.min(file.len())];
    if !before.contains(&b'\n') {
        return Problem::file("encoding-unknown");
    }
    let row = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Problem::row(row, "", "row-encoding")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_cell(file: &[u8]) -> String {
        read(file).expect("readable")[0].rows[0].1[0].clone()
    }

    #[test]
    fn both_encodings_are_read() {
        assert_eq!(first_cell("\u{feff}姓名,岗位\n".as_bytes()), "姓名");
        let (old, _, _) = GB18030.encode("姓名,岗位\n");
        assert_eq!(first_cell(&old), "姓名");
    }

    #[test]
    fn cells_may_be_parted_by_tabs_or_semicolons_where_no_comma_stands() {
        for text in ["姓名\t岗位\n示例\t网格员\n", "姓名;岗位\n示例;网格员\n"] {
            assert_eq!(first_cell(text.as_bytes()), "姓名", "{text}");
        }
        assert_eq!(first_cell("姓名;岗位,电话\n".as_bytes()), "姓名;岗位");
    }

    #[test]
    fn a_control_sign_in_a_cell_is_not_kept() {
        assert_eq!(first_cell("\u{1b}姓\0名\u{202e},岗位\n".as_bytes()), "姓名");
    }

    #[test]
    fn bytes_of_no_encoding_are_refused() {
        let refused = read(b"\xff\xff\xff").map_err(|problem| problem.code);
        assert!(matches!(refused, Err("encoding-unknown")));
    }

    #[test]
    fn one_bad_byte_is_told_by_its_row_in_either_encoding() {
        let old = |text: &str| GB18030.encode(text).0.into_owned();
        let plain = |text: &str| text.as_bytes().to_vec();
        for write in [&plain as &dyn Fn(&str) -> Vec<u8>, &old] {
            let file = [
                write("姓名,岗位\n示例,网格员\n示"),
                vec![0xff],
                write("例,网格员\n"),
            ]
            .concat();
            let refused = read(&file).map_err(|problem| (problem.code, problem.row));
            assert!(
                matches!(refused, Err(("row-encoding", Some(3)))),
                "{:?}",
                refused.err()
            );
        }
    }

    #[test]
    fn a_field_that_is_too_long_and_a_row_that_is_too_wide_are_refused() {
        let long = format!("a,{}", "x".repeat(FIELD + 1));
        let long = read(long.as_bytes()).map_err(|problem| problem.code);
        assert!(matches!(long, Err("cell-too-long")));
        let below = format!("a,b\n\n\"c\nd\",e\nf,{}", "x".repeat(FIELD + 1));
        let below = read(below.as_bytes()).map_err(|problem| problem.row);
        assert!(matches!(below, Err(Some(5))), "by its line, not its count");
        let wide = read(",".repeat(COLUMNS).as_bytes()).map_err(|problem| problem.code);
        assert!(matches!(wide, Err("sheet-too-large")));
    }

    #[test]
    fn a_quotation_that_nobody_ends_swallows_no_rows() {
        let open = "姓名,岗位\n\"甲,网格员\n乙,网格员\n";
        let open = read(open.as_bytes()).map_err(|problem| (problem.code, problem.row));
        assert!(matches!(open, Err(("quotation-open", Some(2)))));
        for closed in [
            "姓名,岗位\n\"甲\n乙\",网格员\n",
            "管径,处\n5\" 管,3\n6 管,1\n",
        ] {
            assert!(read(closed.as_bytes()).is_ok(), "{closed}");
        }
    }

    #[test]
    fn a_text_without_columns_is_no_table() {
        for text in [
            "网格员名单见附件。\n".repeat(3),
            "字\n".repeat(PROSE + 5),
            "x".repeat(FIELD + 1),
        ] {
            let refused = read(text.as_bytes()).map_err(|problem| problem.code);
            assert!(matches!(refused, Err("not-a-table")));
        }
    }
}
