//! Who asks: the actor, how far they see, and when. Made from a session, a bearer token or a receipt; never from what a
//! request says about itself.

use rules::access::{Action, Actor, Hands, Role, Scope, may};
use rules::ids::{AccountId, CaseId, CommunityId, GridId, MemberId};
use rules::people::{Member, Post, present, takes_over};
use store::account::Account;
use store::case::Stir;
use time::OffsetDateTime;

use crate::net::CommunityNet;
use crate::{Error, House, task};

/// Somebody known, with everything rules and finders need to know of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Asker {
    /// Who acts.
    pub actor: Actor,
    /// How far they see.
    pub scope: Scope,
    /// When they ask.
    pub now: OffsetDateTime,
}

/// Whoever comes to the door.
#[derive(Clone, Debug, PartialEq)]
pub enum Visitor {
    /// Nobody known.
    Anonymous,
    /// A member of a community.
    Member(Asker),
    /// One of the installation's administrators: accounts and settings, no cases.
    Administrator {
        /// The account.
        account: AccountId,
        /// Admin, auditor or privacy officer.
        role: Role,
    },
}

impl Asker {
    /// The tenant they act in; `None` only for scopes over several.
    pub fn community(&self) -> Option<CommunityId> {
        self.scope.community()
    }

    /// The role that rights are read from; time and residents included.
    pub fn role(&self) -> Option<Role> {
        self.actor.role()
    }

    /// Lets through whoever's role has a right.
    ///
    /// # Errors
    /// `Forbidden`.
    pub(crate) fn allow(&self, action: Action) -> Result<(), Error> {
        let allowed = self.role().is_some_and(|role| may(role, action));
        allowed.then_some(()).ok_or(Error::Forbidden)
    }

    /// Whether a step taken now breaks the silence around a case.
    pub(crate) fn stir(&self) -> Stir {
        if rules::supervision::stirs(&self.actor) {
            Stir::Worker(self.now)
        } else {
            Stir::Other(self.now)
        }
    }

    /// The acting member.
    pub fn member(&self) -> Option<MemberId> {
        self.actor.member()
    }
}

impl House {
    /// Time itself, in a community.
    pub fn clock_asker(&self, community: CommunityId) -> Asker {
        Asker {
            actor: Actor::Clock,
            scope: Scope::Community(community),
            now: self.clock.now(),
        }
    }

    /// Somebody unknown, who may report to a community and see what everybody may.
    pub fn anonymous(&self, community: CommunityId) -> Asker {
        // A reporter without a receipt yet: the nil case is nobody's.
        let case = CaseId(uuid::Uuid::nil());
        Asker {
            actor: Actor::Reporter { case },
            scope: Scope::Public(community),
            now: self.clock.now(),
        }
    }

    /// Whoever has shown the receipt of a report of this case. Checking the code is the caller's.
    pub fn reporter_asker(&self, community: CommunityId, case: CaseId) -> Asker {
        Asker {
            actor: Actor::Reporter { case },
            scope: Scope::Receipt { community, case },
            now: self.clock.now(),
        }
    }

    /// The visitor behind an account that has proven itself.
    ///
    /// # Errors
    /// `SignIn` if the account is closed or its member holds no post any more.
    pub(crate) fn visitor(&self, account: &Account) -> Result<Visitor, Error> {
        if account.disabled {
            return Err(Error::SignIn);
        }
        let (Some(community), Some(member)) = (account.community, account.member) else {
            return Ok(Visitor::Administrator {
                account: account.id,
                role: account.role,
            });
        };
        let net = self.net();
        let community = net.community_by_id(community).ok_or(Error::SignIn)?;
        let asker = asker(community, account, member, self.clock.now());
        asker.map(Visitor::Member).ok_or(Error::SignIn)
    }

    /// A member as the asker they would be when signed in with this account.
    ///
    /// # Errors
    /// `SignIn` as for a session.
    #[task]
    pub async fn asker_of(&self, account: &str) -> Result<Asker, Error> {
        let kept = self.store.reader().account_named(account).await?;
        match self.visitor(&kept.ok_or(Error::NotFound)?)? {
            Visitor::Member(asker) => Ok(asker),
            Visitor::Anonymous | Visitor::Administrator { .. } => Err(Error::Forbidden),
        }
    }
}

fn asker(
    net: &CommunityNet,
    account: &Account,
    member: MemberId,
    now: OffsetDateTime,
) -> Option<Asker> {
    let post = net.posts_of(member).find(|post| post.role == account.role);
    let post = post.or_else(|| net.posts_of(member).next())?;
    // where a deputy is away, too, the work goes on to whoever stands in for them
    let lies_here = |other: &&Member| present(other.id, &net.members, now) == Some(member);
    let away = net.away(now).filter(lies_here);
    let stands_for: Vec<MemberId> = away.map(|other| other.id).collect();
    let hands = hands(net, post, member, &stands_for);
    let actor = Actor::Member {
        member,
        account: account.id,
        role: post.role,
        post: post.id,
        community: net.id,
        stands_for,
    };
    let scope = scope(net, post, hands);
    Some(Asker { actor, scope, now })
}

/// Whose work a member does from a post, with the grids and departments of absent posts whose rights this one has.
fn hands(net: &CommunityNet, post: &Post, member: MemberId, stands_for: &[MemberId]) -> Hands {
    let absent = stands_for.iter().flat_map(|absent| net.posts_of(*absent));
    let taken: Vec<&Post> = absent
        .filter(|theirs| takes_over(post.role, theirs.role))
        .collect();
    // what lies below one's own grid is seen anyway
    let elsewhere = |grid: &GridId| !net.way(*grid).iter().any(|up| post.grid == Some(up.id));
    let served = taken.iter().filter(|theirs| theirs.department.is_none());
    let mut grids: Vec<GridId> = served.filter_map(|theirs| net.served(theirs)).collect();
    grids.retain(elsewhere);
    let departments = taken.iter().filter_map(|theirs| theirs.department);
    let departments = departments.filter(|theirs| post.department != Some(*theirs));
    Hands::new(member, stands_for.iter().copied()).serving(grids, departments.collect())
}

/// How far a post sees (domain.md §1.5), and whose open work besides. A role that serves a grid sees that grid; where the
/// grid is missing, nothing.
fn scope(net: &CommunityNet, post: &Post, hands: Hands) -> Scope {
    let community = net.id;
    match (post.role, post.grid, post.department) {
        (Role::Steward | Role::Worker | Role::GridLead, Some(grid), _) => Scope::GridSubtree {
            community,
            grid,
            hands,
        },
        (Role::Department | Role::Officer, _, Some(department)) => Scope::Department {
            community,
            department,
            hands,
        },
        (
            Role::CommunityLead | Role::Desk | Role::Supervisor | Role::Command | Role::Integration,
            _,
            _,
        ) => Scope::Community(community),
        (Role::Volunteer, _, _) => Scope::Own { community, hands },
        _ => Scope::Public(community),
    }
}
