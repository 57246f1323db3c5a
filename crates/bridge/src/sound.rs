//! Sound notes: checked by their first bytes, rid of what gives the sender away, kept. They are never played,
//! analysed or turned into text here.
//!
//! Cleaned: MP4 and 3GP (every box that sound does not need is blanked, so place and device names go), MP3 (ID3 and
//! APE tags), WAV (every chunk but the sound). Kept as they come: AMR, which has no place for such data, and Ogg
//! and WebM, whose comments name the recording program and, if the sender's program wrote it, more.

mod mp3;
mod mp4;
mod wav;

use bytes::Bytes;

/// Bytes a sound note may have.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The kinds of sound that phones and browsers record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SoundKind {
    /// MPEG-4 sound (`.m4a`), also within 3GP.
    M4a,
    /// 3GP sound (`.3gp`).
    ThreeGp,
    /// AMR narrow or wide band (`.amr`).
    Amr,
    /// Ogg with Opus or Vorbis (`.ogg`).
    Ogg,
    /// WebM, as browsers record (`.webm`).
    WebM,
    /// MPEG layer III (`.mp3`).
    Mp3,
    /// Wave (`.wav`).
    Wav,
}

impl SoundKind {
    /// The media type to answer with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::M4a => "audio/mp4",
            Self::ThreeGp => "audio/3gpp",
            Self::Amr => "audio/amr",
            Self::Ogg => "audio/ogg",
            Self::WebM => "audio/webm",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
        }
    }

    /// The ending of the server-made file name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::M4a => "m4a",
            Self::ThreeGp => "3gp",
            Self::Amr => "amr",
            Self::Ogg => "ogg",
            Self::WebM => "webm",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
        }
    }
}

/// Why a sound note is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SoundRefusal {
    /// The file has more bytes than allowed.
    #[error("the sound note has more than {limit} bytes")]
    TooLarge {
        /// Bytes a sound note may have.
        limit: usize,
    },
    /// The file is of no kind we take, or holds pictures or other tracks beside the sound.
    #[error("the file is not a sound note of a kind we take")]
    NotASound,
    /// The file is cut off or contradicts itself.
    #[error("the sound note is broken")]
    Broken,
}

/// A sound note that may be kept.
#[derive(Clone, Debug)]
pub struct CleanSound {
    /// What it is.
    pub kind: SoundKind,
    /// The bytes to keep; never the original where cleaning was possible.
    pub bytes: Bytes,
}

/// Tells the kind of a sound note by its first bytes and refuses everything else.
pub fn check(bytes: &[u8]) -> Result<SoundKind, SoundRefusal> {
    if bytes.len() > MAX_BYTES {
        return Err(SoundRefusal::TooLarge { limit: MAX_BYTES });
    }
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', b'3', b'g', ..] => Ok(SoundKind::ThreeGp),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Ok(SoundKind::M4a),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'A',
            b'V',
            b'E',
            ..,
        ] => Ok(SoundKind::Wav),
        _ if bytes.starts_with(b"#!AMR\n") || bytes.starts_with(b"#!AMR-WB\n") => {
            Ok(SoundKind::Amr)
        }
        _ if is_ogg_sound(bytes) => Ok(SoundKind::Ogg),
        _ if is_webm(bytes) => Ok(SoundKind::WebM),
        _ if bytes.starts_with(b"ID3") || mp3::is_frame(bytes) => Ok(SoundKind::Mp3),
        _ => Err(SoundRefusal::NotASound),
    }
}

/// Checks a sound note and takes out what tells where and on what it was recorded (see the head of this module for
/// what is kept as it comes).
pub fn clean(bytes: Bytes) -> Result<CleanSound, SoundRefusal> {
    let kind = check(&bytes)?;
    let bytes = match kind {
        SoundKind::M4a | SoundKind::ThreeGp => mp4::clean(bytes.into())?.into(),
        SoundKind::Mp3 => mp3::clean(&bytes)?,
        SoundKind::Wav => wav::clean(&bytes)?.into(),
        SoundKind::Amr | SoundKind::Ogg | SoundKind::WebM => bytes,
    };
    Ok(CleanSound { kind, bytes })
}

/// The first packet of an Ogg file names its codec; a film's would be another.
fn is_ogg_sound(bytes: &[u8]) -> bool {
    let Some(&segments) = bytes.get(26).filter(|_| bytes.starts_with(b"OggS")) else {
        return false;
    };
    let packet = bytes.get(27 + usize::from(segments)..).unwrap_or_default();
    packet.starts_with(b"OpusHead") || packet.starts_with(b"\x01vorbis")
}

/// An EBML head whose document type (element `42 82`) is `webm`.
fn is_webm(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    head.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) && head.windows(7).any(|w| w == b"\x42\x82\x84webm")
}

#[cfg(test)]
mod tests;
