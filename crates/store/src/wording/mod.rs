//! Wordings as kept: every version stays, so that what a reporter was told can always be shown as it was told.

use rules::ids::{CaseId, CommunityId, MemberId, WordingId};
use rules::wording::{Filling, Phrase, Wording};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// A wording with who wrote this version of it, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWording {
    /// The wording.
    pub wording: Wording,
    /// Who wrote it.
    pub by: MemberId,
    /// When.
    pub at: OffsetDateTime,
}

/// What a reporter was told at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The version of the case after the step.
    pub version: i64,
    /// The wording as it was then.
    pub wording: Wording,
    /// What its blanks were filled with.
    pub filling: Filling,
}

const COLUMNS: &str = "w.id, w.version, w.step, w.category, w.zh, w.en";

impl Unit {
    /// Keeps a new wording, or the next version of one.
    ///
    /// # Errors
    /// `Stale` if the version before is not the one that holds; `Taken` if another wording holds for the step and category.
    pub async fn keep_wording(&self, kept: &KeptWording) -> Result<(), Error> {
        let wording = &kept.wording;
        if wording.version > 1 {
            self.end_wording(wording.id, wording.version - 1, kept.at)
                .await?;
        }
        let values: [Value; 9] = [
            self.community().0.into(),
            wording.id.0.into(),
            wording.version.into(),
            wording.step.as_str().into(),
            wording
                .category
                .as_ref()
                .map_or("", |code| code.as_str())
                .into(),
            wording.zh.as_str().into(),
            wording.en.as_str().into(),
            kept.by.0.into(),
            micros(kept.at).into(),
        ];
        let sql = "INSERT INTO wordings (community_id, id, version, step, category, zh, en, by_id, at) VALUES (?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Takes a wording out; what was told with it stays as it was told.
    ///
    /// # Errors
    /// `Stale` if that version does not hold.
    pub async fn end_wording(
        &self,
        id: WordingId,
        version: i64,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let sql = "UPDATE wordings SET until_at = ? WHERE community_id = ? AND id = ? AND version = ? AND until_at IS NULL";
        let values: [Value; 4] = [
            micros(at).into(),
            self.community().0.into(),
            id.0.into(),
            version.into(),
        ];
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::Stale { is: version + 1 }),
        }
    }

    /// Keeps what was told at a step.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_told(
        &self,
        case: CaseId,
        version: i64,
        wording: &Wording,
        filling: &Filling,
    ) -> Result<(), Error> {
        let values: [Value; 8] = [
            self.community().0.into(),
            case.0.into(),
            version.into(),
            wording.id.0.into(),
            wording.version.into(),
            filling.category.clone().into(),
            filling.grid.clone().into(),
            filling.due.map(micros).into(),
        ];
        let sql = "INSERT INTO wordings_told (community_id, case_id, version, wording_id, wording_version, category, grid, due_at) \
                   VALUES (?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// The wordings that hold, by step and category.
    ///
    /// # Errors
    /// What the database says.
    pub async fn wordings(&self, community: CommunityId) -> Result<Vec<KeptWording>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, w.by_id, w.at FROM wordings w WHERE w.community_id = ? AND w.until_at IS NULL \
             ORDER BY w.step, w.category, w.id"
        );
        let rows = ask::rows(self, &sql, [community.0.into()]).await?;
        let kept = |row: &QueryResult| {
            Ok(KeptWording {
                wording: wording(row)?,
                by: MemberId(row.try_get("", "by_id")?),
                at: instant(row.try_get("", "at")?),
            })
        };
        rows.iter().map(kept).collect()
    }

    /// What reporters were told about a case, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told_of(&self, community: CommunityId, case: CaseId) -> Result<Vec<Told>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, t.version AS told, t.category AS told_category, t.grid AS told_grid, t.due_at \
             FROM wordings_told t JOIN wordings w ON w.community_id = t.community_id AND w.id = t.wording_id \
             AND w.version = t.wording_version WHERE t.community_id = ? AND t.case_id = ? ORDER BY t.version"
        );
        let rows = ask::rows(self, &sql, [community.0.into(), case.0.into()]).await?;
        let told = |row: &QueryResult| {
            let due: Option<i64> = row.try_get("", "due_at")?;
            Ok(Told {
                version: row.try_get("", "told")?,
                wording: wording(row)?,
                filling: Filling {
                    category: row.try_get("", "told_category")?,
                    grid: row.try_get("", "told_grid")?,
                    due: due.map(instant),
                },
            })
        };
        rows.iter().map(told).collect()
    }
}

fn wording(row: &QueryResult) -> Result<Wording, Error> {
    let id: uuid::Uuid = row.try_get("", "id")?;
    let wrong = |why: String| Error::Contradiction {
        table: "wordings",
        id: id.to_string(),
        why,
    };
    let phrase = |column: &str| -> Result<Phrase, Error> {
        let text: String = row.try_get("", column)?;
        text.parse()
            .map_err(|fault: rules::wording::PhraseFault| wrong(fault.to_string()))
    };
    let category: String = row.try_get("", "category")?;
    Ok(Wording {
        id: WordingId(id),
        version: row.try_get("", "version")?,
        step: ask::typed(row, "wordings", "step")?,
        category: Some(category)
            .filter(|code| !code.is_empty())
            .map(|code| code.parse())
            .transpose()
            .map_err(|_| wrong("category".into()))?,
        zh: phrase("zh")?,
        en: phrase("en")?,
    })
}
