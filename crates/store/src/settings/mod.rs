//! The settings of a community as kept: the text that holds, and every change of it, so that an earlier value can be set again.

use rules::ids::{CommunityId, MemberId};
use rules::settings::Change;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// What holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSettings {
    /// How often it was changed.
    pub version: i64,
    /// JSON of what differs from the defaults.
    pub text: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptChange {
    /// The version that it made.
    pub version: i64,
    /// What changed.
    pub changes: Vec<Change>,
    /// Who did it.
    pub by: MemberId,
    /// When.
    pub at: OffsetDateTime,
}

impl Unit {
    /// The settings of the unit's community, as this unit finds them.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn settings(&self) -> Result<KeptSettings, Error> {
        settings(self, self.community()).await
    }

    /// Keeps other settings, and what changed by that.
    ///
    /// # Errors
    /// `Taken` if another process made this version first.
    pub async fn keep_settings(&self, text: &str, change: &KeptChange) -> Result<(), Error> {
        // lists and numbers always serialise
        let changes = serde_json::to_string(&change.changes).unwrap_or_default();
        let values: [Value; 5] = [
            self.community().0.into(),
            change.version.into(),
            changes.into(),
            change.by.0.into(),
            micros(change.at).into(),
        ];
        let sql =
            "INSERT INTO settings (community_id, version, changes, by_id, at) VALUES (?,?,?,?,?)";
        self.run(sql, values).await?;
        self.save_settings(text).await
    }

    /// The change that made a version.
    ///
    /// # Errors
    /// `NotFound` if there is none.
    pub async fn settings_change(&self, version: i64) -> Result<KeptChange, Error> {
        let sql = format!("SELECT {COLUMNS} FROM settings WHERE community_id = ? AND version = ?");
        let values: [Value; 2] = [self.community().0.into(), version.into()];
        let row = ask::row(self, &sql, values).await?;
        change(&row.ok_or(Error::NotFound("settings"))?)
    }
}

impl Reader {
    /// The settings that hold.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn settings(&self, community: CommunityId) -> Result<KeptSettings, Error> {
        settings(self, community).await
    }

    /// The latest changes before a version, or the latest of all, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settings_changes(
        &self,
        community: CommunityId,
        before: Option<i64>,
        most: u16,
    ) -> Result<Vec<KeptChange>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM settings WHERE community_id = ? AND version < ? ORDER BY version DESC LIMIT ?"
        );
        let values: [Value; 3] = [
            community.0.into(),
            before.unwrap_or(i64::MAX).into(),
            i64::from(most).into(),
        ];
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(change).collect()
    }
}

const COLUMNS: &str = "version, changes, by_id, at";

async fn settings(
    on: &impl ConnectionTrait,
    community: CommunityId,
) -> Result<KeptSettings, Error> {
    let sql = "SELECT c.settings, (SELECT max(s.version) FROM settings s WHERE s.community_id = c.id) AS version \
               FROM communities c WHERE c.id = ?";
    let row = ask::row(on, sql, [community.0.into()]).await?;
    let row = row.ok_or(Error::NotFound("community"))?;
    let version: Option<i64> = row.try_get("", "version")?;
    Ok(KeptSettings {
        version: version.unwrap_or(0),
        text: row.try_get("", "settings")?,
    })
}

fn change(row: &QueryResult) -> Result<KeptChange, Error> {
    let version: i64 = row.try_get("", "version")?;
    let changes: String = row.try_get("", "changes")?;
    let changes = serde_json::from_str(&changes).map_err(|error| Error::Contradiction {
        table: "settings",
        id: version.to_string(),
        why: error.to_string(),
    })?;
    Ok(KeptChange {
        version,
        changes,
        by: MemberId(row.try_get("", "by_id")?),
        at: instant(row.try_get("", "at")?),
    })
}
