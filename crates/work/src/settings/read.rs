//! The settings that hold, and how they came to be.

use rules::access::Action;
use rules::settings::Settings;
use store::settings::KeptChange;

use crate::{Asker, Error, House, task};

/// What a community has laid down.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    /// How often it was changed; what `If-Match` compares.
    pub version: i64,
    /// Every setting.
    pub settings: Settings,
}

/// The settings of the asker's community.
///
/// # Errors
/// `Forbidden` for roles that change none.
#[task]
pub async fn laid(house: &House, asker: &Asker) -> Result<Laid, Error> {
    asker.allow(Action::ChangeSettings)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let kept = house.store.reader().settings(community).await?;
    Ok(Laid {
        version: kept.version,
        settings: read(&kept.text),
    })
}

/// What changed before a version, or at last, the newest first.
///
/// # Errors
/// As for [`laid`].
#[task]
pub async fn changes(
    house: &House,
    asker: &Asker,
    before: Option<i64>,
    most: u16,
) -> Result<Vec<KeptChange>, Error> {
    asker.allow(Action::ChangeSettings)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    Ok(reader.settings_changes(community, before, most).await?)
}

/// What this version cannot read is the default, as it is for the net that works with it.
pub(super) fn read(text: &str) -> Settings {
    serde_json::from_str(text).unwrap_or_default()
}
