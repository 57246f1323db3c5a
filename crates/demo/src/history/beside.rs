//! What goes on beside a case's way: the grid whistles, the parties are called together, a leader adopts the case, being late is
//! appealed against. All of it lies between taking and handling, or after the end, so that no deadline moves.

use super::moment::{daytime, local};
use super::opening::Script;
use super::plan::Course;
use super::words;
use crate::people::UNITS;
use rules::case::CommandName;
use time::{Duration, OffsetDateTime};

impl Script<'_> {
    /// The lead of the general grid.
    pub(super) fn lead(&self) -> String {
        format!(
            "lead-{:02}",
            self.world.places.areas[self.plan.area].general
        )
    }

    /// What happens while the work goes on.
    pub(super) fn beside(&mut self, start: OffsetDateTime, whole: Duration) {
        match self.plan.course {
            Course::Whistled { late } => self.whistle(start + whole / 10_i32, late),
            Course::Together => self.together(start, whole),
            Course::Adopted => {
                let lead = self.lead();
                self.put(start + whole / 10_i32, CommandName::Adopt, &lead);
            }
            _ => {}
        }
    }

    /// An urgent whistle, for which there are two hours.
    fn whistle(&mut self, at: OffsetDateTime, late: bool) {
        let unit = self.dice.pick(&UNITS[..7]);
        let (caller, minutes) = (self.handler.clone(), Duration::minutes);
        let row = self.put(at, CommandName::Whistle, &caller);
        (row.urgency, row.departments) = ("urgent".to_owned(), unit.name.to_owned());
        row.text = words::WHISTLE.to_owned();
        let heard = at + minutes(self.dice.between(5, 40));
        self.put(heard, CommandName::Acknowledge, unit.account);
        let there = if late {
            self.put(at + minutes(121), CommandName::Climb, "clock");
            at + minutes(self.dice.between(180, 320))
        } else {
            at + minutes(self.dice.between(45, 110))
        };
        self.put(there, CommandName::ReportIn, unit.account);
        let done = there + minutes(self.dice.between(40, 150));
        self.put(done, CommandName::Finish, unit.account).text = words::FINISH.to_owned();
        let response = match (late, self.dice.chance(75)) {
            (true, _) => "dissatisfied",
            (false, true) => "satisfied",
            (false, false) => "fairly",
        };
        let row = self.put(done + minutes(30), CommandName::RateResponse, &caller);
        (row.departments, row.response) = (unit.name.to_owned(), response.to_owned());
        if late {
            row.text = words::LATE.to_owned();
        }
    }

    fn together(&mut self, start: OffsetDateTime, whole: Duration) {
        let (lead, steward) = (self.lead(), self.steward());
        let at = |share: i32| start + whole * share / 20_i32;
        let row = self.put(at(2), CommandName::Coordinate, &lead);
        row.parties = format!("department-property;{steward}");
        row.outside = words::OUTSIDE.to_owned();
        row.place = "社区议事室".to_owned();
        row.text = words::TOGETHER.to_owned();
        row.until = local(at(4));
        let row = self.put(at(5), CommandName::Agree, &lead);
        (row.to, row.until) = (steward, local(at(9)));
        row.text = words::AGREED[0].to_owned();
        let row = self.put(at(5), CommandName::Agree, &lead);
        (row.outside, row.until) = (words::OUTSIDE.to_owned(), local(at(12)));
        row.text = words::AGREED[1].to_owned();
        for share in [8, 11] {
            self.put(at(share), CommandName::Settle, &lead).outcome = "done".to_owned();
        }
    }

    /// The handler appeals, and two people who have nothing to do with it decide.
    pub(super) fn appeal(&mut self, granted: bool) {
        let handler = self.handler.clone();
        let mut at = self.plan.closing;
        let mut next = |dice: &mut crate::dice::Dice| {
            at = daytime(at + Duration::hours(dice.between(3, 30)), dice);
            at
        };
        let (asked, first, second) = (
            next(&mut self.dice),
            next(&mut self.dice),
            next(&mut self.dice),
        );
        let reason = self.dice.pick(&words::APPEAL);
        self.put(asked, CommandName::Appeal, &handler).text = reason.to_owned();
        let outcome = if granted { "grant" } else { "refuse" };
        self.put(first, CommandName::Review, "desk").outcome = outcome.to_owned();
        if granted {
            let row = self.put(second, CommandName::Review, "community-lead");
            row.outcome = outcome.to_owned();
        }
    }
}
