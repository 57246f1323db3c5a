//! Opens a mediation: what kind, where, what the matter is, how to reach the parties, who mediates. The same key with the
//! same words finds the same mediation. A case it was opened from is not changed and does not know.

use std::sync::Arc;

use rules::access::{Action, Actor, may};
use rules::case::{Case, Ladder};
use rules::ids::{CaseId, GridId, MediationId, MemberId, Number, PartyId};
use rules::journal::Event;
use rules::mediation::{self, Mediation, PARTIES_MAX, Part, State, Terms, Times, judges, neutral};
use rules::people::Post;
use rules::privacy::{Pii, apart};
use store::Unit;
use store::mediation::{Party, Words};
use time::OffsetDateTime;
use uuid::Uuid;

use super::seals::Seals;
use super::{reach, reporter};
use crate::case::{survivor, together};
use crate::net::CommunityNet;
use crate::report::{RequestKey, speaks_of_a_worker};
use crate::{Asker, Error, Fault, House, task};

/// One side of the dispute, as told.
#[derive(Clone, Default)]
pub struct PartyForm {
    /// What they are called; 1 to 40 characters.
    pub name: Option<Pii<String>>,
    /// How to reach them.
    pub phone: Option<Pii<String>>,
}

/// What somebody tells who opens a mediation.
#[derive(Clone, Default)]
pub struct OpenForm {
    /// What it is about, from the community's list.
    pub kind: String,
    /// The grid's code; may be left out where a case is named.
    pub grid: Option<String>,
    /// The case it comes from.
    pub case: Option<Number>,
    /// Who mediates, by account name; the asker if left out.
    pub mediator: Option<String>,
    /// Where it is; up to 200 characters.
    pub place: String,
    /// What the matter is; 1 to 2,000 characters.
    pub matter: String,
    /// How many people it concerns; the parties if left out.
    pub people: Option<u16>,
    /// The sides, two to six.
    pub parties: Vec<PartyForm>,
    /// Whether the first side is the reporter of the case: what is left out of it is taken from the sealed contact.
    pub reporter: bool,
    /// Whether it is about how somebody behaved who works here; none if nobody was asked.
    pub about_worker: Option<bool>,
}

/// Opens it.
///
/// # Errors
/// `Forbidden` for roles that may not, `Invalid` with every faulty field, also where a mediation of the case runs already,
/// `NotFound` for a case outside the scope, `KeyReused` if the key came with another body before.
#[task]
pub async fn open(
    house: &House,
    asker: &Asker,
    key: RequestKey,
    form: OpenForm,
) -> Result<Mediation, Error> {
    let allowed = asker
        .role()
        .is_some_and(|role| may(role, Action::OpenMediation));
    if !allowed {
        return Err(Error::Forbidden);
    }
    let community = asker.community().ok_or(Error::NotFound)?;
    let net = Arc::clone(
        house
            .net()
            .community_by_id(community)
            .ok_or(Error::NotFound)?,
    );
    let draft = Arc::new(Draft::new(house, asker, net, form).await?);
    let attempt = || {
        let draft = Arc::clone(&draft);
        async move |unit: &Unit| draft.keep(unit, key).await
    };
    house.unit_once(community, attempt).await
}

/// What is wrong with the words and the parties, all at once.
fn faults(net: &CommunityNet, form: &OpenForm) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !net.settings.mediation.knows(&form.kind) {
        faults.push(Fault::new("kind", "kind-unknown"));
    }
    faults.extend(words_fault("matter", &form.matter, 2_000, true));
    faults.extend(words_fault("place", &form.place, 200, false));
    let fits = (2..=PARTIES_MAX).contains(&form.parties.len());
    if !fits || form.parties.iter().any(|party| party.name.is_none()) {
        faults.push(Fault::new("parties", "parties-few"));
    }
    faults.extend(names_fault(&form.parties));
    for party in &form.parties {
        let name = party.name.as_ref().map(Pii::reveal);
        if name.is_some_and(|name| name.chars().count() > 40) {
            faults.push(Fault::new("parties", "name-too-long"));
        }
        let phone = party.phone.as_ref().map(Pii::reveal);
        if phone.is_some_and(|phone| !is_phone(phone)) {
            faults.push(Fault::new("parties", "phone-malformed"));
        }
    }
    let least = form.parties.len();
    if form
        .people
        .is_some_and(|people| usize::from(people) < least || people > 9_999)
    {
        faults.push(Fault::new("people", "people-outside"));
    }
    faults
}

