//! 协调 as rows: who is called together when and where, and who does what by when. Words and names of outside bodies live
//! here; the case and the journal hold ids only.

mod followed;

use rules::ids::{CaseId, CommunityId, CoordinationId, DepartmentId, ItemId, MemberId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

pub use followed::Followed;
pub(crate) use followed::running;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// The parties of a case, called together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coordination {
    /// Its key.
    pub id: CoordinationId,
    /// The case.
    pub case: CaseId,
    /// Who called.
    pub called_by: MemberId,
    /// When.
    pub called_at: OffsetDateTime,
    /// When they meet.
    pub meets_at: OffsetDateTime,
    /// Where, in words.
    pub place: String,
    /// What about.
    pub purpose: String,
    /// Who is called.
    pub parties: Vec<Party>,
}

/// Somebody who is called, or who is to do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// Somebody of the net.
    Member(MemberId),
    /// A department.
    Department(DepartmentId),
    /// A body outside the net, by its name.
    Outside(String),
}

/// Something that was agreed: who does what by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub id: ItemId,
    /// Where it was agreed.
    pub coordination: CoordinationId,
    /// The case.
    pub case: CaseId,
    /// What.
    pub what: String,
    /// Who.
    pub by: Party,
    /// By when.
    pub due_at: OffsetDateTime,
    /// How it ended, if it has.
    pub settled: Option<Settled>,
}

/// How something agreed upon ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// When.
    pub at: OffsetDateTime,
    /// Whether it was done; else it was dropped.
    pub done: bool,
}

impl Party {
    fn columns(&self) -> [Value; 3] {
        let (member, department, outside) = match self {
            Party::Member(id) => (Some(id.0), None, None),
            Party::Department(id) => (None, Some(id.0), None),
            Party::Outside(name) => (None, None, Some(name.as_str())),
        };
        [member.into(), department.into(), outside.into()]
    }

    fn read(row: &QueryResult) -> Result<Self, Error> {
        let member: Option<Uuid> = row.try_get("", "member_id")?;
        let department: Option<Uuid> = row.try_get("", "department_id")?;
        let outside: Option<String> = row.try_get("", "outside")?;
        Ok(match (member, department) {
            (Some(id), _) => Party::Member(MemberId(id)),
            (None, Some(id)) => Party::Department(DepartmentId(id)),
            (None, None) => Party::Outside(outside.unwrap_or_default()),
        })
    }
}

impl Unit {
    /// Keeps a calling together.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_coordination(&self, one: &Coordination) -> Result<(), Error> {
        let values: [Value; 8] = [
            self.community().0.into(),
            one.id.0.into(),
            one.case.0.into(),
            one.called_by.0.into(),
            micros(one.called_at).into(),
            micros(one.meets_at).into(),
            one.place.as_str().into(),
            one.purpose.as_str().into(),
        ];
        let sql = "INSERT INTO coordinations (community_id, id, case_id, called_by, called_at, meets_at, place, purpose) \
                   VALUES (?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        for (n, party) in one.parties.iter().enumerate() {
            let [member, department, outside] = party.columns();
            let values: [Value; 7] = [
                self.community().0.into(),
                one.id.0.into(),
                i64::try_from(n).unwrap_or(i64::MAX).into(),
                one.case.0.into(),
                member,
                department,
                outside,
            ];
            let sql = "INSERT INTO coordination_parties (community_id, coordination_id, n, case_id, member_id, department_id, \
                       outside) VALUES (?,?,?,?,?,?,?)";
            self.run(sql, values).await?;
        }
        Ok(())
    }

    /// Keeps something agreed upon.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_item(&self, item: &Item) -> Result<(), Error> {
        let [member, department, outside] = item.by.columns();
        let values: [Value; 9] = [
            self.community().0.into(),
            item.id.0.into(),
            item.coordination.0.into(),
            item.case.0.into(),
            item.what.as_str().into(),
            member,
            department,
            outside,
            micros(item.due_at).into(),
        ];
        let sql = "INSERT INTO coordination_items (community_id, id, coordination_id, case_id, what, member_id, department_id, \
                   outside, due_at) VALUES (?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps how something agreed upon ended.
    ///
    /// # Errors
    /// `NotFound` if it is not open.
    pub async fn settle_item(
        &self,
        item: ItemId,
        settled: Settled,
        by: MemberId,
    ) -> Result<(), Error> {
        let values: [Value; 5] = [
            micros(settled.at).into(),
            by.0.into(),
            settled.done.into(),
            self.community().0.into(),
            item.0.into(),
        ];
        let sql = "UPDATE coordination_items SET settled_at = ?, settled_by = ?, done = ? \
                   WHERE community_id = ? AND id = ? AND settled_at IS NULL";
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::NotFound("item")),
        }
    }

    /// What was agreed for a case.
    ///
    /// # Errors
    /// What the database says.
    pub async fn items_of(&self, case: CaseId) -> Result<Vec<Item>, Error> {
        items(self, self.community(), case).await
    }

    /// How often the parties of a case were called together, the first time first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn coordinations_of(&self, case: CaseId) -> Result<Vec<Coordination>, Error> {
        coordinations(self, self.community(), case).await
    }
}

