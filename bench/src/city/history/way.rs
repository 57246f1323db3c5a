//! Five ways through the life cycle, each with four entries in the journal: told, and three steps more.

use rules::access::{Actor, Role};
use rules::case::{Addressee, Command, Condition, Found, RedirectReason};
use rules::ids::{AccountId, AnswerId, GridId, ResultId};
use rules::people::Post;
use uuid::Uuid;
use work::net::CommunityNet;

use crate::city::id;

/// Where a case of the history stands in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Filed,
    Dispatched,
    Accepted,
    Closed,
    Redirected,
}

/// Who acts.
pub(super) struct Cast {
    desk: Actor,
    steward: Actor,
    pub desk_seat: Addressee,
    pub steward_seat: Addressee,
}

impl Cast {
    /// The desk of the community and the steward of the grid.
    pub fn of(net: &CommunityNet, grid: GridId) -> Self {
        let holder =
            |wanted: &dyn Fn(&Post) -> bool| net.posts().iter().find(|post| wanted(post)).cloned();
        let desk = holder(&|post| post.role == Role::Desk);
        let steward = holder(&|post| post.grid == Some(grid));
        let seated = |post: Option<Post>| post.map(|post| (actor(net, &post), seat(&post)));
        // Every invented community was founded with both.
        let (Some((desk, desk_seat)), Some((steward, steward_seat))) =
            (seated(desk), seated(steward))
        else {
            unreachable!("an invented community has a desk and stewards")
        };
        Self {
            desk,
            steward,
            desk_seat,
            steward_seat,
        }
    }
}

fn seat(post: &Post) -> Addressee {
    Addressee {
        post: post.id,
        member: post.member,
    }
}

fn actor(net: &CommunityNet, post: &Post) -> Actor {
    Actor::Member {
        member: post.member,
        account: AccountId(Uuid::nil()),
        role: post.role,
        post: post.id,
        community: net.id,
        stands_for: Vec::new(),
    }
}

impl Way {
    const ALL: [Self; 5] = [
        Self::Filed,
        Self::Dispatched,
        Self::Accepted,
        Self::Closed,
        Self::Redirected,
    ];

    /// The ways take turns.
    pub fn of(n: usize) -> Self {
        Self::ALL[n % Self::ALL.len()]
    }

    /// Who does what.
    pub fn steps(self, cast: &Cast, condition: Option<&Condition>) -> Vec<(Actor, Command)> {
        let desk = |command| (cast.desk.clone(), command);
        let steward = |command| (cast.steward.clone(), command);
        let (category, code) = condition
            .map(|one| (one.category.clone(), one.code.clone()))
            .unzip();
        let code = code.flatten();
        let file = || {
            desk(Command::File {
                category: category.clone(),
                condition: code.clone(),
                reason: None,
            })
        };
        let looked = || {
            let by = cast.steward_seat.member;
            [
                desk(Command::Verify { by }),
                steward(Command::Verified(Found::Exists)),
            ]
        };
        let [verify, verified] = looked();
        let dispatch = desk(Command::Dispatch(cast.steward_seat));
        match self {
            Self::Filed => vec![verify, verified, file()],
            Self::Dispatched => {
                let lift = Command::Escalate { reason: None };
                vec![file(), dispatch, (Actor::Clock, lift)]
            }
            Self::Accepted => vec![file(), dispatch, steward(Command::Accept)],
            Self::Closed => vec![
                verify,
                verified,
                steward(fix(category.clone(), code.clone())),
            ],
            Self::Redirected => vec![verify, verified, desk(redirect())],
        }
    }
}

fn fix(
    category: Option<rules::ids::CategoryCode>,
    condition: Option<rules::ids::ConditionCode>,
) -> Command {
    Command::Fix {
        category,
        condition,
        result: ResultId(id()),
        photos: 0,
        answer: Some(AnswerId(id())),
    }
}

fn redirect() -> Command {
    let instead = "请联系物业（示例）".parse();
    // A short text without control characters is always fit for words.
    let instead = instead.unwrap_or_else(|_| unreachable!("a short text"));
    Command::Redirect {
        reason: RedirectReason::OutsideArea,
        instead,
    }
}
