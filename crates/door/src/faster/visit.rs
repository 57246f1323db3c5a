//! With a return visit.

use rules::ids::Number;
use work::Asker;

use super::{Faster, Step};
use crate::Door;
use crate::error::Failure;

/// Says who was faster with a visit that is found no more by whoever was asked to make it.
pub async fn visit(door: &Door, asker: &Asker, number: &Number, failure: Failure) -> Failure {
    if !matches!(failure, Failure::NotFound) {
        return failure;
    }
    let made = work::visit::made_meanwhile(&door.house, asker, number).await;
    // what time itself does is nobody's haste
    let made = made.ok().flatten().filter(|made| made.by.is_some());
    let Some(made) = made else {
        return failure;
    };
    let net = door.house.net();
    let Some(net) = net.community(number.community()) else {
        return failure;
    };
    let step = Step {
        actor: made.by,
        role: &made.role,
        deed: made.deed,
        at: made.at,
    };
    Failure::Overtaken {
        is: None,
        code: "already-done",
        faster: Box::new(Faster::of(net, asker, &step, None)),
    }
}
