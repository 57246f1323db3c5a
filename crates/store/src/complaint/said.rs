//! What people said on a case, read before it is put out of sight and written back should the case be one again. It lies in
//! nobody's sight meanwhile: `work` seals it with the complaint.

use rules::case::CommandName;
use rules::ids::{CaseId, CommunityId, ComplaintId, ReportId};
use sea_orm::{QueryResult, Value};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// Words of a case with the rows that they stand in, and, in what was sealed before leads went on without their case, when those
/// wake.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseWords {
    /// The case; none in what was sealed before it was kept.
    #[serde(default)]
    case: Option<Uuid>,
    /// Other complaints of which they may speak, too, as far as no row says so.
    #[serde(default)]
    beside: Vec<Uuid>,
    said: Vec<Said>,
    #[serde(default)]
    wakes: Vec<(Uuid, i64)>,
}

/// One text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    /// In which place, by its name.
    of: String,
    /// In which row.
    row: Uuid,
    words: String,
}

/// What the event at a place says that a telling came from, with the row it stands in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventWords {
    row: Uuid,
    words: String,
    place_note: String,
}

/// A column in which a case keeps words of people.
pub(super) struct Place {
    /// Its name in what is sealed; it stays when a table is called otherwise.
    name: &'static str,
    table: &'static str,
    column: &'static str,
    /// Which rows are of a case: with the community and the case.
    of_case: &'static str,
}

const OWN: &str = "case_id = ?";
/// What officers still have goes on: where it is, what it may be and what they noted stay with it.
const OF_WHAT_IS_OVER: &str = "case_id = ? AND ended_at IS NOT NULL";
const OF_A_LEAD: &str = "referral_id IN (SELECT id FROM referrals WHERE community_id = ? AND case_id = ? AND ended_at IS NOT NULL)";

/// What was said at a step.
const REMARK: Place = place("remark", "remarks", "words");

/// All of them.
pub(super) const PLACES: [Place; 10] = [
    REMARK,
    place("result", "results", "note"),
    place("coordination", "coordinations", "purpose"),
    place("agreed", "coordination_items", "what"),
    place("reminder", "supervision_items", "words"),
    place("reminder_answer", "supervision_items", "answer"),
    Place {
        of_case: OF_WHAT_IS_OVER,
        ..place("lead_place", "referrals", "place")
    },
    place("lead_finding", "referrals", "finding"),
    Place {
        of_case: OF_WHAT_IS_OVER,
        ..place("lead_item", "referrals", "item")
    },
    Place {
        of_case: OF_A_LEAD,
        ..place("lead_remark", "referral_remarks", "words")
    },
];

const fn place(name: &'static str, table: &'static str, column: &'static str) -> Place {
    Place {
        name,
        table,
        column,
        of_case: OWN,
    }
}

impl Place {
    /// Reads what stands there, but for what took the place of words before: those lie under seal elsewhere.
    async fn said(&self, unit: &Unit, case: CaseId, instead: &str) -> Result<Vec<Said>, Error> {
        let Self { table, column, .. } = self;
        let sql = format!(
            "SELECT id, {column} AS said FROM {table} WHERE {}",
            self.rows()
        );
        let rows = ask::rows(unit, &sql, self.values(unit, case)).await?;
        let one = |row: &QueryResult| -> Result<Said, Error> {
            Ok(Said {
                of: self.name.to_owned(),
                row: row.try_get("", "id")?,
                words: row.try_get("", "said")?,
            })
        };
        let mut said: Vec<Said> = rows.iter().map(one).collect::<Result<_, _>>()?;
        said.retain(|one| one.words != instead);
        Ok(said)
    }

    /// Puts something else in its place.
    pub(super) async fn withhold(
        &self,
        unit: &Unit,
        case: CaseId,
        instead: &str,
    ) -> Result<(), Error> {
        let Self { table, column, .. } = self;
        let sql = format!("UPDATE {table} SET {column} = ? WHERE {}", self.rows());
        let values = std::iter::once(instead.into()).chain(self.values(unit, case));
        unit.run(&sql, values).await?;
        Ok(())
    }

    async fn put_back(&self, unit: &Unit, said: &Said) -> Result<(), Error> {
        let Self { table, column, .. } = self;
        let sql = format!("UPDATE {table} SET {column} = ? WHERE community_id = ? AND id = ?");
        let values: [Value; 3] = [
            said.words.as_str().into(),
            unit.community().0.into(),
            said.row.into(),
        ];
        unit.run(&sql, values).await?;
        Ok(())
    }

    /// The rows of a case in which something stands.
    fn rows(&self) -> String {
        let Self {
            column, of_case, ..
        } = self;
        format!("community_id = ? AND {of_case} AND {column} IS NOT NULL")
    }

    fn values(&self, unit: &Unit, case: CaseId) -> Vec<Value> {
        let community = unit.community().0;
        let mut values = vec![community.into()];
        if self.of_case == OF_A_LEAD {
            values.push(community.into());
        }
        values.push(case.0.into());
        values
    }
}

