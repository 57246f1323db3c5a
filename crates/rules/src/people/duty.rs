//! On duty: place → grid → person. The steward of the micro-grid, else the worker and then the lead of the general grid,
//! else the community's lead, else the desk; while somebody is away the deputy. Never nobody, if there is anybody.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::Member;
use crate::access::{Action, Role, may};
use crate::catalogue::Handler;
use crate::ids::{GridId, MemberId, PostId};

/// One level on the way from the place up to the community: a grid and the seats that serve it.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The grid.
    pub grid: GridId,
    /// The posts of exactly this grid, in their lasting order.
    pub posts: &'a [Seat],
}

/// A post as routing sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The post.
    pub post: PostId,
    /// Who holds it.
    pub member: MemberId,
    /// The role it carries.
    pub role: Role,
}

/// Why it is this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Serves this grid in this role.
    Serves(Role),
    /// Stands in for the member who serves this grid in this role and is away.
    StandsIn {
        /// The role of the absent.
        role: Role,
        /// Who is away.
        absent: MemberId,
    },
    /// 网格直通车: the matter goes straight to this department.
    FastLane,
    /// The matter is on that list, and nobody of its department is there: the desk sees to it.
    LaneEmpty,
    /// The catalogue gives the matter to a department of the house that nobody serves in any more: the desk sees to it.
    DepartmentEmpty,
    /// Nobody of those who should is there: whoever holds a post in the community.
    LastResort,
}

/// Roles on the way up, first asked first.
const USUAL: [Role; 5] = [
    Role::Steward,
    Role::Worker,
    Role::GridLead,
    Role::CommunityLead,
    Role::Desk,
];
/// For categories that the full-time workers handle.
const WORKER_FIRST: [Role; 5] = [
    Role::Worker,
    Role::GridLead,
    Role::Steward,
    Role::CommunityLead,
    Role::Desk,
];
/// For places outside every grid.
const DESK_FIRST: [Role; 2] = [Role::Desk, Role::CommunityLead];

