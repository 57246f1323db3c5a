//! The grids of one level as a drawing (SVG), made by the server: what stays on the page where no map runs, and the plan
//! on a notice board. Colours come with the number in the area, never alone.

use geo::{Coord, LineString, MultiPolygon, Rect};
use rules::grid::Grid;
use rules::grid::geometry::{Limits, bounding_box, label_point, read_shape};
use rules::ids::{CommunityId, GridId};
use work::House;

use crate::error::Failure;

/// How wide a drawing is in its own units; the page scales it.
pub const WIDTH: f64 = 1_000.0;
/// Room around it, for the borders' own width.
const MARGIN: f64 = 6.0;
/// Room around one grid, as a share of its size.
const ROOM: f64 = 0.25;

/// A grid and its border.
pub struct Area {
    /// Which grid.
    pub grid: GridId,
    /// Where it lies.
    pub shape: MultiPolygon,
}

/// A drawing.
pub struct Drawing {
    /// Its height in its own units; it is [`WIDTH`] wide.
    pub height: f64,
    /// One per grid.
    pub pieces: Vec<Piece>,
}

/// One grid of a drawing.
pub struct Piece {
    /// Which grid.
    pub grid: GridId,
    /// Its outline as an SVG path.
    pub path: String,
    /// The same as corners, ring by ring.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// How wide it is.
    pub width: f64,
    /// Where its words stand.
    pub x: f64,
    /// Likewise.
    pub y: f64,
}

/// The borders of the grids that `wanted` names; those without a border are left out.
///
/// # Errors
/// `Unavailable` if the store fails.
pub async fn areas(
    house: &House,
    community: CommunityId,
    wanted: impl Fn(GridId) -> bool,
) -> Result<Vec<Area>, Failure> {
    let kept = house
        .store
        .reader()
        .grids(community)
        .await
        .map_err(work::Error::from)?;
    let wanted = kept.into_iter().filter(|kept| wanted(kept.grid.id));
    let area = |kept: store::grid::Kept| {
        let shape = read_shape(&kept.geometry?, &Limits::default());
        // what was kept was checked before; a border that cannot be read is told and left out
        let shape = shape.inspect_err(
            |wrong| tracing::error!(grid = %kept.grid.code, %wrong, "a kept border cannot be read"),
        );
        Some(Area {
            grid: kept.grid.id,
            shape: shape.ok()?,
        })
    };
    Ok(wanted.filter_map(area).collect())
}

/// What a map shows to find a place in a grid: west, south, east, north of its border with some room around; none for
/// a grid without a border.
///
/// # Errors
/// `Unavailable` if the store fails.
pub async fn around(
    house: &House,
    community: CommunityId,
    grid: &Grid,
) -> Result<Option<[f64; 4]>, Failure> {
    let reader = house.store.reader();
    let kept = reader
        .grid_geometry(community, grid.id, grid.version)
        .await
        .map_err(work::Error::from)?;
    let shape = kept.and_then(|text| read_shape(&text, &Limits::default()).ok());
    let Some(sides) = shape.and_then(|shape| bounding_box(&shape)) else {
        return Ok(None);
    };
    let (low, high) = (sides.min(), sides.max());
    let (x, y) = (sides.width() * ROOM, sides.height() * ROOM);
    Ok(Some([low.x - x, low.y - y, high.x + x, high.y + y]))
}

/// West, south, east, north as the map reads them.
pub fn written(sides: [f64; 4]) -> String {
    sides.map(|side| format!("{side:.6}")).join(",")
}

/// West, south, east, north of all areas together.
pub fn bounds(areas: &[Area]) -> Option<[f64; 4]> {
    let boxes = areas.iter().filter_map(|area| bounding_box(&area.shape));
    let all = boxes.reduce(|a, b| {
        let low = Coord {
            x: a.min().x.min(b.min().x),
            y: a.min().y.min(b.min().y),
        };
        let high = Coord {
            x: a.max().x.max(b.max().x),
            y: a.max().y.max(b.max().y),
        };
        Rect::new(low, high)
    })?;
    Some([all.min().x, all.min().y, all.max().x, all.max().y])
}

