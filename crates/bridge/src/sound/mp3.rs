//! MP3: tags with names, pictures and places stand before (ID3v2) and after (ID3v1, APE) the frames. They are cut off;
//! the frames are kept as they come.

use bytes::Bytes;

use super::SoundRefusal;

const ID3V2_HEADER: usize = 10;
const ID3V1: usize = 128;
const APE_FOOTER: usize = 32;
const APE_HAS_HEADER: u32 = 1 << 31;

/// Eleven set bits, a version that exists, layer III.
pub(super) fn is_frame(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, second, third, ..]
        if second & 0xE0 == 0xE0 && second & 0x18 != 0x08 && second & 0x06 == 0x02 && third & 0xF0 != 0xF0)
}

pub(super) fn clean(file: &Bytes) -> Result<Bytes, SoundRefusal> {
    let mut sound = file.clone();
    while let Some(tag) = leading_tag(&sound) {
        if tag > sound.len() {
            return Err(SoundRefusal::Broken);
        }
        sound = sound.slice(tag..);
    }
    while let Some(tag) = trailing_tag(&sound) {
        sound.truncate(sound.len().checked_sub(tag).ok_or(SoundRefusal::Broken)?);
    }
    if is_frame(&sound) {
        Ok(sound)
    } else {
        Err(SoundRefusal::Broken)
    }
}

/// Length of an ID3v2 tag at the beginning, its padding and footer included. Sizes have seven bits a byte.
fn leading_tag(bytes: &[u8]) -> Option<usize> {
    let header = bytes
        .first_chunk::<ID3V2_HEADER>()
        .filter(|header| header.starts_with(b"ID3"))?;
    let size = header[6..]
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(byte & 0x7F));
    let footer = if header[5] & 0x10 == 0 {
        0
    } else {
        ID3V2_HEADER
    };
    Some(ID3V2_HEADER + size + footer)
}

/// Length of an ID3v1 or APE tag at the end.
fn trailing_tag(bytes: &[u8]) -> Option<usize> {
    if bytes
        .last_chunk::<ID3V1>()
        .is_some_and(|tag| tag.starts_with(b"TAG"))
    {
        return Some(ID3V1);
    }
    let footer = bytes
        .last_chunk::<APE_FOOTER>()
        .filter(|footer| footer.starts_with(b"APETAGEX"))?;
    let number = |at: usize| {
        u32::from_le_bytes([footer[at], footer[at + 1], footer[at + 2], footer[at + 3]])
    };
    let header = if number(20) & APE_HAS_HEADER == 0 {
        0
    } else {
        APE_FOOTER
    };
    Some((number(12) as usize).max(APE_FOOTER).saturating_add(header))
}
