//! A case goes one way: reported → filed → dispatched → accepted → handled → checked → closed, with the
//! turns of domain.md §2.4. [`transition`] is its only writer, in the server as in imports and tests.
//! Nothing here reads rows, knows names or asks what time it is.

mod appeal;
mod asked;
mod checking;
mod clocks;
mod command;
mod concerned;
mod coordinating;
mod dispatching;
mod event;
mod filing;
mod gate;
mod handling;
mod intake;
mod leader;
mod limit;
pub(crate) mod millis;
mod ownership;
mod recompute;
mod referral;
mod refusal;
mod reporter;
mod state;
mod terms;
mod tier;
mod transition;
mod turn;
mod visit;
mod whistling;
mod withhold;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use appeal::{Appeal, Ruling};
pub use asked::{Fell, decision_asked, decisions};
pub use clocks::{ClockName, Deadline};
pub use command::{
    Command, CommandName, Extend, Rating, Satisfaction, Target, UnknownCommand, Verdict, Words,
};
pub use concerned::leads_rate;
pub use coordinating::{Coordination, may_settle};
pub use event::{Cause, Deed, Event, Former, Nothing};
pub use gate::{
    changes_category, commands, commands_at, commands_left, goes_up, in_order, is_open_file,
    lacks_category,
};
pub use intake::{Telling, attach, detach, join, receive, receive_late, receive_order};
pub use leader::judged;
pub use limit::{Due, Limit, Reckoning, Unit};
pub use ownership::Adoption;
pub use recompute::{Moved, recompute};
pub use referral::{refer, referral_answered};
pub use refusal::Refusal;
pub use reporter::{changes_reporters_step, part};
pub use state::{
    Addressee, Claim, Found, Outcome, RedirectReason, State, StateName, UnknownState, Waiting,
    WontFixReason, Work,
};
pub use terms::{Condition, Terms};
pub use tier::{Flat, Ladder, Tier, TierLimits};
pub use transition::transition;
pub use visit::{Errand, Heard, Method, Visit, VisitOf, VisitSettings, took_part};
pub use withhold::{give_back, let_first_go, let_go, may_be_withheld, restore, withhold};

use crate::access::{Action, Role, may};
use crate::ids::{
    CaseId, CatalogueVersion, CategoryCode, CommunityId, ConditionCode, GridId, GridVersion,
    MemberId, Number,
};

/// A case with everything its life cycle and the figures need. Words, contacts and photos are kept
/// elsewhere under its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The tenant.
    pub community: CommunityId,
    /// The key within the tenant.
    pub id: CaseId,
    /// The public number, that of its first report.
    pub number: Number,
    /// How many events it has; what `If-Match` compares.
    pub version: i64,
    /// The grid it lies in, for ever.
    pub grid: GridId,
    /// The validity of the grid it was told under.
    pub grid_version: GridVersion,
    /// Where exactly, when known.
    pub place: Option<Place>,
    /// On which way it came.
    pub channel: Channel,
    /// How many tellings it has: its own, "me too", and merged ones.
    pub reports: u32,
    /// The category; before filing, what the reporter or the desk supposes.
    pub category: Option<CategoryCode>,
    /// The catalogue the category is from.
    pub catalogue_version: Option<CatalogueVersion>,
    /// The filing condition.
    pub condition: Option<ConditionCode>,
    /// The time limit it was filed with; `None` before filing.
    pub limit: Option<Limit>,
    /// The deadline that an order 工单 from outside brought with it: it wins over the limit of the first filing.
    pub order_due: Option<OffsetDateTime>,
    /// Where it stands.
    pub state: State,
    /// 责任人: the one person responsible now. `None` only for a report that found nobody on duty.
    pub owner: Option<MemberId>,
    /// 首接负责: who first took it in and opened the file, for ever; responsible again when it comes back.
    pub first_receiver: Option<MemberId>,
    /// 包案: the leader who answers for its end. The owner still does the work and is the one responsible person.
    pub adoption: Option<Adoption>,
    /// The level the task lies with, or was solved at; `None` before it was dispatched.
    pub tier: Option<Tier>,
    /// Whether a leader has decided who does it in this round: then it goes from hand to hand no more.
    pub decided: bool,
    /// The leader who was called because so many rounds did not solve it: only a leader decides who does it next.
    pub leader_called: Option<MemberId>,
    /// The latest coordination of its parties, with what is still open of all that was agreed.
    pub coordination: Option<Coordination>,
    /// The appeal against being overdue; one at most.
    pub appeal: Option<Appeal>,
    /// How often what happened.
    pub counts: Counts,
    /// When what happened, and is due.
    pub times: Times,
    /// What the reporter thinks of the end.
    pub rating: Option<Rating>,
}