/// What keeps names from becoming 甲方, 乙方 in the words: one of a single sign stands in many a word, and of two that are the same
/// nobody knows which is meant.
fn names_fault(parties: &[PartyForm]) -> Option<Fault> {
    let names = parties.iter().filter_map(|party| party.name.as_ref());
    let names: Vec<&str> = names.map(|name| name.reveal().trim()).collect();
    let short = |name: &&str| name.chars().count() == 1 && **name != *reporter::SEALED;
    let twice = |(at, name): (usize, &&str)| names[..at].contains(name);
    let code = if names.iter().any(short) {
        "name-one-sign"
    } else if names.iter().enumerate().any(twice) {
        "names-same"
    } else {
        return None;
    };
    Some(Fault::new("parties", code))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && text.len() <= 30
}

/// What is wrong with words about the matter.
pub(super) fn words_fault(
    field: &'static str,
    text: &str,
    most: usize,
    needed: bool,
) -> Option<Fault> {
    if needed && text.trim().is_empty() {
        return Some(Fault::new(field, "field-missing"));
    }
    if text.chars().count() > most {
        return Some(Fault::new(field, "too-long"));
    }
    judges(text).map(|word| Fault::new(field, "words-judging").with("word", word))
}

/// Who is asked to mediate, as an account name. Whoever may not mediate is unknown here; where the grid is known, so is that names
/// and numbers of its residents go to nobody who serves neither it nor one on its line. The code of what is wrong, else.
pub(super) fn mediator(
    net: &CommunityNet,
    named: &str,
    grid: Option<GridId>,
) -> Result<MemberId, &'static str> {
    let member = net.member_by_code(named).ok_or("mediator-unknown")?.id;
    let mut posts = net.posts_of(member);
    if !posts.any(|post| may(post.role, Action::Mediate)) {
        return Err("mediator-unknown");
    }
    match grid {
        Some(grid) if !mediates(net, member, grid) => Err("mediator-elsewhere"),
        _ => Ok(member),
    }
}

/// Whether somebody who may mediate serves the grid or one on its line.
pub fn mediates(net: &CommunityNet, member: MemberId, grid: GridId) -> bool {
    let mut posts = net.posts_of(member);
    posts.any(|post| may(post.role, Action::Mediate) && net.is_on_the_way(post.id, grid))
}

/// Whether somebody, or one they stand in for, serves the grid or one on its line and may open a mediation there.
pub fn opens(net: &CommunityNet, who: &Actor, grid: GridId) -> bool {
    let Actor::Member {
        post, stands_for, ..
    } = who
    else {
        return false;
    };
    let fits =
        |post: &Post| may(post.role, Action::OpenMediation) && net.is_on_the_way(post.id, grid);
    let absent = stands_for.iter().flat_map(|absent| net.posts_of(*absent));
    net.post(*post).into_iter().chain(absent).any(fits)
}

/// What is wrong in the grid it lies in: a strange one, unless the asker sees the case from there; and a matter that may be a
/// complaint about somebody who works here, which is no dispute between residents: they would read it.
fn faults_at(
    net: &CommunityNet,
    asker: &Asker,
    form: &OpenForm,
    (grid, of_case): (GridId, Option<GridId>),
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if of_case != Some(grid) && !opens(net, &asker.actor, grid) {
        faults.push(Fault::new("grid", "grid-not-served"));
    }
    let about = match form.about_worker {
        Some(false) => None,
        Some(true) => Some("about-worker-complaint"),
        None => speaks_of_a_worker(Some((net, grid)), &form.matter, &form.place)
            .then_some("about-worker-unsaid"),
    };
    faults.extend(about.map(|code| Fault::new("about_worker", code)));
    faults
}

