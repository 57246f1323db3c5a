//! Messages inside the house to members: what came to them, read on their work page. A message names its kind and its
//! case; the words are made when it is read, in the reader's language. What a reporter is told is the trail of the case
//! itself, read on the progress page; nothing is written twice.

use rules::ids::{CaseId, CommunityId, MemberId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, dialect, instant, micros};

/// A message; one member gets at most one of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// For whom.
    pub to: MemberId,
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

const COLUMNS: &str = "member_id, case_id, seq, kind, at, read_at";

impl Unit {
    /// Keeps a message.
    ///
    /// # Errors
    /// `Taken` if it is there already.
    pub async fn keep_message(&self, message: &Message) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            message.to.0.into(),
            message.case.0.into(),
            message.seq.into(),
            message.kind.as_str().into(),
            micros(message.at).into(),
        ];
        self.run("INSERT INTO messages (community_id, member_id, case_id, seq, kind, at) VALUES (?,?,?,?,?,?)", values).await?;
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
        to: MemberId,
        limit: u32,
    ) -> Result<Vec<Message>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM messages WHERE community_id = ? AND member_id = ? ORDER BY seq DESC LIMIT ?"
        );
        let values: [Value; 3] = [community.0.into(), to.0.into(), i64::from(limit).into()];
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
    let read_at: Option<i64> = row.try_get("", "read_at")?;
    Ok(Message {
        to: MemberId(row.try_get("", "member_id")?),
        case: CaseId(row.try_get("", "case_id")?),
        seq: row.try_get("", "seq")?,
        kind: row.try_get("", "kind")?,
        at: instant(row.try_get("", "at")?),
        read_at: read_at.map(instant),
    })
}
