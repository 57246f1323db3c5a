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
    /// Remembers a key, or gives what it has made before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_key(
        &self,
        key: &[u8],
        body: &[u8],
        made: ReportId,
        at: OffsetDateTime,
    ) -> Result<Option<UsedKey>, Error> {
        let values: [Value; 5] = [
            self.community().0.into(),
            key.to_vec().into(),
            body.to_vec().into(),
            made.0.into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO request_keys (community_id, key_hash, body_hash, subject, at) VALUES (?,?,?,?,?) \
                   ON CONFLICT (community_id, key_hash) DO NOTHING";
        if self.run(sql, values).await? == 1 {
            return Ok(None);
        }
        let sql =
            "SELECT body_hash, subject FROM request_keys WHERE community_id = ? AND key_hash = ?";
        let row = self
            .row(sql, [self.community().0.into(), key.to_vec().into()])
            .await?;
        row.as_ref().map(used).transpose()
    }
}

fn used(row: &QueryResult) -> Result<UsedKey, Error> {
    let made: Uuid = row.try_get("", "subject")?;
    Ok(UsedKey {
        body: row.try_get("", "body_hash")?,
        made: ReportId(made),
    })
}
