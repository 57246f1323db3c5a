//! A sheet as bytes: a version, how many cases, three short lists, then one column after the other, only as long as there
//! are cases, lowest byte first. Reading refuses whatever does not fit; it never guesses.

use rules::figures::{SHEET, Sheet};
use rules::ids::{CaseId, DepartmentId, GridId};
use uuid::Uuid;

const VERSION: u8 = 1;

/// Writes a sheet down.
pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let n = sheet.len();
    let mut out = Vec::with_capacity(64 + n * 72);
    out.push(VERSION);
    number(&mut out, n);
    for id in &sheet.ids {
        out.extend_from_slice(id.0.as_bytes());
    }
    number(&mut out, sheet.grids.len());
    for grid in &sheet.grids {
        out.extend_from_slice(grid.0.as_bytes());
    }
    number(&mut out, sheet.categories.len());
    for category in &sheet.categories {
        number(&mut out, category.len());
        out.extend_from_slice(category.as_bytes());
    }
    number(&mut out, sheet.departments.len());
    for department in &sheet.departments {
        out.extend_from_slice(department.map_or(Uuid::nil(), |id| id.0).as_bytes());
    }
    let narrow = [
        &sheet.grid,
        &sheet.category,
        &sheet.department,
        &sheet.channel,
    ];
    for column in sheet.days.iter().chain(narrow) {
        out.extend(column[..n].iter().flat_map(|one| one.to_le_bytes()));
    }
    for column in [&sheet.marks, &sheet.calendar, &sheet.working] {
        out.extend(column[..n].iter().flat_map(|one| one.to_le_bytes()));
    }
    out
}

/// Lengths that are written never reach 65,536: a sheet has 512 places, a code a few letters.
fn number(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(&u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes());
}

/// Reads a sheet back; `None` if the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Box<Sheet>> {
    let mut bytes = Bytes(bytes);
    if bytes.take(1)? != [VERSION] {
        return None;
    }
    let n = bytes.number().filter(|n| *n <= SHEET)?;
    let mut sheet = Box::<Sheet>::default();
    sheet.ids = bytes.ids(n)?.map(CaseId).collect();
    let grids = bytes.number()?;
    sheet.grids = bytes.ids(grids)?.map(GridId).collect();
    for _ in 0..bytes.number()? {
        let long = bytes.number()?;
        let code = std::str::from_utf8(bytes.take(long)?).ok()?;
        sheet.categories.push(code.to_owned());
    }
    let departments = bytes.number()?;
    let named = |id: Uuid| (!id.is_nil()).then_some(DepartmentId(id));
    sheet.departments = bytes.ids(departments)?.map(named).collect();
    for column in &mut sheet.days {
        bytes.narrow(&mut column[..n])?;
    }
    bytes.narrow(&mut sheet.grid[..n])?;
    bytes.narrow(&mut sheet.category[..n])?;
    bytes.narrow(&mut sheet.department[..n])?;
    bytes.narrow(&mut sheet.channel[..n])?;
    bytes.wide(&mut sheet.marks[..n])?;
    bytes.wide(&mut sheet.calendar[..n])?;
    bytes.wide(&mut sheet.working[..n])?;
    let listed =
        |column: &[u16; SHEET], long: usize| column[..n].iter().all(|at| usize::from(*at) < long);
    let fits = listed(&sheet.grid, sheet.grids.len())
        && listed(&sheet.category, sheet.categories.len())
        && listed(&sheet.department, sheet.departments.len())
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
    use rules::case::Channel;
    use rules::figures::{Counted, DayFacts, STEPS};

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
                channel: Channel::ALL[n as usize % 9],
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
            assert!(
                STEPS == 16 && bytes.len() < 400 + n as usize * 72,
                "{} bytes",
                bytes.len()
            );
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
        other[0] = 2;
        assert_eq!(read(&other), None, "another version");
        let mut nowhere = sheet(9);
        nowhere.grid[3] = 99;
        assert_eq!(read(&write(&nowhere)), None);
    }
}
