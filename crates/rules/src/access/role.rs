//! The closed list of roles (domain.md §1.5). Titles such as 楼栋长 are posts that carry one of these.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a person is in the net, or that somebody is outside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nobody known: a visitor of the public pages.
    Anonymous,
    /// A resident with a receipt or an account.
    Resident,
    /// 志愿者, 联户: keeps in touch with households.
    Volunteer,
    /// 微网格员: part-time, one micro-grid.
    Steward,
    /// 专职网格员: full-time, takes any matter of the grid.
    Worker,
    /// 一般网格长: leads a general grid.
    GridLead,
    /// 总网格长: leads the community.
    CommunityLead,
    /// 受理/派遣: community staff who receive and dispatch.
    Desk,
    /// 承办部门: a department that handles.
    Department,
    /// 执法人员: an enforcement officer.
    Officer,
    /// 党风政风廉情监督员: sees the whole trail, decides nothing.
    Supervisor,
    /// 街道/城市指挥: counts and cases of a region, no contact data.
    Command,
    /// Looks after personal data; one of the three administrators.
    PrivacyOfficer,
    /// Reads the trails; one of the three administrators.
    Auditor,
    /// Keeps accounts, sees no resident; one of the three administrators.
    Admin,
    /// Another system.
    Integration,
}

/// A text that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0:?}")]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role, in the order of domain.md §1.5.
    pub const ALL: [Role; 16] = [
        Role::Anonymous,
        Role::Resident,
        Role::Volunteer,
        Role::Steward,
        Role::Worker,
        Role::GridLead,
        Role::CommunityLead,
        Role::Desk,
        Role::Department,
        Role::Officer,
        Role::Supervisor,
        Role::Command,
        Role::PrivacyOfficer,
        Role::Auditor,
        Role::Admin,
        Role::Integration,
    ];

    /// The name in tables, files and URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Anonymous => "anonymous",
            Role::Resident => "resident",
            Role::Volunteer => "volunteer",
            Role::Steward => "steward",
            Role::Worker => "worker",
            Role::GridLead => "grid_lead",
            Role::CommunityLead => "community_lead",
            Role::Desk => "desk",
            Role::Department => "department",
            Role::Officer => "officer",
            Role::Supervisor => "supervisor",
            Role::Command => "command",
            Role::PrivacyOfficer => "privacy_officer",
            Role::Auditor => "auditor",
            Role::Admin => "admin",
            Role::Integration => "integration",
        }
    }

    /// Whether this is one of the three administrators 三员.
    pub const fn administers(self) -> bool {
        matches!(self, Role::PrivacyOfficer | Role::Auditor | Role::Admin)
    }

    /// Whether one account may not hold both roles: the three administrators exclude each other 三员分立.
    pub fn excludes(self, other: Role) -> bool {
        self != other && self.administers() && other.administers()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_administrators_exclude_each_other_and_nobody_else() {
        assert!(Role::Admin.excludes(Role::Auditor));
        assert!(Role::Auditor.excludes(Role::PrivacyOfficer));
        assert!(Role::PrivacyOfficer.excludes(Role::Admin));
        assert!(!Role::Admin.excludes(Role::Admin));
        assert!(!Role::Admin.excludes(Role::Desk));
        assert!(!Role::Desk.excludes(Role::GridLead));
    }

    #[test]
    fn a_role_is_stored_under_the_name_it_shows() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert_eq!(
                serde_json::to_value(role).expect("a role is a word"),
                role.as_str()
            );
        }
    }
}
