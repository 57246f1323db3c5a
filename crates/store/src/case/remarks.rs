//! What goes with a case under its id: words of a step, results, photos and sound. Words are personal until proven
//! otherwise, so they live here, not in the journal.

use rules::case::CommandName;
use rules::ids::{CaseId, CommunityId, MemberId, ReportId, ResultId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, dialect, instant, micros};

/// Words that go with one step of a case: a reason, a question, an answer, what the reporter was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its key.
    pub id: Uuid,
    /// The case.
    pub case: CaseId,
    /// The version of the case after that step.
    pub version: i64,
    /// The step.
    pub command: CommandName,
    /// The words.
    pub words: String,
    /// Whether the reporter reads them.
    pub for_reporter: bool,
    /// When.
    pub at: OffsetDateTime,
}

/// How a case was solved, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptResult {
    /// Its key.
    pub id: ResultId,
    /// The case.
    pub case: CaseId,
    /// Who wrote it.
    pub member: MemberId,
    /// The words.
    pub note: String,
    /// When.
    pub at: OffsetDateTime,
}

/// A photo or sound note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its key.
    pub id: Uuid,
    /// The case.
    pub case: CaseId,
    /// The report it came with, if it came from a reporter.
    pub report: Option<ReportId>,
    /// The result it proves, if it came from a handler.
    pub result: Option<ResultId>,
    /// What it is.
    pub kind: AttachmentKind,
    /// Where its bytes are.
    pub blob: String,
    /// Where the bytes of its small picture are.
    pub thumbnail: Option<String>,
    /// When it was kept.
    pub at: OffsetDateTime,
}

/// Attachments of a community, but for those of tellings that are complaints.
const ATTACHMENTS: &str = "id, case_id, report_id, result_id, kind, blob, thumbnail, at FROM attachments \
     WHERE community_id = ? AND NOT EXISTS (SELECT 1 FROM complaints WHERE complaints.community_id = attachments.community_id \
     AND complaints.id = attachments.report_id AND complaints.state <> 'reported')";

/// What an attachment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
    /// A picture, always JPEG, made anew from what was sent.
    Photo,
    /// A sound note; the text is its media type.
    Sound(&'static str),
}

/// Media types of sound notes that are kept.
const SOUNDS: [&str; 7] = [
    "audio/mp4",
    "audio/3gpp",
    "audio/ogg",
    "audio/webm",
    "audio/mpeg",
    "audio/wav",
    "audio/amr",
];

impl AttachmentKind {
    /// The media type it is served with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Photo => "image/jpeg",
            Self::Sound(media_type) => media_type,
        }
    }

    /// Reads a media type that is kept.
    pub fn read(text: &str) -> Option<Self> {
        if text == "image/jpeg" {
            return Some(Self::Photo);
        }
        SOUNDS
            .into_iter()
            .find(|known| *known == text)
            .map(Self::Sound)
    }
}

impl Unit {
    /// Keeps the words of a step.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_remark(&self, remark: &Remark) -> Result<(), Error> {
        let values: [Value; 8] = [
            self.community().0.into(),
            remark.id.into(),
            remark.case.0.into(),
            remark.version.into(),
            remark.command.as_str().into(),
            remark.words.as_str().into(),
            remark.for_reporter.into(),
            micros(remark.at).into(),
        ];
        self.run_apart("INSERT INTO remarks (community_id, id, case_id, version, command, words, for_reporter, at) VALUES (?,?,?,?,?,?,?,?)", values).await?;
        Ok(())
    }

    /// Keeps a result.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_result(&self, result: &KeptResult) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            result.id.0.into(),
            result.case.0.into(),
            result.member.0.into(),
            result.note.as_str().into(),
            micros(result.at).into(),
        ];
        self.run_apart("INSERT INTO results (community_id, id, case_id, member_id, note, at) VALUES (?,?,?,?,?,?)", values).await?;
        Ok(())
    }

    /// Keeps an attachment; its bytes are in the blobs already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_attachment(&self, attachment: &Attachment) -> Result<(), Error> {
        let values: [Value; 9] = [
            self.community().0.into(),
            attachment.id.into(),
            attachment.case.0.into(),
            attachment.report.map(|id| id.0).into(),
            attachment.result.map(|id| id.0).into(),
            attachment.kind.media_type().into(),
            attachment.blob.as_str().into(),
            attachment.thumbnail.clone().into(),
            micros(attachment.at).into(),
        ];
        let sql = "INSERT INTO attachments (community_id, id, case_id, report_id, result_id, kind, blob, thumbnail, at) VALUES (?,?,?,?,?,?,?,?,?)";
        self.run_apart(sql, values).await?;
        Ok(())
    }
}

