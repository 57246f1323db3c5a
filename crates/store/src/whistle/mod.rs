//! Whistles as rows: one for each department that was called, so that it finds what it is called to and its response can be
//! told later. The open whistle itself is part of its case; what may happen to it stands in `rules::whistle`.

use rules::case::{Deed, Satisfaction};
use rules::ids::{CaseId, CommunityId, DepartmentId, WhistleId};
use rules::whistle::{Urgency, Whistle};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// One department's part in a whistle, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "moments are those of the step they name")]
pub struct PartRow {
    /// The whistle.
    pub whistle: WhistleId,
    /// The case it was called for.
    pub case: CaseId,
    /// Who was called.
    pub department: DepartmentId,
    /// Whether it leads 主办; the others help 协办.
    pub leads: bool,
    /// How soon they had to be there.
    pub urgency: Urgency,
    pub called_at: OffsetDateTime,
    /// By when they had to say that they have heard; none where that had no limit yet.
    pub hear_by: Option<OffsetDateTime>,
    /// By when they had to report in.
    pub report_by: OffsetDateTime,
    pub acknowledged_at: Option<OffsetDateTime>,
    pub reported_in_at: Option<OffsetDateTime>,
    pub finished_at: Option<OffsetDateTime>,
    /// When its leader was told that nobody said they had heard.
    pub unheard_at: Option<OffsetDateTime>,
    pub climbed_at: Option<OffsetDateTime>,
    /// How whoever called found the department's response.
    pub response: Option<Satisfaction>,
    /// When the whole whistle was over.
    pub ended_at: Option<OffsetDateTime>,
}

impl Unit {
    /// Keeps what a deed did to a whistle; other deeds do nothing. `whistle` is the case's, before the deed or after.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_whistle(
        &self,
        case: CaseId,
        whistle: &Whistle,
        deed: &Deed,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        match deed {
            Deed::Whistled { .. } => self.add_whistle(case, whistle).await,
            Deed::Acknowledged { department } => {
                self.mark(whistle.id, *department, "acknowledged_at = ?", at)
                    .await
            }
            Deed::ReportedIn { department } => {
                self.mark(whistle.id, *department, "reported_in_at = ?", at)
                    .await?;
                let heard = "acknowledged_at = coalesce(acknowledged_at, ?)";
                self.mark(whistle.id, *department, heard, at).await
            }
            Deed::Finished { department } => {
                self.mark(whistle.id, *department, "finished_at = ?", at)
                    .await
            }
            Deed::Climbed {
                departments,
                unheard,
                ..
            } => {
                let set = match unheard {
                    true => "unheard_at = ?",
                    false => "climbed_at = ?",
                };
                for department in departments {
                    self.mark(whistle.id, *department, set, at).await?;
                }
                Ok(())
            }
            Deed::ResponseRated {
                department,
                response,
                over,
            } => {
                self.mark(whistle.id, *department, "response = ?", word(*response))
                    .await?;
                if *over {
                    self.end_whistle(whistle.id, at).await?;
                }
                Ok(())
            }
            Deed::CalledOff { .. } if whistle.called_off.is_none() => {
                self.end_whistle(whistle.id, at).await
            }
            Deed::CalledOff { .. } => self.end_all_but(whistle, at).await,
            _ => Ok(()),
        }
    }

    /// The departments that came to a case when they were called to it, in any of its rounds.
    ///
    /// # Errors
    /// What the database says.
    pub async fn departments_that_came(&self, case: CaseId) -> Result<Vec<DepartmentId>, Error> {
        let sql = "SELECT DISTINCT department_id FROM whistle_parts WHERE community_id = ? AND case_id = ? \
                   AND reported_in_at IS NOT NULL ORDER BY department_id";
        let values: [Value; 2] = [self.community().0.into(), case.0.into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| Ok(DepartmentId(row.try_get("", "department_id")?)))
            .collect()
    }

    async fn add_whistle(&self, case: CaseId, whistle: &Whistle) -> Result<(), Error> {
        let sql = "INSERT INTO whistle_parts (community_id, whistle_id, department_id, case_id, urgency, called_at, report_by, \
                   leads, hear_by) VALUES (?,?,?,?,?,?,?,?,?)";
        for part in &whistle.parts {
            let values: [Value; 9] = [
                self.community().0.into(),
                whistle.id.0.into(),
                part.department.0.into(),
                case.0.into(),
                whistle.urgency.as_str().into(),
                micros(whistle.called_at).into(),
                micros(whistle.report_by).into(),
                (whistle.leads() == Some(part.department)).into(),
                whistle.hear_by.map(micros).into(),
            ];
            self.run(sql, values).await?;
        }
        Ok(())
    }

    async fn mark(
        &self,
        whistle: WhistleId,
        department: DepartmentId,
        set: &str,
        value: impl Into<Kept>,
    ) -> Result<(), Error> {
        let sql = format!(
            "UPDATE whistle_parts SET {set} WHERE community_id = ? AND whistle_id = ? AND department_id = ?"
        );
        let values: [Value; 4] = [
            value.into().0,
            self.community().0.into(),
            whistle.0.into(),
            department.0.into(),
        ];
        self.run(&sql, values).await?;
        Ok(())
    }

    /// What was called off ends but for the departments that are left in it to be rated.
    async fn end_all_but(&self, whistle: &Whistle, at: OffsetDateTime) -> Result<(), Error> {
        let marks = vec!["?"; whistle.parts.len()].join(",");
        let sql = format!(
            "UPDATE whistle_parts SET ended_at = ? WHERE community_id = ? AND whistle_id = ? AND department_id NOT IN ({marks})"
        );
        let mut values: Vec<Value> = vec![
            micros(at).into(),
            self.community().0.into(),
            whistle.id.0.into(),
        ];
        let left = whistle.parts.iter().map(|part| part.department.0.into());
        values.extend(left);
        self.run(&sql, values).await?;
        Ok(())
    }

    /// A whistle is over: whatever was left of it ends.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_whistle(&self, whistle: WhistleId, at: OffsetDateTime) -> Result<(), Error> {
        // what was called off before, while others were left to be rated, ended then
        let sql = "UPDATE whistle_parts SET ended_at = ? WHERE community_id = ? AND whistle_id = ? AND ended_at IS NULL";
        let values: [Value; 3] = [
            micros(at).into(),
            self.community().0.into(),
            whistle.0.into(),
        ];
        self.run(sql, values).await?;
        Ok(())
    }
}