impl Reader {
    /// How often the parties of a case were called together, the first time first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn coordinations_of(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Vec<Coordination>, Error> {
        coordinations(self, community, case).await
    }

    /// What was agreed for a case, the nearest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn items_of(&self, community: CommunityId, case: CaseId) -> Result<Vec<Item>, Error> {
        items(self, community, case).await
    }

    /// What these members or departments still have to do of all that was agreed, the nearest first; at most `limit`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_items(
        &self,
        community: CommunityId,
        members: &[MemberId],
        departments: &[DepartmentId],
        limit: u16,
    ) -> Result<Vec<Item>, Error> {
        let one_of = |column: &str, n: usize| match n {
            0 => None,
            n => Some(format!("{column} IN ({})", vec!["?"; n].join(","))),
        };
        let members_in = one_of("member_id", members.len());
        let whose: Vec<String> = members_in
            .into_iter()
            .chain(one_of("department_id", departments.len()))
            .collect();
        if whose.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM coordination_items WHERE community_id = ? AND settled_at IS NULL AND ({}) \
             ORDER BY due_at, id LIMIT ?",
            whose.join(" OR ")
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        values.extend(members.iter().map(|one| Value::from(one.0)));
        values.extend(departments.iter().map(|one| Value::from(one.0)));
        values.push(i64::from(limit).into());
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(item).collect()
    }
}

const COLUMNS: &str = "id, coordination_id, case_id, what, member_id, department_id, outside, due_at, settled_at, done";

async fn coordinations(
    on: &impl ConnectionTrait,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<Coordination>, Error> {
    let sql = "SELECT id, case_id, called_by, called_at, meets_at, place, purpose FROM coordinations \
               WHERE community_id = ? AND case_id = ? ORDER BY called_at, id";
    let rows = ask::rows(on, sql, [community.0.into(), case.0.into()]).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: Uuid = row.try_get("", "id")?;
        let sql = "SELECT member_id, department_id, outside FROM coordination_parties \
                   WHERE community_id = ? AND coordination_id = ? ORDER BY n";
        let parties = ask::rows(on, sql, [community.0.into(), id.into()]).await?;
        found.push(Coordination {
            id: CoordinationId(id),
            case: CaseId(row.try_get("", "case_id")?),
            called_by: MemberId(row.try_get("", "called_by")?),
            called_at: instant(row.try_get("", "called_at")?),
            meets_at: instant(row.try_get("", "meets_at")?),
            place: row.try_get("", "place")?,
            purpose: row.try_get("", "purpose")?,
            parties: parties.iter().map(Party::read).collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

async fn items(
    on: &impl ConnectionTrait,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<Item>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM coordination_items WHERE community_id = ? AND case_id = ? ORDER BY due_at, id"
    );
    let rows = ask::rows(on, &sql, [community.0.into(), case.0.into()]).await?;
    rows.iter().map(item).collect()
}

fn item(row: &QueryResult) -> Result<Item, Error> {
    let at: Option<i64> = row.try_get("", "settled_at")?;
    let done: Option<bool> = row.try_get("", "done")?;
    Ok(Item {
        id: ItemId(row.try_get("", "id")?),
        coordination: CoordinationId(row.try_get("", "coordination_id")?),
        case: CaseId(row.try_get("", "case_id")?),
        what: row.try_get("", "what")?,
        by: Party::read(row)?,
        due_at: instant(row.try_get("", "due_at")?),
        settled: at.zip(done).map(|(at, done)| Settled {
            at: instant(at),
            done,
        }),
    })
}
