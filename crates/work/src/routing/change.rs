//! Changes the list of routing rules: one version further, in one unit with its journal entry. Whoever saw an older
//! version is told so and changes nothing.

use rules::access::{Action, Role, may};
use rules::ids::CommunityId;
use rules::journal::{Event, HouseEvent};
use rules::routing::{self, Change};
use store::Unit;
use store::journal::Note;
use time::OffsetDateTime;

use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// Makes one change to the version that was seen; gives the new version. A rule is only switched on with what its trial gave
/// for that version.
///
/// # Errors
/// `Forbidden`; `Stale` if the list has moved on; `Invalid` with everything that is wrong.
#[task]
pub async fn change(
    house: &House,
    asker: &Asker,
    seen: i64,
    change: Change,
    tried: Option<&str>,
) -> Result<i64, Error> {
    let role = asker
        .role()
        .filter(|role| may(*role, Action::ChangeRouting));
    let role = role.ok_or(Error::Forbidden)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    stands(net, &change)?;
    if net.routing.version == seen {
        was_tried(house, net, &change, tried)?;
    }
    let by = By {
        note: note(asker.now, role.as_str(), &change, asker),
        at: asker.now,
    };
    let version = house
        .store
        .unit(community, async move |unit: &Unit| {
            write(unit, Some(seen), change, by).await
        })
        .await?;
    house.refresh_net().await?;
    Ok(version)
}

/// A rule is only written or switched on for whom there is.
fn stands(net: &CommunityNet, change: &Change) -> Result<(), Error> {
    let target = match change {
        Change::Add(_, draft) | Change::Edit(_, draft) => Some(&draft.to),
        Change::On(id) => net.routing.rule(*id).map(|rule| &rule.to),
        _ => None,
    };
    match target {
        Some(to) if net.has_left(to) => Err(refused(vec![routing::Fault::Left])),
        _ => Ok(()),
    }
}

/// A rule is only switched on as it was tried out.
fn was_tried(
    house: &House,
    net: &CommunityNet,
    change: &Change,
    tried: Option<&str>,
) -> Result<(), Error> {
    let Change::On(id) = change else {
        return Ok(());
    };
    let token = house
        .keys
        .receipts()
        .trial_token(net.id, *id, net.routing.version);
    match tried {
        Some(tried) if token.matches(tried) => Ok(()),
        _ => Err(refused(vec![routing::Fault::Untried])),
    }
}

/// Who changes it, as the journal will say.
pub(super) struct By {
    pub note: Note,
    pub at: OffsetDateTime,
}

/// Writes one change within a unit. `seen` is the version somebody decided upon; the house itself takes whatever is there.
pub(super) async fn write(
    unit: &Unit,
    seen: Option<i64>,
    change: Change,
    by: By,
) -> Result<i64, Error> {
    let before = unit.routing().await?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Error::Stale { is: before.version });
    }
    let after = before.changed(change).map_err(refused)?;
    unit.save_routing(&before, &after, by.at).await?;
    unit.net_changed().await?;
    let mut note = by.note;
    if let Event::House(HouseEvent::RoutingChanged { version, .. }) = &mut note.event {
        *version = after.version;
    }
    unit.note(note);
    Ok(after.version)
}

fn note(at: OffsetDateTime, role: &'static str, change: &Change, asker: &Asker) -> Note {
    Note {
        actor: asker.member(),
        ..by_the_house(at, role, change)
    }
}

/// The entry for a change; its version is filled in when it is written.
pub(super) fn by_the_house(at: OffsetDateTime, role: &'static str, change: &Change) -> Note {
    Note {
        at,
        occurred_at: None,
        actor: None,
        role,
        subject: Some(change.rule().0),
        event: Event::House(HouseEvent::RoutingChanged {
            version: 0,
            done: change.name().to_owned(),
        }),
    }
}

pub(super) fn refused(faults: Vec<routing::Fault>) -> Error {
    let named = |fault: routing::Fault| match fault {
        routing::Fault::Unknown => None,
        fault => Some(Fault::new(fault.field(), fault.code())),
    };
    let faults: Option<Vec<Fault>> = faults.into_iter().map(named).collect();
    faults.map_or(Error::NotFound, Error::Invalid)
}

/// The community of an asker who may do something with rules.
pub(super) fn allowed(asker: &Asker, action: Action) -> Result<CommunityId, Error> {
    let may = asker.role().is_some_and(|role: Role| may(role, action));
    if may {
        asker.community().ok_or(Error::NotFound)
    } else {
        Err(Error::Forbidden)
    }
}
