//! The catalogue of case categories: class → sub-class → several filing conditions, each with its own limit and closing
//! condition (参照 the usual 立结案标准 template; invented, 示例). The texts are data in `seed/catalogue.txt`.

mod seed;
mod sheet;

pub use seed::{Category, Condition, SeedError, categories};
pub use sheet::workbook;
