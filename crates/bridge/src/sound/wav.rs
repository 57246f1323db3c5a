//! WAV: a row of chunks. Written anew with the format and the sound only, so names, places and players' notes go.

use super::SoundRefusal;

const KEPT: [&[u8]; 3] = [b"fmt ", b"fact", b"data"];

pub(super) fn clean(file: &[u8]) -> Result<Vec<u8>, SoundRefusal> {
    let mut out = b"RIFF\0\0\0\0WAVE".to_vec();
    let mut chunks = file.get(12..).unwrap_or_default();
    let mut sounds = false;
    while let Some((header, rest)) = chunks.split_first_chunk::<8>() {
        let [a, b, c, d, size @ ..] = *header;
        let size = u32::from_le_bytes(size) as usize;
        let body = rest.get(..size).ok_or(SoundRefusal::Broken)?;
        let name = [a, b, c, d];
        if KEPT.contains(&name.as_slice()) {
            out.extend(header);
            out.extend(body);
            out.resize(out.len() + size % 2, 0);
        }
        sounds |= &name == b"data";
        chunks = rest.get(size + size % 2..).unwrap_or_default();
    }
    let length = u32::try_from(out.len() - 8).map_err(|_| SoundRefusal::Broken)?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    if sounds {
        Ok(out)
    } else {
        Err(SoundRefusal::Broken)
    }
}
