//! The reports that the rows of a sheet became.

use rules::ids::CommunityId;
use uuid::Uuid;

use super::{Report, report};
use crate::conn::Reader;
use crate::{Error, ask};

impl Reader {
    /// The reports of a sheet that was found within reach, each with the number of its row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sheet_reports(
        &self,
        community: CommunityId,
        sheet: Uuid,
    ) -> Result<Vec<(i64, Report)>, Error> {
        let sql = "SELECT s.n AS n, r.id, r.number, r.case_id, r.channel, r.words, r.place_note, r.grid_id, r.category, r.lon, r.lat, \
                   r.answer_by, r.received_at, r.entered_by FROM sheet_rows s \
                   JOIN reports r ON r.community_id = s.community_id AND r.id = s.report_id \
                   WHERE s.community_id = ? AND s.sheet_id = ? ORDER BY s.n";
        let rows = ask::rows(self, sql, [community.0.into(), sheet.into()]).await?;
        let code = self.codes().of(self, community).await?;
        rows.iter()
            .map(|row| Ok((row.try_get("", "n")?, report(row, &code)?)))
            .collect()
    }
}
