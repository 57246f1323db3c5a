//! A referral to look at, the referrals of a case, and lists of them: within the asker's scope, and for an officer within
//! the area of the post and what those have who are away meanwhile.

use std::sync::Arc;

use bytes::Bytes;
use rules::access::{Action, Scope, may};
use rules::ids::{CaseId, CommunityId, MemberId, Number, ReferralId};
use rules::journal::Event;
use rules::referral::{Absent, CommandName, Deed, Referral, StateName, commands, waits_for};
use store::referral::{Filter, Found, Kept, Photo, Remark};
use time::OffsetDateTime;
use uuid::Uuid;

use super::team::{Team, sight};
use crate::attachment::blob;
use crate::case::CasePage;
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// Everything about a referral that its page shows.
pub struct ReferralPage {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The referral.
    pub kept: Kept,
    /// The number of the case it came from; none where it goes on without that one.
    pub case: Option<Number>,
    /// Whether the case is within the asker's scope.
    pub opens_case: bool,
    /// What happened, in order, with the words of each step.
    pub trail: Vec<Happened>,
    /// Evidence.
    pub photos: Vec<Photo>,
    /// The officers of the team in the area, and whoever fills it up where fewer than two are there.
    pub team: Vec<MemberId>,
    /// Whom it waits for, where two officers cannot be found.
    pub waits_for: Option<Vec<MemberId>>,
    /// Those of the two who have it who are away now, with the officer who goes on for them.
    pub absent: Vec<Absent>,
    /// What the one who looks may do now.
    pub may: Vec<CommandName>,
}

/// One entry of a referral's trail.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The number of the journal's entry.
    pub seq: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who; none for the clock.
    pub actor: Option<MemberId>,
    /// In which role.
    pub role: String,
    /// What.
    pub deed: Deed,
    /// The words that went with it.
    pub words: Vec<String>,
}

/// A referral as the case's page shows it.
pub struct OfCase {
    /// The referral.
    pub kept: Kept,
    /// The words of its last step, if there were any.
    pub words: Option<String>,
}

/// A referral with all that happened to it, as the file of its case shows it.
pub struct Whole {
    /// The referral.
    pub kept: Kept,
    /// What happened, in order, with the words of each step.
    pub trail: Vec<Happened>,
}

