//! Counts by grid, category and state, from the kept tallies: one keyed range, never a scan of cases.

use rules::access::Scope;
use rules::case::StateName;
use rules::ids::{CommunityId, GridId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Filter;
use crate::ask::pages;
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, dialect, micros};

/// How many cases of one grid, category and state there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The grid itself (not what lies below).
    pub grid: GridId,
    /// The category's code; empty while a case has none.
    pub category: String,
    /// The state.
    pub state: StateName,
    /// How many.
    pub n: i64,
}

impl Unit {
    /// Moves tallies; used by the follower that keeps them. Each place is named once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn move_tallies(&self, moves: &[Count]) -> Result<(), Error> {
        for page in pages(moves) {
            let marks = vec!["(?,?,?,?,?)"; page.len()].join(",");
            let sql = format!(
                "INSERT INTO tallies (community_id, grid_id, category, state, n) VALUES {marks} \
                 ON CONFLICT (community_id, grid_id, category, state) DO UPDATE SET n = tallies.n + excluded.n"
            );
            let values = page.iter().flat_map(|one| -> [Value; 5] {
                [
                    self.community().0.into(),
                    one.grid.0.into(),
                    one.category.as_str().into(),
                    one.state.as_str().into(),
                    one.n.into(),
                ]
            });
            self.run(&sql, values).await?;
        }
        Ok(())
    }

    /// Forgets all tallies of the community, to count from the journal's start again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn clear_tallies(&self) -> Result<(), Error> {
        self.run(
            "DELETE FROM tallies WHERE community_id = ?",
            [self.community().0.into()],
        )
        .await?;
        Ok(())
    }
}

impl Reader {
    /// The tallies of these grids (all of the community's when empty).
    ///
    /// # Errors
    /// What the database says.
    pub async fn counts(
        &self,
        community: CommunityId,
        grids: &[GridId],
    ) -> Result<Vec<Count>, Error> {
        let mut sql = String::from(
            "SELECT grid_id, category, state, n FROM tallies WHERE community_id = ? AND n <> 0",
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        among(&mut sql, &mut values, grids);
        let rows = self
            .query_all_raw(dialect::statement(
                self.get_database_backend(),
                &sql,
                values,
            ))
            .await?;
        rows.iter().map(count).collect()
    }

    /// Open cases that are overdue, by grid and category: past their deadline, or past the moment by which somebody should have
    /// decided what becomes of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn overdue(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
    ) -> Result<Vec<(GridId, String, i64)>, Error> {
        let sql = "SELECT grid_id, coalesce(category, '') AS category, count(*) AS n FROM cases \
                   WHERE community_id = ? AND late_at IS NOT NULL AND late_at < ? GROUP BY grid_id, category";
        let values = [Value::from(community.0), Value::from(micros(now))];
        let rows = self
            .query_all_raw(dialect::statement(self.get_database_backend(), sql, values))
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    GridId(row.try_get("", "grid_id")?),
                    row.try_get("", "category")?,
                    row.try_get("", "n")?,
                ))
            })
            .collect()
    }

    /// The total of a filter that speaks of grid, state and category only, for a scope that is the whole community.
    pub(super) async fn tallied_total(
        &self,
        scope: &Scope,
        community: CommunityId,
        filter: &Filter,
    ) -> Result<Option<u64>, Error> {
        let simple = Filter {
            grids: filter.grids.clone(),
            states: filter.states.clone(),
            category: filter.category.clone(),
            ..Filter::default()
        };
        if *scope != Scope::Community(community) || simple != *filter {
            return Ok(None);
        }
        let mut sql = String::from(
            "SELECT CAST(coalesce(sum(n), 0) AS bigint) AS n FROM tallies WHERE community_id = ?",
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        among(&mut sql, &mut values, &filter.grids);
        if !filter.states.is_empty() {
            sql.push_str(" AND state IN (");
            sql.push_str(&vec!["?"; filter.states.len()].join(","));
            sql.push(')');
            values.extend(
                filter
                    .states
                    .iter()
                    .map(|state| Value::from(state.as_str())),
            );
        }
        if let Some(code) = &filter.category {
            sql.push_str(" AND category LIKE ?");
            values.push(format!("{}%", code.as_str()).into());
        }
        let row = self
            .query_one_raw(dialect::statement(
                self.get_database_backend(),
                &sql,
                values,
            ))
            .await?;
        let n: i64 = row
            .map(|row| row.try_get("", "n"))
            .transpose()?
            .unwrap_or(0);
        Ok(Some(u64::try_from(n).unwrap_or(0)))
    }
}

fn among(sql: &mut String, values: &mut Vec<Value>, grids: &[GridId]) {
    if grids.is_empty() {
        return;
    }
    sql.push_str(" AND grid_id IN (");
    sql.push_str(&vec!["?"; grids.len()].join(","));
    sql.push(')');
    values.extend(grids.iter().map(|id| Value::from(id.0)));
}

fn count(row: &QueryResult) -> Result<Count, Error> {
    let grid: Uuid = row.try_get("", "grid_id")?;
    let state: String = row.try_get("", "state")?;
    let known = state.parse().map_err(|_| Error::Contradiction {
        table: "tallies",
        id: grid.to_string(),
        why: format!("state {state}"),
    })?;
    Ok(Count {
        grid: GridId(grid),
        category: row.try_get("", "category")?,
        state: known,
        n: row.try_get("", "n")?,
    })
}