/// The grid it lies in: the one named, else that of the case. One of another scheme is nobody's to serve.
fn grid(net: &CommunityNet, code: Option<&str>, at: Option<GridId>) -> Result<GridId, Fault> {
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let fault = |code| Fault::new("grid", code);
    match code {
        None => at.ok_or_else(|| fault("grid-missing")),
        Some(code) => match net.grid_by_code(code) {
            None => Err(fault("grid-unknown")),
            Some(grid) if grid.scheme.is_governance() => Ok(grid.id),
            Some(_) => Err(fault("grid-scheme")),
        },
    }
}

/// Everything decided and sealed before the unit, so that the unit only writes.
struct Draft {
    asker: Asker,
    net: Arc<CommunityNet>,
    id: MediationId,
    kind: String,
    grid: GridId,
    case: Option<CaseId>,
    /// The case with all that are the same problem.
    together: Vec<CaseId>,
    mediator: MemberId,
    people: u16,
    parties: Vec<Party>,
    words: Vec<Words>,
}

impl Draft {
    async fn new(
        house: &House,
        asker: &Asker,
        net: Arc<CommunityNet>,
        mut form: OpenForm,
    ) -> Result<Self, Error> {
        for party in &mut form.parties {
            (party.name, party.phone) = apart(party.name.take(), party.phone.take());
        }
        let from = from_case(house, asker, &net, form.case.as_ref()).await?;
        let at = from.as_ref().map(|case| case.grid);
        let mut wrong = faults(&net, &reporter::presumed(&form));
        let found = grid(&net, form.grid.as_deref(), at);
        match &found {
            Ok(grid) => wrong.extend(faults_at(&net, asker, &form, (*grid, at))),
            Err(fault) => wrong.push(fault.clone()),
        }
        let own = asker.member().ok_or(Error::Forbidden)?;
        let at = found.as_ref().ok().copied();
        let mediator = match &form.mediator {
            Some(name) => mediator(&net, name, at),
            None if at.is_some_and(|grid| !mediates(&net, own, grid)) => Err("mediator-elsewhere"),
            None => Ok(own),
        };
        wrong.extend(mediator.err().map(|code| Fault::new("mediator", code)));
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let mediator = mediator.map_err(|code| Error::invalid("mediator", code))?;
        if form.reporter {
            // last of all: for a form with faults nobody's contact is opened
            reporter::fill(house, asker, &mut form).await?;
            let wrong = faults(&net, &form);
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong));
            }
        }
        let (parties, words) = sealed(house, &net, asker.now, &form).await?;
        let together = match &from {
            Some(case) => together(house, case).await?,
            None => Vec::new(),
        };
        Ok(Self {
            id: MediationId(house.clock.id()),
            asker: asker.clone(),
            grid: found.map_err(|fault| Error::Invalid(vec![fault]))?,
            people: form
                .people
                .unwrap_or_else(|| u16::try_from(form.parties.len()).unwrap_or(u16::MAX)),
            kind: form.kind,
            case: from.map(|case| case.id),
            together,
            mediator,
            parties,
            words,
            net,
        })
    }

    async fn keep(&self, unit: &Unit, key: RequestKey) -> Result<Mediation, Error> {
        let made = rules::ids::ReportId(self.id.0);
        let used = unit
            .keep_key(key.key(), key.body(), made, self.asker.now)
            .await?;
        if let Some(used) = used {
            if used.body != *key.body() {
                return Err(Error::KeyReused);
            }
            let made = MediationId(used.made.0);
            return unit.mediation(made).await?.ok_or(Error::NotFound);
        }
        self.is_first(unit).await?;
        let mediation = self.write_down(unit).await?;
        unit.keep_mediation(&mediation).await?;
        for party in &self.parties {
            unit.keep_party(self.id, party).await?;
        }
        for words in &self.words {
            unit.keep_mediation_words(self.id, words).await?;
        }
        Ok(mediation)
    }

    /// Whether nobody mediates the case already. Which mediation it is hears only whoever reaches it.
    async fn is_first(&self, unit: &Unit) -> Result<(), Error> {
        if self.together.is_empty() {
            return Ok(());
        }
        let before = unit.mediations_of(&self.together).await?;
        let Some(before) = before.iter().find(|one| one.state.name().is_open()) else {
            return Ok(());
        };
        let known = match reach(&self.asker) {
            Ok(scope) => unit
                .mediation_numbered(&scope, &before.number)
                .await
                .is_ok(),
            Err(_) => false,
        };
        let fault = if known {
            Fault::new("case", "mediation-runs").with("number", &before.number)
        } else {
            Fault::new("case", "mediation-runs-elsewhere")
        };
        Err(Error::Invalid(vec![fault]))
    }

    async fn write_down(&self, unit: &Unit) -> Result<Mediation, Error> {
        let local = self.net.calendar.local(self.asker.now);
        let drafted = Mediation {
            community: self.net.id,
            id: self.id,
            number: unit.next_number(local.date()).await?,
            version: 0,
            kind: self.kind.clone(),
            grid: self.grid,
            case: self.case,
            opener: self.asker.member().ok_or(Error::Forbidden)?,
            mediator: self.mediator,
            parties: u8::try_from(self.parties.len()).unwrap_or(u8::MAX),
            people: self.people,
            state: State::Open,
            times: Times {
                opened_at: self.asker.now,
                runs_from: self.asker.now,
                due_at: None,
                extensions: 0,
                overdue_told: false,
                ended_at: None,
                follow_at: None,
                called: false,
                finished_at: None,
            },
        };
        let terms = terms(&self.net, self.asker.now);
        let decided = mediation::open(drafted, &self.asker.actor, &terms, self.asker.now)?;
        unit.note(note(&self.asker, self.id, decided.deed));
        Ok(decided.mediation)
    }
}

