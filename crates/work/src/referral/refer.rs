//! Refers a lead from an open case: place, finding, penalty item in words, photos as evidence. Nothing about a person is
//! asked, and personal numbers in the words become stars before anything is kept.

use std::sync::Arc;

use rules::access::{Action, may};
use rules::case;
use rules::ids::{DepartmentId, Number, ReferralId};
use rules::journal::Event;
use rules::privacy::free_text;
use rules::referral::{self, Referral, Refusal, State, Times};
use store::Unit;
use store::case::AttachmentKind;
use store::journal::Note;
use store::referral::{Kept, Lead, Photo};
use uuid::Uuid;

use super::page::{OfCase, of_case};
use super::said::{Said, unasked};
use super::team::{Team, teams};
use crate::case::Laid;
use crate::net::CommunityNet;
use crate::report::Attached;
use crate::{Asker, Error, Fault, House, task};

/// What whoever refers a lead tells.
#[derive(Debug, Clone, Default)]
pub struct LeadForm {
    /// Where it is; 1 to 200 characters.
    pub place: String,
    /// What was found; 1 to 2,000 characters.
    pub finding: String,
    /// Which penalty item it may fall under; 1 to 200 characters.
    pub item: String,
    /// The team's code; may be left out where only one serves the grid.
    pub team: Option<String>,
    /// Photos of the case that go along.
    pub evidence: Vec<Uuid>,
    /// New photos, cleaned and kept as blobs already.
    pub attached: Vec<Attached>,
    /// Whether it is about how somebody behaved who works here, which is a complaint and no lead, if whoever refers it was asked.
    pub about_worker: Option<bool>,
    /// Whether a name that stands in it has to stand there.
    pub named: bool,
}

impl LeadForm {
    /// Every text that is missing or too long.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (field, text, most) in [
            ("place", &self.place, 200),
            ("finding", &self.finding, 2_000),
            ("item", &self.item, 200),
        ] {
            if text.trim().is_empty() {
                faults.push(Fault::new(field, "field-missing"));
            } else if text.chars().count() > most {
                faults.push(Fault::new(field, "too-long"));
            }
        }
        faults
    }

    fn lead(&self) -> Lead {
        let clean = |text: &str| free_text::redact(text.trim());
        Lead {
            place: clean(&self.place),
            finding: clean(&self.finding),
            item: clean(&self.item),
        }
    }
}

/// Refers a lead from a case within the asker's scope.
///
/// # Errors
/// `Forbidden` for roles that may not, `NotFound` outside the scope, `Invalid` for faulty fields, `Refused` once the case
/// is over, `Referral` while another lead of it is with officers.
#[task]
pub async fn refer(
    house: &House,
    asker: &Asker,
    number: &Number,
    form: LeadForm,
) -> Result<Kept, Error> {
    let (net, case) = case_of(house, asker, number).await?;
    let (team, photos) = judged(house, &net, &case, &form).await?;
    let draft = Draft {
        id: ReferralId(house.clock.id()),
        asker: asker.clone(),
        number: number.clone(),
        lead: form.lead(),
        team,
        photos,
        net: Arc::clone(&net),
    };
    house
        .store
        .unit(net.id, async move |unit: &Unit| draft.keep(unit).await)
        .await
}

/// Lets through whoever could refer a lead of the case now, before they write it.
///
/// # Errors
/// `Forbidden` and `NotFound` as [`refer`], `Refused` once the case is over, `Referral` while another lead of it is with
/// officers.
#[task]
pub async fn referable(house: &House, asker: &Asker, number: &Number) -> Result<(), Error> {
    let (net, case) = case_of(house, asker, number).await?;
    let leads = of_case(house, net.id, case.id).await?;
    let runs = |one: &OfCase| one.kept.referral.state.name().is_open();
    if leads.iter().any(runs) {
        return Err(Refusal::AlreadyReferred.into());
    }
    let (id, laid) = (ReferralId(house.clock.id()), Laid::bare(&net, None));
    case::refer(&case, id, &asker.actor, &laid.terms(), asker.now)?;
    Ok(())
}

/// Everything that is wrong with a lead of a case, for whoever cannot refer it anyhow and wants to hear of all at once.
///
/// # Errors
/// `Forbidden` and `NotFound` as [`refer`].
#[task]
pub async fn faults(
    house: &House,
    asker: &Asker,
    number: &Number,
    form: &LeadForm,
) -> Result<Vec<Fault>, Error> {
    let (net, case) = case_of(house, asker, number).await?;
    match judged(house, &net, &case, form).await {
        Ok(_) => Ok(Vec::new()),
        Err(Error::Invalid(faults)) => Ok(faults),
        Err(other) => Err(other),
    }
}

/// The case within the asker's scope, for roles that may refer.
async fn case_of(
    house: &House,
    asker: &Asker,
    number: &Number,
) -> Result<(Arc<CommunityNet>, case::Case), Error> {
    if !asker.role().is_some_and(|role| may(role, Action::Refer)) {
        return Err(Error::Forbidden);
    }
    let net = house.net();
    let net = Arc::clone(net.community(number.community()).ok_or(Error::NotFound)?);
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    Ok((net, found.case))
}

