//! Who sees a complaint. Whoever it speaks of and their line do not, nor does whoever reads complaints and is named in its words,
//! found out or not; so the words are opened before anything of it is shown, and whom they name is kept nowhere.

use std::sync::Arc;

use rules::access::Action;
use rules::complaint::{Complaint, Line, lead_of, readers, sees};
use rules::ids::{CommunityId, ComplaintId, MemberId, Number};
use store::complaint::{CaseWords, Told};
use time::OffsetDateTime;

use super::seal::Lock;
use super::see::said;
use super::{Along, line_of};
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// A complaint that the asker sees.
pub(super) struct Found {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The complaint.
    pub complaint: Complaint,
    /// What was said of it, and of whom.
    pub said: String,
    /// The lead who sees it, too.
    pub lead: Option<MemberId>,
}

/// A complaint in a list.
pub struct Listed {
    /// The complaint.
    pub complaint: Complaint,
    /// Whether its words tell of danger to life, and nobody has answered yet.
    pub urgent: bool,
}

/// Rows that are read at once, and the most that a list of the latest ones has.
const ROWS: u16 = 200;

/// Everybody concerned: whoever it speaks of with their line, and those among the readers of complaints whom the words name.
pub(super) fn concerned(
    net: &CommunityNet,
    complaint: &Complaint,
    said: &str,
    now: OffsetDateTime,
) -> Line {
    let named = readers(net.posts()).filter_map(|id| net.member(id));
    let named = named.map(|member| (member.id, member.name.as_str()));
    let line = line_of(net, complaint, now).with_named(said, named);
    line.with_posts(said, net.posts(), |id| name_of(net, id))
}

/// The same, with those of whom it was said on the case that it was before how they behaved. What colleagues wrote there names many
/// whom nobody accuses.
pub(super) fn concerned_in(
    net: &CommunityNet,
    complaint: &Complaint,
    clear: &Clear,
    now: OffsetDateTime,
) -> Line {
    let named = readers(net.posts()).filter_map(|id| net.member(id));
    let named = named.map(|member| (member.id, member.name.as_str()));
    let named: Vec<_> = named.collect();
    let line = concerned(net, complaint, &clear.told, now);
    clear.later.iter().fold(line, |line, said| {
        let line = line.with_spoken_of(said, named.iter().copied());
        line.with_posts(said, net.posts(), |id| name_of(net, id))
    })
}

fn name_of(net: &CommunityNet, id: MemberId) -> Option<&str> {
    Some(net.member(id)?.name.as_str())
}

/// What was told and what was said later, in clear.
pub(super) struct Clear {
    /// What happened and of whom it speaks.
    pub told: String,
    /// What was said on the case that it was before.
    pub later: Vec<String>,
}

impl Clear {
    /// Opens what a complaint says.
    fn open(
        lock: &Lock,
        id: ComplaintId,
        (words, about): (Vec<u8>, Option<Vec<u8>>),
        along: Option<Vec<u8>>,
    ) -> Result<Self, Error> {
        let along = Along::open(lock, id, along)?;
        let later = along.said_on_cases().flat_map(CaseWords::texts);
        Ok(Self {
            later: later.map(str::to_owned).collect(),
            told: said_of(lock, id, words, about)?,
        })
    }
}

/// What happened and of whom it speaks, in clear and in one.
fn said_of(
    lock: &Lock,
    id: ComplaintId,
    words: Vec<u8>,
    about: Option<Vec<u8>>,
) -> Result<String, Error> {
    let words = said(lock, id, "words", Some(words))?;
    let about = said(lock, id, "about_words", about)?;
    let both: Vec<&str> = [&words, &about]
        .into_iter()
        .flatten()
        .map(|text| text.reveal().as_str())
        .collect();
    Ok(both.join("\n"))
}

/// Every open complaint of a community, the one due first at the top.
async fn open(house: &House, community: CommunityId) -> Result<Vec<Told>, Error> {
    let reader = house.store.reader();
    let mut all: Vec<Told> = Vec::new();
    loop {
        let behind = all.last().map(|told| &told.complaint);
        let more = reader.open_complaints(community, behind, ROWS).await?;
        let is_last = more.len() < usize::from(ROWS);
        all.extend(more);
        if is_last {
            return Ok(all);
        }
    }
}

