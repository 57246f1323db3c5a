//! Writes wordings down, changes them and takes them out: one unit with its journal entry each.

use rules::access::Action;
use rules::ids::{CategoryCode, WordingId};
use rules::journal::{Event, HouseEvent};
use rules::privacy::conduct::named_whole;
use rules::wording::{Phrase, Wording, WordingStep};
use store::Unit;
use store::journal::Note;
use store::wording::KeptWording;

use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// A wording as somebody writes it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// At which step.
    pub step: WordingStep,
    /// For which category or class; none for all.
    pub category: Option<CategoryCode>,
    /// In Chinese.
    pub zh: Phrase,
    /// In English.
    pub en: Phrase,
}

/// The wordings that hold.
///
/// # Errors
/// `Forbidden` for roles that write none.
#[task]
pub async fn list(house: &House, asker: &Asker) -> Result<Vec<KeptWording>, Error> {
    asker.allow(Action::ChangeSettings)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    Ok(house.store.reader().wordings(community).await?)
}

/// Keeps a new wording, or with the version that was seen the next version of one; gives it as kept.
///
/// # Errors
/// `Forbidden`; `Stale` if it was changed since; `Invalid` for a category that the catalogue does not have, where it names somebody
/// who works here, or if another wording holds for the step and category.
#[task]
pub async fn keep(
    house: &House,
    asker: &Asker,
    seen: Option<(WordingId, i64)>,
    draft: Draft,
) -> Result<KeptWording, Error> {
    asker.allow(Action::ChangeSettings)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    if let Some(code) = &draft.category {
        let known = |one: &CategoryCode| one.as_str().starts_with(code.as_str());
        if !net
            .catalogue()
            .is_some_and(|all| all.categories.keys().any(known))
        {
            return Err(Error::invalid("category", "category-unknown"));
        }
    }
    names_nobody(net, &draft)?;
    let (id, before) = seen.unwrap_or_else(|| (WordingId(house.clock.id()), 0));
    let kept = KeptWording {
        wording: Wording {
            id,
            version: before + 1,
            step: draft.step,
            category: draft.category,
            zh: draft.zh,
            en: draft.en,
        },
        by: asker.member().ok_or(Error::Forbidden)?,
        at: asker.now,
    };
    let (note, written) = (note(asker, id), kept.clone());
    let done = house.store.unit(community, async move |unit: &Unit| {
        unit.keep_wording(&written).await?;
        unit.net_changed().await?;
        unit.note(note);
        Ok::<_, Error>(())
    });
    match done.await {
        Err(Error::Store(store::Error::Taken(_))) => {
            return Err(Error::invalid("step", "wording-twice"));
        }
        other => other?,
    }
    house.refresh_net().await?;
    Ok(kept)
}

/// A wording is told for every case of its step, whoever works on it: it names nobody who works here.
fn names_nobody(net: &CommunityNet, draft: &Draft) -> Result<(), Error> {
    let both = [("zh", &draft.zh), ("en", &draft.en)].into_iter();
    let named = both.filter(|(_, phrase)| {
        let people = net.members().map(|member| ((), member.name.as_str()));
        !named_whole(phrase.as_str(), people).is_empty()
    });
    let faults: Vec<Fault> = named
        .map(|(field, _)| Fault::new(field, "wording-person"))
        .collect();
    Error::check(faults)
}

/// Takes a wording out.
///
/// # Errors
/// `Forbidden`; `Stale` if it was changed or taken out since.
#[task]
pub async fn remove(house: &House, asker: &Asker, id: WordingId, seen: i64) -> Result<(), Error> {
    asker.allow(Action::ChangeSettings)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let (note, now) = (note(asker, id), asker.now);
    house
        .store
        .unit(community, async move |unit: &Unit| {
            unit.end_wording(id, seen, now).await?;
            unit.net_changed().await?;
            unit.note(note);
            Ok::<_, Error>(())
        })
        .await?;
    house.refresh_net().await
}

fn note(asker: &Asker, id: WordingId) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(id.0),
        event: Event::House(HouseEvent::SettingsChanged {
            fields: vec!["wordings".to_owned()],
            changes: Vec::new(),
        }),
    }
}
