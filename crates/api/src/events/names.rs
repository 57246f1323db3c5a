//! The names by which every other answer knows things, in the place of the journal's ids: numbers of cases, reports and leads,
//! codes of grids, departments and people, moments in RFC 3339. What lies outside the listener's scope has none.

use std::collections::HashMap;

use door::Door;
use door::error::Failure;
use door::moment::Moment;
use rules::access::{Action, Role, may};
use rules::ids::{CaseId, CommunityId, DepartmentId, GridId, MemberId, ReferralId, ReportId};
use rules::journal::Event;
use serde_json::{Value, json};
use store::referral::{Alone, Sight};
use time::OffsetDateTime;
use uuid::Uuid;
use work::net::CommunityNet;

use super::told::Eyes;

/// What a field of an event names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Member,
    Department,
    Grid,
    Number,
    Moment,
}

/// The fields of events that hold ids or moments; what else they hold are words, numbers and keys of rows without a name.
fn field(name: &str) -> Option<Field> {
    Some(match name {
        "owner" | "by" | "visitor" | "leader" | "lead" | "whom" | "first" | "second" | "for"
        | "told" | "called" | "addressee" | "stands_for" | "absent" => Field::Member,
        "department" | "departments" | "team" => Field::Department,
        "grid" => Field::Grid,
        "into" | "other" | "case" | "report" | "referral" => Field::Number,
        "due" | "until" | "answer_by" => Field::Moment,
        _ => return None,
    })
}

/// Numbers of cases, reports and leads that the listener finds, by their ids.
#[derive(Default)]
pub struct Names(HashMap<Uuid, String>);

impl Names {
    /// Of everything that some entries speak of, asked at once.
    ///
    /// # Errors
    /// `Unavailable` if the store fails.
    pub async fn of(
        door: &Door,
        community: CommunityId,
        eyes: &Eyes,
        entries: &[(Option<Uuid>, &Event)],
    ) -> Result<Self, Failure> {
        let mut ids: Vec<Uuid> = entries.iter().flat_map(spoken_of).collect();
        ids.sort_unstable();
        ids.dedup();
        match eyes {
            Eyes::Counts => Ok(Self::default()),
            Eyes::Own(member) => Self::own(door, community, *member, &ids).await,
            Eyes::Scope(scope, role) => {
                let reader = door.house.store.reader();
                let cases: Vec<CaseId> = ids.iter().copied().map(CaseId).collect();
                let cases = reader.cases_listed(scope, community, &cases).await;
                let cases = cases.map_err(work::Error::from)?.into_iter();
                let mut names: HashMap<Uuid, String> = cases
                    .map(|row| (row.case.id.0, row.case.number.to_string()))
                    .collect();
                ids.retain(|id| !names.contains_key(id));
                names.extend(joined(door, community, &ids, &names).await?);
                if may(*role, Action::ReadReferral) {
                    let ids: Vec<ReferralId> = ids.into_iter().map(ReferralId).collect();
                    let alone = match role {
                        Role::Officer => Alone::All,
                        _ => Alone::None,
                    };
                    let sight = Sight {
                        alone,
                        ..Sight::default()
                    };
                    let found = reader.referrals_by_id(scope, &sight, community, &ids).await;
                    let found = found.map_err(work::Error::from)?.into_iter();
                    names.extend(found.map(|kept| {
                        let lead = kept.referral;
                        (lead.id.0, lead.number.to_string())
                    }));
                }
                Ok(Self(names))
            }
        }
    }

    /// What somebody brought in who finds no cases: the number they hold the receipt of.
    async fn own(
        door: &Door,
        community: CommunityId,
        member: MemberId,
        ids: &[Uuid],
    ) -> Result<Self, Failure> {
        let ids: Vec<ReportId> = ids.iter().copied().map(ReportId).collect();
        let reader = door.house.store.reader();
        let told = reader.reports_by_id(community, &ids).await;
        let told = told.map_err(work::Error::from)?.into_iter();
        let own = told.filter(|report| report.entered_by == Some(member));
        let names = own.map(|report| (report.id.0, report.number.to_string()));
        Ok(Self(names.collect()))
    }

    /// The number of something.
    pub fn number(&self, id: Option<Uuid>) -> Option<String> {
        self.0.get(&id?).cloned()
    }

    /// Writes the names into an event.
    pub fn put(&self, net: &CommunityNet, told: &mut Value) {
        if told["addressee"].is_object() {
            // the post is a key of ours; who has it is whom people know
            told["addressee"] = told["addressee"]["member"].take();
        }
        let Some(fields) = told.as_object_mut() else {
            return;
        };
        for (name, value) in fields {
            if let Some(field) = field(name) {
                self.put_in(net, field, value);
            }
        }
    }

    fn put_in(&self, net: &CommunityNet, field: Field, value: &mut Value) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(|one| self.put_in(net, field, one)),
            Value::Number(millis) if field == Field::Moment => {
                *value = json!(millis.as_i64().and_then(moment));
            }
            Value::String(text) => {
                if let Ok(id) = text.parse::<Uuid>() {
                    *value = json!(self.name(net, field, id));
                }
            }
            _ => {}
        }
    }

    fn name(&self, net: &CommunityNet, field: Field, id: Uuid) -> Option<String> {
        match field {
            Field::Member => net.member(MemberId(id))?.code.clone(),
            Field::Department => Some(net.department(DepartmentId(id))?.code.clone()),
            Field::Grid => Some(net.grid(GridId(id))?.code.as_str().to_owned()),
            Field::Number => self.number(Some(id)),
            Field::Moment => None,
        }
    }
}

/// The numbers of tellings that joined one of these cases.
async fn joined(
    door: &Door,
    community: CommunityId,
    ids: &[Uuid],
    cases: &HashMap<Uuid, String>,
) -> Result<Vec<(Uuid, String)>, Failure> {
    let ids: Vec<ReportId> = ids.iter().copied().map(ReportId).collect();
    let told = door.house.store.reader().reports_by_id(community, &ids);
    let told = told.await.map_err(work::Error::from)?.into_iter();
    let within = told.filter(|report| cases.contains_key(&report.case.0));
    Ok(within
        .map(|report| (report.id.0, report.number.to_string()))
        .collect())
}

/// The ids of an entry that may have a number.
fn spoken_of((subject, event): &(Option<Uuid>, &Event)) -> Vec<Uuid> {
    let told = serde_json::to_value(event).unwrap_or_default();
    let fields = told.as_object().into_iter().flatten();
    let numbered = fields.filter(|(name, _)| field(name) == Some(Field::Number));
    let named = numbered.filter_map(|(_, value)| value.as_str()?.parse().ok());
    subject.iter().copied().chain(named).collect()
}

fn moment(millis: i64) -> Option<Moment> {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    at.ok().map(Moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::referral;

    #[test]
    fn a_lead_is_looked_up_by_its_subject_and_what_it_names() {
        let (lead, case) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let event = Event::Referral(referral::Deed::Referred {
            case: CaseId(case),
            team: DepartmentId(Uuid::from_u128(3)),
        });
        assert_eq!(spoken_of(&(Some(lead), &event)), [lead, case]);
    }

    #[test]
    fn milliseconds_are_told_as_a_moment() {
        assert_eq!(
            moment(1_795_602_600_000).map(|at| at.to_string()),
            Some("2026-11-25T18:30:00+08:00".to_owned())
        );
    }
}
