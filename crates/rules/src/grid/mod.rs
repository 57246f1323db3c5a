//! Grids: what they are called, how they nest, and where they lie. Nothing here keeps or loads one.
//!
//! Where they lie: boundaries read and checked, the grid of a point found, vector tiles drawn.
//! Coordinates are WGS-84 degrees, longitude first.

pub mod atlas;
pub mod boundary;
pub mod cover;
pub mod datum;
pub mod geometry;
pub mod synthetic;
pub mod tiles;
mod types;

pub use types::{BadGridCode, BadScheme, Grid, GridCode, Level, Scheme, UnknownLevel};