impl Case {
    /// The work of the present round, once it is reported.
    pub const fn work(&self) -> Option<&Work> {
        match &self.state {
            State::Handled(work) | State::Checked { work, .. } | State::Closed { work, .. } => {
                Some(work)
            }
            _ => None,
        }
    }

    /// Who handled it in the present round.
    pub const fn handler(&self) -> Option<MemberId> {
        match self.work() {
            Some(work) => Some(work.handler),
            None => None,
        }
    }

    /// Who checked it in the present round.
    pub const fn checker(&self) -> Option<MemberId> {
        match &self.state {
            State::Checked { checker, .. } => Some(*checker),
            State::Closed { checker, .. } => *checker,
            _ => None,
        }
    }

    /// Who made the return visit in the present round.
    pub const fn visitor(&self) -> Option<MemberId> {
        match &self.state {
            State::Checked { visitor, .. } | State::Closed { visitor, .. } => *visitor,
            _ => None,
        }
    }

    /// How it ended, once closed.
    pub const fn outcome(&self) -> Option<Outcome> {
        match &self.state {
            State::Closed { outcome, .. } => Some(*outcome),
            _ => None,
        }
    }

    /// To whom it comes back when it is returned or reopened: the leader who answers for it, else its first receiver.
    pub const fn comes_back_to(&self) -> Option<MemberId> {
        match (&self.adoption, self.first_receiver) {
            (Some(adoption), _) => Some(adoption.by),
            (None, first) => first,
        }
    }
}

/// A point in WGS-84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// How often what happened to a case; kept over reopening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each counts the deed of its name")]
pub struct Counts {
    pub returns: u16,
    /// Returns and hand-overs together; at the community's maximum the next one goes one level up.
    pub transfers: u16,
    pub reworks: u16,
    pub extensions: u16,
    pub suspensions: u16,
    pub escalations: u16,
    pub reopenings: u16,
    #[serde(default, skip_serializing_if = "is_none")]
    pub raises: u16,
    #[serde(default, skip_serializing_if = "is_none")]
    pub lowerings: u16,
    /// Return visits that heard "not solved" and sent the work back.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unsolved_visits: u16,
}

/// Most cases have none of the rarer deeds, and there is one of these per case.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(n: &u16) -> bool {
    *n == 0
}

/// When what happened to a case, and by when it is due. Moments of the present round; `received_at`,
/// `filed_at`, `first_contact_at` and `contact_due` are those of the first and stay over reopening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the moment of the deed of its name")]
pub struct Times {
    pub received_at: OffsetDateTime,
    pub filed_at: Option<OffsetDateTime>,
    pub dispatched_at: Option<OffsetDateTime>,
    pub accepted_at: Option<OffsetDateTime>,
    pub handled_at: Option<OffsetDateTime>,
    pub checked_at: Option<OffsetDateTime>,
    pub closed_at: Option<OffsetDateTime>,
    /// When somebody first spoke with the reporter: a question, an answer, a visit, a direction elsewhere.
    pub first_contact_at: Option<OffsetDateTime>,
    /// When the reporter was last asked in person.
    pub visited_at: Option<OffsetDateTime>,
    /// When the reporter rated the end.
    pub rated_at: Option<OffsetDateTime>,
    /// When the reporter was last told something or asked.
    pub told_at: Option<OffsetDateTime>,
    /// By when somebody has to have spoken with the reporter 首次答复; stays as a fact once that was done.
    pub contact_due: Option<OffsetDateTime>,
    /// By when the reporter has to hear how it goes 进展告知.
    pub update_due: Option<OffsetDateTime>,
    /// By when the level it lies with has to have solved it, or lifted it up 分级处置.
    pub tier_due: Option<OffsetDateTime>,
    /// Since when that level has it, where the time for the work was over by then: only then it has its own time all the same.
    pub tier_late_since: Option<OffsetDateTime>,
    /// By when the next hand has to take it: to decide, to look, to dispatch, to accept.
    pub answer_by: Option<OffsetDateTime>,
    /// By when the reporter has to be visited 回访, while a visit is due.
    pub visit_due: Option<OffsetDateTime>,
    /// By when a result is due.
    pub handle_due: Option<OffsetDateTime>,
    /// By when the case is due to be closed.
    pub due_at: Option<OffsetDateTime>,
    /// Whether a deadline touches a year whose calendar is not published yet.
    pub due_provisional: bool,
}

