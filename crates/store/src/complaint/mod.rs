//! Complaints about somebody who works here: sealed words under a number of the same series as reports. They are no cases
//! and stand in none of their lists. Whether somebody may see one is asked of `rules::complaint` for each; nothing here
//! finds them by person.

mod looked;
mod reported;
mod said;
mod withheld;

pub use looked::Looked;
pub use said::{CaseWords, EventWords};

use rules::complaint::{Answer, Complaint, State};
use rules::ids::{CommunityId, ComplaintId, GridId, MemberId, Number};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::codes::{pack, unpack};
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// What was said, under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedWords {
    /// What happened.
    pub words: Vec<u8>,
    /// Whom it speaks of, in the reporter's words.
    pub about: Option<Vec<u8>>,
    /// The reporter's name.
    pub name: Option<Vec<u8>>,
    /// The reporter's number.
    pub phone: Option<Vec<u8>>,
    /// What was answered.
    pub answer: Option<Vec<u8>>,
    /// What belongs to a report and came along: where, of which kind, how the reporter wants to be reached.
    pub along: Option<Vec<u8>>,
}

/// A note of whoever looks into it, under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedNote {
    /// Its key.
    pub id: Uuid,
    /// Who wrote it.
    pub by: MemberId,
    /// What it says.
    pub words: Vec<u8>,
    /// When.
    pub at: OffsetDateTime,
}

/// A complaint with what was said, under seal: whoever lists complaints asks of each whether its words name the one who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The complaint.
    pub complaint: Complaint,
    /// What happened.
    pub words: Vec<u8>,
    /// Whom it speaks of, in the reporter's words.
    pub about: Option<Vec<u8>>,
    /// What came along, with what was said on the case that it was before.
    pub along: Option<Vec<u8>>,
}

const COLUMNS: &str = "id, number, version, grid_id, state, about_id, lead_id, outcome, taken_by, answered_by, received_at, due_at, answered_at, closed_at, held";

impl Unit {
    /// Keeps a new complaint with its words.
    ///
    /// # Errors
    /// `Taken` if its id or number is used.
    pub async fn keep_complaint(
        &self,
        complaint: &Complaint,
        sealed: &SealedWords,
    ) -> Result<(), Error> {
        let values: [Value; 16] = [
            self.community().0.into(),
            complaint.id.0.into(),
            pack(&complaint.number).into(),
            complaint.version.into(),
            complaint.grid.0.into(),
            complaint.state.name().as_str().into(),
            complaint.about.map(|id| id.0).into(),
            complaint.lead.map(|id| id.0).into(),
            sealed.words.clone().into(),
            sealed.about.clone().into(),
            sealed.name.clone().into(),
            sealed.phone.clone().into(),
            micros(complaint.received_at).into(),
            micros(complaint.due_at).into(),
            complaint.held.into(),
            sealed.along.clone().into(),
        ];
        let sql = "INSERT INTO complaints (community_id, id, number, version, grid_id, state, about_id, lead_id, words, about_words, name, phone, received_at, due_at, held, along) \
                   VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Saves a changed complaint over the version that was read; the answer, once there is one, under seal.
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn save_complaint(
        &self,
        before: i64,
        complaint: &Complaint,
        answer: Option<&[u8]>,
    ) -> Result<(), Error> {
        let given = complaint.state.answer();
        let taken = match complaint.state {
            State::Taken { by } => Some(by.0),
            _ => None,
        };
        let closed = match complaint.state {
            State::Closed { at, .. } | State::Reported { at } => Some(micros(at)),
            _ => None,
        };
        let values: [Value; 13] = [
            complaint.version.into(),
            complaint.state.name().as_str().into(),
            complaint.about.map(|id| id.0).into(),
            complaint.lead.map(|id| id.0).into(),
            taken.into(),
            given.map(|given| given.by.0).into(),
            given.map(|given| given.outcome.as_str()).into(),
            given.map(|given| micros(given.at)).into(),
            closed.into(),
            answer.map(<[u8]>::to_vec).into(),
            self.community().0.into(),
            complaint.id.0.into(),
            before.into(),
        ];
        // the words of the answer and whoever took it first-hand stay as they are when nothing new is said
        let sql = "UPDATE complaints SET version = ?, state = ?, about_id = ?, lead_id = ?, taken_by = coalesce(?, taken_by), answered_by = ?, \
                   outcome = ?, answered_at = ?, closed_at = ?, answer = coalesce(?, answer), looked_at = 0 WHERE community_id = ? AND id = ? AND version = ?";
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::Stale {
                is: complaint.version,
            }),
        }
    }

    /// Keeps a note.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_complaint_note(
        &self,
        complaint: ComplaintId,
        note: &SealedNote,
    ) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            note.id.into(),
            complaint.0.into(),
            note.by.0.into(),
            note.words.clone().into(),
            micros(note.at).into(),
        ];
        let sql = "INSERT INTO complaint_notes (community_id, id, complaint_id, by_id, words, at) VALUES (?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// The complaint of an id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn complaint(&self, id: ComplaintId) -> Result<Complaint, Error> {
        let code = self.codes().of(self, self.community()).await?;
        find(self, self.community(), &code, "id", id.0.into()).await
    }

    /// Whoever may read complaints now, concerned by one or not, for messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaint_readers(&self, at: OffsetDateTime) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT DISTINCT member_id FROM posts WHERE community_id = ? AND role IN ('supervisor', 'community_lead') \
                   AND (valid_to IS NULL OR valid_to > ?) ORDER BY member_id";
        let values: [Value; 2] = [self.community().0.into(), micros(at).into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| Ok(MemberId(row.try_get("", "member_id")?)))
            .collect()
    }
}

