//! The words of a step, kept where they are read.

use rules::case::{Case, CommandName};
use store::Unit;
use store::case::Remark;
use uuid::Uuid;

use super::Step;
use crate::Error;
use crate::case::command::told_at_once;
use crate::report::speaks_of_a_worker;

impl Step {
    /// What was written for those who work on the case, and what the reporter is told.
    pub(super) async fn keep_words(
        &self,
        unit: &Unit,
        case: &Case,
        told: Option<String>,
    ) -> Result<(), Error> {
        let remark = |id: Uuid, words: &str, for_reporter: bool| Remark {
            id,
            case: case.id,
            version: case.version,
            command: self.name,
            words: words.to_owned(),
            for_reporter,
            at: self.asker.now,
        };
        if let Some(words) = self
            .form
            .text()
            .filter(|_| !self.has_result() && !self.has_row())
        {
            unit.keep_remark(&remark(self.remark, words, told_at_once(self.name)))
                .await?;
        }
        // the reporter reads what is left beside what was done
        let left = self.form.left();
        if let Some(left) = left.filter(|_| self.name == CommandName::Handle) {
            unit.keep_remark(&remark(self.left, left, true)).await?;
        }
        if let Some(told) = &told {
            unit.keep_remark(&remark(self.answer, told, true)).await?;
        }
        Ok(())
    }

    /// Why another case was merged into this one, for whoever works on it: they may not find that one. What speaks of somebody who
    /// works here stays where it was written.
    pub(super) async fn keep_reason(&self, unit: &Unit, grown: &Case) -> Result<(), Error> {
        let Some(words) = self.form.text() else {
            return Ok(());
        };
        if speaks_of_a_worker(Some((&*self.net, grown.grid)), words, "") {
            return Ok(());
        }
        let reason = Remark {
            // a merge leaves nothing over, so this id is free
            id: self.left,
            case: grown.id,
            version: grown.version,
            command: self.name,
            words: words.to_owned(),
            for_reporter: false,
            at: self.asker.now,
        };
        Ok(unit.keep_remark(&reason).await?)
    }
}
