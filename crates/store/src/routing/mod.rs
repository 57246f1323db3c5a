//! Routing rules as kept: every row of a rule holds from one version of the list to another, so that a decision can always
//! be shown with the rule that made it, in its words of then.

mod kept;

use rules::ids::{CommunityId, RuleId};
use rules::routing::{Rule, RuleSet};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;

pub use kept::KeptRouting;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

const NOW: &str = "SELECT id, place, name, clauses, target, state FROM routing_rules \
                   WHERE community_id = ? AND until IS NULL ORDER BY place";

impl Unit {
    /// The rules as they are now, to be changed in this unit.
    ///
    /// # Errors
    /// What the database says.
    pub async fn routing(&self) -> Result<RuleSet, Error> {
        set(self, self.community()).await
    }

    /// Keeps the next version of the list: rows that are no more end, rows that are new begin.
    ///
    /// # Errors
    /// `Stale` if somebody else made that version first.
    pub async fn save_routing(
        &self,
        before: &RuleSet,
        after: &RuleSet,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 3] = [
            self.community().0.into(),
            after.version.into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO routing_sets (community_id, version, at) VALUES (?,?,?)";
        match self.run(sql, values).await {
            Err(Error::Taken(_)) => return Err(Error::Stale { is: after.version }),
            other => other?,
        };
        for rule in &before.rules {
            if after.rule(rule.id) != Some(rule) {
                self.end_rule(rule.id, after.version).await?;
            }
        }
        for rule in &after.rules {
            if before.rule(rule.id) != Some(rule) {
                self.begin_rule(rule, after.version).await?;
            }
        }
        Ok(())
    }

    async fn end_rule(&self, id: RuleId, until: i64) -> Result<(), Error> {
        let values: [Value; 3] = [until.into(), self.community().0.into(), id.0.into()];
        let sql = "UPDATE routing_rules SET until = ? WHERE community_id = ? AND id = ? AND until IS NULL";
        self.run(sql, values).await?;
        Ok(())
    }

    async fn begin_rule(&self, rule: &Rule, since: i64) -> Result<(), Error> {
        let values: [Value; 8] = [
            self.community().0.into(),
            rule.id.0.into(),
            since.into(),
            rule.place.into(),
            rule.name.as_str().into(),
            json(rule, &rule.when)?.into(),
            json(rule, &rule.to)?.into(),
            rule.state.as_str().into(),
        ];
        let sql = "INSERT INTO routing_rules (community_id, id, since, place, name, clauses, target, state) \
                   VALUES (?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// The rules as they are now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn routing(&self, community: CommunityId) -> Result<RuleSet, Error> {
        set(self, community).await
    }

    /// A rule as it was in a version of the list; `None` if it was not in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn routing_rule(
        &self,
        community: CommunityId,
        id: RuleId,
        version: i64,
    ) -> Result<Option<Rule>, Error> {
        let sql = "SELECT id, place, name, clauses, target, state FROM routing_rules \
                   WHERE community_id = ? AND id = ? AND since <= ? ORDER BY since DESC LIMIT 1";
        let values: [Value; 3] = [community.0.into(), id.0.into(), version.into()];
        let row = ask::row(self, sql, values).await?;
        row.as_ref().map(rule).transpose()
    }
}

async fn set(on: &impl ConnectionTrait, community: CommunityId) -> Result<RuleSet, Error> {
    let sql =
        "SELECT version FROM routing_sets WHERE community_id = ? ORDER BY version DESC LIMIT 1";
    let newest = ask::row(on, sql, [community.0.into()]).await?;
    let version = newest.map(|row| row.try_get("", "version")).transpose()?;
    let rows = ask::rows(on, NOW, [community.0.into()]).await?;
    Ok(RuleSet {
        version: version.unwrap_or(0),
        rules: rows.iter().map(rule).collect::<Result<_, _>>()?,
    })
}

fn rule(row: &QueryResult) -> Result<Rule, Error> {
    let id: uuid::Uuid = row.try_get("", "id")?;
    let (clauses, target): (String, String) =
        (row.try_get("", "clauses")?, row.try_get("", "target")?);
    let wrong = |error: serde_json::Error| contradiction(id, error.to_string());
    Ok(Rule {
        id: RuleId(id),
        place: row.try_get("", "place")?,
        name: row.try_get("", "name")?,
        when: serde_json::from_str(&clauses).map_err(wrong)?,
        to: serde_json::from_str(&target).map_err(wrong)?,
        state: ask::typed(row, "routing_rules", "state")?,
    })
}

fn json(rule: &Rule, part: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(part).map_err(|error| contradiction(rule.id.0, error.to_string()))
}

fn contradiction(id: uuid::Uuid, why: String) -> Error {
    Error::Contradiction {
        table: "routing_rules",
        id: id.to_string(),
        why,
    }
}
