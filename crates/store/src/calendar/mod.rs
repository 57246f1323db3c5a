//! Holiday notices by year, as the text they came in. All communities share them; no year is ever guessed here.

use sea_orm::Value;
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

impl Unit {
    /// Keeps the notice of a year, in place of an earlier text of the same year.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_notice(
        &self,
        year: i32,
        text: &str,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 3] = [i64::from(year).into(), text.into(), micros(at).into()];
        let sql = "INSERT INTO calendars (year, notice, loaded_at) VALUES (?,?,?) \
                   ON CONFLICT (year) DO UPDATE SET notice = excluded.notice, loaded_at = excluded.loaded_at";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// The texts of all notices, by year.
    ///
    /// # Errors
    /// What the database says.
    pub async fn notices(&self) -> Result<Vec<(i64, String)>, Error> {
        let rows = ask::rows(self, "SELECT year, notice FROM calendars ORDER BY year", []).await?;
        rows.iter()
            .map(|row| Ok((row.try_get("", "year")?, row.try_get("", "notice")?)))
            .collect()
    }
}
