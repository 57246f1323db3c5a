//! A process of its own for each photo: the program runs itself again as the developer of one picture. Whatever a hostile
//! file does to a decoder, it does to a process that can take no more memory, time or files than it was given, holds no
//! key and no connection, and is thrown away afterwards.
//!
//! The talk: the house sends a length and the photo; the developer says its size, waits for one byte, and sends the clean
//! photo. A refusal is one byte instead.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use super::limits::{LARGE_PIXELS, too_many_pixels};
use super::{CleanPhoto, MAX_BYTES, MAX_PIXELS, PhotoRefusal, clean, head};

/// Address space of a developer: the program itself, and what the largest progressive JPEG takes while it is decoded.
const MEMORY: u64 = 1 << 30;
/// Seconds of one core.
const CPU: u64 = 20;
/// How long a developer may take for a photo, waiting for the machine included.
const PATIENCE: Duration = Duration::from_secs(40);

const DONE: u8 = 0;
const TOO_LARGE: u8 = 1;
const NOT_A_PHOTO: u8 = 2;
const TOO_MANY_PIXELS: u8 = 3;
const BROKEN: u8 = 4;
const GO: u8 = 1;

/// How to run a developer.
#[derive(Clone, Debug)]
pub struct Apart {
    program: PathBuf,
    args: Vec<OsString>,
    patience: Duration,
}

impl Apart {
    /// This program itself, with a word that makes it call [`develop`].
    pub fn myself(word: &str) -> io::Result<Self> {
        // stays the running program when an update replaces the file
        let running = Path::new("/proc/self/exe");
        let program = if running.exists() {
            running.to_owned()
        } else {
            std::env::current_exe()?
        };
        Ok(Self {
            program,
            args: vec![word.into()],
            patience: PATIENCE,
        })
    }

    /// Cleans one photo in a process of its own. `large` has one place: very large photos are developed one at a time.
    pub(super) async fn clean(
        &self,
        photo: &Bytes,
        large: &Semaphore,
    ) -> Result<CleanPhoto, PhotoRefusal> {
        if photo.len() > MAX_BYTES {
            return Err(PhotoRefusal::TooLarge { limit: MAX_BYTES });
        }
        let mut child = self.start()?;
        let pixels = self.within(measured(&mut child, photo)).await?;
        // The semaphore is never closed, so this waits and cannot fail.
        let _alone = if pixels > LARGE_PIXELS {
            large.acquire().await.ok()
        } else {
            None
        };
        let photo = self.within(developed(&mut child)).await;
        if let Ok(ended) = child.try_wait() {
            tracing::debug!(?ended, "a developer ended");
        }
        photo
    }

    fn start(&self) -> Result<Child, PhotoRefusal> {
        let started = Command::new(&self.program)
            .args(&self.args)
            .env_clear()
            // an allocator that sets a gigabyte aside at its start would find nothing left of what a developer has
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        started.map_err(|error| {
            tracing::error!(%error, "no developer of photos can be started");
            PhotoRefusal::NotNow
        })
    }

    /// A developer that is cut off, ends early or takes too long has a photo that nobody should open.
    async fn within<T>(
        &self,
        talk: impl Future<Output = io::Result<Result<T, PhotoRefusal>>>,
    ) -> Result<T, PhotoRefusal> {
        match tokio::time::timeout(self.patience, talk).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a developer ended over a photo");
                Err(PhotoRefusal::Broken)
            }
            Err(_) => {
                tracing::warn!("a developer took too long over a photo");
                Err(PhotoRefusal::Broken)
            }
        }
    }
}

/// Sends the photo; its pixels, as the developer counts them.
async fn measured(child: &mut Child, photo: &Bytes) -> io::Result<Result<u64, PhotoRefusal>> {
    let (stdin, stdout) = ends(child)?;
    stdin
        .write_all(&u32::try_from(photo.len()).unwrap_or(u32::MAX).to_be_bytes())
        .await?;
    stdin.write_all(photo).await?;
    stdin.flush().await?;
    if let Some(refusal) = refused(stdout.read_u8().await?)? {
        return Ok(Err(refusal));
    }
    let (width, height) = (stdout.read_u32().await?, stdout.read_u32().await?);
    Ok(Ok(u64::from(width) * u64::from(height)))
}

