//! Sheets of paper notes 线下汇总: rows as they were typed, contacts under seal, each with a version of its own. Once a row
//! is sent its words live in the report alone. The cellar counts drafts and sent rows and never judges one.

mod rows;

pub use rows::{NewRow, SheetRow};

use rules::access::Scope;
use rules::case::Channel;
use rules::ids::MemberId;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its key.
    pub id: Uuid,
    /// What people call it.
    pub title: String,
    /// On which way its notes came.
    pub channel: Channel,
    /// Who began it.
    pub made_by: MemberId,
    /// When.
    pub made_at: OffsetDateTime,
    /// When it last changed.
    pub changed_at: OffsetDateTime,
    /// How many rows wait.
    pub drafts: i64,
    /// How many rows are sent.
    pub sent: i64,
}

const COLUMNS: &str = "id, title, channel, made_by, made_at, changed_at, drafts, sent";

/// Whose sheets a scope reaches: all of a community, or one's own. Nobody else keeps sheets.
fn reach(scope: &Scope) -> Result<(Value, Option<MemberId>), Error> {
    match scope {
        Scope::Community(community) => Ok((community.0.into(), None)),
        Scope::GridSubtree {
            community, hands, ..
        } => Ok((community.0.into(), Some(hands.own()))),
        _ => Err(Error::NotFound("sheet")),
    }
}

async fn find(on: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Sheet, Error> {
    let (community, own) = reach(scope)?;
    let sql = format!("SELECT {COLUMNS} FROM sheets WHERE community_id = ? AND id = ?");
    let row = ask::row(on, &sql, [community, id.into()]).await?;
    let found = row.as_ref().map(sheet).transpose()?;
    found
        .filter(|sheet| own.is_none_or(|member| member == sheet.made_by))
        .ok_or(Error::NotFound("sheet"))
}

impl Unit {
    /// Keeps a new sheet without rows.
    ///
    /// # Errors
    /// `Taken` if its id is used.
    pub async fn keep_sheet(&self, sheet: &Sheet) -> Result<(), Error> {
        let values: [Value; 7] = [
            self.community().0.into(),
            sheet.id.into(),
            sheet.title.as_str().into(),
            sheet.channel.as_str().into(),
            sheet.made_by.0.into(),
            micros(sheet.made_at).into(),
            micros(sheet.changed_at).into(),
        ];
        let sql = "INSERT INTO sheets (community_id, id, title, channel, made_by, made_at, changed_at, last, drafts, sent) \
                   VALUES (?,?,?,?,?,?,?,0,0,0)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// A sheet within reach.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sheet_within(&self, scope: &Scope, id: Uuid) -> Result<Sheet, Error> {
        find(self, scope, id).await
    }

    /// Forgets a sheet and its drafts. Whoever asks has seen that nothing of it was sent.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_sheet(&self, id: Uuid) -> Result<(), Error> {
        for sql in [
            "DELETE FROM sheet_rows WHERE community_id = ? AND sheet_id = ?",
            "DELETE FROM sheets WHERE community_id = ? AND id = ?",
        ] {
            self.run(sql, [self.community().0.into(), id.into()])
                .await?;
        }
        Ok(())
    }
}

impl Reader {
    /// The sheets within reach, the one changed last first.
    ///
    /// # Errors
    /// `NotFound` for a scope that reaches none.
    pub async fn sheets(&self, scope: &Scope, most: u32) -> Result<Vec<Sheet>, Error> {
        let (community, own) = reach(scope)?;
        let (condition, member) = match own {
            Some(member) => (" AND made_by = ?", Some(Value::from(member.0))),
            None => ("", None),
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM sheets WHERE community_id = ?{condition} ORDER BY changed_at DESC LIMIT ?"
        );
        let values = std::iter::once(community)
            .chain(member)
            .chain([i64::from(most).into()]);
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(sheet).collect()
    }

    /// A page of the sheets within reach, newest first, begun before the one that is named. In this order no sheet moves
    /// while it is read page by page.
    ///
    /// # Errors
    /// `NotFound` for a scope that reaches none.
    pub async fn sheets_before(
        &self,
        scope: &Scope,
        before: Option<Uuid>,
        most: u16,
    ) -> Result<Vec<Sheet>, Error> {
        let (community, own) = reach(scope)?;
        let mut conditions = String::new();
        let mut values = vec![community];
        if let Some(member) = own {
            conditions.push_str(" AND made_by = ?");
            values.push(member.0.into());
        }
        if let Some(before) = before {
            conditions.push_str(" AND id < ?");
            values.push(before.into());
        }
        values.push(i64::from(most).into());
        let sql = format!(
            "SELECT {COLUMNS} FROM sheets WHERE community_id = ?{conditions} ORDER BY id DESC LIMIT ?"
        );
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(sheet).collect()
    }

    /// A sheet within reach.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sheet_within(&self, scope: &Scope, id: Uuid) -> Result<Sheet, Error> {
        find(self, scope, id).await
    }
}

fn sheet(row: &QueryResult) -> Result<Sheet, Error> {
    let id: Uuid = row.try_get("", "id")?;
    let channel: String = row.try_get("", "channel")?;
    let known = Channel::ALL
        .into_iter()
        .find(|known| known.as_str() == channel);
    Ok(Sheet {
        id,
        title: row.try_get("", "title")?,
        channel: known.ok_or_else(|| Error::Contradiction {
            table: "sheets",
            id: id.to_string(),
            why: format!("channel {channel}"),
        })?,
        made_by: MemberId(row.try_get("", "made_by")?),
        made_at: instant(row.try_get("", "made_at")?),
        changed_at: instant(row.try_get("", "changed_at")?),
        drafts: row.try_get("", "drafts")?,
        sent: row.try_get("", "sent")?,
    })
}
