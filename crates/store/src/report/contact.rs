//! The reporter's contact, sealed: the cellar keeps and gives back bytes it cannot read. Every reading is written to the
//! ledger of access in the same unit that asks for it.

use std::collections::{HashMap, HashSet};

use rules::ids::{AccountId, CaseId, CommunityId, MemberId, ReportId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::{Cells, Lines, Reader};
use crate::unit::Unit;
use crate::{Error, dialect, micros};

/// Name and phone under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedContact {
    /// The sealed name.
    pub name: Option<Vec<u8>>,
    /// The sealed phone number.
    pub phone: Option<Vec<u8>>,
    /// Whether the reporter would like to be asked in person afterwards.
    pub visit_welcome: bool,
    /// The tag of the language the reporter reads; none where nobody knows.
    pub language: Option<String>,
    /// Whether the reporter does not want to be sent messages.
    pub quiet: bool,
}

/// One reading of personal data, as the ledger keeps it.
#[derive(Debug, Clone)]
pub struct Access<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub account: AccountId,
    /// As which member.
    pub member: Option<MemberId>,
    /// In which role.
    pub role: &'a str,
    /// For which purpose, from the closed list.
    pub purpose: &'a str,
    /// For which case.
    pub case: CaseId,
    /// Whose data: the report that brought them.
    pub report: ReportId,
    /// Which fields.
    pub fields: &'a str,
    /// The entry's key.
    pub id: Uuid,
}

/// The columns of a contact, in the order in which they are read.
pub(crate) const COLUMNS: &str =
    "contacts.visit_welcome, contacts.name, contacts.phone, contacts.language, contacts.quiet";

/// A contact where there is one beside the row that it was joined to.
pub(crate) fn beside(cells: &mut Cells<'_>) -> Result<Option<SealedContact>, Error> {
    if cells.peek::<Option<bool>>()?.is_none() {
        return Ok(None);
    }
    contact(cells).map(Some)
}

fn contact(cells: &mut Cells<'_>) -> Result<SealedContact, Error> {
    Ok(SealedContact {
        visit_welcome: cells.next()?,
        name: cells.next()?,
        phone: cells.next()?,
        language: cells.next()?,
        quiet: cells.next()?,
    })
}

impl Unit {
    /// Keeps a sealed contact.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_contact(
        &self,
        report: ReportId,
        contact: &SealedContact,
    ) -> Result<(), Error> {
        let values: [Value; 7] = [
            self.community().0.into(),
            report.0.into(),
            contact.name.clone().into(),
            contact.phone.clone().into(),
            contact.visit_welcome.into(),
            contact.language.clone().into(),
            contact.quiet.into(),
        ];
        self.run_apart("INSERT INTO contacts (community_id, report_id, name, phone, visit_welcome, language, quiet) VALUES (?,?,?,?,?,?,?)", values).await?;
        Ok(())
    }

    /// Writes one line to the ledger of access. The bytes leave only after this unit's commit.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_access(&self, access: &Access<'_>) -> Result<(), Error> {
        let values: [Value; 10] = [
            self.community().0.into(),
            access.id.into(),
            micros(access.at).into(),
            access.account.0.into(),
            access.member.map(|id| id.0).into(),
            access.role.into(),
            access.purpose.into(),
            access.case.0.into(),
            access.report.0.into(),
            access.fields.into(),
        ];
        let sql = "INSERT INTO access_entries (community_id, id, at, account_id, member_id, role, purpose, case_id, report_id, fields) \
                   VALUES (?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }
}

impl Unit {
    /// Whether a reporter wants to be sent messages.
    ///
    /// # Errors
    /// `NotFound` if there is no contact.
    pub async fn silence_contact(&self, report: ReportId, quiet: bool) -> Result<(), Error> {
        let sql = "UPDATE contacts SET quiet = ? WHERE community_id = ? AND report_id = ?";
        let values: [Value; 3] = [quiet.into(), self.community().0.into(), report.0.into()];
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::NotFound("contact")),
        }
    }
}

impl Reader {
    /// Which of these cases have a reporter who left a telephone number, and so waits to hear something.
    ///
    /// # Errors
    /// What the database says.
    pub async fn with_a_phone(
        &self,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<HashSet<CaseId>, Error> {
        let mut found = HashSet::new();
        for page in cases.chunks(500) {
            let marks = vec!["?"; page.len()].join(",");
            let sql = format!(
                "SELECT DISTINCT coalesce(r.case_id, r.id) FROM reports r \
                 JOIN contacts c ON c.community_id = r.community_id AND c.report_id = r.id \
                 WHERE r.community_id = ? AND c.phone IS NOT NULL AND (r.id IN ({marks}) OR r.case_id IN ({marks}))"
            );
            let ids = || page.iter().map(|id| Value::from(id.0));
            let values = std::iter::once(Value::from(community.0))
                .chain(ids())
                .chain(ids());
            let statement = dialect::statement(self.get_database_backend(), &sql, values);
            let cases = self.lines(statement, |line| Ok(line.cells(0).next::<Uuid>()?));
            found.extend(cases.await?.into_iter().map(CaseId));
        }
        Ok(found)
    }

    /// The sealed contact of a report, if one was given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn contact(
        &self,
        community: CommunityId,
        report: ReportId,
    ) -> Result<Option<SealedContact>, Error> {
        let sql =
            format!("SELECT {COLUMNS} FROM contacts WHERE community_id = ? AND report_id = ?");
        let values: [Value; 2] = [community.0.into(), report.0.into()];
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        let found = self.lines(statement, |line| contact(&mut line.cells(0)));
        Ok(found.await?.pop())
    }

    /// The sealed contacts of reports, of those that have one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn contacts(
        &self,
        community: CommunityId,
        reports: &[ReportId],
    ) -> Result<HashMap<ReportId, SealedContact>, Error> {
        let mut found = HashMap::new();
        for page in reports.chunks(500) {
            let marks = vec!["?"; page.len()].join(",");
            let sql = format!(
                "SELECT contacts.report_id, {COLUMNS} FROM contacts WHERE community_id = ? AND report_id IN ({marks})"
            );
            let ids = page.iter().map(|id| Value::from(id.0));
            let values = std::iter::once(Value::from(community.0)).chain(ids);
            let statement = dialect::statement(self.get_database_backend(), &sql, values);
            let kept = self.lines(statement, |line| {
                let mut cells = line.cells(0);
                Ok((ReportId(cells.next()?), contact(&mut cells)?))
            });
            found.extend(kept.await?);
        }
        Ok(found)
    }

    /// How often a report's contact was read, and when last; for the reporter's page.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accesses(
        &self,
        community: CommunityId,
        report: ReportId,
    ) -> Result<Vec<(OffsetDateTime, String, String)>, Error> {
        let sql = "SELECT at, role, fields FROM access_entries WHERE community_id = ? AND report_id = ? ORDER BY at";
        let values: [Value; 2] = [community.0.into(), report.0.into()];
        let rows = self
            .query_all_raw(dialect::statement(self.get_database_backend(), sql, values))
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    crate::instant(row.try_get("", "at")?),
                    row.try_get("", "role")?,
                    row.try_get("", "fields")?,
                ))
            })
            .collect()
    }
}
