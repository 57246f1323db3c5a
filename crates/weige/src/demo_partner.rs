//! An invented partner system of the demo community, so that a newcomer can try the doors for orders of the hotline, of an upper
//! level, and for events at places. It is no person: lists of people do not know it, so it is written down here.

use rules::access::Role;
use rules::ids::{CommunityId, MemberId, PostId};
use rules::people::{Member, Post};
use store::Unit;
use work::House;

/// The name it signs in with, and under which its orders are numbered.
pub const ACCOUNT: &str = "partner";

/// Writes it down; its account is made with those of everybody else.
///
/// # Errors
/// What the store says.
pub async fn write_down(house: &House, community: CommunityId) -> Result<(), work::Error> {
    let member = Member {
        id: MemberId(house.clock.id()),
        code: Some(ACCOUNT.to_owned()),
        name: "示例对接系统".to_owned(),
        name_public: false,
        phone: None,
        phone_public: false,
        service_hours: String::new(),
        duties: String::new(),
        skills: Vec::new(),
        deputy: None,
        away: None,
        closed: false,
    };
    let post = Post {
        id: PostId(house.clock.id()),
        member: member.id,
        role: Role::Integration,
        title: "对接系统（示例）".to_owned(),
        grid: None,
        department: None,
    };
    let at = house.clock.now();
    let written = house.store.unit(community, async move |unit: &Unit| {
        unit.save_member(&member).await?;
        unit.add_post(&post, at).await?;
        unit.net_changed().await
    });
    written.await?;
    house.refresh_net().await
}
