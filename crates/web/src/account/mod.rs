//! Signing in and out, the first-run link that creates the administrator of a new installation, and the page on which the
//! administrator keeps the others' sign-ins. No default password, no puzzle; a wrong name and a wrong password look the same.

mod members;
mod setup;
mod sign_in;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of accounts.
pub(crate) fn routes(routes: Routes) -> Routes {
    let keeper = Who::May(Action::ManageAccounts);
    routes
        .get("/sign-in", Who::Everyone, sign_in::ask)
        .post("/sign-in", Who::Everyone, sign_in::sign_in)
        .post("/sign-out", Who::Everyone, sign_in::sign_out)
        .get("/setup", Who::Everyone, setup::ask)
        .get("/setup/{token}", Who::Everyone, setup::by_link)
        .post("/setup", Who::Everyone, setup::create)
        .get("/accounts", keeper, members::get)
        .post("/accounts/make", keeper, members::make)
        .post("/accounts/close", keeper, members::close)
        .post("/accounts/open", keeper, members::open)
        .post("/accounts/password", keeper, members::password)
}
