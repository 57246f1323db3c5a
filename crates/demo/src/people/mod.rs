//! The people of the demo community: posts with invented holders, each marked 示例. Phones start with 100 and cannot ring.
//! Nothing here says what a person believes, is or has; only what the post does and when.

mod names;
mod posts;
mod sheet;
mod units;

pub(crate) use names::Register;
pub use posts::{Kind, People, Post, people};
pub use sheet::workbook;
pub use units::{UNITS, Unit, post_of};
