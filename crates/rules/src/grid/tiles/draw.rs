//! Draws one tile: rounds, clips and encodes what the index found.

use geo::orient::Direction;
use geo::{Coord, Geometry, LineString, MultiPolygon, Orient, Point, Polygon};
use geozero::mvt::{Message, MvtWriter, Tile as Encoded};
use geozero::{ColumnValue, FeatureProcessor, GeozeroGeometry, PropertyProcessor};

use super::Unwritten;
use super::ground::Area;
use super::square::{BUFFER, EXTENT, Tile};

/// Vertices are rounded to `2^COARSENESS` units of the tile: half a pixel of a tile shown 512 pixels wide.
const COARSENESS: u32 = 2;
/// A name is written when the grid is at least so many units wide or high: 24 of 512 pixels.
const LABEL_ROOM: i64 = EXTENT * 24 / 512;

/// The bytes of a tile, `None` when nothing is left on it.
pub(super) fn tile<'a>(
    tile: Tile,
    scheme: &str,
    areas: impl Iterator<Item = &'a Area>,
) -> Result<Option<Vec<u8>>, Unwritten> {
    let mut grids = Sheet::new(scheme)?;
    let mut labels = Sheet::new(scheme)?;
    for area in areas {
        if let Some(shape) = shape(area, tile) {
            grids.add(area, Geometry::MultiPolygon(shape))?;
        }
        if let Some(point) = label(area, tile) {
            labels.add(area, Geometry::Point(point))?;
        }
    }
    let layers: Vec<_> = [("grids", grids), ("labels", labels)]
        .into_iter()
        .filter(|(_, sheet)| sheet.features > 0)
        .map(|(name, sheet)| sheet.writer.layer(name))
        .collect();
    Ok((!layers.is_empty()).then(|| Encoded { layers }.encode_to_vec()))
}

/// One layer of the tile while it is written.
struct Sheet<'a> {
    scheme: &'a str,
    writer: MvtWriter,
    features: u64,
}

impl<'a> Sheet<'a> {
    fn new(scheme: &'a str) -> Result<Self, Unwritten> {
        Ok(Self {
            scheme,
            writer: MvtWriter::new_unscaled(EXTENT as u32)?,
            features: 0,
        })
    }

    fn add(&mut self, area: &Area, shape: Geometry) -> Result<(), Unwritten> {
        let out = &mut self.writer;
        out.feature_begin(self.features)?;
        let properties = [
            ("gid", area.gid()),
            ("name", area.name()),
            ("level", area.level()),
            ("scheme", self.scheme),
        ];
        out.properties_begin()?;
        for (at, (name, value)) in properties.into_iter().enumerate() {
            out.property(at, name, &ColumnValue::String(value))?;
        }
        out.properties_end()?;
        out.geometry_begin()?;
        shape.process_geom(out)?;
        out.geometry_end()?;
        out.feature_end(self.features)?;
        self.features += 1;
        Ok(())
    }
}

/// The point of the name, on the one tile that holds it; `None` while there is no room for it.
fn label(area: &Area, tile: Tile) -> Option<Point> {
    let (low, high) = area.extent();
    let room = (high[0] - low[0]).max(high[1] - low[1]) >> tile.shift();
    let at = to_units(area.label(), tile);
    let here = at.iter().all(|at| (0..EXTENT).contains(at));
    (here && room >= LABEL_ROOM).then(|| Point(coord(at)))
}

/// The grid in units of the tile, clipped to tile and buffer; `None` when nothing of it is left.
///
/// Exterior rings turn as the format asks: to a positive area with y downwards.
fn shape(area: &Area, tile: Tile) -> Option<MultiPolygon> {
    let parts = area.parts().filter_map(|rings| {
        let mut rings = rings.iter().map(|ring| clip(round(ring, tile)));
        let exterior = closed(rings.next()?)?;
        Some(Polygon::new(exterior, rings.filter_map(closed).collect()))
    });
    let shape = MultiPolygon::new(parts.collect());
    (!shape.0.is_empty()).then(|| shape.orient(Direction::Default))
}

/// Units of the tile, y downwards; rounding down keeps neighbouring tiles in step.
fn to_units(place: [i64; 2], tile: Tile) -> [i64; 2] {
    let corner = tile.corner();
    [0, 1].map(|axis| (place[axis] - corner[axis]) >> tile.shift())
}

/// The ring with its vertices rounded; what a vertex becomes depends on nothing but itself, so grids
/// that share a border still share it.
fn round(ring: &[[u32; 2]], tile: Tile) -> Vec<[i64; 2]> {
    let half = 1_i64 << (tile.shift() + COARSENESS - 1);
    let corner = tile.corner();
    let rounded = |place: &[u32; 2]| {
        [0, 1].map(|axis| {
            ((i64::from(place[axis]) - corner[axis] + half) >> (tile.shift() + COARSENESS))
                << COARSENESS
        })
    };
    let mut out: Vec<[i64; 2]> = ring.iter().map(rounded).collect();
    out.dedup();
    out
}

/// Cuts a ring to the tile and its buffer, side after side (Sutherland and Hodgman 1974). Where a ring
/// leaves and comes back, it then runs along the buffer's edge, which nobody sees.
fn clip(mut ring: Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    for axis in [0, 1] {
        for (sign, limit) in [(1, EXTENT + BUFFER), (-1, BUFFER)] {
            if ring.iter().any(|at| sign * at[axis] > limit) {
                ring = cut(&ring, axis, sign, limit);
            }
        }
    }
    ring
}

/// Keeps what has `sign * position <= limit` on the axis.
fn cut(ring: &[[i64; 2]], axis: usize, sign: i64, limit: i64) -> Vec<[i64; 2]> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(mut before) = ring.last().copied() else {
        return kept;
    };
    for at in ring.iter().copied() {
        let (was, is) = (sign * before[axis], sign * at[axis]);
        if (was <= limit) != (is <= limit) {
            let other = 1 - axis;
            let step =
                (at[other] - before[other]) as f64 * (limit - was) as f64 / (is - was) as f64;
            let mut edge = [0; 2];
            edge[axis] = sign * limit;
            edge[other] = before[other] + step.round() as i64;
            kept.push(edge);
        }
        if is <= limit {
            kept.push(at);
        }
        before = at;
    }
    kept
}

/// The ring ready for the encoder; `None` when it encloses nothing any more.
fn closed(mut ring: Vec<[i64; 2]>) -> Option<LineString> {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let first = *ring.first()?;
    let next = ring.iter().skip(1).chain([&first]);
    let doubled: i64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
        .sum();
    if ring.len() < 3 || doubled == 0 {
        return None;
    }
    ring.push(first);
    Some(ring.into_iter().map(coord).collect())
}

fn coord([x, y]: [i64; 2]) -> Coord {
    Coord {
        x: x as f64,
        y: y as f64,
    }
}
