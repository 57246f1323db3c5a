//! Sound notes made byte by byte, with the places and names that phones write into them.

use super::*;

fn mp4_box(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).expect("fixtures are short");
    [&size.to_be_bytes(), name.as_slice(), body].concat()
}

fn handler(kind: &[u8; 4]) -> Vec<u8> {
    mp4_box(b"hdlr", &[&[0; 8], kind.as_slice(), &[0; 13]].concat())
}

fn track(kind: &[u8; 4], extra: &[u8]) -> Vec<u8> {
    mp4_box(
        b"trak",
        &[mp4_box(b"mdia", &handler(kind)), extra.to_vec()].concat(),
    )
}

fn phone_note(brand: &[u8; 4], tracks: &[u8]) -> Bytes {
    let place = mp4_box(
        b"udta",
        &mp4_box(b"\xA9xyz", b"\0\x12\x15\xC7+30.6371+103.6712/"),
    );
    let moov = mp4_box(
        b"moov",
        &[mp4_box(b"mvhd", &[1; 100]), tracks.to_vec(), place].concat(),
    );
    let maker = mp4_box(b"uuid", b"0123456789abcdefPhone of an example person");
    [
        mp4_box(b"ftyp", brand),
        moov,
        maker,
        mp4_box(b"mdat", b"the sound itself"),
    ]
    .concat()
    .into()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn the_place_of_recording_goes_and_every_other_byte_stays_where_it_was() {
    for (brand, kind) in [(b"M4A ", SoundKind::M4a), (b"3gp4", SoundKind::ThreeGp)] {
        let dirty = phone_note(brand, &track(b"soun", b""));
        assert!(holds(&dirty, b"+30.6371") && holds(&dirty, b"example person"));
        let sound = clean(dirty.clone()).expect("taken");
        assert_eq!(sound.kind, kind);
        assert!(!holds(&sound.bytes, b"+30.6371") && !holds(&sound.bytes, b"example person"));
        assert_eq!(sound.bytes.len(), dirty.len());
        assert_eq!(sound.bytes[sound.bytes.len() - 16..], *b"the sound itself");
    }
}

#[test]
fn a_place_hidden_within_a_track_goes_too() {
    let hidden = mp4_box(b"meta", b"loci: 103.6712");
    let sound = clean(phone_note(b"M4A ", &track(b"soun", &hidden))).expect("taken");
    assert!(!holds(&sound.bytes, b"103.6712"));
}

#[test]
fn a_film_or_a_track_of_places_is_not_a_sound_note() {
    for other in [b"vide", b"meta"] {
        let tracks = [track(b"soun", b""), track(other, b"")].concat();
        assert_eq!(
            clean(phone_note(b"isom", &tracks)).map(|s| s.kind),
            Err(SoundRefusal::NotASound)
        );
    }
    assert_eq!(
        clean(phone_note(b"isom", b"")).map(|s| s.kind),
        Err(SoundRefusal::NotASound)
    );
}

#[test]
fn a_box_that_reaches_beyond_the_file_is_broken() {
    let note = phone_note(b"M4A ", &track(b"soun", b""));
    let cut = note.slice(..note.len() - 3);
    assert_eq!(clean(cut).map(|s| s.kind), Err(SoundRefusal::Broken));
}

#[test]
fn boxes_nested_without_end_are_broken() {
    let nest = (0..1_000).fold(Vec::new(), |inner, _| mp4_box(b"moov", &inner));
    let file = [mp4_box(b"ftyp", b"M4A "), nest].concat();
    assert_eq!(
        clean(file.into()).map(|s| s.kind),
        Err(SoundRefusal::Broken)
    );
}

const FRAME: [u8; 8] = [0xFF, 0xFB, 0x90, 0x64, 1, 2, 3, 4];

#[test]
fn every_tag_of_an_mp3_is_cut_off() {
    let id3v2 = b"ID3\x04\0\0\0\0\0\x0Ba name here".as_slice();
    let mut ape = b"APETAGEX".to_vec();
    ape.extend([0xD0, 7, 0, 0, 32, 0, 0, 0]);
    ape.resize(32, 0);
    let mut id3v1 = b"TAGa name here".to_vec();
    id3v1.resize(128, 0);
    let sound = clean([id3v2, &FRAME, &ape, &id3v1].concat().into()).expect("taken");
    assert_eq!(sound.kind, SoundKind::Mp3);
    assert_eq!(sound.bytes[..], FRAME);
}

#[test]
fn a_tag_without_sound_behind_it_is_broken() {
    let only_tag = Bytes::from_static(b"ID3\x04\0\0\0\0\0\x05hello");
    assert_eq!(clean(only_tag).map(|s| s.kind), Err(SoundRefusal::Broken));
    let longer_than_the_file = Bytes::from_static(b"ID3\x04\0\0\x7F\x7F\x7F\x7Fhello");
    assert_eq!(
        clean(longer_than_the_file).map(|s| s.kind),
        Err(SoundRefusal::Broken)
    );
}

#[test]
fn a_wav_keeps_its_format_and_sound_only() {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        [name.as_slice(), &(body.len() as u32).to_le_bytes(), body].concat()
    };
    let file = [
        b"RIFF\0\0\0\0WAVE".as_slice(),
        &chunk(b"fmt ", &[1; 16]),
        &chunk(b"LIST", b"INFOa place!"),
        &chunk(b"data", b"sound!"),
    ]
    .concat();
    let sound = clean(file.into()).expect("taken");
    assert!(!holds(&sound.bytes, b"a place"));
    assert_eq!(sound.bytes.len(), 12 + 24 + 14);
    assert_eq!(sound.bytes[4..8], 42u32.to_le_bytes());
}

