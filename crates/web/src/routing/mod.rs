//! Routing rules 分派规则 as the office keeps them: the list in its order, writing a rule down, trying it out on past cases,
//! switching it on. What a rule does is decided in `rules::routing`.

mod act;
mod form;
mod list;
mod trial;
mod words;

pub(crate) use list::left;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/routing", Who::May(Action::ReadRouting), list::get)
        .get("/routing/new", Who::May(Action::ChangeRouting), form::new)
        .post("/routing/new", Who::May(Action::ChangeRouting), form::add)
        .get("/routing/{id}", Who::May(Action::ReadRouting), form::get)
        .post("/routing/{id}", Who::May(Action::ChangeRouting), form::edit)
        .get(
            "/routing/{id}/trial",
            Who::May(Action::ReadRouting),
            trial::get,
        )
        .post(
            "/routing/{id}/{deed}",
            Who::May(Action::ChangeRouting),
            act::post,
        )
}
