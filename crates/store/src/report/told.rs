//! What cases were first told in, without opening whole reports: words for routing, places for finding duplicates.

use std::collections::HashMap;

use rules::ids::{CaseId, CommunityId};
use sea_orm::Value;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask};

impl Unit {
    /// The words a case was first told in; empty for one that has none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told_words(&self, case: CaseId) -> Result<String, Error> {
        let sql = "SELECT words FROM reports WHERE community_id = ? AND case_id = ? ORDER BY number LIMIT 1";
        let row = self
            .row(sql, [self.community().0.into(), case.0.into()])
            .await?;
        let words = row.map(|row| row.try_get("", "words")).transpose()?;
        Ok(words.unwrap_or_default())
    }
}

impl Reader {
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
            let marks = vec!["?"; page.len()].join(",");
            let sql = format!(
                "SELECT case_id, words, place_note FROM reports \
                 WHERE community_id = ? AND case_id IN ({marks}) ORDER BY number"
            );
            let values =
                std::iter::once(community.0.into()).chain(page.iter().map(|id| Value::from(id.0)));
            for row in ask::rows(self, &sql, values).await? {
                let note: String = row.try_get("", "place_note")?;
                let place = if note.trim().is_empty() {
                    row.try_get("", "words")?
                } else {
                    note
                };
                places
                    .entry(CaseId(row.try_get("", "case_id")?))
                    .or_insert(place);
            }
        }
        Ok(places)
    }
}