/// A complaint of a list with what was said; none where its seal does not open: whom it names is not known then, and it hides
/// none of the others.
pub(super) fn opened(lock: &Lock, told: Told) -> Option<(Complaint, Clear)> {
    let complaint = told.complaint;
    match Clear::open(lock, complaint.id, (told.words, told.about), told.along) {
        Ok(clear) => Some((complaint, clear)),
        Err(error) => {
            tracing::error!(id = %complaint.id.0, %error, "a complaint does not open");
            None
        }
    }
}

/// The complaints the asker may see: open ones, the earliest due first, or with `all` the latest ones. What tells of danger to
/// life and waits stands before all others. One whose seal does not open is left out.
///
/// # Errors
/// `Forbidden` for roles that see none, `Unavailable` without the key, `Store`.
#[task]
pub async fn list(house: &House, asker: &Asker, all: bool) -> Result<Vec<Listed>, Error> {
    asker.allow(Action::ReadComplaints)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let found = if all {
        let reader = house.store.reader();
        reader.latest_complaints(community, ROWS).await?
    } else {
        open(house, community).await?
    };
    let lock = Lock::of(house, community).await?;
    let posts = net.posts_in_service();
    let mut listed = Vec::new();
    let found = found.into_iter().filter_map(|told| opened(&lock, told));
    for (complaint, clear) in found {
        let line = concerned_in(net, &complaint, &clear, asker.now);
        if sees(&complaint, &line, &posts, &asker.actor) {
            let urgent = complaint.is_urgent(&clear.told);
            listed.push(Listed { complaint, urgent });
        }
    }
    listed.sort_by_key(|one| !one.urgent);
    Ok(listed)
}

/// One complaint, if the asker may see it; `NotFound` for whoever may not, as for a number that does not exist.
pub(super) async fn found(house: &House, asker: &Asker, number: &Number) -> Result<Found, Error> {
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let complaint = reader.complaint_numbered(net.id, number).await?;
    let seen = seen(house, asker, net, complaint).await?;
    seen.ok_or(Error::NotFound)
}

/// The number of a complaint of the asker's community, if they see it.
///
/// # Errors
/// `Unavailable` if a seal does not open, `Store`.
#[task]
pub(crate) async fn within(
    house: &House,
    asker: &Asker,
    id: ComplaintId,
) -> Result<Option<Number>, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let complaint = match house.store.reader().complaint(community, id).await {
        Ok(complaint) => complaint,
        Err(store::Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let seen = seen(house, asker, net, complaint).await?;
    Ok(seen.map(|found| found.complaint.number))
}

async fn seen(
    house: &House,
    asker: &Asker,
    net: &Arc<CommunityNet>,
    complaint: Complaint,
) -> Result<Option<Found>, Error> {
    if asker.allow(Action::ReadComplaints).is_err() {
        return Ok(None);
    }
    let lock = Lock::of(house, net.id).await?;
    let reader = house.store.reader();
    let sealed = reader.complaint_words(net.id, complaint.id).await?;
    let told = (sealed.words, sealed.about);
    let clear = Clear::open(&lock, complaint.id, told, sealed.along)?;
    let line = concerned_in(net, &complaint, &clear, asker.now);
    let posts = net.posts_in_service();
    let sees = sees(&complaint, &line, &posts, &asker.actor);
    Ok(sees.then(|| Found {
        lead: lead_of(&complaint, &line, &posts),
        net: Arc::clone(net),
        complaint,
        said: clear.told,
    }))
}

/// Whether a complaint is about the asker, or somebody in whose line they are.
///
/// # Errors
/// `Store`.
pub(crate) async fn concerns(
    house: &House,
    asker: &Asker,
    complaint: ComplaintId,
) -> Result<bool, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let complaint = reader.complaint(community, complaint).await?;
    let line = line_of(net, &complaint, asker.now);
    Ok(asker.member().is_none_or(|member| line.holds(member)))
}
