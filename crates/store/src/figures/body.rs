//! A sheet as bytes: a version, how many cases, three short lists, the packed columns (`rules::figures::Packed`) and the
//! ids. The version before had columns of full width, and is still read. Reading refuses whatever does not fit.

use rules::case::Channel;
use rules::figures::{Columns, SHEET, Sheet};
use rules::ids::{CaseId, DepartmentId, GridId};
use uuid::Uuid;

/// Columns of full width, behind the ids; written by no one any more.
const WIDE: u8 = 1;
const VERSION: u8 = 2;

/// Writes a sheet down.
pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = Vec::with_capacity(256 + sheet.len() * 48);
    out.push(VERSION);
    number(&mut out, sheet.len());
    lists(&mut out, sheet);
    sheet.columns.pack(&mut out);
    for id in &sheet.ids {
        out.extend_from_slice(id.0.as_bytes());
    }
    out
}

fn lists(out: &mut Vec<u8>, sheet: &Sheet) {
    number(out, sheet.grids.len());
    for grid in &sheet.grids {
        out.extend_from_slice(grid.0.as_bytes());
    }
    number(out, sheet.categories.len());
    for category in &sheet.categories {
        number(out, category.len());
        out.extend_from_slice(category.as_bytes());
    }
    number(out, sheet.departments.len());
    for department in &sheet.departments {
        out.extend_from_slice(department.map_or(Uuid::nil(), |id| id.0).as_bytes());
    }
}

/// Lengths that are written never reach 65,536: a sheet has 512 places, a code a few letters.
fn number(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(&u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes());
}

