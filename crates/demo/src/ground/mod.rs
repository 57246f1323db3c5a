//! The ground of the demo community: an invented plan of streets and a river, cut into grids.
//!
//! Everything rests on one lattice: a grid is a set of lattice cells and its border runs through lattice points, so
//! neighbours share the very same coordinates and nothing can gap or overlap. Never real boundaries.

mod draw;
mod feature;
mod grid;
mod lattice;
mod plan;
mod ring;

pub use draw::ground;
pub use feature::geojson;
pub use grid::{Grid, Ground, Level, Scheme};

/// The code of the community. No subdistrict carries the number 999, so it cannot be mistaken for a real division.
pub const COMMUNITY: &str = "510184999001";

/// The ground plan contradicts itself. Only a change of the plan's constants or its seed file can cause this.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PlanError {
    /// A set of cells touches itself in a point or falls into pieces.
    #[error("the cells of grid {code} do not form one simple ring")]
    NotOneRing {
        /// Code of the grid.
        code: String,
    },
    /// The seed file names fewer grids than the plan has.
    #[error("the seed file of the ground names no grid number {wanted}")]
    Nameless {
        /// Which entry is missing, counted from 0.
        wanted: usize,
    },
}
