//! What a running clock of a case was reckoned from: which rule gave how much time, since when, and when it stood still. Read
//! off the case and its trail, so that a deadline can be explained without being kept twice. Where a rule was changed
//! meanwhile the reckoning ends elsewhere than the deadline; that is told, never hidden.

use time::{Duration, OffsetDateTime};

use super::{Clock, Explanation, PauseReason};
use crate::calendar::Calendar;
use crate::case::{
    Case, Cause, ClockName, Condition, Deed, Due, Event, Limit, Reckoning, State, StateName, Tier,
};
use crate::settings::CaseSettings;
use crate::whistle::Urgency;

/// Which rule a clock runs by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The setting of this name.
    Setting(&'static str),
    /// The filing condition of the catalogue.
    Condition,
    /// The order brought its own deadline.
    Order,
    /// Somebody chose the date.
    Chosen,
    /// The receipt names it.
    Promised,
    /// The end of the time for the matter itself.
    Handling,
}

impl Rule {
    /// The name in the API: that of the setting, or `condition`, `order`, `chosen`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Setting(name) => name,
            Self::Condition => "condition",
            Self::Order => "order",
            Self::Chosen => "chosen",
            Self::Promised => "promised",
            Self::Handling => "handling",
        }
    }
}

/// What a clock was reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// By which rule.
    pub rule: Rule,
    /// Since when.
    pub from: OffsetDateTime,
    /// The limit with its extensions and pauses; none where the date was given.
    pub clock: Option<Clock>,
    /// Time on top of that, for check and closing.
    pub on_top: Option<Limit>,
}

impl Basis {
    pub(super) fn limited(rule: Rule, from: OffsetDateTime, limit: Limit) -> Self {
        Self {
            rule,
            from,
            clock: Some(Clock::start(from, limit)),
            on_top: None,
        }
    }

    pub(super) const fn given(rule: Rule, from: OffsetDateTime) -> Self {
        Self {
            rule,
            from,
            clock: None,
            on_top: None,
        }
    }

    /// Where the reckoning ends; none where the date was given.
    pub fn due(&self, calendar: &Calendar) -> Option<Due> {
        let due = self.clock.as_ref()?.due(calendar);
        Some(match self.on_top {
            Some(limit) => calendar.due(limit, due.at),
            None => due,
        })
    }

    /// Whether the reckoning ends elsewhere than the deadline that holds; never where the date was given.
    pub fn moved(&self, calendar: &Calendar, holds: OffsetDateTime) -> bool {
        let due = self.due(calendar);
        due.is_some_and(|due| !is_same(due.at, holds))
    }

    /// Whether the reckoning ends later than the deadline that holds.
    fn ends_after(&self, calendar: &Calendar, holds: OffsetDateTime) -> bool {
        let due = self.due(calendar);
        due.is_some_and(|due| due.at > holds && !is_same(due.at, holds))
    }

    /// The way there, step by step.
    pub fn explain<'c>(&self, calendar: &'c Calendar) -> Option<Explanation<'c>> {
        Some(self.clock.as_ref()?.explain(calendar))
    }
}

/// Whether two deadlines are one. States at rest and the journal keep whole milliseconds and deadlines a finer grain, so that
/// the same reckoning may end a hair apart.
pub(super) fn is_same(one: OffsetDateTime, other: OffsetDateTime) -> bool {
    (one - other).abs() < Duration::SECOND
}

/// A case with all that its clocks were set by.
#[derive(Clone, Copy)]
pub struct Story<'a> {
    /// The case.
    pub case: &'a Case,
    /// What the community lays down now.
    pub settings: &'a CaseSettings,
    /// The filing condition it was filed under.
    pub condition: Option<&'a Condition>,
    /// The calendar.
    pub calendar: &'a Calendar,
    /// What happened, in order.
    pub trail: &'a [(OffsetDateTime, &'a Event)],
}