/// A value as it is kept: a moment, or a word.
struct Kept(Value);

impl From<OffsetDateTime> for Kept {
    fn from(at: OffsetDateTime) -> Self {
        Self(micros(at).into())
    }
}

impl From<&str> for Kept {
    fn from(word: &str) -> Self {
        Self(word.into())
    }
}

const COLUMNS: &str = "whistle_id, case_id, department_id, urgency, called_at, report_by, acknowledged_at, reported_in_at, \
                       finished_at, climbed_at, response, ended_at, leads, hear_by, unheard_at";

impl Reader {
    /// The whistles of a case, part by part, the first call first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn whistles_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<PartRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM whistle_parts WHERE community_id = ? AND case_id = ? ORDER BY called_at, whistle_id, leads DESC, department_id"
        );
        let rows = ask::rows(self, &sql, [community.0.into(), case.0.into()]).await?;
        rows.iter().map(part).collect()
    }

    /// What these departments are called to and have not finished, and with `climbed` what any department did not answer in time,
    /// so that its leader was told; the most urgent first, at most `limit`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_parts(
        &self,
        community: CommunityId,
        departments: &[DepartmentId],
        climbed: bool,
        limit: u16,
    ) -> Result<Vec<PartRow>, Error> {
        let mut whose = Vec::new();
        if !departments.is_empty() {
            let marks = vec!["?"; departments.len()].join(",");
            whose.push(format!("department_id IN ({marks})"));
        }
        if climbed {
            whose.push("unheard_at IS NOT NULL OR climbed_at IS NOT NULL".to_owned());
        }
        if whose.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM whistle_parts WHERE community_id = ? AND ({}) AND ended_at IS NULL \
             AND finished_at IS NULL AND response IS NULL ORDER BY report_by, whistle_id, department_id LIMIT ?",
            whose.join(" OR ")
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        values.extend(departments.iter().map(|one| Value::from(one.0)));
        values.push(i64::from(limit).into());
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(part).collect()
    }
}

const RESPONSES: [(Satisfaction, &str); 3] = [
    (Satisfaction::Satisfied, "satisfied"),
    (Satisfaction::Fairly, "fairly"),
    (Satisfaction::Dissatisfied, "dissatisfied"),
];

fn word(response: Satisfaction) -> &'static str {
    let known = RESPONSES.iter().find(|(one, _)| *one == response);
    known.map_or("fairly", |(_, word)| word)
}

fn part(row: &QueryResult) -> Result<PartRow, Error> {
    let at = |column: &str| -> Result<Option<OffsetDateTime>, Error> {
        let kept: Option<i64> = row.try_get("", column)?;
        Ok(kept.map(instant))
    };
    let response: Option<String> = row.try_get("", "response")?;
    let known = |word: &str| RESPONSES.iter().find(|(_, one)| *one == word);
    Ok(PartRow {
        whistle: WhistleId(row.try_get("", "whistle_id")?),
        case: CaseId(row.try_get("", "case_id")?),
        department: DepartmentId(row.try_get("", "department_id")?),
        leads: row.try_get("", "leads")?,
        urgency: ask::typed(row, "whistle_parts", "urgency")?,
        called_at: instant(row.try_get("", "called_at")?),
        hear_by: at("hear_by")?,
        report_by: instant(row.try_get("", "report_by")?),
        acknowledged_at: at("acknowledged_at")?,
        reported_in_at: at("reported_in_at")?,
        finished_at: at("finished_at")?,
        unheard_at: at("unheard_at")?,
        climbed_at: at("climbed_at")?,
        response: response.as_deref().and_then(known).map(|(one, _)| *one),
        ended_at: at("ended_at")?,
    })
}
