//! A row that speaks of somebody who works here, as whoever wrote it reads it and whatever the house found in it, leaves the sheet as a complaint, in one unit: it is never both, and never neither.
//! Where whoever wrote it is gone or away, anybody else who keeps the sheet passes it on unread; else it is left to them, who may know
//! that it is no complaint, and hand over the receipt if it is one.

use rules::access::{Action, Role};
use rules::complaint::Complaint;
use rules::ids::{ComplaintId, MemberId};
use rules::journal::HouseEvent;
use rules::privacy::Pii;
use store::Unit;
use uuid::Uuid;

use super::check::Checked;
use super::keep::{note, who};
use super::look::{is_there, own_row, written};
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
    let key = key(TOLD, sheet, (n, seen), member);
    let row = match own_row(house, asker, sheet, n).await {
        Err(Error::NotFound) => {
            let made = before(house, asker, sheet, key).await?;
            return Ok(complaint::receipt(house, made));
        }
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
    let telling = Telling::of(house, Some(asker), &told(net, row, false)?).await?;
    let kept = leaves(house, asker, (sheet, n, seen), (key, telling)).await?;
    Ok(complaint::receipt(house, kept))
}

/// Passes a row on that only whoever wrote it may read, with the contact that was typed, and takes it off the sheet: they may be
/// gone, and the sheet has to be finished. It is held as a complaint until somebody who sees complaints decides whether it is one.
/// Nothing of it is told to whoever passes it on, neither what it says nor what opens it: it may speak of them. Asked again, it is
/// done.
///
/// # Errors
/// `Invalid` for a row that the asker may read, while whoever wrote it is there to go on with it, and where it would come back to the
/// asker; `Stale` if it was changed meanwhile, `NotFound` out of reach.
#[task]
pub async fn pass_on(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    (n, seen): (i64, i64),
) -> Result<(), Error> {
    let (member, community) = who(asker)?;
    let key = key(UNREAD, sheet, (n, seen), member);
    let (row, writer) = match written(house, asker, sheet, n).await {
        Err(Error::NotFound) => return before(house, asker, sheet, key).await.map(drop),
        row => row?,
    };
    if row.version != seen {
        return Err(Error::Stale { is: row.version });
    }
    if writer == member || !row.is_of_a_worker() {
        return Err(Error::invalid("words", "row-unsealed"));
    }
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    if is_there(net, writer, asker.now) {
        return Err(Error::invalid("words", "row-of-another"));
    }
    if comes_back(net, asker) {
        return Err(Error::invalid("words", "row-comes-back"));
    }
    let telling = Telling::unread(house, asker, &told(net, row, true)?).await?;
    leaves(house, asker, (sheet, n, seen), (key, telling)).await?;
    Ok(())
}

/// Whether it would go to whoever passes it on, as no supervisor is left: they may be the one it speaks of. What it says is not
/// asked, since the answer would tell it.
fn comes_back(net: &CommunityNet, asker: &Asker) -> bool {
    let posts = net.posts_in_service();
    let supervised = posts.iter().any(|post| post.role == Role::Supervisor);
    !supervised && asker.allow(Action::ReadComplaints).is_ok()
}

/// Takes a row off its sheet and keeps what it becomes, in one unit.
async fn leaves(
    house: &House,
    asker: &Asker,
    (sheet, n, seen): (Uuid, i64, i64),
    (key, telling): (RequestKey, Telling),
) -> Result<Complaint, Error> {
    let (_, community) = who(asker)?;
    let note = note(asker, sheet, HouseEvent::SheetKept { rows: 1 });
    let (scope, now) = (asker.scope.clone(), asker.now);
    let kept = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        key.is_new(unit, telling.report(), now).await?;
        unit.drop_sheet_row(sheet, n, seen, now).await?;
        unit.note(note);
        telling.keep(unit).await
    });
    kept.await
}

/// What the key has made before: an answer that was lost is given again.
async fn before(
    house: &House,
    asker: &Asker,
    sheet: Uuid,
    key: RequestKey,
) -> Result<Complaint, Error> {
    let (_, community) = who(asker)?;
    let none = rules::ids::ReportId(house.clock.id());
    let (scope, now) = (asker.scope.clone(), asker.now);
    let made = house.store.unit(community, async move |unit: &Unit| {
        unit.sheet_within(&scope, sheet).await?;
        let made = key.made_before(unit, none, now).await?;
        let made = made.ok_or(Error::NotFound)?;
        Ok::<_, Error>(unit.complaint(ComplaintId(made.0)).await?)
    });
    made.await
}

/// The first byte of the keys of rows that whoever wrote them makes complaints: no text begins so, and no sender can have used it.
const TOLD: u8 = 0xff;
/// The same for those that are passed on unread: whoever did that is given no receipt by asking for a complaint afterwards.
const UNREAD: u8 = 0xfe;

/// The one-time key of a row and of whoever takes it off its sheet: a receipt is theirs alone.
fn key(way: u8, sheet: Uuid, (n, seen): (i64, i64), member: MemberId) -> RequestKey {
    let mut key = vec![way];
    key.extend_from_slice(sheet.as_bytes());
    key.extend_from_slice(&n.to_be_bytes());
    key.extend_from_slice(&seen.to_be_bytes());
    key.extend_from_slice(member.0.as_bytes());
    RequestKey::new(&key, b"sheet-row")
}

/// What is told: the words with those on the place, where that is known, else in the community.
fn told(net: &CommunityNet, row: Checked, held: bool) -> Result<complaint::Form, Error> {
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
        held,
    })
}
