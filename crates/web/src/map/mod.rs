//! 一幅图: the grids with what is open and overdue in them, and, for staff, where cases lie. What the map shows stands
//! beside it as lists, so that nobody needs a map, scripts or colours.

mod counts;
pub mod drawing;
mod label;
mod page;

use crate::Routes;
use crate::routes::Who;

/// The routes of the map. Grids are public; counts and cases are asked about behind the door.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/map", Who::Everyone, page::get)
        .get("/map/counts", Who::Everyone, counts::get)
}