/// The case, where one is named and the asker sees it. One that was merged leads to the case that goes on.
async fn from_case(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    number: Option<&Number>,
) -> Result<Option<Case>, Error> {
    let Some(number) = number else {
        return Ok(None);
    };
    if number.community() != net.code {
        return Err(Error::NotFound);
    }
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    survivor(house, &found.case).await.map(Some)
}

async fn sealed(
    house: &House,
    net: &CommunityNet,
    now: OffsetDateTime,
    form: &OpenForm,
) -> Result<(Vec<Party>, Vec<Words>), Error> {
    let seals = Seals::of(house, net.id, now).await?;
    let mut parties = Vec::with_capacity(form.parties.len());
    let mut names = Vec::with_capacity(form.parties.len());
    for (n, party) in form.parties.iter().enumerate() {
        let (id, at) = (
            PartyId(house.clock.id()),
            u8::try_from(n).unwrap_or(u8::MAX),
        );
        parties.push(seals.party(id, at, party.name.as_ref(), party.phone.as_ref())?);
        names.extend(party.name.as_ref().map(|name| (n, name.reveal().as_str())));
    }
    let mut words = Vec::new();
    for (part, text) in [(Part::Matter, &form.matter), (Part::Place, &form.place)] {
        if text.trim().is_empty() {
            continue;
        }
        let id: Uuid = house.clock.id();
        words.push(Words {
            id,
            version: 1,
            part,
            held_on: None,
            words: seals.words(id, &neutral(text, &names))?,
            at: now,
        });
    }
    Ok((parties, words))
}

/// What the rules have to know.
pub(super) fn terms(net: &CommunityNet, now: OffsetDateTime) -> Terms<'_> {
    Terms {
        calendar: &*net.calendar,
        settings: &net.settings.mediation,
        offset: net.calendar.local(now).offset(),
    }
}

/// An entry about a mediation, by the asker.
pub(super) fn note(asker: &Asker, id: MediationId, deed: mediation::Deed) -> store::journal::Note {
    store::journal::Note {
        at: asker.now,
        occurred_at: None,
        actor: match &asker.actor {
            Actor::Member { member, .. } => Some(*member),
            Actor::Reporter { .. } | Actor::Clock => None,
        },
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: Some(id.0),
        event: Event::Mediation(deed),
    }
}
