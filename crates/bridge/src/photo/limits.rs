//! How large a photo may be, and the checks that say so before memory is taken.
//! The numbers are those of the limits table for hostile inputs; they never depend on who sends the photo.

use image::Limits;

use super::PhotoRefusal;

/// Bytes an uploaded photo may have.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Pixels a side of an uploaded photo may have.
pub const MAX_SIDE: u32 = 12_000;
/// Pixels an uploaded photo may have.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Pixels the longer side of a kept photo has at most.
pub const SIDE: u32 = 1_600;
/// Pixels the longer side of a thumbnail has at most.
pub const THUMBNAIL_SIDE: u32 = 320;
/// From here on a photo is very large: a progressive JPEG needs nine bytes a pixel while it is decoded.
pub(super) const LARGE_PIXELS: u64 = 24_000_000;
/// Bytes one decoded picture may take: [`MAX_PIXELS`] in four channels of eight bits, rounded up.
const MAX_DECODED: u64 = 256 * 1024 * 1024;

pub(super) fn for_decoder() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    limits
}

pub(super) fn check_size(width: u32, height: u32) -> Result<(), PhotoRefusal> {
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(too_many_pixels());
    }
    if pixels == 0 {
        return Err(PhotoRefusal::Broken);
    }
    Ok(())
}

/// `bytes` is what the decoded picture will take; sixteen bits a channel doubles it.
pub(super) fn check_memory(bytes: u64) -> Result<(), PhotoRefusal> {
    if bytes > MAX_DECODED {
        Err(too_many_pixels())
    } else {
        Ok(())
    }
}

pub(super) fn too_many_pixels() -> PhotoRefusal {
    PhotoRefusal::TooManyPixels {
        max_side: MAX_SIDE,
        max_pixels: MAX_PIXELS,
    }
}