impl Reader {
    /// The complaint of an id, for whoever has shown what it was told with.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn complaint(
        &self,
        community: CommunityId,
        id: ComplaintId,
    ) -> Result<Complaint, Error> {
        let code = self.codes().of(self, community).await?;
        find(self, community, &code, "id", id.0.into()).await
    }

    /// The complaint of a number. Whoever asks has shown its receipt, or is asked whether they may see it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn complaint_numbered(
        &self,
        community: CommunityId,
        number: &Number,
    ) -> Result<Complaint, Error> {
        let code = self.codes().of(self, community).await?;
        find(self, community, &code, "number", pack(number).into()).await
    }

    /// The complaints that are not closed yet, the one due first at the top; those behind one where it is given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_complaints(
        &self,
        community: CommunityId,
        behind: Option<&Complaint>,
        limit: u16,
    ) -> Result<Vec<Told>, Error> {
        let (due, id) = behind.map_or((i64::MIN, Uuid::nil()), |last| {
            (micros(last.due_at), last.id.0)
        });
        let sql = format!(
            "SELECT {COLUMNS}, words, about_words, along FROM complaints WHERE community_id = ? AND closed_at IS NULL \
             AND (due_at > ? OR (due_at = ? AND id > ?)) ORDER BY due_at, id LIMIT ?"
        );
        let values: [Value; 5] = [
            community.0.into(),
            due.into(),
            due.into(),
            id.into(),
            i64::from(limit).into(),
        ];
        self.complaints(&sql, community, values).await
    }

    /// The latest complaints, closed ones included, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn latest_complaints(
        &self,
        community: CommunityId,
        limit: u16,
    ) -> Result<Vec<Told>, Error> {
        let sql = format!(
            "SELECT {COLUMNS}, words, about_words, along FROM complaints WHERE community_id = ? ORDER BY received_at DESC, id DESC LIMIT ?"
        );
        let values: [Value; 2] = [community.0.into(), i64::from(limit).into()];
        self.complaints(&sql, community, values).await
    }

    async fn complaints<const N: usize>(
        &self,
        sql: &str,
        community: CommunityId,
        values: [Value; N],
    ) -> Result<Vec<Told>, Error> {
        let code = self.codes().of(self, community).await?;
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Told {
                    complaint: complaint(row, community, &code)?,
                    words: row.try_get("", "words")?,
                    about: row.try_get("", "about_words")?,
                    along: row.try_get("", "along")?,
                })
            })
            .collect()
    }

    /// What was said, under seal.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn complaint_words(
        &self,
        community: CommunityId,
        id: ComplaintId,
    ) -> Result<SealedWords, Error> {
        let sql = "SELECT words, about_words, name, phone, answer, along FROM complaints WHERE community_id = ? AND id = ?";
        let row = ask::row(self, sql, [community.0.into(), id.0.into()]).await?;
        let row = row.ok_or(Error::NotFound("complaint"))?;
        Ok(SealedWords {
            words: row.try_get("", "words")?,
            about: row.try_get("", "about_words")?,
            name: row.try_get("", "name")?,
            phone: row.try_get("", "phone")?,
            answer: row.try_get("", "answer")?,
            along: row.try_get("", "along")?,
        })
    }

    /// The notes of a complaint in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complaint_notes(
        &self,
        community: CommunityId,
        id: ComplaintId,
    ) -> Result<Vec<SealedNote>, Error> {
        let sql = "SELECT id, by_id, words, at FROM complaint_notes WHERE community_id = ? AND complaint_id = ? ORDER BY at, id";
        let rows = ask::rows(self, sql, [community.0.into(), id.0.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(SealedNote {
                    id: row.try_get("", "id")?,
                    by: MemberId(row.try_get("", "by_id")?),
                    words: row.try_get("", "words")?,
                    at: instant(row.try_get("", "at")?),
                })
            })
            .collect()
    }
}

