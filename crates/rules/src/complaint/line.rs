//! Who must not learn of a complaint: whoever it speaks of, who stands in for them, and whoever leads them directly. And who
//! may: the supervisors outside that line, and the next lead above it. Whoever reads complaints and is named in one stands in
//! its line, too, before anybody has found out whom it speaks of: it passes to another supervisor, and where there is none to the
//! next lead.

use crate::access::{Action, Actor, Role, may};
use crate::ids::{GridId, MemberId};
use crate::people::{Member, Post};
use crate::privacy::conduct::{named_whole, spoken_of};

use super::Complaint;
use super::post::meant_by_post;

/// Everybody a complaint must stay hidden from, because they are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(Vec<MemberId>);

impl Line {
    /// Whether somebody belongs to it.
    pub fn holds(&self, member: MemberId) -> bool {
        self.0.contains(&member)
    }

    /// With those among these people whom the words name whole. A surname alone shuts nobody out: many have it.
    #[must_use]
    pub fn with_named<'a>(
        mut self,
        said: &str,
        people: impl IntoIterator<Item = (MemberId, &'a str)>,
    ) -> Self {
        self.0.extend(named_whole(said, people));
        self
    }

    /// With those among these people whom the words name whole and of whom they say how they behaved.
    #[must_use]
    pub fn with_spoken_of<'a>(
        mut self,
        said: &str,
        people: impl IntoIterator<Item = (MemberId, &'a str)>,
    ) -> Self {
        self.0.extend(spoken_of(said, people));
        self
    }

    /// With those who read complaints and whom the words speak of by a post that nobody else holds.
    #[must_use]
    pub fn with_posts<'a>(
        mut self,
        said: &str,
        posts: &[Post],
        name: impl Fn(MemberId) -> Option<&'a str>,
    ) -> Self {
        self.0.extend(meant_by_post(said, posts, name));
        self
    }
}

