//! A small house for tests of the cellar: a community and a case.

use rules::case::{Case, Channel, Counts, State, Times};
use rules::ids::{CaseId, CommunityId, GridId, GridVersion, Number};
use store::Store;
use store::community::Founding;
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// When everything happens here.
pub const AT: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
/// The community's code.
pub const CODE: &str = "510184999001";

/// Founds the community.
pub async fn found(store: &Store) -> CommunityId {
    let founding = Founding {
        code: CODE.into(),
        name: "示例社区".into(),
        settings: "{}".into(),
        at: AT,
    };
    store.found(founding).await.expect("a free code").id
}

/// A case that was just told, as the rules make one.
pub fn case(community: CommunityId, n: u32, reopenings: u16) -> Case {
    let number: Number = format!("{CODE}-20261123-{n:04}").parse().expect("a number");
    Case {
        community,
        id: CaseId(Uuid::from_u128(u128::from(n))),
        number,
        version: 1,
        grid: GridId(Uuid::from_u128(1)),
        grid_version: GridVersion(1),
        place: None,
        channel: Channel::Resident,
        reports: 1,
        category: None,
        catalogue_version: None,
        condition: None,
        limit: None,
        order_due: None,
        state: State::Reported { found: None },
        owner: None,
        first_receiver: None,
        adoption: None,
        tier: None,
        decided: false,
        leader_called: None,
        coordination: None,
        appeal: None,
        counts: Counts {
            reopenings,
            ..Counts::default()
        },
        times: Times {
            received_at: AT,
            filed_at: None,
            dispatched_at: None,
            accepted_at: None,
            handled_at: None,
            checked_at: None,
            closed_at: None,
            first_contact_at: None,
            visited_at: None,
            rated_at: None,
            told_at: None,
            contact_due: None,
            update_due: None,
            tier_due: None,
            tier_late_since: None,
            answer_by: None,
            visit_due: None,
            handle_due: None,
            due_at: None,
            due_provisional: false,
        },
        rating: None,
    }
}
