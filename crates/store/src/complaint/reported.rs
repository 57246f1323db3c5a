//! A complaint that turned out to be an ordinary report: what was sealed for it alone is forgotten here, and what it was as a
//! case before, if it was one, is shown again. And the way on, should it turn out to be a complaint after all.

use rules::complaint::Complaint;
use rules::ids::{CaseId, ComplaintId, ReportId};
use sea_orm::{QueryResult, Value};

use super::SealedWords;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// Tellings of a case that are complaints now, apart from its own.
const COMPLAINTS_OF: &str = "community_id = ? AND case_id = ? AND id <> ? AND id IN \
    (SELECT c.id FROM complaints c WHERE c.community_id = ? AND c.state <> 'reported')";

impl Unit {
    /// Saves a complaint that became a report. Who told it and what came along lie with the report from now on and no more here;
    /// the words stay under seal with what was found out, as what was decided upon. What came along and may not stand on a case is
    /// kept anew (`keep_complaint_along`).
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn save_reported(&self, before: i64, complaint: &Complaint) -> Result<(), Error> {
        self.save_complaint(before, complaint, None).await?;
        let sql = "UPDATE complaints SET name = NULL, phone = NULL, along = NULL WHERE community_id = ? AND id = ?";
        self.run(sql, [self.community().0.into(), complaint.id.0.into()])
            .await?;
        Ok(())
    }

    /// Keeps a complaint anew that was made a report and turned out to be a complaint after all. Its notes are still there.
    ///
    /// # Errors
    /// `Stale` if somebody was faster, or if it is a complaint already.
    pub async fn renew_complaint(
        &self,
        before: i64,
        complaint: &Complaint,
        sealed: &SealedWords,
    ) -> Result<(), Error> {
        let values: [Value; 14] = [
            complaint.version.into(),
            complaint.state.name().as_str().into(),
            complaint.about.map(|id| id.0).into(),
            complaint.lead.map(|id| id.0).into(),
            sealed.words.clone().into(),
            sealed.about.clone().into(),
            sealed.name.clone().into(),
            sealed.phone.clone().into(),
            sealed.along.clone().into(),
            micros(complaint.due_at).into(),
            complaint.held.into(),
            self.community().0.into(),
            complaint.id.0.into(),
            before.into(),
        ];
        let sql = "UPDATE complaints SET version = ?, state = ?, about_id = ?, lead_id = ?, words = ?, about_words = ?, name = ?, phone = ?, \
                   along = ?, due_at = ?, held = ?, taken_by = NULL, closed_at = NULL, looked_at = 0 \
                   WHERE community_id = ? AND id = ? AND version = ? AND state = 'reported'";
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::Stale { is: before }),
        }
    }

    /// Puts what was told back in the place of what stood for it meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restore_telling(
        &self,
        report: ReportId,
        words: &str,
        place_note: &str,
    ) -> Result<(), Error> {
        let sql = "UPDATE reports SET words = ?, place_note = ? WHERE community_id = ? AND id = ?";
        let values: [Value; 4] = [
            words.into(),
            place_note.into(),
            self.community().0.into(),
            report.0.into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }

    /// Shows a case again that was withheld. Its other tellings that are complaints leave it, with their photos and sound, and
    /// stand under their own ids from then on.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restore_case(&self, case: CaseId) -> Result<(), Error> {
        let (community, case) = (self.community().0, case.0);
        let shown = "UPDATE cases SET withheld = false WHERE community_id = ? AND id = ?";
        self.run(shown, [community.into(), case.into()]).await?;
        let files = format!(
            "UPDATE attachments SET case_id = report_id WHERE community_id = ? AND case_id = ? AND report_id IN \
             (SELECT id FROM reports WHERE {COMPLAINTS_OF})"
        );
        let of =
            || -> [Value; 4] { [community.into(), case.into(), case.into(), community.into()] };
        let own: [Value; 2] = [community.into(), case.into()];
        self.run(&files, own.into_iter().chain(of())).await?;
        let tellings = format!("UPDATE reports SET case_id = id WHERE {COMPLAINTS_OF}");
        self.run(&tellings, of()).await?;
        Ok(())
    }

    /// The tellings of a case that are complaints now and went under seal with it, apart from its own.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaints_of(&self, case: CaseId) -> Result<Vec<ComplaintId>, Error> {
        let sql = format!("SELECT id FROM reports WHERE {COMPLAINTS_OF} ORDER BY id");
        let (community, case) = (self.community().0, case.0);
        let of: [Value; 4] = [community.into(), case.into(), case.into(), community.into()];
        let rows = ask::rows(self, &sql, of).await?;
        let one = |row: &QueryResult| -> Result<ComplaintId, Error> {
            Ok(ComplaintId(row.try_get("", "id")?))
        };
        rows.iter().map(one).collect()
    }

    /// What came along with a complaint, under seal.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn complaint_along(&self, id: ComplaintId) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT along FROM complaints WHERE community_id = ? AND id = ?";
        let row = self
            .row(sql, [self.community().0.into(), id.0.into()])
            .await?;
        let row = row.ok_or(Error::NotFound("complaint"))?;
        Ok(row.try_get("", "along")?)
    }

    /// Keeps anew what came along with a complaint: to whoever looks into it nothing has changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_complaint_along(
        &self,
        id: ComplaintId,
        along: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        let sql = "UPDATE complaints SET along = ? WHERE community_id = ? AND id = ?";
        let values: [Value; 3] = [along.into(), self.community().0.into(), id.0.into()];
        self.run(sql, values).await?;
        Ok(())
    }
}
