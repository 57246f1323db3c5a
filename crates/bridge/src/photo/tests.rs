//! Photos made byte by byte: a camera's JPEG with position and serial number, bombs, polyglots and cut-off files.

use image::{ImageEncoder, Rgb};

use super::*;

fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([
            (x * 7 % 256) as u8,
            (y * 5 % 256) as u8,
            if x < width / 2 { 255 } else { 0 },
        ])
    })
}

pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let picture = picture(width, height);
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(&picture, width, height, image::ExtendedColorType::Rgb8)
        .expect("a picture in memory can be encoded");
    out
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encode(&picture(width, height), 90)
        .expect("a picture in memory can be encoded")
        .to_vec()
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut out)
        .encode(
            &picture(width, height),
            width,
            height,
            image::ExtendedColorType::Rgb8,
        )
        .expect("a picture in memory can be encoded");
    out
}

/// A TIFF body as cameras write it: orientation in IFD0, a serial number, and a GPS directory with a latitude.
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut bytes = Vec::new();
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
        bytes
    };
    tiff.extend(3u16.to_le_bytes());
    tiff.extend(entry(0x0112, 3, 1, orientation.into()));
    tiff.extend(entry(0x8825, 4, 1, 50));
    tiff.extend(entry(0xA431, 2, 13, 96));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 50);
    tiff.extend(2u16.to_le_bytes());
    tiff.extend(entry(0x0001, 2, 2, u32::from(b'N')));
    tiff.extend(entry(0x0002, 5, 1, 80));
    tiff.extend([0; 4]);
    tiff.extend(30_637_123u32.to_le_bytes());
    tiff.extend(1_000_000u32.to_le_bytes());
    tiff.resize(96, 0);
    tiff.extend(b"SERIAL-00815\0");
    tiff
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![0xFF, marker];
    out.extend(
        u16::try_from(body.len() + 2)
            .expect("fixtures are short")
            .to_be_bytes(),
    );
    out.extend(body);
    out
}

