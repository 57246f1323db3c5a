//! A mediation as a row. A row that does not read back as a mediation is a contradiction, never a guess.

use rules::ids::{CaseId, CommunityId, GridId, MediationId, MemberId};
use rules::mediation::{Agreement, Instead, Kept, Mediation, State, StateName, Times};
use sea_orm::{QueryResult, Value};
use time::macros::format_description;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::codes::{pack, unpack};
use crate::{Error, ask, instant, micros};

/// Every column that is read back, as a `SELECT` names them.
pub(super) const COLUMNS: &str = "id, number, kind, grid_id, case_id, opener_id, parties, people, opened_at, version, mediator_id, state, \
     agreed_on, written, instead, runs_from, due_at, extensions, overdue_told, ended_at, follow_at, called, finished_at, wakes_at";

/// The columns of a new row and their values.
pub(super) fn values(mediation: &Mediation) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![
        mediation.community.0.into(),
        mediation.id.0.into(),
        pack(&mediation.number).into(),
        mediation.kind.as_str().into(),
        mediation.grid.0.into(),
        mediation.case.map(|id| id.0).into(),
        mediation.opener.0.into(),
        i64::from(mediation.parties).into(),
        i64::from(mediation.people).into(),
        micros(mediation.times.opened_at).into(),
    ];
    values.extend(standing(mediation));
    (format!("community_id, {COLUMNS}"), values)
}

/// The columns that a step changes, as an `UPDATE` names them, and their values.
pub(super) fn changes(mediation: &Mediation) -> (&'static str, Vec<Value>) {
    let names = "version = ?, mediator_id = ?, state = ?, agreed_on = ?, written = ?, instead = ?, runs_from = ?, due_at = ?, \
                 extensions = ?, overdue_told = ?, ended_at = ?, follow_at = ?, called = ?, finished_at = ?, wakes_at = ?";
    (names, standing(mediation).into())
}

/// What changes, in the order of both statements. How it ended is read off `agreed_on`, `written` and `instead`.
fn standing(mediation: &Mediation) -> [Value; 15] {
    let times = &mediation.times;
    let agreement = mediation.state.agreement();
    let agreed_on = agreement.map(|agreement| agreement.on.to_string());
    let written = agreement.map(|agreement| agreement.written);
    let instead = match mediation.state {
        State::NotAgreed { instead }
        | State::Finished {
            kept: Kept::No { instead },
            ..
        } => Some(instead.as_str()),
        _ => None,
    };
    [
        mediation.version.into(),
        mediation.mediator.0.into(),
        mediation.state.name().as_str().into(),
        agreed_on.into(),
        written.into(),
        instead.into(),
        micros(times.runs_from).into(),
        times.due_at.map(micros).into(),
        i64::from(times.extensions).into(),
        times.overdue_told.into(),
        times.ended_at.map(micros).into(),
        times.follow_at.map(micros).into(),
        times.called.into(),
        times.finished_at.map(micros).into(),
        mediation.wakes_at().map(micros).into(),
    ]
}

/// A row as a mediation; `code` is the community's, which begins every number.
pub(super) fn mediation(
    row: &QueryResult,
    community: CommunityId,
    code: &str,
) -> Result<Mediation, Error> {
    let id: Uuid = row.try_get("", "id")?;
    let number: i64 = row.try_get("", "number")?;
    let case: Option<Uuid> = row.try_get("", "case_id")?;
    let count = |name: &str| -> Result<i64, Error> { Ok(row.try_get("", name)?) };
    Ok(Mediation {
        community,
        id: MediationId(id),
        number: unpack(code, number).ok_or_else(|| wrong(id, "number"))?,
        version: row.try_get("", "version")?,
        kind: row.try_get("", "kind")?,
        grid: GridId(row.try_get("", "grid_id")?),
        case: case.map(CaseId),
        opener: MemberId(row.try_get("", "opener_id")?),
        mediator: MemberId(row.try_get("", "mediator_id")?),
        parties: u8::try_from(count("parties")?).map_err(|_| wrong(id, "parties"))?,
        people: u16::try_from(count("people")?).map_err(|_| wrong(id, "people"))?,
        state: state(row)?.ok_or_else(|| wrong(id, "state"))?,
        times: times(row, u16::try_from(count("extensions")?).unwrap_or(u16::MAX))?,
    })
}

fn times(row: &QueryResult, extensions: u16) -> Result<Times, Error> {
    let at = |name: &str| -> Result<Option<OffsetDateTime>, Error> {
        let micros: Option<i64> = row.try_get("", name)?;
        Ok(micros.map(instant))
    };
    Ok(Times {
        opened_at: instant(row.try_get("", "opened_at")?),
        runs_from: instant(row.try_get("", "runs_from")?),
        due_at: at("due_at")?,
        extensions,
        overdue_told: row.try_get("", "overdue_told")?,
        ended_at: at("ended_at")?,
        follow_at: at("follow_at")?,
        called: row.try_get("", "called")?,
        finished_at: at("finished_at")?,
    })
}

/// The state out of its columns; none where they do not fit together.
fn state(row: &QueryResult) -> Result<Option<State>, Error> {
    let name: StateName = ask::typed(row, "mediations", "state")?;
    let (on, written) = (day(row, "agreed_on")?, row.try_get("", "written")?);
    let instead: Option<String> = row.try_get("", "instead")?;
    let instead: Option<Instead> = instead
        .map(|_| ask::typed(row, "mediations", "instead"))
        .transpose()?;
    let state = |written: Option<bool>| {
        Some(match name {
            StateName::Open => State::Open,
            StateName::Drafted => State::Drafted,
            StateName::Withdrawn => State::Withdrawn,
            StateName::Agreed => State::Agreed {
                on: on?,
                written: written?,
            },
            StateName::NotAgreed => State::NotAgreed { instead: instead? },
            StateName::Finished => State::Finished {
                agreement: on
                    .zip(written)
                    .map(|(on, written)| Agreement { on, written }),
                kept: instead.map_or(Kept::Yes, |instead| Kept::No { instead }),
            },
        })
    };
    Ok(state(written))
}

/// A day as it is kept: `2026-11-23`.
pub(super) fn day(row: &QueryResult, column: &str) -> Result<Option<Date>, Error> {
    let text: Option<String> = row.try_get("", column)?;
    let format = format_description!("[year]-[month]-[day]");
    Ok(text.and_then(|text| Date::parse(&text, format).ok()))
}

fn wrong(id: Uuid, column: &str) -> Error {
    Error::Contradiction {
        table: "mediations",
        id: id.to_string(),
        why: format!("{column} does not fit"),
    }
}
