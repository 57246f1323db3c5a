//! What a case said before it turned out to be a complaint: taken out of every place where people read cases. The words
//! lie sealed with the complaint then, and what stands here instead says nothing of it.

use rules::ids::{CaseId, CommunityId, ComplaintId, ReportId};
use sea_orm::Value;

use super::said::{CaseWords, PLACES};
use crate::case::Attachment;
use crate::conn::Reader;
use crate::report::SealedContact;
use crate::unit::Unit;
use crate::{Error, ask};

/// Where a telling keeps words of people, with what takes their place.
const OF_REPORT: [&str; 2] = [
    "UPDATE reports SET words = ?, place_note = '' WHERE community_id = ? AND id = ?",
    "UPDATE place_events SET words = ?, place_note = '' WHERE community_id = ? AND report_id = ?",
];

impl Unit {
    /// Hides a case from every scope, and puts `instead` into every place where it keeps words that people said about it; gives
    /// what stood there, to be sealed with the complaint. A lead that officers have goes on without the case (`Alone`).
    ///
    /// # Errors
    /// What the database says.
    pub async fn withhold_case_words(
        &self,
        case: CaseId,
        instead: &str,
    ) -> Result<CaseWords, Error> {
        let said = CaseWords::of(self, case, instead).await?;
        let own = || -> [Value; 2] { [self.community().0.into(), case.0.into()] };
        let gone = "UPDATE cases SET withheld = true WHERE community_id = ? AND id = ?";
        self.run(gone, own()).await?;
        for place in &PLACES {
            place.withhold(self, case, instead).await?;
        }
        Ok(said)
    }

    /// Puts `instead` in the place of what was told, and forgets who told it: both lie with the complaint.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withhold_telling(&self, report: ReportId, instead: &str) -> Result<(), Error> {
        for sql in OF_REPORT {
            let values: [Value; 3] = [instead.into(), self.community().0.into(), report.0.into()];
            self.run(sql, values).await?;
        }
        let values: [Value; 2] = [self.community().0.into(), report.0.into()];
        self.run(
            "DELETE FROM contacts WHERE community_id = ? AND report_id = ?",
            values,
        )
        .await?;
        Ok(())
    }

    /// Takes a telling that had joined a case out of it, with its photos and sound: it stands under its own id from now on.
    ///
    /// # Errors
    /// What the database says.
    pub async fn part_telling(&self, report: ReportId, case: CaseId) -> Result<(), Error> {
        for sql in [
            "UPDATE reports SET case_id = ? WHERE community_id = ? AND case_id = ? AND id = ?",
            "UPDATE attachments SET case_id = ? WHERE community_id = ? AND case_id = ? AND report_id = ?",
        ] {
            let values: [Value; 4] = [
                report.0.into(),
                self.community().0.into(),
                case.0.into(),
                report.0.into(),
            ];
            self.run(sql, values).await?;
        }
        Ok(())
    }

    /// Takes photos and sound of the first telling out of its case, which goes on, to the complaint that the telling became.
    ///
    /// # Errors
    /// What the database says.
    pub async fn part_first_telling(
        &self,
        case: CaseId,
        complaint: ComplaintId,
    ) -> Result<(), Error> {
        let sql = "UPDATE attachments SET case_id = ?, report_id = ? WHERE community_id = ? AND case_id = ? AND report_id = ?";
        let values: [Value; 5] = [
            complaint.0.into(),
            complaint.0.into(),
            self.community().0.into(),
            case.0.into(),
            case.0.into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }

    /// Puts photos and sound of a telling that joins a case there, where they lay under its own id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn join_telling(&self, report: ReportId, case: CaseId) -> Result<(), Error> {
        let sql = "UPDATE attachments SET case_id = ? WHERE community_id = ? AND case_id = ? AND report_id = ?";
        let values: [Value; 4] = [
            case.0.into(),
            self.community().0.into(),
            report.0.into(),
            report.0.into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }

    /// The sealed contact of a report, as it stands in this unit.
    ///
    /// # Errors
    /// What the database says.
    pub async fn contact_of(&self, report: ReportId) -> Result<Option<SealedContact>, Error> {
        let sql = "SELECT name, phone, visit_welcome, language, quiet FROM contacts WHERE community_id = ? AND report_id = ?";
        let values: [Value; 2] = [self.community().0.into(), report.0.into()];
        let row = self.row(sql, values).await?;
        row.map(|row| {
            Ok(SealedContact {
                name: row.try_get("", "name")?,
                phone: row.try_get("", "phone")?,
                visit_welcome: row.try_get("", "visit_welcome")?,
                language: row.try_get("", "language")?,
                quiet: row.try_get("", "quiet")?,
            })
        })
        .transpose()
    }
}

impl Reader {
    /// Whether a telling became a complaint and still is one; the complaint has its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_complaint(
        &self,
        community: CommunityId,
        report: ReportId,
    ) -> Result<bool, Error> {
        let sql =
            "SELECT id FROM complaints WHERE community_id = ? AND id = ? AND state <> 'reported'";
        let row = ask::row(self, sql, [community.0.into(), report.0.into()]).await?;
        Ok(row.is_some())
    }

    /// Photos and sound that came with a complaint, or with a telling before it became one, in order of their keeping. No
    /// finder of cases gives them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaint_attachments(
        &self,
        community: CommunityId,
        id: ComplaintId,
    ) -> Result<Vec<Attachment>, Error> {
        // by their case, which the index knows
        let sql = "SELECT id, case_id, report_id, result_id, kind, blob, thumbnail, at FROM attachments \
                   WHERE community_id = ? AND report_id = ? \
                   AND case_id = coalesce((SELECT coalesce(case_id, id) FROM reports WHERE community_id = ? AND id = ?), ?) ORDER BY at, id";
        let values: [Value; 5] = [
            community.0.into(),
            id.0.into(),
            community.0.into(),
            id.0.into(),
            id.0.into(),
        ];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter().map(crate::case::attachment).collect()
    }
}
