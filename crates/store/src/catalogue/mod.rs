//! Published catalogue versions: each stays as it was, for the cases that were filed under it.

mod rows;

use rules::catalogue::Catalogue;
use rules::ids::{CatalogueVersion, CommunityId};
use sea_orm::Value;
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// Which version is published, and the digest of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The version.
    pub version: CatalogueVersion,
    /// SHA-256 of its rows.
    pub digest: Vec<u8>,
}

impl Unit {
    /// Publishes a version; `source` is the name of the file it came from.
    ///
    /// # Errors
    /// `Taken` if the version was published already.
    pub async fn publish_catalogue(
        &self,
        catalogue: &Catalogue,
        source: &str,
        digest: &[u8],
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let version = i64::from(catalogue.version.0);
        let values: [Value; 5] = [
            self.community().0.into(),
            version.into(),
            source.into(),
            digest.to_vec().into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO catalogues (community_id, version, source, digest, published_at) VALUES (?,?,?,?,?)";
        self.run(sql, values).await?;
        for category in catalogue.categories.values() {
            self.add_category(version, category).await?;
        }
        Ok(())
    }
}

impl Reader {
    /// The version that is published now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn published_catalogue(
        &self,
        community: CommunityId,
    ) -> Result<Option<Published>, Error> {
        let sql = "SELECT version, digest FROM catalogues WHERE community_id = ? ORDER BY version DESC LIMIT 1";
        let row = ask::row(self, sql, [community.0.into()]).await?;
        row.map(|row| {
            Ok(Published {
                version: rows::version(&row)?,
                digest: row.try_get("", "digest")?,
            })
        })
        .transpose()
    }

    /// Every version that was ever published, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn catalogues(&self, community: CommunityId) -> Result<Vec<Catalogue>, Error> {
        let versions = "SELECT version FROM catalogues WHERE community_id = ? ORDER BY version";
        let categories = "SELECT * FROM categories WHERE community_id = ? ORDER BY version, code";
        let conditions =
            "SELECT * FROM conditions WHERE community_id = ? ORDER BY version, category, code";
        let of = || [Value::from(community.0)];
        rows::catalogues(
            &ask::rows(self, versions, of()).await?,
            &ask::rows(self, categories, of()).await?,
            &ask::rows(self, conditions, of()).await?,
        )
    }
}
