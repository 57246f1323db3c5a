//! Members, their posts and departments. Whoever leaves keeps their row, so that the trail can still name them; their
//! posts end.

mod rows;

use rules::ids::{CategoryCode, CommunityId, MemberId, PostId};
use rules::people::{Department, Member, Post};
use sea_orm::Value;
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

impl Unit {
    /// Keeps a department, new or changed.
    ///
    /// # Errors
    /// `Taken` if another one has the code.
    pub async fn save_department(&self, department: &Department) -> Result<(), Error> {
        let serves: Vec<&str> = department.serves.iter().map(CategoryCode::as_str).collect();
        let values: [Value; 5] = [
            self.community().0.into(),
            department.id.0.into(),
            department.code.as_str().into(),
            department.name.as_str().into(),
            serves.join(" ").into(),
        ];
        let sql = "INSERT INTO departments (community_id, id, code, name, serves) VALUES (?,?,?,?,?) \
                   ON CONFLICT (community_id, id) DO UPDATE SET code = excluded.code, name = excluded.name, serves = excluded.serves";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps a member, new or changed; absences are kept by [`Unit::save_absence`].
    ///
    /// # Errors
    /// `Taken` if another member has the code.
    pub async fn save_member(&self, member: &Member) -> Result<(), Error> {
        let values: [Value; 11] = [
            self.community().0.into(),
            member.id.0.into(),
            member.code.as_deref().into(),
            member.name.as_str().into(),
            member.name_public.into(),
            member.phone.as_deref().into(),
            member.phone_public.into(),
            member.service_hours.as_str().into(),
            member.duties.as_str().into(),
            member.skills.join("、").into(),
            member.deputy.map(|id| id.0).into(),
        ];
        let sql = "INSERT INTO members (community_id, id, code, name, name_public, phone, phone_public, service_hours, duties, \
                   skills, deputy_id) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (community_id, id) DO UPDATE SET \
                   code = excluded.code, name = excluded.name, name_public = excluded.name_public, phone = excluded.phone, \
                   phone_public = excluded.phone_public, service_hours = excluded.service_hours, duties = excluded.duties, \
                   skills = excluded.skills, deputy_id = excluded.deputy_id";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Keeps until when a member is away and who stands in; `None` ends the absence.
    ///
    /// # Errors
    /// `NotFound` if there is no such member.
    pub async fn save_absence(
        &self,
        member: MemberId,
        away: Option<rules::people::Away>,
    ) -> Result<(), Error> {
        let values: [Value; 4] = [
            away.map(|away| micros(away.until)).into(),
            away.map(|away| away.deputy.0).into(),
            self.community().0.into(),
            member.0.into(),
        ];
        let sql =
            "UPDATE members SET away_until = ?, stand_in_id = ? WHERE community_id = ? AND id = ?";
        let changed = self.run(sql, values).await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("member"))
        }
    }

    /// Keeps a new post.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_post(&self, post: &Post, from: OffsetDateTime) -> Result<(), Error> {
        let values: [Value; 8] = [
            self.community().0.into(),
            post.id.0.into(),
            post.member.0.into(),
            post.role.as_str().into(),
            post.title.as_str().into(),
            post.grid.map(|id| id.0).into(),
            post.department.map(|id| id.0).into(),
            micros(from).into(),
        ];
        let sql = "INSERT INTO posts (community_id, id, member_id, role, title, grid_id, department_id, valid_from) \
                   VALUES (?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Ends a post; what was done from it stays.
    ///
    /// # Errors
    /// `NotFound` if it is not held now.
    pub async fn end_post(&self, post: PostId, at: OffsetDateTime) -> Result<(), Error> {
        let values: [Value; 3] = [micros(at).into(), self.community().0.into(), post.0.into()];
        let sql =
            "UPDATE posts SET valid_to = ? WHERE community_id = ? AND id = ? AND valid_to IS NULL";
        let ended = self.run(sql, values).await?;
        if ended == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("post"))
        }
    }
}

impl Reader {
    /// Every member the community ever had.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members(&self, community: CommunityId) -> Result<Vec<Member>, Error> {
        let sql = "SELECT * FROM members WHERE community_id = ? ORDER BY id";
        let rows = ask::rows(self, sql, [community.0.into()]).await?;
        rows.iter().map(rows::member).collect()
    }

    /// The posts that are held now, in the order they were given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn posts(&self, community: CommunityId) -> Result<Vec<Post>, Error> {
        let sql = "SELECT * FROM posts WHERE community_id = ? AND valid_to IS NULL ORDER BY id";
        let rows = ask::rows(self, sql, [community.0.into()]).await?;
        rows.iter().map(rows::post).collect()
    }

    /// The departments, by code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn departments(&self, community: CommunityId) -> Result<Vec<Department>, Error> {
        let sql = "SELECT * FROM departments WHERE community_id = ? ORDER BY code";
        let rows = ask::rows(self, sql, [community.0.into()]).await?;
        rows.iter().map(rows::department).collect()
    }
}
