//! What goes on beside the way of a case, as JSON: clocks, whistles department by department, callings together and what was
//! agreed there.

use rules::case::{ClockName, Ruling, Satisfaction};
use serde::Serialize;
use store::coordination::Party;
use time::OffsetDateTime;
use utoipa::ToSchema;
use work::case::CasePage;
use work::net::CommunityNet;

use crate::api::moment::Moment;

/// A running clock.
#[derive(Serialize, ToSchema)]
pub struct ClockShape {
    /// Which: answer, contact, update, report_in, tier, handle, visit, whole, resume.
    name: &'static str,
    due_at: Moment,
}

impl ClockShape {
    /// Of a clock.
    pub fn of((name, at): (ClockName, OffsetDateTime)) -> Self {
        Self {
            name: name.as_str(),
            due_at: Moment(at),
        }
    }
}

/// One department's part in a whistle.
#[derive(Serialize, ToSchema)]
pub struct PartShape<'a> {
    whistle: uuid::Uuid,
    /// The department's code.
    department: Option<&'a str>,
    urgency: &'static str,
    called_at: Moment,
    report_by: Moment,
    acknowledged_at: Option<Moment>,
    reported_in_at: Option<Moment>,
    finished_at: Option<Moment>,
    /// When being late was told to the department's leader.
    climbed_at: Option<Moment>,
    /// How whoever called found the department's response.
    #[schema(value_type = Option<String>)]
    response: Option<Satisfaction>,
    ended_at: Option<Moment>,
}

/// A calling together.
#[derive(Serialize, ToSchema)]
pub struct CoordinationShape<'a> {
    id: uuid::Uuid,
    purpose: &'a str,
    meets_at: Moment,
    place: &'a str,
    parties: Vec<String>,
}

/// Something that was agreed.
#[derive(Serialize, ToSchema)]
pub struct ItemShape<'a> {
    id: uuid::Uuid,
    what: &'a str,
    /// Who does it, by name.
    by: String,
    due_at: Moment,
    /// Whether it was done; `false` if it was dropped; missing while it is open.
    done: Option<bool>,
}

/// How an appeal stands, in a word.
pub const fn ruling(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Waiting => "waiting",
        Ruling::Agreed { .. } => "agreed",
        Ruling::Granted { .. } => "granted",
        Ruling::Refused { .. } => "refused",
    }
}

/// The whistles of a case.
pub fn whistles<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<PartShape<'a>> {
    let shape = |row: &store::whistle::PartRow| PartShape {
        whistle: row.whistle.0,
        department: net.department(row.department).map(|one| one.code.as_str()),
        urgency: row.urgency.as_str(),
        called_at: Moment(row.called_at),
        report_by: Moment(row.report_by),
        acknowledged_at: row.acknowledged_at.map(Moment),
        reported_in_at: row.reported_in_at.map(Moment),
        finished_at: row.finished_at.map(Moment),
        climbed_at: row.climbed_at.map(Moment),
        response: row.response,
        ended_at: row.ended_at.map(Moment),
    };
    page.whistles.iter().map(shape).collect()
}

/// The callings together of a case.
pub fn coordinations<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<CoordinationShape<'a>> {
    let shape = |one: &'a store::coordination::Coordination| CoordinationShape {
        id: one.id.0,
        purpose: &one.purpose,
        meets_at: Moment(one.meets_at),
        place: &one.place,
        parties: one.parties.iter().map(|party| name(net, party)).collect(),
    };
    page.coordinations.iter().map(shape).collect()
}

/// What was agreed for a case.
pub fn items<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<ItemShape<'a>> {
    let shape = |item: &'a store::coordination::Item| ItemShape {
        id: item.id.0,
        what: &item.what,
        by: name(net, &item.by),
        due_at: Moment(item.due_at),
        done: item.settled.map(|settled| settled.done),
    };
    page.items.iter().map(shape).collect()
}

fn name(net: &CommunityNet, party: &Party) -> String {
    match party {
        Party::Member(id) => net.member(*id).map(|one| one.name.clone()),
        Party::Department(id) => net.department(*id).map(|one| one.name.clone()),
        Party::Outside(name) => Some(name.clone()),
    }
    .unwrap_or_default()
}
