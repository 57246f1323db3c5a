//! The reports that the rows of a sheet became.

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{COLUMNS, Report, report};
use crate::conn::{Lines, Reader};
use crate::{Error, dialect};

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
        let sql = format!(
            "SELECT s.n, {COLUMNS} FROM sheet_rows s \
             JOIN reports ON reports.community_id = s.community_id AND reports.id = s.report_id \
             LEFT JOIN cases ON cases.community_id = reports.community_id AND cases.id = reports.id AND reports.case_id IS NULL \
             WHERE s.community_id = ? AND s.sheet_id = ? ORDER BY s.n"
        );
        let code = self.codes().of(self, community).await?;
        let values: [Value; 2] = [community.0.into(), sheet.into()];
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        self.lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok((cells.next()?, report(&mut cells, &code)?))
        })
        .await
    }
}
