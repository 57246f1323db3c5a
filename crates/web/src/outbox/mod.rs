//! The outbox 发件箱: the page on which a community says to whom outside it tells its steps, and sees what could not be told; what
//! a reporter is told in a text message, in words; and what was told, on the page of a case.

mod act;
mod page;
mod trail;
mod voice;

pub(crate) use page::alerts;
pub(crate) use trail::lines;
pub use voice::Speaker;

use rules::access::Action;

use crate::routes::{Routes, Who};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let changes = Who::May(Action::ChangeOutbox);
    let settles = Who::May(Action::SettleDelivery);
    routes
        .get("/outbox", Who::May(Action::ReadOutbox), page::get)
        .post("/outbox/webhooks", changes, act::add)
        .post("/outbox/webhooks/{webhook}/{deed}", changes, act::webhook)
        .post("/outbox/sms", changes, act::sms)
        .post("/outbox/deliveries/{delivery}/{deed}", settles, act::settle)
}
