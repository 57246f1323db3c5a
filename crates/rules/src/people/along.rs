//! What goes along with an absence: whose grid or department a deputy serves meanwhile, and what stays behind because the deputy's
//! own post has no right to it. Tasks always go along.

use crate::access::{Action, Role, may};

/// Whether somebody of one role, while standing in for somebody of another, serves that one's grid or department as well:
/// only where they have the rights of that post over cases. Others see the work itself and no more.
pub const fn takes_over(own: Role, absent: Role) -> bool {
    match absent {
        Role::Steward => matches!(own, Role::Steward | Role::Worker | Role::GridLead),
        Role::Worker => matches!(own, Role::Worker | Role::GridLead),
        // whoever else may stand in for these sees the community anyway
        Role::GridLead | Role::CommunityLead | Role::Desk => matches!(own, Role::GridLead),
        Role::Department => matches!(own, Role::Department | Role::Officer | Role::GridLead),
        _ => false,
    }
}

/// What does not go along with a deputy of another post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaysBehind {
    /// To see and do what else lies in the grid or with the department.
    Ground,
    /// Orders of hotlines and upper levels, events at places.
    Orders,
    /// Sheets of paper notes.
    Sheets,
    /// Return visits.
    Visits,
    /// To call departments to the spot.
    Whistles,
    /// To adopt a case, and to call the parties together.
    Adoption,
    /// Reminders, questions with a date, circulars.
    Supervision,
    /// Complaints.
    Complaints,
    /// Settings, routing rules, imports, what is told outside.
    Settings,
}

impl StaysBehind {
    /// Each of them, in the order in which they are told.
    pub const ALL: [StaysBehind; 9] = [
        StaysBehind::Ground,
        StaysBehind::Orders,
        StaysBehind::Sheets,
        StaysBehind::Visits,
        StaysBehind::Whistles,
        StaysBehind::Adoption,
        StaysBehind::Supervision,
        StaysBehind::Complaints,
        StaysBehind::Settings,
    ];

    /// The name in texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            StaysBehind::Ground => "ground",
            StaysBehind::Orders => "orders",
            StaysBehind::Sheets => "sheets",
            StaysBehind::Visits => "visits",
            StaysBehind::Whistles => "whistles",
            StaysBehind::Adoption => "adoption",
            StaysBehind::Supervision => "supervision",
            StaysBehind::Complaints => "complaints",
            StaysBehind::Settings => "settings",
        }
    }

    /// The rights it is made of.
    const fn actions(self) -> &'static [Action] {
        match self {
            StaysBehind::Ground => &[],
            StaysBehind::Orders => &[Action::TakeOrders, Action::SettlePlaceEvent],
            StaysBehind::Sheets => &[Action::KeepSheet],
            StaysBehind::Visits => &[Action::Visit],
            StaysBehind::Whistles => &[Action::Whistle],
            StaysBehind::Adoption => &[Action::Adopt, Action::Coordinate],
            StaysBehind::Supervision => &[Action::Remind, Action::Supervise, Action::Circulate],
            StaysBehind::Complaints => &[Action::ReadComplaints],
            StaysBehind::Settings => &[
                Action::ChangeSettings,
                Action::ChangeRouting,
                Action::ImportPeople,
                Action::ChangeOutbox,
            ],
        }
    }

    fn of(self, absent: &[Role], deputy: &[Role]) -> bool {
        let held = |roles: &[Role], action| roles.iter().any(|role| may(*role, action));
        let wide = deputy.iter().any(|own| sees_all(*own));
        match self {
            StaysBehind::Ground => {
                let served = |own: &Role, theirs| takes_over(*own, theirs);
                let mut absent = absent.iter().filter(|role| serves(**role));
                !wide && absent.any(|theirs| !deputy.iter().any(|own| served(own, *theirs)))
            }
            // outside the desk and the community's lead everybody has their own sheets alone
            StaysBehind::Sheets => !wide && held(absent, Action::KeepSheet),
            one => {
                let mut actions = one.actions().iter();
                actions.any(|action| held(absent, *action) && !held(deputy, *action))
            }
        }
    }
}

/// What of somebody's work does not go along with a deputy, by the roles of both.
pub fn stays_behind(absent: &[Role], deputy: &[Role]) -> Vec<StaysBehind> {
    let all = StaysBehind::ALL.into_iter();
    all.filter(|one| one.of(absent, deputy)).collect()
}

/// Whoever has a grid or a department to look after.
const fn serves(role: Role) -> bool {
    matches!(
        role,
        Role::Steward
            | Role::Worker
            | Role::GridLead
            | Role::CommunityLead
            | Role::Desk
            | Role::Department
            | Role::Officer
    )
}

/// Whoever sees all cases of the community.
const fn sees_all(role: Role) -> bool {
    matches!(role, Role::CommunityLead | Role::Desk)
}

#[cfg(test)]
mod tests {
    use super::StaysBehind::{Adoption, Complaints, Ground, Orders, Settings, Sheets, Supervision};
    use super::*;

    #[test]
    fn what_a_deputy_has_no_right_to_stays_behind_and_nothing_else() {
        let none = Vec::new();
        for (absent, deputy, stays) in [
            (Role::Steward, Role::Steward, none.clone()),
            (Role::Desk, Role::CommunityLead, none.clone()),
            (Role::Desk, Role::GridLead, vec![Orders, Sheets, Settings]),
            (Role::GridLead, Role::Desk, vec![Adoption, Supervision]),
            (Role::GridLead, Role::GridLead, vec![Sheets]),
            (
                Role::CommunityLead,
                Role::GridLead,
                vec![Orders, Sheets, Supervision, Complaints, Settings],
            ),
            (Role::Department, Role::GridLead, none),
            (Role::Officer, Role::Department, vec![Ground]),
        ] {
            let told = stays_behind(&[absent], &[deputy]);
            assert_eq!(told, stays, "{deputy} for {absent}");
        }
    }
}
