//! Communities: the tenants. Founding one gives it its own journal; nothing here deletes one.

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::store::Store;
use crate::unit::Unit;
use crate::{Error, ask, dialect, micros};

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
    /// Counts the changes of its net.
    pub net: i64,
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

const COLUMNS: &str = "id, code, name, settings, net";

impl Store {
    /// Founds a community with an empty journal of its own.
    ///
    /// # Errors
    /// `Taken` if the code is used, or somebody else founded one at the same moment.
    pub async fn found(&self, founding: Founding) -> Result<Community, Error> {
        let id = self.reader().next_community().await?;
        self.unit(id, async move |unit| unit.found(&founding).await)
            .await
    }
}

impl Unit {
    /// Founds the community that this unit writes for; its id comes from [`Reader::next_community`].
    ///
    /// # Errors
    /// `Taken` if the code is used, or somebody else took the id first.
    pub async fn found(&self, founding: &Founding) -> Result<Community, Error> {
        let id = self.community();
        let values: [Value; 7] = [
            id.0.into(),
            founding.code.as_str().into(),
            founding.name.as_str().into(),
            "community".into(),
            founding.settings.as_str().into(),
            1i64.into(),
            micros(founding.at).into(),
        ];
        let sql = "INSERT INTO communities (id, code, name, kind, settings, net, created_at) VALUES (?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        let head: [Value; 3] = [id.0.into(), 0i64.into(), vec![0u8; 32].into()];
        self.run(
            "INSERT INTO heads (community_id, seq, hash) VALUES (?,?,?)",
            head,
        )
        .await?;
        Ok(Community {
            id,
            code: founding.code.clone(),
            name: founding.name.clone(),
            settings: founding.settings.clone(),
            net: 1,
        })
    }

    /// Tells whoever keeps a copy of the community's net that it changed.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn net_changed(&self) -> Result<(), Error> {
        let sql = "UPDATE communities SET net = net + 1 WHERE id = ?";
        let changed = self.run(sql, [self.community().0.into()]).await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("community"))
        }
    }

    /// The same for every community: what they share changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all_nets_changed(&self) -> Result<(), Error> {
        self.run("UPDATE communities SET net = net + 1", []).await?;
        Ok(())
    }

    /// Replaces the settings of the unit's community.
    ///
    /// # Errors
    /// `NotFound` if there is no such community.
    pub async fn save_settings(&self, settings: &str) -> Result<(), Error> {
        let changed = self
            .run(
                "UPDATE communities SET settings = ?, net = net + 1 WHERE id = ?",
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
    /// The id that the next community gets.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_community(&self) -> Result<CommunityId, Error> {
        let row = ask::row(self, "SELECT max(id) AS last FROM communities", []).await?;
        let last: Option<i64> = row
            .map(|row| row.try_get("", "last"))
            .transpose()?
            .flatten();
        Ok(CommunityId(last.unwrap_or(0) + 1))
    }

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

    /// One community.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn community(&self, id: CommunityId) -> Result<Community, Error> {
        let sql = format!("SELECT {COLUMNS} FROM communities WHERE id = ?");
        let row = ask::row(self, &sql, [id.0.into()]).await?;
        community(&row.ok_or(Error::NotFound("community"))?)
    }
}

fn community(row: &QueryResult) -> Result<Community, Error> {
    Ok(Community {
        id: CommunityId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        settings: row.try_get("", "settings")?,
        net: row.try_get("", "net")?,
    })
}
