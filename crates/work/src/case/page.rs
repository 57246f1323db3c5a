//! A case to look at: the case, its tellings, its trail, its words and pictures, and what the one who looks may do now.

use std::collections::HashMap;
use std::sync::Arc;

use rules::access::{Action, Actor, may};
use rules::case::{self, Case, CommandName};
use rules::ids::{CommunityId, DepartmentId, Number};
use rules::journal::Event;
use store::case::{Attachment, KeptResult, Remark, Trail};
use store::report::Report;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// Everything about a case that its page shows.
pub struct CasePage {
    /// Its community.
    pub net: Arc<CommunityNet>,
    /// The case.
    pub case: Case,
    /// The department its task lies with.
    pub department: Option<DepartmentId>,
    /// Its tellings, the first one first.
    pub reports: Vec<Report>,
    /// What happened, in order.
    pub trail: Vec<Happened>,
    /// Results, the latest last.
    pub results: Vec<KeptResult>,
    /// Photos and sound.
    pub attachments: Vec<Attachment>,
    /// What the one who looks may do now.
    pub may: Vec<CommandName>,
}

/// One entry of a case's trail.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When it happened.
    pub at: OffsetDateTime,
    /// Who did it; none for the reporter and the clock.
    pub actor: Option<Uuid>,
    /// In which role.
    pub role: String,
    /// What.
    pub event: case::Event,
    /// The words that went with it.
    pub words: Vec<Remark>,
}

/// The page of a case for somebody who works in the net.
///
/// # Errors
/// `NotFound` outside the scope, `Forbidden` for a role that reads no cases.
pub async fn page(house: &House, asker: &Asker, number: &Number) -> Result<CasePage, Error> {
    let allowed = asker.role().is_some_and(|role| may(role, Action::ReadCase));
    if !allowed {
        return Err(Error::Forbidden);
    }
    let net = Arc::clone(
        house
            .net()
            .community(number.community())
            .ok_or(Error::NotFound)?,
    );
    let trail = house
        .store
        .reader()
        .case_numbered(&asker.scope, net.id, number)
        .await?;
    whole(house, net, trail, &asker.actor, |_| true).await
}

/// What a reporter sees of a case behind a report whose receipt was shown: the same trail, without the words that those
/// who work on it say to each other.
///
/// # Errors
/// `NotFound`.
pub async fn progress(house: &House, asker: &Asker) -> Result<CasePage, Error> {
    let (Actor::Reporter { case }, Some(community)) = (&asker.actor, asker.community()) else {
        return Err(Error::Forbidden);
    };
    let net = Arc::clone(
        house
            .net()
            .community_by_id(community)
            .ok_or(Error::NotFound)?,
    );
    let trail = house
        .store
        .reader()
        .case_within(&asker.scope, community, *case)
        .await?;
    whole(house, net, trail, &asker.actor, |remark| {
        remark.for_reporter
    })
    .await
}

async fn whole(
    house: &House,
    net: Arc<CommunityNet>,
    found: Trail,
    actor: &Actor,
    shown: impl Fn(&Remark) -> bool,
) -> Result<CasePage, Error> {
    let (reader, case) = (house.store.reader(), found.case);
    let remarks = reader
        .remarks(net.id, case.id)
        .await?
        .into_iter()
        .filter(shown)
        .collect();
    Ok(CasePage {
        reports: reader.reports_of(net.id, case.id).await?,
        trail: trail(house, net.id, &case, remarks).await?,
        results: reader.results(net.id, case.id).await?,
        attachments: reader.attachments(net.id, case.id).await?,
        may: case::commands(&case, actor),
        department: found.department,
        case,
        net,
    })
}

/// The trail with the words that went with each step. Words carry the version after their step; each event is a version.
async fn trail(
    house: &House,
    community: CommunityId,
    case: &Case,
    remarks: Vec<Remark>,
) -> Result<Vec<Happened>, Error> {
    let mut words: HashMap<i64, Vec<Remark>> = HashMap::new();
    for remark in remarks {
        words.entry(remark.version).or_default().push(remark);
    }
    let mut trail = Vec::new();
    for entry in house
        .store
        .reader()
        .journal_of(community, case.id.0)
        .await?
    {
        let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
            continue;
        };
        let version = trail.len() as i64 + 1;
        trail.push(Happened {
            at: entry.occurred_at.unwrap_or(entry.at),
            actor: entry.actor,
            role: entry.role,
            event,
            words: words.remove(&version).unwrap_or_default(),
        });
    }
    Ok(trail)
}
