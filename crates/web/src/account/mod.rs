//! Signing in and out, and the first-run link that creates the administrator of a new installation. No default password,
//! no puzzle; a wrong name and a wrong password look the same.

mod setup;
mod sign_in;

use crate::routes::{Routes, Who};

/// The routes of accounts.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/sign-in", Who::Everyone, sign_in::ask)
        .post("/sign-in", Who::Everyone, sign_in::sign_in)
        .post("/sign-out", Who::Everyone, sign_in::sign_out)
        .get("/setup", Who::Everyone, setup::ask)
        .get("/setup/{token}", Who::Everyone, setup::by_link)
        .post("/setup", Who::Everyone, setup::create)
}