/// The team and the photos of a lead, or everything that is wrong with it.
async fn judged(
    house: &House,
    net: &CommunityNet,
    case: &case::Case,
    form: &LeadForm,
) -> Result<(DepartmentId, Vec<Photo>), Error> {
    let mut faults = form.faults();
    let team = heard(team(net, case, form.team.as_deref()), &mut faults)?;
    let photos = heard(photos(house, net, case, form).await, &mut faults)?;
    let words = [form.finding.as_str(), form.item.as_str()].join("\n");
    let said = Said {
        words: &words,
        place: &form.place,
        about_worker: form.about_worker,
        named: form.named,
    };
    let at = (case.id, case.grid);
    faults.extend(unasked(house, net, at, house.clock.now(), &said).await?);
    let judged = team.zip(photos).filter(|_| faults.is_empty());
    judged.ok_or(Error::Invalid(faults))
}

fn heard<T>(said: Result<T, Error>, faults: &mut Vec<Fault>) -> Result<Option<T>, Error> {
    match said {
        Ok(said) => Ok(Some(said)),
        Err(Error::Invalid(more)) => {
            faults.extend(more);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// The team that was named, or the only one there is.
fn team(net: &CommunityNet, case: &case::Case, named: Option<&str>) -> Result<DepartmentId, Error> {
    let teams = teams(net, case.grid);
    let found = match named {
        Some(code) => teams.iter().find(|team| team.code == code),
        None => teams.first().filter(|_| teams.len() == 1),
    };
    let code = match (teams.is_empty(), named) {
        (true, _) => "team-none",
        (false, Some(_)) => "team-unknown",
        (false, None) => "field-missing",
    };
    found
        .map(|team| team.id)
        .ok_or_else(|| Error::invalid("team", code))
}

/// The case's own photos that were chosen, and the new ones.
async fn photos(
    house: &House,
    net: &CommunityNet,
    case: &case::Case,
    form: &LeadForm,
) -> Result<Vec<Photo>, Error> {
    let kept = house.store.reader().attachments(net.id, case.id).await?;
    let mut photos = Vec::new();
    for id in &form.evidence {
        let chosen = kept
            .iter()
            .find(|one| one.id == *id && one.kind == AttachmentKind::Photo);
        let chosen = chosen.ok_or_else(|| Error::invalid("evidence", "photo-unknown"))?;
        photos.push((chosen.blob.clone(), chosen.thumbnail.clone()));
    }
    let new = form.attached.iter();
    photos.extend(new.map(|one| (one.blob.clone(), one.thumbnail.clone())));
    let photo = |(blob, thumbnail)| Photo {
        id: house.clock.id(),
        blob,
        thumbnail,
    };
    Ok(photos.into_iter().map(photo).collect())
}

/// Everything decided before the unit, so that the unit only writes.
struct Draft {
    id: ReferralId,
    asker: Asker,
    number: Number,
    lead: Lead,
    team: DepartmentId,
    photos: Vec<Photo>,
    net: Arc<CommunityNet>,
}

impl Draft {
    async fn keep(self, unit: &Unit) -> Result<Kept, Error> {
        let found = unit.case_numbered(&self.asker.scope, &self.number).await?;
        if unit.has_open_referral(found.case.id).await? {
            return Err(Refusal::AlreadyReferred.into());
        }
        let laid = Laid::bare(&self.net, None);
        let (who, now) = (&self.asker.actor, self.asker.now);
        let noted = case::refer(&found.case, self.id, who, &laid.terms(), now)?;
        let kept = self.referral(unit, &found.case).await?;
        let (version, stir) = (found.case.version, self.asker.stir());
        unit.save_case(version, &noted.case, found.department, stir)
            .await?;
        for event in noted.events {
            unit.note(self.note(found.case.id.0, Event::Case(event)));
        }
        unit.keep_referral(&kept).await?;
        for photo in &self.photos {
            unit.keep_referral_photo(self.id, photo, now).await?;
        }
        Ok(kept)
    }

    async fn referral(&self, unit: &Unit, case: &case::Case) -> Result<Kept, Error> {
        let day = self.net.calendar.local(self.asker.now).date();
        let referral = Referral {
            community: self.net.id,
            id: self.id,
            number: unit.next_number(day).await?,
            version: 0,
            case: case.id,
            grid: case.grid,
            team: self.team,
            referrer: self.asker.member().ok_or(Error::Forbidden)?,
            state: State::Referred,
            times: Times {
                referred_at: self.asker.now,
                taken_at: None,
                started_at: None,
                ended_at: None,
                due_at: None,
                due_provisional: false,
                wakes_at: None,
            },
        };
        let (team, now) = (
            Team::of(&self.net, &referral, self.asker.now),
            self.asker.now,
        );
        let decision = referral::refer(referral, &team.terms(&self.net), now)?;
        unit.note(self.note(self.id.0, Event::Referral(decision.deed)));
        Ok(Kept {
            referral: decision.referral,
            lead: self.lead.clone(),
        })
    }

    fn note(&self, subject: Uuid, event: Event) -> Note {
        note(&self.asker, subject, event)
    }
}

/// An entry about a subject, by the asker.
pub(super) fn note(asker: &Asker, subject: Uuid, event: Event) -> Note {
    Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(subject),
        event,
    }
}
