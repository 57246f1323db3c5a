//! What time itself does: it tells once that the date of an answer went by.

use rules::ids::CommunityId;
use rules::supervision::Deed;
use store::Unit;

use super::note;
use crate::{Error, House, task};

/// Items looked at in one go.
const AT_ONCE: u16 = 100;

/// Tells of every late answer in every community; gives their number.
///
/// # Errors
/// What the store says.
#[task]
pub async fn tick(house: &House) -> Result<usize, Error> {
    let communities: Vec<CommunityId> = house.net().communities().map(|net| net.id).collect();
    let mut told = 0;
    for community in communities {
        let asker = house.clock_asker(community);
        let reader = house.store.reader();
        let late = reader
            .untold_supervisions(community, asker.now, AT_ONCE)
            .await?;
        for item in late {
            let asker = asker.clone();
            let new = house.store.unit(community, async move |unit: &Unit| {
                let new = unit.supervision_is_late(item.id, asker.now).await?;
                if new {
                    let deed = Deed::Overdue {
                        item: item.id,
                        whom: item.whom,
                        by: item.by,
                    };
                    unit.note(note(&asker, item.case.0, deed));
                }
                Ok::<_, Error>(new)
            });
            told += usize::from(new.await?);
        }
    }
    Ok(told)
}
