//! Messages inside the house to members: what came to them, read on their work page. A message names its kind and its
//! case; the words are made when it is read, in the reader's language. What a reporter is told is the trail of the case
//! itself, read on the progress page; nothing is written twice.

use std::ops::RangeInclusive;

use rules::access::Role;
use rules::case::StateName;
use rules::ids::{CaseId, CommunityId, MemberId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::{Cells, Lines, Reader};
use crate::unit::Unit;
use crate::{Error, ask, dialect, instant, micros};

mod stand_in;

pub use stand_in::Absence;

/// A message; one member gets at most one of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// To whom, or to whoever stands in for them.
    pub to: MemberId,
    /// Whose it is, where whoever it came to stands in for them.
    pub stands_for: Option<MemberId>,
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

impl Unit {
    /// Keeps a message. What it is about and when stands in the journal, whose entry it names.
    ///
    /// # Errors
    /// `Taken` if it is there already.
    pub async fn keep_message(&self, message: &Message) -> Result<(), Error> {
        let values: [Value; 4] = [
            self.community().0.into(),
            message.to.0.into(),
            message.seq.into(),
            message.kind.as_str().into(),
        ];
        self.run(
            "INSERT INTO messages (community_id, member_id, seq, kind) VALUES (?,?,?,?)",
            values,
        )
        .await?;
        Ok(())
    }

    /// Marks the messages to a member that tell of these entries as read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn read_messages(
        &self,
        member: MemberId,
        entries: &RangeInclusive<i64>,
        at: OffsetDateTime,
    ) -> Result<u64, Error> {
        let sql = "UPDATE messages SET read_at = ? WHERE community_id = ? AND member_id = ? AND read_at IS NULL \
                   AND seq >= ? AND seq <= ?";
        let values: [Value; 5] = [
            micros(at).into(),
            self.community().0.into(),
            member.0.into(),
            (*entries.start()).into(),
            (*entries.end()).into(),
        ];
        self.run(sql, values).await
    }

    /// Marks the messages of a kind to a member that tell of a case as read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn read_messages_of(
        &self,
        member: MemberId,
        case: CaseId,
        kind: &str,
        at: OffsetDateTime,
    ) -> Result<u64, Error> {
        let sql = "UPDATE messages SET read_at = ? WHERE community_id = ? AND member_id = ? AND read_at IS NULL \
                   AND kind = ? AND seq IN (SELECT j.seq FROM journal j WHERE j.community_id = ? AND j.subject = ? \
                   UNION ALL SELECT j.seq FROM journal j WHERE j.community_id = ? AND j.about IN \
                   (SELECT f.seq FROM journal f WHERE f.community_id = ? AND f.subject = ?))";
        let community = self.community().0;
        let values: [Value; 9] = [
            micros(at).into(),
            community.into(),
            member.0.into(),
            kind.into(),
            community.into(),
            case.0.into(),
            community.into(),
            community.into(),
            case.0.into(),
        ];
        self.run(sql, values).await
    }

    /// The desk and the leads of the whole community now, who decide what is asked about any case of it, for messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn desk_and_community_leads(
        &self,
        at: OffsetDateTime,
    ) -> Result<Vec<MemberId>, Error> {
        self.seated(&[Role::Desk, Role::CommunityLead], at).await
    }

    /// Whoever has a seat of one of these roles in the community now, for messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seated(&self, roles: &[Role], at: OffsetDateTime) -> Result<Vec<MemberId>, Error> {
        let marks = vec!["?"; roles.len()].join(",");
        let sql = format!(
            "SELECT DISTINCT member_id FROM posts WHERE community_id = ? AND (valid_to IS NULL OR valid_to > ?) \
             AND role IN ({marks}) ORDER BY member_id"
        );
        let mut values: Vec<Value> = vec![self.community().0.into(), micros(at).into()];
        values.extend(roles.iter().map(|role| Value::from(role.as_str())));
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter()
            .map(|row| Ok(MemberId(row.try_get("", "member_id")?)))
            .collect()
    }
}

/// What tells that nobody has decided about a case in time.
pub const UNDECIDED: [&str; 2] = ["supervision-undecided", "supervision-undecided_again"];

/// That a message tells of a case about which somebody has decided meanwhile; it is `m`, its entry `j`. Nothing is left to do, and
/// so it is new to nobody.
fn is_decided() -> String {
    let quoted = |words: &mut dyn Iterator<Item = &'static str>| {
        let all: Vec<String> = words.map(|word| format!("'{word}'")).collect();
        all.join(",")
    };
    let kinds = quoted(&mut UNDECIDED.into_iter());
    let waiting = StateName::ALL.into_iter();
    let waiting = waiting.filter(|state| state.waits_for_decision());
    let states = quoted(&mut waiting.map(StateName::as_str));
    format!(
        "m.kind IN ({kinds}) AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.community_id = m.community_id \
         AND c.state IN ({states}) AND c.id = coalesce(j.subject, \
         (SELECT f.subject FROM journal f WHERE f.community_id = j.community_id AND f.seq = j.about)))"
    )
}

/// Which messages to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    /// Those nobody has read, without those in which nobody has anything to decide any more.
    New,
    /// Those that were read.
    Read,
    /// All of them.
    Any,
}

impl Reader {
    /// The latest messages, newest first: those that tell of entries before `before`, if that is said.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages(
        &self,
        community: CommunityId,
        to: MemberId,
        marked: Marked,
        (before, limit): (Option<i64>, u32),
    ) -> Result<Vec<Message>, Error> {
        // what is new is little, however much came: SQLite finds it by its own index only where nothing else is asked of that
        let (from, of, is) = match marked {
            Marked::New => (
                "messages n CROSS JOIN messages m",
                "n",
                format!(
                    "AND n.read_at IS NULL AND m.community_id = n.community_id AND m.member_id = n.member_id \
                     AND m.seq = n.seq AND NOT ({})",
                    is_decided()
                ),
            ),
            Marked::Read => ("messages m", "m", "AND m.read_at IS NOT NULL".to_owned()),
            Marked::Any => ("messages m", "m", String::new()),
        };
        let sql = format!(
            "SELECT m.seq, m.kind, m.read_at, j.at, j.subject, \
             (SELECT f.subject FROM journal f WHERE f.community_id = j.community_id AND f.seq = j.about), m.for_id \
             FROM {from} JOIN journal j ON j.community_id = m.community_id AND j.seq = m.seq \
             WHERE {of}.community_id = ? AND {of}.member_id = ? AND {of}.seq < ? {is} ORDER BY {of}.seq DESC LIMIT ?"
        );
        let values: [Value; 4] = [
            community.0.into(),
            to.0.into(),
            before.unwrap_or(i64::MAX).into(),
            i64::from(limit).into(),
        ];
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        let found = self.lines(statement, |line| message(&mut line.cells(0), to));
        Ok(found.await?.into_iter().flatten().collect())
    }
}

/// A message as it was told; none if its entry is about nothing.
fn message(cells: &mut Cells<'_>, to: MemberId) -> Result<Option<Message>, Error> {
    let (seq, kind, read_at): (_, _, Option<i64>) = (cells.next()?, cells.next()?, cells.next()?);
    let at = instant(cells.next()?);
    let (own, first): (Option<Uuid>, Option<Uuid>) = (cells.next()?, cells.next()?);
    let absent: Option<Uuid> = cells.next()?;
    Ok(own.or(first).map(|subject| Message {
        to,
        stands_for: absent.map(MemberId),
        case: CaseId(subject),
        seq,
        kind,
        at,
        read_at: read_at.map(instant),
    }))
}
