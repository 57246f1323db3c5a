//! Members, posts and departments as they are now. What may be shown of a member is the member's own consent.

use time::OffsetDateTime;

use crate::access::Role;
use crate::ids::{CategoryCode, DepartmentId, GridId, MemberId, PostId};

/// A person who works in the net.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The key within the community.
    pub id: MemberId,
    /// The account name the list of people gives; unique in the community. `None` for those who never sign in.
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// Whether the name may stand on boards and public pages.
    pub name_public: bool,
    /// The telephone number.
    pub phone: Option<String>,
    /// Whether the number may stand there: a service number, or one's own by consent.
    pub phone_public: bool,
    /// When one serves, as text for the board.
    pub service_hours: String,
    /// What one does, as text for the board.
    pub duties: String,
    /// What one can do.
    pub skills: Vec<String>,
    /// Who usually stands in.
    pub deputy: Option<MemberId>,
    /// The absence that was last told; it ends by itself.
    pub away: Option<Away>,
    /// Whether their account was closed while the list of people names them still: then they are away for good.
    pub closed: bool,
}

/// An absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// The moment from which the member is back.
    pub until: OffsetDateTime,
    /// Who gets the work meanwhile.
    pub deputy: MemberId,
}

impl Away {
    /// The moment until which somebody is away of whom nobody expects that they come back.
    pub const ENDLESS: OffsetDateTime = time::macros::datetime!(9999-01-01 00:00 UTC);

    /// When it ends, if it does.
    pub fn ends(&self) -> Option<OffsetDateTime> {
        Some(self.until).filter(|until| *until < Self::ENDLESS)
    }
}

impl Member {
    /// Whether their account was closed while the list of people names them still.
    pub const fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether they can be away at any moment: they said so once, or their account was closed.
    pub const fn can_be_away(&self) -> bool {
        self.away.is_some() || self.closed
    }

    /// The absence that holds at `now`. That of somebody whose account was closed never ends: whoever was named for a while stands in
    /// that long, then the usual deputy, and where there is none, nobody.
    pub fn away_at(&self, now: OffsetDateTime) -> Option<Away> {
        let told = self.away.filter(|away| now < away.until);
        if !self.closed {
            return told;
        }
        let deputy = told.map(|away| away.deputy).or(self.deputy);
        Some(Away {
            until: Away::ENDLESS,
            deputy: deputy.unwrap_or(self.id),
        })
    }
}

/// A seat in the net, held by a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The key within the community.
    pub id: PostId,
    /// Who holds it.
    pub member: MemberId,
    /// The role it carries.
    pub role: Role,
    /// What it is called: 楼栋长, 值班长.
    pub title: String,
    /// The grid it serves; `None` for posts of no grid.
    pub grid: Option<GridId>,
    /// The department it belongs to.
    pub department: Option<DepartmentId>,
}

/// A department or enforcement team that serves the community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// The key within the community.
    pub id: DepartmentId,
    /// Its code, unique in the community.
    pub code: String,
    /// Its name, as the catalogue writes it under 处置单位.
    pub name: String,
    /// The categories it handles.
    pub serves: Vec<CategoryCode>,
}
