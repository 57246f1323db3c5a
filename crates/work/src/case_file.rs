//! The case file 案卷: one case with everything that proves who did what and when, to print or to take away as a zip. The
//! reporter's contact is never in it, and whoever takes it leaves a line in the trail of the case.

use std::io::{Cursor, Write};

use bytes::Bytes;
use rules::access::Action;
use rules::ids::{MemberId, Number};
use rules::supervision::Deed;
use sha2::{Digest, Sha256};
use store::Unit;
use store::case::{Attachment, AttachmentKind};
use store::report::Report;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::case::{CasePage, Merged, Round, RoundEnd, page};
use crate::supervision::note;
use crate::{Asker, Error, House, task};

/// A photo or sound note under the name it has in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// Such as `photos/before-1.jpg`.
    pub name: String,
    /// What it shows.
    pub shows: Shows,
    /// Where it stands among those of its kind, from 1.
    pub n: usize,
    /// The case it was told on, where that one was merged into this one.
    pub of: Option<Number>,
    /// Who brought it: whoever did the work, or wrote the report down for somebody; none for the reporter.
    pub by: Option<MemberId>,
    /// The result it came with, among the steps of the case; none for what came with a report.
    pub round: Option<Round>,
    /// What is kept.
    pub attachment: Attachment,
}

/// What an exhibit shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// What was there before: it came with a report.
    Before,
    /// What was there after, by a result that nobody refused.
    After,
    /// What a result showed that was refused later: no proof of how it ended.
    Refused,
    /// It is to be heard rather than seen.
    Sound,
}

impl Shows {
    fn of(attachment: &Attachment, round: Option<Round>) -> Self {
        let refused = round.is_some_and(|round| round.end != RoundEnd::Stands);
        match (attachment.kind, attachment.result) {
            (AttachmentKind::Sound(_), _) => Self::Sound,
            (AttachmentKind::Photo, None) => Self::Before,
            (AttachmentKind::Photo, Some(_)) if refused => Self::Refused,
            (AttachmentKind::Photo, Some(_)) => Self::After,
        }
    }

    /// Folder and name in the file.
    const fn name(self) -> &'static str {
        match self {
            Self::Before => "photos/before",
            Self::After => "photos/after",
            Self::Refused => "photos/refused",
            Self::Sound => "sounds/sound",
        }
    }
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

/// The attachments of a case, and of those that were merged into it, with their names: what was there before, what was there after,
/// and what was refused in between.
pub fn exhibits(page: &CasePage) -> Vec<Exhibit> {
    let mut counted: Vec<Shows> = Vec::new();
    let mut named = |(of, attachment): (Option<&Merged>, &Attachment)| {
        let result = attachment.result;
        let round = result.and_then(|id| page.round(id));
        let shows = Shows::of(attachment, round);
        counted.push(shows);
        let n = counted.iter().filter(|one| **one == shows).count();
        let ending = attachment
            .blob
            .rsplit_once('.')
            .map_or("bin", |(_, end)| end);
        let reports = of.map_or(&page.reports, |merged| &merged.reports);
        Exhibit {
            name: format!("{}-{n}.{ending}", shows.name()),
            shows,
            n,
            of: of.map(|merged| merged.case.number.clone()),
            by: brought_by(page, reports, attachment),
            round,
            attachment: attachment.clone(),
        }
    };
    let own = page.attachments.iter().map(|one| (None, one));
    let merged = page.merged.iter().flat_map(|merged| {
        merged
            .attachments
            .iter()
            .map(move |one| (Some(merged), one))
    });
    own.chain(merged).map(&mut named).collect()
}

/// Who brought an attachment; none for a reporter, and where nothing tells of it any more.
pub fn brought_by(
    page: &CasePage,
    reports: &[Report],
    attachment: &Attachment,
) -> Option<MemberId> {
    match attachment.result {
        Some(id) => {
            let mut results = page.results.iter();
            results.find(|one| one.id == id).map(|one| one.member)
        }
        None => {
            let mut reports = reports.iter();
            let told = reports.find(|one| Some(one.id) == attachment.report)?;
            told.entered_by
        }
    }
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
