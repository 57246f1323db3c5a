//! What time itself does to referrals: it notes once that a deadline has passed, and once that a lead waits because two officers
//! cannot be found, and those concerned are told.

use std::sync::Arc;

use rules::access::{Action, Scope, may};
use rules::ids::Number;
use rules::journal::Event;
use rules::referral::{CommandName, Deed, Referral, wait, waits_for};
use store::Unit;
use time::OffsetDateTime;

use super::refer::note;
use super::step::{StepForm, step};
use super::team::{Team, sight};
use crate::case::Expected;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// Referrals the clock looks at in one go.
const AT_ONCE: u16 = 200;

/// Does everything that is due by now in every community; gives how many it noted.
///
/// # Errors
/// What the store says. One that somebody moved meanwhile is left alone.
#[task]
pub async fn tick(house: &House) -> Result<usize, Error> {
    let communities: Vec<Arc<CommunityNet>> = house.net().communities().cloned().collect();
    let mut noted = 0;
    for net in communities {
        let reader = house.store.reader();
        let now = house.clock.now();
        let waiting = reader.referrals_waiting_for_time(net.id, now, AT_ONCE);
        for number in waiting.await? {
            noted += usize::from(remind(house, &net, &number).await?);
        }
        if somebody_is_missing(&net, now) {
            for kept in reader.open_referrals(net.id, AT_ONCE).await? {
                noted += usize::from(tell(house, &net, &kept.referral).await?);
            }
        }
    }
    Ok(noted)
}

async fn remind(house: &House, net: &CommunityNet, number: &Number) -> Result<bool, Error> {
    let asker = house.clock_asker(net.id);
    let form = StepForm::default();
    let taken = step(
        house,
        &asker,
        number,
        Expected::Any,
        CommandName::Remind,
        form,
    );
    happened(taken.await.map(|_| ()))
}

fn happened(done: Result<(), Error>) -> Result<bool, Error> {
    match done {
        Ok(()) => Ok(true),
        Err(Error::Stale { .. } | Error::Referral(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether an officer is away, or a team has become too small: without that no lead waits for anybody.
fn somebody_is_missing(net: &CommunityNet, now: OffsetDateTime) -> bool {
    let enforces = net
        .posts()
        .iter()
        .filter(|post| may(post.role, Action::Enforce));
    let mut away = enforces.clone().filter_map(|post| net.member(post.member));
    let alone = |team| {
        let of_it = enforces.clone().filter(|post| post.department == team);
        of_it.count() < 2
    };
    away.any(|officer| officer.away_at(now).is_some())
        || enforces.clone().any(|post| alone(post.department))
}

/// Notes that a lead waits, if it does and nothing else happened since that was noted last.
async fn tell(house: &House, net: &Arc<CommunityNet>, referral: &Referral) -> Result<bool, Error> {
    let asker = house.clock_asker(net.id);
    let team = Team::of(net, referral, asker.now);
    if waits_for(referral, &team.terms(net)).is_none() {
        return Ok(false);
    }
    let entries = house.store.reader().journal_of(net.id, referral.id.0);
    let last = entries.await?.pop();
    let last = last.and_then(|entry| Event::from_bytes(&entry.event).ok());
    if matches!(last, Some(Event::Referral(Deed::Waiting))) {
        return Ok(false);
    }
    let (net, seen) = (Arc::clone(net), referral.clone());
    let told = house.store.unit(net.id, async move |unit: &Unit| {
        keep(unit, &net, &asker, &seen).await
    });
    happened(told.await)
}

async fn keep(
    unit: &Unit,
    net: &CommunityNet,
    asker: &Asker,
    seen: &Referral,
) -> Result<(), Error> {
    let (all, sight) = (Scope::Community(net.id), sight(net, asker));
    let found = unit.referral_numbered(&all, &sight, &seen.number);
    let found = found.await?.referral;
    if found.version != seen.version {
        return Err(Error::Stale { is: found.version });
    }
    let team = Team::of(net, &found, asker.now);
    let noted = wait(&found, &team.terms(net))?;
    unit.save_referral(found.version, &noted.referral).await?;
    unit.note(note(asker, found.id.0, Event::Referral(noted.deed)));
    Ok(())
}
