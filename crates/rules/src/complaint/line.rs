//! Who must not learn of a complaint: whoever it speaks of, who stands in for them, and whoever leads them directly. And who
//! may: the supervisors outside that line, and the next lead above it.

use crate::access::{Action, Actor, Role, may};
use crate::ids::{GridId, MemberId};
use crate::people::{Member, Post};

use super::Complaint;

/// Everybody a complaint must stay hidden from, because they are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(Vec<MemberId>);

impl Line {
    /// Whether somebody belongs to it.
    pub fn holds(&self, member: MemberId) -> bool {
        self.0.contains(&member)
    }
}

/// The line of a member: themselves, those who stand in for them, and their direct leads. `way` gives the grids from one up
/// to the top, itself first.
pub fn line(
    about: &Member,
    posts: &[Post],
    way: impl Fn(GridId) -> Vec<GridId>,
    now: time::OffsetDateTime,
) -> Line {
    let mut line = vec![about.id];
    line.extend(about.deputy);
    line.extend(about.away_at(now).map(|away| away.deputy));
    for post in posts.iter().filter(|post| post.member == about.id) {
        let Some(above) = leads_of(post.role) else {
            continue;
        };
        let way = post.grid.map(&way).unwrap_or_default();
        let leads = posts.iter().filter(|lead| lead.role == above);
        // the lead of a grid on the way up; for posts of no grid every lead of that level
        let leads =
            leads.filter(|lead| way.is_empty() || lead.grid.is_none_or(|grid| way.contains(&grid)));
        line.extend(leads.map(|lead| lead.member));
    }
    line.sort_unstable();
    line.dedup();
    Line(line)
}

/// Who leads a role directly. A supervisor stands in nobody's line, so that a complaint about one has a reader.
const fn leads_of(role: Role) -> Option<Role> {
    match role {
        Role::Volunteer | Role::Steward | Role::Worker => Some(Role::GridLead),
        Role::Supervisor => None,
        _ => Some(Role::CommunityLead),
    }
}

/// The next lead who is not concerned: a community lead outside the line. `None` leaves it to the supervisors alone.
pub fn next_lead(line: &Line, posts: &[Post]) -> Option<MemberId> {
    posts
        .iter()
        .filter(|post| post.role == Role::CommunityLead && may(post.role, Action::ReadComplaints))
        .map(|post| post.member)
        .find(|member| !line.holds(*member))
}

/// Whether an actor may see a complaint. `line` is that of whom it speaks of; empty while nobody is named. Nobody sees it
/// by standing in for somebody.
pub fn sees(complaint: &Complaint, line: &Line, who: &Actor) -> bool {
    let Actor::Member {
        member,
        role,
        community,
        ..
    } = who
    else {
        return false;
    };
    let of_it = *role == Role::Supervisor || complaint.lead == Some(*member);
    *community == complaint.community
        && may(*role, Action::ReadComplaints)
        && of_it
        && !line.holds(*member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AccountId, CommunityId, ComplaintId, PostId};
    use time::macros::datetime;
    use uuid::Uuid;

    const NOW: time::OffsetDateTime = datetime!(2026-11-23 09:00 +8);

    fn id(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn grid(n: u128) -> GridId {
        GridId(Uuid::from_u128(n))
    }

    fn member(n: u128) -> Member {
        Member {
            id: id(n),
            code: None,
            name: "示例".into(),
            name_public: false,
            phone: None,
            phone_public: false,
            service_hours: String::new(),
            duties: String::new(),
            skills: Vec::new(),
            deputy: None,
            away: None,
        }
    }

    fn post(n: u128, role: Role, at: u128) -> Post {
        Post {
            id: PostId(Uuid::from_u128(n)),
            member: id(n),
            role,
            title: String::new(),
            grid: Some(grid(at)),
            department: None,
        }
    }

    /// 1 community lead, 2 and 3 grid leads of grids 20 and 30, 4 steward of 21 below 20, 5 supervisor.
    fn posts() -> Vec<Post> {
        vec![
            post(1, Role::CommunityLead, 10),
            post(2, Role::GridLead, 20),
            post(3, Role::GridLead, 30),
            post(4, Role::Steward, 21),
            post(5, Role::Supervisor, 10),
        ]
    }

    fn way(from: GridId) -> Vec<GridId> {
        if from == grid(21) {
            vec![grid(21), grid(20), grid(10)]
        } else {
            vec![from, grid(10)]
        }
    }

    fn complaint(about: u128) -> (Complaint, Line) {
        let line = line(&member(about), &posts(), way, NOW);
        let complaint = Complaint {
            community: CommunityId(1),
            id: ComplaintId(Uuid::from_u128(9)),
            number: "510184999001-20261123-0001".parse().expect("a number"),
            version: 1,
            grid: grid(21),
            about: Some(id(about)),
            lead: next_lead(&line, &posts()),
            state: crate::complaint::State::Received,
            received_at: NOW,
            due_at: NOW,
            held: false,
        };
        (complaint, line)
    }

    fn actor(n: u128, role: Role) -> Actor {
        Actor::Member {
            member: id(n),
            account: AccountId(Uuid::from_u128(n)),
            role,
            post: PostId(Uuid::from_u128(n)),
            community: CommunityId(1),
            stands_for: vec![id(1)],
        }
    }

    #[test]
    fn a_complaint_about_a_steward_passes_the_grid_lead_and_reaches_the_community_lead() {
        let (complaint, line) = complaint(4);
        assert!(line.holds(id(4)) && line.holds(id(2)) && !line.holds(id(3)));
        assert_eq!(complaint.lead, Some(id(1)));
        assert!(sees(&complaint, &line, &actor(1, Role::CommunityLead)));
        assert!(sees(&complaint, &line, &actor(5, Role::Supervisor)));
        assert!(!sees(&complaint, &line, &actor(2, Role::GridLead)));
        assert!(!sees(&complaint, &line, &actor(4, Role::Steward)));
    }

    #[test]
    fn a_complaint_about_a_grid_lead_stays_with_the_supervisors_alone() {
        let (complaint, line) = complaint(2);
        assert_eq!(complaint.lead, None);
        assert!(!sees(&complaint, &line, &actor(1, Role::CommunityLead)));
        assert!(sees(&complaint, &line, &actor(5, Role::Supervisor)));
    }

    #[test]
    fn a_complaint_about_a_supervisor_is_not_theirs_to_read_but_the_lead_s() {
        let (complaint, line) = complaint(5);
        assert!(!sees(&complaint, &line, &actor(5, Role::Supervisor)));
        assert!(sees(&complaint, &line, &actor(1, Role::CommunityLead)));
    }

    #[test]
    fn whoever_stands_in_for_the_lead_does_not_see_it() {
        let (complaint, line) = complaint(4);
        assert!(!sees(&complaint, &line, &actor(6, Role::Desk)));
        assert!(!sees(&complaint, &line, &actor(7, Role::CommunityLead)));
    }
}
