//! Who acts: the reporter with a receipt, a member in a role, or the clock. Holds no names.

use super::Role;
use crate::ids::{AccountId, CaseId, CommunityId, MemberId, PostId};

/// The doer of a command, already known to be who they say.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    /// Whoever shows the receipt of a case. Knows nothing of other cases.
    Reporter {
        /// The case the receipt belongs to.
        case: CaseId,
    },
    /// A person who works in the net.
    Member {
        /// The person.
        member: MemberId,
        /// How they signed in.
        account: AccountId,
        /// What they are here.
        role: Role,
        /// The seat they act from.
        post: PostId,
        /// The tenant they act in.
        community: CommunityId,
        /// The absent members whose work they do meanwhile.
        stands_for: Vec<MemberId>,
    },
    /// Time itself: resumes, escalates.
    Clock,
}

impl Actor {
    /// Whether the actor is this member, or does this member's work while they are away.
    pub fn is(&self, someone: MemberId) -> bool {
        match self {
            Actor::Member {
                member, stands_for, ..
            } => *member == someone || stands_for.contains(&someone),
            Actor::Reporter { .. } | Actor::Clock => false,
        }
    }

    /// The acting member, for the trail: the deputy, not the absent one.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Actor::Member { member, .. } => Some(*member),
            Actor::Reporter { .. } | Actor::Clock => None,
        }
    }

    /// The role rights are read from; time has none.
    pub const fn role(&self) -> Option<Role> {
        match self {
            Actor::Member { role, .. } => Some(*role),
            Actor::Reporter { .. } => Some(Role::Resident),
            Actor::Clock => None,
        }
    }
}