impl Story<'_> {
    /// What a clock was reckoned from; none for one that does not run.
    pub fn basis(&self, name: ClockName) -> Option<Basis> {
        match name {
            ClockName::Answer => self.answer(),
            ClockName::Contact => self.contact(),
            ClockName::Update => self.update(),
            ClockName::ReportIn => self.report_in(),
            ClockName::Tier => self.tier(),
            ClockName::Handle => self.handle(),
            ClockName::Whole => self.whole(),
            ClockName::Visit => self.visit(),
            ClockName::Question => self.question(),
            ClockName::Resume => match self.case.state {
                State::Suspended { since, .. } => Some(Basis::given(Rule::Chosen, since)),
                _ => None,
            },
        }
    }

    /// When the newest event happened that fits.
    fn newest(&self, fits: impl Fn(&Event) -> bool) -> Option<OffsetDateTime> {
        let found = self.trail.iter().rev().find(|(_, event)| fits(event));
        found.map(|(at, _)| *at)
    }

    fn since(&self, fits: impl Fn(&Event) -> bool) -> OffsetDateTime {
        self.newest(fits).unwrap_or(self.case.times.received_at)
    }

    /// The next hand: who decides, looks, dispatches or takes it.
    fn answer(&self) -> Option<Basis> {
        let settings = self.settings;
        let (name, from, limit) = match self.case.state {
            State::Reported { .. } => (
                "case.decide_within",
                self.since(|event| event.to == StateName::Reported && event.from != Some(event.to)),
                settings.decide_within,
            ),
            State::Verifying { .. } => (
                "case.verify_within",
                self.since(|event| matches!(event.deed, Deed::Verifying { .. })),
                settings.verify_within,
            ),
            State::Filed => (
                "case.dispatch_within",
                self.since(|event| event.to == StateName::Filed && event.from != Some(event.to)),
                settings.dispatch_within,
            ),
            State::Dispatched { since, .. } => {
                let (name, limit) = self.taking();
                (name, since, limit)
            }
            _ => return None,
        };
        let basis = Basis::limited(Rule::Setting(name), from, limit);
        Some(if self.ends_with_work(&basis) {
            Basis::given(Rule::Handling, from)
        } else {
            basis
        })
    }

    /// Whether the next hand has no longer than there is for the work, though its own time would be.
    fn ends_with_work(&self, basis: &Basis) -> bool {
        let times = &self.case.times;
        let ends = times.answer_by.zip(times.handle_due);
        let due = basis.due(self.calendar).map(|due| due.at);
        ends.zip(due).is_some_and(|((answer, work), due)| {
            is_same(answer, work) && due > answer && !is_same(due, answer)
        })
    }

    /// How long whoever was given the task last has to take it.
    fn taking(&self) -> (&'static str, Limit) {
        let mut newest = self.trail.iter().rev();
        let given = newest.find_map(|(_, event)| given(event));
        self.taking_after(given.flatten())
    }

    /// The same after the task was given out, or lifted up for a cause.
    pub(super) fn taking_after(&self, cause: Option<Cause>) -> (&'static str, Limit) {
        match cause {
            Some(Cause::Deputy) => ("case.deputy_within", self.settings.deputy_within),
            Some(_) => ("case.lead_within", self.settings.lead_within),
            None => ("case.accept_within", self.settings.accept_within),
        }
    }

    fn contact(&self) -> Option<Basis> {
        let own = self.condition.and_then(|row| row.first_answer);
        let usual = self.settings.first_answer_within;
        let usual = usual.map(|limit| (Rule::Setting("case.first_answer_within"), limit));
        let (rule, limit) = own.map(|limit| (Rule::Condition, limit)).or(usual)?;
        let from = self.case.times.received_at;
        let basis = self.paused(Basis::limited(rule, from, limit));
        let due = basis.due(self.calendar).map(|due| due.at);
        // the receipt promised it for an earlier moment
        let promised = self.case.times.contact_due.zip(due);
        let earlier = promised.is_some_and(|(told, due)| told < due && !is_same(told, due));
        Some(if earlier {
            Basis::given(Rule::Promised, from)
        } else {
            basis
        })
    }

    fn update(&self) -> Option<Basis> {
        let own = self.condition.and_then(|row| row.update_every);
        let usual = self.settings.update_every;
        let usual = usual.map(|limit| (Rule::Setting("case.update_every"), limit));
        let (rule, limit) = own.map(|limit| (Rule::Condition, limit)).or(usual)?;
        let from = self.opened().max(self.case.times.told_at)?;
        let basis = Basis::limited(rule, from, limit);
        let (own, holds) = (self.case.times.update_due, self.case.update_runs_until());
        Some(self.no_longer_than_the_case(basis, own, holds))
    }

    fn report_in(&self) -> Option<Basis> {
        let whistle = self.case.state.whistle()?;
        let hears = whistle.hear_by.filter(|by| whistle.wakes_at() == Some(*by));
        let call = (whistle.urgency, whistle.called_at);
        let due = hears.unwrap_or(whistle.report_by);
        Some(self.called(call, hears.is_some(), due))
    }

    /// How soon a department that was called has to say that it has heard, or to be on the spot, which is due then: never later
    /// than the work was when it was called.
    pub fn called(
        &self,
        (urgency, at): (Urgency, OffsetDateTime),
        hears: bool,
        due: OffsetDateTime,
    ) -> Basis {
        let settings = &self.settings.whistle;
        let (name, limit) = if hears {
            (hear_name(urgency), settings.hear.limit(urgency))
        } else {
            (report_name(urgency), settings.limit(urgency))
        };
        let basis = Basis::limited(Rule::Setting(name), at, limit);
        if basis.ends_after(self.calendar, due) && self.is_end_of_work(due, at) {
            Basis::given(Rule::Handling, at)
        } else {
            basis
        }
    }

    /// Whether the work is due at a moment, or may have been before its deadline moved after another one.
    fn is_end_of_work(&self, due: OffsetDateTime, since: OffsetDateTime) -> bool {
        let times = &self.case.times;
        let mut later = self.trail.iter().filter(|(at, _)| *at > since);
        times.handle_due.is_some_and(|end| is_same(end, due))
            || later.any(|(_, event)| event.due.is_some())
    }

    /// What a clock beside the time for the matter was reckoned from: that time, where its own would end behind it.
    fn no_longer_than_the_case(
        &self,
        basis: Basis,
        own: Option<OffsetDateTime>,
        holds: Option<OffsetDateTime>,
    ) -> Basis {
        if holds.is_some() && holds < own {
            Basis::given(Rule::Handling, basis.from)
        } else {
            self.paused(basis)
        }
    }

    /// The level keeps its clock while the task stays on it: of all moments at which it may have come, the one that fits.
    fn tier(&self) -> Option<Basis> {
        let tier = self.case.tier?;
        let limit = self.settings.tiers.of(tier);
        let moves = self.trail.iter().rev().filter(|(_, event)| {
            matches!(
                event.deed,
                Deed::Dispatched { .. }
                    | Deed::Escalated { .. }
                    | Deed::Raised { .. }
                    | Deed::Lowered { .. }
                    | Deed::HandedOver
            )
        });
        let own = self.case.times.tier_due;
        let basis = |(at, _): &(OffsetDateTime, &Event)| {
            Basis::limited(Rule::Setting(tier_name(tier)), *at, limit)
        };
        let fits = |basis: &Basis| {
            let reckoned = self.paused(basis.clone());
            own.is_some_and(|own| !reckoned.moved(self.calendar, own))
        };
        let found = moves.clone().map(basis).find(fits);
        let basis = found.or_else(|| moves.clone().map(basis).next())?;
        Some(self.no_longer_than_the_case(basis, own, self.case.tier_runs_until()))
    }

    fn handle(&self) -> Option<Basis> {
        let times = &self.case.times;
        let from = self.opened()?;
        if self.case.order_due.is_some() && self.case.order_due == times.handle_due {
            return Some(Basis::given(Rule::Order, from));
        }
        let rule = match self.case.condition {
            Some(_) => Rule::Condition,
            None => Rule::Setting("case.default_limit"),
        };
        let mut basis = Basis::limited(rule, from, self.case.limit?);
        let granted = self.trail.iter().filter(|(at, event)| {
            *at >= from && matches!(event.deed, Deed::ExtensionDecided { granted: true })
        });
        basis.clock = granted.fold(basis.clock, |clock, _| clock.map(Clock::extend));
        Some(self.paused(basis))
    }

    /// The whole case is due when its handling is, or so much later as check and closing have.
    fn whole(&self) -> Option<Basis> {
        let basis = self.handle()?;
        let times = &self.case.times;
        let on_top = self.settings.check_within.filter(|_| basis.clock.is_some());
        let apart = times.due_at != times.handle_due;
        Some(Basis {
            on_top: on_top.filter(|_| apart),
            ..basis
        })
    }

    fn visit(&self) -> Option<Basis> {
        let errand = self.case.errand()?;
        let settings = &self.settings.visit;
        let checked = self.case.times.checked_at;
        Some(match errand.tried_at {
            Some(at) => Basis::limited(
                Rule::Setting("case.visit.again_within"),
                at,
                settings.again_within,
            ),
            None => Basis::limited(
                Rule::Setting("case.visit.within"),
                checked.unwrap_or(self.case.times.received_at),
                settings.limit(self.case.category.as_ref()),
            ),
        })
    }

    fn question(&self) -> Option<Basis> {
        let waiting = self.case.state.waiting()?;
        let ends = waiting.until.zip(self.case.times.handle_due);
        if ends.is_some_and(|(until, handling)| is_same(until, handling)) {
            return Some(Basis::given(Rule::Handling, waiting.since));
        }
        let rule = Rule::Setting("case.ask_within");
        let basis = Basis::limited(rule, waiting.since, self.settings.ask_within);
        Some(self.paused(basis))
    }

    /// When the file was opened in the present round.
    fn opened(&self) -> Option<OffsetDateTime> {
        let again = |event: &Event| {
            matches!(event.deed, Deed::Reopened { .. }) && event.to == StateName::Filed
        };
        let filed = |event: &Event| matches!(event.deed, Deed::Filed { .. });
        let newest = self.newest(|event| again(event) || filed(event));
        newest.or(self.case.times.filed_at)
    }

    /// Stands still wherever the case was suspended since.
    fn paused(&self, basis: Basis) -> Basis {
        let mut stopped = None;
        let mut clock = basis.clock;
        for (at, event) in self.trail.iter().filter(|(at, _)| *at >= basis.from) {
            match event.deed {
                Deed::Suspended { until } => stopped = Some((*at, until)),
                Deed::Resumed => {
                    if let Some((since, until)) = stopped.take() {
                        clock = clock.map(|clock| still(clock, since, until.min(*at)));
                    }
                }
                _ => {}
            }
        }
        Basis { clock, ..basis }
    }
}