/// Reads a sheet back; `None` if the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Box<Sheet>> {
    let mut bytes = Bytes(bytes);
    let version = bytes.take(1)?[0];
    let n = bytes.number().filter(|n| *n <= SHEET)?;
    let mut sheet = Box::<Sheet>::default();
    match version {
        WIDE => {
            sheet.ids = bytes.ids(n)?.map(CaseId).collect();
            bytes.lists(&mut sheet)?;
            bytes.wide_columns(n, &mut sheet.columns)?;
        }
        VERSION => {
            bytes.lists(&mut sheet)?;
            sheet.columns.unpack(n, &mut bytes.0)?;
            sheet.ids = bytes.ids(n)?.map(CaseId).collect();
        }
        _ => return None,
    }
    let columns = &sheet.columns;
    let listed =
        |column: &[u16; SHEET], long: usize| column[..n].iter().all(|at| usize::from(*at) < long);
    let fits = listed(&columns.grid, sheet.grids.len())
        && listed(&columns.category, sheet.categories.len())
        && listed(&columns.department, sheet.departments.len())
        && listed(&columns.channel, Channel::ALL.len())
        && sheet.ids.is_sorted();
    (fits && bytes.0.is_empty()).then_some(sheet)
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let two = self.take(2)?.try_into().ok()?;
        Some(usize::from(u16::from_le_bytes(two)))
    }

    fn ids(&mut self, n: usize) -> Option<impl Iterator<Item = Uuid> + 'a> {
        let (ids, _) = self.take(n * 16)?.as_chunks::<16>();
        Some(ids.iter().map(|id| Uuid::from_bytes(*id)))
    }

    fn lists(&mut self, sheet: &mut Sheet) -> Option<()> {
        let grids = self.number()?;
        sheet.grids = self.ids(grids)?.map(GridId).collect();
        for _ in 0..self.number()? {
            let long = self.number()?;
            let code = std::str::from_utf8(self.take(long)?).ok()?;
            sheet.categories.push(code.to_owned());
        }
        let departments = self.number()?;
        let named = |id: Uuid| (!id.is_nil()).then_some(DepartmentId(id));
        sheet.departments = self.ids(departments)?.map(named).collect();
        Some(())
    }

    fn wide_columns(&mut self, n: usize, columns: &mut Columns) -> Option<()> {
        columns.n = n;
        for column in &mut columns.days {
            self.narrow(&mut column[..n])?;
        }
        self.narrow(&mut columns.grid[..n])?;
        self.narrow(&mut columns.category[..n])?;
        self.narrow(&mut columns.department[..n])?;
        self.narrow(&mut columns.channel[..n])?;
        let mut marks = [0; SHEET];
        self.wide(&mut marks[..n])?;
        for (at, marks) in marks[..n].iter().enumerate() {
            columns.mark(at, *marks);
        }
        self.wide(&mut columns.calendar[..n])?;
        self.wide(&mut columns.working[..n])
    }

    fn narrow(&mut self, column: &mut [u16]) -> Option<()> {
        let (read, _) = self.take(column.len() * 2)?.as_chunks::<2>();
        for (place, two) in column.iter_mut().zip(read) {
            *place = u16::from_le_bytes(*two);
        }
        Some(())
    }

    fn wide(&mut self, column: &mut [u32]) -> Option<()> {
        let (read, _) = self.take(column.len() * 4)?.as_chunks::<4>();
        for (place, four) in column.iter_mut().zip(read) {
            *place = u32::from_le_bytes(*four);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use rules::figures::{Counted, DayFacts};

    use super::*;

    fn sheet(n: u128) -> Sheet {
        let mut sheet = Sheet::default();
        for n in 0..n {
            let facts = DayFacts {
                days: std::array::from_fn(|step| (n as u16) * 31 + step as u16),
                marks: n as u32 * 977,
                calendar: n as u32 * 61,
                working: u32::MAX,
            };
            sheet.put(&Counted {
                id: CaseId(Uuid::from_u128(n * 7)),
                grid: GridId(Uuid::from_u128(n % 5)),
                category: if n % 2 == 0 {
                    String::new()
                } else {
                    "20110".to_owned()
                },
                department: (n % 3 == 0).then(|| DepartmentId(Uuid::from_u128(9))),
                channel: Channel::ALL[n as usize % Channel::ALL.len()],
                facts,
            });
        }
        sheet
    }

    #[test]
    fn a_sheet_reads_back_as_it_was_written() {
        for n in [0, 1, 77, SHEET as u128] {
            let written = sheet(n);
            let bytes = write(&written);
            assert_eq!(read(&bytes).as_deref(), Some(&written), "{n} cases");
            assert!(bytes.len() < 600 + n as usize * 58, "{} bytes", bytes.len());
        }
    }

    /// As the version before wrote it.
    fn wide(sheet: &Sheet) -> Vec<u8> {
        let n = sheet.len();
        let mut out = vec![WIDE];
        number(&mut out, n);
        for id in &sheet.ids {
            out.extend_from_slice(id.0.as_bytes());
        }
        lists(&mut out, sheet);
        let columns = &sheet.columns;
        let places = [
            &columns.grid,
            &columns.category,
            &columns.department,
            &columns.channel,
        ];
        for column in columns.days.iter().chain(places) {
            out.extend(column[..n].iter().flat_map(|one| one.to_le_bytes()));
        }
        let marks: [u32; SHEET] = std::array::from_fn(|at| columns.marks(at));
        for column in [&marks, &columns.calendar, &columns.working] {
            out.extend(column[..n].iter().flat_map(|one| one.to_le_bytes()));
        }
        out
    }

    #[test]
    fn a_sheet_of_the_version_before_is_still_read() {
        for n in [0, 77, SHEET as u128] {
            let written = sheet(n);
            assert_eq!(
                read(&wide(&written)).as_deref(),
                Some(&written),
                "{n} cases"
            );
        }
        let bytes = wide(&sheet(9));
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), None, "cut at {end}");
        }
    }

    #[test]
    fn bytes_that_are_cut_lengthened_or_point_nowhere_are_no_sheet() {
        let bytes = write(&sheet(9));
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), None, "cut at {end}");
        }
        assert_eq!(read(&[bytes.as_slice(), &[0]].concat()), None);
        let mut other = bytes.clone();
        other[0] = 3;
        assert_eq!(read(&other), None, "another version");
        let mut nowhere = sheet(9);
        nowhere.columns.grid[3] = 99;
        assert_eq!(read(&write(&nowhere)), None);
    }
}
