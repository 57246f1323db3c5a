//! MP4 and 3GP: a tree of boxes, each a length and a four-letter name. Boxes that sound does not need (user data with
//! the place of recording, `meta`, `uuid`, …) are renamed `free` and zeroed where they stand, so every offset in the
//! file stays right. A file with any track that is not sound is refused: places may hide in a timed-metadata track.

use super::SoundRefusal;

/// Boxes that hold boxes and are walked.
const PARENTS: [&[u8; 4]; 8] = [
    b"moov", b"trak", b"mdia", b"minf", b"edts", b"mvex", b"moof", b"traf",
];
/// Boxes kept as they are. What is not named here or above goes: a new place to hide something is then no news to us.
const KEPT: [&[u8; 4]; 19] = [
    b"ftyp", b"styp", b"mdat", b"sidx", b"mfra", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"smhd",
    b"dinf", b"stbl", b"elst", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun",
];
const HEADER: usize = 8;
const MAX_DEPTH: u8 = 6;

pub(super) fn clean(mut file: Vec<u8>) -> Result<Vec<u8>, SoundRefusal> {
    let mut tracks = 0;
    clean_boxes(&mut file, MAX_DEPTH, &mut tracks)?;
    if tracks == 0 {
        Err(SoundRefusal::NotASound)
    } else {
        Ok(file)
    }
}

/// Walks the boxes that lie side by side in `bytes` and counts the sound tracks among them.
fn clean_boxes(mut bytes: &mut [u8], depth: u8, tracks: &mut u32) -> Result<(), SoundRefusal> {
    let depth = depth.checked_sub(1).ok_or(SoundRefusal::Broken)?;
    while !bytes.is_empty() {
        let (name, header, size) = read_header(bytes)?;
        let (this, after) = bytes.split_at_mut(size);
        if &name == b"hdlr" {
            check_handler(&this[header..])?;
            *tracks += 1;
        }
        if PARENTS.contains(&&name) {
            clean_boxes(&mut this[header..], depth, tracks)?;
        } else if !KEPT.contains(&&name) {
            this[4..HEADER].copy_from_slice(b"free");
            this[header..].fill(0);
        }
        bytes = after;
    }
    Ok(())
}

/// Name, length of the header and of the whole box. A length of 1 means that eight bytes of length follow the name; a
/// length of 0 means "to the end".
fn read_header(bytes: &[u8]) -> Result<([u8; 4], usize, usize), SoundRefusal> {
    let [a, b, c, d, name @ ..] = *bytes.first_chunk::<HEADER>().ok_or(SoundRefusal::Broken)?;
    let (header, size) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (HEADER, bytes.len()),
        1 => {
            let long = bytes
                .get(HEADER..)
                .and_then(|rest| rest.first_chunk())
                .ok_or(SoundRefusal::Broken)?;
            (
                2 * HEADER,
                usize::try_from(u64::from_be_bytes(*long)).map_err(|_| SoundRefusal::Broken)?,
            )
        }
        short => (HEADER, short as usize),
    };
    if size < header || size > bytes.len() {
        Err(SoundRefusal::Broken)
    } else {
        Ok((name, header, size))
    }
}

/// The kind of a track stands after four bytes of version and four of zeros.
fn check_handler(body: &[u8]) -> Result<(), SoundRefusal> {
    match body.get(8..12) {
        Some(b"soun") => Ok(()),
        Some(_) => Err(SoundRefusal::NotASound),
        None => Err(SoundRefusal::Broken),
    }
}
