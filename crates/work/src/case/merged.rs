//! What was merged 并案 into a case, for whoever works on the one that goes on: what was told there, and what still runs there.
//! Whoever finds the case that goes on is shown it, as it is one problem; the page of a merged case stays within its own reach.

use rules::case::Case;
use rules::ids::Number;
use store::case::Attachment;
use store::report::Report;

use super::chain::{into, taken_up};
use super::together::{survivor, worked_on};
use crate::report::for_others;
use crate::{Asker, Error, House, referral, supervision, task};

/// A case that was merged into another one.
pub struct Merged {
    /// The case.
    pub case: Case,
    /// Whether the asker finds it itself.
    pub opens: bool,
    /// Its tellings, the first one first.
    pub reports: Vec<Report>,
    /// Its photos and sound.
    pub attachments: Vec<Attachment>,
    /// Its leads that went to enforcement officers, the latest first.
    pub referrals: Vec<referral::OfCase>,
    /// What supervision said about it; empty for roles that read no trail.
    pub supervised: supervision::OfCase,
}

/// The cases that were merged into one that the asker sees already, however deep, in the order in which they came.
///
/// # Errors
/// `Store`.
#[task]
pub async fn merged(house: &House, asker: &Asker, case: &Case) -> Result<Vec<Merged>, Error> {
    // whoever took another one up has its tellings
    if case.reports < 2 {
        return Ok(Vec::new());
    }
    let (reader, community) = (house.store.reader(), case.community);
    let mut all = Vec::new();
    for case in taken_up(reader, community, case.id, None).await? {
        let reports = reader.reports_of(community, case.id).await?;
        all.push(Merged {
            opens: is_seen(house, asker, &case).await?,
            reports: reports.into_iter().map(for_others).collect(),
            attachments: reader.attachments(community, case.id).await?,
            referrals: referral::of_case(house, community, case.id).await?,
            supervised: supervision::of_case(house, asker, community, &case).await?,
            case,
        });
    }
    Ok(all)
}

/// The number of the case that goes on where this one was merged, at the end of a chain of merges; none where it was not, or where
/// the asker does not find that one.
///
/// # Errors
/// `Store`.
#[task]
pub async fn merged_into(
    house: &House,
    asker: &Asker,
    case: &Case,
) -> Result<Option<Number>, Error> {
    if into(case).is_none() {
        return Ok(None);
    }
    let goes_on = survivor(house, case).await?;
    let seen = goes_on.id != case.id && is_seen(house, asker, &goes_on).await?;
    Ok(seen.then_some(goes_on.number))
}

/// The number of the case that a telling of this number is worked on with: the one it joined, or the one that goes on where its own
/// was merged; none where the asker does not find that one.
///
/// # Errors
/// `NotFound` where nothing was told under that number, `Store`.
#[task]
pub async fn goes_on_with(
    house: &House,
    asker: &Asker,
    number: &Number,
) -> Result<Option<Number>, Error> {
    let net = house.net();
    let community = net.community(number.community()).ok_or(Error::NotFound)?.id;
    let (_, case) = worked_on(house, community, number).await?;
    let reader = house.store.reader();
    match reader.case_within(&asker.scope, community, case).await {
        Ok(found) => Ok(Some(found.case.number)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn is_seen(house: &House, asker: &Asker, case: &Case) -> Result<bool, Error> {
    let reader = house.store.reader();
    let found = reader.case_within(&asker.scope, case.community, case.id);
    match found.await {
        Ok(_) => Ok(true),
        Err(store::Error::NotFound(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
