//! What the cellar keeps of a mediation without being able to read it: contacts, words, and where photos of papers lie.

use rules::ids::{CommunityId, MediationId, PartyId};
use rules::mediation::Part;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::row::day;
use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// One side of a dispute, under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its key.
    pub id: PartyId,
    /// 甲方 is 0, 乙方 is 1 …
    pub n: u8,
    /// The sealed name; none once it is erased, or was never told.
    pub name: Option<Vec<u8>>,
    /// The sealed phone number.
    pub phone: Option<Vec<u8>>,
}

/// Words of a step, under seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Their key.
    pub id: Uuid,
    /// The version after that step.
    pub version: i64,
    /// What they are about.
    pub part: Part,
    /// The day of a talk.
    pub held_on: Option<Date>,
    /// The sealed words.
    pub words: Vec<u8>,
    /// When they were kept.
    pub at: OffsetDateTime,
}

/// A photo of the signed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its key.
    pub id: Uuid,
    /// Where its bytes are.
    pub blob: String,
    /// Where the bytes of its small picture are.
    pub thumbnail: Option<String>,
}

impl Unit {
    /// Keeps a side of a dispute.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_party(&self, mediation: MediationId, party: &Party) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            party.id.0.into(),
            mediation.0.into(),
            i64::from(party.n).into(),
            party.name.clone().into(),
            party.phone.clone().into(),
        ];
        let sql = "INSERT INTO mediation_parties (community_id, id, mediation_id, n, name, phone) VALUES (?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps the words of a step.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_mediation_words(
        &self,
        mediation: MediationId,
        words: &Words,
    ) -> Result<(), Error> {
        let values: [Value; 8] = [
            self.community().0.into(),
            words.id.into(),
            mediation.0.into(),
            words.version.into(),
            words.part.as_str().into(),
            words.held_on.map(|day| day.to_string()).into(),
            words.words.clone().into(),
            micros(words.at).into(),
        ];
        let sql = "INSERT INTO mediation_words (community_id, id, mediation_id, version, part, held_on, words, at) \
                   VALUES (?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps a photo of the signed paper; its bytes are in the blobs already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_mediation_paper(
        &self,
        mediation: MediationId,
        paper: &Paper,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            paper.id.into(),
            mediation.0.into(),
            paper.blob.as_str().into(),
            paper.thumbnail.clone().into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO mediation_papers (community_id, id, mediation_id, blob, thumbnail, at) VALUES (?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Erases the parties' contacts; gives how many there were.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_parties(&self, mediation: MediationId) -> Result<u64, Error> {
        let sql = "DELETE FROM mediation_parties WHERE community_id = ? AND mediation_id = ?";
        self.run(sql, [self.community().0.into(), mediation.0.into()])
            .await
    }

    /// Erases words and papers; the files of photos become orphans, for a sweep that is not there yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_mediation_words(&self, mediation: MediationId) -> Result<(), Error> {
        for table in ["mediation_words", "mediation_papers"] {
            let sql = format!("DELETE FROM {table} WHERE community_id = ? AND mediation_id = ?");
            self.run(&sql, [self.community().0.into(), mediation.0.into()])
                .await?;
        }
        Ok(())
    }

    /// The sides of a dispute, to find their names in words that come in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parties(&self, mediation: MediationId) -> Result<Vec<Party>, Error> {
        parties(self, self.community(), mediation).await
    }
}

impl Reader {
    /// The sides of a dispute. The mediation itself was found within a scope.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parties(
        &self,
        community: CommunityId,
        mediation: MediationId,
    ) -> Result<Vec<Party>, Error> {
        parties(self, community, mediation).await
    }

    /// The words of all steps in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediation_words(
        &self,
        community: CommunityId,
        mediation: MediationId,
    ) -> Result<Vec<Words>, Error> {
        let sql = "SELECT id, version, part, held_on, words, at FROM mediation_words WHERE community_id = ? AND mediation_id = ? \
                   ORDER BY version, id";
        let values: [Value; 2] = [community.0.into(), mediation.0.into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Words {
                    id: row.try_get("", "id")?,
                    version: row.try_get("", "version")?,
                    part: ask::typed(row, "mediation_words", "part")?,
                    held_on: day(row, "held_on")?,
                    words: row.try_get("", "words")?,
                    at: instant(row.try_get("", "at")?),
                })
            })
            .collect()
    }

    /// Photos of the signed paper.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mediation_papers(
        &self,
        community: CommunityId,
        mediation: MediationId,
    ) -> Result<Vec<Paper>, Error> {
        let sql = "SELECT id, blob, thumbnail FROM mediation_papers WHERE community_id = ? AND mediation_id = ? ORDER BY at, id";
        let values: [Value; 2] = [community.0.into(), mediation.0.into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Paper {
                    id: row.try_get("", "id")?,
                    blob: row.try_get("", "blob")?,
                    thumbnail: row.try_get("", "thumbnail")?,
                })
            })
            .collect()
    }
}

async fn parties(
    on: &impl ConnectionTrait,
    community: CommunityId,
    mediation: MediationId,
) -> Result<Vec<Party>, Error> {
    let sql = "SELECT id, n, name, phone FROM mediation_parties WHERE community_id = ? AND mediation_id = ? ORDER BY n";
    let values: [Value; 2] = [community.0.into(), mediation.0.into()];
    ask::rows(on, sql, values)
        .await?
        .iter()
        .map(party)
        .collect()
}

fn party(row: &QueryResult) -> Result<Party, Error> {
    let n: i64 = row.try_get("", "n")?;
    Ok(Party {
        id: PartyId(row.try_get("", "id")?),
        n: u8::try_from(n).unwrap_or(u8::MAX),
        name: row.try_get("", "name")?,
        phone: row.try_get("", "phone")?,
    })
}
