//! Orders 工单 of a hotline or an upper level: their own number, the limit they brought, and the case they became. The
//! number is theirs, one per source; the same number twice, however it is written, finds the same case.

use rules::ids::{CaseId, CommunityId, ReportId};
use rules::order::order_key;
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::supervision::After;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Whose number it is: the hotline, or the account of an upper level's system.
    pub source: String,
    /// Its number there, as it was written first.
    pub number: String,
    /// The case it became.
    pub case: CaseId,
    /// The report with its words and receipt.
    pub report: ReportId,
    /// By when they want it done.
    pub due: Option<OffsetDateTime>,
    /// Why its contact data may be here; empty without any.
    pub basis: String,
    /// A digest of what was sent.
    pub digest: Vec<u8>,
    /// When it was received.
    pub received_at: OffsetDateTime,
}

const COLUMNS: &str = "source, order_no, case_id, report_id, due_at, basis, digest, received_at";

impl Unit {
    /// Keeps an order beside its case.
    ///
    /// # Errors
    /// `Taken` if the source used the number before, however it was written, or another process keeps it at this moment.
    pub async fn keep_order(&self, order: &Order) -> Result<(), Error> {
        let values: [Value; 10] = [
            self.community().0.into(),
            order.source.as_str().into(),
            order.number.as_str().into(),
            order.case.0.into(),
            order.report.0.into(),
            order.due.map(micros).into(),
            order.basis.as_str().into(),
            order.digest.clone().into(),
            micros(order.received_at).into(),
            order_key(&order.number).into(),
        ];
        let sql = format!(
            "INSERT INTO orders (community_id, {COLUMNS}, order_key) VALUES (?,?,?,?,?,?,?,?,?,?)"
        );
        self.run(&sql, values).await?;
        Ok(())
    }

    /// The order of a source's number, if it was received before, however it was written then.
    ///
    /// # Errors
    /// What the database says.
    pub async fn order(&self, source: &str, number: &str) -> Result<Option<Order>, Error> {
        self.key_orders(source).await?;
        let values = by_number(self.community(), source, number);
        let row = self.row(&numbered(), values).await?;
        row.as_ref().map(order).transpose()
    }

    /// Gives a source's orders of before there were keys theirs, the first one received first. A later one of the same number is
    /// found by how it was written, and by nothing else.
    ///
    /// # Errors
    /// What the database says.
    pub async fn key_orders(&self, source: &str) -> Result<(), Error> {
        let sql = "SELECT order_no FROM orders WHERE community_id = ? AND source = ? AND order_key IS NULL \
                   ORDER BY received_at, order_no";
        let values: [Value; 2] = [self.community().0.into(), source.into()];
        for row in ask::rows(self, sql, values).await? {
            let number: String = row.try_get("", "order_no")?;
            let key = order_key(&number);
            let key = if self.has_order(source, &key).await? {
                behind(&key, &number)
            } else {
                key
            };
            let sql = "UPDATE orders SET order_key = ? WHERE community_id = ? AND source = ? AND order_no = ?";
            let values = [
                key.into(),
                self.community().0.into(),
                source.into(),
                number.into(),
            ];
            self.run(sql, values).await?;
        }
        Ok(())
    }

    async fn has_order(&self, source: &str, key: &str) -> Result<bool, Error> {
        let sql =
            "SELECT order_no FROM orders WHERE community_id = ? AND source = ? AND order_key = ?";
        let values: [Value; 3] = [self.community().0.into(), source.into(), key.into()];
        Ok(self.row(sql, values).await?.is_some())
    }
}

/// The key of an order of before whose number another one had already: no number has a blank in its key.
fn behind(key: &str, number: &str) -> String {
    format!("{key} {number}")
}

/// The one that was written the same, where several of before are one number; else the first.
fn numbered() -> String {
    format!(
        "SELECT {COLUMNS} FROM orders WHERE community_id = ? AND source = ? AND order_key IN (?, ?) \
         ORDER BY CASE WHEN order_no = ? THEN 0 ELSE 1 END LIMIT 1"
    )
}

fn by_number(community: CommunityId, source: &str, number: &str) -> [Value; 5] {
    let key = order_key(number);
    [
        community.0.into(),
        source.into(),
        behind(&key, number).into(),
        key.into(),
        number.into(),
    ]
}

impl Reader {
    /// The order of a source's number, however it was written, once the source's orders have keys. Whoever asks is that source,
    /// or takes in its file.
    ///
    /// # Errors
    /// What the database says.
    pub async fn order(
        &self,
        community: CommunityId,
        source: &str,
        number: &str,
    ) -> Result<Option<Order>, Error> {
        let values = by_number(community, source, number);
        let row = ask::row(self, &numbered(), values).await?;
        row.as_ref().map(order).transpose()
    }

    /// The order behind a case that was found within a scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn order_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Option<Order>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM orders WHERE community_id = ? AND case_id = ?");
        let row = ask::row(self, &sql, [community.0.into(), case.0.into()]).await?;
        row.as_ref().map(order).transpose()
    }

    /// Orders received in a period, of one source or of all, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn orders(
        &self,
        community: CommunityId,
        source: Option<&str>,
        from: OffsetDateTime,
        to: OffsetDateTime,
        most: u32,
    ) -> Result<Vec<Order>, Error> {
        let condition = if source.is_some() {
            " AND source = ?"
        } else {
            ""
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM orders WHERE community_id = ? AND received_at >= ? AND received_at < ?{condition} \
             ORDER BY received_at, source, order_no LIMIT ?"
        );
        let values = [
            Value::from(community.0),
            micros(from).into(),
            micros(to).into(),
        ];
        let values = values
            .into_iter()
            .chain(source.map(Value::from))
            .chain([i64::from(most).into()]);
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(order).collect()
    }

    /// A page of the orders received in a period, of every source, oldest first, and where the next one begins.
    ///
    /// # Errors
    /// What the database says.
    pub async fn orders_after(
        &self,
        community: CommunityId,
        (from, to): (OffsetDateTime, OffsetDateTime),
        after: Option<After>,
        most: u16,
    ) -> Result<(Vec<Order>, Option<After>), Error> {
        let behind = if after.is_some() {
            " AND (received_at > ? OR (received_at = ? AND report_id > ?))"
        } else {
            ""
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM orders WHERE community_id = ? AND received_at >= ? AND received_at < ?{behind} \
             ORDER BY received_at, report_id LIMIT ?"
        );
        let values = [
            Value::from(community.0),
            micros(from).into(),
            micros(to).into(),
        ];
        let values = values
            .into_iter()
            .chain(after.into_iter().flat_map(After::values))
            .chain([(i64::from(most) + 1).into()]);
        let rows = ask::rows(self, &sql, values).await?;
        let mut found: Vec<Order> = rows.iter().map(order).collect::<Result<_, _>>()?;
        let more = found.len() > usize::from(most);
        found.truncate(most.into());
        let last = found.last().filter(|_| more);
        let next = last.map(|last| After::of(last.received_at, last.report.0));
        Ok((found, next))
    }
}

fn order(row: &QueryResult) -> Result<Order, Error> {
    let (case, report): (Uuid, Uuid) = (row.try_get("", "case_id")?, row.try_get("", "report_id")?);
    let due: Option<i64> = row.try_get("", "due_at")?;
    Ok(Order {
        source: row.try_get("", "source")?,
        number: row.try_get("", "order_no")?,
        case: CaseId(case),
        report: ReportId(report),
        due: due.map(instant),
        basis: row.try_get("", "basis")?,
        digest: row.try_get("", "digest")?,
        received_at: instant(row.try_get("", "received_at")?),
    })
}
