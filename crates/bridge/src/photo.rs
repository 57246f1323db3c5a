//! Photos: a stranger's file goes in, a small JPEG drawn anew comes out.
//!
//! Only JPEG, PNG and WebP are read. Every photo is encoded again, so position, camera serial number, XMP and hidden
//! thumbnails are gone and nothing glued to the file survives. The original is never kept, and nobody looks at what
//! the photo shows.

mod apart;
mod darkroom;
mod limits;
mod whole;

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};

pub use apart::{Apart, develop};
pub use darkroom::Darkroom;
pub use limits::{MAX_BYTES, MAX_PIXELS, MAX_SIDE, SIDE, THUMBNAIL_SIDE};

const QUALITY: u8 = 82;
const THUMBNAIL_QUALITY: u8 = 74;

/// A photo that is safe to keep and to show.
#[derive(Clone, Debug)]
pub struct CleanPhoto {
    /// The photo as JPEG, upright, its longer side at most [`SIDE`] pixels.
    pub jpeg: Bytes,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The same photo as JPEG, its longer side at most [`THUMBNAIL_SIDE`] pixels.
    pub thumbnail: Bytes,
}

/// Why a photo is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoRefusal {
    /// The file has more bytes than allowed.
    #[error("the photo has more than {limit} bytes")]
    TooLarge {
        /// Bytes a photo may have.
        limit: usize,
    },
    /// The file does not begin like a JPEG, PNG or WebP.
    #[error("the file is not a JPEG, PNG or WebP photo")]
    NotAPhoto,
    /// The picture is too wide, too high, or needs too much memory.
    #[error("the photo has more than {max_side} pixels on a side or more than {max_pixels} pixels")]
    TooManyPixels {
        /// Pixels a side may have.
        max_side: u32,
        /// Pixels the whole picture may have.
        max_pixels: u64,
    },
    /// The file is cut off or contradicts itself.
    #[error("the photo is broken")]
    Broken,
    /// Nobody could look at it; that is no fault of the photo.
    #[error("photos cannot be taken at the moment")]
    NotNow,
}

/// What the head of a file says about its picture, before a single pixel is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    format: ImageFormat,
    /// Pixels from left to right, before turning upright.
    pub width: u32,
    /// Pixels from top to bottom, before turning upright.
    pub height: u32,
}

/// Reads size and kind of a photo and refuses what is too large, without decoding it.
pub fn head(bytes: &[u8]) -> Result<Head, PhotoRefusal> {
    if bytes.len() > MAX_BYTES {
        return Err(PhotoRefusal::TooLarge { limit: MAX_BYTES });
    }
    let format = sniff(bytes).ok_or(PhotoRefusal::NotAPhoto)?;
    whole::check(format, bytes)?;
    let (width, height) = decoder(format, bytes)?.dimensions();
    limits::check_size(width, height)?;
    Ok(Head {
        format,
        width,
        height,
    })
}

/// Checks, decodes, turns upright, shrinks and encodes a photo again. Blocks for up to a few seconds of one core: in
/// the server go through [`Darkroom::clean`].
pub fn clean(bytes: &[u8]) -> Result<CleanPhoto, PhotoRefusal> {
    let head = head(bytes)?;
    let (picture, orientation) = decode(head.format, bytes)?;
    let picture = upright(shrink(picture, SIDE), orientation);
    let thumbnail = picture
        .thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        .into_rgb8();
    let picture = on_white(picture);
    Ok(CleanPhoto {
        width: picture.width(),
        height: picture.height(),
        jpeg: encode(&picture, QUALITY)?,
        thumbnail: encode(&thumbnail, THUMBNAIL_QUALITY)?,
    })
}

/// Tells the kind by the first bytes; the name and the declared type of an upload prove nothing.
fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(ImageFormat::Png),
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
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(ImageFormat::WebP),
        _ => None,
    }
}

fn decoder(format: ImageFormat, bytes: &[u8]) -> Result<impl ImageDecoder + '_, PhotoRefusal> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits::for_decoder());
    reader.into_decoder().map_err(refusal)
}

fn decode(format: ImageFormat, bytes: &[u8]) -> Result<(DynamicImage, Orientation), PhotoRefusal> {
    let mut decoder = decoder(format, bytes)?;
    limits::check_memory(decoder.total_bytes())?;
    // A photo with unreadable EXIF is shown as it lies; that is no reason to lose it.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok((picture, orientation))
}

/// Shrinks to `side`. A very large picture is first averaged down to twice the side: the fine filter would need
/// sixteen bytes for every pixel of it.
fn shrink(picture: DynamicImage, side: u32) -> DynamicImage {
    let longer = picture.width().max(picture.height());
    if longer <= side {
        return picture;
    }
    let picture = if longer > side * 2 {
        picture.thumbnail(side * 2, side * 2)
    } else {
        picture
    };
    picture.resize(side, side, FilterType::Triangle)
}

fn upright(picture: DynamicImage, orientation: Orientation) -> DynamicImage {
    let mut picture = on_white(picture).into();
    DynamicImage::apply_orientation(&mut picture, orientation);
    picture
}

/// JPEG has no transparency; what was transparent becomes white paper rather than black.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let see_through = picture.into_rgba8();
    RgbImage::from_fn(see_through.width(), see_through.height(), |x, y| {
        let image::Rgba([r, g, b, a]) = *see_through.get_pixel(x, y);
        let over = |c: u8| ((u16::from(c) * u16::from(a) + 255 * (255 - u16::from(a))) / 255) as u8;
        image::Rgb([over(r), over(g), over(b)])
    })
}

fn encode(picture: &RgbImage, quality: u8) -> Result<Bytes, PhotoRefusal> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality)
        .encode_image(picture)
        .map_err(refusal)?;
    Ok(out.into())
}

fn refusal(error: ImageError) -> PhotoRefusal {
    match error {
        ImageError::Limits(_) => limits::too_many_pixels(),
        _ => PhotoRefusal::Broken,
    }
}

#[cfg(test)]
mod tests;
