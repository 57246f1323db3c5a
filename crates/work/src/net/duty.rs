//! Place → grid → person, and person → next level up, out of the net in memory. The rule itself stands in `rules::people`.

use rules::access::{Action, Actor, Role, may};
use rules::case::{Addressee, Case, Ladder, Tier};
use rules::catalogue::Handler;
use rules::ids::{CategoryCode, DepartmentId, GridId, MemberId, PostId};
use rules::people::{
    Member, Post, Reason, Seat, Step, can_stand_in, on_duty, present, sits, takes_over,
};
use rules::routing::Target;
use rules::settings::FastLane;
use time::OffsetDateTime;

use super::CommunityNet;

/// Who is on duty, from which seat, for which grid, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// The person who is there: the holder, or a deputy.
    pub member: MemberId,
    /// Who is meant: the holder, also while somebody stands in. Whatever is theirs stays theirs, and is back with them by itself.
    pub meant: MemberId,
    /// The seat.
    pub post: PostId,
    /// The grid the seat serves; `None` for seats of no grid.
    pub grid: Option<GridId>,
    /// Why it is this person.
    pub reason: Reason,
}

impl OnDuty {
    /// As the one a task is given to.
    pub fn addressee(&self) -> Addressee {
        Addressee {
            post: self.post,
            member: self.meant,
        }
    }
}

impl CommunityNet {
    /// Who is on duty for a grid now; `None` as the grid asks for a place outside every grid. Answers somebody whenever
    /// the community has anybody.
    pub fn on_duty(
        &self,
        grid: Option<GridId>,
        category: Option<&CategoryCode>,
        now: OffsetDateTime,
    ) -> Option<OnDuty> {
        // What lies in the community but in no grid of it goes to the desk first.
        let root = self.root().map(|root| root.id);
        let grid = grid.filter(|grid| Some(*grid) != root);
        let way = grid.map(|grid| self.way(grid)).unwrap_or_default();
        let steps: Vec<Step<'_>> = way
            .iter()
            .map(|grid| Step {
                grid: grid.id,
                posts: self.seats_at(grid.id),
            })
            .collect();
        let handler = category.and_then(|code| Some(&self.catalogue()?.category(code)?.handler));
        let (seat, reason) = on_duty(&steps, handler, &self.seats, &self.members, now)?;
        Some(self.found(seat, reason))
    }

    /// Whom a case of this category and grid goes to when it is dispatched, as the catalogue says 处置单位; `None` where
    /// no seat fits and the desk has to choose.
    pub fn handler_for(
        &self,
        grid: GridId,
        category: &CategoryCode,
        now: OffsetDateTime,
    ) -> Option<OnDuty> {
        let category = self.catalogue()?.category(category)?;
        match &category.handler {
            Handler::Steward => self.nearest(grid, &[Role::Steward, Role::Worker], now),
            Handler::Worker => self.nearest(grid, &[Role::Worker, Role::GridLead], now),
            Handler::GridLead => self.nearest(grid, &[Role::GridLead, Role::CommunityLead], now),
            Handler::Community => self.nearest(grid, &[Role::GridLead, Role::CommunityLead], now),
            Handler::Department(_) => self.liaison(self.handling(category)?.id, now),
        }
    }

    /// The seat of a department whose holder, or whose holder's deputy, is there.
    pub fn liaison(&self, department: DepartmentId, now: OffsetDateTime) -> Option<OnDuty> {
        let mut posts = self
            .posts
            .iter()
            .filter(|post| post.department == Some(department));
        posts.find_map(|post| self.at_seat(seat(post), now))
    }

    /// 网格直通车: the department that the community's list names for a category, if it is on the list and somebody of it is
    /// there.
    pub fn fast_lane(&self, category: &CategoryCode, now: OffsetDateTime) -> Option<OnDuty> {
        let lane = self.lane_of(category)?;
        let department = self.departments().find(|one| one.code == lane.department)?;
        let liaison = self.liaison(department.id, now)?;
        Some(OnDuty {
            reason: Reason::FastLane,
            ..liaison
        })
    }

    /// Who sees to a matter of the fast lane whose department has nobody there: the desk, else the community's lead. Whoever
    /// is nearest was to be skipped, and would be a part-time steward.
    pub(super) fn lane_empty(
        &self,
        category: &CategoryCode,
        now: OffsetDateTime,
    ) -> Option<OnDuty> {
        self.lane_of(category)?;
        let duty = self.on_duty(None, Some(category), now)?;
        Some(OnDuty {
            reason: Reason::LaneEmpty,
            ..duty
        })
    }

