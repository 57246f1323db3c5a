//! The rows of a sheet. Each change names the version that was seen; a row that was sent does not change any more.

use rules::ids::{CommunityId, MemberId, ReportId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Sheet;
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// A row to keep; name and phone are sealed for its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// Its key, which seals are bound to.
    pub id: Uuid,
    /// Where it is, as typed.
    pub place: String,
    /// What was told.
    pub words: String,
    /// The category, as typed.
    pub category: String,
    /// The sealed name.
    pub name: Option<Vec<u8>>,
    /// The sealed phone.
    pub phone: Option<Vec<u8>>,
}

/// A row as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number in the sheet, from 1; never used again.
    pub n: i64,
    /// How often it was changed, from 1.
    pub version: i64,
    /// The report it became, once sent; then there are no words here any more.
    pub report: Option<ReportId>,
    /// Who wrote it last.
    pub changed_by: MemberId,
    /// When.
    pub changed_at: OffsetDateTime,
    /// What it says.
    pub row: NewRow,
}

const COLUMNS: &str =
    "n, id, version, place, words, category, name, phone, report_id, changed_by, changed_at";

impl Unit {
    /// Adds rows behind the last one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_sheet_rows(
        &self,
        sheet: Uuid,
        rows: &[NewRow],
        by: MemberId,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let many = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let sql = "UPDATE sheets SET last = last + ?, drafts = drafts + ?, changed_at = ? WHERE community_id = ? AND id = ? RETURNING last";
        let counted: [Value; 5] = [
            many.into(),
            many.into(),
            micros(at).into(),
            self.community().0.into(),
            sheet.into(),
        ];
        let last: i64 = self
            .row(sql, counted)
            .await?
            .ok_or(Error::NotFound("sheet"))?
            .try_get("", "last")?;
        for (n, row) in (last - many + 1..).zip(rows) {
            let values: [Value; 11] = [
                self.community().0.into(),
                sheet.into(),
                n.into(),
                row.id.into(),
                row.place.as_str().into(),
                row.words.as_str().into(),
                row.category.as_str().into(),
                row.name.clone().into(),
                row.phone.clone().into(),
                by.0.into(),
                micros(at).into(),
            ];
            let sql = "INSERT INTO sheet_rows (community_id, sheet_id, n, id, version, place, words, category, name, phone, changed_by, changed_at) \
                       VALUES (?,?,?,?,1,?,?,?,?,?,?,?)";
            self.run(sql, values).await?;
        }
        Ok(())
    }

    /// The row of a number.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sheet_row(&self, sheet: Uuid, n: i64) -> Result<SheetRow, Error> {
        find(self, self.community(), sheet, n).await
    }

    /// Writes a draft anew over the version that was seen.
    ///
    /// # Errors
    /// `Stale` if somebody was faster or it was sent.
    pub async fn change_sheet_row(
        &self,
        sheet: Uuid,
        n: i64,
        seen: i64,
        row: &NewRow,
        by: MemberId,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 11] = [
            row.place.as_str().into(),
            row.words.as_str().into(),
            row.category.as_str().into(),
            row.name.clone().into(),
            row.phone.clone().into(),
            by.0.into(),
            micros(at).into(),
            self.community().0.into(),
            sheet.into(),
            n.into(),
            seen.into(),
        ];
        let sql = "UPDATE sheet_rows SET version = version + 1, place = ?, words = ?, category = ?, name = ?, phone = ?, changed_by = ?, \
                   changed_at = ? WHERE community_id = ? AND sheet_id = ? AND n = ? AND version = ? AND report_id IS NULL";
        self.one(sql, values, sheet, n).await?;
        self.count(sheet, 0, 0, at).await
    }

    /// Forgets a draft.
    ///
    /// # Errors
    /// `Stale` if somebody was faster or it was sent.
    pub async fn drop_sheet_row(
        &self,
        sheet: Uuid,
        n: i64,
        seen: i64,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 4] = [
            self.community().0.into(),
            sheet.into(),
            n.into(),
            seen.into(),
        ];
        let sql = "DELETE FROM sheet_rows WHERE community_id = ? AND sheet_id = ? AND n = ? AND version = ? AND report_id IS NULL";
        self.one(sql, values, sheet, n).await?;
        self.count(sheet, -1, 0, at).await
    }

    /// Marks a row as sent and empties it: from now on its words and contact live with the report alone.
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn sent_sheet_row(
        &self,
        sheet: Uuid,
        n: i64,
        seen: i64,
        report: ReportId,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 5] = [
            report.0.into(),
            self.community().0.into(),
            sheet.into(),
            n.into(),
            seen.into(),
        ];
        let sql = "UPDATE sheet_rows SET version = version + 1, report_id = ?, place = '', words = '', category = '', name = NULL, phone = NULL \
                   WHERE community_id = ? AND sheet_id = ? AND n = ? AND version = ? AND report_id IS NULL";
        self.one(sql, values, sheet, n).await?;
        self.count(sheet, -1, 1, at).await
    }

    async fn one<const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
        sheet: Uuid,
        n: i64,
    ) -> Result<(), Error> {
        if self.run(sql, values).await? == 1 {
            return Ok(());
        }
        let is = self.sheet_row(sheet, n).await?.version;
        Err(Error::Stale { is })
    }

    async fn count(
        &self,
        sheet: Uuid,
        drafts: i64,
        sent: i64,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 5] = [
            drafts.into(),
            sent.into(),
            micros(at).into(),
            self.community().0.into(),
            sheet.into(),
        ];
        let sql = "UPDATE sheets SET drafts = drafts + ?, sent = sent + ?, changed_at = ? WHERE community_id = ? AND id = ?";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Reader {
    /// The rows of a sheet that was found within reach, in their order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sheet_rows(
        &self,
        community: CommunityId,
        sheet: &Sheet,
    ) -> Result<Vec<SheetRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sheet_rows WHERE community_id = ? AND sheet_id = ? ORDER BY n"
        );
        let rows = ask::rows(self, &sql, [community.0.into(), sheet.id.into()]).await?;
        rows.iter().map(row_of).collect()
    }

    /// One row of a sheet that was found within reach.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sheet_row(
        &self,
        community: CommunityId,
        sheet: &Sheet,
        n: i64,
    ) -> Result<SheetRow, Error> {
        find(self, community, sheet.id, n).await
    }
}

async fn find(
    on: &impl ConnectionTrait,
    community: CommunityId,
    sheet: Uuid,
    n: i64,
) -> Result<SheetRow, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sheet_rows WHERE community_id = ? AND sheet_id = ? AND n = ?"
    );
    let row = ask::row(on, &sql, [community.0.into(), sheet.into(), n.into()]).await?;
    row.as_ref()
        .map(row_of)
        .transpose()?
        .ok_or(Error::NotFound("row"))
}

fn row_of(row: &QueryResult) -> Result<SheetRow, Error> {
    let report: Option<Uuid> = row.try_get("", "report_id")?;
    Ok(SheetRow {
        n: row.try_get("", "n")?,
        version: row.try_get("", "version")?,
        report: report.map(ReportId),
        changed_by: MemberId(row.try_get("", "changed_by")?),
        changed_at: instant(row.try_get("", "changed_at")?),
        row: NewRow {
            id: row.try_get("", "id")?,
            place: row.try_get("", "place")?,
            words: row.try_get("", "words")?,
            category: row.try_get("", "category")?,
            name: row.try_get("", "name")?,
            phone: row.try_get("", "phone")?,
        },
    })
}