impl CaseWords {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.wakes.is_empty()
    }

    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.said.iter().map(|one| one.words.as_str())
    }

    /// The text that stood in a row: the words of a step, the note of a result.
    pub fn in_row(&self, row: Uuid) -> Option<&str> {
        let found = self.said.iter().find(|one| one.row == row)?;
        Some(&found.words)
    }

    /// The case on which they were said; none in what was sealed before that was kept.
    pub fn case(&self) -> Option<CaseId> {
        self.case.map(CaseId)
    }

    /// Other complaints of which they may speak, too.
    pub fn beside(&self) -> impl Iterator<Item = ComplaintId> {
        self.beside.iter().copied().map(ComplaintId)
    }

    /// The same on their way to another complaint of which they may speak: they wait for these, and its leads wait for nothing.
    #[must_use]
    pub fn handed_on(&self, case: CaseId, beside: &[ComplaintId]) -> Self {
        Self {
            case: Some(case.0),
            beside: beside.iter().map(|one| one.0).collect(),
            said: self.said.clone(),
            wakes: Vec::new(),
        }
    }

    /// The same, said on this case, where that was not kept.
    #[must_use]
    pub fn on(mut self, case: CaseId) -> Self {
        self.case = Some(case.0);
        self
    }

    /// Without the texts of which this is not so; they stay where something else stands in their place.
    #[must_use]
    pub fn only(mut self, is_so: impl Fn(&str) -> bool) -> Self {
        self.said.retain(|one| is_so(&one.words));
        self
    }

    /// Reads those of a case, but for what stands `instead` of words already.
    pub(super) async fn of(unit: &Unit, case: CaseId, instead: &str) -> Result<Self, Error> {
        let mut said = Vec::new();
        for place in &PLACES {
            said.extend(place.said(unit, case, instead).await?);
        }
        Ok(Self {
            case: Some(case.0),
            said,
            ..Self::default()
        })
    }
}

impl Reader {
    /// The case on which words were said: as it was kept with them, else that of the steps at which they were said; none where no
    /// step is among them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn case_of_words(
        &self,
        community: CommunityId,
        words: &CaseWords,
    ) -> Result<Option<CaseId>, Error> {
        let mut steps = words.said.iter().filter(|one| one.of == REMARK.name);
        let Some(step) = steps.next().filter(|_| words.case.is_none()) else {
            return Ok(words.case());
        };
        let sql = "SELECT case_id FROM remarks WHERE community_id = ? AND id = ?";
        let row = ask::row(self, sql, [community.0.into(), step.row.into()]).await?;
        let case = row.map(|row| row.try_get("", "case_id")).transpose()?;
        Ok(case.map(CaseId))
    }
}

impl Unit {
    /// What the event says that a telling came from; none where it came from no event.
    ///
    /// # Errors
    /// What the database says.
    pub async fn event_words(&self, report: ReportId) -> Result<Option<EventWords>, Error> {
        let sql = "SELECT id, words, place_note FROM place_events WHERE community_id = ? AND report_id = ?";
        let row = self
            .row(sql, [self.community().0.into(), report.0.into()])
            .await?;
        row.map(|row| {
            Ok(EventWords {
                row: row.try_get("", "id")?,
                words: row.try_get("", "words")?,
                place_note: row.try_get("", "place_note")?,
            })
        })
        .transpose()
    }

    /// Puts back what an event said.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restore_event_words(&self, kept: &EventWords) -> Result<(), Error> {
        let sql =
            "UPDATE place_events SET words = ?, place_note = ? WHERE community_id = ? AND id = ?";
        let values: [Value; 4] = [
            kept.words.as_str().into(),
            kept.place_note.as_str().into(),
            self.community().0.into(),
            kept.row.into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }

    /// Puts `instead` into the place of what was said at steps of some kinds on a case that goes on, from a moment on; gives what stood
    /// there, to be sealed with the complaint of whoever may have said it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withhold_remarks(
        &self,
        case: CaseId,
        at: &[CommandName],
        from: OffsetDateTime,
        instead: &str,
    ) -> Result<CaseWords, Error> {
        let sql = "SELECT id, command, words FROM remarks WHERE community_id = ? AND case_id = ? AND at >= ?";
        let values: [Value; 3] = [
            self.community().0.into(),
            case.0.into(),
            micros(from).into(),
        ];
        let mut gone = CaseWords {
            case: Some(case.0),
            ..CaseWords::default()
        };
        for row in ask::rows(self, sql, values).await? {
            let command: String = row.try_get("", "command")?;
            let words: String = row.try_get("", "words")?;
            // what is under seal with another complaint stays there
            if words != instead && at.iter().any(|one| one.as_str() == command) {
                gone.said.push(Said {
                    of: REMARK.name.to_owned(),
                    row: row.try_get("", "id")?,
                    words,
                });
            }
        }
        for said in &gone.said {
            let words = instead.to_owned();
            let blank = Said {
                words,
                ..said.clone()
            };
            REMARK.put_back(self, &blank).await?;
        }
        Ok(gone)
    }

    /// Lets the leads of a case wait for their time again, where they stood still with it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn wake_leads(&self, kept: &CaseWords) -> Result<(), Error> {
        for (lead, at) in &kept.wakes {
            let sql = "UPDATE referrals SET wakes_at = ? WHERE community_id = ? AND id = ? AND ended_at IS NULL";
            let values: [Value; 3] = [(*at).into(), self.community().0.into(), (*lead).into()];
            self.run(sql, values).await?;
        }
        Ok(())
    }

    /// Puts back what people said on a case, where it stood.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restore_case_words(&self, kept: &CaseWords) -> Result<(), Error> {
        for said in &kept.said {
            if let Some(place) = PLACES.iter().find(|place| place.name == said.of) {
                place.put_back(self, said).await?;
            }
        }
        Ok(())
    }
}
