//! A row that speaks of somebody who works here, as whoever wrote it reads it and whatever the house found in it, leaves the sheet as a complaint, in one unit: it is never both, and never neither.

use rules::ids::{ComplaintId, MemberId};
use rules::journal::HouseEvent;
use rules::privacy::Pii;
use store::Unit;
use uuid::Uuid;

use super::check::Checked;
use super::keep::{note, who};
use super::look::own_row;
use crate::complaint::{self, Along, Receipt, Telling};
use crate::net::CommunityNet;
use crate::report::RequestKey;
use crate::{Asker, Error, House, task};

/// Makes a row a complaint, with the contact that was typed, and takes it off the sheet; the receipt is handed over by whoever
/// wrote the row. Asked again, they find the same receipt.
///
/// # Errors
/// `Invalid` for a row that somebody else wrote, or whose words or contact cannot be kept so;
/// `Stale` if it was changed meanwhile, `NotFound` out of reach.
#[task]
pub async fn complain(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    (n, seen): (i64, i64),
) -> Result<Receipt, Error> {
    let (member, community) = who(asker)?;
    let key = key(sheet, (n, seen), member);
    let row = match own_row(house, asker, sheet, n).await {
        Err(Error::NotFound) => return before(house, asker, sheet, key).await,
        row => row?,
    };
    if row.version != seen {
        return Err(Error::Stale { is: row.version });
    }
    if !row.own {
        return Err(Error::invalid("words", "row-of-another"));
    }
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let telling = Telling::of(house, Some(asker), &told(net, row)?).await?;
    let note = note(asker, sheet, HouseEvent::SheetKept { rows: 1 });
    let (scope, now) = (asker.scope.clone(), asker.now);
    let kept = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        key.is_new(unit, telling.report(), now).await?;
        unit.drop_sheet_row(sheet, n, seen, now).await?;
        unit.note(note);
        telling.keep(unit).await
    });
    Ok(complaint::receipt(house, kept.await?))
}

/// What the key has made before: an answer that was lost is given again.
async fn before(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    key: RequestKey,
) -> Result<Receipt, Error> {
    let (_, community) = who(asker)?;
    let none = rules::ids::ReportId(house.clock.id());
    let (scope, now) = (asker.scope.clone(), asker.now);
    let made = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        let made = key.made_before(unit, none, now).await?;
        let made = made.ok_or(Error::NotFound)?;
        Ok::<_, Error>(unit.complaint(ComplaintId(made.0)).await?)
    });
    Ok(complaint::receipt(house, made.await?))
}

/// The one-time key of a row and whoever wrote it: the receipt is theirs alone. Its bytes are no text, so that no sender can have
/// used it.
fn key(sheet: Uuid, (n, seen): (i64, i64), member: MemberId) -> RequestKey {
    let mut key = vec![0xff];
    key.extend_from_slice(sheet.as_bytes());
    key.extend_from_slice(&n.to_be_bytes());
    key.extend_from_slice(&seen.to_be_bytes());
    key.extend_from_slice(member.0.as_bytes());
    RequestKey::new(&key, b"sheet-row")
}

/// What is told: the words with those on the place, where that is known, else in the community.
fn told(net: &CommunityNet, row: Checked) -> Result<complaint::Form, Error> {
    let grid = row.grid().and_then(|grid| net.grid(grid));
    let grid = grid.or_else(|| net.root()).ok_or(Error::NotFound)?;
    let note = row.place.map_or(row.row.place, |place| place.note);
    let along = Along {
        place_note: note,
        category: row.category,
        ..Along::default()
    };
    Ok(complaint::Form {
        grid: grid.code.to_string(),
        words: Pii::new(along.words(&row.row.words)),
        about: None,
        about_words: None,
        name: row.row.name,
        phone: row.row.phone,
        attached: Vec::new(),
        along,
        held: false,
    })
}
