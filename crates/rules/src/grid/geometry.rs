//! Boundaries at the door: GeoJSON text in, checked shapes out, and the compact text that is kept.
//!
//! What passes `read` has finite WGS-84 degrees, longitude first, and closed rings; whether grids fit
//! together is for `boundary`. Nothing here repairs what a file says.

mod measure;
mod read;
mod write;

pub use measure::{area_m2, bounding_box, label_point};
pub use read::{Fault, Feature, Limits, Sight, Wrong, read, read_each, read_shape};
pub use write::write;