#[test]
fn a_note_cut_off_or_changed_anywhere_gets_an_answer_and_never_a_panic() {
    let wav = [
        b"RIFF\x10\0\0\0WAVEdata".as_slice(),
        &4u32.to_le_bytes(),
        b"abcd",
    ]
    .concat();
    let mp3 = [
        b"ID3\x04\0\x10\0\0\0\x02hi".as_slice(),
        &FRAME,
        &FRAME,
        b"APETAGEX",
        &[255; 24],
    ]
    .concat();
    for note in [
        phone_note(b"M4A ", &track(b"soun", b"")),
        wav.into(),
        mp3.into(),
    ] {
        for at in 0..note.len() {
            let _cut = clean(note.slice(..at));
            for value in [0, 1, 0x7F, 0xFF] {
                let mut changed = note.to_vec();
                changed[at] = value;
                let length = changed.len();
                assert!(
                    clean(changed.into()).map_or(true, |sound| sound.bytes.len() <= length + 1)
                );
            }
        }
    }
}

#[test]
fn ogg_webm_and_amr_are_known_by_their_first_bytes() {
    let ogg = [b"OggS".as_slice(), &[0; 22], &[1, 19], b"OpusHead\x01"].concat();
    let webm = b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04";
    assert_eq!(check(&ogg), Ok(SoundKind::Ogg));
    assert_eq!(check(webm), Ok(SoundKind::WebM));
    assert_eq!(check(b"#!AMR\n\x3C"), Ok(SoundKind::Amr));
    assert_eq!(check(b"#!AMR-WB\n\x3C"), Ok(SoundKind::Amr));
}

#[test]
fn other_files_are_not_sound_notes() {
    let film = [b"OggS".as_slice(), &[0; 22], &[1, 42], b"\x80theora"].concat();
    let matroska = b"\x1A\x45\xDF\xA3\x9F\x42\x82\x88matroska\x42\x87\x81\x04";
    for bytes in [
        &b""[..],
        b"\xFF\xD8\xFF\xE0",
        b"<html>",
        b"MZ\x90\0",
        &film,
        matroska,
        b"\xFF\xF1\x50\x80",
    ] {
        assert_eq!(check(bytes), Err(SoundRefusal::NotASound));
    }
}

#[test]
fn bytes_above_the_limit_are_refused_and_bytes_at_the_limit_are_not() {
    let mut note = b"#!AMR\n".to_vec();
    note.resize(MAX_BYTES, 0);
    assert_eq!(check(&note), Ok(SoundKind::Amr));
    note.push(0);
    assert_eq!(
        check(&note),
        Err(SoundRefusal::TooLarge { limit: MAX_BYTES })
    );
}
