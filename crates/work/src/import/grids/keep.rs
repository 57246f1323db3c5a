//! Writes a plan in one unit, the founding of the community included.

use geo::MultiPolygon;
use rules::grid::geometry::bounding_box;
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::community::Founding;
use store::grid::Border;
use store::journal::Note;
use time::OffsetDateTime;

use super::Whose;
use super::plan::{Fate, Plan};
use crate::import::count;
use crate::{Error, House};

/// A border as it is kept.
pub(super) fn border(geometry: &str, shape: &MultiPolygon) -> Option<Border> {
    let around = bounding_box(shape)?;
    let (low, high) = (around.min(), around.max());
    Some(Border {
        geometry: geometry.to_owned(),
        bounds: [low.x, low.y, high.x, high.y],
    })
}

pub(super) async fn keep(house: &House, whose: Whose, plan: Plan) -> Result<(), Error> {
    let now = house.clock.now();
    let (community, founding) = match whose {
        Whose::Known(net) => (net.id, None),
        Whose::New { code, name } => {
            let founding = Founding {
                code,
                name,
                settings: "{}".into(),
                at: now,
            };
            (house.store.reader().next_community().await?, Some(founding))
        }
    };
    let kept = house.store.unit(community, async move |unit: &Unit| {
        if let Some(founding) = founding {
            unit.found(&founding).await?;
            unit.note(note(now, HouseEvent::CommunityFounded));
        }
        write(unit, &plan, now).await
    });
    kept.await.map_err(Error::from)?;
    house.refresh_net().await
}

async fn write(unit: &Unit, plan: &Plan, now: OffsetDateTime) -> Result<(), store::Error> {
    for (id, one) in &plan.grids {
        if one.fate != Fate::Same {
            unit.save_grid(&one.grid, &plan.path(*id), one.border().as_ref(), now)
                .await?;
        }
    }
    let (added, changed, _) = plan.counts();
    unit.net_changed().await?;
    unit.note(note(
        now,
        HouseEvent::GridsImported {
            added: count(added),
            changed: count(changed),
        },
    ));
    Ok(())
}

fn note(at: OffsetDateTime, event: HouseEvent) -> Note {
    Note {
        at,
        occurred_at: None,
        actor: None,
        role: "admin",
        subject: None,
        event: Event::House(event),
    }
}
