//! Rows of people as the rules know them.

use rules::ids::{CategoryCode, DepartmentId, GridId, MemberId, PostId};
use rules::people::{Away, Department, Member, Post};
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::{Error, ask, instant};

pub(super) fn member(row: &QueryResult) -> Result<Member, Error> {
    let until: Option<i64> = row.try_get("", "away_until")?;
    let stand_in: Option<Uuid> = row.try_get("", "stand_in_id")?;
    let skills: String = row.try_get("", "skills")?;
    Ok(Member {
        id: MemberId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        name_public: row.try_get("", "name_public")?,
        phone: row.try_get("", "phone")?,
        phone_public: row.try_get("", "phone_public")?,
        service_hours: row.try_get("", "service_hours")?,
        duties: row.try_get("", "duties")?,
        skills: skills
            .split('、')
            .filter(|skill| !skill.is_empty())
            .map(str::to_owned)
            .collect(),
        deputy: row.try_get::<Option<Uuid>>("", "deputy_id")?.map(MemberId),
        away: until.zip(stand_in).map(|(until, deputy)| Away {
            until: instant(until),
            deputy: MemberId(deputy),
        }),
        // the accounts say it, which are not read here
        closed: false,
    })
}

pub(super) fn post(row: &QueryResult) -> Result<Post, Error> {
    Ok(Post {
        id: PostId(row.try_get("", "id")?),
        member: MemberId(row.try_get("", "member_id")?),
        role: ask::typed(row, "posts", "role")?,
        title: row.try_get("", "title")?,
        grid: row.try_get::<Option<Uuid>>("", "grid_id")?.map(GridId),
        department: row
            .try_get::<Option<Uuid>>("", "department_id")?
            .map(DepartmentId),
    })
}

pub(super) fn department(row: &QueryResult) -> Result<Department, Error> {
    let serves: String = row.try_get("", "serves")?;
    let code: String = row.try_get("", "code")?;
    let codes: Result<Vec<CategoryCode>, _> = serves.split_whitespace().map(str::parse).collect();
    Ok(Department {
        id: DepartmentId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        serves: codes.map_err(|_| Error::Contradiction {
            table: "departments",
            id: code.clone(),
            why: format!("serves {serves:?}"),
        })?,
        code,
    })
}
