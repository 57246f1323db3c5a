//! 线下汇总: notes gathered on paper, typed or pasted as rows. A row is kept as it was typed, however wrong; what is wrong
//! is told by column. Nothing here knows the net: which grid a place means is found in `work`.

mod buildings;
mod row;
mod spot;

pub use buildings::Buildings;
pub use row::{Column, Fault, PLACE_MAX, ROWS_MAX, Row, WORDS_MAX, faults, is_cell_error};
pub use spot::{Spot, plain_name, read_spot};
