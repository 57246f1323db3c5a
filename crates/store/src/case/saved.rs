//! Saved filters: a name and the query part of a list's address, kept for one account. Nobody else sees them.

use rules::ids::{AccountId, CommunityId};
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask};

/// A filter somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its key.
    pub id: Uuid,
    /// Whose it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// The query part of the list's address, without `?`.
    pub query: String,
}

impl Unit {
    /// Keeps a filter.
    ///
    /// # Errors
    /// `Taken` if the key is used.
    pub async fn keep_filter(&self, filter: &SavedFilter) -> Result<(), Error> {
        let sql = "INSERT INTO saved_filters (community_id, id, account_id, name, query) VALUES (?,?,?,?,?)";
        let values = [
            self.community().0.into(),
            filter.id.into(),
            filter.account.0.into(),
            filter.name.as_str().into(),
            filter.query.as_str().into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }

    /// Forgets a filter of this account.
    ///
    /// # Errors
    /// `NotFound` if the account has no such filter.
    pub async fn drop_filter(&self, account: AccountId, id: Uuid) -> Result<(), Error> {
        let sql = "DELETE FROM saved_filters WHERE community_id = ? AND account_id = ? AND id = ?";
        let values = [self.community().0.into(), account.0.into(), id.into()];
        match self.run(sql, values).await? {
            0 => Err(Error::NotFound("saved filter")),
            _ => Ok(()),
        }
    }
}

impl Reader {
    /// The filters of an account, in the order of their keeping.
    ///
    /// # Errors
    /// What the database says.
    pub async fn saved_filters(
        &self,
        community: CommunityId,
        account: AccountId,
    ) -> Result<Vec<SavedFilter>, Error> {
        let sql = "SELECT id, account_id, name, query FROM saved_filters \
                   WHERE community_id = ? AND account_id = ? ORDER BY id";
        let rows = ask::rows(self, sql, [community.0.into(), account.0.into()]).await?;
        rows.iter().map(saved).collect()
    }
}

fn saved(row: &QueryResult) -> Result<SavedFilter, Error> {
    Ok(SavedFilter {
        id: row.try_get("", "id")?,
        account: AccountId(row.try_get("", "account_id")?),
        name: row.try_get("", "name")?,
        query: row.try_get("", "query")?,
    })
}
