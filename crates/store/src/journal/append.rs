//! Appending: the head row of the community is locked after all rows of the unit. Head and notes stay in memory for the
//! rest of the group; entries and moved heads are written once, before its commit.

use std::collections::HashMap;

use rules::ids::CommunityId;
use rules::journal::short::shorten;
use sea_orm::{ConnectionTrait, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::names::{Known, Name, Names};
use super::{KEPT, Note};
use crate::ask::pages;
use crate::conn::{Lines, Link};
use crate::unit::Unit;
use crate::writer::Group;
use crate::{Error, dialect, micros};

/// Where a community's journal stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    seq: i64,
    hash: [u8; 32],
}

/// A community's journal has grown: to this entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grown {
    /// Whose journal.
    pub community: CommunityId,
    /// Its last entry.
    pub seq: i64,
}

/// What a group holds of one community's journal until it is written.
pub(crate) struct Pending {
    head: Head,
    notes: Vec<Note>,
}

/// Hands the unit's notes to its group, in order. Nothing after this may touch the unit's rows.
pub(crate) async fn append(unit: &Unit, group: &Group, notes: Vec<Note>) -> Result<(), Error> {
    if notes.is_empty() {
        return Ok(());
    }
    let community = unit.community();
    let known = group.journals().contains_key(&community);
    let head = if known {
        None
    } else {
        Some(lock_head(unit, community).await?)
    };
    let mut journals = group.journals();
    if let Some(head) = head {
        let notes = Vec::new();
        journals.insert(community, Pending { head, notes });
    }
    if let Some(pending) = journals.get_mut(&community) {
        pending.notes.extend(notes);
    }
    Ok(())
}

async fn lock_head(unit: &Unit, community: CommunityId) -> Result<Head, Error> {
    let sql = format!(
        "SELECT seq, hash FROM heads WHERE community_id = ?{}",
        dialect::for_update(unit.get_database_backend())
    );
    let row = unit
        .row_apart(&sql, [Value::from(community.0)])
        .await?
        .ok_or(Error::NotFound("community"))?;
    let hash: Vec<u8> = row.try_get("", "hash")?;
    let hash = hash.try_into().map_err(|_| Error::Contradiction {
        table: "heads",
        id: community.to_string(),
        why: "hash is not 32 bytes".into(),
    })?;
    Ok(Head {
        seq: row.try_get("", "seq")?,
        hash,
    })
}

/// Writes the entries and the moved heads of the group, those of all its communities together; the last statements before
/// its commit.
pub(crate) async fn flush(to: &Link, group: &Group, names: &Names) -> Result<Vec<Grown>, Error> {
    let journals = std::mem::take(&mut *group.journals());
    let (mut entries, mut heads) = (Vec::new(), Vec::with_capacity(journals.len()));
    for (community, Pending { head, notes }) in journals {
        let mut pen = Pen {
            community,
            head,
            names: names.covering(to, community, &notes).await?,
            firsts: firsts(to, community, &notes).await?,
        };
        for note in &notes {
            entries.push(pen.entry(note)?);
        }
        heads.push((community, pen.head));
    }
    write(to, &entries).await?;
    move_heads(to, &heads).await?;
    let grown = |(community, head): (CommunityId, Head)| Grown {
        community,
        seq: head.seq,
    };
    Ok(heads.into_iter().map(grown).collect())
}

async fn write(to: &Link, entries: &[[Value; 9]]) -> Result<(), Error> {
    for page in pages(entries) {
        let marks = vec!["(?,?,?,?,?,?,?,?,?)"; page.len()].join(",");
        let sql = format!(
            "INSERT INTO journal (community_id, seq, at, occurred_at, who, subject, about, event, hash) VALUES {marks}"
        );
        let values = page.iter().flatten().cloned();
        to.execute_raw(dialect::statement(to.get_database_backend(), &sql, values))
            .await?;
    }
    Ok(())
}

