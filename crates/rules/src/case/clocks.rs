//! The clocks of a case: the next hand's, first answer, update, level, handling, the whole. Each has a deadline of its own;
//! the nearest running one is next. Pausing moves them all; nothing here lets one disappear.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Due, Limit, State, StateName, Waiting};

/// Which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    /// The next hand has to take it.
    Answer,
    /// 首次答复: somebody has to speak with the reporter.
    Contact,
    /// 进展告知: the reporter has to hear how it goes.
    Update,
    /// Those called have to be on the spot 报到.
    ReportIn,
    /// 分级处置: this level has to solve it or lift it up.
    Tier,
    /// 处置: a result is due.
    Handle,
    /// 结案: the whole case is due.
    Whole,
    /// 回访: the reporter has to be visited.
    Visit,
    /// 挂账: it goes on by itself.
    Resume,
    /// 询问: the reporter was asked; after that it goes on without the answer.
    Question,
}

impl ClockName {
    /// The name in texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            ClockName::Answer => "answer",
            ClockName::Contact => "contact",
            ClockName::Update => "update",
            ClockName::ReportIn => "report_in",
            ClockName::Tier => "tier",
            ClockName::Handle => "handle",
            ClockName::Whole => "whole",
            ClockName::Visit => "visit",
            ClockName::Resume => "resume",
            ClockName::Question => "question",
        }
    }
}

impl Case {
    /// The clocks that run now, the nearest first; none once the case is over. While it is suspended only the date on
    /// which it goes on counts: the others stand still.
    pub fn clocks(&self) -> Vec<(ClockName, OffsetDateTime)> {
        let kind = self.state.kind();
        if let State::Suspended { until, .. } = self.state {
            return vec![(ClockName::Resume, until)];
        }
        if !kind.is_open() {
            return Vec::new();
        }
        let times = &self.times;
        let unsolved = times.handled_at.is_none();
        let heard = times.first_contact_at.is_some();
        let mut running: Vec<(ClockName, OffsetDateTime)> = [
            (ClockName::Answer, times.answer_by),
            (ClockName::Contact, times.contact_due.filter(|_| !heard)),
            (ClockName::Update, self.update_runs_until()),
            (
                ClockName::ReportIn,
                self.state.whistle().and_then(|one| one.wakes_at()),
            ),
            (ClockName::Tier, self.tier_runs_until()),
            (ClockName::Handle, times.handle_due.filter(|_| unsolved)),
            (ClockName::Visit, times.visit_due),
            (ClockName::Whole, times.due_at),
            (
                ClockName::Question,
                self.state.waiting().and_then(Waiting::runs_until),
            ),
        ]
        .into_iter()
        .filter_map(|(name, at)| Some((name, at?)))
        .collect();
        // what ends with the time for the matter itself comes behind it
        let beside = |name| matches!(name, ClockName::Update | ClockName::Tier);
        running.sort_by_key(|(name, at)| (*at, beside(*name), *name));
        running
    }

    /// By when the reporter has to hear how it goes: at the end of the whole case, should that come earlier.
    pub fn update_runs_until(&self) -> Option<OffsetDateTime> {
        let times = &self.times;
        let since = times.told_at.max(times.filed_at);
        Some(not_behind(times.due_at, times.update_due?, since))
    }

    /// Until when the level that has it has to solve it or lift it up: until a result is due, should that be earlier. None while
    /// that clock does not run.
    pub fn tier_runs_until(&self) -> Option<OffsetDateTime> {
        let times = &self.times;
        let at_work = matches!(
            self.state.kind(),
            StateName::Dispatched | StateName::Accepted
        );
        let due = times.tier_due.filter(|_| at_work)?;
        Some(not_behind(times.handle_due, due, times.tier_late_since))
    }

    /// What somebody is promised who joins this case now: the first answer, where its reporters still wait for that, else the next
    /// moment by which something has to be done. None where all of that should have been done by now.
    pub fn promised_to_joiner(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let ahead = || self.clocks().into_iter().filter(|(_, at)| *at > now);
        let first_answer = ahead().find(|(name, _)| *name == ClockName::Contact);
        first_answer.or_else(|| ahead().next()).map(|(_, at)| at)
    }

    /// The next moment by which somebody has to do something; `None` once the case is over.
    pub fn next_due(&self) -> Option<OffsetDateTime> {
        self.clocks().first().map(|(_, at)| *at)
    }
}

/// Where a clock ends that must not run on behind the time for the matter. One that began when that was over has its own all the
/// same. Asked for anew each time, so that it moves along with whatever moves that end.
fn not_behind(
    end: Option<OffsetDateTime>,
    due: OffsetDateTime,
    since: Option<OffsetDateTime>,
) -> OffsetDateTime {
    let ahead = end.filter(|end| since.is_none_or(|since| since < *end));
    ahead.map_or(due, |end| end.min(due))
}

