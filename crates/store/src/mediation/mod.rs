//! Mediations: rows, the parties' contacts and the words of each step. Contacts and words are sealed before they come here
//! and leave as they are. Every finder takes a scope; what a case page shows of a mediation is asked within one, too.

mod find;
mod row;
mod sealed;

pub use find::{Filter, Found};
pub use sealed::{Paper, Party, Words};

use rules::ids::{GridId, MemberId};
use rules::mediation::Mediation;
use sea_orm::Value;
use time::OffsetDateTime;

use crate::unit::Unit;
use crate::{Error, ask, micros};

impl Unit {
    /// Keeps a new mediation.
    ///
    /// # Errors
    /// `Taken` while another one of its case runs.
    pub async fn keep_mediation(&self, mediation: &Mediation) -> Result<(), Error> {
        let (names, values) = row::values(mediation);
        let marks = vec!["?"; values.len()].join(",");
        let sql = format!("INSERT INTO mediations ({names}) VALUES ({marks})");
        self.run(&sql, values).await?;
        Ok(())
    }

    /// Saves a changed mediation over the version that was read.
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn save_mediation(
        &self,
        before: i64,
        mediation: &Mediation,
        erase_at: Option<OffsetDateTime>,
    ) -> Result<(), Error> {
        let (names, mut values) = row::changes(mediation);
        values.extend([
            Value::from(erase_at.map(micros)),
            self.community().0.into(),
            mediation.id.0.into(),
            before.into(),
        ]);
        let sql = format!(
            "UPDATE mediations SET {names}, erase_at = ? WHERE community_id = ? AND id = ? AND version = ?"
        );
        if self.run(&sql, values).await? == 1 {
            Ok(())
        } else {
            Err(Error::Stale {
                is: mediation.version,
            })
        }
    }

    /// Who leads the grid now, on any level above it, for messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leads_of(&self, grid: GridId, at: OffsetDateTime) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT DISTINCT p.member_id AS member_id FROM grids here JOIN grids above ON above.community_id = here.community_id \
                   AND above.scheme = here.scheme AND (here.path = above.path OR here.path LIKE above.path || '/%') \
                   JOIN posts p ON p.community_id = above.community_id AND p.grid_id = above.id \
                   WHERE here.community_id = ? AND here.id = ? AND p.role = 'grid_lead' \
                   AND (p.valid_to IS NULL OR p.valid_to > ?) ORDER BY p.member_id";
        let values: [Value; 3] = [self.community().0.into(), grid.0.into(), micros(at).into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| Ok(MemberId(row.try_get("", "member_id")?)))
            .collect()
    }
}
