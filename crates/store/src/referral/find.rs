//! Finding referrals: within a scope for people, by case for the case's page, by time for the clock.

use rules::access::Scope;
use rules::ids::{CaseId, CommunityId, DepartmentId, GridId, MemberId, Number, ReferralId};
use rules::referral::StateName;
use sea_orm::{ConnectionTrait, Value};
use time::OffsetDateTime;

use super::row::{COLUMNS, kept};
use super::{Kept, Photo, Remark};
use crate::codes::{Codes, pack, unpack};
use crate::conn::Reader;
use crate::reach::{Columns, reach, subtree};
use crate::unit::Unit;
use crate::{Error, ask, micros};

const OWN: Columns = Columns {
    member: "referrer_id",
    department: Some("team_id"),
};

/// Whether its case is one that people may read, and became no complaint.
const NOT_WITHHELD: &str = "NOT EXISTS (SELECT 1 FROM cases WHERE cases.community_id = referrals.community_id \
    AND cases.id = referrals.case_id AND cases.withheld)";

/// How far an officer sees beside the scope.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    /// Only in this grid or below it: the area of the post.
    pub area: Option<GridId>,
    /// What this officer has and is still open is seen wherever it lies.
    pub own: Option<MemberId>,
    /// Officers who are away: what they have that is still open is seen, wherever it lies.
    pub stands_for: Vec<MemberId>,
    /// Teams of theirs, each in the area of their post, that fewer than two officers are there for: what waits to be taken is seen.
    pub short: Vec<(DepartmentId, Option<GridId>)>,
    /// Which leads of a case that became a complaint are seen.
    pub alone: Alone,
}

/// Which leads are seen whose case became a complaint. They go on without it: the officers have work in their hands, and whoever
/// referred one knows what it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alone {
    /// None of them.
    #[default]
    None,
    /// Those that this member referred, and those of which this member was told that they wait for officers, until they are over:
    /// whoever is to see to it finds what it is about.
    Of(MemberId),
    /// All that are within reach: for officers, and for time itself.
    All,
}

impl Alone {
    fn narrow(self, sql: &mut String, values: &mut Vec<Value>) {
        match self {
            Self::None => sql.push_str(&format!(" AND {NOT_WITHHELD}")),
            Self::Of(member) => {
                sql.push_str(&format!(
                    " AND (referrer_id = ? OR {NOT_WITHHELD} OR (ended_at IS NULL AND id IN (SELECT COALESCE(j.subject, f.subject) FROM messages m \
                     JOIN journal j ON j.community_id = m.community_id AND j.seq = m.seq \
                     LEFT JOIN journal f ON f.community_id = j.community_id AND f.seq = j.about \
                     WHERE m.community_id = referrals.community_id AND m.member_id = ? AND m.kind = 'referral-waiting')))"
                ));
                values.extend([member.0.into(), member.0.into()]);
            }
            Self::All => {}
        }
    }
}

/// Which referrals.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In these states; all if empty.
    pub states: Vec<StateName>,
    /// Older than this one.
    pub before: Option<Number>,
}

/// A page of referrals, newest first.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rows.
    pub rows: Vec<Kept>,
    /// Where the next page begins, if there is one.
    pub next: Option<Number>,
}

impl Filter {
    fn narrow(&self, sql: &mut String, values: &mut Vec<Value>) {
        if !self.states.is_empty() {
            let marks = vec!["?"; self.states.len()].join(",");
            sql.push_str(&format!(" AND state IN ({marks})"));
            values.extend(self.states.iter().map(|state| Value::from(state.as_str())));
        }
        if let Some(before) = &self.before {
            sql.push_str(" AND number < ?");
            values.push(pack(before).into());
        }
    }
}

async fn one(
    on: &impl ConnectionTrait,
    codes: &Codes,
    community: CommunityId,
    condition: &str,
    values: Vec<Value>,
) -> Result<Option<Kept>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM referrals WHERE {condition}");
    let Some(row) = ask::row(on, &sql, values).await? else {
        return Ok(None);
    };
    let code = codes.of(on, community).await?;
    kept(&row, community, &code).map(Some)
}

