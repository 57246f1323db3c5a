//! Short names of what a community's journal speaks of again and again: who acts in which role, and the ids of grids,
//! members and seats. An entry holds numbers instead; hashes and readers know nothing of them. A number never changes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rules::ids::CommunityId;
use sea_orm::Value;
use uuid::Uuid;

use super::Note;
use crate::conn::Lines;
use crate::{Error, dialect};

/// What a number stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Name {
    /// A grid, a member, a seat.
    Id(Uuid),
    /// Who acts, and in which role; nobody for the clock, a reporter, the system.
    Doer(Option<Uuid>, Arc<str>),
}

impl Name {
    /// Who acts by a note.
    pub fn of_doer(note: &Note) -> Self {
        Self::Doer(note.actor.map(|id| id.0), note.role.into())
    }
}

/// The names of one community by their numbers, which count from 1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    names: Vec<Name>,
    numbers: HashMap<Name, u32>,
}

impl Known {
    /// The number of a name.
    pub fn number(&self, name: &Name) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    fn name(&self, n: u32) -> Option<&Name> {
        self.names.get(usize::try_from(n).ok()?.checked_sub(1)?)
    }

    /// The id of that number.
    pub fn id(&self, n: u32) -> Option<Uuid> {
        match self.name(n)? {
            Name::Id(id) => Some(*id),
            Name::Doer(..) => None,
        }
    }

    /// Who acts, of that number.
    pub fn doer(&self, n: u32) -> Option<(Option<Uuid>, &str)> {
        match self.name(n)? {
            Name::Doer(actor, role) => Some((*actor, role)),
            Name::Id(_) => None,
        }
    }

    fn add(&mut self, name: Name) -> u32 {
        let n = u32::try_from(self.names.len() + 1).unwrap_or(u32::MAX);
        self.numbers.insert(name.clone(), n);
        self.names.push(name);
        n
    }
}

/// What this process knows of the names of each community. Only what a commit has made durable stands here. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Names(Arc<RwLock<HashMap<CommunityId, Arc<Known>>>>);

impl Names {
    /// What is known without asking.
    pub fn known(&self, community: CommunityId) -> Arc<Known> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&community).cloned().unwrap_or_default()
    }

    /// Asks for names that are not known yet.
    pub async fn refresh(
        &self,
        connection: &impl Lines,
        community: CommunityId,
    ) -> Result<Arc<Known>, Error> {
        let known = self.known(community);
        let sql =
            "SELECT n, id, role FROM journal_names WHERE community_id = ? AND n > ? ORDER BY n";
        let values = [
            Value::from(community.0),
            Value::from(known.names.len() as i64),
        ];
        let statement = dialect::statement(connection.get_database_backend(), sql, values);
        let added = connection
            .lines(statement, |line| {
                let mut cells = line.cells(0);
                let n: i64 = cells.next()?;
                let (id, role): (Option<Uuid>, Option<String>) = (cells.next()?, cells.next()?);
                let name = match (id, role) {
                    (id, Some(role)) => Name::Doer(id, role.into()),
                    (Some(id), None) => Name::Id(id),
                    (None, None) => return Err(wrong(community, n)),
                };
                Ok((n, name))
            })
            .await?;
        if added.is_empty() {
            return Ok(known);
        }
        let mut more = Known::clone(&known);
        for (n, name) in added {
            if i64::from(more.add(name)) != n {
                return Err(wrong(community, n));
            }
        }
        let more = Arc::new(more);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let kept = all.entry(community).or_default();
        // Somebody may have read further meanwhile.
        if kept.names.len() < more.names.len() {
            *kept = Arc::clone(&more);
        }
        Ok(more)
    }

    /// The names of a community with all that these notes need; new ones are written down first. The caller holds the lock
    /// of the journal's head, so nobody else gives numbers meanwhile. What is written here is learnt by asking again, after
    /// the commit.
    pub async fn covering(
        &self,
        to: &impl Lines,
        community: CommunityId,
        notes: &[Note],
    ) -> Result<Arc<Known>, Error> {
        let known = self.known(community);
        if missing(&known, notes).is_empty() {
            return Ok(known);
        }
        let known = self.refresh(to, community).await?;
        let missing = missing(&known, notes);
        if missing.is_empty() {
            return Ok(known);
        }
        let mut more = Known::clone(&known);
        for name in missing {
            let n = more.add(name.clone());
            let (id, role) = match name {
                Name::Id(id) => (Some(id), None),
                Name::Doer(id, role) => (id, Some(role.to_string())),
            };
            let values = [
                Value::from(community.0),
                Value::from(i64::from(n)),
                Value::from(id),
                Value::from(role),
            ];
            let sql = "INSERT INTO journal_names (community_id, n, id, role) VALUES (?,?,?,?)";
            to.execute_raw(dialect::statement(to.get_database_backend(), sql, values))
                .await?;
        }
        Ok(Arc::new(more))
    }
}

/// The names that notes need and nobody has numbered, each once, in the order in which they are met.
fn missing(known: &Known, notes: &[Note]) -> Vec<Name> {
    let mut missing = Vec::new();
    for note in notes {
        let ids = note.event.lasting_ids().into_iter().map(Name::Id);
        for name in std::iter::once(Name::of_doer(note)).chain(ids) {
            if known.number(&name).is_none() && !missing.contains(&name) {
                missing.push(name);
            }
        }
    }
    missing
}

fn wrong(community: CommunityId, n: i64) -> Error {
    Error::Contradiction {
        table: "journal_names",
        id: format!("{community} {n}"),
        why: "a number without a name, or out of its order".into(),
    }
}
