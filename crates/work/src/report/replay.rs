//! What a key has made before, whatever community it was told in: for whoever comes again with the same report.

use rules::complaint::{Complaint, State};
use rules::ids::{CommunityId, ComplaintId, Number, ReportId};

use super::{Receipt, RequestKey};
use crate::{Asker, Error, House, complaint, task};

/// What came of a report.
pub enum Made {
    /// A report.
    Report(Receipt),
    /// A complaint: it was told as one.
    Complaint(complaint::Receipt),
}

/// Whether a key has made anything.
///
/// # Errors
/// `Store`.
#[task]
pub async fn made_with(house: &House, key: &str) -> Result<bool, Error> {
    let key = RequestKey::new(key.as_bytes(), &[]);
    for community in communities(house) {
        let used = house.store.reader().used_key(community, key.key()).await?;
        if used.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a key has made with the same body; none for another body.
///
/// # Errors
/// `Store`.
#[task]
pub async fn made_with_same(house: &House, key: RequestKey) -> Result<Option<Made>, Error> {
    let reader = house.store.reader();
    for community in communities(house) {
        let Some(used) = reader.used_key(community, key.key()).await? else {
            continue;
        };
        if used.body != key.body() {
            continue;
        }
        return made(house, community, used.made).await.map(Some);
    }
    Ok(None)
}

/// The number of what this member entered with a key, whatever was said with it; none where the key made nothing here, was
/// somebody else's, or made a complaint, which is its reporter's alone.
///
/// # Errors
/// `Store`.
#[task]
pub async fn entered_with(
    house: &House,
    asker: &Asker,
    community: CommunityId,
    key: &str,
) -> Result<Option<Number>, Error> {
    let key = RequestKey::new(key.as_bytes(), &[]);
    let reader = house.store.reader();
    let Some(used) = reader.used_key(community, key.key()).await? else {
        return Ok(None);
    };
    let report = match reader.report(community, used.made).await {
        Ok(report) => report,
        Err(store::Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let own = report.entered_by.is_some() && report.entered_by == asker.member();
    if !own || reader.is_complaint(community, report.id).await? {
        return Ok(None);
    }
    Ok(Some(report.number))
}

/// The number of what a key made in a community, whatever was said with it: for whoever holds the form whose key it is, and
/// told it themselves.
///
/// # Errors
/// `Store`.
#[task]
pub async fn number_made_with(
    house: &House,
    community: CommunityId,
    key: &str,
) -> Result<Option<Number>, Error> {
    let key = RequestKey::new(key.as_bytes(), &[]);
    let used = house.store.reader().used_key(community, key.key()).await?;
    let Some(used) = used else {
        return Ok(None);
    };
    Ok(Some(match made(house, community, used.made).await? {
        Made::Report(receipt) => receipt.report.number,
        Made::Complaint(receipt) => receipt.complaint.number,
    }))
}

/// What was made under an id. A report may have become a complaint since, and a complaint a report: it is what it was told as.
async fn made(house: &House, community: CommunityId, id: ReportId) -> Result<Made, Error> {
    let reader = house.store.reader();
    let told = reader.complaint(community, ComplaintId(id.0)).await;
    let told = match told {
        Ok(told) => Some(told),
        Err(store::Error::NotFound(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let as_complaint = |told: Complaint| Made::Complaint(complaint::receipt(house, told));
    match (reader.report(community, id).await, told) {
        (Ok(_), Some(told)) if matches!(told.state, State::Reported { .. }) => {
            Ok(as_complaint(told))
        }
        (Ok(report), _) => Receipt::of(house, report).map(Made::Report),
        (Err(store::Error::NotFound(_)), Some(told)) => Ok(as_complaint(told)),
        (Err(error), _) => Err(error.into()),
    }
}

fn communities(house: &House) -> Vec<CommunityId> {
    let net = house.net();
    net.communities().map(|community| community.id).collect()
}
