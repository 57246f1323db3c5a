//! A referral as a row. A row that does not read back as a referral is a contradiction, never a guess.

use rules::ids::{CaseId, CommunityId, DepartmentId, GridId, MemberId, ReferralId};
use rules::referral::{Officers, Referral, State, StateName, Times};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Kept, Lead};
use crate::codes::{pack, unpack};
use crate::{Error, ask, instant, micros};

/// Every column, as a `SELECT` names them.
pub(super) const COLUMNS: &str = "id, number, version, case_id, grid_id, team_id, referrer_id, state, first_id, second_id, course, \
     result, reason, place, finding, item, referred_at, taken_at, started_at, ended_at, due_at, due_provisional, wakes_at";

/// The columns of a new row and their values.
pub(super) fn values(kept: &Kept) -> (String, Vec<Value>) {
    let (referral, lead) = (&kept.referral, &kept.lead);
    let mut values: Vec<Value> = vec![
        referral.community.0.into(),
        referral.id.0.into(),
        pack(&referral.number).into(),
        referral.version.into(),
        referral.case.0.into(),
        referral.grid.0.into(),
        referral.team.0.into(),
        referral.referrer.0.into(),
    ];
    values.extend(standing(referral));
    values.extend([
        Value::from(lead.place.as_str()),
        lead.finding.as_str().into(),
        lead.item.as_str().into(),
        micros(referral.times.referred_at).into(),
    ]);
    values.extend(times(&referral.times));
    (format!("community_id, {COLUMNS}"), values)
}

/// The columns that a step changes, as an `UPDATE` names them, and their values.
pub(super) fn changes(referral: &Referral) -> (&'static str, Vec<Value>) {
    let mut values = vec![Value::from(referral.version)];
    values.extend(standing(referral));
    values.extend(times(&referral.times));
    let names = "version = ?, state = ?, first_id = ?, second_id = ?, course = ?, result = ?, reason = ?, taken_at = ?, \
                 started_at = ?, ended_at = ?, due_at = ?, due_provisional = ?, wakes_at = ?";
    (names, values)
}

fn standing(referral: &Referral) -> [Value; 6] {
    let state = &referral.state;
    let (result, reason) = match state {
        State::Ended { result, .. } => (Some(result.as_str()), None),
        State::Refused { reason } => (None, Some(reason.as_str())),
        _ => (None, None),
    };
    [
        state.name().as_str().into(),
        state.officers().map(|two| two.first().0).into(),
        state.officers().map(|two| two.second().0).into(),
        state.procedure().map(|course| course.as_str()).into(),
        result.into(),
        reason.into(),
    ]
}

fn times(times: &Times) -> [Value; 6] {
    [
        times.taken_at.map(micros).into(),
        times.started_at.map(micros).into(),
        times.ended_at.map(micros).into(),
        times.due_at.map(micros).into(),
        times.due_provisional.into(),
        times.wakes_at.map(micros).into(),
    ]
}

/// A row as a referral; `code` is the community's, which begins every number.
pub(super) fn kept(row: &QueryResult, community: CommunityId, code: &str) -> Result<Kept, Error> {
    let id: Uuid = row.try_get("", "id")?;
    let state = state(row)?.ok_or_else(|| wrong(id, "state"))?;
    let number: i64 = row.try_get("", "number")?;
    Ok(Kept {
        referral: Referral {
            community,
            id: ReferralId(id),
            number: unpack(code, number).ok_or_else(|| wrong(id, "number"))?,
            version: row.try_get("", "version")?,
            case: CaseId(row.try_get("", "case_id")?),
            grid: GridId(row.try_get("", "grid_id")?),
            team: DepartmentId(row.try_get("", "team_id")?),
            referrer: MemberId(row.try_get("", "referrer_id")?),
            state,
            times: times_of(row)?,
        },
        lead: Lead {
            place: row.try_get("", "place")?,
            finding: row.try_get("", "finding")?,
            item: row.try_get("", "item")?,
        },
    })
}

fn times_of(row: &QueryResult) -> Result<Times, Error> {
    let at = |name: &str| -> Result<Option<OffsetDateTime>, Error> {
        let micros: Option<i64> = row.try_get("", name)?;
        Ok(micros.map(instant))
    };
    Ok(Times {
        referred_at: instant(row.try_get("", "referred_at")?),
        taken_at: at("taken_at")?,
        started_at: at("started_at")?,
        ended_at: at("ended_at")?,
        due_at: at("due_at")?,
        due_provisional: row.try_get("", "due_provisional")?,
        wakes_at: at("wakes_at")?,
    })
}

/// The state out of its columns; none where they do not fit together.
fn state(row: &QueryResult) -> Result<Option<State>, Error> {
    let name: StateName = ask::typed(row, "referrals", "state")?;
    let member = |name: &str| -> Result<Option<MemberId>, Error> {
        let id: Option<Uuid> = row.try_get("", name)?;
        Ok(id.map(MemberId))
    };
    let officers = member("first_id")?
        .zip(member("second_id")?)
        .and_then(|(first, second)| Officers::new(first, second));
    let (course, result, reason) = (
        word(row, "course")?,
        word(row, "result")?,
        word(row, "reason")?,
    );
    let state = || {
        Some(match name {
            StateName::Referred => State::Referred,
            StateName::Withdrawn => State::Withdrawn,
            StateName::Taken => State::Taken(officers?),
            StateName::Started => State::Started {
                officers: officers?,
                procedure: course?,
            },
            StateName::Ended => State::Ended {
                officers: officers?,
                procedure: course,
                result: result?,
            },
            StateName::Refused => State::Refused { reason: reason? },
        })
    };
    Ok(state())
}

fn word<T: std::str::FromStr>(row: &QueryResult, column: &str) -> Result<Option<T>, Error> {
    let text: Option<String> = row.try_get("", column)?;
    text.map(|_| ask::typed(row, "referrals", column))
        .transpose()
}

fn wrong(id: Uuid, column: &str) -> Error {
    Error::Contradiction {
        table: "referrals",
        id: id.to_string(),
        why: format!("{column} does not fit"),
    }
}
