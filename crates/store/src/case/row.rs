//! A case as a row: what queries ask for in columns, the rest of the aggregate packed (MessagePack; JSON in rows that were
//! written before). A row that does not read back as a case is a contradiction, never a guess.

use std::sync::LazyLock;

use rules::case::{
    Adoption, Appeal, Case, Channel, Coordination, Counts, Limit, Place, Rating, State, Tier,
    Times, Waiting,
};
use rules::ids::{
    CaseId, CatalogueVersion, CommunityId, ConditionCode, GridId, GridVersion, MemberId, WhistleId,
};
use rules::journal::short::{lengthen, shorten};
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::codes::{pack, unpack};
use crate::conn::Cells;
use crate::{Error, instant, micros};

/// The row of a case.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub community_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: i64,
    pub version: i64,
    pub state: String,
    pub grid_id: Uuid,
    pub category: Option<String>,
    pub owner_id: Option<Uuid>,
    pub department_id: Option<Uuid>,
    pub received_at: i64,
    pub filed_at: Option<i64>,
    pub handled_at: Option<i64>,
    pub due_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub wakes_at: Option<i64>,
    pub heard_at: Option<i64>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub facts: Vec<u8>,
    pub reopened: bool,
    pub queued: bool,
    pub visitor_id: Option<Uuid>,
    pub visit_due_at: Option<i64>,
    pub stirred_at: Option<i64>,
    pub decision_at: Option<i64>,
    pub tier_due_at: Option<i64>,
    pub late_at: Option<i64>,
    pub decide_by_at: Option<i64>,
}

/// A case stands alone: what belongs to it is found by its id.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns as text, in the order of the model.
pub(crate) static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    Column::iter()
        .map(|column| format!("\"cases\".\"{}\"", column.as_str()))
        .collect::<Vec<_>>()
        .join(", ")
});

impl Model {
    /// Reads a row from where its columns begin.
    pub(crate) fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            community_id: cells.next()?,
            id: cells.next()?,
            number: cells.next()?,
            version: cells.next()?,
            state: cells.next()?,
            grid_id: cells.next()?,
            category: cells.next()?,
            owner_id: cells.next()?,
            department_id: cells.next()?,
            received_at: cells.next()?,
            filed_at: cells.next()?,
            handled_at: cells.next()?,
            due_at: cells.next()?,
            closed_at: cells.next()?,
            wakes_at: cells.next()?,
            heard_at: cells.next()?,
            lon: cells.next()?,
            lat: cells.next()?,
            facts: cells.next()?,
            reopened: cells.next()?,
            queued: cells.next()?,
            visitor_id: cells.next()?,
            visit_due_at: cells.next()?,
            stirred_at: cells.next()?,
            decision_at: cells.next()?,
            tier_due_at: cells.next()?,
            late_at: cells.next()?,
            decide_by_at: cells.next()?,
        })
    }
}

