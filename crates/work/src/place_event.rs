//! Events at places, told by sensors and partner systems: received once by source and number. A kind that is mapped to a
//! category becomes a case at once, through the one door of all reports, or joins the one that the same source told of at the
//! same place, while that runs; every other waits for the desk to decide. Nothing about persons comes in: the door refuses it by
//! the names of fields before anything here runs, and here by what stands in them.

use rules::case::Channel;
use rules::duplicate::{DuplicateSettings, Spot, is_same_spot};
use rules::ids::{CaseId, CategoryCode, Number, ReportId};
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;
use store::place_event::PlaceEvent;
use store::report::Report;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::net::Net;
use crate::order::{digest, is_number, source};
use crate::report::{Draft, ReportForm, Where, speaks_of_a_worker};
use crate::{Asker, Error, Fault, House, import, task};

/// The longest words of a machine and on a place, in characters.
const WORDS_MAX: usize = 500;
/// How far the clock of a source may be ahead of the house's.
const AHEAD: Duration = Duration::minutes(10);
/// How long ago an event may have happened: what is older comes from a clock that nobody set.
const AGO: Duration = Duration::days(366);
/// The longest name of a kind.
const KIND_MAX: usize = 64;

/// An event as it came, as far as it could be read.
pub struct EventForm {
    /// Its number at its source.
    pub number: String,
    /// Which sensor or part of the source told it; empty for the source as a whole.
    pub source: String,
    /// What kind of event: small letters, digits, underscores.
    pub kind: String,
    /// When it happened; it has to be said.
    pub at: Option<OffsetDateTime>,
    /// Where; it has to be said.
    pub place: Option<Where>,
    /// Words on the place.
    pub place_note: String,
    /// Words of the machine.
    pub words: String,
}

/// An event that was received.
pub struct Told {
    /// It.
    pub event: PlaceEvent,
    /// The number of the case it became or joined.
    pub number: Option<Number>,
    /// Whether that one ran already: an earlier event of the same source, kind and place had made it.
    pub joined: bool,
}

/// Receives an event; `body` is what was sent, to tell a repetition from a contradiction.
///
/// # Errors
/// `Invalid` with every faulty field, `KeyReused` if the number came with other contents, `Forbidden` for a place outside the
/// community.
#[task]
pub async fn receive(
    house: &House,
    asker: &Asker,
    form: EventForm,
    body: &[u8],
) -> Result<Told, Error> {
    let net = house.net();
    let faults = faults(&net, &form, asker.now);
    let (Some(happened), Some(place), true) = (form.at, form.place, faults.is_empty()) else {
        return Err(Error::Invalid(faults));
    };
    let at = place.find(&net)?;
    let community = at.community.id;
    if asker.community() != Some(community) {
        return Err(Error::Forbidden);
    }
    let mut from = source(house, asker)?;
    if !form.source.is_empty() {
        from = format!("{from}/{}", form.source);
    }
    let mapped = house.store.reader().event_kinds(community).await?;
    let category = mapped.get(&form.kind).cloned().flatten();
    let event = PlaceEvent {
        id: house.clock.id(),
        source: from,
        number: form.number,
        kind: form.kind,
        words: form.words,
        place_note: form.place_note,
        grid: at.grid.id,
        place: at.point,
        occurred_at: happened,
        received_at: asker.now,
        digest: digest(body),
        report: None,
        settled_at: None,
        settled_by: None,
    };
    let draft = match category {
        Some(category) => Some(draft(house, asker, &event, place, Some(category)).await?),
        None => None,
    };
    let (asker, settings) = (asker.clone(), at.community.settings.duplicate.clone());
    let told = house.store.unit(community, async move |unit: &Unit| {
        keep(unit, &asker, event, draft, &settings).await
    });
    told.await
}

