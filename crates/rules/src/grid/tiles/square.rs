//! Tile addresses, and the whole-number plane on which tiles lie.
//!
//! The plane is Web Mercator cut into 2^32 units each way, y from the north: 4,096 units of a tile at
//! zoom 20, under 1 cm. Whole numbers keep neighbouring tiles in step.

use geo::Coord;

/// The deepest zoom that is drawn; maps enlarge its tiles beyond.
const DEEPEST: u8 = 18;
/// Units of the plane are `2^PLANE` each way.
const PLANE: u32 = 32;
/// A tile is 4,096 units wide.
pub(super) const EXTENT_BITS: u32 = 12;
pub(super) const EXTENT: i64 = 1 << EXTENT_BITS;
/// Units beyond the tile's edge that are drawn too, so that strokes run on over it.
pub(super) const BUFFER: i64 = 64;

/// The address of a tile: zoom 0 to 18, x from the west, y from the north (XYZ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    zoom: u8,
    x: u32,
    y: u32,
}

/// An address of no tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such tile: zoom is 0 to 18, x and y are below 2^zoom")]
pub struct BadTile;

impl Tile {
    /// The tile of an address.
    ///
    /// # Errors
    /// [`BadTile`] for a zoom beyond 18 or a column or row that the zoom does not have.
    pub fn new(zoom: u8, x: u32, y: u32) -> Result<Self, BadTile> {
        let exists = zoom <= DEEPEST && x < 1 << zoom && y < 1 << zoom;
        if exists {
            Ok(Self { zoom, x, y })
        } else {
            Err(BadTile)
        }
    }

    /// 0 for the whole earth, to 18.
    pub fn zoom(self) -> u8 {
        self.zoom
    }

    /// Steps of the plane in one unit of this tile are `2^shift`.
    pub(super) fn shift(self) -> u32 {
        PLANE - u32::from(self.zoom) - EXTENT_BITS
    }

    /// The plane's position of the upper left corner.
    pub(super) fn corner(self) -> [i64; 2] {
        [self.x, self.y].map(|at| i64::from(at) << (PLANE - u32::from(self.zoom)))
    }

    /// The tile with its buffer, on the plane.
    pub(super) fn buffered(self) -> ([i64; 2], [i64; 2]) {
        let buffer = BUFFER << self.shift();
        let size = 1_i64 << (PLANE - u32::from(self.zoom));
        (
            self.corner().map(|at| at - buffer),
            self.corner().map(|at| at + size + buffer),
        )
    }
}

/// A place in degrees on the plane. Beyond 85.05 degrees of latitude the plane ends; such places are
/// moved to its edge.
pub(super) fn project(place: Coord) -> [u32; 2] {
    let scale = (1_u64 << PLANE) as f64;
    let x = place.x / 360.0 + 0.5;
    let y = 0.5 - place.y.to_radians().sin().atanh() / std::f64::consts::TAU;
    // the cast keeps within u32 by itself: it saturates
    [(x * scale) as u32, (y * scale) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_existing_tiles_have_an_address() {
        assert!(Tile::new(0, 0, 0).is_ok());
        assert!(Tile::new(18, (1 << 18) - 1, (1 << 18) - 1).is_ok());
        for (zoom, x, y) in [
            (0, 1, 0),
            (0, 0, 1),
            (5, 32, 0),
            (18, 1 << 18, 0),
            (19, 0, 0),
            (255, 0, 0),
        ] {
            assert_eq!(Tile::new(zoom, x, y), Err(BadTile), "{zoom}/{x}/{y}");
        }
    }

    #[test]
    fn chongzhou_lies_on_its_published_tile() {
        let [x, y] = project(Coord {
            x: 103.6730,
            y: 30.6301,
        });
        assert_eq!((x >> 16, y >> 16), (51_641, 26_905));
    }

    #[test]
    fn the_poles_lie_on_the_edge() {
        assert_eq!(project(Coord { x: -180.0, y: 90.0 }), [0, 0]);
        assert_eq!(project(Coord { x: 180.0, y: -90.0 }), [u32::MAX, u32::MAX]);
    }
}
