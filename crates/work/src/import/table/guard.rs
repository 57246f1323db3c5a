//! Guards against workbooks made to hurt: counted while unpacking, never believed from a header. Runs before any parser.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::import::Problem;

/// The largest file, in bytes.
const FILE: usize = 10 * 1024 * 1024;
/// The most parts a workbook has.
const PARTS: usize = 200;
/// The most bytes of all parts together, unpacked.
const UNPACKED: u64 = 100 * 1024 * 1024;
/// How many times larger than the file that may be, beyond the first mebibyte.
const RATIO: u64 = 100;

/// Refuses a workbook that is too large, packed too tightly, or holds macros, links or document types.
pub(super) fn check(file: &[u8]) -> Result<(), Problem> {
    if file.len() > FILE {
        return Err(Problem::file("file-too-large").with("mebibytes", FILE / (1024 * 1024)));
    }
    let mut archive =
        ZipArchive::new(Cursor::new(file)).map_err(|_| Problem::file("file-unreadable"))?;
    if archive.len() > PARTS {
        return Err(Problem::file("workbook-too-many-parts").with("most", PARTS));
    }
    let allowed = UNPACKED.min((file.len() as u64).saturating_mul(RATIO).max(1024 * 1024));
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|_| Problem::file("file-unreadable"))?;
        unpacked += part_size(part, allowed - unpacked)?;
    }
    Ok(())
}

/// Refuses packed files that are no workbooks: documents, plain archives.
pub(super) fn is_workbook(file: &[u8]) -> Result<(), Problem> {
    let archive =
        ZipArchive::new(Cursor::new(file)).map_err(|_| Problem::file("file-unreadable"))?;
    let has = |part: &[u8]| {
        let mut names = archive.file_names_raw();
        names.any(|name| name.eq_ignore_ascii_case(part))
    };
    if has(b"xl/workbook.xml") {
        Ok(())
    } else if has(b"xl/workbook.bin") || (has(b"content.xml") && has(b"mimetype")) {
        Err(Problem::file("workbook-other"))
    } else {
        Err(Problem::file("not-a-table"))
    }
}

/// How large a part is unpacked; a bomb is left as soon as it passes what is allowed.
fn part_size(part: zip::read::ZipFile<'_, impl Read>, allowed: u64) -> Result<u64, Problem> {
    let name = part
        .name()
        .map_err(|_| Problem::file("file-unreadable"))?
        .to_lowercase();
    if name.contains("vbaproject") || name.contains("externallink") {
        return Err(Problem::file("workbook-macros-or-links").with("part", name));
    }
    let mut bounded = part.take(allowed + 1);
    let (mut size, mut buffer) = (0u64, vec![0u8; 64 * 1024]);
    loop {
        let n = bounded
            .read(&mut buffer)
            .map_err(|_| Problem::file("file-unreadable"))?;
        if n == 0 {
            return Ok(size);
        }
        if size == 0
            && buffer[..n]
                .windows(9)
                .any(|window| window.eq_ignore_ascii_case(b"<!doctype"))
        {
            return Err(Problem::file("workbook-document-type"));
        }
        size += n as u64;
        if size > allowed {
            return Err(Problem::file("workbook-unpacks-too-large"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default())
                .expect("a part");
            zip.write_all(bytes).expect("written");
        }
        zip.finish().expect("finished").into_inner()
    }

    fn refused(file: &[u8]) -> &'static str {
        check(file).map_or_else(|problem| problem.code, |()| "taken")
    }

    #[test]
    fn a_plain_workbook_passes() {
        assert_eq!(
            refused(&zipped(&[("xl/workbook.xml", b"<workbook/>")])),
            "taken"
        );
    }

    #[test]
    fn a_packed_file_that_is_no_workbook_is_told_so() {
        let document = zipped(&[("word/document.xml", b"<document/>")]);
        assert_eq!(
            is_workbook(&document).map_err(|problem| problem.code),
            Err("not-a-table")
        );
        assert!(is_workbook(&zipped(&[("xl/workbook.xml", b"<workbook/>")])).is_ok());
        let binary = zipped(&[("xl/workbook.bin", b"x")]);
        let open = zipped(&[("mimetype", b"x"), ("content.xml", b"<x/>")]);
        for other in [binary, open] {
            let refused = is_workbook(&other).map_err(|problem| problem.code);
            assert_eq!(refused, Err("workbook-other"));
        }
    }

    #[test]
    fn a_bomb_is_refused_however_small_it_is() {
        let bomb = zipped(&[("xl/sheet1.xml", &vec![b' '; 30 * 1024 * 1024])]);
        assert!(bomb.len() < 64 * 1024);
        assert_eq!(refused(&bomb), "workbook-unpacks-too-large");
    }

    #[test]
    fn a_bomb_in_many_parts_is_counted_together() {
        let part = vec![b' '; 900 * 1024];
        let names: Vec<String> = (0..3).map(|n| format!("{n}.xml")).collect();
        let parts: Vec<(&str, &[u8])> = names
            .iter()
            .map(|name| (name.as_str(), part.as_slice()))
            .collect();
        assert_eq!(refused(&zipped(&parts)), "workbook-unpacks-too-large");
    }

    #[test]
    fn macros_links_and_document_types_are_refused() {
        assert_eq!(
            refused(&zipped(&[("xl/vbaProject.bin", b"x")])),
            "workbook-macros-or-links"
        );
        assert_eq!(
            refused(&zipped(&[("xl/externalLinks/externalLink1.xml", b"x")])),
            "workbook-macros-or-links"
        );
        let entity = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a/>";
        assert_eq!(
            refused(&zipped(&[("xl/workbook.xml", entity)])),
            "workbook-document-type"
        );
    }

    #[test]
    fn a_file_that_is_too_large_has_too_many_parts_or_is_no_archive_is_refused() {
        assert_eq!(refused(&vec![0; FILE + 1]), "file-too-large");
        let names: Vec<String> = (0..=PARTS).map(|n| n.to_string()).collect();
        let parts: Vec<(&str, &[u8])> =
            names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(refused(&zipped(&parts)), "workbook-too-many-parts");
        assert_eq!(refused(b"PK nothing more"), "file-unreadable");
    }
}