fn camera_jpeg(orientation: u16) -> Vec<u8> {
    let plain = jpeg(64, 32);
    let mut out = plain[..2].to_vec();
    out.extend(segment(
        0xE1,
        &[b"Exif\0\0".as_slice(), &exif(orientation)].concat(),
    ));
    out.extend(segment(
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>exif:GPSLatitude</x:xmpmeta>",
    ));
    out.extend(segment(0xFE, b"taken at home"));
    out.extend(&plain[2..]);
    out
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn refused(bytes: &[u8]) -> PhotoRefusal {
    clean(bytes)
        .map(|photo| (photo.width, photo.height))
        .expect_err("this photo must be refused")
}

#[test]
fn position_serial_number_xmp_and_comments_are_gone_after_cleaning() {
    let dirty = camera_jpeg(1);
    let clean = clean(&dirty).expect("a camera's photo is taken");
    for trace in [
        &b"Exif"[..],
        b"SERIAL-00815",
        b"xmpmeta",
        b"taken at home",
        &30_637_123u32.to_le_bytes(),
    ] {
        assert!(holds(&dirty, trace), "the fixture must hold it first");
        assert!(!holds(&clean.jpeg, trace) && !holds(&clean.thumbnail, trace));
    }
}

#[test]
fn a_photo_taken_on_its_side_is_turned_upright() {
    let lying = clean(&camera_jpeg(1)).expect("taken");
    let turned = clean(&camera_jpeg(6)).expect("taken");
    assert_eq!((lying.width, lying.height), (64, 32));
    assert_eq!((turned.width, turned.height), (32, 64));
}

#[test]
fn each_of_the_three_kinds_becomes_a_jpeg() {
    for bytes in [jpeg(40, 30), png(40, 30), webp(40, 30)] {
        let photo = clean(&bytes).expect("taken");
        assert_eq!(sniff(&photo.jpeg), Some(ImageFormat::Jpeg));
        assert_eq!((photo.width, photo.height), (40, 30));
    }
}

#[test]
fn a_large_photo_is_shrunk_and_keeps_its_shape() {
    let photo = clean(&jpeg(4_000, 2_000)).expect("taken");
    assert_eq!((photo.width, photo.height), (SIDE, SIDE / 2));
    let thumbnail = image::load_from_memory(&photo.thumbnail).expect("our own JPEG");
    assert_eq!(
        (thumbnail.width(), thumbnail.height()),
        (THUMBNAIL_SIDE, THUMBNAIL_SIDE / 2)
    );
}

#[test]
fn a_transparent_photo_lies_on_white_paper() {
    let glass = image::RgbaImage::from_pixel(16, 16, image::Rgba([0, 0, 0, 0]));
    let mut bytes = Vec::new();
    glass
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .expect("encodes");
    let photo = clean(&bytes).expect("taken");
    let seen = image::load_from_memory(&photo.jpeg)
        .expect("our own JPEG")
        .into_rgb8();
    assert!(seen.pixels().all(|pixel| pixel.0.iter().all(|&c| c > 250)));
}

#[test]
fn bytes_above_the_limit_are_refused_and_bytes_at_the_limit_are_not() {
    let mut bytes = png(8, 8);
    bytes.resize(MAX_BYTES, 0);
    assert!(clean(&bytes).is_ok());
    bytes.push(0);
    assert_eq!(refused(&bytes), PhotoRefusal::TooLarge { limit: MAX_BYTES });
}

/// A PNG that declares `width` × `height` and holds almost nothing.
fn png_claiming(width: u32, height: u32, bits: u8, colour: u8) -> Vec<u8> {
    let mut bytes = png(8, 8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes[24] = bits;
    bytes[25] = colour;
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn a_bomb_that_declares_a_huge_picture_is_refused_by_its_head() {
    let too_many = limits::too_many_pixels();
    assert_eq!(refused(&png_claiming(MAX_SIDE + 1, 8, 8, 2)), too_many);
    assert_eq!(refused(&png_claiming(8, MAX_SIDE + 1, 8, 2)), too_many);
    assert_eq!(
        refused(&png_claiming(u32::MAX >> 1, u32::MAX >> 1, 8, 2)),
        too_many
    );
}

#[test]
fn two_allowed_sides_may_still_be_too_many_pixels() {
    assert_eq!(
        head(&png_claiming(10_000, 5_001, 8, 2)),
        Err(limits::too_many_pixels())
    );
    assert!(head(&png_claiming(10_000, 5_000, 8, 2)).is_ok());
}

#[test]
fn sixteen_bits_a_channel_do_not_get_twice_the_memory() {
    let deep = png_claiming(10_000, 5_000, 16, 6);
    assert_eq!(refused(&deep), limits::too_many_pixels());
}

#[test]
fn a_jpeg_bomb_is_refused_by_its_head() {
    let mut bytes = jpeg(64, 32);
    let frame = bytes
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .expect("a baseline frame");
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(refused(&bytes), limits::too_many_pixels());
}

#[test]
fn a_jpeg_with_more_scans_than_any_camera_writes_is_refused_before_decoding() {
    let plain = jpeg(64, 32);
    let body = &plain[..plain.len() - 2];
    let with_scans = |more: usize| {
        let scans = segment(0xDA, &[1, 1, 0, 0, 0, 0]).repeat(more);
        head(&[body, &scans, &[0xFF, 0xD9]].concat()).map(|head| head.width)
    };
    assert_eq!(with_scans(31), Ok(64));
    assert_eq!(with_scans(32), Err(PhotoRefusal::Broken));
}

#[test]
fn what_is_glued_to_a_photo_does_not_survive() {
    let mut polyglot = jpeg(64, 32);
    polyglot.extend(b"PK\x03\x04<script>alert(1)</script>");
    let photo = clean(&polyglot).expect("the photo itself is sound");
    assert!(!holds(&photo.jpeg, b"<script>") && !holds(&photo.jpeg, b"PK\x03\x04"));
}

#[test]
fn a_file_that_only_calls_itself_a_photo_is_refused() {
    for bytes in [
        &b""[..],
        b"GIF89a\x01\0\x01\0",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7\n",
        b"RIFF\x10\0\0\0WAVEfmt ",
    ] {
        assert_eq!(refused(bytes), PhotoRefusal::NotAPhoto);
    }
}

#[test]
fn a_file_cut_off_anywhere_is_broken() {
    for whole in [camera_jpeg(1), png(64, 32), webp(64, 32)] {
        assert!(clean(&whole).is_ok());
        for part in [0.2, 0.5, 0.9, 0.99] {
            let cut = (whole.len() as f64 * part) as usize;
            assert_eq!(
                refused(&whole[..cut]),
                PhotoRefusal::Broken,
                "cut at {cut} of {}",
                whole.len()
            );
        }
    }
}

#[test]
fn a_jpeg_without_its_last_marker_is_broken() {
    let whole = jpeg(64, 32);
    assert_eq!(refused(&whole[..whole.len() - 2]), PhotoRefusal::Broken);
}

#[test]
fn a_webp_whose_chunk_claims_four_gigabytes_is_broken() {
    let mut bytes = webp(64, 32);
    bytes.extend(b"EXIF");
    bytes.extend(0xFFFF_FFF0u32.to_le_bytes());
    let size = u32::try_from(bytes.len() - 8).expect("short").to_le_bytes();
    bytes[4..8].copy_from_slice(&size);
    assert_eq!(head(&bytes), Err(PhotoRefusal::Broken));
}
