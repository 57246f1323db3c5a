//! What people said on a case later and that lies under seal with a complaint goes back to where it stood, once the complaint is a
//! report again. A remark does not say of which telling it is: as long as another one that may be meant stays a complaint, the words
//! wait under seal with that one, and the last of them brings them back. Where nobody reads the case any more, there is nothing to
//! bring them back to; and what tells how somebody behaved who reads it by now stays out of it. Both stay under seal with the complaint:
//! whoever looks into it reads them, and they go along should it be one after all.

use rules::access::Scope;
use rules::case::Deed;
use rules::complaint::State;
use rules::ids::{CaseId, CommunityId, ComplaintId};
use rules::journal::Event;
use store::case::Trail;
use store::complaint::CaseWords;
use store::journal::Entry;
use store::{Reader, Unit};
use time::OffsetDateTime;

use super::Along;
use super::reader::{Hands, readers_of, speak_of_one};
use super::seal::Lock;
use crate::net::CommunityNet;
use crate::{Error, House};

/// Words on their way back, each with what has to be known before the unit.
pub(super) struct Back {
    id: ComplaintId,
    words: Vec<Sealed>,
    /// Those whose case is not there.
    of_no_case: Vec<CaseWords>,
}

/// What was said on one case.
struct Sealed {
    words: CaseWords,
    case: CaseId,
    /// The version of the case of which this was read.
    version: i64,
    /// What left the case after the complaint did.
    left_since: Vec<ComplaintId>,
}

/// Words with the complaints for which they wait.
pub(super) struct Waiting {
    words: CaseWords,
    case: CaseId,
    beside: Vec<ComplaintId>,
}

impl Back {
    /// Looks what left the cases meanwhile on which the words stood.
    ///
    /// # Errors
    /// `Store`.
    pub async fn of(
        house: &House,
        community: CommunityId,
        id: ComplaintId,
        along: &Along,
    ) -> Result<Self, Error> {
        let reader = house.store.reader();
        let (mut words, mut of_no_case) = (Vec::new(), Vec::new());
        for said in along.said_on_cases() {
            let case = case_of(reader, (community, id), said).await?;
            let Some(version) = version(reader, community, case).await? else {
                of_no_case.push(said.clone());
                continue;
            };
            let entries = reader.journal_of(community, case.0).await?;
            words.push(Sealed {
                words: said.clone(),
                case,
                version,
                left_since: left_since(&entries, id),
            });
        }
        Ok(Self {
            id,
            words,
            of_no_case,
        })
    }

    /// What can go back nowhere.
    pub fn of_no_case(&self) -> Vec<CaseWords> {
        self.of_no_case.clone()
    }

    /// For which complaints each waits. Asked before a case is shown again, as its other tellings leave it then. `is` is the version
    /// of the complaint.
    ///
    /// # Errors
    /// `Stale` if a case has moved on: something else may have left it.
    pub async fn waits(&self, unit: &Unit, is: i64) -> Result<Vec<Waiting>, Error> {
        let mut all = Vec::new();
        for one in &self.words {
            let (case, community) = (one.case, unit.community());
            let scope = Scope::Receipt { community, case };
            if unit.case_within(&scope, case).await?.case.version != one.version {
                return Err(Error::Stale { is });
            }
            let mut beside: Vec<ComplaintId> = one.words.beside().collect();
            beside.extend(&one.left_since);
            beside.push(ComplaintId(case.0));
            beside.extend(unit.complaints_of(case).await?);
            all.push(Waiting {
                beside: still(unit, self.id, beside).await?,
                words: one.words.clone(),
                case,
            });
        }
        Ok(all)
    }
}

impl Waiting {
    /// Puts the words back, or hands them on to the next complaint that they wait for. Gives what does neither, to stay under seal.
    ///
    /// # Errors
    /// `Unavailable` if a seal does not open, `Store`.
    pub async fn put(
        self,
        unit: &Unit,
        lock: &Lock,
        (net, now): (&CommunityNet, OffsetDateTime),
    ) -> Result<Option<CaseWords>, Error> {
        let found = read(unit, self.case).await?;
        if found.is_some() {
            unit.wake_leads(&self.words).await?;
        }
        match (self.beside.first(), found) {
            (Some(next), _) => {
                self.hand_on(unit, lock, *next).await?;
                Ok(None)
            }
            (None, Some(trail)) => {
                let readers = readers_of(net, hands(&trail), now);
                let speaks = |said: &str| speak_of_one(net, &[said.to_owned()], &readers);
                let stays = self.words.handed_on(self.case, &[]).only(speaks);
                let spared = self.words.only(|said| !speaks(said));
                unit.restore_case_words(&spared).await?;
                Ok(Some(stays).filter(|stays| !stays.is_empty()))
            }
            (None, None) => Ok(Some(self.words.on(self.case))),
        }
    }

    async fn hand_on(&self, unit: &Unit, lock: &Lock, next: ComplaintId) -> Result<(), Error> {
        let mut along = Along::open(lock, next, unit.complaint_along(next).await?)?;
        let handed = self.words.handed_on(self.case, &self.beside);
        along.on_cases.push(handed);
        let sealed = along.seal(lock, next)?;
        Ok(unit.keep_complaint_along(next, sealed).await?)
    }
}

/// The case on which words were said. Where nothing tells, they were sealed when a case turned as a whole, which has the id of its
/// complaint.
pub(super) async fn case_of(
    reader: &Reader,
    (community, id): (CommunityId, ComplaintId),
    said: &CaseWords,
) -> Result<CaseId, Error> {
    let kept = reader.case_of_words(community, said).await?;
    Ok(kept.unwrap_or(CaseId(id.0)))
}

async fn version(
    reader: &Reader,
    community: CommunityId,
    case: CaseId,
) -> Result<Option<i64>, Error> {
    let scope = Scope::Receipt { community, case };
    match reader.case_within(&scope, community, case).await {
        Ok(found) => Ok(Some(found.case.version)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// What left a case after a telling had left it. What was said later is sealed with what left then, and what had left before has
/// said none of it.
fn left_since(entries: &[Entry], telling: ComplaintId) -> Vec<ComplaintId> {
    let left = entries.iter().filter_map(|entry| {
        let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
            return None;
        };
        match event.deed {
            Deed::Detached { other } => Some(ComplaintId(other.0)),
            _ => None,
        }
    });
    let since = left.skip_while(|one| *one != telling);
    since.filter(|one| *one != telling).collect()
}

/// Those of them that are complaints still, each once, apart from the one that is a report now.
async fn still(
    unit: &Unit,
    now_a_report: ComplaintId,
    all: Vec<ComplaintId>,
) -> Result<Vec<ComplaintId>, Error> {
    let mut still = Vec::new();
    for one in all {
        if one == now_a_report || still.contains(&one) {
            continue;
        }
        match unit.complaint(one).await {
            Ok(complaint) if !matches!(complaint.state, State::Reported { .. }) => still.push(one),
            Ok(_) | Err(store::Error::NotFound(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(still)
}

/// A case that people who work here read; none that went under seal as a whole.
async fn read(unit: &Unit, case: CaseId) -> Result<Option<Trail>, Error> {
    let scope = Scope::Community(unit.community());
    match unit.case_within(&scope, case).await {
        Ok(found) => Ok(Some(found)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

const fn hands(found: &Trail) -> Hands {
    Hands {
        grid: found.case.grid,
        owner: found.case.owner,
        department: found.department,
    }
}
