//! I13: after so many rounds that were not solved a leader is called, and it is nobody who judged one of them.

use std::collections::HashMap;

use rules::access::Actor;
use rules::case::*;
use rules::ids::{CaseId, MemberId};

use crate::world::World;

/// Who judged which case so far.
#[derive(Default)]
pub struct Judges(HashMap<CaseId, Vec<MemberId>>);

impl Judges {
    pub fn of(&self, case: CaseId) -> Vec<MemberId> {
        self.0.get(&case).cloned().unwrap_or_default()
    }

    pub fn hear(&mut self, decision: &Decision, who: &Actor) {
        let trail = decision.events.iter().map(|event| (who.member(), event));
        let heard = judged(trail);
        self.0.entry(decision.case.id).or_default().extend(heard);
    }
}

/// The leader whom an event called.
fn leader(event: &Event) -> Option<MemberId> {
    match event.deed {
        Deed::Reopened { leader } | Deed::Visited { leader, .. } => leader,
        _ => None,
    }
}

pub fn i13_whoever_is_called_judged_nothing(world: &World, before: &Case, decision: &Decision) {
    let after = &decision.case;
    let rounds = after.counts.unsolved_rounds();
    let another = rounds > before.counts.unsolved_rounds();
    let often = rounds >= world.settings.reopenings_to_leader;
    let called = decision.events.iter().find_map(leader);
    assert_eq!(called.is_some(), another && often, "I13: round {rounds}");
    let Some(called) = called else {
        return;
    };
    let judged = world.judged.contains(&called) || before.checker() == Some(called);
    assert!(!judged, "I13: {called:?} judged it");
    assert_eq!(after.owner, Some(called), "I13: the leader has it");
    assert_eq!(after.leader_called, Some(called), "I13: the leader decides");
}
