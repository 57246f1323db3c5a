//! Reports: one telling each, with its receipt number, its words, and the reporter's contact under seal.
//! Nothing here opens a seal: the key is not in the cellar.

use rules::case::{Case, Channel, Place};
use rules::ids::{CaseId, CommunityId, GridId, MemberId, Number, ReportId};
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::codes::{pack, unpack};
use crate::conn::{Cells, Lines, Reader};
use crate::unit::Unit;
use crate::{Error, dialect, instant, micros};

pub(crate) mod contact;
mod number;
mod request_key;
mod sheet;
mod told;

pub(crate) use number::{Numbers, write_numbers};

pub use contact::{Access, SealedContact};
pub use request_key::UsedKey;
pub use told::ToldPlace;

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

/// The columns of a report but its tenant, in the order in which they are read. The first telling of a case has the id of its
/// case, and what stands there is not written twice: where these are asked for, `cases` is the case of the same id.
pub(crate) const COLUMNS: &str = "reports.id, coalesce(reports.number, cases.number), coalesce(reports.case_id, reports.id), \
    reports.channel, reports.words, reports.place_note, coalesce(reports.grid_id, cases.grid_id), reports.category, \
    CASE WHEN reports.case_id IS NULL THEN cases.lon ELSE reports.lon END, \
    CASE WHEN reports.case_id IS NULL THEN cases.lat ELSE reports.lat END, \
    reports.answer_by, coalesce(reports.received_at, cases.received_at), reports.entered_by";

/// Reports, each first telling beside its case.
const REPORTS: &str = "reports LEFT JOIN cases ON cases.community_id = reports.community_id AND cases.id = reports.id \
    AND reports.case_id IS NULL";

impl Unit {
    /// Keeps a report.
    ///
    /// # Errors
    /// `Taken` if its id or number is used.
    pub async fn keep_report(&self, report: &Report) -> Result<(), Error> {
        let marks = ["?"; WRITTEN.len()].join(",");
        let sql = format!(
            "INSERT INTO reports ({}) VALUES ({marks})",
            WRITTEN.join(", ")
        );
        self.run(&sql, row(self.community(), report, true)).await?;
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
            Name::Id(id),
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
            Name::Number(pack(number)),
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
            Name::Number(pack(number)),
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
            Name::Id(id),
        )
        .await
    }

    /// The reports of these ids; unknown ones are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reports_by_id(
        &self,
        community: CommunityId,
        ids: &[ReportId],
    ) -> Result<Vec<Report>, Error> {
        let code = self.codes().of(self, community).await?;
        let mut found = Vec::with_capacity(ids.len());
        for page in ids.chunks(500) {
            let marks = vec!["?"; page.len()].join(",");
            let sql = format!(
                "SELECT {COLUMNS} FROM {REPORTS} WHERE reports.community_id = ? AND reports.id IN ({marks})"
            );
            let named = page.iter().map(|id| Value::from(id.0));
            let values = std::iter::once(Value::from(community.0)).chain(named);
            let statement = dialect::statement(self.get_database_backend(), &sql, values);
            let read = self.lines(statement, |line| report(&mut line.cells(0), &code));
            found.extend(read.await?);
        }
        Ok(found)
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
            "SELECT {COLUMNS} FROM {REPORTS} WHERE reports.community_id = ? AND (reports.id = ? OR reports.case_id = ?) \
             ORDER BY coalesce(reports.number, cases.number)"
        );
        let values: [Value; 3] = [community.0.into(), case.0.into(), case.0.into()];
        let code = self.codes().of(self, community).await?;
        let statement = dialect::statement(self.get_database_backend(), &sql, values);
        self.lines(statement, |line| report(&mut line.cells(0), &code))
            .await
    }
}

/// Whether a report is the first telling of a case and says nothing that the row of the case does not.
/// The columns of a report, in the order in which they are written.
pub(crate) const WRITTEN: [&str; 14] = [
    "community_id",
    "id",
    "number",
    "case_id",
    "channel",
    "words",
    "place_note",
    "grid_id",
    "category",
    "lon",
    "lat",
    "answer_by",
    "received_at",
    "entered_by",
];

/// The values of a telling that is kept with its case: what the row of a case of the same id says is left out.
pub(crate) fn row_beside(community: CommunityId, report: &Report, case: &Case) -> Vec<Value> {
    row(community, report, !is_first(report, case))
}

/// `whole`: with what the row of the case of the same id says, too.
fn row(community: CommunityId, report: &Report, whole: bool) -> Vec<Value> {
    let place = report.place.filter(|_| whole);
    vec![
        community.0.into(),
        report.id.0.into(),
        whole.then(|| pack(&report.number)).into(),
        whole.then_some(report.case.0).into(),
        report.channel.as_str().into(),
        report.words.as_str().into(),
        report.place_note.as_str().into(),
        whole.then_some(report.grid.0).into(),
        report.category.clone().into(),
        place.map(|place| place.lon).into(),
        place.map(|place| place.lat).into(),
        report.answer_by.map(micros).into(),
        whole.then(|| micros(report.received_at)).into(),
        report.entered_by.map(|id| id.0).into(),
    ]
}

fn is_first(report: &Report, case: &Case) -> bool {
    report.id.0 == case.id.0
        && report.case == case.id
        && report.number == case.number
        && report.grid == case.grid
        && report.place == case.place
        && micros(report.received_at) == micros(case.times.received_at)
}

/// How a report is named.
enum Name {
    Id(ReportId),
    Number(i64),
}

/// The id of the report of a number: its own, or that of the case whose first telling it is.
const NUMBERED: &str = "coalesce((SELECT r.id FROM reports r WHERE r.community_id = ? AND r.number = ?), \
    (SELECT c.id FROM cases c WHERE c.community_id = ? AND c.number = ?))";

async fn find(
    connection: &impl Lines,
    code: &str,
    community: CommunityId,
    name: Name,
) -> Result<Report, Error> {
    let tenant = Value::from(community.0);
    let (id, values) = match name {
        Name::Id(id) => ("?", vec![id.0.into()]),
        Name::Number(packed) => {
            let number = Value::from(packed);
            let pair = [tenant.clone(), number];
            (NUMBERED, [pair.clone(), pair].concat())
        }
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM {REPORTS} WHERE reports.community_id = ? AND reports.id = {id}"
    );
    let values = std::iter::once(tenant).chain(values);
    let statement = dialect::statement(connection.get_database_backend(), &sql, values);
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