async fn move_heads(to: &Link, heads: &[(CommunityId, Head)]) -> Result<(), Error> {
    for page in pages(heads) {
        let marks = vec!["(?,?,?)"; page.len()].join(",");
        let sql = format!(
            "INSERT INTO heads (community_id, seq, hash) VALUES {marks} \
             ON CONFLICT (community_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"
        );
        let values = page.iter().flat_map(|(community, head)| -> [Value; 3] {
            [
                community.0.into(),
                head.seq.into(),
                head.hash.to_vec().into(),
            ]
        });
        to.execute_raw(dialect::statement(to.get_database_backend(), &sql, values))
            .await?;
    }
    Ok(())
}

/// The first entries of subjects of which something was noted before; an event that begins a case needs no look.
async fn firsts(
    to: &Link,
    community: CommunityId,
    notes: &[Note],
) -> Result<HashMap<Uuid, i64>, Error> {
    let mut asked: Vec<Uuid> = Vec::new();
    for note in notes.iter().filter(|note| !note.event.begins()) {
        asked.extend(note.subject.filter(|id| !asked.contains(id)));
    }
    let mut firsts = HashMap::with_capacity(asked.len());
    for page in pages(&asked) {
        let marks = vec!["?"; page.len()].join(",");
        let sql = format!(
            "SELECT subject, seq FROM journal WHERE community_id = ? AND subject IN ({marks})"
        );
        let ids = page.iter().map(|id| Value::from(*id));
        let values = std::iter::once(Value::from(community.0)).chain(ids);
        let statement = dialect::statement(to.get_database_backend(), &sql, values);
        let found = to.lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok((cells.next::<Uuid>()?, cells.next::<i64>()?))
        });
        for (subject, seq) in found.await? {
            let first = firsts.entry(subject).or_insert(seq);
            *first = seq.min(*first);
        }
    }
    Ok(firsts)
}

/// Makes the rows of one community's entries in a group.
struct Pen {
    community: CommunityId,
    head: Head,
    names: std::sync::Arc<Known>,
    /// The first entry of each subject.
    firsts: HashMap<Uuid, i64>,
}

impl Pen {
    /// The row of the next entry: the whole event is hashed, its short form is kept.
    fn entry(&mut self, note: &Note) -> Result<[Value; 9], Error> {
        let event = note.event.to_bytes();
        self.head.seq += 1;
        let seq = self.head.seq;
        self.head.hash = link(&self.head.hash, self.community, seq, note, &event);
        let number = |name: &Name| self.names.number(name);
        let who = number(&Name::of_doer(note)).ok_or(Error::NotFound("name"))?;
        let (subject, about) = match note.subject {
            None => (None, None),
            Some(subject) => match *self.firsts.entry(subject).or_insert(seq) {
                first if first == seq => (Some(subject), None),
                first => (None, Some(first)),
            },
        };
        Ok([
            Value::from(self.community.0),
            Value::from(seq),
            Value::from(micros(note.at)),
            Value::from(note.occurred_at.map(micros)),
            Value::from(i64::from(who)),
            Value::from(subject),
            Value::from(about),
            Value::from(shorten(&event, |id| number(&Name::Id(id)))),
            Value::from(self.head.hash[..KEPT].to_vec()),
        ])
    }
}

/// The hash of an entry: SHA-256 over the hash before it and every field, lengths first, so that no two entries read alike.
fn link(
    before: &[u8; 32],
    community: CommunityId,
    seq: i64,
    note: &Note,
    event: &[u8],
) -> [u8; 32] {
    let fields = super::pages::Fields {
        community: community.0,
        seq,
        at: micros(note.at),
        occurred_at: note.occurred_at.map(micros),
        actor: note.actor.map(|id| id.0),
        role: note.role,
        subject: note.subject,
        event,
    };
    fields.hash_after(before)
}

impl super::pages::Fields<'_> {
    /// The chain's next hash.
    pub(crate) fn hash_after(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(before);
        for n in [self.community, self.seq, self.at] {
            hash.update(n.to_be_bytes());
        }
        hash.update(self.occurred_at.map_or([0xff; 8], i64::to_be_bytes));
        for id in [self.actor, self.subject] {
            hash.update(id.unwrap_or_default().as_bytes());
        }
        for text in [self.role.as_bytes(), self.event] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.finalize().into()
    }
}
