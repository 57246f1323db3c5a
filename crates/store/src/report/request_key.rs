//! Keys of requests that must not happen twice: the same key with the same body finds what it made the first time.

use rules::ids::ReportId;
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::unit::Unit;
use crate::{Error, micros};

/// A key that was used before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedKey {
    /// The digest of the body it came with.
    pub body: Vec<u8>,
    /// The report it made.
    pub made: ReportId,
}

impl Unit {
    /// What a key has made before, if it was used.
    ///
    /// # Errors
    /// What the database says.
    pub async fn used_key(&self, key: &[u8]) -> Result<Option<UsedKey>, Error> {
        let sql =
            "SELECT body_hash, subject FROM request_keys WHERE community_id = ? AND key_hash = ?";
        let row = self
            .row(sql, [self.community().0.into(), key.to_vec().into()])
            .await?;
        row.as_ref().map(used).transpose()
    }

    /// Remembers a key.
    ///
    /// # Errors
    /// `Taken` if another unit used it meanwhile.
    pub async fn keep_key(
        &self,
        key: &[u8],
        body: &[u8],
        made: ReportId,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 5] = [
            self.community().0.into(),
            key.to_vec().into(),
            body.to_vec().into(),
            made.0.into(),
            micros(at).into(),
        ];
        self.run("INSERT INTO request_keys (community_id, key_hash, body_hash, subject, at) VALUES (?,?,?,?,?)", values).await?;
        Ok(())
    }
}

fn used(row: &QueryResult) -> Result<UsedKey, Error> {
    let made: Uuid = row.try_get("", "subject")?;
    Ok(UsedKey {
        body: row.try_get("", "body_hash")?,
        made: ReportId(made),
    })
}
