//! Grids: what they are called, how they nest, and where they lie. Nothing here keeps or loads one.

mod types;

pub use types::{BadGridCode, BadScheme, Grid, GridCode, Level, Scheme, UnknownLevel};
