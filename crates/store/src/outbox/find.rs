//! Looking into the outbox: what is due, what of a case was told, dead letters, counts; and who of a case can be told.

use rules::ids::{CaseId, CommunityId, DeliveryId, ReportId, WebhookId};
use rules::outbox::{DeliveryKind, DeliveryState};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::delivery::{COLUMNS, Delivery, read};
use crate::conn::{Lines, Reader};
use crate::{Error, ask, dialect, instant, micros};

/// Where a delivery goes through: one address, or the gateway of text messages, which serves everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Text messages.
    Sms,
    /// One address of a community.
    Webhook(CommunityId, WebhookId),
}

/// A delivery that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Whose.
    pub community: CommunityId,
    /// Which.
    pub id: DeliveryId,
    /// Where it goes through.
    pub gate: Gate,
    /// Since when it is due.
    pub since: OffsetDateTime,
}

/// A reporter who can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reporter {
    /// The report.
    pub report: ReportId,
    /// When it was received.
    pub received_at: OffsetDateTime,
}

impl Reader {
    /// What is due by now, the longest due first, without what goes through gates that are full.
    ///
    /// # Errors
    /// What the database says.
    pub async fn due_deliveries(
        &self,
        now: OffsetDateTime,
        full: &[Gate],
        limit: u32,
    ) -> Result<Vec<Due>, Error> {
        let mut sql =
            "SELECT community_id, id, kind, target, next_at FROM deliveries WHERE next_at <= ?"
                .to_owned();
        let mut values = vec![Value::from(micros(now))];
        for gate in full {
            match gate {
                Gate::Sms => sql += " AND kind <> 'sms'",
                Gate::Webhook(community, hook) => {
                    sql += " AND NOT (community_id = ? AND target = ?)";
                    values.extend([community.0.into(), hook.0.into()]);
                }
            }
        }
        sql += " ORDER BY next_at LIMIT ?";
        values.push(i64::from(limit).into());
        let rows = ask::rows(self, &sql, values).await?;
        let due = |row: &sea_orm::QueryResult| {
            let community = CommunityId(row.try_get("", "community_id")?);
            let target: Uuid = row.try_get("", "target")?;
            let kind: DeliveryKind = ask::typed(row, "deliveries", "kind")?;
            Ok(Due {
                community,
                id: DeliveryId(row.try_get("", "id")?),
                gate: match kind {
                    DeliveryKind::Sms => Gate::Sms,
                    DeliveryKind::Webhook => Gate::Webhook(community, WebhookId(target)),
                },
                since: instant(row.try_get("", "next_at")?),
            })
        };
        rows.iter().map(due).collect()
    }

    /// What was told of a case that was found within reach, in the order of the journal.
    ///
    /// # Errors
    /// What the database says.
    pub async fn deliveries_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Delivery>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM deliveries WHERE community_id = ? AND case_id = ? ORDER BY seq, id"
        );
        let rows = ask::rows(self, &sql, [community.0.into(), case.0.into()]).await?;
        rows.iter().map(read).collect()
    }

    /// Dead letters, the latest first, each with the number of its case.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dead_deliveries(
        &self,
        community: CommunityId,
        limit: u32,
    ) -> Result<Vec<Delivery>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM deliveries WHERE community_id = ? AND state = 'dead' ORDER BY done_at DESC, id LIMIT ?"
        );
        let rows = ask::rows(self, &sql, [community.0.into(), i64::from(limit).into()]).await?;
        rows.iter().map(read).collect()
    }

    /// How many deliveries of each kind stand in each state, in a community.
    ///
    /// # Errors
    /// What the database says.
    pub async fn delivery_counts(
        &self,
        community: CommunityId,
    ) -> Result<Vec<(DeliveryKind, DeliveryState, i64)>, Error> {
        let sql = "SELECT kind, state, n FROM delivery_tallies WHERE community_id = ? AND n > 0 ORDER BY kind, state";
        let rows = ask::rows(self, sql, [community.0.into()]).await?;
        let count = |row: &sea_orm::QueryResult| {
            Ok((
                ask::typed(row, "delivery_tallies", "kind")?,
                ask::typed(row, "delivery_tallies", "state")?,
                row.try_get("", "n")?,
            ))
        };
        rows.iter().map(count).collect()
    }

    /// How many deliveries stand in a state, in the whole house; for the operator.
    ///
    /// # Errors
    /// What the database says.
    pub async fn deliveries_in(&self, state: DeliveryState) -> Result<i64, Error> {
        let sql =
            "SELECT CAST(coalesce(sum(n), 0) AS bigint) AS n FROM delivery_tallies WHERE state = ?";
        let row = ask::row(self, sql, [state.as_str().into()]).await?;
        Ok(row
            .map(|row| row.try_get("", "n"))
            .transpose()?
            .unwrap_or(0))
    }

    /// The reporters of cases who left a telephone number and want to be told.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reporters_to_tell(
        &self,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<Vec<Reporter>, Error> {
        let mut found = Vec::new();
        for page in cases.chunks(200) {
            let marks = vec!["?"; page.len()].join(",");
            let sql = format!(
                "SELECT r.id, coalesce(r.received_at, k.received_at) FROM reports r \
                 JOIN contacts c ON c.community_id = r.community_id AND c.report_id = r.id \
                 LEFT JOIN cases k ON k.community_id = r.community_id AND k.id = r.id AND r.case_id IS NULL \
                 WHERE r.community_id = ? AND c.phone IS NOT NULL AND NOT c.quiet AND (r.case_id IN ({marks}) OR \
                 (r.case_id IS NULL AND r.id IN ({marks}))) ORDER BY r.id"
            );
            let ids = || page.iter().map(|id| Value::from(id.0));
            let values = std::iter::once(Value::from(community.0))
                .chain(ids())
                .chain(ids());
            let statement = dialect::statement(self.get_database_backend(), &sql, values);
            let reporters = self.lines(statement, |line| {
                let mut cells = line.cells(0);
                Ok(Reporter {
                    report: ReportId(cells.next()?),
                    received_at: instant(cells.next()?),
                })
            });
            found.extend(reporters.await?);
        }
        Ok(found)
    }
}
