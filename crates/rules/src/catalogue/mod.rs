//! The catalogue of cases: classes, categories, and for each category its filing conditions with their own time limits.
//! A row of a file becomes typed values here or is refused with the column's name; nothing is guessed.

mod promise;
mod row;
mod types;

pub use promise::promised;
pub use row::{Column, Fault, Row, Texts, keywords, parse_row};
pub use types::{Catalogue, Category, FilingCondition, Handler};
