//! Which files of the office an installation still lacks before it can serve anybody.

use super::Kind;
use crate::{Error, House, net, task};

/// The kinds of files that are still missing, in the order in which they are needed: of every community its grids,
/// catalogue and people, and the holiday notice of the present year.
///
/// # Errors
/// `Store`.
#[task]
pub async fn missing(house: &House) -> Result<Vec<Kind>, Error> {
    let calendar = net::calendar(house.store.reader()).await?;
    let year = calendar.local(house.clock.now()).year();
    let known = house.net();
    let nowhere = known.communities().next().is_none();
    let is_missing = |kind: &Kind| match kind {
        Kind::Calendar => !calendar.is_published(year),
        Kind::Grids => nowhere,
        Kind::Catalogue => nowhere || known.communities().any(|one| one.catalogue().is_none()),
        Kind::People => nowhere || known.communities().any(|one| one.posts().is_empty()),
    };
    Ok(Kind::ALL.into_iter().filter(is_missing).collect())
}