/// Who is on duty for a place: `way` leads from its grid up to the community, empty for a place outside every grid;
/// `everybody` are the community's posts in their lasting order.
pub fn on_duty(
    way: &[Step<'_>],
    handler: Option<&Handler>,
    everybody: &[Seat],
    members: &BTreeMap<MemberId, Member>,
    now: OffsetDateTime,
) -> Option<(Seat, Reason)> {
    let order: &[Role] = match (way.is_empty(), handler) {
        (true, _) => &DESK_FIRST,
        (false, Some(Handler::Worker)) => &WORKER_FIRST,
        (false, _) => &USUAL,
    };
    order
        .iter()
        .find_map(|role| served_by(*role, way, everybody, members, now))
        .or_else(|| last_resort(everybody, members, now))
}

/// The nearest seat of a role whose holder, or whose holder's deputy, is there. Community-wide roles need no grid.
fn served_by(
    role: Role,
    way: &[Step<'_>],
    everybody: &[Seat],
    members: &BTreeMap<MemberId, Member>,
    now: OffsetDateTime,
) -> Option<(Seat, Reason)> {
    let on_the_way = way.iter().flat_map(|step| step.posts);
    let anywhere = everybody
        .iter()
        .filter(|_| matches!(role, Role::CommunityLead | Role::Desk));
    let seats = on_the_way.chain(anywhere).filter(|seat| seat.role == role);
    seats
        .filter_map(|seat| {
            let who = sits(*seat, everybody, members, now)?;
            Some(if who == seat.member {
                (*seat, Reason::Serves(role))
            } else {
                let absent = seat.member;
                (
                    Seat {
                        member: who,
                        ..*seat
                    },
                    Reason::StandsIn { role, absent },
                )
            })
        })
        .next()
}

/// Whoever is there, staff before volunteers; if all are away, still the first one: a case is never nobody's.
fn last_resort(
    everybody: &[Seat],
    members: &BTreeMap<MemberId, Member>,
    now: OffsetDateTime,
) -> Option<(Seat, Reason)> {
    let staff = |seat: &&Seat| seat.role != Role::Volunteer;
    let there = |seat: &&Seat| present(seat.member, members, now) == Some(seat.member);
    let seat = everybody
        .iter()
        .filter(staff)
        .find(there)
        .or_else(|| everybody.iter().find(there))
        .or_else(|| everybody.iter().find(staff))
        .or_else(|| everybody.first())?;
    Some((*seat, Reason::LastResort))
}

/// Whether somebody of one role can stand in for somebody of another: whoever does cases for whoever does them, for a
/// department and its officers only whoever may answer for one, for a lead and the desk whoever may check what others did, and for
/// a volunteer whoever visits.
pub fn can_stand_in(deputy: Role, absent: Role) -> bool {
    let handles = may(deputy, Action::Handle);
    match absent {
        Role::Volunteer => may(deputy, Action::Visit),
        Role::Department | Role::Officer => handles && may(deputy, Action::Acknowledge),
        absent if may(absent, Action::Check) => handles && may(deputy, Action::Check),
        absent => handles || !may(absent, Action::Handle),
    }
}

/// Who is there for a seat: its holder, or while they are away whoever stands in, if that one can do its work.
pub fn sits(
    seat: Seat,
    everybody: &[Seat],
    members: &BTreeMap<MemberId, Member>,
    now: OffsetDateTime,
) -> Option<MemberId> {
    let who = present(seat.member, members, now)?;
    let fits = |own: &Seat| own.member == who && can_stand_in(own.role, seat.role);
    let there = who == seat.member || everybody.iter().any(fits);
    there.then_some(who)
}

/// The member, or who stands in for them at `now`, following deputies who are away themselves. `None` if that leads
/// to nobody, or in a circle.
pub fn present(
    member: MemberId,
    members: &BTreeMap<MemberId, Member>,
    now: OffsetDateTime,
) -> Option<MemberId> {
    let mut who = member;
    for _ in 0..=members.len() {
        match members.get(&who)?.away_at(now) {
            None => return Some(who),
            // nobody stands in for whoever left for good without a deputy
            Some(away) if away.deputy == who => return None,
            Some(away) => who = away.deputy,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Away;
    use time::Duration;
    use time::macros::datetime;
    use uuid::Uuid;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
    const MICRO: GridId = GridId(Uuid::from_u128(1));
    const GENERAL: GridId = GridId(Uuid::from_u128(2));
    const STEWARD: u128 = 11;
    const WORKER: u128 = 12;
    const LEAD: u128 = 13;
    const CHIEF: u128 = 14;
    const DESK: u128 = 15;
    const HELPER: u128 = 16;

    fn id(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn seat(n: u128, role: Role) -> Seat {
        Seat {
            post: PostId(Uuid::from_u128(n + 100)),
            member: id(n),
            role,
        }
    }

    fn member(n: u128) -> Member {
        Member {
            id: id(n),
            code: None,
            name: format!("示例{n}"),
            name_public: true,
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

    struct World {
        micro: Vec<Seat>,
        general: Vec<Seat>,
        everybody: Vec<Seat>,
        members: BTreeMap<MemberId, Member>,
    }

    fn world() -> World {
        let micro = vec![seat(HELPER, Role::Volunteer), seat(STEWARD, Role::Steward)];
        let general = vec![seat(LEAD, Role::GridLead), seat(WORKER, Role::Worker)];
        let top = [seat(CHIEF, Role::CommunityLead), seat(DESK, Role::Desk)];
        let everybody: Vec<Seat> = micro.iter().chain(&general).chain(&top).copied().collect();
        let members = everybody
            .iter()
            .map(|seat| (seat.member, member_of(seat)))
            .collect();
        World {
            micro,
            general,
            everybody,
            members,
        }
    }

    fn member_of(seat: &Seat) -> Member {
        member(seat.member.0.as_u128())
    }

    impl World {
        fn away(mut self, who: u128, deputy: u128) -> Self {
            let until = NOW + Duration::hours(1);
            if let Some(member) = self.members.get_mut(&id(who)) {
                member.away = Some(Away {
                    until,
                    deputy: id(deputy),
                });
            }
            self
        }

        fn asked(&self, handler: Option<&Handler>, now: OffsetDateTime) -> Option<(u128, Reason)> {
            let way = [
                Step {
                    grid: MICRO,
                    posts: &self.micro,
                },
                Step {
                    grid: GENERAL,
                    posts: &self.general,
                },
            ];
            let found = on_duty(&way, handler, &self.everybody, &self.members, now);
            found.map(|(seat, reason)| (seat.member.0.as_u128(), reason))
        }
    }

    #[test]
    fn the_steward_of_the_micro_grid_comes_first() {
        let found = world().asked(None, NOW);
        assert_eq!(found, Some((STEWARD, Reason::Serves(Role::Steward))));
    }

    #[test]
    fn a_category_of_the_workers_goes_to_the_worker_of_the_general_grid() {
        let found = world().asked(Some(&Handler::Worker), NOW);
        assert_eq!(found, Some((WORKER, Reason::Serves(Role::Worker))));
    }

    #[test]
    fn while_the_steward_is_away_the_deputy_stands_in_and_not_a_moment_longer() {
        let world = world().away(STEWARD, LEAD);
        let stands_in = Reason::StandsIn {
            role: Role::Steward,
            absent: id(STEWARD),
        };
        assert_eq!(world.asked(None, NOW), Some((LEAD, stands_in)));
        let back = NOW + Duration::hours(1);
        assert_eq!(world.asked(None, back).map(|(who, _)| who), Some(STEWARD));
    }

    #[test]
    fn for_whoever_left_for_good_stands_in_whom_they_named_for_a_while_and_then_the_usual_deputy() {
        let mut world = world().away(STEWARD, LEAD);
        let steward = world.members.get_mut(&id(STEWARD)).unwrap();
        (steward.closed, steward.deputy) = (true, Some(id(CHIEF)));
        let over = NOW + Duration::hours(1);
        let who = |world: &World, now| world.asked(None, now).map(|(who, _)| who);
        assert_eq!(who(&world, NOW), Some(LEAD));
        assert_eq!(who(&world, over), Some(CHIEF));
        world.members.get_mut(&id(STEWARD)).unwrap().deputy = None;
        assert_eq!(who(&world, over), Some(WORKER), "passed over");
    }

    #[test]
    fn deputies_who_deputise_in_a_circle_are_passed_over() {
        let world = world().away(STEWARD, LEAD).away(LEAD, STEWARD);
        assert_eq!(
            world.asked(None, NOW),
            Some((WORKER, Reason::Serves(Role::Worker)))
        );
    }

    #[test]
    fn a_deputy_who_cannot_do_the_work_is_passed_over() {
        let found = world().away(STEWARD, HELPER).asked(None, NOW);
        assert_eq!(found, Some((WORKER, Reason::Serves(Role::Worker))));
    }

    #[test]
    fn whoever_stands_in_can_do_the_work() {
        for (deputy, absent, can) in [
            (Role::Steward, Role::Steward, true),
            (Role::Department, Role::Steward, true),
            (Role::Officer, Role::Department, true),
            (Role::Desk, Role::Officer, true),
            (Role::Steward, Role::Department, false),
            (Role::Volunteer, Role::Steward, false),
            (Role::Supervisor, Role::GridLead, false),
            (Role::Steward, Role::GridLead, false),
            (Role::Worker, Role::GridLead, false),
            (Role::Department, Role::GridLead, false),
            (Role::GridLead, Role::GridLead, true),
            (Role::CommunityLead, Role::GridLead, true),
            (Role::Desk, Role::GridLead, true),
            (Role::GridLead, Role::CommunityLead, true),
            (Role::Worker, Role::CommunityLead, false),
            (Role::Worker, Role::Desk, false),
            (Role::Steward, Role::Volunteer, true),
            (Role::Department, Role::Volunteer, false),
            (Role::Desk, Role::Supervisor, true),
        ] {
            assert_eq!(can_stand_in(deputy, absent), can, "{deputy} for {absent}");
        }
    }

    #[test]
    fn without_stewards_workers_and_leads_the_community_answers() {
        let mut world = world();
        world.micro.clear();
        world.general.clear();
        assert_eq!(world.asked(None, NOW).map(|(who, _)| who), Some(CHIEF));
    }

    #[test]
    fn a_place_outside_every_grid_belongs_to_the_desk() {
        let world = world();
        let found = on_duty(&[], None, &world.everybody, &world.members, NOW);
        assert_eq!(found.map(|(seat, _)| seat.member), Some(id(DESK)));
    }

    #[test]
    fn somebody_is_on_duty_even_when_everybody_is_away() {
        let mut world = world();
        for n in [STEWARD, WORKER, LEAD, CHIEF, DESK, HELPER] {
            world = world.away(n, n);
        }
        assert_eq!(world.asked(None, NOW), Some((STEWARD, Reason::LastResort)));
    }

    #[test]
    fn nobody_is_on_duty_only_where_nobody_is() {
        assert_eq!(on_duty(&[], None, &[], &BTreeMap::new(), NOW), None);
    }
}