/// Whether an event gives the task to somebody; where it lifted it up, for which cause.
pub(super) fn given(event: &Event) -> Option<Option<Cause>> {
    match event.deed {
        Deed::Escalated { cause, .. } => Some(Some(cause)),
        Deed::Dispatched { .. } | Deed::Raised { .. } | Deed::Lowered { .. } => Some(None),
        _ => None,
    }
}

/// A clock that stood still for a while; moments out of order are none.
fn still(clock: Clock, since: OffsetDateTime, till: OffsetDateTime) -> Clock {
    let paused = clock.clone().pause(since, PauseReason::Suspended);
    paused
        .and_then(|paused| paused.resume(till))
        .unwrap_or(clock)
}

const fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Micro => "case.tiers.micro",
        Tier::General => "case.tiers.general",
        Tier::Community => "case.tiers.community",
        Tier::Subdistrict => "case.tiers.subdistrict",
    }
}

const fn hear_name(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Ordinary => "case.whistle.hear.ordinary",
        Urgency::Urgent => "case.whistle.hear.urgent",
        Urgency::Emergency => "case.whistle.hear.emergency",
    }
}

const fn report_name(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Ordinary => "case.whistle.ordinary",
        Urgency::Urgent => "case.whistle.urgent",
        Urgency::Emergency => "case.whistle.emergency",
    }
}
