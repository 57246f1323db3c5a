//! Key files: 64 hex digits and a line end, readable by their owner only. A file that others may read is refused, not
//! quietly closed: whoever could read it may have done so.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use zeroize::Zeroizing;

use super::KeyError;

/// Group's and others' rights.
const NOT_OWNER: u32 = 0o077;

/// 32 bytes that are wiped when dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// Makes the folder, for its owner only.
pub(super) fn make_folder(folder: &Path) -> Result<(), KeyError> {
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder);
    made.map_err(|error| at(folder, error))
}

/// The key in a file, if there is one.
pub(super) fn find(path: &Path) -> Result<Option<Key>, KeyError> {
    match fs::metadata(path) {
        Ok(about) if about.permissions().mode() & NOT_OWNER != 0 => {
            Err(KeyError::Open(path.display().to_string()))
        }
        Ok(_) => read(path).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path, error)),
    }
}

fn read(path: &Path) -> Result<Key, KeyError> {
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| at(path, error))?);
    let mut key = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim_end(), &mut *key)
        .map_err(|_| KeyError::Malformed(path.display().to_string()))?;
    Ok(key)
}

/// A new key in a file; where another process was quicker, its key. Writes beside and links into place, so that no other process ever reads half a key.
pub(super) fn make(path: &Path) -> Result<Key, KeyError> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *key)?;
    let beside = path.with_extension(format!("new{}", std::process::id()));
    let written = write(&beside, &Zeroizing::new(hex::encode(*key)));
    let linked = written.and_then(|()| fs::hard_link(&beside, path));
    // The link is what counts; the name beside it has served.
    let _ = fs::remove_file(&beside);
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(at(path, error)),
    }
}

fn write(path: &Path, hex: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(hex.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

fn at(path: &Path, error: io::Error) -> KeyError {
    KeyError::File(path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn a_key_is_made_once_and_read_ever_after() {
        let folder = folder();
        let path = folder.path().join("kek");
        assert!(find(&path).expect("looked for").is_none());
        let first = make(&path).expect("made");
        let second = find(&path).expect("read").expect("there");
        let third = make(&path).expect("there already");
        assert!(*first == *second && *first == *third);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn only_the_owner_may_read_a_new_key() {
        let folder = folder();
        let path = folder.path().join("kek");
        make(&path).expect("made");
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = folder();
        let path = folder.path().join("kek");
        make(&path).expect("made");
        for mode in [0o640, 0o604] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a new mode");
            assert!(matches!(find(&path), Err(KeyError::Open(_))), "{mode:o}");
        }
    }

    #[test]
    fn a_file_that_holds_no_key_is_refused() {
        let folder = folder();
        let path = folder.path().join("kek");
        write(&path, "changeme").expect("written");
        assert!(matches!(find(&path), Err(KeyError::Malformed(_))));
    }
}
