//! Workbooks as communities keep them: a title row over the sheet, a header row, then the rows; cells that say the same
//! as the one above are merged. The creation date is fixed, so equal contents are equal bytes. Never reads workbooks.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// One sheet: a name, a title and equally long rows under a header.
pub struct Sheet {
    /// Name on the tab.
    pub name: &'static str,
    /// Text of the first row, merged over all columns.
    pub title: String,
    /// Column names and widths (in characters), the second row.
    pub header: Vec<(&'static str, u16)>,
    /// Texts from the third row on.
    pub rows: Vec<Vec<String>>,
    /// Blocks of equal cells: column, first row and number of rows (rows counted in `rows`).
    pub merged: Vec<(u16, u32, u32)>,
}

/// Rows above the first data row.
const ABOVE: u32 = 2;

/// Writes the sheets as one xlsx file.
///
/// # Errors
/// What the xlsx writer reports, such as two sheets of one name.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("明湖社区示例数据")
            .set_creation_datetime(&created),
    );
    for sheet in sheets {
        write(book.add_worksheet(), sheet)?;
    }
    book.save_to_buffer()
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let title = Format::new()
        .set_bold()
        .set_font_size(14)
        .set_align(FormatAlign::Center);
    let head = Format::new()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center);
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    page.set_name(sheet.name)?;
    page.set_freeze_panes(ABOVE, 0)?;
    let last = u16::try_from(sheet.header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.merge_range(0, 0, 0, last, &sheet.title, &title)?;
    for (column, (name, width)) in (0_u16..).zip(&sheet.header) {
        page.set_column_width(column, f64::from(*width))?;
        page.write_with_format(1, column, *name, &head)?;
    }
    for (row, texts) in (ABOVE..).zip(&sheet.rows) {
        for (column, text) in (0_u16..).zip(texts) {
            page.write_with_format(row, column, text.as_str(), &cell)?;
        }
    }
    for (column, from, count) in &sheet.merged {
        let first = ABOVE + from;
        let text = sheet
            .rows
            .get(*from as usize)
            .and_then(|row| row.get(usize::from(*column)));
        page.merge_range(
            first,
            *column,
            first + count - 1,
            *column,
            text.map_or("", String::as_str),
            &cell,
        )?;
    }
    Ok(())
}
