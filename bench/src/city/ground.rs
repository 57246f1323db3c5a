//! The ground of one invented community: one 总网格, general grids of ten micro-grids or fewer, micro-grids with crooked
//! shared borders. Communities lie side by side and never touch.

use anyhow::{Context, Result};
use geo::{Coord, MultiPolygon};
use rules::grid::synthetic::Plan;
use rules::grid::{Grid, Level, Scheme, geometry};
use rules::ids::{CommunityId, GridId, GridVersion};
use store::grid::Border;
use store::{Store, Unit};
use time::OffsetDateTime;

use super::{Size, id};

/// One community's grids.
#[derive(Clone)]
pub struct Ground {
    /// The tenant.
    pub community: CommunityId,
    /// The micro-grids, row by row.
    pub micro: Vec<Grid>,
    /// The general grids.
    pub general: Vec<Grid>,
    /// The community's own grid.
    pub top: Grid,
    plan: Plan,
}

/// Micro-grids of a general grid from west to east and from south to north.
const GENERAL: (u32, u32) = (2, 5);

impl Ground {
    /// The ground of the n-th community of a city.
    pub fn of(n: u32, size: Size) -> Self {
        let mut plan = Plan::of(size.side, size.side);
        // A gap of one micro-grid between neighbours; forty communities a row.
        let (column, row) = (f64::from(n % 40), f64::from(n / 40));
        let width = f64::from(size.side + 1);
        plan.origin = Coord {
            x: plan.origin.x + column * width * plan.step.x,
            y: plan.origin.y + row * width * plan.step.y,
        };
        let code = super::code(n);
        let top = grid(Level::Community, code.clone(), None);
        let (wide, high) = GENERAL;
        let per_row = size.side.div_ceil(wide);
        let generals = per_row * size.side.div_ceil(high);
        let general: Vec<Grid> = (0..generals)
            .map(|g| grid(Level::General, format!("{code}-G{g:02}"), Some(top.id)))
            .collect();
        let micro = (0..size.side * size.side)
            .map(|m| {
                let above = (m / size.side / high) * per_row + m % size.side / wide;
                grid(
                    Level::Micro,
                    format!("{code}-M{m:03}"),
                    Some(general[above as usize].id),
                )
            })
            .collect();
        Self {
            community: CommunityId(i64::from(n) + 1),
            micro,
            general,
            top,
            plan,
        }
    }

    /// A point of the community; the same for the same `n`.
    pub fn place(&self, n: u64) -> Coord {
        self.plan.place(n)
    }

    /// Writes every grid with its border.
    ///
    /// # Errors
    /// What the store says.
    pub async fn keep(&self, store: &Store, at: OffsetDateTime) -> Result<()> {
        let (wide, high) = GENERAL;
        let all = self.plan.merged(self.plan.columns, self.plan.rows);
        let mut drawn = drawn_all(std::slice::from_ref(&self.top), all, |_| String::new())?;
        let top = self.top.code.as_str().to_owned();
        drawn.extend(drawn_all(
            &self.general,
            self.plan.merged(wide, high),
            |_| format!("{top}/"),
        )?);
        let path_of = |grid: &Grid| {
            let above = self.general.iter().find(|one| Some(one.id) == grid.parent);
            format!("{top}/{}/", above.map_or("", |one| one.code.as_str()))
        };
        drawn.extend(drawn_all(&self.micro, self.plan.micro(), path_of)?);
        store
            .unit(self.community, async move |unit: &Unit| {
                for (grid, path, border) in &drawn {
                    unit.save_grid(grid, path, Some(border), at).await?;
                }
                unit.net_changed().await
            })
            .await?;
        Ok(())
    }
}

fn grid(level: Level, code: String, parent: Option<GridId>) -> Grid {
    Grid {
        id: GridId(id()),
        scheme: Scheme::governance(),
        level,
        name: format!("示例网格 {code}"),
        // Digits, letters and hyphens only, as made above.
        code: code
            .parse()
            .unwrap_or_else(|_| unreachable!("{code} is a code")),
        parent,
        version: GridVersion(1),
        households: Some(60),
    }
}

type Drawn = (Grid, String, Border);

fn drawn_all(
    grids: &[Grid],
    shapes: Vec<MultiPolygon>,
    above: impl Fn(&Grid) -> String,
) -> Result<Vec<Drawn>> {
    let border = |shape: &MultiPolygon| {
        let bounds = geometry::bounding_box(shape).context("a shape without points")?;
        let (low, high) = (bounds.min(), bounds.max());
        anyhow::Ok(Border {
            geometry: geometry::write(shape),
            bounds: [low.x, low.y, high.x, high.y],
        })
    };
    let pairs = grids.iter().zip(&shapes);
    pairs
        .map(|(grid, shape)| {
            Ok((
                grid.clone(),
                above(grid) + grid.code.as_str(),
                border(shape)?,
            ))
        })
        .collect()
}