/// The part of a case that no query asks for. Names are short because there is one of these per case.
#[derive(Serialize, Deserialize)]
struct Facts {
    #[serde(rename = "st")]
    state: State,
    #[serde(rename = "gv")]
    grid_version: GridVersion,
    #[serde(rename = "ch")]
    channel: Channel,
    #[serde(rename = "r")]
    reports: u32,
    #[serde(rename = "cv", default, skip_serializing_if = "Option::is_none")]
    catalogue_version: Option<CatalogueVersion>,
    #[serde(rename = "co", default, skip_serializing_if = "Option::is_none")]
    condition: Option<ConditionCode>,
    #[serde(rename = "li", default, skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
    #[serde(rename = "od", default, skip_serializing_if = "Option::is_none")]
    order_due: Option<i64>,
    // `se`: as it was called when it named whoever dispatched last
    #[serde(
        rename = "fr",
        alias = "se",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    first_receiver: Option<MemberId>,
    #[serde(rename = "ad", default, skip_serializing_if = "Option::is_none")]
    adoption: Option<Adoption>,
    #[serde(rename = "ti", default, skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    #[serde(rename = "de", default, skip_serializing_if = "is_default")]
    decided: bool,
    #[serde(rename = "lc", default, skip_serializing_if = "Option::is_none")]
    leader_called: Option<MemberId>,
    #[serde(rename = "me", default, skip_serializing_if = "Option::is_none")]
    coordination: Option<Coordination>,
    #[serde(rename = "ap", default, skip_serializing_if = "Option::is_none")]
    appeal: Option<Appeal>,
    #[serde(rename = "n", default, skip_serializing_if = "is_default")]
    counts: Counts,
    #[serde(rename = "ra", default, skip_serializing_if = "Option::is_none")]
    rating: Option<Rating>,
    #[serde(rename = "t", default, skip_serializing_if = "is_default")]
    times: Moments,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The moments without a column; how they are written says `moment`.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Moments {
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    dispatched_at: Option<i64>,
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    accepted_at: Option<i64>,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    checked_at: Option<i64>,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    first_contact_at: Option<i64>,
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    answer_by: Option<i64>,
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    handle_due: Option<i64>,
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    visited_at: Option<i64>,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    rated_at: Option<i64>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    told_at: Option<i64>,
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    contact_due: Option<i64>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    update_due: Option<i64>,
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    tier_due: Option<i64>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    tier_late_since: Option<i64>,
    #[serde(rename = "p", default, skip_serializing_if = "is_default")]
    provisional: bool,
}

/// Writes a case down. `department` is where the task lies, if it lies with one.
pub(crate) fn to_row(case: &Case, department: Option<Uuid>) -> Result<Model, Error> {
    let times = &case.times;
    let fact = |at: Option<OffsetDateTime>| at.map(moment);
    let facts = Facts {
        state: case.state.clone(),
        grid_version: case.grid_version,
        channel: case.channel,
        reports: case.reports,
        catalogue_version: case.catalogue_version,
        condition: case.condition.clone(),
        limit: case.limit,
        order_due: fact(case.order_due),
        first_receiver: case.first_receiver,
        adoption: case.adoption,
        tier: case.tier,
        decided: case.decided,
        leader_called: case.leader_called,
        coordination: case.coordination.clone(),
        appeal: case.appeal,
        counts: case.counts,
        rating: case.rating,
        times: Moments {
            dispatched_at: fact(times.dispatched_at),
            accepted_at: fact(times.accepted_at),
            checked_at: fact(times.checked_at),
            first_contact_at: fact(times.first_contact_at),
            answer_by: fact(times.answer_by),
            visited_at: fact(times.visited_at),
            rated_at: fact(times.rated_at),
            handle_due: fact(times.handle_due),
            told_at: fact(times.told_at),
            contact_due: fact(times.contact_due),
            update_due: fact(times.update_due),
            tier_due: fact(times.tier_due),
            tier_late_since: fact(times.tier_late_since),
            provisional: times.due_provisional,
        },
    };
    let kept = |at: Option<OffsetDateTime>| at.map(micros);
    Ok(Model {
        community_id: case.community.0,
        id: case.id.0,
        number: pack(&case.number),
        version: case.version,
        state: case.state.name().to_owned(),
        grid_id: case.grid.0,
        category: case.category.as_ref().map(|code| code.as_str().to_owned()),
        owner_id: case.owner.map(|id| id.0),
        department_id: department,
        received_at: micros(times.received_at),
        filed_at: kept(times.filed_at),
        handled_at: kept(times.handled_at),
        due_at: kept(times.due_at),
        closed_at: kept(times.closed_at),
        wakes_at: kept(wakes_at(case)),
        heard_at: kept(times.visited_at.max(times.rated_at)),
        lon: case.place.map(|place| place.lon),
        lat: case.place.map(|place| place.lat),
        facts: packed(&facts).map_err(|why| contradiction(case.id.0, why))?,
        reopened: case.counts.reopenings > 0,
        // put there by `Unit::queue_case` alone
        queued: false,
        visitor_id: case.errand().and_then(|errand| errand.asked).map(|id| id.0),
        visit_due_at: kept(times.visit_due),
        stirred_at: kept(case.state.kind().runs().then(|| times.last_step())),
        decision_at: kept(case.decision_asked()),
        tier_due_at: kept(case.tier_runs_until()),
        late_at: kept(case.late_from()),
        decide_by_at: kept(case.decide_by()),
    })
}

/// Since when a decision waits in a row from before that had a column; none where the facts do not read.
pub(super) fn decision_at(facts: &[u8]) -> Option<i64> {
    let facts = unpacked(facts).ok()?;
    rules::case::decision_asked(&facts.state, facts.appeal.as_ref()).map(micros)
}

/// Until when the level has it in a row of running work from before that had a column; none where the facts do not read.
pub(super) fn tier_due_at(facts: &[u8]) -> Option<i64> {
    let facts = unpacked(facts).ok()?;
    let (times, due) = (&facts.times, instant_of(facts.times.tier_due?));
    let began = match &facts.state {
        State::Dispatched { since, .. } => Some(*since),
        _ => times.accepted_at.map(instant_of),
    };
    // a level that got it when that time was over has its own
    let ahead = |end: &OffsetDateTime| began.is_none_or(|began| began < *end);
    let end = times.handle_due.map(instant_of).filter(ahead);
    Some(micros(end.map_or(due, |end| end.min(due))))
}

/// Since when a level has its own time, in a row from before that was kept among the facts: where its column says that it has longer
/// than there is for the work, nobody takes that back, and nobody is told that it is over before it is.
fn tier_late_since(row: &Model, times: &Moments) -> Option<OffsetDateTime> {
    let end = instant_of(times.handle_due?);
    let own = row.tier_due_at.map(instant)?;
    (own > end).then_some(end)
}

/// By when somebody has to decide about it in a row from before that had a column; none where the facts do not read.
pub(super) fn decided_by(facts: &[u8]) -> Option<i64> {
    let by = unpacked(facts).ok()?.times.answer_by?;
    Some(micros(instant_of(by)))
}

/// Since when the clock stands still, in such a row.
pub(super) fn stopped_at(facts: &[u8]) -> Option<i64> {
    unpacked(facts).ok()?.state.stopped_at().map(micros)
}

/// Which whistle is open in a row; nothing where the facts do not read.
pub(super) fn whistle_in(facts: &[u8]) -> Option<Option<WhistleId>> {
    let state = unpacked(facts).ok()?.state;
    Some(state.whistle().map(|whistle| whistle.id))
}

/// Whether a visit is due in this state; in a row from before there were visits the column alone does not tell.
const fn waits_for_visit(state: &State) -> bool {
    matches!(
        state,
        State::Checked {
            visit_needed: true,
            visitor: None,
            ..
        }
    )
}

/// When time itself has something to do: the end of a suspension, a task that nobody took, a whistle nobody followed, a visit
/// that nobody made.
fn wakes_at(case: &Case) -> Option<OffsetDateTime> {
    match &case.state {
        State::Suspended { until, .. } => Some(*until),
        State::Dispatched { .. } => case.times.answer_by,
        State::Checked { .. } => case.times.visit_due,
        state => {
            let whistle = state.whistle().and_then(|whistle| whistle.wakes_at());
            let question = state.waiting().and_then(Waiting::runs_until);
            whistle.into_iter().chain(question).min()
        }
    }
}

/// Reads a case back. `code` is the public code of its community.
pub(crate) fn to_case(row: &Model, code: &str) -> Result<Case, Error> {
    let facts = unpacked(&row.facts).map_err(|why| contradiction(row.id, why))?;
    if facts.state.name() != row.state {
        return Err(contradiction(
            row.id,
            format!("state {} beside facts of {}", row.state, facts.state.name()),
        ));
    }
    let read = |at: Option<i64>| at.map(instant);
    let fact = |at: Option<i64>| at.map(instant_of);
    let visited = waits_for_visit(&facts.state);
    Ok(Case {
        community: CommunityId(row.community_id),
        id: CaseId(row.id),
        number: unpack(code, row.number)
            .ok_or_else(|| contradiction(row.id, format!("number {}", row.number)))?,
        version: row.version,
        grid: GridId(row.grid_id),
        grid_version: facts.grid_version,
        place: row.lon.zip(row.lat).map(|(lon, lat)| Place { lon, lat }),
        channel: facts.channel,
        reports: facts.reports,
        category: row
            .category
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|_| contradiction(row.id, "category".into()))?,
        catalogue_version: facts.catalogue_version,
        condition: facts.condition,
        limit: facts.limit,
        order_due: fact(facts.order_due),
        state: facts.state,
        owner: row.owner_id.map(MemberId),
        first_receiver: facts.first_receiver,
        adoption: facts.adoption,
        tier: facts.tier,
        decided: facts.decided,
        leader_called: facts.leader_called,
        coordination: facts.coordination,
        appeal: facts.appeal,
        counts: facts.counts,
        times: Times {
            received_at: instant(row.received_at),
            filed_at: read(row.filed_at),
            dispatched_at: fact(facts.times.dispatched_at),
            accepted_at: fact(facts.times.accepted_at),
            handled_at: read(row.handled_at),
            checked_at: fact(facts.times.checked_at),
            closed_at: read(row.closed_at),
            first_contact_at: fact(facts.times.first_contact_at),
            visited_at: fact(facts.times.visited_at),
            rated_at: fact(facts.times.rated_at),
            answer_by: fact(facts.times.answer_by),
            visit_due: read(row.visit_due_at).filter(|_| visited),
            handle_due: fact(facts.times.handle_due),
            told_at: fact(facts.times.told_at),
            contact_due: fact(facts.times.contact_due),
            update_due: fact(facts.times.update_due),
            tier_due: fact(facts.times.tier_due),
            tier_late_since: fact(facts.times.tier_late_since)
                .or_else(|| tier_late_since(row, &facts.times)),
            due_at: read(row.due_at),
            due_provisional: facts.times.provisional,
        },
        rating: facts.rating,
    })
}

