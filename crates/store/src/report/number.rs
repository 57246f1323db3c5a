//! Running numbers of a day: gapless among kept reports. The first unit of a group locks the day's row, the others count
//! on in memory; the group writes the last one down before its commit. A refused unit gives its number back.

use std::collections::BTreeMap;

use rules::ids::{CommunityId, Number};
use sea_orm::{ConnectionTrait, Value};
use time::Date;

use crate::codes::pack_day;
use crate::conn::Link;
use crate::unit::Unit;
use crate::{Error, dialect};

/// The last number of each day that a unit or group has taken.
pub(crate) type Numbers = BTreeMap<(CommunityId, i64), i64>;

impl Unit {
    /// The next free number of a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_number(&self, day: Date) -> Result<Number, Error> {
        let last = match self.last_number(day) {
            Some(last) => last + 1,
            None => self.lock_number(day, 1).await?,
        };
        self.take_number(day, last);
        let code = self.codes().of(self, self.community()).await?;
        let n = u32::try_from(last).unwrap_or(u32::MAX);
        Number::new(&code, day, n).map_err(|_| Error::Contradiction {
            table: "numbers",
            id: code.to_string(),
            why: format!("{day} {last}"),
        })
    }

    /// Raises the day's last number to at least that of an imported report.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reach_number(&self, number: &Number) -> Result<(), Error> {
        let last = match self.last_number(number.day()) {
            Some(last) => last,
            None => self.lock_number(number.day(), 0).await?,
        };
        self.take_number(number.day(), last.max(number.n().into()));
        Ok(())
    }

    fn last_number(&self, day: Date) -> Option<i64> {
        let key = (self.community(), pack_day(day));
        let own = self.numbers().get(&key).copied();
        own.or_else(|| self.group().numbers().get(&key).copied())
    }

    fn take_number(&self, day: Date, last: i64) {
        let key = (self.community(), pack_day(day));
        self.numbers().insert(key, last);
    }

    /// Locks the day's row, made where there is none, and moves it on.
    async fn lock_number(&self, day: Date, by: i64) -> Result<i64, Error> {
        let sql = "INSERT INTO numbers (community_id, day, last) VALUES (?,?,?) \
                   ON CONFLICT (community_id, day) DO UPDATE SET last = numbers.last + excluded.last RETURNING last";
        let row = self
            .row(
                sql,
                [self.community().0.into(), pack_day(day).into(), by.into()],
            )
            .await?;
        Ok(row.ok_or(Error::NotFound("number"))?.try_get("", "last")?)
    }
}

/// Writes the last numbers of a group down; their rows are locked.
pub(crate) async fn write_numbers(to: &Link, numbers: Numbers) -> Result<(), Error> {
    for ((community, day), last) in numbers {
        let sql = "UPDATE numbers SET last = ? WHERE community_id = ? AND day = ?";
        let values: [Value; 3] = [last.into(), community.0.into(), day.into()];
        to.execute_raw(dialect::statement(to.get_database_backend(), sql, values))
            .await?;
    }
    Ok(())
}
