//! Blobs on a real disk, in a folder that goes away with the test.

use std::time::Duration;

use super::*;
use crate::sound::SoundKind;

const HERE: CommunityId = CommunityId(7);
const ELSEWHERE: CommunityId = CommunityId(71);

fn open() -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let blobs = Blobs::open(&folder.path().join("blobs")).expect("opens");
    (folder, blobs)
}

async fn put(blobs: &Blobs, community: CommunityId, bytes: &'static [u8]) -> BlobKey {
    blobs
        .put(community, Ending::Jpeg, Bytes::from_static(bytes))
        .await
        .expect("kept")
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, blobs) = open();
    let mode = fs::metadata(&blobs.root)
        .expect("a folder")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// Sets a file's time back, as if it had been put then.
fn make_older(blobs: &Blobs, key: &str, by: Duration) {
    let file = fs::File::options()
        .append(true)
        .open(blobs.root.join(key))
        .expect("the file is there");
    let then = file
        .metadata()
        .and_then(|about| about.modified())
        .expect("it has a time")
        - by;
    file.set_modified(then).expect("the time can be set");
}

fn modified(blobs: &Blobs, key: &BlobKey) -> SystemTime {
    let about = fs::metadata(blobs.root.join(key.as_str())).expect("the file is there");
    about.modified().expect("it has a time")
}

#[tokio::test]
async fn what_was_put_is_read_back_even_by_a_new_process() {
    let (folder, blobs) = open();
    let key = put(&blobs, HERE, b"bytes").await;
    let again = Blobs::open(&folder.path().join("blobs")).expect("opens again");
    assert_eq!(
        again.get(&key).await.expect("there"),
        Bytes::from_static(b"bytes")
    );
}

#[tokio::test]
async fn files_are_synced_before_put_answers() {
    let (_folder, blobs) = open();
    assert!(format!("{:?}", blobs.files).contains("fsync: true"));
}

#[tokio::test]
async fn two_communities_never_share_a_blob() {
    let (_folder, blobs) = open();
    let (here, elsewhere) = (
        put(&blobs, HERE, b"same").await,
        put(&blobs, ELSEWHERE, b"same").await,
    );
    assert_ne!(here, elsewhere);
    assert!(here.belongs_to(HERE) && !here.belongs_to(ELSEWHERE));
    blobs.delete(&here).await.expect("deleted");
    assert!(blobs.get(&elsewhere).await.is_ok());
}

#[tokio::test]
async fn a_deleted_blob_is_missing_and_deleting_twice_is_no_error() {
    let (_folder, blobs) = open();
    let key = put(&blobs, HERE, b"bytes").await;
    blobs.delete(&key).await.expect("deleted");
    blobs.delete(&key).await.expect("deleted twice");
    assert!(matches!(blobs.get(&key).await, Err(BlobError::Missing(missing)) if missing == key));
}

#[tokio::test]
async fn a_damaged_file_is_never_an_answer() {
    let (_folder, blobs) = open();
    let key = put(&blobs, HERE, b"bytes").await;
    fs::write(blobs.root.join(key.as_str()), b"other").expect("written");
    assert!(matches!(blobs.get(&key).await, Err(BlobError::Damaged(damaged)) if damaged == key));
}

#[tokio::test]
async fn a_sweep_finds_the_old_blobs_of_one_community_only() {
    let (_folder, blobs) = open();
    let (old, new, other) = (
        put(&blobs, HERE, b"old").await,
        put(&blobs, HERE, b"new").await,
        put(&blobs, ELSEWHERE, b"old").await,
    );
    let hour = Duration::from_secs(3_600);
    make_older(&blobs, old.as_str(), 2 * hour);
    make_older(&blobs, other.as_str(), 2 * hour);
    let before = modified(&blobs, &new) - hour;
    assert_eq!(blobs.older_than(HERE, before).await.expect("listed"), [old]);
}

#[tokio::test]
async fn putting_the_same_bytes_again_saves_them_from_the_sweep() {
    let (_folder, blobs) = open();
    let key = put(&blobs, HERE, b"bytes").await;
    let now = modified(&blobs, &key);
    make_older(&blobs, key.as_str(), Duration::from_secs(7_200));
    put(&blobs, HERE, b"bytes").await;
    assert!(modified(&blobs, &key) >= now);
}

#[tokio::test]
async fn old_half_written_files_go_and_those_being_written_and_whole_ones_stay() {
    let (_folder, blobs) = open();
    let key = put(&blobs, HERE, b"bytes").await;
    let half = format!("{key}#1");
    fs::write(blobs.root.join(&half), b"by").expect("written");
    make_older(&blobs, &half, Duration::from_secs(7_200));
    let unfinished = format!("{key}#2");
    fs::write(blobs.root.join(&unfinished), b"byt").expect("written");
    let before = modified(&blobs, &key) - Duration::from_secs(3_600);
    make_older(&blobs, key.as_str(), Duration::from_secs(7_200));
    assert_eq!(blobs.drop_unfinished(before).await.expect("dropped"), 1);
    assert!(blobs.root.join(&unfinished).exists());
    assert!(blobs.get(&key).await.is_ok());
}

#[test]
fn a_key_survives_the_row_and_keeps_its_kind() {
    let key = BlobKey::of(HERE, Ending::Sound(SoundKind::Amr), b"note");
    assert_eq!(key.as_str().parse(), Ok(key.clone()));
    assert_eq!(key.ending().media_type(), "audio/amr");
}

#[test]
fn a_text_that_could_leave_the_folder_is_no_key() {
    let good = BlobKey::of(HERE, Ending::Jpeg, b"x");
    let (community, rest) = good.as_str().split_once('/').expect("two parts");
    let tricks = [
        String::new(),
        "../../etc/passwd".to_owned(),
        format!("../{rest}"),
        format!("07/{rest}"),
        format!("-7/{rest}"),
        format!("+7/{rest}"),
        format!("{community}/../{rest}"),
        format!("/{good}"),
        format!("{good}/x"),
        format!("{good}\0"),
        good.as_str().replace(".jpg", ".html"),
        good.as_str().replace(".jpg", ".jpg.html"),
        good.as_str().to_uppercase(),
        format!(
            "{community}/zz/{}",
            rest.split_once('/').expect("two parts").1
        ),
    ];
    for trick in tricks {
        assert_eq!(trick.parse::<BlobKey>(), Err(BadKey), "{trick}");
    }
}
