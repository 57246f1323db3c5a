//! Reports: one telling each, with its receipt number, its words, and the reporter's contact under seal.
//! Nothing here opens a seal: the key is not in the cellar.

use std::collections::HashMap;

use rules::case::{Channel, Place};
use rules::ids::{CaseId, CommunityId, GridId, MemberId, Number, ReportId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::codes::{pack, unpack};
use crate::conn::{Cells, Lines, Reader};
use crate::unit::Unit;
use crate::{Error, ask, dialect, instant, micros};

pub(crate) mod contact;
mod number;
mod request_key;
mod sheet;
mod told;

pub(crate) use number::{Numbers, write_numbers};

pub use contact::{Access, SealedContact};
pub use request_key::UsedKey;

/// One telling of a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its key.
    pub id: ReportId,
    /// Its own number; that of its case if it was the first.
    pub number: Number,
    /// The case it belongs to.
    pub case: CaseId,
    /// On which way it came.
    pub channel: Channel,
    /// The reporter's words.
    pub words: String,
    /// The reporter's words on where it is.
    pub place_note: String,
    /// The grid it was told for.
    pub grid: GridId,
    /// The category the reporter chose, if any.
    pub category: Option<String>,
    /// The point, if one was given.
    pub place: Option<Place>,
    /// By when the reporter was promised an answer.
    pub answer_by: Option<OffsetDateTime>,
    /// When it was received.
    pub received_at: OffsetDateTime,
    /// The member who entered it on somebody's behalf.
    pub entered_by: Option<MemberId>,
}

/// The columns of a report but its tenant, in the order in which they are read.
pub(crate) const COLUMNS: &str = "reports.id, reports.number, reports.case_id, reports.channel, reports.words, reports.place_note, \
    reports.grid_id, reports.category, reports.lon, reports.lat, reports.answer_by, reports.received_at, reports.entered_by";

impl Unit {
    /// Keeps a report.
    ///
    /// # Errors
    /// `Taken` if its id or number is used.
    pub async fn keep_report(&self, report: &Report) -> Result<(), Error> {
        let values: [Value; 14] = [
            self.community().0.into(),
            report.id.0.into(),
            pack(&report.number).into(),
            report.case.0.into(),
            report.channel.as_str().into(),
            report.words.as_str().into(),
            report.place_note.as_str().into(),
            report.grid.0.into(),
            report.category.clone().into(),
            report.place.map(|place| place.lon).into(),
            report.place.map(|place| place.lat).into(),
            report.answer_by.map(micros).into(),
            micros(report.received_at).into(),
            report.entered_by.map(|id| id.0).into(),
        ];
        let sql = "INSERT INTO reports (community_id, id, number, case_id, channel, words, place_note, grid_id, category, \
                   lon, lat, answer_by, received_at, entered_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// The report of that id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn report(&self, id: ReportId) -> Result<Report, Error> {
        find(
            self,
            &self.codes().of(self, self.community()).await?,
            self.community(),
            "id",
            id.0.into(),
        )
        .await
    }

    /// The report of that number.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn report_numbered(&self, number: &Number) -> Result<Report, Error> {
        find(
            self,
            &self.codes().of(self, self.community()).await?,
            self.community(),
            "number",
            pack(number).into(),
        )
        .await
    }
}

impl Reader {
    /// The report of that number. Whoever asks has shown the receipt, or asks within a case of their scope.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn report_numbered(
        &self,
        community: CommunityId,
        number: &Number,
    ) -> Result<Report, Error> {
        find(
            self,
            &self.codes().of(self, community).await?,
            community,
            "number",
            pack(number).into(),
        )
        .await
    }

    /// The report of that id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn report(&self, community: CommunityId, id: ReportId) -> Result<Report, Error> {
        find(
            self,
            &self.codes().of(self, community).await?,
            community,
            "id",
            id.0.into(),
        )
        .await
    }

    /// All reports of a case, the first one first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reports_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Report>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM reports WHERE community_id = ? AND case_id = ? ORDER BY number"
        );
        let values: [Value; 2] = [community.0.into(), case.0.into()];
        let code = self.codes().of(self, community).await?;
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        self.lines(statement, |line| report(&mut line.cells(0), &code))
            .await
    }
}

impl Reader {
    /// The words each of these cases was first told in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn first_words(
        &self,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<HashMap<CaseId, String>, Error> {
        let mut words = HashMap::new();
        if cases.is_empty() {
            return Ok(words);
        }
        let places = vec!["?"; cases.len()].join(",");
        let sql = format!(
            "SELECT case_id, words FROM reports WHERE community_id = ? AND case_id IN ({places}) ORDER BY number"
        );
        let values =
            std::iter::once(community.0.into()).chain(cases.iter().map(|id| Value::from(id.0)));
        for row in ask::rows(self, &sql, values).await? {
            words
                .entry(CaseId(row.try_get("", "case_id")?))
                .or_insert(row.try_get("", "words")?);
        }
        Ok(words)
    }
}

async fn find(
    connection: &impl Lines,
    code: &str,
    community: CommunityId,
    column: &str,
    value: Value,
) -> Result<Report, Error> {
    let sql = format!("SELECT {COLUMNS} FROM reports WHERE community_id = ? AND {column} = ?");
    let statement = dialect::statement(
        connection.get_database_backend(),
        &sql,
        [community.0.into(), value],
    );
    let found = connection.lines(statement, |line| report(&mut line.cells(0), code));
    found.await?.pop().ok_or(Error::NotFound("report"))
}

/// A report where there is one beside the row that it was joined to.
pub(crate) fn beside(cells: &mut Cells<'_>, code: &str) -> Result<Option<Report>, Error> {
    if cells.peek::<Option<Uuid>>()?.is_none() {
        cells.skip(COLUMNS_READ);
        return Ok(None);
    }
    report(cells, code).map(Some)
}

/// How many columns a report has.
const COLUMNS_READ: usize = 13;

fn report(cells: &mut Cells<'_>, code: &str) -> Result<Report, Error> {
    let id: Uuid = cells.next()?;
    let wrong = |why: String| Error::Contradiction {
        table: "reports",
        id: id.to_string(),
        why,
    };
    let number: i64 = cells.next()?;
    Ok(Report {
        id: ReportId(id),
        number: unpack(code, number).ok_or_else(|| wrong(format!("number {number}")))?,
        case: CaseId(cells.next()?),
        channel: {
            let channel: String = cells.next()?;
            Channel::ALL
                .into_iter()
                .find(|known| known.as_str() == channel)
                .ok_or_else(|| wrong(format!("channel {channel}")))?
        },
        words: cells.next()?,
        place_note: cells.next()?,
        grid: GridId(cells.next()?),
        category: cells.next()?,
        place: {
            let (lon, lat): (Option<f64>, Option<f64>) = (cells.next()?, cells.next()?);
            lon.zip(lat).map(|(lon, lat)| Place { lon, lat })
        },
        answer_by: cells.next::<Option<i64>>()?.map(instant),
        received_at: instant(cells.next()?),
        entered_by: cells.next::<Option<Uuid>>()?.map(MemberId),
    })
}
