//! With deciding on an event at a place.

use uuid::Uuid;
use work::Asker;
use work::net::CommunityNet;

use super::{Faster, Step};
use crate::Door;
use crate::error::Failure;
use crate::locale::Text;

/// Adds to a failure who decided on the event meanwhile.
pub async fn place_event(
    door: &Door,
    (net, asker, t): (&CommunityNet, &Asker, Text),
    id: Uuid,
    failure: Failure,
) -> Failure {
    let Failure::Stale { .. } = failure else {
        return failure;
    };
    let reader = door.house.store.reader();
    let found = reader.place_event_within(&asker.scope, id).await;
    let decided = found.ok().and_then(|event| {
        let deed = if event.report.is_some() {
            "case"
        } else {
            "aside"
        };
        Some((event.settled_by?, event.settled_at?, deed))
    });
    let Some((by, at, deed)) = decided else {
        return failure;
    };
    let step = Step {
        actor: Some(by),
        role: "",
        deed,
        at,
    };
    let what = t.text(format!("place-event-{deed}"));
    Faster::of(net, asker, &step, Some(what)).instead_of(failure)
}
