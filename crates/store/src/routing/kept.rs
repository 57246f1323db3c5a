//! Why a task was given to whom, kept with the step that gave it. Ids and roles only.

use rules::access::Role;
use rules::ids::{CaseId, CommunityId, GridId, MemberId, RuleId};
use rules::people::Reason;
use sea_orm::{QueryResult, Value};

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask};

/// Why routing chose whom it chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRouting {
    /// The case.
    pub case: CaseId,
    /// The version of the case after it was dispatched.
    pub version: i64,
    /// The rule that decided, if one did.
    pub rule: Option<RuleId>,
    /// The version of the list of rules.
    pub rules: i64,
    /// Why it was this person.
    pub reason: Reason,
    /// The grid their seat serves.
    pub grid: Option<GridId>,
}

impl Unit {
    /// Keeps why.
    ///
    /// # Errors
    /// `Taken` if it is kept already.
    pub async fn keep_routing(&self, kept: &KeptRouting) -> Result<(), Error> {
        let (name, role, absent) = written(kept.reason);
        let values: [Value; 9] = [
            self.community().0.into(),
            kept.case.0.into(),
            kept.version.into(),
            kept.rule.map(|id| id.0).into(),
            kept.rules.into(),
            name.into(),
            role.map(Role::as_str).into(),
            kept.grid.map(|id| id.0).into(),
            absent.map(|id| id.0).into(),
        ];
        let sql = "INSERT INTO routings (community_id, case_id, version, rule_id, rules, reason, role, grid_id, absent_id) \
                   VALUES (?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// Why the tasks of a case were given to whom, in the order they were given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn routings(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<KeptRouting>, Error> {
        let sql = "SELECT version, rule_id, rules, reason, role, grid_id, absent_id FROM routings \
                   WHERE community_id = ? AND case_id = ? ORDER BY version";
        let rows = ask::rows(self, sql, [community.0.into(), case.0.into()]).await?;
        rows.iter().map(|row| read(row, case)).collect()
    }
}

const fn written(reason: Reason) -> (&'static str, Option<Role>, Option<MemberId>) {
    match reason {
        Reason::Serves(role) => ("serves", Some(role), None),
        Reason::StandsIn { role, absent } => ("stands_in", Some(role), Some(absent)),
        Reason::FastLane => ("fast_lane", None, None),
        Reason::LaneEmpty => ("lane_empty", None, None),
        Reason::DepartmentEmpty => ("department_empty", None, None),
        Reason::LastResort => ("last_resort", None, None),
    }
}

fn read(row: &QueryResult, case: CaseId) -> Result<KeptRouting, Error> {
    let name: String = row.try_get("", "reason")?;
    let role: Option<String> = row.try_get("", "role")?;
    let role = role.and_then(|role| role.parse::<Role>().ok());
    let absent: Option<uuid::Uuid> = row.try_get("", "absent_id")?;
    let reason = match (name.as_str(), role, absent) {
        ("serves", Some(role), _) => Reason::Serves(role),
        ("stands_in", Some(role), Some(absent)) => Reason::StandsIn {
            role,
            absent: MemberId(absent),
        },
        ("fast_lane", ..) => Reason::FastLane,
        ("lane_empty", ..) => Reason::LaneEmpty,
        ("department_empty", ..) => Reason::DepartmentEmpty,
        ("last_resort", ..) => Reason::LastResort,
        _ => {
            return Err(Error::Contradiction {
                table: "routings",
                id: case.to_string(),
                why: format!("reason {name:?}"),
            });
        }
    };
    let id = |column: &str| row.try_get::<Option<uuid::Uuid>>("", column);
    Ok(KeptRouting {
        case,
        version: row.try_get("", "version")?,
        rule: id("rule_id")?.map(RuleId),
        rules: row.try_get("", "rules")?,
        reason,
        grid: id("grid_id")?.map(GridId),
    })
}
