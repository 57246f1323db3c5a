//! Keeping drafts: a sheet is begun, rows are added, changed and dropped. Whatever was typed is kept, however wrong.

use rules::case::Channel;
use rules::ids::{MemberId, ReportId};
use rules::journal::{Event, HouseEvent};
use rules::privacy::classes::Class;
use rules::privacy::{Pii, apart};
use rules::sheet::{PLACE_MAX, ROWS_MAX, Row};
use store::Unit;
use store::journal::Note;
use store::sheet::{NewRow, Sheet};
use uuid::Uuid;

use super::look::{look, own_row};
use super::place::Places;
use super::sealed::{open, seal};
use crate::report::RequestKey;
use crate::{Asker, Error, Fault, House, import, task};

/// The longest title, in characters.
const TITLE_MAX: usize = 60;

/// Begins a sheet.
///
/// # Errors
/// `Invalid` for a title that is too long or a channel on which no paper comes, `Forbidden` for whoever is no member.
#[task]
pub async fn begin(
    house: &House,
    asker: &Asker,
    title: &str,
    channel: Channel,
) -> Result<Sheet, Error> {
    let (member, community) = who(asker)?;
    let faults = faults(title, channel);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let sheet = Sheet {
        id: house.clock.id(),
        title: title.trim().to_owned(),
        channel,
        made_by: member,
        made_at: asker.now,
        changed_at: asker.now,
        drafts: 0,
        sent: 0,
    };
    let (kept, note) = (
        sheet.clone(),
        note(asker, sheet.id, HouseEvent::SheetKept { rows: 0 }),
    );
    let begun = house.store.unit(community, async move |unit: &Unit| {
        unit.keep_sheet(&kept).await?;
        unit.note(note);
        Ok::<(), store::Error>(())
    });
    begun.await?;
    Ok(sheet)
}

/// Everything that is wrong with a sheet to begin.
pub fn faults(title: &str, channel: Channel) -> Vec<Fault> {
    let mut faults = Vec::new();
    if title.trim().chars().count() > TITLE_MAX {
        faults.push(Fault::new("title", "too-long"));
    }
    if !matches!(channel, Channel::Desk | Channel::Phone | Channel::HomeVisit) {
        faults.push(Fault::new("channel", "field-shape"));
    }
    faults
}

/// Adds rows behind the last one and says how many; the same key with the same rows adds them once.
///
/// # Errors
/// `Invalid` if the sheet would get too long, `NotFound` out of reach, `KeyReused`.
#[task]
pub async fn add(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    rows: &[Row],
    key: RequestKey,
) -> Result<usize, Error> {
    let (member, community) = who(asker)?;
    let seals = house
        .keys
        .data_key(&house.store, community, Class::C2, asker.now)
        .await?;
    let typed = rows.iter().filter(|row| !row.is_empty());
    let new: Vec<NewRow> = typed
        .map(|row| seal(&seals, house.clock.id(), row))
        .collect::<Result<_, _>>()?;
    let many = new.len();
    if many == 0 {
        return Ok(0);
    }
    let rows = import::count(many);
    let note = note(asker, sheet, HouseEvent::SheetKept { rows });
    let (scope, now) = (asker.scope.clone(), asker.now);
    let added = house.store.unit(community, async move |unit: &Unit| {
        let found = unit.sheet_within(&scope, sheet).await?;
        if !key.is_new(unit, ReportId(sheet), now).await? {
            return Ok(());
        }
        let all = found.drafts + found.sent + i64::from(rows);
        if usize::try_from(all).unwrap_or(usize::MAX) > ROWS_MAX {
            return Err(Error::Invalid(vec![
                crate::Fault::new("rows", "sheet-too-long").with("most", ROWS_MAX),
            ]));
        }
        unit.add_sheet_rows(sheet, &new, member, now).await?;
        unit.note(note);
        Ok(())
    });
    added.await?;
    Ok(many)
}

/// A row written anew: what is not said stays as it is.
#[derive(Default)]
pub struct Rewritten {
    /// Where it is.
    pub place: Option<String>,
    /// What was told.
    pub words: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// The reporter's name.
    pub name: Option<Pii<String>>,
    /// The reporter's phone.
    pub phone: Option<Pii<String>>,
    /// Whether a name and phone that are not said are forgotten.
    pub forget: bool,
}

impl Rewritten {
    /// A row of which everything is said but for name and phone, which are shown to nobody.
    pub fn whole(row: Row, forget: bool) -> Self {
        Self {
            place: Some(row.place),
            words: Some(row.words),
            category: Some(row.category),
            name: row.name,
            phone: row.phone,
            forget,
        }
    }

    fn over(self, before: Row) -> Row {
        let stays = |before: Option<Pii<String>>| before.filter(|_| !self.forget);
        // before the old number comes in, which a new one beside the name replaces
        let (name, phone) = apart(self.name, self.phone);
        Row {
            name: name.or(stays(before.name)),
            phone: phone.or(stays(before.phone)),
            place: self.place.unwrap_or(before.place),
            words: self.words.unwrap_or(before.words),
            category: self.category.unwrap_or(before.category),
        }
    }
}

