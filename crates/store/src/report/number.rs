//! Running numbers of a day: gapless among kept reports. The first unit of a group locks the day's row, the others count
//! on in memory; the group writes the last ones down before its commit. A refused unit gives its number back.

use std::collections::BTreeMap;

use rules::ids::{CommunityId, Number};
use sea_orm::ConnectionTrait;
use time::Date;

use crate::ask::pages;
use crate::codes::pack_day;
use crate::conn::Link;
use crate::unit::Unit;
use crate::{Error, dialect};

/// The last number of each day that a unit or group has taken.
pub(crate) type Numbers = BTreeMap<(CommunityId, i64), Taken>;

/// How far a day has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The last number taken.
    last: i64,
    /// The one that stands in the row, as it was locked.
    written: i64,
}

impl Unit {
    /// The next free number of a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_number(&self, day: Date) -> Result<Number, Error> {
        let taken = match self.taken(day) {
            Some(Taken { last, written }) => Taken {
                last: last + 1,
                written,
            },
            None => self.lock_number(day, 1).await?,
        };
        self.take(day, taken);
        let last = taken.last;
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
        let taken = match self.taken(number.day()) {
            Some(taken) => taken,
            None => self.lock_number(number.day(), 0).await?,
        };
        let last = taken.last.max(number.n().into());
        self.take(number.day(), Taken { last, ..taken });
        Ok(())
    }

    fn taken(&self, day: Date) -> Option<Taken> {
        let key = (self.community(), pack_day(day));
        let own = self.numbers().get(&key).copied();
        own.or_else(|| self.group().numbers().get(&key).copied())
    }

    fn take(&self, day: Date, taken: Taken) {
        let key = (self.community(), pack_day(day));
        self.numbers().insert(key, taken);
    }

    /// Locks the day's row, made where there is none, and moves it on.
    async fn lock_number(&self, day: Date, by: i64) -> Result<Taken, Error> {
        let sql = "INSERT INTO numbers (community_id, day, last) VALUES (?,?,?) \
                   ON CONFLICT (community_id, day) DO UPDATE SET last = numbers.last + excluded.last RETURNING last";
        let row = self
            .row_apart(
                sql,
                [self.community().0.into(), pack_day(day).into(), by.into()],
            )
            .await?;
        let last = row.ok_or(Error::NotFound("number"))?.try_get("", "last")?;
        Ok(Taken {
            last,
            written: last,
        })
    }
}

/// Writes the last numbers of a group down, where its rows do not say so already; they are locked.
pub(crate) async fn write_numbers(to: &Link, numbers: Numbers) -> Result<(), Error> {
    let moved = numbers
        .into_iter()
        .filter(|(_, taken)| taken.last != taken.written);
    let moved: Vec<_> = moved.collect();
    for page in pages(&moved) {
        let marks = vec!["(?,?,?)"; page.len()].join(",");
        let sql = format!(
            "INSERT INTO numbers (community_id, day, last) VALUES {marks} \
             ON CONFLICT (community_id, day) DO UPDATE SET last = excluded.last"
        );
        let values = page.iter().flat_map(|((community, day), taken)| {
            [community.0.into(), (*day).into(), taken.last.into()]
        });
        let statement = dialect::statement(to.get_database_backend(), &sql, values);
        to.execute_raw(statement).await?;
    }
    Ok(())
}
