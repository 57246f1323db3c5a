//! 协调: the lead calls the parties together, and it is noted who does what by when. Words, outside bodies and dates are kept
//! beside the case; here stand the ids, and that nothing agreed upon is forgotten when the case is closed.

use serde::{Deserialize, Serialize};

use super::turn::Turn;
use super::{Case, CommandName, Decision, Deed, Refusal};
use crate::access::Actor;
use crate::ids::{CoordinationId, ItemId, MemberId};

/// The most things that can be open at once.
const MOST_OPEN: u16 = 50;

/// The latest coordination of a case's parties.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Coordination {
    /// Its key.
    pub id: CoordinationId,
    /// What was agreed, in this coordination or one before, and is neither done nor dropped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<ItemId>,
}

pub(super) fn coordinate(
    mut turn: Turn<'_>,
    id: CoordinationId,
    called: Vec<MemberId>,
) -> Result<Decision, Refusal> {
    let before = turn.case.coordination.take();
    if before
        .as_ref()
        .is_some_and(|coordination| coordination.id == id)
    {
        return Err(done(CommandName::Coordinate));
    }
    let open = before
        .map(|coordination| coordination.open)
        .unwrap_or_default();
    turn.case.coordination = Some(Coordination { id, open });
    turn.decide(Deed::Coordinated {
        coordination: id,
        called,
    })
}

pub(super) fn agree(
    mut turn: Turn<'_>,
    item: ItemId,
    by: Option<MemberId>,
) -> Result<Decision, Refusal> {
    let coordination = turn
        .case
        .coordination
        .as_mut()
        .ok_or(Refusal::NothingAsked)?;
    if coordination.open.contains(&item) {
        return Err(done(CommandName::Agree));
    }
    if coordination.open.len() >= usize::from(MOST_OPEN) {
        return Err(Refusal::LimitReached {
            command: CommandName::Agree,
            max: MOST_OPEN,
        });
    }
    coordination.open.push(item);
    turn.decide(Deed::Agreed { item, by })
}

/// Whether somebody may say how a thing agreed upon ended: whoever was to do it, the owner, or a lead. The others only hear of
/// it.
pub fn may_settle(case: &Case, who: &Actor, by: Option<MemberId>) -> bool {
    let theirs = by.is_some_and(|by| who.is(by));
    theirs || super::gate::owns(case, who) || super::gate::leads(who)
}

pub(super) fn settle(
    mut turn: Turn<'_>,
    item: ItemId,
    by: Option<MemberId>,
    is_done: bool,
) -> Result<Decision, Refusal> {
    if !may_settle(&turn.case, turn.who, by) {
        return Err(Refusal::NotYours { owner: by });
    }
    let coordination = turn
        .case
        .coordination
        .as_mut()
        .ok_or(Refusal::NothingAsked)?;
    let place = coordination.open.iter().position(|open| *open == item);
    coordination
        .open
        .remove(place.ok_or(done(CommandName::Settle))?);
    turn.decide(Deed::Settled {
        item,
        done: is_done,
    })
}

const fn done(command: CommandName) -> Refusal {
    Refusal::AlreadyDone { command }
}
