//! Circulars: words about units. Withdrawn ones are kept and not shown.

use std::collections::HashMap;

use rules::ids::{CircularId, CommunityId, DepartmentId, GridId, MemberId};
use rules::supervision::Spoken;
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::After;
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// A circular to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCircular {
    /// Its key.
    pub id: CircularId,
    /// Its heading.
    pub title: String,
    /// Its words.
    pub words: String,
    /// Who published it.
    pub by: MemberId,
    /// When.
    pub at: OffsetDateTime,
    /// The units.
    pub units: Vec<Spoken>,
}

/// A circular as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCircular {
    /// Its key.
    pub id: CircularId,
    /// Its heading.
    pub title: String,
    /// Its words.
    pub words: String,
    /// When it was published.
    pub at: OffsetDateTime,
    /// The units.
    pub units: Vec<Spoken>,
}

/// A page of circulars.
#[derive(Debug, Clone)]
pub struct Circulars {
    /// Newest first.
    pub rows: Vec<PublishedCircular>,
    /// What the next page begins after; none on the last one.
    pub next: Option<After>,
}

impl Unit {
    /// Keeps a circular.
    ///
    /// # Errors
    /// `Taken` if its id is used.
    pub async fn keep_circular(&self, circular: &KeptCircular) -> Result<(), Error> {
        let (community, id) = (self.community().0, circular.id.0);
        let values: [Value; 6] = [
            community.into(),
            id.into(),
            circular.title.as_str().into(),
            circular.words.as_str().into(),
            circular.by.0.into(),
            micros(circular.at).into(),
        ];
        let sql = "INSERT INTO circulars (community_id, id, title, words, by_id, at) VALUES (?,?,?,?,?,?)";
        self.run(sql, values).await?;
        for unit in &circular.units {
            let (kind, unit) = match unit {
                Spoken::Grid(grid) => ("grid", grid.0),
                Spoken::Department(department) => ("department", department.0),
            };
            let sql = "INSERT INTO circular_units (community_id, circular_id, unit_id, kind) VALUES (?,?,?,?)";
            let values: [Value; 4] = [community.into(), id.into(), unit.into(), kind.into()];
            self.run(sql, values).await?;
        }
        Ok(())
    }

    /// Whether the same words stand published by the same member since a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_circulated(
        &self,
        circular: &KeptCircular,
        since: OffsetDateTime,
    ) -> Result<bool, Error> {
        let sql = "SELECT id FROM circulars WHERE community_id = ? AND at > ? AND by_id = ? AND title = ? AND words = ? \
                   AND withdrawn_at IS NULL LIMIT 1";
        let values: [Value; 5] = [
            self.community().0.into(),
            micros(since).into(),
            circular.by.0.into(),
            circular.title.as_str().into(),
            circular.words.as_str().into(),
        ];
        Ok(ask::row(self, sql, values).await?.is_some())
    }

    /// Takes a circular back.
    ///
    /// # Errors
    /// `NotFound` if it is not published.
    pub async fn withdraw_circular(&self, id: CircularId, at: OffsetDateTime) -> Result<(), Error> {
        let sql = "UPDATE circulars SET withdrawn_at = ? WHERE community_id = ? AND id = ? AND withdrawn_at IS NULL";
        let values: [Value; 3] = [micros(at).into(), self.community().0.into(), id.0.into()];
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::NotFound("circular")),
        }
    }

    /// The units a circular speaks of.
    ///
    /// # Errors
    /// What the database says.
    pub async fn circular_units(&self, id: CircularId) -> Result<Vec<Spoken>, Error> {
        Ok(units(self, self.community(), &[id])
            .await?
            .remove(&id)
            .unwrap_or_default())
    }

    /// Everybody who has a seat in a department at a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members_of_department(
        &self,
        department: DepartmentId,
        at: OffsetDateTime,
    ) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT DISTINCT member_id FROM posts WHERE community_id = ? AND department_id = ? \
                   AND (valid_to IS NULL OR valid_to > ?) ORDER BY member_id";
        let values: [Value; 3] = [
            self.community().0.into(),
            department.0.into(),
            micros(at).into(),
        ];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| Ok(MemberId(row.try_get("", "member_id")?)))
            .collect()
    }
}

impl Reader {
    /// The published circulars, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn circulars(
        &self,
        community: CommunityId,
        after: Option<After>,
        limit: u16,
    ) -> Result<Circulars, Error> {
        let mut sql = String::from(
            "SELECT id, title, words, at FROM circulars WHERE community_id = ? AND withdrawn_at IS NULL",
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        if let Some(after) = after {
            sql.push_str(" AND (at < ? OR (at = ? AND id < ?))");
            values.extend([after.at.into(), after.at.into(), after.id.into()]);
        }
        sql.push_str(" ORDER BY at DESC, id DESC LIMIT ?");
        values.push((i64::from(limit) + 1).into());
        let mut found = ask::rows(self, &sql, values).await?;
        let more = found.len() > usize::from(limit);
        found.truncate(usize::from(limit));
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            rows.push(PublishedCircular {
                id: CircularId(row.try_get("", "id")?),
                title: row.try_get("", "title")?,
                words: row.try_get("", "words")?,
                at: instant(row.try_get("", "at")?),
                units: Vec::new(),
            });
        }
        let ids: Vec<CircularId> = rows.iter().map(|row| row.id).collect();
        let mut units = units(self, community, &ids).await?;
        for row in &mut rows {
            row.units = units.remove(&row.id).unwrap_or_default();
        }
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| After::of(row.at, row.id.0));
        Ok(Circulars { rows, next })
    }
}

async fn units(
    on: &impl ConnectionTrait,
    community: CommunityId,
    circulars: &[CircularId],
) -> Result<HashMap<CircularId, Vec<Spoken>>, Error> {
    let mut found: HashMap<CircularId, Vec<Spoken>> = HashMap::new();
    if circulars.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "SELECT circular_id, unit_id, kind FROM circular_units WHERE community_id = ? AND circular_id IN ({}) ORDER BY kind, unit_id",
        vec!["?"; circulars.len()].join(",")
    );
    let ids = circulars.iter().map(|id| Value::from(id.0));
    let values = std::iter::once(Value::from(community.0)).chain(ids);
    for row in &ask::rows(on, &sql, values).await? {
        let (id, kind): (Uuid, String) = (row.try_get("", "unit_id")?, row.try_get("", "kind")?);
        let unit = match kind.as_str() {
            "grid" => Spoken::Grid(GridId(id)),
            "department" => Spoken::Department(DepartmentId(id)),
            _ => {
                return Err(Error::Contradiction {
                    table: "circular_units",
                    id: id.to_string(),
                    why: format!("kind {kind}"),
                });
            }
        };
        let circular = CircularId(row.try_get("", "circular_id")?);
        found.entry(circular).or_default().push(unit);
    }
    Ok(found)
}
