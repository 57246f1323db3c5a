//! A case as a row of a list, and as a pin on the map: written from the row and the net in memory, nothing asked beside.

use door::moment::Moment;
use serde::Serialize;
use store::case::Listed;
use time::OffsetDateTime;
use utoipa::ToSchema;
use work::map::Pin;
use work::net::CommunityNet;

use crate::shape::{CategoryShape, DepartmentShape, GridShape, PersonShape, PointShape};

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub struct CaseItem<'a> {
    pub number: String,
    /// Counts the changes; what `If-Match` names.
    pub version: i64,
    /// Where it stands.
    pub state: &'a str,
    /// The step of five, while it is open.
    pub step: Option<u8>,
    pub grid: Option<GridShape<'a>>,
    pub category: Option<CategoryShape<'a>>,
    pub location: Option<PointShape>,
    /// On which way it came.
    pub channel: &'a str,
    /// How many told it.
    pub reports: u32,
    /// Who is responsible now.
    pub owner: Option<PersonShape<'a>>,
    /// Who does their work meanwhile, where the one who is responsible for an open case is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_in: Option<PersonShape<'a>>,
    /// Where the task lies, if with a department.
    pub department: Option<DepartmentShape<'a>>,
    pub received_at: Moment,
    /// By when the next hand has to take it: to decide, to look, to dispatch, to accept. Not what the reporter was promised:
    /// that is `answer_by` of the report.
    pub take_by: Option<Moment>,
    /// By when it is due to be closed.
    pub due_at: Option<Moment>,
    /// Whether a deadline touches a year whose calendar is not published yet.
    pub due_provisional: bool,
    pub closed_at: Option<Moment>,
    /// Open and past its deadline, or past the moment by which somebody should have decided what becomes of it; one that is
    /// suspended if it was so before.
    pub overdue: bool,
}

impl<'a> CaseItem<'a> {
    /// Of a row, as it stands at `now`.
    pub fn of(net: &'a CommunityNet, row: &'a Listed, now: OffsetDateTime) -> Self {
        let (case, times) = (&row.case, &row.case.times);
        let open = case.state.kind().is_open();
        Self {
            number: case.number.to_string(),
            version: case.version,
            state: case.state.name(),
            step: case.state.kind().step(),
            grid: GridShape::find(net, case.grid),
            category: CategoryShape::of(net, case),
            location: case.place.map(Into::into),
            channel: case.channel.as_str(),
            reports: case.reports,
            owner: case
                .owner
                .and_then(|owner| PersonShape::find(net, owner, case.grid)),
            stands_in: case
                .owner
                .filter(|_| open)
                .and_then(|owner| net.stand_in(owner, now))
                .and_then(|(deputy, _)| PersonShape::find(net, deputy.id, case.grid)),
            department: row.department.and_then(|id| DepartmentShape::find(net, id)),
            received_at: Moment(times.received_at),
            take_by: times.answer_by.filter(|_| open).map(Moment),
            due_at: times.due_at.map(Moment),
            due_provisional: times.due_provisional,
            closed_at: times.closed_at.map(Moment),
            overdue: case.is_open_and_late(now),
        }
    }
}

/// A case on the map: what a pin and its short note need.
#[derive(Serialize, ToSchema)]
pub struct PinShape<'a> {
    #[schema(value_type = String)]
    number: NumberOf<'a>,
    state: &'a str,
    grid: Option<&'a str>,
    category: Option<CategoryShape<'a>>,
    location: PointShape,
    received_at: Moment,
    due_at: Option<Moment>,
    /// Open and past its deadline, or past the moment by which somebody should have decided what becomes of it; one that is
    /// suspended if it was so before.
    overdue: bool,
}

impl<'a> PinShape<'a> {
    /// Of a pin, as it stands at `now`.
    pub fn of(net: &'a CommunityNet, pin: &'a Pin, now: OffsetDateTime) -> Self {
        Self {
            number: NumberOf(&net.code, pin),
            state: pin.state.as_str(),
            grid: net.grid(pin.grid).map(|grid| grid.code.as_str()),
            category: pin
                .category
                .as_ref()
                .map(|(code, version)| CategoryShape::named(net, code, *version)),
            location: pin.place.into(),
            received_at: Moment(pin.received_at),
            due_at: pin.due_at.map(Moment),
            overdue: pin.is_overdue(now),
        }
    }
}

/// The number of a pin, written without a text of its own.
struct NumberOf<'a>(&'a str, &'a Pin);

impl Serialize for NumberOf<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(code, pin) = self;
        to.collect_str(&rules::ids::written(code, pin.day, pin.n))
    }
}
