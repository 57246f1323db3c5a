//! Writes a plan in one unit.

use rules::ids::CommunityId;
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;
use time::OffsetDateTime;

use super::plan::Plan;
use crate::import::count;
use crate::{Error, House};

pub(super) async fn keep(house: &House, community: CommunityId, plan: Plan) -> Result<(), Error> {
    let now = house.clock.now();
    let kept = house.store.unit(community, async move |unit: &Unit| {
        write(unit, plan, now).await
    });
    kept.await.map_err(Error::from)?;
    house.refresh_net().await
}

async fn write(unit: &Unit, plan: Plan, now: OffsetDateTime) -> Result<(), store::Error> {
    let (added, changed, _) = plan.counts();
    for department in &plan.departments {
        unit.save_department(department).await?;
    }
    for member in &plan.members {
        unit.save_member(member).await?;
    }
    for post in plan.ended_posts.keys() {
        unit.end_post(*post, now).await?;
    }
    for post in &plan.new_posts {
        unit.add_post(post, now).await?;
    }
    unit.net_changed().await?;
    unit.note(Note {
        at: now,
        occurred_at: None,
        actor: None,
        role: "admin",
        subject: None,
        event: Event::House(HouseEvent::PeopleImported {
            added: count(added),
            changed: count(changed),
        }),
    });
    Ok(())
}