/// Everything that is wrong with an event.
pub fn faults(net: &Net, form: &EventForm, now: OffsetDateTime) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !is_number(&form.number) {
        faults.push(Fault::new("id", "order-number-malformed"));
    }
    if rules::place_event::number_tells_of_person(&form.number) {
        faults.push(Fault::new("id", "field-personal"));
    }
    if !form.source.is_empty() && !is_number(&form.source) {
        faults.push(Fault::new("source", "order-number-malformed"));
    }
    if rules::place_event::tells_of_person(&form.source) {
        faults.push(Fault::new("source", "field-personal"));
    }
    match form.at {
        None => faults.push(Fault::new("at", "field-missing")),
        Some(at) if at > now + AHEAD => faults.push(Fault::new("at", "moment-ahead")),
        Some(at) if at < now - AGO => faults.push(Fault::new("at", "moment-long-ago")),
        Some(_) => {}
    }
    match form.place.as_ref().map(|place| place.find(net)) {
        None => faults.push(Fault::new("location", "field-missing")),
        Some(Err(Error::Invalid(of_the_place))) => faults.extend(of_the_place),
        Some(_) => {}
    }
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if form.kind.is_empty() || form.kind.len() > KIND_MAX || !form.kind.chars().all(name) {
        faults.push(Fault::new("kind", "kind-malformed"));
    }
    if rules::place_event::names_person(&form.kind) {
        faults.push(Fault::new("kind", "field-personal"));
    }
    let site = form.place.as_ref().and_then(|place| place.find(net).ok());
    let at = site.as_ref().map(|site| (&*site.community, site.grid.id));
    for (field, words) in [("text", &form.words), ("place_note", &form.place_note)] {
        if words.chars().count() > WORDS_MAX {
            faults.push(Fault::new(field, "too-long"));
        }
        let of_person = rules::place_event::tells_of_person(words);
        // the desk would read it, and so might whomever it names
        if of_person || speaks_of_a_worker(at, words, "") {
            faults.push(Fault::new(field, "field-personal"));
        }
    }
    faults
}

async fn draft(
    house: &House,
    asker: &Asker,
    event: &PlaceEvent,
    place: Where,
    category: Option<CategoryCode>,
) -> Result<Draft, Error> {
    let words = if event.words.trim().is_empty() {
        event.kind.clone()
    } else {
        event.words.clone()
    };
    let form = ReportForm {
        words,
        place,
        place_note: event.place_note.clone(),
        category,
        contact: None,
        channel: Channel::System,
        attached: Vec::new(),
        about_worker: None,
    };
    Ok(Draft::of(house, asker, form).await?.onward(asker))
}

async fn keep(
    unit: &Unit,
    asker: &Asker,
    mut event: PlaceEvent,
    draft: Option<Draft>,
    settings: &DuplicateSettings,
) -> Result<Told, Error> {
    if let Some(before) = unit
        .place_event_numbered(&event.source, &event.number)
        .await?
    {
        if before.digest != event.digest {
            return Err(Error::KeyReused);
        }
        let (number, joined) = match before.report {
            Some(report) => became(unit, &unit.report(report).await?).await?,
            None => (None, false),
        };
        return Ok(Told {
            event: before,
            number,
            joined,
        });
    }
    unit.meet_event_kind(&event.kind, asker.now).await?;
    let (mut number, mut joined) = (None, false);
    if let Some(mut draft) = draft {
        let cases = told_of(unit, &event, settings).await?;
        let report = match draft.enter_beside(unit, &cases).await? {
            Some(report) => report,
            None => draft.enter(unit).await?,
        };
        (number, joined) = became(unit, &report).await?;
        event.report = Some(report.id);
        event.settled_at = Some(asker.now);
    }
    unit.keep_place_event(&event).await?;
    unit.note(note(asker, Some(event.id), HouseEvent::PlaceEventReceived));
    Ok(Told {
        event,
        number,
        joined,
    })
}

/// The cases that the source told of before, by events of this kind at this place, the newest first.
async fn told_of(
    unit: &Unit,
    event: &PlaceEvent,
    settings: &DuplicateSettings,
) -> Result<Vec<CaseId>, Error> {
    let since = settings.since(event.received_at);
    let earlier = unit.told_place_events((&event.source, &event.kind), since);
    let here = spot(event);
    let mut cases = Vec::new();
    for (one, case) in earlier.await? {
        if !cases.contains(&case) && is_same_spot(&here, &spot(&one), settings) {
            cases.push(case);
        }
    }
    Ok(cases)
}

