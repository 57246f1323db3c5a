//! Case → whom its task goes to: the department of a fast lane 网格直通车, else the first routing rule that fits and whose
//! people are there, else the desk where a lane leads to nobody, else the handler the catalogue names, else the desk where that is a
//! department that nobody serves in any more, else whoever is on duty for the grid. Never nobody, and always with the reason. Asks nothing of the database.

use rules::access::{Action, may};
use rules::case::{Case, Channel};
use rules::ids::{CategoryCode, GridId, RuleId};
use rules::people::{Member, Seat, present};
use rules::routing::{Asked, Router, RuleSet, Target};
use time::OffsetDateTime;

use super::{CommunityNet, OnDuty};

/// Whom a task goes to, and what decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Routed {
    /// Who, from which seat, and why it is this person.
    pub duty: OnDuty,
    /// The rule that decided; `None` where the grid's own people do.
    pub rule: Option<RuleId>,
}

/// What is known of a case when its task is given.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The grid it lies in.
    pub grid: GridId,
    /// Its category.
    pub category: Option<&'a CategoryCode>,
    /// On which way it was told.
    pub channel: Channel,
    /// The words of its report.
    pub words: &'a str,
    /// When.
    pub now: OffsetDateTime,
}

impl<'a> Question<'a> {
    /// About a case and the words it was told in.
    pub fn of(case: &'a Case, words: &'a str, now: OffsetDateTime) -> Self {
        Self {
            grid: case.grid,
            category: case.category.as_ref(),
            channel: case.channel,
            words,
            now,
        }
    }
}

impl CommunityNet {
    /// Whom a task goes to by the rules in force. `None` only where the community has nobody at all.
    pub fn route(&self, question: &Question<'_>) -> Option<Routed> {
        self.route_by(&self.router, question)
    }

    /// Whether any rule in force looks at the words of a report.
    pub fn reads_words(&self) -> bool {
        self.router.reads_words()
    }

    /// The same by other rules, to try them out.
    pub fn route_by(&self, router: &Router, question: &Question<'_>) -> Option<Routed> {
        let Question {
            grid,
            category,
            now,
            ..
        } = *question;
        let lane = category.and_then(|category| self.fast_lane(category, now));
        let lane = lane.map(|duty| Routed { duty, rule: None });
        lane.or_else(|| self.by_rule(router, question)).or_else(|| {
            let handler = category.and_then(|category| {
                let empty = self.lane_empty(category, now);
                empty
                    .or_else(|| self.handler_for(grid, category, now))
                    .or_else(|| self.department_empty(category, now))
            });
            let duty = handler.or_else(|| self.on_duty(Some(grid), category, now))?;
            Some(Routed { duty, rule: None })
        })
    }

    fn by_rule(&self, router: &Router, question: &Question<'_>) -> Option<Routed> {
        let way: Vec<GridId> = self.way(question.grid).iter().map(|grid| grid.id).collect();
        let asked = Asked {
            category: question.category,
            way: &way,
            at: self.calendar.local(question.now),
            channel: question.channel,
            words: question.words,
        };
        // A rule whose people are all away is passed over: a task is never nobody's.
        router.fitting(&asked).find_map(|rule| {
            let duty = self.at_target(&rule.to, question.grid, question.now)?;
            Some(Routed {
                duty,
                rule: Some(rule.id),
            })
        })
    }

    /// Who is there for a target now.
    fn at_target(&self, to: &Target, grid: GridId, now: OffsetDateTime) -> Option<OnDuty> {
        match to {
            Target::Post(post) => {
                let post = self.post(*post)?;
                self.at_seat(
                    Seat {
                        post: post.id,
                        member: post.member,
                        role: post.role,
                    },
                    now,
                )
            }
            Target::Department(department) => self.liaison(*department, now),
            Target::Skill(skill) => self.skilled(skill, grid, now),
        }
    }

    /// Whether nobody holds the post, sits for the department, or has the skill any more. Whose account was closed does not, but where
    /// somebody stands in for them.
    pub fn has_left(&self, to: &Target) -> bool {
        match to {
            Target::Post(post) => self
                .post(*post)
                .is_none_or(|post| self.is_left(post.member)),
            Target::Department(department) => self.is_deserted(*department),
            Target::Skill(skill) => !self.seats.iter().any(|seat| self.can(*seat, skill)),
        }
    }

    /// Skills that somebody who handles cases has, each once.
    pub fn skills(&self) -> std::collections::BTreeSet<&str> {
        let handling = self.seats.iter().filter(|seat| handles(seat));
        let members = handling.filter_map(|seat| self.member(seat.member));
        members
            .flat_map(|member| member.skills.iter().map(String::as_str))
            .collect()
    }

    /// Whoever of the grid has a skill, then of the grid above, and so on up; whoever is away is passed over, because a
    /// deputy may not have the skill.
    fn skilled(&self, skill: &str, grid: GridId, now: OffsetDateTime) -> Option<OnDuty> {
        let way = self.way(grid);
        let seats = way.iter().flat_map(|grid| self.seats_at(grid.id));
        let mut fitting = seats.filter(|seat| {
            self.can(**seat, skill) && present(seat.member, &self.members, now) == Some(seat.member)
        });
        fitting.find_map(|seat| self.at_seat(*seat, now))
    }

    fn can(&self, seat: Seat, skill: &str) -> bool {
        let member = self.member(seat.member);
        let can =
            |member: &Member| !member.is_closed() && member.skills.iter().any(|one| one == skill);
        handles(&seat) && member.is_some_and(can)
    }

    /// The rules that are on and whose people have not left, ready to be asked.
    pub fn ready(&self, set: &RuleSet) -> Router {
        let standing = set.rules.iter().filter(|rule| !self.has_left(&rule.to));
        Router::new(standing.cloned())
    }
}

fn handles(seat: &Seat) -> bool {
    may(seat.role, Action::Handle)
}