/// A deadline of a case, whether its clock still runs or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Of which clock.
    pub name: ClockName,
    /// When it is or was due.
    pub due: OffsetDateTime,
    /// When it was met; none while it is not.
    pub met: Option<OffsetDateTime>,
}

impl Deadline {
    /// Whether it was met late, or has passed without being met.
    pub fn is_late(&self, now: OffsetDateTime) -> bool {
        crate::deadline::is_late(self.met.unwrap_or(now), self.due)
    }
}

impl Case {
    /// The deadlines of the present round: those that stay as facts (first answer, result, the whole), and whatever runs.
    pub fn deadlines(&self) -> Vec<Deadline> {
        let times = &self.times;
        let facts = [
            (
                ClockName::Contact,
                times.contact_due,
                times.first_contact_at,
            ),
            (ClockName::Handle, times.handle_due, times.handled_at),
            (ClockName::Whole, times.due_at, times.closed_at),
        ];
        let kept = |(name, due, met): (ClockName, Option<OffsetDateTime>, _)| {
            let due = due?;
            Some(Deadline { name, due, met })
        };
        let mut all: Vec<Deadline> = facts.into_iter().filter_map(kept).collect();
        for (name, due) in self.clocks() {
            if !all.iter().any(|one| one.name == name) {
                let met = None;
                all.push(Deadline { name, due, met });
            }
        }
        all
    }
}

impl Turn<'_> {
    /// How soon somebody has to speak with the reporter: the condition's own time, else the community's.
    fn first_answer(&self) -> Option<Limit> {
        let own = self.terms.condition.and_then(|row| row.first_answer);
        own.or(self.terms.settings.first_answer_within)
    }

    /// How often the reporter has to hear something.
    fn update_every(&self) -> Option<Limit> {
        let own = self.terms.condition.and_then(|row| row.update_every);
        own.or(self.terms.settings.update_every)
    }

    /// Whether somebody outside told it and waits for an answer.
    fn somebody_waits(&self) -> bool {
        !self.case.channel.is_own_finding()
    }

    /// Starts the clock of the first answer where it was told; the condition it is filed under may bring it forward, and
    /// never puts off what was promised.
    pub fn first_answer_runs(&mut self) {
        if !self.somebody_waits() || self.case.times.first_contact_at.is_some() {
            return;
        }
        let from = self.case.times.received_at;
        let due = self
            .first_answer()
            .map(|limit| self.terms.calendar.due(limit, from));
        let promised = self.case.times.contact_due;
        let due = due.map(|due| due.at).into_iter().chain(promised).min();
        self.case.times.contact_due = due;
    }

    /// Starts the clock of the next update now.
    pub fn update_runs(&mut self) {
        if !self.somebody_waits() {
            return;
        }
        let due = self
            .update_every()
            .map(|limit| self.terms.calendar.due(limit, self.now));
        self.case.times.update_due = due.map(|due| due.at);
    }

    /// Somebody spoke with the reporter: the first time is kept, and the next update is reckoned from here.
    pub fn contact(&mut self) {
        self.case.times.first_contact_at.get_or_insert(self.now);
        self.told();
    }

    /// The reporter reads how it stands, which is no answer yet: the next update is reckoned from here.
    pub fn told(&mut self) {
        self.case.times.told_at = Some(self.now);
        if self.case.times.update_due.is_some() {
            self.update_runs();
        }
    }

    /// The level has its own time from the moment the task comes to it.
    pub fn comes_to_level_of(&mut self, post: crate::ids::PostId) {
        let tier = self.terms.ladder.tier(post);
        if self.case.tier == Some(tier) && self.case.times.tier_due.is_some() {
            return;
        }
        let limit = self.terms.settings.tiers.of(tier);
        self.case.tier = Some(tier);
        self.case.times.tier_due = Some(self.terms.calendar.due(limit, self.now).at);
        let over = self.case.times.handle_due.filter(|end| *end <= self.now);
        self.case.times.tier_late_since = over.map(|_| self.now);
    }

    /// Moves the clocks beside the deadline by as long as they stood still.
    pub fn clocks_stood_still(&mut self, since: OffsetDateTime, till: OffsetDateTime) {
        let tier = self
            .case
            .tier
            .map(|tier| self.terms.settings.tiers.of(tier));
        let (first, update) = (self.first_answer(), self.update_every());
        let calendar = self.terms.calendar;
        let moved = |at: Option<OffsetDateTime>, limit: Option<Limit>| match (at, limit) {
            (Some(at), Some(limit)) => {
                let due = Due {
                    at,
                    provisional: false,
                };
                Some(calendar.shift(due, limit, since, till).at)
            }
            (at, _) => at,
        };
        let times = &mut self.case.times;
        if times.first_contact_at.is_none() {
            times.contact_due = moved(times.contact_due, first);
        }
        times.update_due = moved(times.update_due, update);
        times.tier_due = moved(times.tier_due, tier);
    }
}
