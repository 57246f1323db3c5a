//! What a file is not, seen at its first bytes: a picture, a document or a program given for a table is told so, instead of
//! being read as one endless line.

use crate::import::Problem;

/// How far a file is looked at for bytes that no text has.
const LOOKED_AT: usize = 8 * 1024;
/// How pictures, papers and packed files begin.
const BEGINNINGS: [&[u8]; 8] = [
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
];
/// Workbooks of old office programs, and new ones behind a password.
const OLD_WORKBOOK: &[u8] = b"\xd0\xcf\x11\xe0";
/// Texts in two bytes a sign, which no importer reads.
const WIDE: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// Refuses what is neither a workbook nor text in lines.
pub(super) fn check(file: &[u8]) -> Result<(), Problem> {
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err(Problem::file("file-empty"));
    }
    if file.starts_with(OLD_WORKBOOK) {
        return Err(Problem::file("workbook-old"));
    }
    if WIDE.iter().any(|mark| file.starts_with(mark)) {
        return Err(Problem::file("encoding-unknown"));
    }
    if is_page(text) {
        return Err(Problem::file("workbook-page"));
    }
    let is_workbook = file.starts_with(b"PK");
    let ends = (text.first(), text.last());
    let is_code = matches!(
        ends,
        (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')) | (Some(b'<'), Some(b'>'))
    );
    if is_workbook {
        return Ok(());
    }
    let zero = file.iter().position(|byte| *byte == 0);
    if let Some(at) = zero.filter(|_| is_text_but_for_zeros(file)) {
        let row = file[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        return Err(Problem::row(row, "", "text-zero"));
    }
    if is_binary(file) || is_code {
        return Err(Problem::file("not-a-table"));
    }
    Ok(())
}

/// Whether a file with zero bytes is lines of cells otherwise: then it is a list with something in it that no text may hold.
fn is_text_but_for_zeros(file: &[u8]) -> bool {
    let begins = BEGINNINGS.iter().any(|mark| file.starts_with(mark));
    let parts = file.iter().any(|byte| matches!(byte, b',' | b'\t' | b';'));
    let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, 0 | b'\t' | b'\n' | b'\r' | 0x1b);
    let zeros = file.iter().filter(|byte| **byte == 0).count();
    let few = zeros.saturating_mul(16) < file.len();
    !begins && parts && few && file.iter().all(is_text) && super::decode(file).is_ok()
}

/// A page with a table, or a workbook written as one file of marks: what older systems give out under the name of a workbook.
fn is_page(text: &[u8]) -> bool {
    let front = &text[..text.len().min(LOOKED_AT)];
    let holds = |mark: &[u8]| {
        let mut windows = front.windows(mark.len());
        windows.any(|window| window.eq_ignore_ascii_case(mark))
    };
    let is_marks = text.first() == Some(&b'<') && text.last() == Some(&b'>');
    is_marks && (holds(b"<table") || holds(b"<workbook") || holds(b"excel"))
}

/// Whether these are no lines of text: pictures, papers, packed files, programs.
pub(crate) fn is_binary(file: &[u8]) -> bool {
    let begins = BEGINNINGS.iter().any(|mark| file.starts_with(mark));
    begins || file.iter().take(LOOKED_AT).any(|byte| *byte == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(file: &[u8]) -> &'static str {
        check(file).map_or_else(|problem| problem.code, |()| "taken")
    }

    #[test]
    fn pictures_papers_and_code_are_no_tables_and_text_is() {
        for file in [
            &b"\xff\xd8\xff\xe0\x00\x10JFIF"[..],
            b"\x89PNG\r\n",
            b"%PDF-1.7",
            b"some\x00thing",
            b"{\"type\":\"FeatureCollection\"}",
            b" [1,2]",
            b"\xef\xbb\xbf<html>",
        ] {
            assert_eq!(refused(file), "not-a-table", "{file:?}");
        }
        assert_eq!(refused("姓名,岗位\n".as_bytes()), "taken");
        assert_eq!(refused(b"PK\x03\x04\x00\x00"), "taken");
    }

    #[test]
    fn a_zero_byte_in_a_list_is_told_by_its_row() {
        let file = "姓名,岗位\n示例,网格员\n示\0例,网格员\n";
        let told = check(file.as_bytes()).map_err(|problem| (problem.code, problem.row));
        assert_eq!(told, Err(("text-zero", Some(3))));
    }

    #[test]
    fn an_old_workbook_a_wide_text_and_an_empty_file_are_told_as_what_they_are() {
        assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1"), "workbook-old");
        assert_eq!(refused(b"\xff\xfeN\x00"), "encoding-unknown");
        let page = b"<html><body><TABLE><tr><td>1</td></tr></table></body></html>";
        assert_eq!(refused(page), "workbook-page");
        assert_eq!(
            refused(b"<?xml version=\"1.0\"?><Workbook></Workbook>"),
            "workbook-page"
        );
        assert_eq!(refused(b"\xef\xbb\xbf \r\n"), "file-empty");
    }
}
