//! The public code of each community, kept in memory: it begins every printed number and never changes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rules::ids::{CommunityId, Number};
use sea_orm::ConnectionTrait;
use time::{Date, Month};

use crate::{Error, dialect};

/// Codes by community. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Codes(Arc<RwLock<HashMap<CommunityId, Arc<str>>>>);

impl Codes {
    /// The code of a community; asked of the database the first time.
    pub async fn of(
        &self,
        connection: &impl ConnectionTrait,
        community: CommunityId,
    ) -> Result<Arc<str>, Error> {
        if let Some(code) = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&community)
        {
            return Ok(Arc::clone(code));
        }
        let sql = "SELECT code FROM communities WHERE id = ?";
        let row = connection
            .query_one_raw(dialect::statement(
                connection.get_database_backend(),
                sql,
                [community.0.into()],
            ))
            .await?;
        let code: String = row
            .ok_or(Error::NotFound("community"))?
            .try_get("", "code")?;
        let code: Arc<str> = code.into();
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(community, Arc::clone(&code));
        Ok(code)
    }
}

/// A public number without its community, as it is kept: yyyymmdd × 1,000,000 + n.
pub(crate) fn pack(number: &Number) -> i64 {
    pack_day(number.day()) * PER_DAY + i64::from(number.n())
}

/// A day as yyyymmdd.
pub(crate) fn pack_day(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(u8::from(day.month())) * 100 + i64::from(day.day())
}

/// Reads a kept number back.
pub(crate) fn unpack(code: &str, packed: i64) -> Option<Number> {
    let (day, n) = (packed / PER_DAY, packed % PER_DAY);
    let month = Month::try_from(u8::try_from(day / 100 % 100).ok()?).ok()?;
    let date = Date::from_calendar_date(
        i32::try_from(day / 10_000).ok()?,
        month,
        u8::try_from(day % 100).ok()?,
    )
    .ok()?;
    Number::new(code, date, u32::try_from(n).ok()?).ok()
}

const PER_DAY: i64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_packed_number_reads_back_as_it_was() {
        let number = Number::new("510184999001", date!(2026 - 11 - 23), 12_345).expect("a number");
        assert_eq!(pack(&number), 20_261_123_012_345);
        assert_eq!(unpack("510184999001", pack(&number)), Some(number));
    }

    #[test]
    fn numbers_sort_like_the_order_of_receipt() {
        let late = Number::new("a", date!(2026 - 11 - 23), 99_999).expect("a number");
        let next = Number::new("a", date!(2026 - 11 - 24), 1).expect("a number");
        assert!(pack(&late) < pack(&next));
    }
}