impl Unit {
    /// What the reporter was told last by whoever checked the work, if anything.
    ///
    /// # Errors
    /// What the database says.
    pub async fn latest_checked(&self, case: CaseId) -> Result<Option<String>, Error> {
        let sql = "SELECT words FROM remarks WHERE community_id = ? AND case_id = ? AND command = ? AND for_reporter = ? ORDER BY version DESC, id DESC LIMIT 1";
        let values: [Value; 4] = [
            self.community().0.into(),
            case.0.into(),
            CommandName::Check.as_str().into(),
            true.into(),
        ];
        let row = self.row(sql, values).await?;
        Ok(row.map(|row| row.try_get("", "words")).transpose()?)
    }
}

impl Reader {
    /// The words of a case's steps in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remarks(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Remark>, Error> {
        let sql = "SELECT id, case_id, version, command, words, for_reporter, at FROM remarks WHERE community_id = ? AND case_id = ? ORDER BY version, id";
        self.of_case(sql, community, case)
            .await?
            .iter()
            .map(remark)
            .collect()
    }

    /// The results of a case, the latest last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn results(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<KeptResult>, Error> {
        let sql = "SELECT id, case_id, member_id, note, at FROM results WHERE community_id = ? AND case_id = ? ORDER BY at, id";
        self.of_case(sql, community, case)
            .await?
            .iter()
            .map(result)
            .collect()
    }

    /// The attachments of a case in order of their keeping. What came with a telling that became a complaint is none of
    /// them any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachments(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Attachment>, Error> {
        let sql = format!("SELECT {ATTACHMENTS} AND case_id = ? ORDER BY at, id");
        self.of_case(&sql, community, case)
            .await?
            .iter()
            .map(attachment)
            .collect()
    }

    /// The attachment of an id, whichever case it came with; but for those of tellings that are complaints.
    ///
    /// # Errors
    /// What the database says; `NotFound`.
    pub async fn attachment(&self, community: CommunityId, id: Uuid) -> Result<Attachment, Error> {
        let sql = format!("SELECT {ATTACHMENTS} AND id = ?");
        let row = ask::row(self, &sql, [community.0.into(), id.into()]).await?;
        let found = row.as_ref().map(attachment).transpose()?;
        found.ok_or(Error::NotFound("attachment"))
    }

    async fn of_case(
        &self,
        sql: &str,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<QueryResult>, Error> {
        let values: [Value; 2] = [community.0.into(), case.0.into()];
        Ok(self
            .query_all_raw(dialect::statement(self.get_database_backend(), sql, values))
            .await?)
    }
}

fn remark(row: &QueryResult) -> Result<Remark, Error> {
    let (id, command): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "command")?);
    let known = command.parse().map_err(|_| Error::Contradiction {
        table: "remarks",
        id: id.to_string(),
        why: format!("command {command}"),
    })?;
    Ok(Remark {
        id,
        case: CaseId(row.try_get("", "case_id")?),
        version: row.try_get("", "version")?,
        command: known,
        words: row.try_get("", "words")?,
        for_reporter: row.try_get("", "for_reporter")?,
        at: instant(row.try_get("", "at")?),
    })
}

fn result(row: &QueryResult) -> Result<KeptResult, Error> {
    Ok(KeptResult {
        id: ResultId(row.try_get("", "id")?),
        case: CaseId(row.try_get("", "case_id")?),
        member: MemberId(row.try_get("", "member_id")?),
        note: row.try_get("", "note")?,
        at: instant(row.try_get("", "at")?),
    })
}

pub(crate) fn attachment(row: &QueryResult) -> Result<Attachment, Error> {
    let (id, kind): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "kind")?);
    let (report, result): (Option<Uuid>, Option<Uuid>) =
        (row.try_get("", "report_id")?, row.try_get("", "result_id")?);
    Ok(Attachment {
        id,
        case: CaseId(row.try_get("", "case_id")?),
        report: report.map(ReportId),
        result: result.map(ResultId),
        kind: AttachmentKind::read(&kind).ok_or_else(|| Error::Contradiction {
            table: "attachments",
            id: id.to_string(),
            why: format!("kind {kind}"),
        })?,
        blob: row.try_get("", "blob")?,
        thumbnail: row.try_get("", "thumbnail")?,
        at: instant(row.try_get("", "at")?),
    })
}