impl Drawing {
    /// Draws areas; none where there is nothing to draw.
    pub fn of(areas: &[Area]) -> Option<Self> {
        let paper = Paper::for_bounds(bounds(areas)?)?;
        let piece = |area: &Area| {
            let label = label_point(&area.shape)?;
            let (x, y) = paper.at(label.0);
            let outline = paper.outline(&area.shape);
            Some(Piece {
                grid: area.grid,
                path: path(&outline),
                outline,
                width: bounding_box(&area.shape)?.width() * paper.east_scale,
                x: x.round(),
                y: y.round(),
            })
        };
        Some(Self {
            height: paper.height.round(),
            pieces: areas.iter().filter_map(piece).collect(),
        })
    }
}

/// From degrees to units of the drawing: north is up, and a metre is as long eastwards as northwards.
struct Paper {
    west: f64,
    north: f64,
    east_scale: f64,
    north_scale: f64,
    height: f64,
}

impl Paper {
    fn for_bounds([west, south, east, north]: [f64; 4]) -> Option<Self> {
        let shrink = f64::midpoint(south, north).to_radians().cos();
        let east_scale = (WIDTH - 2.0 * MARGIN) / (east - west);
        let north_scale = east_scale / shrink;
        let height = (north - south) * north_scale + 2.0 * MARGIN;
        height.is_finite().then_some(Self {
            west,
            north,
            east_scale,
            north_scale,
            height,
        })
    }

    fn at(&self, place: Coord) -> (f64, f64) {
        let x = (place.x - self.west) * self.east_scale + MARGIN;
        let y = (self.north - place.y) * self.north_scale + MARGIN;
        (x, y)
    }

    fn outline(&self, shape: &MultiPolygon) -> Vec<Vec<(f64, f64)>> {
        let rings = shape
            .iter()
            .flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        let corners = |ring: &LineString| ring.coords().map(|place| self.at(*place)).collect();
        rings.map(corners).collect()
    }
}

/// Rings as an SVG path.
fn path(outline: &[Vec<(f64, f64)>]) -> String {
    outline.iter().fold(String::new(), |mut path, ring| {
        let mut sign = 'M';
        for (x, y) in ring {
            path.push_str(&format!("{sign}{x:.1} {y:.1}"));
            sign = 'L';
        }
        path.push('Z');
        path
    })
}

impl Piece {
    /// How wide words may be that stand around its middle and reach so far above and below it.
    pub fn room(&self, half_height: f64) -> f64 {
        // borders are short lines: some heights of many
        let heights = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| self.y + part * half_height);
        let free = |height: f64| {
            let sides = self.crossings(height).map(|x| (x - self.x).abs());
            sides.fold(f64::INFINITY, f64::min)
        };
        let least = heights.map(free).into_iter().fold(f64::INFINITY, f64::min);
        let (above, below) = (self.y - half_height, self.y + half_height);
        if self.is_crossed(above) && self.is_crossed(below) && least.is_finite() {
            2.0 * least
        } else {
            0.0
        }
    }

    /// Whether its middle lies inside it at another height, too.
    fn is_crossed(&self, height: f64) -> bool {
        self.crossings(height).filter(|x| *x > self.x).count() % 2 == 1
    }

    /// Where its border crosses a height.
    fn crossings(&self, height: f64) -> impl Iterator<Item = f64> {
        let lines = self.outline.iter().flat_map(|ring| ring.windows(2));
        lines.filter_map(move |line| {
            let [(ax, ay), (bx, by)] = *line else {
                return None;
            };
            let crosses = (ay > height) != (by > height);
            crosses.then(|| ax + (height - ay) / (by - ay) * (bx - ax))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;
    use uuid::Uuid;

    fn area(west: f64, south: f64) -> Area {
        let (east, north) = (west + 0.01, south + 0.01);
        let shape = polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)];
        Area {
            grid: GridId(Uuid::nil()),
            shape: shape.into(),
        }
    }

    #[test]
    fn north_is_up_and_every_grid_lies_on_the_paper() {
        let drawing = Drawing::of(&[area(103.60, 30.60), area(103.60, 30.61)]).expect("a drawing");
        let (south, north) = (&drawing.pieces[0], &drawing.pieces[1]);
        assert!(north.y < south.y);
        assert!(
            drawing
                .pieces
                .iter()
                .all(|piece| piece.y > 0.0 && piece.y < drawing.height)
        );
        // two squares of one hundredth of a degree at 30.6° north: higher than wide
        assert!(
            drawing.height > 2.0 * WIDTH && drawing.height < 2.5 * WIDTH,
            "{}",
            drawing.height
        );
    }

    #[test]
    fn without_borders_there_is_nothing_to_draw() {
        assert!(Drawing::of(&[]).is_none());
    }
}
