//! The other way back from a merge: one of several who told the same says that theirs is another matter. That telling alone leaves,
//! as a case of its own; nobody who told the same, or who is merged with it, goes along.

use rules::case::{self, Case, CommandName, Decision};
use rules::ids::{GridId, ReportId};
use store::Unit;
use store::case::Trail;
use store::report::Report;

use super::Step;
use crate::Error;
use crate::case::chain::{Finds, into};
use crate::case::terms::Laid;
use crate::report::{OwnCase, promise};

impl Step {
    /// The telling that leaves a merged case by this step, where whoever takes it had joined that case and did not begin it.
    pub(super) fn parting(&self, before: &Case) -> Option<ReportId> {
        let telling = self.form.telling?;
        let joined = telling.0 != before.id.0 && into(before).is_some();
        (joined && self.name == CommandName::Reopen).then_some(telling)
    }

    /// Takes the telling out of the case that it had joined and out of every one that went on with that.
    pub(super) async fn part(
        &self,
        unit: &Unit,
        joined: Trail,
        telling: ReportId,
    ) -> Result<Trail, Error> {
        let report = unit.report(telling).await?;
        if report.case != joined.case.id {
            return Err(Error::NotFound);
        }
        let (from, grid) = ((joined.case.id, telling), joined.case.grid);
        let mut at = Some(joined);
        while let Some(Trail { case, department }) = at {
            let laid = Laid::new(&self.net, &case, None, self.asker.now);
            let (who, now) = (&self.asker.actor, self.asker.now);
            let decision = case::part(&case, from, who, &laid.terms(), now)?;
            self.save(unit, case.version, decision, department).await?;
            at = match into(&case) {
                Some(next) => unit.case_there(unit.community(), next).await?,
                None => None,
            };
        }
        unit.part_telling(telling, from.0).await?;
        let told = self.apart(&report, grid)?;
        unit.keep_case(&told.case, None).await?;
        let case = self.noted(unit, told).await?;
        self.keep_words(unit, &case, None).await?;
        Ok(Trail {
            case,
            department: None,
        })
    }

    /// The case that the telling becomes: with whoever is on duty, and counted from when it was told; where the first answer would be late
    /// by that, from now. Where the grid is no more, it lies where the case did that it had joined, else in the community.
    fn apart(&self, report: &Report, joined: GridId) -> Result<Decision, Error> {
        let (net, now) = (&*self.net, self.asker.now);
        let grid = net.grid(report.grid).or_else(|| net.grid(joined));
        let grid = grid.or_else(|| net.root()).ok_or(Error::NotFound)?;
        let own = OwnCase::of(net, report, grid, now);
        let anew = promise(net, own.category(), report.channel, now);
        let since = (report.received_at, report.answer_by.unwrap_or(anew));
        let told = own.received(since, &self.asker.actor);
        if told.case.next_due().is_some_and(|due| due > now) {
            return Ok(told);
        }
        // what was promised is over while it was in another case, and whoever is on duty hears of it only now
        Ok(own.received((now, anew), &self.asker.actor))
    }
}
