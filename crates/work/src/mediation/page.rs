//! A mediation to look at, the mediations of a case, lists of them, and who can be asked to mediate: all within the
//! asker's reach.

use std::sync::Arc;

use bytes::Bytes;
use rules::access::{Action, Scope, may};
use rules::case::{Case, Ladder};
use rules::ids::{CaseId, CommunityId, GridId, MediationId, MemberId, Number};
use rules::journal::Event;
use rules::mediation::{CommandName, Deed, Mediation, Part, StateName, commands_at};
use rules::people::Post;
use rules::privacy::mask;
use store::mediation::{Filter, Found, Paper};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::reach;
use super::seals::Seals;
use crate::attachment::blob;
use crate::case::{survivor, together};
use crate::net::CommunityNet;
use crate::{Asker, Error, House, task};

/// Everything about a mediation that its page shows.
pub struct MediationPage {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The mediation.
    pub mediation: Mediation,
    /// The matter, in words; none once it is erased.
    pub matter: Option<String>,
    /// Where it is, in words.
    pub place: Option<String>,
    /// The agreement as it was written last.
    pub agreement: Option<String>,
    /// What happened, in order, with the words of each step.
    pub trail: Vec<Happened>,
    /// The parties, masked; none once they are erased.
    pub parties: Vec<Masked>,
    /// Photos of the signed paper.
    pub papers: Vec<Paper>,
    /// The case it was opened from, where the asker sees it.
    pub case: Option<Number>,
    /// What the one who looks may do now.
    pub may: Vec<CommandName>,
    /// Whether the one who looks may open the contacts.
    pub may_reveal: bool,
}

/// A party as it stands on the page.
pub struct Masked {
    /// 甲方 is 0.
    pub n: u8,
    /// The masked name.
    pub name: Option<String>,
    /// The masked number.
    pub phone: Option<String>,
}

/// One entry of the trail.
pub struct Happened {
    /// When.
    pub at: OffsetDateTime,
    /// Who; none for the clock.
    pub actor: Option<MemberId>,
    /// In which role.
    pub role: String,
    /// What.
    pub deed: Deed,
    /// The day of a talk.
    pub held_on: Option<Date>,
    /// The words that went with it.
    pub words: Vec<String>,
}

/// Words in clear, with the step they belong to.
struct Said {
    version: i64,
    part: Part,
    held_on: Option<Date>,
    text: String,
}

/// The page of a mediation.
///
/// # Errors
/// `Forbidden` for roles that read none, `NotFound` outside the reach.
#[task]
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<MediationPage, Error> {
    let scope = reach(asker)?;
    let net = house.net();
    let net = Arc::clone(net.community(number.community()).ok_or(Error::NotFound)?);
    let reader = house.store.reader();
    let found = reader.mediation_numbered(&scope, net.id, number).await?;
    let seals = Seals::of(house, net.id, asker.now).await?;
    let said = said(house, &net, &found, &seals).await?;
    let last = |part: Part| said.iter().rfind(|said| said.part == part);
    let text = |part: Part| last(part).map(|said| said.text.clone());
    Ok(MediationPage {
        matter: text(Part::Matter),
        place: text(Part::Place),
        agreement: text(Part::Agreement),
        trail: trail(house, net.id, &found, &said).await?,
        parties: masked(house, &net, &found, &seals).await?,
        papers: reader.mediation_papers(net.id, found.id).await?,
        case: case(house, asker, net.id, found.case).await?,
        may: commands_at(&found, &asker.actor, &net.settings.mediation, asker.now),
        may_reveal: asker.member() == Some(found.mediator) && found.state.name().is_open(),
        mediation: found,
        net,
    })
}

async fn said(
    house: &House,
    net: &CommunityNet,
    found: &Mediation,
    seals: &Seals,
) -> Result<Vec<Said>, Error> {
    let kept = house
        .store
        .reader()
        .mediation_words(net.id, found.id)
        .await?;
    kept.iter()
        .map(|words| {
            Ok(Said {
                version: words.version,
                part: words.part,
                held_on: words.held_on,
                text: seals.read(words)?,
            })
        })
        .collect()
}

