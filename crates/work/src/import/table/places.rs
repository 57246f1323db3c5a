//! In which line of a text a record stands. The reader of CSV files says at which byte it began to look, which is before the line
//! ends that it passes over; with the two signs that Windows ends a line with, its own count is one too low.

/// Counts the lines of a text on the way down.
pub(crate) struct Places<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Places<'a> {
    /// From the first line of a text on.
    pub fn of(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line, from 1, of the record that is looked for from this byte on; asked from the top down.
    pub fn line(&mut self, byte: u64) -> usize {
        let from = usize::try_from(byte).unwrap_or(self.at).max(self.at);
        let ahead = self.text.get(from..).unwrap_or_default();
        let ends = ahead.iter().take_while(|one| matches!(one, b'\r' | b'\n'));
        let to = (from + ends.count()).min(self.text.len());
        let passed = self.text.get(self.at..to).unwrap_or_default();
        self.line += passed.iter().filter(|one| **one == b'\n').count();
        self.at = to;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut places = Places::of(text);
        let records = reader.records().map(|record| record.expect("a record"));
        records
            .map(|record| places.line(record.position().expect("a place").byte()))
            .collect()
    }

    #[test]
    fn a_record_stands_in_its_line_however_lines_end() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "c,d", "", "e,f", "\"g", "h\",i", "j,k", ""].join(end);
            assert_eq!(lines(&text), [1, 2, 4, 5, 7], "{end:?}");
        }
    }
}