fn spot(event: &PlaceEvent) -> Spot<'_> {
    Spot {
        place: event.place,
        grid: event.grid,
        note: &event.place_note,
    }
}

/// The case that a telling began or joined, and whether it joined it. The first telling has the id of its case.
async fn became(unit: &Unit, told: &Report) -> Result<(Option<Number>, bool), Error> {
    let first = ReportId(told.case.0);
    if first == told.id {
        return Ok((Some(told.number.clone()), false));
    }
    Ok((Some(unit.report(first).await?.number), true))
}

/// Makes a waiting event a case, under a category if the desk knows one.
///
/// # Errors
/// `Stale` if somebody decided meanwhile, `NotFound` out of reach, `Invalid` for an unknown category.
#[task]
pub async fn open_case(
    house: &House,
    asker: &Asker,
    id: Uuid,
    category: Option<CategoryCode>,
) -> Result<Number, Error> {
    let community = asker.community().ok_or(Error::Forbidden)?;
    let event = house
        .store
        .reader()
        .place_event_within(&asker.scope, id)
        .await?;
    let net = house.net();
    let grid = net
        .community_by_id(community)
        .and_then(|net| net.grid(event.grid))
        .ok_or(Error::NotFound)?;
    let place = Where::Grid {
        code: grid.code.as_str().to_owned(),
        point: event.place,
    };
    let draft = draft(house, asker, &event, place, category).await?;
    let asker = asker.clone();
    let opened = house.store.unit(community, async move |unit: &Unit| {
        unit.place_event_within(&asker.scope, id).await?;
        let report = draft.enter(unit).await?;
        unit.settle_place_event(id, Some(report.id), asker.member(), asker.now)
            .await?;
        unit.note(note(&asker, Some(id), HouseEvent::PlaceEventSettled));
        Ok::<_, Error>(report.number)
    });
    opened.await
}

/// Sets a waiting event aside: nothing has to be done.
///
/// # Errors
/// `Stale` if somebody decided meanwhile, `NotFound` out of reach.
#[task]
pub async fn set_aside(house: &House, asker: &Asker, id: Uuid) -> Result<(), Error> {
    let community = asker.community().ok_or(Error::Forbidden)?;
    let asker = asker.clone();
    let settled = house.store.unit(community, async move |unit: &Unit| {
        unit.place_event_within(&asker.scope, id).await?;
        unit.settle_place_event(id, None, asker.member(), asker.now)
            .await?;
        unit.note(note(&asker, Some(id), HouseEvent::PlaceEventSettled));
        Ok::<_, store::Error>(())
    });
    Ok(settled.await?)
}

/// Maps kinds of events to categories: which become cases from now on, and under what.
///
/// # Errors
/// `Invalid` for a category that is not in the catalogue, `NotFound` for a kind that nobody told of.
#[task]
pub async fn map_kinds(
    house: &House,
    asker: &Asker,
    kinds: Vec<(String, Option<CategoryCode>)>,
) -> Result<(), Error> {
    let community = asker.community().ok_or(Error::Forbidden)?;
    let net = house.net();
    let net = net.community_by_id(community);
    let known = |code| net.is_some_and(|net| net.has_category(code));
    if kinds
        .iter()
        .any(|(_, code)| code.as_ref().is_some_and(|code| !known(code)))
    {
        return Err(Error::invalid("category", "category-unknown"));
    }
    let count = import::count(kinds.len());
    let note = note(asker, None, HouseEvent::EventKindsChanged { kinds: count });
    let mapped = house.store.unit(community, async move |unit: &Unit| {
        for (kind, category) in &kinds {
            unit.map_event_kind(kind, category.as_ref()).await?;
        }
        unit.note(note);
        Ok::<_, store::Error>(())
    });
    Ok(mapped.await?)
}

fn note(asker: &Asker, subject: Option<Uuid>, event: HouseEvent) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject,
        event: Event::House(event),
    }
}
