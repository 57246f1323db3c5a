//! Messages to somebody who is away, as whoever stands in for them reads them: the ones that came since the absence was told.
//! They stay the absent one's, with the absent one's own mark; what the other has read stands in a row of their own. Of
//! mediations nothing is read: an absence opens none. Nor is what the reader did themselves.

use std::ops::RangeInclusive;

use rules::ids::{CommunityId, MemberId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;

use super::{Marked, Message, is_decided, message};
use crate::conn::{Lines, Reader};
use crate::unit::Unit;
use crate::{Error, ask, dialect, micros};

/// Whose messages are read besides one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// Who is away.
    pub member: MemberId,
    /// The journal entry that told it; what came before it is not read.
    pub since: i64,
}

/// Those of the absent that the reader has not got, read, or brought about; the message is `m`, its entry `j`.
fn theirs(
    community: CommunityId,
    reader: MemberId,
    absences: &[Absence],
) -> Option<(String, Vec<Value>)> {
    if absences.is_empty() {
        return None;
    }
    let each = vec!["(m.member_id = ? AND m.seq > ?)"; absences.len()].join(" OR ");
    let sql = format!(
        "FROM messages m JOIN journal j ON j.community_id = m.community_id AND j.seq = m.seq \
         WHERE m.community_id = ? AND ({each}) AND m.kind NOT LIKE 'mediation-%' \
         AND NOT EXISTS (SELECT 1 FROM messages mine WHERE mine.community_id = m.community_id AND mine.member_id = ? AND mine.seq = m.seq) \
         AND NOT EXISTS (SELECT 1 FROM journal_names w WHERE w.community_id = j.community_id AND w.n = j.who AND w.id = ?)"
    );
    let mut values: Vec<Value> = vec![community.0.into()];
    for absence in absences {
        values.extend([absence.member.0.into(), absence.since.into()]);
    }
    values.extend([reader.0.into(), reader.0.into()]);
    Some((sql, values))
}

impl Unit {
    /// Notes that a member has read what came to those they stand in for and tells of these entries; the marks of those are left
    /// as they are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn read_messages_for(
        &self,
        reader: MemberId,
        absences: &[Absence],
        entries: &RangeInclusive<i64>,
        at: OffsetDateTime,
    ) -> Result<u64, Error> {
        let mut read = 0;
        for absence in absences {
            read += self.read_of(reader, *absence, entries, at).await?;
        }
        Ok(read)
    }

    async fn read_of(
        &self,
        reader: MemberId,
        absence: Absence,
        entries: &RangeInclusive<i64>,
        at: OffsetDateTime,
    ) -> Result<u64, Error> {
        let Some((theirs, mut values)) = theirs(self.community(), reader, &[absence]) else {
            return Ok(0);
        };
        values.extend([(*entries.start()).into(), (*entries.end()).into()]);
        let sql = format!("SELECT DISTINCT m.seq, m.kind {theirs} AND m.seq >= ? AND m.seq <= ?");
        let rows = ask::rows(self, &sql, values).await?;
        for row in &rows {
            let (seq, kind): (i64, String) = (row.try_get("", "seq")?, row.try_get("", "kind")?);
            let values: [Value; 6] = [
                self.community().0.into(),
                reader.0.into(),
                seq.into(),
                kind.into(),
                micros(at).into(),
                absence.member.0.into(),
            ];
            let sql = "INSERT INTO messages (community_id, member_id, seq, kind, read_at, for_id) VALUES (?,?,?,?,?,?)";
            self.run(sql, values).await?;
        }
        Ok(rows.len() as u64)
    }
}

impl Reader {
    /// The latest that came to those whom somebody stands in for and that is new to the reader, newest first, each once and with
    /// whose it is: what tells of entries before `before`, if that is said. With [`Marked::New`] without those in which nobody has
    /// anything to decide any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages_for(
        &self,
        community: CommunityId,
        reader: MemberId,
        absences: &[Absence],
        marked: Marked,
        (before, limit): (Option<i64>, u32),
    ) -> Result<Vec<Message>, Error> {
        let open = match marked {
            Marked::New => format!("AND NOT ({})", is_decided()),
            Marked::Read | Marked::Any => String::new(),
        };
        let mut all: Vec<Message> = Vec::new();
        for absence in absences {
            let Some((theirs, mut values)) = theirs(community, reader, &[*absence]) else {
                continue;
            };
            let sql = format!(
                "SELECT DISTINCT m.seq, m.kind, CAST(NULL AS bigint), j.at, j.subject, \
                 (SELECT f.subject FROM journal f WHERE f.community_id = j.community_id AND f.seq = j.about), m.member_id \
                 {theirs} AND m.seq < ? {open} ORDER BY m.seq DESC LIMIT ?"
            );
            values.extend([before.unwrap_or(i64::MAX).into(), i64::from(limit).into()]);
            let statement = dialect::statement(self.get_database_backend(), &sql, values);
            let found = self.lines(statement, |line| message(&mut line.cells(0), reader));
            all.extend(found.await?.into_iter().flatten());
        }
        all.sort_by_key(|message| std::cmp::Reverse(message.seq));
        all.dedup_by_key(|message| message.seq);
        Ok(all)
    }
}
