//! Is the file all there? Decoders fill the rest of a cut-off picture with grey and trust the sizes a WebP declares; a
//! broken upload should be told to the sender while he still has the photo. Looks at the frame only, never decodes.

use image::ImageFormat;

use super::PhotoRefusal;

/// A progressive photo has ten scans or so. Each may be a few bytes and cost a pass over the whole picture.
const MAX_SCANS: u32 = 32;
const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;

pub(super) fn check(format: ImageFormat, bytes: &[u8]) -> Result<(), PhotoRefusal> {
    let whole = match format {
        ImageFormat::Jpeg => jpeg_ends(bytes.get(2..).unwrap_or_default()),
        ImageFormat::WebP => webp_fits(bytes),
        _ => png_ends(bytes.get(8..).unwrap_or_default()),
    };
    if whole {
        Ok(())
    } else {
        Err(PhotoRefusal::Broken)
    }
}

/// Walks from marker to marker until the end-of-image marker, past no more than [`MAX_SCANS`]; `rest` begins after the start-of-image marker.
fn jpeg_ends(mut rest: &[u8]) -> bool {
    let mut scans = 0;
    while scans <= MAX_SCANS {
        match rest {
            [0xFF, 0xFF, ..] => rest = &rest[1..],
            [0xFF, END_OF_IMAGE, ..] => return true,
            [0xFF, 0x01 | 0xD0..=0xD7, ..] => rest = &rest[2..],
            [0xFF, marker, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let Some(after) = rest.get(2 + length..) else {
                    return false;
                };
                scans += u32::from(*marker == START_OF_SCAN);
                rest = if *marker == START_OF_SCAN {
                    after_scan(after)
                } else {
                    after
                };
            }
            _ => return false,
        }
    }
    false
}

/// The first real marker after compressed data: `FF 00` is a byte of data and `FF D0…D7` restarts the decoder.
fn after_scan(data: &[u8]) -> &[u8] {
    let marker = data
        .windows(2)
        .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF));
    marker.map_or(&[], |at| &data[at..])
}

/// Walks from chunk to chunk until `IEND`; each has a length, a name, its bytes and a checksum.
fn png_ends(mut chunks: &[u8]) -> bool {
    while let Some(([a, b, c, d, name @ ..], _)) = chunks.split_first_chunk::<8>() {
        let Some(after) = chunks.get(12 + u32::from_be_bytes([*a, *b, *c, *d]) as usize..) else {
            return false;
        };
        if name == b"IEND" {
            return true;
        }
        chunks = after;
    }
    false
}

/// No declared size reaches beyond the file, so none can make the decoder reserve memory for bytes that never come.
fn webp_fits(bytes: &[u8]) -> bool {
    let Some(declared) = size_at(bytes, 4) else {
        return false;
    };
    let Some(mut chunks) = bytes.get(12..8 + declared) else {
        return false;
    };
    while !chunks.is_empty() {
        let Some(size) = size_at(chunks, 4) else {
            return false;
        };
        let Some(after) = chunks.get(8 + size + size % 2..) else {
            return false;
        };
        chunks = after;
    }
    true
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at + 4)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}