/// Lets the developer begin; the clean photo.
async fn developed(child: &mut Child) -> io::Result<Result<CleanPhoto, PhotoRefusal>> {
    let (stdin, stdout) = ends(child)?;
    stdin.write_all(&[GO]).await?;
    stdin.flush().await?;
    if let Some(refusal) = refused(stdout.read_u8().await?)? {
        return Ok(Err(refusal));
    }
    let (width, height) = (stdout.read_u32().await?, stdout.read_u32().await?);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let jpeg = piece(stdout).await?;
    let thumbnail = piece(stdout).await?;
    Ok(Ok(CleanPhoto {
        jpeg,
        width,
        height,
        thumbnail,
    }))
}

type Ends<'a> = (
    &'a mut tokio::process::ChildStdin,
    &'a mut tokio::process::ChildStdout,
);

fn ends(child: &mut Child) -> io::Result<Ends<'_>> {
    match (&mut child.stdin, &mut child.stdout) {
        (Some(stdin), Some(stdout)) => Ok((stdin, stdout)),
        _ => Err(io::ErrorKind::BrokenPipe.into()),
    }
}

/// A length and so many bytes; never more than a photo may have.
async fn piece(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Bytes> {
    let length = from.read_u32().await? as usize;
    if length == 0 || length > MAX_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await?;
    Ok(bytes.into())
}

fn refused(said: u8) -> io::Result<Option<PhotoRefusal>> {
    Ok(Some(match said {
        DONE => return Ok(None),
        TOO_LARGE => PhotoRefusal::TooLarge { limit: MAX_BYTES },
        NOT_A_PHOTO => PhotoRefusal::NotAPhoto,
        TOO_MANY_PIXELS => too_many_pixels(),
        BROKEN => PhotoRefusal::Broken,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    }))
}

const fn said(refusal: PhotoRefusal) -> u8 {
    match refusal {
        PhotoRefusal::TooLarge { .. } => TOO_LARGE,
        PhotoRefusal::NotAPhoto => NOT_A_PHOTO,
        PhotoRefusal::TooManyPixels { .. } => TOO_MANY_PIXELS,
        PhotoRefusal::Broken | PhotoRefusal::NotNow => BROKEN,
    }
}

/// The developer: gives up what it does not need, cleans the one photo it is sent, and is done.
///
/// # Errors
/// What reading and writing say; the house then knows that this photo came to nothing.
pub fn develop() -> io::Result<()> {
    confine()?;
    talk(io::stdin().lock(), io::stdout().lock())
}

/// From here on this process cannot take more than a photo may cost, write a file, or leave a picture of its memory.
fn confine() -> io::Result<()> {
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Cpu, CPU),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, 8),
    ];
    for (resource, most) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

fn talk(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length) as usize;
    if length > MAX_BYTES {
        return to.write_all(&[TOO_LARGE]);
    }
    let mut photo = vec![0; length];
    from.read_exact(&mut photo)?;
    let size = match head(&photo) {
        Ok(head) => (head.width, head.height),
        Err(refusal) => return to.write_all(&[said(refusal)]),
    };
    to.write_all(&[DONE])?;
    sized(&mut to, size)?;
    from.read_exact(&mut [0])?;
    let photo = match clean(&photo) {
        Ok(photo) => photo,
        Err(refusal) => return to.write_all(&[said(refusal)]),
    };
    to.write_all(&[DONE])?;
    sized(&mut to, (photo.width, photo.height))?;
    for bytes in [&photo.jpeg, &photo.thumbnail] {
        let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        to.write_all(&length.to_be_bytes())?;
        to.write_all(bytes)?;
    }
    to.flush()
}

fn sized(to: &mut impl Write, (width, height): (u32, u32)) -> io::Result<()> {
    to.write_all(&width.to_be_bytes())?;
    to.write_all(&height.to_be_bytes())?;
    to.flush()
}

#[cfg(test)]
mod tests;
