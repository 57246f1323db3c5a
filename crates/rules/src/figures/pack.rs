//! Columns in few bytes: each is written as the distance from its smallest number, with as many bytes for one (half a byte,
//! one to four, or none where all are the same) as the greatest distance takes. Marks, which repeat, stand once in a list.
//! Reading refuses what does not fit; it never guesses.

use super::columns::{Columns, SHEET};
use super::day::NEVER;

/// Columns laid down in three parts, of which each can be opened without the others; some 15 to 30 bytes a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    n: u16,
    places: Box<[u8]>,
    days: Box<[u8]>,
    lengths: Box<[u8]>,
}

/// Which columns are wanted beside grid, category, department and channel; the others then mean nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Days and marks.
    pub days: bool,
    /// How long handling took.
    pub lengths: bool,
}

impl Wanted {
    /// All of them.
    pub const ALL: Self = Self {
        days: true,
        lengths: true,
    };
}

impl Packed {
    /// Lays columns down.
    pub fn of(columns: &Columns) -> Packed {
        let part = |pack: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = Vec::new();
            pack(&mut bytes);
            bytes.into_boxed_slice()
        };
        Packed {
            n: u16::try_from(columns.n).unwrap_or(u16::MAX),
            places: part(&|out| columns.pack_places(out)),
            days: part(&|out| {
                columns.pack_days(out);
                columns.pack_marks(out);
            }),
            lengths: part(&|out| columns.pack_lengths(out)),
        }
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.places.len() + self.days.len() + self.lengths.len()
    }

    /// Lays out again what is wanted, over whatever was there. `false`, and no case, if the bytes are no columns.
    pub fn open(&self, into: &mut Columns, wanted: Wanted) -> bool {
        let opened = self.read(into, wanted);
        if opened.is_none() {
            into.n = 0;
        }
        opened.is_some()
    }

    fn read(&self, into: &mut Columns, wanted: Wanted) -> Option<()> {
        let n = usize::from(self.n);
        if n > SHEET {
            return None;
        }
        into.n = n;
        let (mut places, mut days, mut lengths) = (&*self.places, &*self.days, &*self.lengths);
        into.unpack_places(n, &mut places)?;
        if wanted.days {
            into.unpack_days(n, &mut days)?;
            into.unpack_marks(n, &mut days)?;
        }
        if wanted.lengths {
            into.unpack_lengths(n, &mut lengths)?;
        }
        Some(())
    }
}

/// A number that stands for nothing.
const NONE: u32 = u32::MAX;
/// In the first byte of a column: 0 there means nothing.
const HAS_NONE: u8 = 1 << 7;
/// More marks than this are not worth a list.
const MOST_MARKS: usize = 255;

impl Columns {
    /// Writes all columns behind what is there already.
    pub fn pack(&self, out: &mut Vec<u8>) {
        self.pack_days(out);
        self.pack_places(out);
        self.pack_lengths(out);
        self.pack_marks(out);
    }

    fn pack_days(&self, out: &mut Vec<u8>) {
        self.days
            .iter()
            .for_each(|column| narrow(out, &column[..self.n]));
    }

    fn pack_places(&self, out: &mut Vec<u8>) {
        let places = self.places().into_iter();
        places.for_each(|column| narrow(out, &column[..self.n]));
    }

    fn pack_lengths(&self, out: &mut Vec<u8>) {
        for column in self.wide() {
            write(out, column[..self.n].iter().copied());
        }
    }

    fn pack_marks(&self, out: &mut Vec<u8>) {
        let marks: Vec<u32> = (0..self.n).map(|at| self.marks(at)).collect();
        let mut list = marks.clone();
        list.sort_unstable();
        list.dedup();
        let long = u8::try_from(list.len())
            .ok()
            .filter(|long| usize::from(*long) <= MOST_MARKS);
        let Some(long) = long else {
            out.push(0);
            return write(out, marks.iter().copied());
        };
        out.push(long);
        out.extend(list.iter().flat_map(|mark| mark.to_le_bytes()));
        let place = |mark: &u32| list.partition_point(|one| one < mark) as u32;
        write(out, marks.iter().map(place));
    }

    /// Reads `n` cases back; `None` if the bytes are no columns. What is read is taken off the bytes.
    pub fn unpack(&mut self, n: usize, bytes: &mut &[u8]) -> Option<()> {
        if n > SHEET {
            return None;
        }
        self.n = n;
        self.unpack_days(n, bytes)?;
        self.unpack_places(n, bytes)?;
        self.unpack_lengths(n, bytes)?;
        self.unpack_marks(n, bytes)
    }

    fn unpack_days(&mut self, n: usize, bytes: &mut &[u8]) -> Option<()> {
        let mut columns = self.days.iter_mut();
        columns.try_for_each(|column| read_narrow(bytes, &mut column[..n]))
    }

    fn unpack_places(&mut self, n: usize, bytes: &mut &[u8]) -> Option<()> {
        let mut columns = [
            &mut self.grid,
            &mut self.category,
            &mut self.department,
            &mut self.channel,
        ]
        .into_iter();
        columns.try_for_each(|column| read_narrow(bytes, &mut column[..n]))
    }