/// What is within the scope and the area, and what was handed to somebody who is away.
fn seen(scope: &Scope, community: CommunityId, sight: &Sight) -> (String, Vec<Value>) {
    let (mut sql, mut values) = reach(&OWN, scope, community);
    if let Some(area) = sight.area {
        let (below, more) = subtree(community, area);
        sql.push_str(&format!(" AND {below}"));
        values.extend(more);
    }
    if let Some(own) = sight.own {
        sql = format!(
            "(({sql}) OR (community_id = ? AND ended_at IS NULL AND (first_id = ? OR second_id = ?)))"
        );
        values.extend([community.0.into(), own.0.into(), own.0.into()]);
    }
    if !sight.stands_for.is_empty() {
        let marks = vec!["?"; sight.stands_for.len()].join(",");
        sql = format!(
            "(({sql}) OR (community_id = ? AND ended_at IS NULL AND (first_id IN ({marks}) OR second_id IN ({marks}))))"
        );
        let away = sight
            .stands_for
            .iter()
            .map(|officer| Value::from(officer.0));
        values.push(community.0.into());
        values.extend(away.clone().chain(away));
    }
    for (team, area) in &sight.short {
        let mut own = "community_id = ? AND team_id = ? AND state = 'referred'".to_owned();
        values.extend([Value::from(community.0), team.0.into()]);
        if let Some(area) = area {
            let (below, more) = subtree(community, *area);
            own.push_str(&format!(" AND {below}"));
            values.extend(more);
        }
        sql = format!("(({sql}) OR ({own}))");
    }
    sight.alone.narrow(&mut sql, &mut values);
    (sql, values)
}

fn named(
    scope: &Scope,
    community: CommunityId,
    sight: &Sight,
    column: &str,
    value: Value,
) -> (String, Vec<Value>) {
    let (mut sql, mut values) = seen(scope, community, sight);
    sql.push_str(&format!(" AND {column} = ?"));
    values.push(value);
    (sql, values)
}

impl Unit {
    /// The referral of that number within scope and sight, to be changed in this unit.
    ///
    /// # Errors
    /// `NotFound` outside.
    pub async fn referral_numbered(
        &self,
        scope: &Scope,
        sight: &Sight,
        number: &Number,
    ) -> Result<Kept, Error> {
        let number = pack(number).into();
        let (sql, values) = named(scope, self.community(), sight, "number", number);
        one(self, self.codes(), self.community(), &sql, values)
            .await?
            .ok_or(Error::NotFound("referral"))
    }

    /// The referral of an id, for followers; none if there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral(&self, id: ReferralId) -> Result<Option<Kept>, Error> {
        let values = vec![self.community().0.into(), id.0.into()];
        let condition = "community_id = ? AND id = ?";
        one(self, self.codes(), self.community(), condition, values).await
    }

    /// The lead of this case that is with officers; a case has one at a time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_referral_of(&self, case: CaseId) -> Result<Option<Kept>, Error> {
        let values = vec![self.community().0.into(), case.0.into()];
        let condition = "community_id = ? AND case_id = ? AND ended_at IS NULL";
        one(self, self.codes(), self.community(), condition, values).await
    }

    /// Whether a lead of this case is with officers.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_open_referral(&self, case: CaseId) -> Result<bool, Error> {
        let sql = "SELECT 1 AS one FROM referrals WHERE community_id = ? AND case_id = ? AND ended_at IS NULL";
        let row = self
            .row(sql, [self.community().0.into(), case.0.into()])
            .await?;
        Ok(row.is_some())
    }
}

impl Reader {
    /// The referral of that number within scope and sight.
    ///
    /// # Errors
    /// `NotFound` outside.
    pub async fn referral_numbered(
        &self,
        scope: &Scope,
        sight: &Sight,
        community: CommunityId,
        number: &Number,
    ) -> Result<Kept, Error> {
        let (sql, values) = named(scope, community, sight, "number", pack(number).into());
        one(self, self.codes(), community, &sql, values)
            .await?
            .ok_or(Error::NotFound("referral"))
    }

