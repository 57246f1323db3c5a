//! What cases were first told in, without opening whole reports: words for routing, places for finding duplicates.

use std::collections::HashMap;

use rules::case::{CommandName, Place};
use rules::ids::{CaseId, CommunityId, GridId};
use sea_orm::Value;
use uuid::Uuid;

use crate::conn::{Lines, Reader};
use crate::unit::Unit;
use crate::{Error, dialect};

/// The first telling of a case stands under the id of the case, before everybody else's.
const IN_ORDER: &str = "ORDER BY case_id IS NOT NULL, number";

impl Unit {
    /// The words a case was first told in; empty for one that has none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told_words(&self, case: CaseId) -> Result<String, Error> {
        let told = tellings(self, self.community(), &[case]).await?;
        Ok(told
            .into_iter()
            .next()
            .map(|told| told.words)
            .unwrap_or_default())
    }
}

impl Unit {
    /// Everything that the reporters of these cases said: as [`Reader::said_by_reporters`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn said_by_reporters(&self, cases: &[CaseId]) -> Result<Vec<String>, Error> {
        said_by_reporters(self, self.community(), cases).await
    }
}

impl Reader {
    /// Everything that the reporters of these cases said, each time by itself: what they told, with their words on the place, and what
    /// they answered, asked for or wrote with a rating, or told at a return visit.
    ///
    /// # Errors
    /// What the database says.
    pub async fn said_by_reporters(
        &self,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<Vec<String>, Error> {
        said_by_reporters(self, community, cases).await
    }

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
        for page in cases.chunks(500) {
            for told in tellings(self, community, page).await? {
                words.entry(told.case).or_insert(told.words);
            }
        }
        Ok(words)
    }

    /// Where each of these cases was told to be, once for each telling, the first one first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told_places(
        &self,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<HashMap<CaseId, Vec<ToldPlace>>, Error> {
        let mut places: HashMap<CaseId, Vec<ToldPlace>> = HashMap::new();
        for page in cases.chunks(500) {
            for told in tellings(self, community, page).await? {
                let words = if told.place_note.trim().is_empty() {
                    told.words
                } else {
                    told.place_note
                };
                places.entry(told.case).or_default().push(ToldPlace {
                    grid: told.grid,
                    place: told.place,
                    words,
                });
            }
        }
        Ok(places)
    }
}

/// Where a telling says that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldPlace {
    /// The grid; none for a first telling, which lies where its case does.
    pub grid: Option<GridId>,
    /// The point, if one was given; none for a first telling, as well.
    pub place: Option<Place>,
    /// The words on where it is; where there are none, those of the telling.
    pub words: String,
}

/// The steps whose words are a reporter's.
const STEPS: [CommandName; 4] = [
    CommandName::Answer,
    CommandName::Reopen,
    CommandName::Rate,
    CommandName::Visit,
];

async fn said_by_reporters(
    connection: &impl Lines,
    community: CommunityId,
    cases: &[CaseId],
) -> Result<Vec<String>, Error> {
    let mut said = Vec::new();
    for page in cases.chunks(500) {
        let told = tellings(connection, community, page).await?;
        said.extend(
            told.into_iter()
                .map(|one| [one.words, one.place_note].join("\n")),
        );
        let marks = vec!["?"; page.len()].join(",");
        let steps = STEPS.map(|step| format!("'{}'", step.as_str())).join(",");
        let sql = format!(
            "SELECT words FROM remarks WHERE community_id = ? AND case_id IN ({marks}) AND command IN ({steps})"
        );
        let ids = page.iter().map(|id| Value::from(id.0));
        let values = std::iter::once(Value::from(community.0)).chain(ids);
        let statement = dialect::statement(connection.get_database_backend(), &sql, values);
        said.extend(
            connection
                .lines(statement, |line| Ok(line.cells(0).next()?))
                .await?,
        );
    }
    Ok(said)
}

/// What somebody said of a case.
struct Telling {
    case: CaseId,
    words: String,
    place_note: String,
    grid: Option<GridId>,
    place: Option<Place>,
}

/// Everything that was said of these cases, of each the first telling first.
async fn tellings(
    connection: &impl Lines,
    community: CommunityId,
    cases: &[CaseId],
) -> Result<Vec<Telling>, Error> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; cases.len()].join(",");
    let sql = format!(
        "SELECT coalesce(case_id, id), words, place_note, grid_id, lon, lat FROM reports \
         WHERE community_id = ? AND (id IN ({marks}) OR case_id IN ({marks})) {IN_ORDER}"
    );
    let ids = || cases.iter().map(|id| Value::from(id.0));
    let values = std::iter::once(Value::from(community.0))
        .chain(ids())
        .chain(ids());
    let statement = dialect::statement(connection.get_database_backend(), &sql, values);
    connection
        .lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok(Telling {
                case: CaseId(cells.next::<Uuid>()?),
                words: cells.next()?,
                place_note: cells.next()?,
                grid: cells.next::<Option<Uuid>>()?.map(GridId),
                place: {
                    let (lon, lat): (Option<f64>, Option<f64>) = (cells.next()?, cells.next()?);
                    lon.zip(lat).map(|(lon, lat)| Place { lon, lat })
                },
            })
        })
        .await
}