    fn unpack_lengths(&mut self, n: usize, bytes: &mut &[u8]) -> Option<()> {
        let mut columns = [&mut self.calendar, &mut self.working].into_iter();
        columns.try_for_each(|column| read(bytes, &mut column[..n], NONE, |one| one))
    }

    fn unpack_marks(&mut self, n: usize, bytes: &mut &[u8]) -> Option<()> {
        let long = usize::from(take(bytes, 1)?[0]);
        if long == 0 {
            let mut marks = [0; SHEET];
            read(bytes, &mut marks[..n], NONE, |one| one)?;
            for (at, marks) in marks[..n].iter().enumerate() {
                self.mark(at, *marks);
            }
            return Some(());
        }
        let (list, _) = take(bytes, long * 4)?.as_chunks::<4>();
        let mut places = [0_u16; SHEET];
        read(bytes, &mut places[..n], NEVER, |one| one as u16)?;
        for (at, place) in places[..n].iter().enumerate() {
            self.mark(at, u32::from_le_bytes(*list.get(usize::from(*place))?));
        }
        Some(())
    }
}

/// One column of days or places.
fn narrow(out: &mut Vec<u8>, column: &[u16]) {
    let wide = |one: &u16| match *one {
        NEVER => NONE,
        one => u32::from(one),
    };
    write(out, column.iter().map(wide));
}

/// What is too large for a day becomes none; nothing that was written is.
fn read_narrow(bytes: &mut &[u8], into: &mut [u16]) -> Option<()> {
    read(bytes, into, NEVER, |one| one as u16)
}

/// One column: what kind it is, the smallest number, and the distances.
fn write(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32> + Clone) {
    let some = || numbers.clone().filter(|one| *one != NONE);
    let base = some().min().unwrap_or(0);
    let has_none = numbers.clone().any(|one| one == NONE);
    let shift = u32::from(has_none);
    let most = some().max().map_or(0, |most| most - base + shift);
    let code = move |one: u32| if one == NONE { 0 } else { one - base + shift };
    let bytes = match most {
        0 => 0,
        1..=0xf => 5,
        0x10..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xff_ffff => 3,
        _ => 4,
    };
    out.push(bytes | if has_none { HAS_NONE } else { 0 });
    out.extend_from_slice(&base.to_le_bytes());
    if bytes < 5 {
        let wide = usize::from(bytes);
        return numbers.for_each(|one| out.extend_from_slice(&code(one).to_le_bytes()[..wide]));
    }
    // The lower halves of the bytes hold the first half of the places, so that both are read in a row.
    let codes: Vec<u8> = numbers.map(|one| code(one) as u8).collect();
    let (low, high) = codes.split_at(codes.len().div_ceil(2));
    let high = high.iter().chain([&0]);
    out.extend(low.iter().zip(high).map(|(low, high)| low | high << 4));
}

/// Reads one column into its places; each loop has one width, so that many places are read at a time.
#[inline(always)]
fn read<T: Copy>(
    bytes: &mut &[u8],
    into: &mut [T],
    none: T,
    narrow: impl Fn(u32) -> T + Copy,
) -> Option<()> {
    let kind = take(bytes, 1)?[0];
    let base = u32::from_le_bytes(take(bytes, 4)?.try_into().ok()?);
    if kind & HAS_NONE == 0 {
        let number = |code: u32| narrow(base.wrapping_add(code));
        return read_codes(bytes, into, kind, number);
    }
    let number = |code: u32| {
        if code == 0 {
            none
        } else {
            narrow(base.wrapping_add(code - 1))
        }
    };
    read_codes(bytes, into, kind & !HAS_NONE, number)
}

#[inline(always)]
fn read_codes<T: Copy>(
    bytes: &mut &[u8],
    into: &mut [T],
    kind: u8,
    number: impl Fn(u32) -> T + Copy,
) -> Option<()> {
    let n = into.len();
    match kind {
        0 => into.fill(number(0)),
        1 => {
            let codes = take(bytes, n)?.iter();
            into.iter_mut()
                .zip(codes)
                .for_each(|(place, code)| *place = number(u32::from(*code)));
        }
        2 => {
            let (codes, _) = take(bytes, n * 2)?.as_chunks::<2>();
            into.iter_mut()
                .zip(codes)
                .for_each(|(place, two)| *place = number(u32::from(u16::from_le_bytes(*two))));
        }
        3 => {
            let (codes, _) = take(bytes, n * 3)?.as_chunks::<3>();
            into.iter_mut().zip(codes).for_each(|(place, [a, b, c])| {
                *place = number(u32::from_le_bytes([*a, *b, *c, 0]));
            });
        }
        4 => {
            let (codes, _) = take(bytes, n * 4)?.as_chunks::<4>();
            into.iter_mut()
                .zip(codes)
                .for_each(|(place, four)| *place = number(u32::from_le_bytes(*four)));
        }
        5 => {
            let codes = take(bytes, n.div_ceil(2))?;
            let (low, high) = into.split_at_mut(n.div_ceil(2));
            for (place, both) in low.iter_mut().zip(codes) {
                *place = number(u32::from(both & 0xf));
            }
            for (place, both) in high.iter_mut().zip(codes) {
                *place = number(u32::from(both >> 4));
            }
        }
        _ => return None,
    }
    Some(())
}

fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(taken)
}