    fn lane_of(&self, category: &CategoryCode) -> Option<&FastLane> {
        let mut lanes = self.settings.case.fast_lane.iter();
        lanes.find(|lane| lane.takes(category))
    }

    /// The fast lanes that lead to nobody, because nobody holds a post of their department any more.
    pub fn deserted_lanes(&self) -> impl Iterator<Item = &FastLane> {
        let lanes = self.settings.case.fast_lane.iter();
        lanes.filter(|lane| {
            let department = self.departments().find(|one| one.code == lane.department);
            department.is_none_or(|one| self.has_left(&Target::Department(one.id)))
        })
    }

    /// The next rung of the ladder 呼叫响应 for a task that lies with `to` and was not taken: the usual deputy of the same
    /// seat, for a department its own leader, then one level up, and behind the community's lead the desk. `None` at its end.
    pub fn next_rung(&self, to: Addressee, grid: GridId, now: OffsetDateTime) -> Option<Addressee> {
        let post = self.post(to.post);
        let holder = post.map_or(to.member, |post| post.member);
        let role = post.map_or(Role::Worker, |post| post.role);
        // whoever stands in for the holder has it already
        let has = present(holder, &self.members, now);
        let deputy = self.deputy(holder, role, now);
        let deputy = deputy.filter(|deputy| to.member == holder && has != Some(*deputy));
        if let Some(member) = deputy {
            let post = to.post;
            return Some(Addressee { post, member });
        }
        let leader = post.and_then(|post| self.own_leader(post, holder, now));
        if let Some(leader) = leader.filter(|leader| leader.meant != to.member) {
            return Some(leader.addressee());
        }
        let above = match role {
            Role::CommunityLead => self.desk(to.member, now),
            Role::Desk => None,
            role => self
                .above(role, grid, now)
                .or_else(|| self.desk(to.member, now)),
        };
        above.map(|duty| duty.addressee())
    }

    /// The usual deputy of a member, if there is one who can do the work of such a seat and is there.
    fn deputy(&self, of: MemberId, role: Role, now: OffsetDateTime) -> Option<MemberId> {
        let deputy = self.member(of)?.deputy?;
        self.posts_of(deputy)
            .find(|own| can_stand_in(own.role, role))?;
        let there = self.member(deputy)?.away_at(now).is_none();
        there.then_some(deputy).filter(|deputy| *deputy != of)
    }

    /// The first desk where somebody else is there.
    fn desk(&self, than: MemberId, now: OffsetDateTime) -> Option<OnDuty> {
        let desks = self.seats.iter().filter(|seat| seat.role == Role::Desk);
        let mut there = desks.filter_map(|seat| self.at_seat(*seat, now));
        there.find(|duty| duty.member != than && duty.meant != than)
    }

    /// Every seat of a department whose holder, or whose holder's deputy, is there; the liaison first.
    pub fn seats_of_department(
        &self,
        department: DepartmentId,
        now: OffsetDateTime,
    ) -> Vec<Addressee> {
        let own = self
            .posts
            .iter()
            .filter(|post| post.department == Some(department));
        let there = own.filter_map(|post| self.at_seat(seat(post), now));
        there.map(|duty| duty.addressee()).collect()
    }

    /// Who leads a department: its post of a leader's title, else the region's command, else the community's lead.
    pub fn leader_of(
        &self,
        department: DepartmentId,
        grid: GridId,
        now: OffsetDateTime,
    ) -> Option<OnDuty> {
        let leads = |post: &&Post| post.department == Some(department) && self.is_titled(post);
        let own = self.posts.iter().filter(leads);
        let command = self.posts.iter().filter(|post| post.role == Role::Command);
        let found = own
            .chain(command)
            .find_map(|post| self.at_seat(seat(post), now));
        found.or_else(|| self.nearest(grid, &[Role::CommunityLead], now))
    }

    /// Whether a post has the title of somebody who leads a department.
    fn is_titled(&self, post: &Post) -> bool {
        let mut titles = self.settings.case.whistle.leader_titles.iter();
        titles.any(|title| post.title.contains(title.as_str()))
    }

    /// Who leads the department of a post that is not theirs; `None` where it has nobody with such a title, or the post is
    /// a leader's itself.
    fn own_leader(&self, post: &Post, holder: MemberId, now: OffsetDateTime) -> Option<OnDuty> {
        let department = post.department.filter(|_| !self.is_titled(post))?;
        let leads = |one: &&Post| {
            one.department == Some(department) && one.member != holder && self.is_titled(one)
        };
        let mut led = self.posts.iter().filter(leads);
        led.find_map(|post| self.at_post(post, now))
    }

