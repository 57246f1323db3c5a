//! Messages inside the house: to a reporter (read on the progress page) and to members (read on their work page).
//! A message names its kind and its case; the words are made when it is read, in the reader's language.

use rules::ids::{CaseId, CommunityId, MemberId, ReportId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, dialect, instant, micros};

/// Whom a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// Whoever holds the receipt of this report.
    Reporter(ReportId),
    /// A member.
    Member(MemberId),
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its key.
    pub id: Uuid,
    /// For whom.
    pub to: Recipient,
    /// About which case.
    pub case: CaseId,
    /// The journal entry it tells of.
    pub seq: i64,
    /// What kind: the name of the deed.
    pub kind: String,
    /// When.
    pub at: OffsetDateTime,
    /// When it was read first.
    pub read_at: Option<OffsetDateTime>,
}

const COLUMNS: &str = "id, report_id, member_id, case_id, seq, kind, at, read_at";

impl Unit {
    /// Keeps a message.
    ///
    /// # Errors
    /// `Taken` if it is there already.
    pub async fn keep_message(&self, message: &Message) -> Result<(), Error> {
        let (report, member) = match message.to {
            Recipient::Reporter(id) => (Some(id.0), None),
            Recipient::Member(id) => (None, Some(id.0)),
        };
        let values: [Value; 8] = [
            self.community().0.into(),
            message.id.into(),
            report.into(),
            member.into(),
            message.case.0.into(),
            message.seq.into(),
            message.kind.as_str().into(),
            micros(message.at).into(),
        ];
        self.run("INSERT INTO messages (community_id, id, report_id, member_id, case_id, seq, kind, at) VALUES (?,?,?,?,?,?,?,?)", values).await?;
        Ok(())
    }

    /// Marks all messages to a member up to now as read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn read_messages(&self, member: MemberId, at: OffsetDateTime) -> Result<u64, Error> {
        let sql = "UPDATE messages SET read_at = ? WHERE community_id = ? AND member_id = ? AND read_at IS NULL";
        self.run(
            sql,
            [
                micros(at).into(),
                self.community().0.into(),
                member.0.into(),
            ],
        )
        .await
    }
}

impl Reader {
    /// The latest messages, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages(
        &self,
        community: CommunityId,
        to: Recipient,
        limit: u32,
    ) -> Result<Vec<Message>, Error> {
        let (column, id) = match to {
            Recipient::Reporter(id) => ("report_id", id.0),
            Recipient::Member(id) => ("member_id", id.0),
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM messages WHERE community_id = ? AND {column} = ? ORDER BY at DESC LIMIT ?"
        );
        let values: [Value; 3] = [community.0.into(), id.into(), i64::from(limit).into()];
        let rows = self
            .query_all_raw(dialect::statement(
                self.get_database_backend(),
                &sql,
                values,
            ))
            .await?;
        rows.iter().map(message).collect()
    }

    /// How many messages a member has not read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unread(&self, community: CommunityId, member: MemberId) -> Result<i64, Error> {
        let sql = "SELECT count(*) AS n FROM messages WHERE community_id = ? AND member_id = ? AND read_at IS NULL";
        let row = self
            .query_one_raw(dialect::statement(
                self.get_database_backend(),
                sql,
                [community.0.into(), member.0.into()],
            ))
            .await?;
        Ok(row
            .map(|row| row.try_get("", "n"))
            .transpose()?
            .unwrap_or(0))
    }
}

fn message(row: &QueryResult) -> Result<Message, Error> {
    let id: Uuid = row.try_get("", "id")?;
    let (report, member): (Option<Uuid>, Option<Uuid>) =
        (row.try_get("", "report_id")?, row.try_get("", "member_id")?);
    let to = match (report, member) {
        (Some(report), None) => Recipient::Reporter(ReportId(report)),
        (None, Some(member)) => Recipient::Member(MemberId(member)),
        _ => {
            return Err(Error::Contradiction {
                table: "messages",
                id: id.to_string(),
                why: "not exactly one recipient".into(),
            });
        }
    };
    let read_at: Option<i64> = row.try_get("", "read_at")?;
    Ok(Message {
        id,
        to,
        case: CaseId(row.try_get("", "case_id")?),
        seq: row.try_get("", "seq")?,
        kind: row.try_get("", "kind")?,
        at: instant(row.try_get("", "at")?),
        read_at: read_at.map(instant),
    })
}
