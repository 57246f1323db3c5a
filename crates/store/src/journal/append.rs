//! Appending: the head row of the community is locked after all rows of the unit; the head stays in memory for the rest
//! of the group and is written once before the commit.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::{Arc, Mutex, PoisonError};

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, Value};
use sha2::{Digest, Sha256};

use super::Note;
use crate::conn::Link;
use crate::unit::Unit;
use crate::{Error, dialect, micros};

/// Where a community's journal stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    seq: i64,
    hash: [u8; 32],
}

/// The heads that the open group has locked.
pub(crate) type Heads = Arc<Mutex<HashMap<CommunityId, Head>>>;

pub(crate) fn new_heads() -> Heads {
    Arc::default()
}

/// Writes the unit's notes in order. Nothing after this may touch the unit's rows.
pub(crate) async fn append(unit: &Unit, heads: &Heads, notes: Vec<Note>) -> Result<(), Error> {
    if notes.is_empty() {
        return Ok(());
    }
    let community = unit.community();
    let mut head = lock_head(unit, heads, community).await?;
    for page in notes.chunks(AT_ONCE) {
        head = append_page(unit, community, head, page).await?;
    }
    heads
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(community, head);
    Ok(())
}

/// Entries in one statement at most: databases limit the parameters of one.
const AT_ONCE: usize = 100;

async fn append_page(
    unit: &Unit,
    community: CommunityId,
    mut head: Head,
    notes: &[Note],
) -> Result<Head, Error> {
    let mut sql = String::from(
        "INSERT INTO journal (community_id, seq, at, occurred_at, actor, role, subject, event, hash) VALUES ",
    );
    let mut values = Vec::with_capacity(notes.len() * 9);
    for (index, note) in notes.iter().enumerate() {
        let event = note.event.to_text();
        head.seq += 1;
        head.hash = link(&head.hash, community, head.seq, note, &event);
        sql.push_str(if index == 0 {
            "(?,?,?,?,?,?,?,?,?)"
        } else {
            ",(?,?,?,?,?,?,?,?,?)"
        });
        values.extend([
            Value::from(community.0),
            Value::from(head.seq),
            Value::from(micros(note.at)),
            Value::from(note.occurred_at.map(micros)),
            Value::from(note.actor.map(|id| id.0)),
            Value::from(note.role),
            Value::from(note.subject),
            Value::from(event),
            Value::from(head.hash.to_vec()),
        ]);
    }
    unit.run(&sql, values).await?;
    Ok(head)
}

async fn lock_head(unit: &Unit, heads: &Heads, community: CommunityId) -> Result<Head, Error> {
    if let Slot::Occupied(known) = heads
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(community)
    {
        return Ok(*known.get());
    }
    let sql = format!(
        "SELECT seq, hash FROM heads WHERE community_id = ?{}",
        dialect::for_update(unit.get_database_backend())
    );
    let row = unit
        .row(&sql, [Value::from(community.0)])
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

/// Writes the moved heads of the group; the last statements before its commit.
pub(crate) async fn flush_heads(to: &Link, heads: &Heads) -> Result<Vec<CommunityId>, Error> {
    let moved: Vec<(CommunityId, Head)> = heads
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .drain()
        .collect();
    for (community, head) in &moved {
        let values = [
            Value::from(head.seq),
            Value::from(head.hash.to_vec()),
            Value::from(community.0),
        ];
        let sql = "UPDATE heads SET seq = ?, hash = ? WHERE community_id = ?";
        to.execute_raw(dialect::statement(to.get_database_backend(), sql, values))
            .await?;
    }
    Ok(moved.into_iter().map(|(community, _)| community).collect())
}

/// The hash of an entry: SHA-256 over the hash before it and every field, lengths first, so that no two entries read alike.
fn link(before: &[u8; 32], community: CommunityId, seq: i64, note: &Note, event: &str) -> [u8; 32] {
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
        for text in [self.role, self.event] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().into()
    }
}