    /// The next level up from a role in a grid: steward and worker → lead of the general grid → lead of the community.
    /// `None` at the top.
    pub fn above(&self, role: Role, grid: GridId, now: OffsetDateTime) -> Option<OnDuty> {
        match role {
            Role::CommunityLead => None,
            Role::Steward | Role::Worker | Role::Volunteer => {
                self.nearest(grid, &[Role::GridLead, Role::CommunityLead], now)
            }
            _ => self.nearest(grid, &[Role::CommunityLead], now),
        }
    }

    /// Who takes what a level cannot do 上提: the nearest seat on a higher level than `than` whose person is there and is not
    /// `owner` — a lead of the general grid, the lead of the community, then the desk. `None` where there is nobody.
    pub fn higher(
        &self,
        (than, owner): (Option<Tier>, Option<MemberId>),
        grid: GridId,
        now: OffsetDateTime,
    ) -> Option<OnDuty> {
        let leads = self.lead_seats(grid).into_iter();
        let desks = self.seats.iter().filter(|seat| seat.role == Role::Desk);
        let mut there = leads
            .chain(desks.copied())
            .filter(|seat| Some(Tier::of(seat.role)) > than)
            .filter_map(|seat| self.at_seat(seat, now));
        there.find(|duty| ![Some(duty.member), Some(duty.meant)].contains(&owner))
    }

    /// Every seat of a lead on the way up from a grid: those of the general grid first, then those of the community.
    fn lead_seats(&self, grid: GridId) -> Vec<Seat> {
        let way = self.way(grid);
        let all = [Role::GridLead, Role::CommunityLead]
            .into_iter()
            .flat_map(|role| {
                let seats = way.iter().flat_map(|grid| self.seats_at(grid.id));
                seats.filter(move |seat| seat.role == role)
            });
        all.copied().collect()
    }

    /// The grid a post serves: for whoever leads the community or takes in for it, all of it.
    pub(crate) fn served(&self, post: &Post) -> Option<GridId> {
        match post.role {
            Role::CommunityLead | Role::Desk => self.root().map(|root| root.id),
            _ => post.grid,
        }
    }

    /// The seats of exactly this grid.
    pub(crate) fn seats_at(&self, grid: GridId) -> &[Seat] {
        self.seats_of.get(&grid).map_or(&[], Vec::as_slice)
    }

    /// The nearest seat on the way up that has the first of these roles, else the second …
    fn nearest(&self, grid: GridId, roles: &[Role], now: OffsetDateTime) -> Option<OnDuty> {
        let way = self.way(grid);
        roles.iter().find_map(|role| {
            let seats = way.iter().flat_map(|grid| self.seats_at(grid.id));
            let mut fitting = seats.filter(|seat| seat.role == *role);
            fitting.find_map(|seat| self.at_seat(*seat, now))
        })
    }

    /// Whether a member's account was closed while the list of people names them still.
    pub(super) fn has_gone(&self, member: MemberId) -> bool {
        self.member(member).is_some_and(Member::is_closed)
    }

    /// Who is there for a post: its holder, or whoever stands in and can do its work.
    pub(crate) fn at_post(&self, post: &Post, now: OffsetDateTime) -> Option<OnDuty> {
        self.at_seat(seat(post), now)
    }

    /// Who has a member's work meanwhile, and until when at the latest: where a deputy is away, too, whoever stands in for that
    /// one. None while the member is there, and where it leads to nobody who could do it.
    pub fn stand_in(
        &self,
        absent: MemberId,
        now: OffsetDateTime,
    ) -> Option<(&Member, OffsetDateTime)> {
        let away = self.member(absent)?.away_at(now)?;
        let deputy = present(absent, &self.members, now)?;
        let deputy = Some(deputy).filter(|deputy| self.can_stand_in(*deputy, absent));
        Some((self.member(deputy?)?, away.until))
    }

    /// Whether a member's work can go to another one meanwhile, whichever post it comes from.
    pub fn can_stand_in(&self, deputy: MemberId, absent: MemberId) -> bool {
        let fits = |role: Role| {
            self.posts_of(deputy)
                .any(|own| can_stand_in(own.role, role))
        };
        self.posts_of(absent).all(|post| fits(post.role))
    }

    pub(super) fn at_seat(&self, seat: Seat, now: OffsetDateTime) -> Option<OnDuty> {
        let member = sits(seat, &self.seats, &self.members, now)?;
        let role = seat.role;
        let reason = if member == seat.member {
            Reason::Serves(role)
        } else {
            Reason::StandsIn {
                role,
                absent: seat.member,
            }
        };
        Some(self.found(Seat { member, ..seat }, reason))
    }

