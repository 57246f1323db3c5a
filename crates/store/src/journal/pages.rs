//! Reading the journal: pages after a sequence number, a subject's trail, and the proof that the chain is whole.

use rules::ids::CommunityId;
use rules::journal::short::lengthen;
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::KEPT;
use super::names::Known;
use crate::conn::{Lines, Reader};
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

/// An entry as it stands in the table, with its subject, which stands with the first entry about it only.
struct Row {
    seq: i64,
    at: i64,
    occurred_at: Option<i64>,
    who: i64,
    subject: Option<Uuid>,
    event: Vec<u8>,
    hash: Vec<u8>,
}

/// One look at the key for each row that needs it. A join would leave it to the planner, which does not know how short a
/// page is and may read the whole journal instead.
const ROWS: &str = "SELECT j.seq, j.at, j.occurred_at, j.who, j.subject, \
    (SELECT f.subject FROM journal f WHERE f.community_id = j.community_id AND f.seq = j.about), j.event, j.hash \
    FROM journal j";

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
        let rows = self.page(community, after, limit).await?;
        let entries = self.entries(community, &rows).await?;
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
            "{ROWS} WHERE j.community_id = ? AND j.subject = ? UNION ALL \
             {ROWS} WHERE j.community_id = ? AND j.about IN \
             (SELECT seq FROM journal WHERE community_id = ? AND subject = ?) ORDER BY 1"
        );
        let (community_id, subject) = (Value::from(community.0), Value::from(subject));
        let values = [
            community_id.clone(),
            subject.clone(),
            community_id.clone(),
            community_id,
            subject,
        ];
        let rows = self.rows(&sql, values).await?;
        self.entries(community, &rows).await
    }

    /// The last sequence number of a community.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn journal_head(&self, community: CommunityId) -> Result<i64, Error> {
        Ok(self.head(community).await?.0)
    }

    /// Walks the whole chain of a community: the number of entries, or where it breaks. Each entry is held against what is
    /// kept of its hash, the last one against the whole hash of the head.
    ///
    /// # Errors
    /// What the database says.
    pub async fn verify_journal(
        &self,
        community: CommunityId,
    ) -> Result<Result<i64, Broken>, Error> {
        let (mut before, mut seq) = ([0u8; 32], 0);
        loop {
            let rows = self.page(community, seq, 1_000).await?;
            if rows.is_empty() {
                return Ok(match self.head(community).await? {
                    (head, hash) if head == seq && hash == before => Ok(seq),
                    (head, _) => Err(Broken {
                        seq: (seq + 1).min(head.max(1)),
                    }),
                });
            }
            for (row, entry) in rows.iter().zip(self.entries(community, &rows).await?) {
                seq += 1;
                let fields = Fields {
                    community: community.0,
                    seq,
                    at: row.at,
                    occurred_at: row.occurred_at,
                    actor: entry.actor,
                    role: &entry.role,
                    subject: entry.subject,
                    event: &entry.event,
                };
                before = fields.hash_after(&before);
                if row.seq != seq || row.hash != before[..KEPT] {
                    return Ok(Err(Broken { seq }));
                }
            }
        }
    }

    async fn head(&self, community: CommunityId) -> Result<(i64, Vec<u8>), Error> {
        let sql = "SELECT seq, hash FROM heads WHERE community_id = ?";
        let values = [Value::from(community.0)];
        let statement = dialect::statement(self.get_database_backend(), sql, values);
        let found = self.lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok((cells.next()?, cells.next()?))
        });
        found.await?.pop().ok_or(Error::NotFound("community"))
    }

    async fn page(
        &self,
        community: CommunityId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Row>, Error> {
        let sql = format!("{ROWS} WHERE j.community_id = ? AND j.seq > ? ORDER BY j.seq LIMIT ?");
        let values = [
            Value::from(community.0),
            Value::from(after),
            Value::from(i64::from(limit)),
        ];
        self.rows(&sql, values).await
    }

    async fn rows(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<Row>, Error> {
        let statement = dialect::statement(self.get_database_backend(), sql, values);
        self.lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok(Row {
                seq: cells.next()?,
                at: cells.next()?,
                occurred_at: cells.next()?,
                who: cells.next()?,
                subject: {
                    let (own, first): (Option<Uuid>, Option<Uuid>) = (cells.next()?, cells.next()?);
                    own.or(first)
                },
                event: cells.next()?,
                hash: cells.next()?,
            })
        })
        .await
    }

    /// The entries of rows in words; asks for names that are new here.
    async fn entries(&self, community: CommunityId, rows: &[Row]) -> Result<Vec<Entry>, Error> {
        let known = self.names().known(community);
        let whole: Option<Vec<Entry>> = rows.iter().map(|row| entry(row, &known)).collect();
        if let Some(entries) = whole {
            return Ok(entries);
        }
        let known = self.names().refresh(self, community).await?;
        let whole = rows.iter().map(|row| {
            entry(row, &known).ok_or_else(|| Error::Contradiction {
                table: "journal",
                id: format!("{community} {}", row.seq),
                why: "a number without a name".into(),
            })
        });
        whole.collect()
    }
}

/// An entry in words; none if it holds a number that is not known.
fn entry(row: &Row, known: &Known) -> Option<Entry> {
    let (actor, role) = known.doer(u32::try_from(row.who).ok()?)?;
    Some(Entry {
        seq: row.seq,
        at: instant(row.at),
        occurred_at: row.occurred_at.map(instant),
        actor,
        role: role.to_owned(),
        subject: row.subject,
        event: lengthen(&row.event, |n| known.id(n))?,
    })
}