async fn find(
    on: &impl ConnectionTrait,
    community: CommunityId,
    code: &str,
    column: &str,
    value: Value,
) -> Result<Complaint, Error> {
    let sql = format!("SELECT {COLUMNS} FROM complaints WHERE community_id = ? AND {column} = ?");
    let row = ask::row(on, &sql, [community.0.into(), value]).await?;
    complaint(&row.ok_or(Error::NotFound("complaint"))?, community, code)
}

fn complaint(row: &QueryResult, community: CommunityId, code: &str) -> Result<Complaint, Error> {
    let id: Uuid = row.try_get("", "id")?;
    let wrong = |why: String| Error::Contradiction {
        table: "complaints",
        id: id.to_string(),
        why,
    };
    let number: i64 = row.try_get("", "number")?;
    let member = |column: &str| -> Result<Option<MemberId>, Error> {
        Ok(row.try_get::<Option<Uuid>>("", column)?.map(MemberId))
    };
    Ok(Complaint {
        community,
        id: ComplaintId(id),
        number: unpack(code, number).ok_or_else(|| wrong(format!("number {number}")))?,
        version: row.try_get("", "version")?,
        grid: GridId(row.try_get("", "grid_id")?),
        about: member("about_id")?,
        lead: member("lead_id")?,
        state: state(row, member("taken_by")?, member("answered_by")?)?
            .ok_or_else(|| wrong("state".into()))?,
        received_at: instant(row.try_get("", "received_at")?),
        due_at: instant(row.try_get("", "due_at")?),
        held: row.try_get("", "held")?,
    })
}

fn state(
    row: &QueryResult,
    taken: Option<MemberId>,
    answered: Option<MemberId>,
) -> Result<Option<State>, Error> {
    let name: String = row.try_get("", "state")?;
    let outcome: Option<String> = row.try_get("", "outcome")?;
    let at: Option<i64> = row.try_get("", "answered_at")?;
    let closed: Option<i64> = row.try_get("", "closed_at")?;
    let outcome = outcome.and_then(|text| text.parse().ok());
    let answer = answered.zip(outcome).zip(at);
    let answer = answer.map(|((by, outcome), at)| Answer {
        by,
        outcome,
        at: instant(at),
    });
    Ok(match name.as_str() {
        "received" => Some(State::Received),
        "taken" => taken.map(|by| State::Taken { by }),
        "answered" => answer.map(State::Answered),
        "closed" => answer.zip(closed).map(|(answer, at)| State::Closed {
            answer,
            at: instant(at),
        }),
        "reported" => closed.map(|at| State::Reported { at: instant(at) }),
        _ => None,
    })
}