/// Everybody whose seat lets them read complaints, concerned or not; somebody with two seats twice.
pub fn readers(posts: &[Post]) -> impl Iterator<Item = MemberId> {
    let reads = posts
        .iter()
        .filter(|post| may(post.role, Action::ReadComplaints));
    reads.map(|post| post.member)
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

/// The lead who sees a complaint: the one it came to with whom it speaks of, or the next one if that one is concerned now or leads
/// no more; before somebody has found out whom it speaks of only where no supervisor is left who is not concerned.
pub fn lead_of(complaint: &Complaint, line: &Line, posts: &[Post]) -> Option<MemberId> {
    let leads = |member| {
        let mut posts = posts.iter();
        posts.any(|post| post.member == member && post.role == Role::CommunityLead)
    };
    match complaint.lead {
        Some(lead) if leads(lead) && !line.holds(lead) => Some(lead),
        None if supervised(line, posts) => None,
        _ => next_lead(line, posts),
    }
}

/// Whether there is a supervisor who is not concerned.
fn supervised(line: &Line, posts: &[Post]) -> bool {
    let mut supervisors = posts.iter().filter(|post| post.role == Role::Supervisor);
    supervisors.any(|post| !line.holds(post.member))
}

/// Whether anybody sees a complaint. Where nobody does, another supervisor has to be appointed.
pub fn has_reader(complaint: &Complaint, line: &Line, posts: &[Post]) -> bool {
    supervised(line, posts) || lead_of(complaint, line, posts).is_some()
}

/// Whether an actor may see a complaint. `line` is that of whom it speaks of, with whoever its words name; empty while nobody is
/// named. Nobody sees it by standing in for somebody.
pub fn sees(complaint: &Complaint, line: &Line, posts: &[Post], who: &Actor) -> bool {
    let Actor::Member {
        member,
        role,
        community,
        ..
    } = who
    else {
        return false;
    };
    let of_it = *role == Role::Supervisor || lead_of(complaint, line, posts) == Some(*member);
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
            closed: false,
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

    fn is_seen(
        (complaint, line): (&Complaint, &Line),
        posts: &[Post],
        n: u128,
        role: Role,
    ) -> bool {
        sees(complaint, line, posts, &actor(n, role))
    }

    #[test]
    fn a_complaint_about_a_steward_passes_the_grid_lead_and_reaches_the_community_lead() {
        let (complaint, line) = complaint(4);
        assert!(line.holds(id(4)) && line.holds(id(2)) && !line.holds(id(3)));
        assert_eq!(complaint.lead, Some(id(1)));
        assert!(is_seen(
            (&complaint, &line),
            &posts(),
            1,
            Role::CommunityLead
        ));
        assert!(is_seen((&complaint, &line), &posts(), 5, Role::Supervisor));
        assert!(!is_seen((&complaint, &line), &posts(), 2, Role::GridLead));
        assert!(!is_seen((&complaint, &line), &posts(), 4, Role::Steward));
    }

    #[test]
    fn a_complaint_about_a_grid_lead_stays_with_the_supervisors_alone() {
        let (complaint, line) = complaint(2);
        assert_eq!(complaint.lead, None);
        assert!(!is_seen(
            (&complaint, &line),
            &posts(),
            1,
            Role::CommunityLead
        ));
        assert!(is_seen((&complaint, &line), &posts(), 5, Role::Supervisor));
    }

    #[test]
    fn a_complaint_about_a_supervisor_is_not_theirs_to_read_but_the_lead_s() {
        let (complaint, line) = complaint(5);
        assert!(!is_seen((&complaint, &line), &posts(), 5, Role::Supervisor));
        assert!(is_seen(
            (&complaint, &line),
            &posts(),
            1,
            Role::CommunityLead
        ));
    }

    #[test]
    fn whoever_stands_in_for_the_lead_does_not_see_it() {
        let (complaint, line) = complaint(4);
        assert!(!is_seen((&complaint, &line), &posts(), 6, Role::Desk));
        assert!(!is_seen(
            (&complaint, &line),
            &posts(),
            7,
            Role::CommunityLead
        ));
    }

    /// One in which nobody is said to be meant.
    fn unnamed() -> Complaint {
        Complaint {
            about: None,
            lead: None,
            ..complaint(4).0
        }
    }

    /// The members 1 to 5 and 6, each with a name of three signs.
    const NAMES: [(u128, &str); 3] = [(1, "胡禾锦"), (5, "邓春明"), (6, "秦阳秋")];

    fn named(said: &str) -> Line {
        let people = NAMES.map(|(n, name)| (id(n), name));
        Line::default().with_named(said, people)
    }

    #[test]
    fn a_supervisor_whom_the_words_name_does_not_see_it_and_another_one_does() {
        let (complaint, line) = (unnamed(), named("监督员邓春明收了好处"));
        let mut two = posts();
        two.push(post(6, Role::Supervisor, 10));
        assert!(!is_seen((&complaint, &line), &two, 5, Role::Supervisor));
        assert!(is_seen((&complaint, &line), &two, 6, Role::Supervisor));
        assert!(!is_seen((&complaint, &line), &two, 1, Role::CommunityLead));
    }

    #[test]
    fn where_the_only_supervisor_is_named_it_goes_to_the_next_lead() {
        let (complaint, line) = (unnamed(), named("监督员邓春明收了好处"));
        assert!(!is_seen((&complaint, &line), &posts(), 5, Role::Supervisor));
        assert!(is_seen(
            (&complaint, &line),
            &posts(),
            1,
            Role::CommunityLead
        ));
        assert!(!is_seen((&complaint, &line), &posts(), 2, Role::GridLead));
        let nobody = named("路灯坏了，没有人修");
        assert!(is_seen(
            (&complaint, &nobody),
            &posts(),
            5,
            Role::Supervisor
        ));
        assert!(!is_seen(
            (&complaint, &nobody),
            &posts(),
            1,
            Role::CommunityLead
        ));
    }

    #[test]
    fn a_surname_alone_shuts_no_reader_out() {
        let complaint = unnamed();
        for said in ["邓网格员收了好处", "小邓收了我两百块钱", "胡主任骂人"] {
            let line = named(said);
            assert!(
                is_seen((&complaint, &line), &posts(), 5, Role::Supervisor),
                "{said}"
            );
        }
    }

    #[test]
    fn a_lead_who_leads_no_more_gives_it_to_the_next_one() {
        let (complaint, _) = complaint(4);
        assert_eq!(complaint.lead, Some(id(1)));
        let line = Line::default();
        let mut now = posts();
        now[0] = post(1, Role::Desk, 10);
        now.push(post(6, Role::CommunityLead, 10));
        assert_eq!(lead_of(&complaint, &line, &now), Some(id(6)));
        assert!(is_seen((&complaint, &line), &now, 6, Role::CommunityLead));
        now.retain(|post| !matches!(post.role, Role::Supervisor | Role::CommunityLead));
        assert!(!has_reader(&complaint, &line, &now), "nobody is left");
    }

    #[test]
    fn where_every_reader_is_named_nobody_sees_it_and_that_is_known() {
        let (complaint, line) = (unnamed(), named("邓春明和胡禾锦都收了好处"));
        for (n, role) in [(5, Role::Supervisor), (1, Role::CommunityLead)] {
            assert!(!is_seen((&complaint, &line), &posts(), n, role));
        }
        assert!(!has_reader(&complaint, &line, &posts()));
        assert!(has_reader(&complaint, &named("邓春明收了好处"), &posts()));
    }

    #[test]
    fn a_lead_whom_the_words_name_does_not_see_one_about_their_own_people() {
        let (complaint, line) = complaint(4);
        let people = NAMES.map(|(n, name)| (id(n), name));
        let line = line.with_named("微网格员收钱，胡禾锦收了好处", people);
        assert!(!is_seen(
            (&complaint, &line),
            &posts(),
            1,
            Role::CommunityLead
        ));
        assert!(is_seen((&complaint, &line), &posts(), 5, Role::Supervisor));
    }
}