/// Writes a draft anew. A name or phone that was not typed again stays, unless `forget` says otherwise.
///
/// # Errors
/// `Stale` if somebody was faster or it was sent, `Invalid` for a row that only whoever wrote it may read, `NotFound` out of reach.
#[task]
pub async fn change(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    (n, seen): (i64, i64),
    said: Rewritten,
) -> Result<(), Error> {
    let (member, community) = who(asker)?;
    // what somebody else wrote is not gone over unread
    own_row(house, asker, sheet, n).await?;
    let key = house
        .keys
        .data_key(&house.store, community, Class::C2, asker.now)
        .await?;
    let note = note(asker, sheet, HouseEvent::SheetKept { rows: 1 });
    let (scope, now) = (asker.scope.clone(), asker.now);
    let changed = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        let kept = unit.sheet_row(sheet, n).await?;
        let row = said.over(open(&key, &kept.row)?);
        let new = seal(&key, kept.row.id, &row)?;
        unit.change_sheet_row(sheet, n, seen, &new, member, now)
            .await?;
        unit.note(note);
        Ok::<(), Error>(())
    });
    changed.await
}

/// Writes one place into every draft of which nobody knows where it is, or into every one that has the place `instead`, if that is
/// not empty; says how many these were. A draft that somebody changed meanwhile stays as they wrote it.
///
/// # Errors
/// `Invalid` for a place that says nothing, too much, or nothing that the community knows, `NotFound` out of reach.
#[task]
pub async fn place_all(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    place: &str,
    instead: &str,
) -> Result<usize, Error> {
    let (member, community) = who(asker)?;
    let place = place.trim().to_owned();
    match place.chars().count() {
        0 => return Err(Error::invalid("place", "place-missing")),
        n if n > PLACE_MAX => return Err(Error::invalid("place", "place-too-long")),
        _ => {}
    }
    let looked = look(house, asker, sheet).await?;
    known(house, asker, &place)?;
    let meant = looked.rows.iter().filter(|row| match instead {
        "" => row.is_nowhere(),
        before => row.report.is_none() && row.row.place == before,
    });
    let meant: Vec<(i64, i64)> = meant.map(|row| (row.n, row.version)).collect();
    let (scope, now) = (asker.scope.clone(), asker.now);
    let asker = asker.clone();
    let placed = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        let mut placed = 0;
        for (n, seen) in meant {
            let kept = match unit.sheet_row(sheet, n).await {
                Ok(kept) if kept.version == seen => kept,
                Ok(_) | Err(store::Error::NotFound(_)) => continue,
                Err(other) => return Err(other.into()),
            };
            let row = NewRow {
                place: place.clone(),
                ..kept.row
            };
            unit.change_sheet_row(sheet, n, seen, &row, member, now)
                .await?;
            placed += 1;
        }
        let rows = import::count(placed);
        unit.note(note(&asker, sheet, HouseEvent::SheetKept { rows }));
        Ok::<usize, Error>(placed)
    });
    placed.await
}

/// Whether a place is one of the community: words that name none of its grids would go into every row unseen.
fn known(house: &House, asker: &Asker, place: &str) -> Result<(), Error> {
    let net = house.net();
    let community = asker.community().and_then(|id| net.community_by_id(id));
    let community = community.ok_or(Error::NotFound)?;
    match Places::of(&net, community).find(place, "") {
        Ok(found) if found.is_guess => Err(Error::invalid("place", "place-unknown")),
        Ok(_) => Ok(()),
        Err(code) => Err(Error::invalid("place", code)),
    }
}

/// Forgets a draft.
///
/// # Errors
/// `Stale` if somebody was faster or it was sent, `Invalid` for a row that only whoever wrote it may read, `NotFound` out of reach.
#[task]
pub async fn drop_row(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    (n, seen): (i64, i64),
) -> Result<(), Error> {
    let (_, community) = who(asker)?;
    // whoever a row may speak of does not make it vanish
    own_row(house, asker, sheet, n).await?;
    let note = note(asker, sheet, HouseEvent::SheetKept { rows: 1 });
    let (scope, now) = (asker.scope.clone(), asker.now);
    let dropped = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        unit.drop_sheet_row(sheet, n, seen, now).await?;
        unit.note(note);
        Ok::<(), store::Error>(())
    });
    Ok(dropped.await?)
}

/// Forgets a sheet of which nothing was sent.
///
/// # Errors
/// `Invalid` if rows of it were sent: they belong to cases now; or if some may be read only by whoever wrote them. `NotFound` out of
/// reach.
#[task]
pub async fn drop_sheet(house: &House, asker: &Asker, sheet: Uuid) -> Result<(), Error> {
    let (_, community) = who(asker)?;
    let looked = look(house, asker, sheet).await?;
    if looked.rows.iter().any(|row| row.sealed) {
        return Err(Error::invalid("sheet", "sheet-sealed"));
    }
    let note = note(asker, sheet, HouseEvent::SheetDropped);
    let scope = asker.scope.clone();
    let dropped = house.store.unit(community, async move |unit: &Unit| {
        if unit.sheet_within(&scope, sheet).await?.sent > 0 {
            return Err(Error::invalid("sheet", "sheet-sent"));
        }
        unit.drop_sheet(sheet).await?;
        unit.note(note);
        Ok(())
    });
    dropped.await
}

/// The member and their community.
pub(super) fn who(asker: &Asker) -> Result<(MemberId, rules::ids::CommunityId), Error> {
    asker
        .member()
        .zip(asker.community())
        .ok_or(Error::Forbidden)
}

pub(super) fn note(asker: &Asker, sheet: Uuid, event: HouseEvent) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(sheet),
        event: Event::House(event),
    }
}
