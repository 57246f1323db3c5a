//! Finds where an HTTP/1.1 answer ends: by its length or by its last chunk. Reads no header it does not need and keeps
//! no copy of the body.

use anyhow::{Context, Result, bail};

/// An answer that has come whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Bytes of the body, without the framing of chunks.
    pub body: usize,
    framing: Framing,
    head: usize,
}

impl Answer {
    /// The body, taken out of the bytes that were read.
    pub fn body_of(&self, read: &[u8]) -> Vec<u8> {
        let rest = read.get(self.head..).unwrap_or_default();
        match self.framing {
            Framing::Length(n) => rest[..n.min(rest.len())].to_vec(),
            Framing::Chunked => unchunked(rest),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunked,
}

/// How far an answer has been understood, so that nothing is scanned twice.
#[derive(Default)]
pub(super) struct Reading {
    head: Option<(u16, usize, Framing)>,
    /// Where the next chunk's size line begins.
    chunk: usize,
    body: usize,
}

impl Reading {
    /// Looks at what has come so far; the answer once it is whole.
    pub fn go_on(&mut self, read: &[u8]) -> Result<Option<Answer>> {
        let (status, head, framing) = match self.head {
            Some(known) => known,
            None => match read.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(end) => {
                    self.chunk = end + 4;
                    let (status, framing) = understand(&read[..end + 2])?;
                    *self.head.insert((status, end + 4, framing))
                }
                None => return Ok(None),
            },
        };
        let whole = match framing {
            Framing::Length(n) => {
                self.body = n;
                read.len() >= head + n
            }
            Framing::Chunked => self.chunks(read)?,
        };
        Ok(whole.then_some(Answer {
            status,
            body: self.body,
            framing,
            head,
        }))
    }

    /// Walks over the chunks that are whole; true after the last one.
    fn chunks(&mut self, read: &[u8]) -> Result<bool> {
        while let Some((size, data)) = size_line(read, self.chunk)? {
            if read.len() < data + size + 2 {
                return Ok(false);
            }
            self.chunk = data + size + 2;
            self.body += size;
            if size == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn understand(head: &[u8]) -> Result<(u16, Framing)> {
    let head = std::str::from_utf8(head).context("an answer's head is ASCII")?;
    let status = head
        .get(9..12)
        .and_then(|code| code.parse().ok())
        .context("a status line")?;
    for line in head.split("\r\n") {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            return Ok((status, Framing::Length(value.trim().parse()?)));
        }
        if name.eq_ignore_ascii_case("transfer-encoding")
            && value.trim().eq_ignore_ascii_case("chunked")
        {
            return Ok((status, Framing::Chunked));
        }
    }
    if status == 204 || status == 304 {
        return Ok((status, Framing::Length(0)));
    }
    bail!("an answer without a length: {head}")
}

/// The size of the chunk whose size line begins at `from`, and where its data begin.
fn size_line(read: &[u8], from: usize) -> Result<Option<(usize, usize)>> {
    let rest = read.get(from..).unwrap_or_default();
    let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&rest[..end])?;
    let digits = text.split(';').next().unwrap_or(text).trim();
    Ok(Some((usize::from_str_radix(digits, 16)?, from + end + 2)))
}

fn unchunked(rest: &[u8]) -> Vec<u8> {
    let (mut body, mut at) = (Vec::new(), 0);
    while let Ok(Some((size, data))) = size_line(rest, at) {
        if size == 0 {
            break;
        }
        body.extend_from_slice(rest.get(data..data + size).unwrap_or_default());
        at = data + size + 2;
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(bytes: &[u8], step: usize) -> Answer {
        let mut reading = Reading::default();
        for end in (step..bytes.len()).step_by(step) {
            assert_eq!(reading.go_on(&bytes[..end]).expect("well-formed"), None);
        }
        reading.go_on(bytes).expect("well-formed").expect("whole")
    }

    #[test]
    fn an_answer_with_a_length_ends_there_however_it_comes_in() {
        let bytes = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";
        for step in 1..bytes.len() {
            let answer = fed(bytes, step);
            assert_eq!((answer.status, answer.body), (201, 5));
            assert_eq!(answer.body_of(bytes), b"hello");
        }
    }

    #[test]
    fn a_chunked_answer_ends_with_its_empty_chunk_however_it_comes_in() {
        let bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nWiki\r\n6\r\npedia \r\n0\r\n\r\n";
        for step in 1..bytes.len() {
            let answer = fed(bytes, step);
            assert_eq!((answer.status, answer.body), (200, 10));
            assert_eq!(answer.body_of(bytes), b"Wikipedia ");
        }
    }

    #[test]
    fn an_answer_without_a_length_is_an_error_not_an_endless_wait() {
        assert!(
            Reading::default()
                .go_on(b"HTTP/1.1 200 OK\r\n\r\n")
                .is_err()
        );
    }
}