fn reader(asker: &Asker) -> Result<(), Error> {
    let allowed = asker
        .role()
        .is_some_and(|role| may(role, Action::ReadReferral));
    if allowed {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// The page of a referral.
///
/// # Errors
/// `Forbidden` for roles that read none, `NotFound` outside scope and sight.
#[task]
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<ReferralPage, Error> {
    reader(asker)?;
    let net = Arc::clone(
        house
            .net()
            .community(number.community())
            .ok_or(Error::NotFound)?,
    );
    let reader = house.store.reader();
    let kept = reader
        .referral_numbered(&asker.scope, &sight(&net, asker), net.id, number)
        .await?;
    let referral = &kept.referral;
    let case = case(house, referral).await?;
    let opens_case = reader
        .case_within(&asker.scope, net.id, referral.case)
        .await
        .is_ok();
    let remarks = reader.referral_remarks(net.id, referral.id).await?;
    let team = Team::of(&net, referral, asker.now);
    let may = commands(referral, &asker.actor, &team.terms(&net));
    let waits_for = waits_for(referral, &team.terms(&net));
    let mut hands = team.terms(&net).at_hand();
    hands.retain(|one| !team.officers.contains(one));
    let two = referral.state.officers();
    let is_one = |member: &MemberId| two.is_some_and(|two| two.are(*member));
    // the other of the two goes on for nobody: they hand it on
    let absent = team.absent.into_iter().filter(|one| is_one(&one.officer));
    let absent = absent.map(|one| Absent {
        stand_in: one.stand_in.filter(|stand_in| !is_one(stand_in)),
        ..one
    });
    Ok(ReferralPage {
        may,
        trail: trail(house, net.id, referral.id.0, &remarks).await?,
        photos: reader.referral_photos(net.id, referral.id).await?,
        case,
        opens_case,
        team: team.officers.into_iter().chain(hands).collect(),
        waits_for,
        absent: absent.collect(),
        kept,
        net,
    })
}

/// The case it came from, wherever that lies; none for one that became a complaint.
async fn case(house: &House, referral: &Referral) -> Result<Option<Number>, Error> {
    let (reader, community) = (house.store.reader(), referral.community);
    let all = Scope::Community(community);
    match reader.case_within(&all, community, referral.case).await {
        Ok(found) => Ok(Some(found.case.number)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Words carry the version after their step; each deed is a version.
async fn trail(
    house: &House,
    community: CommunityId,
    referral: Uuid,
    remarks: &[Remark],
) -> Result<Vec<Happened>, Error> {
    let mut trail = Vec::new();
    for entry in house.store.reader().journal_of(community, referral).await? {
        let Ok(Event::Referral(deed)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        let version = trail.len() as i64 + 1;
        let words = remarks.iter().filter(|remark| remark.version == version);
        trail.push(Happened {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor.map(MemberId),
            role: entry.role,
            deed,
            words: words.map(|remark| remark.words.clone()).collect(),
        });
    }
    Ok(trail)
}

/// The referrals of a case that the asker sees already, the latest first.
///
/// # Errors
/// `Store`.
#[task]
pub async fn of_case(
    house: &House,
    community: CommunityId,
    case: CaseId,
) -> Result<Vec<OfCase>, Error> {
    let reader = house.store.reader();
    let mut found = Vec::new();
    for kept in reader.referrals_of(community, case).await? {
        let remarks = reader.referral_remarks(community, kept.referral.id).await?;
        let words = remarks
            .into_iter()
            .find(|remark| remark.version == kept.referral.version)
            .map(|remark| remark.words);
        found.push(OfCase { kept, words });
    }
    Ok(found)
}

/// The referrals of a case and of those merged into it, each with its trail, for somebody who takes the file of that case.
///
/// # Errors
/// `Store`.
#[task]
pub async fn whole_of_case(house: &House, case: &CasePage) -> Result<Vec<Whole>, Error> {
    let (reader, community) = (house.store.reader(), case.net.id);
    let merged = case.merged.iter().map(|one| one.case.id);
    let mut found = Vec::new();
    for case in std::iter::once(case.case.id).chain(merged) {
        for kept in reader.referrals_of(community, case).await? {
            let id = kept.referral.id;
            let remarks = reader.referral_remarks(community, id).await?;
            let trail = trail(house, community, id.0, &remarks).await?;
            found.push(Whole { kept, trail });
        }
    }
    Ok(found)
}

/// The number of a referral within the asker's sight, for a message about it; none outside.
///
/// # Errors
/// `Store`.
#[task]
pub async fn within(house: &House, asker: &Asker, id: ReferralId) -> Result<Option<Number>, Error> {
    let (Ok(()), Some(community)) = (reader(asker), asker.community()) else {
        return Ok(None);
    };
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let found = reader
        .referral_within(&asker.scope, &sight(net, asker), community, id)
        .await?;
    Ok(found.map(|kept| kept.referral.number))
}

/// To which two officers an entry of a referral's trail handed it on, for a message about it; none for any other entry, and for
/// the first one by which two took it.
///
/// # Errors
/// `Store`.
#[task]
pub async fn handed_on(
    house: &House,
    community: CommunityId,
    id: ReferralId,
    entry: i64,
) -> Result<Option<[MemberId; 2]>, Error> {
    let entries = house.store.reader().journal_of(community, id.0).await?;
    let takings = entries
        .iter()
        .filter_map(|entry| match Event::from_bytes(&entry.event) {
            Ok(Event::Referral(Deed::Taken { first, second, .. })) => {
                Some((entry.seq, [first, second]))
            }
            _ => None,
        });
    let later = takings.skip(1).find(|(seq, _)| *seq == entry);
    Ok(later.map(|(_, two)| two))
}

/// A page of referrals, newest first; for an officer those of the area, and those of whoever is away meanwhile.
///
/// # Errors
/// `Forbidden` for roles that read none.
#[task]
pub async fn list(
    house: &House,
    asker: &Asker,
    states: Vec<StateName>,
    before: Option<Number>,
    limit: u16,
) -> Result<Found, Error> {
    reader(asker)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let (sight, filter) = (sight(net, asker), Filter { states, before });
    let found = house
        .store
        .reader()
        .referrals(&asker.scope, &sight, community, &filter, limit)
        .await;
    Ok(found?)
}

/// The bytes and media type of a photo of a referral.
///
/// # Errors
/// `NotFound` outside scope and sight, or for a photo of another one.
#[task]
pub async fn photo(
    house: &House,
    asker: &Asker,
    number: &Number,
    id: Uuid,
    small: bool,
) -> Result<(Bytes, &'static str), Error> {
    let page = page(house, asker, number).await?;
    let found = page.photos.into_iter().find(|photo| photo.id == id);
    let found = found.ok_or(Error::NotFound)?;
    let bytes = blob(house, (found.blob, found.thumbnail), small).await?;
    Ok((bytes, "image/jpeg"))
}