    /// The referral of an id within scope and sight; none outside.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral_within(
        &self,
        scope: &Scope,
        sight: &Sight,
        community: CommunityId,
        id: ReferralId,
    ) -> Result<Option<Kept>, Error> {
        let (sql, values) = named(scope, community, sight, "id", id.0.into());
        one(self, self.codes(), community, &sql, values).await
    }

    /// The referrals of these ids within scope and sight; others are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referrals_by_id(
        &self,
        scope: &Scope,
        sight: &Sight,
        community: CommunityId,
        ids: &[ReferralId],
    ) -> Result<Vec<Kept>, Error> {
        let mut found = Vec::with_capacity(ids.len());
        for page in ids.chunks(500) {
            let (mut condition, mut values) = seen(scope, community, sight);
            let marks = vec!["?"; page.len()].join(",");
            condition.push_str(&format!(" AND id IN ({marks})"));
            values.extend(page.iter().map(|id| Value::from(id.0)));
            values.push(500_i64.into());
            found.extend(self.referral_rows(community, &condition, values).await?);
        }
        Ok(found)
    }

    /// A page of referrals within scope and sight, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referrals(
        &self,
        scope: &Scope,
        sight: &Sight,
        community: CommunityId,
        filter: &Filter,
        limit: u16,
    ) -> Result<Found, Error> {
        let (mut condition, mut values) = seen(scope, community, sight);
        filter.narrow(&mut condition, &mut values);
        values.push((i64::from(limit) + 1).into());
        let mut rows = self.referral_rows(community, &condition, values).await?;
        let more = rows.len() > usize::from(limit);
        rows.truncate(usize::from(limit));
        let next = rows.last().filter(|_| more);
        let next = next.map(|last| last.referral.number.clone());
        Ok(Found { rows, next })
    }

    /// The referrals of a case that the asker has found already, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referrals_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Kept>, Error> {
        let values = vec![community.0.into(), case.0.into(), 100i64.into()];
        self.referral_rows(community, "community_id = ? AND case_id = ?", values)
            .await
    }

    /// Referrals whose deadline has passed and was not told, by number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referrals_waiting_for_time(
        &self,
        community: CommunityId,
        now: OffsetDateTime,
        limit: u16,
    ) -> Result<Vec<Number>, Error> {
        let sql = "SELECT number FROM referrals WHERE community_id = ? AND wakes_at <= ? ORDER BY wakes_at LIMIT ?";
        let values: [Value; 3] = [
            community.0.into(),
            micros(now).into(),
            i64::from(limit).into(),
        ];
        let code = self.codes().of(self, community).await?;
        let rows = ask::rows(self, sql, values).await?;
        let numbers = rows.iter().map(|row| {
            let packed: i64 = row.try_get("", "number")?;
            unpack(&code, packed).ok_or(Error::NotFound("referral"))
        });
        numbers.collect()
    }

    /// Referrals that somebody still has to do something for.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_referrals(
        &self,
        community: CommunityId,
        limit: u16,
    ) -> Result<Vec<Kept>, Error> {
        let values = vec![community.0.into(), i64::from(limit).into()];
        self.referral_rows(community, "community_id = ? AND ended_at IS NULL", values)
            .await
    }

    /// The words of a referral's steps.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral_remarks(
        &self,
        community: CommunityId,
        referral: ReferralId,
    ) -> Result<Vec<Remark>, Error> {
        let sql = "SELECT version, words FROM referral_remarks WHERE community_id = ? AND referral_id = ? ORDER BY version, id";
        let values: [Value; 2] = [community.0.into(), referral.0.into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Remark {
                    version: row.try_get("", "version")?,
                    words: row.try_get("", "words")?,
                })
            })
            .collect()
    }

    /// The photos of a referral.
    ///
    /// # Errors
    /// What the database says.
    pub async fn referral_photos(
        &self,
        community: CommunityId,
        referral: ReferralId,
    ) -> Result<Vec<Photo>, Error> {
        let sql = "SELECT id, blob, thumbnail FROM referral_photos WHERE community_id = ? AND referral_id = ? ORDER BY at, id";
        let values: [Value; 2] = [community.0.into(), referral.0.into()];
        let rows = ask::rows(self, sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Photo {
                    id: row.try_get("", "id")?,
                    blob: row.try_get("", "blob")?,
                    thumbnail: row.try_get("", "thumbnail")?,
                })
            })
            .collect()
    }

    async fn referral_rows(
        &self,
        community: CommunityId,
        condition: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Kept>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM referrals WHERE {condition} ORDER BY number DESC LIMIT ?"
        );
        let rows = ask::rows(self, &sql, values).await?;
        let code = self.codes().of(self, community).await?;
        rows.iter().map(|row| kept(row, community, &code)).collect()
    }
}