    fn found(&self, seat: Seat, reason: Reason) -> OnDuty {
        OnDuty {
            member: seat.member,
            meant: match reason {
                // whoever left for good does not come back to what is given meanwhile
                Reason::StandsIn { absent, .. } if !self.has_gone(absent) => absent,
                _ => seat.member,
            },
            post: seat.post,
            grid: self.post(seat.post).and_then(|post| post.grid),
            reason,
        }
    }
}

/// Who is asked to visit reporters, the first of these first; those of the nearest grid before those further up.
const VISITORS: [&[Role]; 3] = [
    &[Role::Volunteer],
    &[Role::Steward, Role::Worker],
    &[Role::GridLead, Role::CommunityLead, Role::Desk],
];

/// On which level a seat works is told by the role it carries.
impl Ladder for CommunityNet {
    fn tier(&self, post: PostId) -> Tier {
        self.post(post)
            .map_or(Tier::Community, |post| Tier::of(post.role))
    }

    fn is_on_the_way(&self, post: PostId, grid: GridId) -> bool {
        let post = self.post(post);
        let serves = post.filter(|post| post.department.is_none());
        let Some(at) = serves.and_then(|post| self.served(post)) else {
            return true;
        };
        let lies_in = |one: GridId, other: GridId| self.way(one).iter().any(|up| up.id == other);
        lies_in(grid, at) || lies_in(at, grid)
    }

    fn stands_in(&self, absent: MemberId, now: OffsetDateTime) -> Option<MemberId> {
        self.stand_in(absent, now).map(|(deputy, _)| deputy.id)
    }

    fn is_there(&self, member: MemberId, now: OffsetDateTime) -> bool {
        let known = self.member(member);
        let here = known.is_some_and(|member| member.away_at(now).is_none());
        here && self.posts_of(member).next().is_some()
    }

    fn can_rate(&self, by: MemberId, case: &Case, now: OffsetDateTime) -> bool {
        let way = self.way(case.grid);
        let owns = case.owner == Some(by);
        let finds = |post: &Post| match post.role {
            Role::CommunityLead | Role::Desk => true,
            _ => owns || way.iter().any(|up| post.grid == Some(up.id)),
        };
        let mut posts = self.posts_of(by);
        self.is_there(by, now)
            && posts.any(|post| may(post.role, Action::RateResponse) && finds(post))
    }

    fn whose_grid(&self, who: &Actor, grid: GridId) -> Option<MemberId> {
        let Actor::Member {
            post, stands_for, ..
        } = who
        else {
            return None;
        };
        let way = self.way(grid);
        let serves = |post: &Post| {
            let served = self.served(post);
            let here = way.iter().any(|grid| served == Some(grid.id));
            here && post.department.is_none()
        };
        let own = self.post(*post)?;
        if serves(own) || own.department.is_some() {
            return None;
        }
        let theirs = |absent: &MemberId| {
            let mut posts = self.posts_of(*absent);
            posts.any(|theirs| takes_over(own.role, theirs.role) && serves(theirs))
        };
        stands_for.iter().copied().find(theirs)
    }

    fn leads(&self, grid: GridId, now: OffsetDateTime) -> Vec<MemberId> {
        let seats = self.lead_seats(grid).into_iter();
        let there = seats.filter_map(|seat| self.at_seat(seat, now));
        there.map(|duty| duty.meant).collect()
    }

    fn visitors(&self, grid: GridId, now: OffsetDateTime) -> Vec<Vec<MemberId>> {
        let way = self.way(grid);
        let ring = |grid: GridId, roles: &[Role]| -> Vec<MemberId> {
            let seats = self.seats_at(grid).iter();
            let fitting = seats.filter(|seat| roles.contains(&seat.role));
            // somebody who never signs in would not hear of it
            let signs_in = |id: &MemberId| self.member(*id).is_some_and(|one| one.code.is_some());
            let there = fitting.filter_map(|seat| self.at_seat(*seat, now));
            // whoever stands in and does not visit is passed over, as on every duty
            let visits = |id: &MemberId| {
                let mut posts = self.posts_of(*id);
                posts.any(|post| may(post.role, Action::Visit))
            };
            let there = there.map(|duty| duty.member).filter(visits);
            let mut there: Vec<MemberId> = there.filter(signs_in).collect();
            there.sort();
            there.dedup();
            there
        };
        let rings = VISITORS
            .iter()
            .flat_map(|roles| way.iter().map(move |grid| ring(grid.id, roles)));
        rings.filter(|ring| !ring.is_empty()).collect()
    }
}

fn seat(post: &Post) -> Seat {
    Seat {
        post: post.id,
        member: post.member,
        role: post.role,
    }
}
