//! Data keys, wrapped: the cellar keeps them and cannot open one.

use rules::ids::CommunityId;
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// A data key under the installation's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Its version, from 1.
    pub version: u32,
    /// The wrapped bytes.
    pub bytes: Vec<u8>,
}

impl Unit {
    /// Keeps a wrapped key, unless that version is there already; tells whether it was kept.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_data_key(
        &self,
        class: &str,
        key: &WrappedKey,
        at: OffsetDateTime,
    ) -> Result<bool, Error> {
        let values: [Value; 5] = [
            self.community().0.into(),
            class.into(),
            i64::from(key.version).into(),
            key.bytes.clone().into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO data_keys (community_id, class, version, wrapped, created_at) VALUES (?,?,?,?,?) \
                   ON CONFLICT (community_id, class, version) DO NOTHING";
        Ok(self.run(sql, values).await? == 1)
    }
}

impl Reader {
    /// Any data key, with its community and the name of its class: it shows whether the installation's key is the right one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn any_data_key(&self) -> Result<Option<(CommunityId, String, WrappedKey)>, Error> {
        let sql = "SELECT community_id, class, version, wrapped FROM data_keys \
                   ORDER BY community_id, class, version LIMIT 1";
        let row = ask::row(self, sql, []).await?;
        row.map(|row| {
            let community = CommunityId(row.try_get("", "community_id")?);
            Ok((community, row.try_get("", "class")?, wrapped(&row)?))
        })
        .transpose()
    }

    /// Whether anything ever happened in this installation.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_history(&self) -> Result<bool, Error> {
        let row = ask::row(self, "SELECT seq FROM journal LIMIT 1", []).await?;
        Ok(row.is_some())
    }

    /// The keys of a community and class, oldest version first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn data_keys(
        &self,
        community: CommunityId,
        class: &str,
    ) -> Result<Vec<WrappedKey>, Error> {
        let sql = "SELECT version, wrapped FROM data_keys WHERE community_id = ? AND class = ? ORDER BY version";
        let rows = ask::rows(self, sql, [community.0.into(), class.into()]).await?;
        rows.iter().map(wrapped).collect()
    }
}

fn wrapped(row: &QueryResult) -> Result<WrappedKey, Error> {
    let version: i64 = row.try_get("", "version")?;
    let small = u32::try_from(version).map_err(|_| Error::Contradiction {
        table: "data_keys",
        id: version.to_string(),
        why: "version is no small number".into(),
    })?;
    Ok(WrappedKey {
        version: small,
        bytes: row.try_get("", "wrapped")?,
    })
}
