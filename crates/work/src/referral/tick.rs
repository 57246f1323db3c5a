//! What time itself does to referrals: it notes once that a deadline has passed, and those concerned are told.

use rules::ids::{CommunityId, Number};
use rules::referral::CommandName;

use super::step::{StepForm, step};
use crate::case::Expected;
use crate::{Error, House, task};

/// Referrals the clock looks at in one go.
const AT_ONCE: u16 = 200;

/// Does everything that is due by now in every community; gives how many it noted.
///
/// # Errors
/// What the store says. One that somebody moved meanwhile is left alone.
#[task]
pub async fn tick(house: &House) -> Result<usize, Error> {
    let communities: Vec<CommunityId> = house.net().communities().map(|one| one.id).collect();
    let mut noted = 0;
    for community in communities {
        let waiting = house
            .store
            .reader()
            .referrals_waiting_for_time(community, house.clock.now(), AT_ONCE)
            .await?;
        for number in waiting {
            noted += usize::from(remind(house, community, &number).await?);
        }
    }
    Ok(noted)
}

async fn remind(house: &House, community: CommunityId, number: &Number) -> Result<bool, Error> {
    let asker = house.clock_asker(community);
    let form = StepForm::default();
    let taken = step(
        house,
        &asker,
        number,
        Expected::Any,
        CommandName::Remind,
        form,
    );
    match taken.await {
        Ok(_) => Ok(true),
        Err(Error::Stale { .. } | Error::Referral(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
