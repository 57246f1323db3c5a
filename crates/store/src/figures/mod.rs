//! The sheets that figures are counted on: one keyed row for every few hundred cases, written by their follower together
//! with its cursor, read whole into memory. They hold no scope: rows behind a number are found by `case` within one.

mod body;

use rules::figures::Sheet;
use rules::ids::{CaseId, CommunityId};
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask};

/// A sheet with its place among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptSheet {
    /// The lowest id that may stand on it; nil on the first.
    pub first: CaseId,
    /// The cases.
    pub sheet: Box<Sheet>,
}

/// A sheet as one look finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSheet {
    /// The lowest id that may stand on it.
    pub first: CaseId,
    /// The entry after which it was written.
    pub seq: i64,
    /// Its cases.
    pub sheet: Box<Sheet>,
}

impl Unit {
    /// Writes a sheet over whatever was kept under its first id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_figure_sheet(&self, kept: &KeptSheet, seq: i64) -> Result<(), Error> {
        let sql = "INSERT INTO figure_sheets (community_id, first_case, seq, body) VALUES (?,?,?,?) \
                   ON CONFLICT (community_id, first_case) DO UPDATE SET seq = excluded.seq, body = excluded.body";
        let values = [
            self.community().0.into(),
            kept.first.0.into(),
            seq.into(),
            body::write(&kept.sheet).into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }

    /// Forgets all sheets of the community, to count from the journal's start again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn clear_figure_sheets(&self) -> Result<(), Error> {
        let sql = "DELETE FROM figure_sheets WHERE community_id = ?";
        self.run(sql, [self.community().0.into()]).await?;
        Ok(())
    }
}

impl Reader {
    /// The sheet on which a case stands, or would; none in a community without sheets, as the first one begins below every id.
    /// With it the first id of the next.
    ///
    /// # Errors
    /// `Contradiction` for a sheet that cannot be read.
    pub async fn figure_sheet_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<(Option<KeptSheet>, Option<CaseId>), Error> {
        let sql = "SELECT first_case, seq, body, \
                   (SELECT n.first_case FROM figure_sheets n WHERE n.community_id = s.community_id AND n.first_case > ? \
                   ORDER BY n.first_case LIMIT 1) AS next_first \
                   FROM figure_sheets s WHERE community_id = ? AND first_case <= ? ORDER BY first_case DESC LIMIT 1";
        let values = [case.0.into(), community.0.into(), case.0.into()];
        let Some(row) = ask::row(self, sql, values).await? else {
            return Ok((None, None));
        };
        let next: Option<Uuid> = row.try_get("", "next_first")?;
        Ok((Some(kept(&row)?), next.map(CaseId)))
    }

    /// Every sheet of a community in order, without its cases: the lowest id that may stand on it, and the entry after which
    /// it was written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn figure_marks(&self, community: CommunityId) -> Result<Vec<(CaseId, i64)>, Error> {
        let sql =
            "SELECT first_case, seq FROM figure_sheets WHERE community_id = ? ORDER BY first_case";
        let rows = ask::rows(self, sql, [community.0.into()]).await?;
        let mark = |row: &QueryResult| {
            let first: Uuid = row.try_get("", "first_case")?;
            Ok((CaseId(first), row.try_get("", "seq")?))
        };
        rows.iter().map(mark).collect()
    }

    /// The sheets that begin between two ids, the second one not included; with none, all from the first on. One statement,
    /// so that a case that moves to a new sheet between them is on one of the two.
    ///
    /// # Errors
    /// `Contradiction` for a sheet that cannot be read.
    pub async fn figure_sheets(
        &self,
        community: CommunityId,
        from: CaseId,
        until: Option<CaseId>,
    ) -> Result<Vec<ReadSheet>, Error> {
        let sql = "SELECT first_case, seq, body FROM figure_sheets WHERE community_id = ? AND first_case >= ? \
                   AND first_case < ? ORDER BY first_case";
        let until = until.map_or(Uuid::max(), |until| until.0);
        let values = [community.0.into(), from.0.into(), until.into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &QueryResult) -> Result<ReadSheet, Error> {
    let KeptSheet { first, sheet } = kept(row)?;
    Ok(ReadSheet {
        first,
        seq: row.try_get("", "seq")?,
        sheet,
    })
}

fn kept(row: &QueryResult) -> Result<KeptSheet, Error> {
    let first: Uuid = row.try_get("", "first_case")?;
    let bytes: Vec<u8> = row.try_get("", "body")?;
    Ok(KeptSheet {
        first: CaseId(first),
        sheet: sheet(first, &bytes)?,
    })
}

fn sheet(first: Uuid, bytes: &[u8]) -> Result<Box<Sheet>, Error> {
    body::read(bytes).ok_or_else(|| Error::Contradiction {
        table: "figure_sheets",
        id: first.to_string(),
        why: "its bytes are no sheet".into(),
    })
}