impl Times {
    /// The last step that has a moment of its own.
    pub fn last_step(&self) -> OffsetDateTime {
        let later = [
            self.filed_at,
            self.dispatched_at,
            self.accepted_at,
            self.handled_at,
            self.checked_at,
        ];
        let later = later.into_iter().flatten().max();
        later.map_or(self.received_at, |at| at.max(self.received_at))
    }

    /// Those of a case told now.
    pub(crate) const fn received(now: OffsetDateTime) -> Self {
        Self {
            received_at: now,
            filed_at: None,
            dispatched_at: None,
            accepted_at: None,
            handled_at: None,
            checked_at: None,
            closed_at: None,
            first_contact_at: None,
            visited_at: None,
            rated_at: None,
            told_at: None,
            contact_due: None,
            update_due: None,
            tier_due: None,
            tier_late_since: None,
            answer_by: None,
            visit_due: None,
            handle_due: None,
            due_at: None,
            due_provisional: false,
        }
    }

    /// Forgets the moments of a round that did not hold; the first ones stay.
    pub(crate) const fn next_round(&mut self) {
        let first = *self;
        *self = Self::received(first.received_at);
        self.filed_at = first.filed_at;
        self.first_contact_at = first.first_contact_at;
        self.contact_due = first.contact_due;
        self.told_at = first.told_at;
    }
}

/// On which way a case came (domain.md §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 居民上报: the resident's own page.
    Resident,
    /// 来电: somebody told the desk by telephone.
    Phone,
    /// 窗口: somebody came to the desk.
    Desk,
    /// 网格员上报: a steward's or worker's own finding.
    Grid,
    /// 巡查: found on patrol.
    Patrol,
    /// 12345转办.
    Hotline,
    /// 部门转办.
    Department,
    /// 领导批示.
    Superior,
    /// A partner system or sensor.
    System,
    /// 入户走访: told at home to somebody who came by.
    HomeVisit,
}

impl Channel {
    /// Every channel. Sheets of figures keep the place of a channel in here: a new one goes to the end.
    pub const ALL: [Channel; 10] = [
        Channel::Resident,
        Channel::Phone,
        Channel::Desk,
        Channel::Grid,
        Channel::Patrol,
        Channel::Hotline,
        Channel::Department,
        Channel::Superior,
        Channel::System,
        Channel::HomeVisit,
    ];

    /// Whether orders 工单 come on it, which may bring their own deadline.
    pub const fn brings_orders(self) -> bool {
        matches!(self, Self::Hotline | Self::Department | Self::Superior)
    }

    /// The name in tables, files and URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Channel::Resident => "resident",
            Channel::Phone => "phone",
            Channel::Desk => "desk",
            Channel::Grid => "grid",
            Channel::Patrol => "patrol",
            Channel::Hotline => "hotline",
            Channel::Department => "department",
            Channel::Superior => "superior",
            Channel::System => "system",
            Channel::HomeVisit => "home_visit",
        }
    }

    /// Whether somebody of a role who tells a problem for somebody can truthfully say that it came on this way: told to them by
    /// telephone, at the desk or at home, or found by themselves where they look after a grid. Every other way has a door of its
    /// own that knows it: the resident's page, orders, events at places.
    pub fn is_said_by(self, role: Role) -> bool {
        match self {
            Channel::Phone | Channel::Desk | Channel::HomeVisit => may(role, Action::ReportFor),
            Channel::Grid => may(role, Action::Fix),
            Channel::Resident
            | Channel::Patrol
            | Channel::Hotline
            | Channel::Department
            | Channel::Superior
            | Channel::System => false,
        }
    }

    /// Whether the net found it by itself 主动发现, rather than being told by somebody outside.
    pub const fn is_own_finding(self) -> bool {
        matches!(self, Channel::Grid | Channel::Patrol | Channel::System)
    }
}

/// A decided command: the case as it is now and what goes into the journal, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The case after it.
    pub case: Case,
    /// What happened; never empty. `case.version` counts them.
    pub events: Vec<Event>,
}
