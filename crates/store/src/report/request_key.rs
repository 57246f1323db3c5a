//! Keys of requests that must not happen twice: the same key with the same body finds what it made the first time.

use rules::ids::{CommunityId, ReportId};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// A key that was used before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedKey {
    /// The digest of the body it came with.
    pub body: Vec<u8>,
    /// The report it made.
    pub made: ReportId,
}

const USED: &str =
    "SELECT body_hash, subject FROM request_keys WHERE community_id = ? AND key_hash = ?";

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
        if self.run_apart(sql, values).await? == 1 {
            return Ok(None);
        }
        let row = self
            .row(USED, [self.community().0.into(), key.to_vec().into()])
            .await?;
        row.as_ref().map(used).transpose()
    }

    /// Forgets keys that came before a moment, the oldest first; gives how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_keys(&self, before: OffsetDateTime, at_most: u32) -> Result<u64, Error> {
        let sql = "DELETE FROM request_keys WHERE community_id = ? AND key_hash IN \
                   (SELECT key_hash FROM request_keys WHERE community_id = ? AND at < ? ORDER BY at LIMIT ?)";
        let community = Value::from(self.community().0);
        let values = [
            community.clone(),
            community,
            micros(before).into(),
            i64::from(at_most).into(),
        ];
        self.run(sql, values).await
    }
}

impl Reader {
    /// What a key has made before, if it came at all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn used_key(
        &self,
        community: CommunityId,
        key: &[u8],
    ) -> Result<Option<UsedKey>, Error> {
        let row = ask::row(self, USED, [community.0.into(), key.to_vec().into()]).await?;
        row.as_ref().map(used).transpose()
    }

    /// Whether there are keys that came before a moment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_keys_before(
        &self,
        community: CommunityId,
        before: OffsetDateTime,
    ) -> Result<bool, Error> {
        let sql = "SELECT at FROM request_keys WHERE community_id = ? AND at < ? LIMIT 1";
        let values: [Value; 2] = [community.0.into(), micros(before).into()];
        Ok(ask::row(self, sql, values).await?.is_some())
    }
}

fn used(row: &QueryResult) -> Result<UsedKey, Error> {
    let made: Uuid = row.try_get("", "subject")?;
    Ok(UsedKey {
        body: row.try_get("", "body_hash")?,
        made: ReportId(made),
    })
}
