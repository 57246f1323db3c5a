//! Communities: the tenants. Founding one gives it its own journal; nothing here deletes one.

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::store::Store;
use crate::unit::Unit;
use crate::{Error, dialect, micros};

/// The tenant that stands for the installation itself: accounts of its administrators, migrations.
pub const INSTALLATION: CommunityId = CommunityId(0);

/// A community as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// Its key.
    pub id: CommunityId,
    /// Its public code, which begins every case number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the community lays down (limits, windows, phones) as JSON; `rules::settings` reads it.
    pub settings: String,
}

/// What founding takes.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The public code, unique in the installation.
    pub code: String,
    /// The name.
    pub name: String,
    /// Settings as JSON.
    pub settings: String,
    /// When.
    pub at: OffsetDateTime,
}

const COLUMNS: &str = "id, code, name, settings";

impl Store {
    /// Founds a community with an empty journal of its own.
    ///
    /// # Errors
    /// `Taken` if the code is used.
    pub async fn found(&self, founding: Founding) -> Result<Community, Error> {
        self.unit(INSTALLATION, async move |unit| unit.found(&founding).await)
            .await
    }
}

impl Unit {
    async fn found(&self, founding: &Founding) -> Result<Community, Error> {
        // Locking the installation's head row makes the next id free of races on both databases.
        let lock = format!(
            "SELECT seq FROM heads WHERE community_id = 0{}",
            dialect::for_update(self.get_database_backend())
        );
        self.row(&lock, []).await?;
        let last = self
            .row("SELECT max(id) AS last FROM communities", [])
            .await?;
        let last: Option<i64> = last
            .map(|row| row.try_get("", "last"))
            .transpose()?
            .flatten();
        let id = last.unwrap_or(0) + 1;
        let values: [Value; 6] = [
            id.into(),
            founding.code.as_str().into(),
            founding.name.as_str().into(),
            "community".into(),
            founding.settings.as_str().into(),
            micros(founding.at).into(),
        ];
        self.run("INSERT INTO communities (id, code, name, kind, settings, created_at) VALUES (?,?,?,?,?,?)", values).await?;
        self.run(
            "INSERT INTO heads (community_id, seq, hash) VALUES (?,?,?)",
            [id.into(), 0i64.into(), vec![0u8; 32].into()],
        )
        .await?;
        Ok(Community {
            id: CommunityId(id),
            code: founding.code.clone(),
            name: founding.name.clone(),
            settings: founding.settings.clone(),
        })
    }

    /// Replaces the settings of the unit's community.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn save_settings(&self, settings: &str) -> Result<(), Error> {
        let changed = self
            .run(
                "UPDATE communities SET settings = ? WHERE id = ?",
                [settings.into(), self.community().0.into()],
            )
            .await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("community"))
        }
    }
}

impl Reader {
    /// All communities, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn communities(&self) -> Result<Vec<Community>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM communities ORDER BY code");
        let rows = self
            .query_all_raw(dialect::statement(self.get_database_backend(), &sql, []))
            .await?;
        rows.iter().map(community).collect()
    }
}

fn community(row: &QueryResult) -> Result<Community, Error> {
    Ok(Community {
        id: CommunityId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        settings: row.try_get("", "settings")?,
    })
}
