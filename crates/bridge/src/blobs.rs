//! Blobs: the bytes of photos and sound notes, as files under `DATA/blobs`.
//!
//! `put` answers only after the bytes are on the disk, so a unit that commits afterwards never names a missing file; a
//! unit that rolls back leaves an orphan, which a sweep finds by its age. Names are made here from the content, never
//! taken from a sender. Blobs knows no rows: whether a key is still named by one is for the caller to say.

mod key;

use std::fs;
use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use rules::ids::CommunityId;

pub use key::{BadKey, BlobKey, Ending};

/// Why bytes could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// No blob has this key.
    #[error("no blob has the key {0}")]
    Missing(BlobKey),
    /// The bytes are not those the key was made from.
    #[error("the bytes of blob {0} are not those that were put")]
    Damaged(BlobKey),
    /// The disk said no.
    #[error("the blob folder could not be used")]
    Disk(#[source] io::Error),
    /// The file store said no.
    #[error("the blob folder could not be used")]
    Files(#[from] object_store::Error),
}

/// The folder of blobs; cheap to share behind an `Arc`.
#[derive(Debug)]
pub struct Blobs {
    files: LocalFileSystem,
    root: PathBuf,
}

/// Makes the folder, for its owner alone: photos and recordings are nobody else's. One that is there stays as it is.
fn make_folder(root: &FilePath) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(root)
}

impl Blobs {
    /// Opens the folder, and makes it if it is not there.
    pub fn open(root: &FilePath) -> Result<Self, BlobError> {
        make_folder(root).map_err(BlobError::Disk)?;
        let files = LocalFileSystem::new_with_prefix(root)?.with_fsync(true);
        Ok(Self {
            files,
            root: root.to_owned(),
        })
    }

    /// Keeps bytes of a community and tells their key. When this answers, file and folder are on the disk. The same
    /// bytes in the same community have the same key; putting them again makes the file young again, so that no sweep
    /// takes it before the unit commits.
    pub async fn put(
        &self,
        community: CommunityId,
        ending: Ending,
        bytes: Bytes,
    ) -> Result<BlobKey, BlobError> {
        let key = BlobKey::of(community, ending, &bytes);
        self.files.put(&path(&key), bytes.into()).await?;
        Ok(key)
    }

    /// The bytes of a key, checked against it: a damaged file is an error, never an answer.
    pub async fn get(&self, key: &BlobKey) -> Result<Bytes, BlobError> {
        let bytes = match self.files.get(&path(key)).await {
            Ok(found) => found.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => {
                return Err(BlobError::Missing(key.clone()));
            }
            Err(error) => return Err(error.into()),
        };
        if key.names(&bytes) {
            Ok(bytes)
        } else {
            Err(BlobError::Damaged(key.clone()))
        }
    }

    /// Removes a blob; a key that has none is no error. Ask first whether another row names the same key.
    pub async fn delete(&self, key: &BlobKey) -> Result<(), BlobError> {
        match self.files.delete(&path(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The keys of a community that were put last before `before`, in no order. The caller drops those that rows name
    /// and deletes the rest; `before` must lie further back than any unit may take.
    pub async fn older_than(
        &self,
        community: CommunityId,
        before: SystemTime,
    ) -> Result<Vec<BlobKey>, BlobError> {
        let files = self.files.list(Some(&Path::from(community.to_string())));
        let keys = files.try_filter_map(|file| async move {
            let old = SystemTime::from(file.last_modified) < before;
            Ok(old.then(|| file.location.as_ref().parse().ok()).flatten())
        });
        Ok(keys.boxed().try_collect().await?)
    }

    /// Removes the half-written files that a crash left before `before`, and tells how many there were.
    pub async fn drop_unfinished(&self, before: SystemTime) -> Result<usize, BlobError> {
        let root = self.root.clone();
        let dropped = tokio::task::spawn_blocking(move || drop_unfinished_in(&root, before)).await;
        dropped
            .map_err(|stopped| BlobError::Disk(io::Error::other(stopped)))?
            .map_err(BlobError::Disk)
    }
}

fn path(key: &BlobKey) -> Path {
    Path::from(key.as_str())
}

/// The file store writes to `NAME#1`, `NAME#2`, … and renames at the end.
fn drop_unfinished_in(folder: &FilePath, before: SystemTime) -> io::Result<usize> {
    let mut dropped = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_dir() {
            dropped += drop_unfinished_in(&entry.path(), before)?;
        } else if entry.file_name().to_string_lossy().contains('#') && about.modified()? < before {
            fs::remove_file(entry.path())?;
            dropped += 1;
        }
    }
    Ok(dropped)
}

#[cfg(test)]
mod tests;
