//! Chains of merges 并案, followed in one place and as far for everybody: onward to the case that goes on, and back to those that
//! were merged into one. Reads only, and shows nothing to anybody: whether somebody sees a case is asked elsewhere.

use rules::access::Scope;
use rules::case::{Case, Deed, State};
use rules::ids::{CaseId, CommunityId};
use rules::journal::Event;
use store::case::Trail;
use store::{Reader, Unit};

/// How many merges one behind the other are followed.
pub(crate) const DEEPEST: usize = 8;
/// Of how many cases that took up others it is looked which.
const MOST: usize = 64;

/// Where a chain is read: from outside, or by a unit, which sees what it has written itself.
pub(crate) trait Finds {
    /// The case of that id; none for one that became a complaint, which nobody finds.
    fn case_there(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> impl Future<Output = Result<Option<Trail>, store::Error>> + Send;
}

impl Finds for Reader {
    async fn case_there(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Option<Trail>, store::Error> {
        let scope = Scope::Receipt { community, case };
        or_none(self.case_within(&scope, community, case).await)
    }
}

impl Finds for Unit {
    async fn case_there(
        &self,
        community: CommunityId,
        case: CaseId,
    ) -> Result<Option<Trail>, store::Error> {
        let scope = Scope::Receipt { community, case };
        or_none(self.case_within(&scope, case).await)
    }
}

fn or_none(found: Result<Trail, store::Error>) -> Result<Option<Trail>, store::Error> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The case that one was merged into.
pub(crate) const fn into(case: &Case) -> Option<CaseId> {
    match &case.state {
        State::Merged { into, .. } => Some(*into),
        _ => None,
    }
}

/// The cases that one was merged into, one behind the other, the last one at the end; none where it was not merged. A chain ends
/// before a case that became a complaint.
///
/// # Errors
/// What the database says.
pub(crate) async fn onward(by: &impl Finds, case: &Case) -> Result<Vec<Trail>, store::Error> {
    let (mut way, mut next) = (Vec::new(), into(case));
    while let Some(id) = next.filter(|_| way.len() < DEEPEST) {
        let Some(found) = by.case_there(case.community, id).await? else {
            break;
        };
        next = into(&found.case);
        way.push(found);
    }
    Ok(way)
}

/// The cases that are merged into one, however deep, in the order in which they came; with `before`, those that had come before
/// that entry of the journal. One that was taken back meanwhile, became a complaint or was made a report again stands for itself.
///
/// # Errors
/// What the database says.
pub(crate) async fn taken_up(
    reader: &Reader,
    community: CommunityId,
    case: CaseId,
    before: Option<i64>,
) -> Result<Vec<Case>, store::Error> {
    let (mut found, mut looked, mut at) = (Vec::<Case>::new(), vec![case], 0);
    while let Some(case) = looked.get(at).copied().filter(|_| at < MOST) {
        at += 1;
        if at > 1 && !found.iter().any(|one| one.id == case) {
            continue;
        }
        for entry in reader.journal_of(community, case.0).await? {
            if before.is_some_and(|before| entry.seq >= before) {
                continue;
            }
            let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
                continue;
            };
            match event.deed {
                Deed::Attached { other } if !found.iter().any(|one| one.id == other) => {
                    let other = reader
                        .case_there(community, other)
                        .await?
                        .map(|one| one.case);
                    if let Some(other) = other.filter(|one| into(one).is_some()) {
                        // whoever took another one up has its tellings
                        looked.extend(Some(other.id).filter(|_| other.reports > 1));
                        found.push(other);
                    }
                }
                Deed::Detached { other } => found.retain(|one| one.id != other),
                _ => {}
            }
        }
    }
    Ok(found)
}
