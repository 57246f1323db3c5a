//! Developers that die, hang or talk nonsense, as real processes; what the real one does is tested on the real program
//! in `crates/weige/tests/photo.rs`.

use super::*;

fn developer(script: &str, patience: Duration) -> Apart {
    Apart {
        program: "/bin/sh".into(),
        args: vec!["-c".into(), script.into()],
        patience,
    }
}

async fn sent_to(developer: Apart) -> Result<CleanPhoto, PhotoRefusal> {
    let photo = Bytes::from(super::super::tests::png(8, 8));
    developer.clean(&photo, &Semaphore::new(1)).await
}

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_developer_that_is_killed_over_a_photo_spoils_that_photo_only() {
    let killed = developer("kill -9 $$", LONG);
    assert_eq!(sent_to(killed).await.map(|_| ()), Err(PhotoRefusal::Broken));
}

#[tokio::test]
async fn a_developer_that_hangs_is_ended() {
    let started = std::process::Command::new("/bin/sh")
        .args(["-c", "exit 0"])
        .status();
    assert!(started.is_ok(), "this machine has a shell");
    let hangs = developer("cat >/dev/null & sleep 600", Duration::from_millis(200));
    assert_eq!(sent_to(hangs).await.map(|_| ()), Err(PhotoRefusal::Broken));
}

#[tokio::test]
async fn a_developer_that_talks_nonsense_is_not_believed() {
    let echoes = developer("cat", LONG);
    assert!(sent_to(echoes).await.is_err());
    let boasts = developer(
        r"printf '\0\0\0\0\10\0\0\0\10\0\0\0\0\10\0\0\0\10\377\377\377\377'; sleep 600",
        LONG,
    );
    assert_eq!(sent_to(boasts).await.map(|_| ()), Err(PhotoRefusal::Broken));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_no_fault_of_the_photo() {
    let nowhere = Apart {
        program: "/nowhere/weige".into(),
        args: Vec::new(),
        patience: LONG,
    };
    assert_eq!(
        sent_to(nowhere).await.map(|_| ()),
        Err(PhotoRefusal::NotNow)
    );
}

/// Both halves of the talk, without a process between them.
fn talked(photo: &[u8]) -> Vec<u8> {
    let length = u32::try_from(photo.len()).expect("short");
    let sent = [&length.to_be_bytes()[..], photo, &[GO]].concat();
    let mut answer = Vec::new();
    talk(sent.as_slice(), &mut answer).expect("in memory");
    answer
}

#[test]
fn the_developer_says_the_size_first_and_then_sends_the_clean_photo() {
    let answer = talked(&super::super::tests::png(8, 6));
    assert_eq!(answer[..9], [DONE, 0, 0, 0, 8, 0, 0, 0, 6]);
    assert_eq!(answer[9..18], [DONE, 0, 0, 0, 8, 0, 0, 0, 6]);
    assert_eq!(answer[22..24], [0xFF, 0xD8], "a JPEG");
}

#[test]
fn a_refusal_is_one_byte_that_both_sides_read_alike() {
    assert_eq!(talked(b"no photo at all"), [NOT_A_PHOTO]);
    for refusal in [
        PhotoRefusal::TooLarge { limit: MAX_BYTES },
        PhotoRefusal::NotAPhoto,
        too_many_pixels(),
        PhotoRefusal::Broken,
    ] {
        assert_eq!(refused(said(refusal)).expect("known"), Some(refusal));
    }
    assert!(refused(9).is_err());
}
