//! Changes settings, or takes a change back.

use rules::access::Action;
use rules::ids::CategoryCode;
use rules::journal::{Event, HouseEvent};
use rules::settings::{Change, Known, SettingFault, Unbearable, Wish};
use store::Unit;
use store::journal::Note;
use store::settings::KeptChange;

use super::Laid;
use super::read::read;
use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// What somebody asks for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Other values.
    Wish(Wish),
    /// That the change which made this version be taken back.
    Undo(i64),
}

/// Changes the settings that were seen at a version; gives them as they are then. What changes nothing leaves no trace.
///
/// # Errors
/// `Forbidden`; `Stale` if they were changed since; `Invalid` with every value that no rule can bear; `NotFound` for a
/// change that never was.
#[task]
pub async fn change(house: &House, asker: &Asker, seen: i64, asked: Asked) -> Result<Laid, Error> {
    asker.allow(Action::ChangeSettings)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = std::sync::Arc::clone(net.community_by_id(community).ok_or(Error::NotFound)?);
    let by = asker.member().ok_or(Error::Forbidden)?;
    let (doer, at) = (asker.clone(), asker.now);
    let done = house.store.unit(community, async move |unit: &Unit| {
        let kept = unit.settings().await?;
        if kept.version != seen {
            return Err(Error::Stale { is: kept.version });
        }
        let wish = match asked {
            Asked::Wish(wish) => wish,
            Asked::Undo(version) => Wish::Back(unit.settings_change(version).await?.changes),
        };
        let (settings, changes) = known(&net, |known| read(&kept.text).changed(wish, known))
            .map_err(|faults| Error::Invalid(faults.iter().map(fault).collect()))?;
        if changes.is_empty() {
            return Ok(Laid {
                version: seen,
                settings,
            });
        }
        let version = seen + 1;
        unit.note(note(&doer, &changes));
        let change = KeptChange {
            version,
            changes,
            by,
            at,
        };
        unit.keep_settings(&settings.text(), &change).await?;
        Ok(Laid { version, settings })
    });
    let laid = match done.await {
        // another process was quicker
        Err(Error::Store(store::Error::Taken(_))) => return Err(Error::Stale { is: seen + 1 }),
        other => other?,
    };
    house.refresh_net().await?;
    Ok(laid)
}

fn known<T>(net: &CommunityNet, ask: impl FnOnce(&Known<'_>) -> T) -> T {
    let catalogue = net.catalogue();
    let category = |code: &CategoryCode| {
        let begins = |one: &CategoryCode| one.as_str().starts_with(code.as_str());
        catalogue.is_some_and(|all| all.categories.keys().any(begins))
    };
    let department = |code: &str| net.departments().any(|one| one.code == code);
    ask(&Known {
        category: &category,
        department: &department,
    })
}

fn note(asker: &Asker, changes: &[Change]) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: None,
        event: Event::House(HouseEvent::SettingsChanged {
            fields: changes.iter().map(|one| one.field.clone()).collect(),
            changes: changes.iter().map(Change::for_journal).collect(),
        }),
    }
}

fn fault(fault: &SettingFault) -> Fault {
    let said = |code| Fault::new(fault.field.name, code);
    match &fault.why {
        Unbearable::Shape => said("setting-shape"),
        Unbearable::Range { least, most } => said("setting-range")
            .with("least", least)
            .with("most", most),
        Unbearable::Slower => said("setting-slower"),
        Unbearable::Hears => said("setting-hears"),
        Unbearable::Phone => said("setting-phone"),
        Unbearable::Empty => said("setting-empty"),
        Unbearable::Many { most } => said("setting-many").with("most", most),
        Unbearable::Line { most } => said("setting-line").with("most", most),
        Unbearable::Twice { what } => said("setting-twice").with("what", what),
        Unbearable::Alone => said("setting-alone"),
        Unbearable::Category { code } => said("setting-category").with("code", code),
        Unbearable::Department { code } => said("setting-department").with("code", code),
        Unbearable::Code { code } => said("setting-code").with("code", code),
        Unbearable::Nameless { code } => said("setting-nameless").with("code", code),
        Unbearable::Order => said("setting-order"),
    }
}
