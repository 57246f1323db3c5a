//! Referred leads: rows, the words of their steps, and evidence. Every finder for people takes a scope, and for an
//! officer the area of the post beside it; what belongs to a case is found through the case.

mod find;
mod row;

pub use find::{Alone, Filter, Found, Sight};

use rules::ids::{DepartmentId, MemberId, ReferralId};
use rules::referral::Referral;
use sea_orm::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::unit::Unit;
use crate::{Error, ask, micros};

/// What was told when the lead was referred: event fields, no person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Where it is.
    pub place: String,
    /// What was found.
    pub finding: String,
    /// Which penalty item it may fall under, in words.
    pub item: String,
}

/// A referral with its lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The referral.
    pub referral: Referral,
    /// The lead.
    pub lead: Lead,
}

/// Words that go with one step of a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The version after that step.
    pub version: i64,
    /// The words.
    pub words: String,
}

/// A photo of a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its key.
    pub id: Uuid,
    /// Where its bytes are.
    pub blob: String,
    /// Where the bytes of its small picture are.
    pub thumbnail: Option<String>,
}

impl Unit {
    /// Keeps a new referral.
    ///
    /// # Errors
    /// `Taken` if the case has an open one.
    pub async fn keep_referral(&self, kept: &Kept) -> Result<(), Error> {
        let (names, values) = row::values(kept);
        let marks = vec!["?"; values.len()].join(",");
        let sql = format!("INSERT INTO referrals ({names}) VALUES ({marks})");
        self.run(&sql, values).await?;
        Ok(())
    }

    /// Saves a changed referral over the version that was read.
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn save_referral(&self, before: i64, referral: &Referral) -> Result<(), Error> {
        let (names, mut values) = row::changes(referral);
        values.extend([
            Value::from(self.community().0),
            referral.id.0.into(),
            before.into(),
        ]);
        let sql = format!(
            "UPDATE referrals SET {names} WHERE community_id = ? AND id = ? AND version = ?"
        );
        if self.run(&sql, values).await? == 1 {
            Ok(())
        } else {
            Err(Error::Stale {
                is: referral.version,
            })
        }
    }

    /// Keeps the words of a step.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_referral_remark(
        &self,
        id: Uuid,
        referral: ReferralId,
        remark: &Remark,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            id.into(),
            referral.0.into(),
            remark.version.into(),
            remark.words.as_str().into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO referral_remarks (community_id, id, referral_id, version, words, at) VALUES (?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps a photo; its bytes are in the blobs already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_referral_photo(
        &self,
        referral: ReferralId,
        photo: &Photo,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 6] = [
            self.community().0.into(),
            photo.id.into(),
            referral.0.into(),
            photo.blob.as_str().into(),
            photo.thumbnail.clone().into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO referral_photos (community_id, id, referral_id, blob, thumbnail, at) VALUES (?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Who sees to what lies with nobody: the desk and the supervisors, for messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn desk_and_supervisors(&self, at: OffsetDateTime) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT DISTINCT member_id FROM posts WHERE community_id = ? AND role IN ('desk', 'supervisor') \
                   AND (valid_to IS NULL OR valid_to > ?) ORDER BY member_id";
        let values: [Value; 2] = [self.community().0.into(), micros(at).into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| Ok(MemberId(row.try_get("", "member_id")?)))
            .collect()
    }

    /// The officers of a team now, for messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn officers_of(
        &self,
        team: DepartmentId,
        at: OffsetDateTime,
    ) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT DISTINCT member_id FROM posts WHERE community_id = ? AND department_id = ? AND role = 'officer' \
                   AND (valid_to IS NULL OR valid_to > ?) ORDER BY member_id";
        let values: [Value; 3] = [self.community().0.into(), team.0.into(), micros(at).into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| Ok(MemberId(row.try_get("", "member_id")?)))
            .collect()
    }
}
