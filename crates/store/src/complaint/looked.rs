//! Whether anybody sees a complaint, kept as yes or no: so it is counted without any of them being opened. Who looks into it, and
//! when anew, is decided elsewhere; whom the words name is kept nowhere.

use rules::ids::{CommunityId, ComplaintId};
use sea_orm::Value;
use time::OffsetDateTime;

use super::{COLUMNS, Told};
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// What was found out about one complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Which.
    pub id: ComplaintId,
    /// As it stood then: where it has moved on, it is found out anew.
    pub version: i64,
    /// Whether nobody sees it.
    pub nobody: bool,
}

impl Unit {
    /// Keeps what was found out at this moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_looked(&self, looked: Looked, at: OffsetDateTime) -> Result<(), Error> {
        let sql = "UPDATE complaints SET nobody_sees = ?, looked_at = ? WHERE community_id = ? AND id = ? AND version = ?";
        let values: [Value; 5] = [
            looked.nobody.into(),
            micros(at).into(),
            self.community().0.into(),
            looked.id.0.into(),
            looked.version.into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// Open complaints of which was last found out before a moment whether anybody sees them, those first that wait longest.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaints_looked_at_before(
        &self,
        community: CommunityId,
        before: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Told>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, words, about_words, along FROM complaints WHERE community_id = ? AND closed_at IS NULL \
             AND looked_at < ? ORDER BY looked_at LIMIT ?"
        );
        let values: [Value; 3] = [
            community.0.into(),
            micros(before).into(),
            i64::from(limit).into(),
        ];
        self.complaints(&sql, community, values).await
    }

    /// How many open complaints nobody sees.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaints_nobody_sees(&self, community: CommunityId) -> Result<i64, Error> {
        let sql = "SELECT count(*) AS n FROM complaints WHERE community_id = ? AND nobody_sees = TRUE AND closed_at IS NULL";
        let row = ask::row(self, sql, [community.0.into()]).await?;
        let n = row.map(|row| row.try_get("", "n")).transpose()?;
        Ok(n.unwrap_or(0))
    }
}