/// Each deed is a version; matter, place and agreement stand on the page by themselves.
async fn trail(
    house: &House,
    community: CommunityId,
    found: &Mediation,
    said: &[Said],
) -> Result<Vec<Happened>, Error> {
    let mut trail = Vec::new();
    let reader = house.store.reader();
    for entry in reader.journal_of(community, found.id.0).await? {
        let Ok(Event::Mediation(deed)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        let version = trail.len() as i64 + 1;
        let here = || {
            said.iter().filter(move |said| {
                said.version == version && matches!(said.part, Part::Talk | Part::Note)
            })
        };
        trail.push(Happened {
            at: entry.at,
            actor: entry.actor.map(MemberId),
            role: entry.role,
            deed,
            held_on: here().find_map(|said| said.held_on),
            words: here().map(|said| said.text.clone()).collect(),
        });
    }
    Ok(trail)
}

async fn masked(
    house: &House,
    net: &CommunityNet,
    found: &Mediation,
    seals: &Seals,
) -> Result<Vec<Masked>, Error> {
    let parties = house.store.reader().parties(net.id, found.id).await?;
    let masked = parties.into_iter().map(|party| {
        let contact = seals.contact(party)?;
        Ok(Masked {
            n: contact.n,
            name: contact.name.map(|name| mask::name(name.reveal())),
            phone: contact.phone.map(|phone| mask::phone(phone.reveal())),
        })
    });
    masked.collect()
}

/// The case it is about, where the asker sees it: the one that goes on, if it was merged, else the one it was opened from.
async fn case(
    house: &House,
    asker: &Asker,
    community: CommunityId,
    id: Option<CaseId>,
) -> Result<Option<Number>, Error> {
    let Some(id) = id else { return Ok(None) };
    let reader = house.store.reader();
    let all = Scope::Community(community);
    let from = match reader.case_within(&all, community, id).await {
        Ok(found) => found.case,
        // it became a complaint
        Err(store::Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let goes_on = survivor(house, &from).await?;
    for case in [goes_on.id, id] {
        match reader.case_within(&asker.scope, community, case).await {
            Ok(found) => return Ok(Some(found.case.number)),
            Err(store::Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// The mediations that were opened from a case or one that is the same problem, as far as the asker reaches; none for everybody
/// else.
///
/// # Errors
/// `Store`.
#[task]
pub async fn of_case(house: &House, asker: &Asker, case: &Case) -> Result<Vec<Mediation>, Error> {
    let Ok(scope) = reach(asker) else {
        return Ok(Vec::new());
    };
    let cases = together(house, case).await?;
    let reader = house.store.reader();
    Ok(reader.mediations_of(&scope, case.community, &cases).await?)
}

/// Whether a mediation of a case or one that is the same problem runs, for those who could open one: which it is hears only whoever
/// reaches it.
///
/// # Errors
/// `Store`.
#[task]
pub async fn runs(house: &House, asker: &Asker, case: &Case) -> Result<bool, Error> {
    let opens = |role| may(role, Action::OpenMediation);
    if !asker.role().is_some_and(opens) {
        return Ok(false);
    }
    let all = Scope::Community(case.community);
    let cases = together(house, case).await?;
    let reader = house.store.reader();
    let found = reader.mediations_of(&all, case.community, &cases).await?;
    Ok(found.iter().any(|one| one.state.name().is_open()))
}

/// The number of a mediation within the asker's reach, for a message about it; none outside.
///
/// # Errors
/// `Store`.
#[task]
pub async fn within(
    house: &House,
    asker: &Asker,
    id: MediationId,
) -> Result<Option<Number>, Error> {
    let (Ok(scope), Some(community)) = (reach(asker), asker.community()) else {
        return Ok(None);
    };
    let reader = house.store.reader();
    let found = reader.mediation_within(&scope, community, id).await?;
    Ok(found.map(|mediation| mediation.number))
}

/// A page of mediations, newest first.
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
    let scope = reach(asker)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let filter = Filter { states, before };
    let reader = house.store.reader();
    Ok(reader.mediations(&scope, community, &filter, limit).await?)
}

/// What a receipt may show: to whoever reaches the mediation, and to whoever opened it and handed it on.
///
/// # Errors
/// `Forbidden` for roles that read none, `NotFound` for everybody else.
#[task]
pub async fn receipt(house: &House, asker: &Asker, number: &Number) -> Result<Mediation, Error> {
    let scope = reach(asker)?;
    let net = house.net();
    let community = net.community(number.community()).ok_or(Error::NotFound)?.id;
    let reader = house.store.reader();
    match reader.mediation_numbered(&scope, community, number).await {
        Err(store::Error::NotFound(_)) => {
            let opener = asker.member().ok_or(Error::Forbidden)?;
            let opened = reader.mediation_opened_by(community, opener, number).await;
            Ok(opened?)
        }
        found => Ok(found?),
    }
}

/// Who can be asked to mediate for a grid: whoever serves the place first, then whoever else of its line may, the desk among them.
pub fn mediators(net: &CommunityNet, grid: Option<GridId>) -> (Vec<&Post>, Vec<&Post>) {
    let way: Vec<GridId> = grid
        .map(|grid| net.way(grid).iter().map(|grid| grid.id).collect())
        .unwrap_or_default();
    let fitting = net
        .posts()
        .iter()
        .filter(|post| may(post.role, Action::Mediate))
        .filter(|post| grid.is_none_or(|grid| net.is_on_the_way(post.id, grid)));
    fitting.partition(|post| post.grid.is_some_and(|own| way.contains(&own)))
}

/// The bytes and media type of a photo of the signed paper.
///
/// # Errors
/// `NotFound` outside the reach, or for a paper of another mediation.
#[task]
pub async fn paper(
    house: &House,
    asker: &Asker,
    number: &Number,
    id: Uuid,
    small: bool,
) -> Result<(Bytes, &'static str), Error> {
    let page = page(house, asker, number).await?;
    let found = page.papers.into_iter().find(|paper| paper.id == id);
    let found = found.ok_or(Error::NotFound)?;
    let bytes = blob(house, (found.blob, found.thumbnail), small).await?;
    Ok((bytes, "image/jpeg"))
}

/// Whether the asker mediated one and does no more: another mediator has it. Nothing else is told of one that is out of reach.
///
/// # Errors
/// `Store`.
#[task]
pub async fn was_mediator(house: &House, asker: &Asker, number: &Number) -> Result<bool, Error> {
    let (Some(member), Some(community)) = (asker.member(), asker.community()) else {
        return Ok(false);
    };
    let reader = house.store.reader();
    let all = Scope::Community(community);
    let found = match reader.mediation_numbered(&all, community, number).await {
        Ok(found) if found.mediator != member => found,
        Ok(_) | Err(store::Error::NotFound(_)) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let entries = reader.journal_of(community, found.id.0).await?;
    let was_theirs = entries.iter().any(|entry| {
        let event = Event::from_bytes(&entry.event);
        matches!(
            event,
            Ok(Event::Mediation(Deed::Opened { mediator } | Deed::HandedOver { mediator })) if mediator == member
        )
    });
    Ok(was_theirs)
}
