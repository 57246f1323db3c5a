//! The case file 案卷: one case with everything that proves who did what and when, to print or to take away as a zip. The
//! reporter's contact is never in it, and whoever takes it leaves a line in the trail of the case.

use std::io::{Cursor, Write};

use bytes::Bytes;
use rules::access::Action;
use rules::ids::Number;
use rules::supervision::Deed;
use sha2::{Digest, Sha256};
use store::Unit;
use store::case::{Attachment, AttachmentKind};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::case::{CasePage, page};
use crate::supervision::note;
use crate::{Asker, Error, House, task};

/// A photo or sound note under the name it has in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// Such as `photos/before-1.jpg`.
    pub name: String,
    /// Whether it shows the result; else it came with a report.
    pub after: bool,
    /// Whether it is to be heard rather than seen.
    pub sound: bool,
    /// Where it stands among those of its kind, from 1.
    pub n: usize,
    /// The case it was told on, where that one was merged into this one.
    pub of: Option<Number>,
    /// What is kept.
    pub attachment: Attachment,
}

/// The case as its file shows it.
///
/// # Errors
/// `Forbidden` for roles that may not take it, `NotFound` outside the scope.
#[task]
pub async fn open(house: &House, asker: &Asker, number: &Number) -> Result<CasePage, Error> {
    asker.allow(Action::TakeCaseFile)?;
    page(house, asker, number).await
}

/// The case, and the bytes of its exhibits, for somebody who takes them away: that is in the journal before anything leaves.
///
/// # Errors
/// As for [`open`]; `NotFound` if an exhibit was swept away, `Unavailable` if one cannot be read.
#[task]
pub async fn take(
    house: &House,
    asker: &Asker,
    number: &Number,
) -> Result<(CasePage, Vec<(Exhibit, Bytes)>), Error> {
    let before = open(house, asker, number).await?;
    let mut exhibits = Vec::new();
    for exhibit in self::exhibits(&before) {
        let blob = exhibit.attachment.blob.parse();
        let bytes = house.blobs.get(&blob.map_err(|_| Error::NotFound)?).await?;
        exhibits.push((exhibit, bytes));
    }
    let note = note(asker, before.case.id.0, Deed::Taken);
    house
        .store
        .unit(before.net.id, async move |unit: &Unit| {
            unit.note(note);
            Ok::<_, Error>(())
        })
        .await?;
    Ok((page(house, asker, number).await?, exhibits))
}

/// The attachments of a case, and of those that were merged into it, with their names: what was there before, and what was there
/// after.
pub fn exhibits(page: &CasePage) -> Vec<Exhibit> {
    let (mut before, mut after, mut sounds) = (0, 0, 0);
    let mut named = |(of, attachment): (Option<&Number>, &Attachment)| {
        let ended = attachment.result.is_some();
        let sound = matches!(attachment.kind, AttachmentKind::Sound(_));
        let (folder, n) = match (sound, ended) {
            (true, _) => ("sounds/sound", &mut sounds),
            (false, false) => ("photos/before", &mut before),
            (false, true) => ("photos/after", &mut after),
        };
        *n += 1;
        let ending = attachment
            .blob
            .rsplit_once('.')
            .map_or("bin", |(_, end)| end);
        Exhibit {
            name: format!("{folder}-{n}.{ending}"),
            after: ended,
            sound,
            n: *n,
            of: of.cloned(),
            attachment: attachment.clone(),
        }
    };
    let own = page.attachments.iter().map(|one| (None, one));
    let merged = page.merged.iter().flat_map(|merged| {
        let of = Some(&merged.case.number);
        merged.attachments.iter().map(move |one| (of, one))
    });
    own.chain(merged).map(&mut named).collect()
}

/// Packs named parts, with the SHA-256 of each in `SHA256SUMS`. Parts are not compressed again: pictures are already.
///
/// # Errors
/// `Unavailable` if the archive cannot be written.
pub fn packed(parts: &[(String, Bytes)]) -> Result<Vec<u8>, Error> {
    let sums: String = parts
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", hex::encode(Sha256::digest(bytes))))
        .collect();
    let sums = ("SHA256SUMS".to_owned(), Bytes::from(sums));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts.iter().chain([&sums]) {
        archive.start_file(name.as_str(), stored).map_err(failed)?;
        archive.write_all(bytes).map_err(failed)?;
    }
    Ok(archive.finish().map_err(failed)?.into_inner())
}

fn failed(why: impl std::fmt::Display) -> Error {
    Error::Unavailable(format!("a case file cannot be packed: {why}"))
}
