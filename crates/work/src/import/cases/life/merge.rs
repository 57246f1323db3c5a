//! Both halves of a merge, and the way back from one.

use std::sync::Arc;

use rules::access::Actor;
use rules::case::{self, Case, Moved, State};
use rules::ids::CaseId;
use store::journal::Note;

use super::super::row::Row;
use super::{Lives, refused};
use crate::case::Laid;
use crate::import::Problem;

impl Lives {
    /// The other half of a merge.
    pub(super) fn join(
        &mut self,
        row: &Row,
        other: CaseId,
        merged: &Case,
        actor: &Actor,
        laid: &Laid<'_>,
    ) -> Result<(), Problem> {
        let number = self
            .lives
            .values()
            .find(|life| life.case.id == other)
            .map(|life| life.case.number.clone());
        let number = number.ok_or_else(|| Problem::row(row.line, "into", "case-unknown"))?;
        let target = self.lives[&number].case.clone();
        let decision = case::attach(&target, merged, actor, &laid.terms(), row.at)
            .map_err(|refusal| refused(row, &refusal.into()))?;
        let case = self.note(row, actor, decision);
        if let Some(life) = self.lives.get_mut(&number) {
            life.case = case;
        }
        Ok(())
    }

    /// The way back: a case that is not the same after all leaves every case it went on with.
    pub(super) fn leave(
        &mut self,
        row: &Row,
        leaving: &Case,
        actor: &Actor,
    ) -> Result<(), Problem> {
        let net = Arc::clone(&self.net);
        let mut at = leaving.state.clone();
        while let State::Merged { into, .. } = at {
            let other = self.lives.values().find(|life| life.case.id == into);
            let other = other.map(|life| life.case.clone());
            let other = other.ok_or_else(|| Problem::row(row.line, "number", "case-unknown"))?;
            let rest = self.stay(&other, leaving);
            let moments = |(note, event): (&Note, _)| (note.occurred_at.unwrap_or(note.at), event);
            let moved = Moved::of(self.trail(&other).map(moments));
            let laid = Laid::new(&net, &other, None, row.at).moved_by(moved);
            let sides = (leaving, rest.as_slice());
            let decision = case::detach(&other, sides, actor, &laid.terms(), row.at)
                .map_err(|refusal| refused(row, &refusal.into()))?;
            at = other.state;
            let case = self.note(row, actor, decision);
            if let Some(life) = self.lives.get_mut(&other.number) {
                life.case = case;
            }
        }
        Ok(())
    }

    /// The cases that stay merged into one that another leaves.
    fn stay(&self, other: &Case, leaving: &Case) -> Vec<Case> {
        let merged = self.lives.values().map(|life| &life.case);
        let merged = merged.filter(|one| one.id != leaving.id);
        let merged = merged
            .filter(|one| matches!(one.state, State::Merged { into, .. } if into == other.id));
        merged.cloned().collect()
    }
}