fn packed(facts: &Facts) -> Result<Vec<u8>, String> {
    let long = rmp_serde::to_vec_named(facts).map_err(|error| error.to_string())?;
    Ok(shorten(&long, |_| None))
}

/// A brace begins the JSON of rows that were not changed since facts are packed.
fn unpacked(facts: &[u8]) -> Result<Facts, String> {
    if facts.first() == Some(&b'{') {
        return serde_json::from_slice(facts).map_err(|error| error.to_string());
    }
    let long = lengthen(facts, |_| None).ok_or("facts hold an unknown word")?;
    rmp_serde::from_slice(&long).map_err(|error| error.to_string())
}

/// A moment among the facts: whole seconds where it has no others (deadlines mostly), else microseconds.
fn moment(at: OffsetDateTime) -> i64 {
    let micros = micros(at);
    if micros % A_SECOND == 0 {
        micros / A_SECOND
    } else {
        micros
    }
}

/// Reads it back. Counted in seconds no moment comes near the year 5138, in microseconds none lies in the first days of 1970.
fn instant_of(n: i64) -> OffsetDateTime {
    if n.abs() < MOST_SECONDS {
        instant(n * A_SECOND)
    } else {
        instant(n)
    }
}

const A_SECOND: i64 = 1_000_000;
const MOST_SECONDS: i64 = 100_000_000_000;

fn contradiction(id: Uuid, why: String) -> Error {
    Error::Contradiction {
        table: "cases",
        id: id.to_string(),
        why,
    }
}
