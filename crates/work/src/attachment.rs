//! Photos and sound notes: cleaned at the gate, kept durably as blobs before any unit names them, read back only through
//! a case or a report that the asker may see. A file that nothing names in the end stays where it is: no sweep is called yet.

use bridge::blobs::{BlobKey, Ending};
use bridge::sound;
use bytes::Bytes;
use rules::ids::{CommunityId, Number};
use store::case::{Attachment, AttachmentKind};
use uuid::Uuid;

use crate::case::ends_in;
use crate::report::Attached;
use crate::{Asker, Error, House, task};

/// Cleans a photo and keeps it with its small picture.
///
/// # Errors
/// `Photo` with the reason if it cannot be taken, `Unavailable` if it cannot be kept.
#[task]
pub async fn keep_photo(
    house: &House,
    community: CommunityId,
    sent: Bytes,
) -> Result<Attached, Error> {
    let clean = house.darkroom.clean(sent).await?;
    let blob = house.blobs.put(community, Ending::Jpeg, clean.jpeg).await?;
    let thumbnail = house
        .blobs
        .put(community, Ending::Jpeg, clean.thumbnail)
        .await?;
    Ok(Attached {
        kind: AttachmentKind::Photo,
        blob: blob.to_string(),
        thumbnail: Some(thumbnail.to_string()),
    })
}

/// Checks a sound note, takes out what it says of places, and keeps it.
///
/// # Errors
/// `Sound` with the reason if it cannot be taken, `Unavailable` if it cannot be kept.
#[task]
pub async fn keep_sound(
    house: &House,
    community: CommunityId,
    sent: Bytes,
) -> Result<Attached, Error> {
    let clean = sound::clean(sent)?;
    let blob = house
        .blobs
        .put(community, Ending::Sound(clean.kind), clean.bytes)
        .await?;
    Ok(Attached {
        kind: AttachmentKind::Sound(clean.kind.media_type()),
        blob: blob.to_string(),
        thumbnail: None,
    })
}

/// Looks whether a photo could be taken, and keeps nothing: for whoever is refused anyway and should hear everything at once.
///
/// # Errors
/// As [`keep_photo`].
#[task]
pub async fn check_photo(house: &House, sent: Bytes) -> Result<(), Error> {
    house.darkroom.clean(sent).await?;
    Ok(())
}

/// Looks whether a sound note could be taken, and keeps nothing.
///
/// # Errors
/// As [`keep_sound`].
pub fn check_sound(sent: Bytes) -> Result<(), Error> {
    sound::clean(sent)?;
    Ok(())
}

/// The bytes and media type of an attachment of a case within the asker's scope, or of one that was merged into it.
///
/// # Errors
/// `NotFound` outside the scope, or for an attachment of another case.
#[task]
pub async fn read(
    house: &House,
    asker: &Asker,
    number: &Number,
    id: Uuid,
    small: bool,
) -> Result<(Bytes, &'static str), Error> {
    let net = house.net();
    let community = net.community(number.community()).ok_or(Error::NotFound)?.id;
    let case = house
        .store
        .reader()
        .case_numbered(&asker.scope, community, number)
        .await?
        .case;
    let found = house.store.reader().attachment(community, id).await?;
    let is_its = found.case == case.id || ends_in(house, community, (found.case, case.id)).await?;
    if !is_its {
        return Err(Error::NotFound);
    }
    bytes(house, found, small).await
}

/// The bytes and media type of an attachment, for whoever was let through to it.
///
/// # Errors
/// `NotFound` if it was swept away, `Unavailable` if it cannot be read.
pub(crate) async fn bytes(
    house: &House,
    found: Attachment,
    small: bool,
) -> Result<(Bytes, &'static str), Error> {
    let bytes = blob(house, (found.blob, found.thumbnail), small).await?;
    Ok((bytes, found.kind.media_type()))
}

/// The bytes of something kept, or of what it looks like in small where that is asked and there is such.
///
/// # Errors
/// `NotFound` if it was swept away, `Unavailable` if it cannot be read.
pub(crate) async fn blob(
    house: &House,
    (whole, thumbnail): (String, Option<String>),
    small: bool,
) -> Result<Bytes, Error> {
    let name = thumbnail.filter(|_| small).unwrap_or(whole);
    let key: BlobKey = name.parse().map_err(|_| Error::NotFound)?;
    Ok(house.blobs.get(&key).await?)
}

/// Names a kept file in a form that goes on over several pages: kind, names, and a token that only this house can make.
pub fn ticket(house: &House, attached: &Attached) -> String {
    let thumbnail = attached.thumbnail.as_deref().unwrap_or_default();
    let name = [attached.kind.media_type(), &attached.blob, thumbnail].join(BETWEEN);
    let token = house.keys.receipts().file_token(&name);
    [&name, token.reveal()].join(BETWEEN)
}

/// The small picture of a photo whose ticket was shown: JPEG bytes; none for sound.
///
/// # Errors
/// `NotFound` if it was swept away meanwhile, `Unavailable` if it cannot be read.
#[task]
pub async fn small(house: &House, attached: &Attached) -> Result<Option<Bytes>, Error> {
    let Some(name) = &attached.thumbnail else {
        return Ok(None);
    };
    let key: BlobKey = name.parse().map_err(|_| Error::NotFound)?;
    Ok(Some(house.blobs.get(&key).await?))
}

/// Between the parts of a ticket; in no media type and no name of a blob.
const BETWEEN: &str = "~";

/// The kept file that a ticket names; none if this house did not make it.
pub fn redeem(house: &House, ticket: &str) -> Option<Attached> {
    let (name, token) = ticket.rsplit_once(BETWEEN)?;
    if !house.keys.receipts().file_token(name).matches(token) {
        return None;
    }
    let mut parts = name.split(BETWEEN);
    let (kind, blob, thumbnail) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Attached {
        kind: AttachmentKind::read(kind)?,
        blob: blob.to_owned(),
        thumbnail: Some(thumbnail.to_owned()).filter(|name| !name.is_empty()),
    })
}
