//! The long way of a case: dispatched, taken, handled, checked, visited and closed, with what its course brings on the
//! way. The one who handled does not check, the one who checked does not visit.

use super::moment::local;
use super::opening::Script;
use super::plan::Course;
use super::words;
use crate::people::UNITS;
use rules::case::CommandName;
use time::{Duration, OffsetDateTime};

impl Script<'_> {
    /// From filing to closing, with what the course brings on the way.
    pub(super) fn whole(&mut self) {
        let (plan, filed) = (self.plan, self.plan.filed);
        if plan.course == Course::Verified {
            let worker = self.worker();
            let asked = plan.received + (filed - plan.received) / 4;
            self.put(asked, CommandName::Verify, "desk")
                .to
                .clone_from(&worker);
            self.put(
                filed - (filed - plan.received) / 6,
                CommandName::Verified,
                &worker,
            )
            .outcome = "exists".to_owned();
        }
        self.file();
        let start = self.dispatch(filed, plan.closing);
        self.on_the_way(start);
        self.finish(start, plan.closing);
        if let Course::Appealed { granted } = plan.course {
            self.appeal(granted);
        }
        if let Some(rated) = plan.rated {
            let row = self.put(rated.at, CommandName::Rate, "reporter");
            row.rating = rated.satisfaction.to_owned();
            row.solved = if rated.solved { "yes" } else { "no" }.to_owned();
        }
        if let Course::Reopened { at, closing } = plan.course {
            let reason = self.dice.pick(&words::REOPEN);
            self.put(at, CommandName::Reopen, "reporter").reason = reason.to_owned();
            let start = self.dispatch(at, closing);
            self.finish(start, closing);
        }
    }

    /// Dispatched within minutes, taken within the hour; says when it was taken.
    fn dispatch(&mut self, filed: OffsetDateTime, closing: OffsetDateTime) -> OffsetDateTime {
        let (sender, handler) = (self.sender.clone(), self.handler.clone());
        let whole = closing - filed;
        let mut at = filed + Duration::seconds(self.dice.between(60, 840)).min(whole / 12_i32);
        if self.plan.course == Course::Returned {
            let others: Vec<&str> = UNITS
                .iter()
                .map(|unit| unit.account)
                .filter(|account| *account != handler)
                .collect();
            let wrong = self.dice.pick(&others);
            let reason = self.dice.pick(&words::RETURN);
            self.put(at, CommandName::Dispatch, &sender).to = wrong.to_owned();
            at += Duration::minutes(self.dice.between(20, 100)).min(whole / 12_i32);
            self.put(at, CommandName::Return, wrong).reason = reason.to_owned();
            at += Duration::minutes(self.dice.between(3, 20)).min(whole / 12_i32);
        }
        self.put(at, CommandName::Dispatch, &sender)
            .to
            .clone_from(&handler);
        at += Duration::minutes(self.dice.between(4, 90)).min(whole / 10_i32);
        self.put(at, CommandName::Accept, &handler);
        at
    }

    fn on_the_way(&mut self, start: OffsetDateTime) {
        let (handler, checker) = (self.handler.clone(), self.checker.clone());
        let whole = self.plan.closing - start;
        let at = |share: f64| start + whole * share;
        match self.plan.course {
            Course::Asked => {
                let (question, answer) = self.dice.pick(&words::ASK);
                self.put(at(0.2), CommandName::Ask, &handler).text = question.to_owned();
                self.put(at(0.4), CommandName::Answer, "reporter").text = answer.to_owned();
            }
            Course::HandedOver => {
                let (worker, steward) = (self.worker(), self.steward());
                let to = if handler == worker { steward } else { worker };
                self.put(at(0.15), CommandName::HandOver, &handler)
                    .to
                    .clone_from(&to);
                self.handler = to;
            }
            Course::Extended => self.extend(start),
            Course::Suspended { since, until } => {
                let reason = self.dice.pick(&words::SUSPEND);
                let row = self.put(since, CommandName::Suspend, &checker);
                (row.reason, row.until) = (reason.to_owned(), local(until));
                self.put(until, CommandName::Resume, "clock");
            }
            Course::Reworked => {
                self.handle(at(0.4));
                let reason = self.dice.pick(&words::FAIL);
                let row = self.put(at(0.5), CommandName::Check, &checker);
                (row.outcome, row.reason) = ("fail".to_owned(), reason.to_owned());
            }
            Course::Revisited => {
                self.handle(at(0.3));
                self.put(at(0.4), CommandName::Check, &checker).outcome = "pass".to_owned();
                let visitor = self.visitor();
                self.put(at(0.5), CommandName::Visit, &visitor).outcome = "not".to_owned();
            }
            _ => self.beside(start, whole),
        }
    }

    /// Asked for by the owner and granted by a lead, both before the deadline.
    fn extend(&mut self, start: OffsetDateTime) {
        let (handler, checker, due) = (self.handler.clone(), self.checker.clone(), self.plan.due);
        let reason = self.dice.pick(&words::EXTEND);
        let row = self.put(start + (due - start) / 2, CommandName::Extend, &handler);
        (row.outcome, row.reason) = ("ask".to_owned(), reason.to_owned());
        self.put(start + (due - start) * 2 / 3, CommandName::Extend, &checker)
            .outcome = "grant".to_owned();
    }

    fn handle(&mut self, at: OffsetDateTime) {
        let (handler, claim) = (self.handler.clone(), self.plan.claim);
        let (result, _, photos) = self.told(claim);
        let row = self.put(at, CommandName::Handle, &handler);
        (row.result, row.photos, row.outcome) = (result, photos, claim.to_owned());
    }

    /// The steward of the place visits; where the steward did the work, the worker.
    fn visitor(&self) -> String {
        let steward = self.steward();
        if self.handler == steward {
            self.worker()
        } else {
            steward
        }
    }

    /// Handled, checked, visited where the catalogue asks it, and closed within the last hours.
    fn finish(&mut self, start: OffsetDateTime, closing: OffsetDateTime) {
        let checker = self.checker.clone();
        let whole: Duration = closing - start;
        let before = Duration::minutes(self.dice.between(70, 150));
        let handled = closing - (whole / 4_i32).min(before);
        self.handle(handled);
        let checked = closing - (whole / 6_i32).min(Duration::minutes(self.dice.between(35, 60)));
        self.put(checked, CommandName::Check, &checker).outcome = "pass".to_owned();
        if self.world.categories[self.plan.category].visit {
            let visitor = self.visitor();
            let visited =
                closing - (whole / 12_i32).min(Duration::minutes(self.dice.between(8, 25)));
            self.put(visited, CommandName::Visit, &visitor).outcome = "solved".to_owned();
        }
        let (_, answer, _) = self.told(self.plan.claim);
        let closer = if self.plan.course == Course::Adopted {
            self.lead()
        } else {
            checker
        };
        self.put(closing, CommandName::Close, &closer).answer = answer;
    }
}
