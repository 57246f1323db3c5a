//! What cases were first told in, without opening whole reports: words for routing, places for finding duplicates.

use std::collections::HashMap;

use rules::case::CommandName;
use rules::ids::{CaseId, CommunityId};
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

    /// The words on where it is that each of these cases was first told in; where there are none, the words of the report.
    ///
    /// # Errors
    /// What the database says.
    pub async fn first_places(
        &self,
        community: CommunityId,
        cases: &[CaseId],
    ) -> Result<HashMap<CaseId, String>, Error> {
        let mut places = HashMap::new();
        for page in cases.chunks(500) {
            for told in tellings(self, community, page).await? {
                let place = if told.place_note.trim().is_empty() {
                    told.words
                } else {
                    told.place_note
                };
                places.entry(told.case).or_insert(place);
            }
        }
        Ok(places)
    }
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
        "SELECT coalesce(case_id, id), words, place_note FROM reports \
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
            })
        })
        .await
}
