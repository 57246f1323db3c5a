//! 公示栏: the notice board of a grid as a page, and the tree of all boards. It says who serves, when, and whom to call;
//! names and numbers only where the member consents, volunteers never.

mod index;
mod page;
mod qr;

use crate::Routes;
use crate::routes::Who;

/// The routes of the boards; all public.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/boards", Who::Everyone, index::get)
        .get("/board/{code}", Who::Everyone, page::get)
}
