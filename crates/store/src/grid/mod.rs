//! Grids and their versions: who lies in whom, and every border a grid ever had. A border is never changed in place.

use rules::grid::{Grid, Level};
use rules::ids::{CommunityId, GridId, GridVersion};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// A border: its GeoJSON geometry and the box around it, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// The geometry as GeoJSON text, WGS-84.
    pub geometry: String,
    /// West, south, east, north.
    pub bounds: [f64; 4],
}

/// A grid with its present border.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The grid.
    pub grid: Grid,
    /// Its border's geometry as GeoJSON text; `None` where only a list was loaded.
    pub geometry: Option<String>,
}

const CURRENT: &str = "SELECT g.id, g.scheme, g.level, g.code, g.name, g.parent_id, g.version, g.households, v.geometry \
    FROM grids g JOIN grid_versions v ON v.community_id = g.community_id AND v.grid_id = g.id AND v.version = g.version \
    WHERE g.community_id = ? ORDER BY g.path";

impl Unit {
    /// Keeps a new grid or a new version of one; the version before ends at `at`. `path` are the codes from the top down
    /// to this grid, joined by `/`.
    ///
    /// # Errors
    /// `Taken` if another grid of the scheme has the code.
    pub async fn save_grid(
        &self,
        grid: &Grid,
        path: &str,
        border: Option<&Border>,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let community = Value::from(self.community().0);
        let values: [Value; 10] = [
            community.clone(),
            grid.id.0.into(),
            grid.scheme.as_str().into(),
            grid.level.as_str().into(),
            grid.code.as_str().into(),
            grid.name.as_str().into(),
            grid.parent.map(|id| id.0).into(),
            path.into(),
            i64::from(grid.version.0).into(),
            grid.households.map(i64::from).into(),
        ];
        let sql = "INSERT INTO grids (community_id, id, scheme, level, code, name, parent_id, path, version, households) \
                   VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (community_id, id) DO UPDATE SET level = excluded.level, \
                   name = excluded.name, parent_id = excluded.parent_id, path = excluded.path, version = excluded.version, \
                   households = excluded.households";
        self.run(sql, values).await?;
        let ended: [Value; 3] = [micros(at).into(), community, grid.id.0.into()];
        let sql = "UPDATE grid_versions SET valid_to = ? WHERE community_id = ? AND grid_id = ? AND valid_to IS NULL";
        self.run(sql, ended).await?;
        self.save_version(grid, border, at).await
    }

    async fn save_version(
        &self,
        grid: &Grid,
        border: Option<&Border>,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let side = |n: usize| Value::from(border.map(|border| border.bounds[n]));
        let values: [Value; 10] = [
            self.community().0.into(),
            grid.id.0.into(),
            i64::from(grid.version.0).into(),
            grid.name.as_str().into(),
            border.map(|border| border.geometry.as_str()).into(),
            side(0),
            side(1),
            side(2),
            side(3),
            micros(at).into(),
        ];
        let sql = "INSERT INTO grid_versions (community_id, grid_id, version, name, geometry, west, south, east, north, valid_from) \
                   VALUES (?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// The grids of a community as they are now, parents before children.
    ///
    /// # Errors
    /// What the database says.
    pub async fn grids(&self, community: CommunityId) -> Result<Vec<Kept>, Error> {
        let rows = ask::rows(self, CURRENT, [community.0.into()]).await?;
        rows.iter().map(kept).collect()
    }

    /// The geometry of one version of a grid, whatever came after.
    ///
    /// # Errors
    /// `NotFound` if there is no such version.
    pub async fn grid_geometry(
        &self,
        community: CommunityId,
        grid: GridId,
        version: GridVersion,
    ) -> Result<Option<String>, Error> {
        let sql = "SELECT geometry FROM grid_versions WHERE community_id = ? AND grid_id = ? AND version = ?";
        let values: [Value; 3] = [
            community.0.into(),
            grid.0.into(),
            i64::from(version.0).into(),
        ];
        let row = ask::row(self, sql, values).await?;
        Ok(row
            .ok_or(Error::NotFound("grid version"))?
            .try_get("", "geometry")?)
    }
}

fn kept(row: &QueryResult) -> Result<Kept, Error> {
    let households: Option<i64> = row.try_get("", "households")?;
    let version: i64 = row.try_get("", "version")?;
    let id: Uuid = row.try_get("", "id")?;
    let too_large = |what: &str| Error::Contradiction {
        table: "grids",
        id: id.to_string(),
        why: format!("{what} is no small number"),
    };
    let level: Level = ask::typed(row, "grids", "level")?;
    Ok(Kept {
        grid: Grid {
            id: GridId(id),
            scheme: ask::typed(row, "grids", "scheme")?,
            level,
            code: ask::typed(row, "grids", "code")?,
            name: row.try_get("", "name")?,
            parent: row.try_get::<Option<Uuid>>("", "parent_id")?.map(GridId),
            version: GridVersion(i32::try_from(version).map_err(|_| too_large("version"))?),
            households: households
                .map(u32::try_from)
                .transpose()
                .map_err(|_| too_large("households"))?,
        },
        geometry: row.try_get("", "geometry")?,
    })
}
