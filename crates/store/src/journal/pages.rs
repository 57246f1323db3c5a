//! Reading the journal: pages after a sequence number, a subject's trail, and the proof that the chain is whole.

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::{Error, dialect, instant};

/// One entry as read back.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Place in the community's journal, from 1, without gaps.
    pub seq: i64,
    /// Recorded here at.
    pub at: OffsetDateTime,
    /// Happened at, where that differs.
    pub occurred_at: Option<OffsetDateTime>,
    /// Who.
    pub actor: Option<Uuid>,
    /// In which role.
    pub role: String,
    /// About what.
    pub subject: Option<Uuid>,
    /// The event as bytes, as they were hashed.
    pub event: Vec<u8>,
}

/// A page of the journal in order.
#[derive(Debug, Clone)]
pub struct Page {
    /// The entries.
    pub entries: Vec<Entry>,
    /// The last sequence number of this page (or the one asked for, if it is empty).
    pub last: i64,
}

/// Where the chain breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The first entry whose hash (or place) does not follow.
    pub seq: i64,
}

/// The fields an entry's hash covers.
pub(crate) struct Fields<'a> {
    pub community: i64,
    pub seq: i64,
    pub at: i64,
    pub occurred_at: Option<i64>,
    pub actor: Option<Uuid>,
    pub role: &'a str,
    pub subject: Option<Uuid>,
    pub event: &'a [u8],
}

const COLUMNS: &str = "seq, at, occurred_at, actor, role, subject, event, hash";

impl Reader {
    /// Entries after `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal_after(
        &self,
        community: CommunityId,
        after: i64,
        limit: u32,
    ) -> Result<Page, Error> {
        let rows = self.entries(community, after, limit).await?;
        let entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        Ok(Page {
            last: entries.last().map_or(after, |entry| entry.seq),
            entries,
        })
    }

    /// Every entry about one subject, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal_of(
        &self,
        community: CommunityId,
        subject: Uuid,
    ) -> Result<Vec<Entry>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM journal WHERE community_id = ? AND subject = ? ORDER BY seq"
        );
        let values = [Value::from(community.0), Value::from(subject)];
        let rows = self
            .query_all_raw(dialect::statement(
                self.get_database_backend(),
                &sql,
                values,
            ))
            .await?;
        rows.iter().map(entry).collect()
    }

    /// The last sequence number of a community.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn journal_head(&self, community: CommunityId) -> Result<i64, Error> {
        let sql = "SELECT seq FROM heads WHERE community_id = ?";
        let row = self
            .query_one_raw(dialect::statement(
                self.get_database_backend(),
                sql,
                [Value::from(community.0)],
            ))
            .await?;
        Ok(row
            .ok_or(Error::NotFound("community"))?
            .try_get("", "seq")?)
    }

    /// Walks the whole chain of a community: the number of entries, or where it breaks.
    ///
    /// # Errors
    /// What the database says.
    pub async fn verify_journal(
        &self,
        community: CommunityId,
    ) -> Result<Result<i64, Broken>, Error> {
        let (mut before, mut seq) = ([0u8; 32], 0);
        loop {
            let rows = self.entries(community, seq, 1_000).await?;
            if rows.is_empty() {
                let head = self.journal_head(community).await?;
                return Ok(if head == seq {
                    Ok(seq)
                } else {
                    Err(Broken { seq: seq + 1 })
                });
            }
            for row in &rows {
                let read = entry(row)?;
                let hash: Vec<u8> = row.try_get("", "hash")?;
                seq += 1;
                let fields = Fields {
                    community: community.0,
                    seq,
                    at: row.try_get("", "at")?,
                    occurred_at: row.try_get("", "occurred_at")?,
                    actor: read.actor,
                    role: &read.role,
                    subject: read.subject,
                    event: &read.event,
                };
                before = fields.hash_after(&before);
                if read.seq != seq || hash != before {
                    return Ok(Err(Broken { seq }));
                }
            }
        }
    }

    async fn entries(
        &self,
        community: CommunityId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<QueryResult>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM journal WHERE community_id = ? AND seq > ? ORDER BY seq LIMIT ?"
        );
        let values = [
            Value::from(community.0),
            Value::from(after),
            Value::from(i64::from(limit)),
        ];
        Ok(self
            .query_all_raw(dialect::statement(
                self.get_database_backend(),
                &sql,
                values,
            ))
            .await?)
    }
}

fn entry(row: &QueryResult) -> Result<Entry, Error> {
    let occurred_at: Option<i64> = row.try_get("", "occurred_at")?;
    Ok(Entry {
        seq: row.try_get("", "seq")?,
        at: instant(row.try_get("", "at")?),
        occurred_at: occurred_at.map(instant),
        actor: row.try_get("", "actor")?,
        role: row.try_get("", "role")?,
        subject: row.try_get("", "subject")?,
        event: row.try_get("", "event")?,
    })
}
