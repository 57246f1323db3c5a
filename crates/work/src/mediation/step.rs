//! Takes one step of a mediation: finds it within the asker's reach, lets the rules decide, saves it with its words under
//! seal and its entry in the journal. Names of the parties in the words become 甲方, 乙方 before anything is kept.

use std::sync::Arc;

use rules::ids::{GridId, MediationId, Number};
use rules::mediation::{Command, CommandName, Instead, Kept, Mediation, Part, neutral, transition};
use store::Unit;
use store::mediation::{Paper, Words};
use time::{Date, Duration, OffsetDateTime};

use super::open::{mediator, note, terms, words_fault};
use super::reach;
use super::seals::Seals;
use crate::case::Expected;
use crate::net::CommunityNet;
use crate::report::{Attached, speaks_of_a_worker};
use crate::{Asker, Error, Fault, House, task};

/// The longest agreement, in characters.
const AGREEMENT_MAX: usize = 6_000;

/// What a form or an API body says. What the command needs and is not there is a fault.
#[derive(Debug, Clone, Default)]
pub struct StepForm {
    /// What was said about the matter, the agreement, a reason.
    pub words: Option<String>,
    /// The day of a talk, or of the agreement.
    pub on: Option<Date>,
    /// Whether the agreement is on paper.
    pub written: Option<bool>,
    /// Whether both sides want more time.
    pub consent: bool,
    /// The next mediator, by account name.
    pub to: Option<String>,
    /// Where to go instead.
    pub instead: Option<Instead>,
    /// Whether the agreement is kept.
    pub kept: Option<bool>,
    /// Photos of the signed paper, cleaned and kept as blobs already.
    pub attached: Vec<Attached>,
    /// Whether the words are about how somebody behaved who works here, which is a complaint, if whoever writes them was asked.
    pub about_worker: Option<bool>,
}

impl StepForm {
    /// Everything that is wrong with it: what the command needs and is not there, what is too long, and whom nobody knows.
    pub fn faults(&self, net: &CommunityNet, name: CommandName) -> Vec<Fault> {
        let (no_words, no_instead) = (self.text().is_none(), self.instead.is_none());
        let needs = match name {
            CommandName::Talk => vec![("on", self.on.is_none()), ("words", no_words)],
            CommandName::Draft => vec![("words", no_words)],
            CommandName::Agree => vec![
                ("on", self.on.is_none()),
                ("written", self.written.is_none()),
            ],
            CommandName::Fail => vec![
                ("instead", no_instead),
                ("words", self.instead == Some(Instead::Other) && no_words),
            ],
            CommandName::HandOver => vec![("to", self.to.is_none())],
            CommandName::Follow => vec![
                ("kept", self.kept.is_none()),
                ("instead", self.kept == Some(false) && no_instead),
            ],
            CommandName::Extend | CommandName::Withdraw | CommandName::Resume => Vec::new(),
        };
        let mut faults: Vec<Fault> = Fault::missing(needs).collect();
        let most = if name == CommandName::Draft {
            AGREEMENT_MAX
        } else {
            2_000
        };
        let words = self.words.as_deref().unwrap_or_default();
        faults.extend(words_fault("words", words, most, false));
        if name == CommandName::HandOver
            && let Some(to) = &self.to
            && mediator(net, to, None).is_err()
        {
            faults.push(Fault::new("to", "mediator-unknown"));
        }
        faults
    }

    fn check(&self, net: &CommunityNet, name: CommandName) -> Result<(), Error> {
        Error::check(self.faults(net, name))
    }

    /// Asks about words that sound like a complaint about somebody who works here: leads of the grid read them.
    fn asked(&self, net: &CommunityNet, grid: GridId) -> Result<(), Error> {
        let words = self.text().unwrap_or_default();
        let code = match self.about_worker {
            Some(false) => return Ok(()),
            Some(true) => "about-worker-complaint",
            None if speaks_of_a_worker(Some((net, grid)), words, "") => "about-worker-unsaid",
            None => return Ok(()),
        };
        Err(Error::invalid("about_worker", code))
    }

    fn text(&self) -> Option<&str> {
        let words = self.words.as_deref().map(str::trim);
        words.filter(|words| !words.is_empty())
    }
}

/// Takes a step.
///
/// # Errors
/// `Forbidden` for roles that read no mediation, `Invalid` for faulty fields, `NotFound` outside the reach, `Stale` if it
/// has moved on, `Mediation` with the reason of the rules.
#[task]
pub async fn step(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    name: CommandName,
    form: StepForm,
) -> Result<Mediation, Error> {
    let scope = reach(asker)?;
    let net = house.net();
    let net = Arc::clone(net.community(number.community()).ok_or(Error::NotFound)?);
    let community = net.id;
    let reader = house.store.reader();
    let found = reader.mediation_numbered(&scope, community, number).await?;
    form.check(&net, name)?;
    if expected.is(found.version).is_ok() {
        form.asked(&net, found.grid)?;
    }
    let step = Step {
        command: command(&net, name, &form, found.grid)?,
        words: sealed(house, asker, &found, name, &form).await?,
        papers: papers(house, name, &form),
        asker: asker.clone(),
        expected,
        net,
    };
    let number = number.clone();
    house
        .store
        .unit(community, async move |unit: &Unit| {
            let found = unit.mediation_numbered(&scope, &number).await?;
            step.take(unit, found).await
        })
        .await
}

/// Whether a step comes in time, whatever it says: to be told before what is wrong with its fields.
///
/// # Errors
/// `Forbidden` for roles that read no mediation, `NotFound` outside the reach, `Stale` if it has moved on.
#[task]
pub async fn in_time(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
) -> Result<(), Error> {
    let scope = reach(asker)?;
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let found = reader.mediation_numbered(&scope, net.id, number).await?;
    expected.is(found.version)
}

fn command(
    net: &CommunityNet,
    name: CommandName,
    form: &StepForm,
    grid: GridId,
) -> Result<Command, Error> {
    let missing = |field| Error::invalid(field, "field-missing");
    let on = || form.on.ok_or_else(|| missing("on"));
    let instead = || form.instead.ok_or_else(|| missing("instead"));
    Ok(match name {
        CommandName::Talk => Command::Talk { on: on()? },
        CommandName::Draft => Command::Draft,
        CommandName::Agree => Command::Agree {
            on: on()?,
            written: form.written.ok_or_else(|| missing("written"))?,
        },
        CommandName::Fail => Command::Fail {
            instead: instead()?,
        },
        CommandName::Extend => Command::Extend {
            consent: form.consent,
        },
        CommandName::HandOver => Command::HandOver {
            to: mediator(net, form.to.as_deref().unwrap_or_default(), Some(grid))
                .map_err(|code| Error::invalid("to", code))?,
        },
        CommandName::Withdraw => Command::Withdraw,
        CommandName::Follow => Command::Follow {
            kept: match form.kept {
                Some(true) => Kept::Yes,
                _ => Kept::No {
                    instead: instead()?,
                },
            },
        },
        CommandName::Resume => Command::Resume,
    })
}

/// The words of the step under seal, with the version still to come.
async fn sealed(
    house: &House,
    asker: &Asker,
    found: &Mediation,
    name: CommandName,
    form: &StepForm,
) -> Result<Option<Words>, Error> {
    let Some(text) = form.text() else {
        return Ok(None);
    };
    let seals = Seals::of(house, found.community, asker.now).await?;
    let text = without_names(house, &seals, found, text).await?;
    let id = house.clock.id();
    Ok(Some(Words {
        id,
        version: 0,
        part: match name {
            CommandName::Talk => Part::Talk,
            CommandName::Draft => Part::Agreement,
            _ => Part::Note,
        },
        held_on: form.on.filter(|_| name == CommandName::Talk),
        words: seals.words(id, &text)?,
        at: asker.now,
    }))
}

/// What was written, as it is kept: names of the parties are 甲方, 乙方.
async fn without_names(
    house: &House,
    seals: &Seals,
    found: &Mediation,
    text: &str,
) -> Result<String, Error> {
    let reader = house.store.reader();
    let mut names = Vec::new();
    for party in reader.parties(found.community, found.id).await? {
        let contact = seals.contact(party)?;
        let n = usize::from(contact.n);
        names.extend(contact.name.map(|name| (n, name.into_inner())));
    }
    let names: Vec<(usize, &str)> = names.iter().map(|(n, name)| (*n, name.as_str())).collect();
    Ok(neutral(text, &names))
}

/// The words of a form as they would be kept with a step of this mediation, to be compared with what is kept; nothing is written.
///
/// # Errors
/// `Unavailable` if a seal does not open, `Store`.
#[task]
pub async fn as_kept(
    house: &House,
    asker: &Asker,
    found: &Mediation,
    form: &StepForm,
) -> Result<Option<String>, Error> {
    let Some(text) = form.text() else {
        return Ok(None);
    };
    let seals = Seals::of(house, found.community, asker.now).await?;
    let kept = without_names(house, &seals, found, text).await?;
    Ok(Some(kept))
}

fn papers(house: &House, name: CommandName, form: &StepForm) -> Vec<Paper> {
    let attached = form.attached.iter().filter(|_| name == CommandName::Agree);
    attached
        .map(|one| Paper {
            id: house.clock.id(),
            blob: one.blob.clone(),
            thumbnail: one.thumbnail.clone(),
        })
        .collect()
}

struct Step {
    command: Command,
    words: Option<Words>,
    papers: Vec<Paper>,
    asker: Asker,
    expected: Expected,
    net: Arc<CommunityNet>,
}

impl Step {
    async fn take(self, unit: &Unit, found: Mediation) -> Result<Mediation, Error> {
        if let Expected::Version(seen) = self.expected
            && seen != found.version
        {
            return Err(Error::Stale { is: found.version });
        }
        let (who, now) = (&self.asker.actor, self.asker.now);
        let decided = transition(&found, self.command, who, &terms(&self.net, now), now)?;
        let next = decided.mediation;
        unit.save_mediation(found.version, &next, erase_at(&self.net, &next))
            .await?;
        unit.note(note(&self.asker, next.id, decided.deed));
        self.keep(unit, next.id, next.version).await?;
        Ok(next)
    }

    async fn keep(self, unit: &Unit, id: MediationId, version: i64) -> Result<(), Error> {
        if let Some(words) = self.words {
            unit.keep_mediation_words(id, &Words { version, ..words })
                .await?;
        }
        for paper in &self.papers {
            unit.keep_mediation_paper(id, paper, self.asker.now).await?;
        }
        Ok(())
    }
}

/// When the contacts of one that is over are erased.
fn erase_at(net: &CommunityNet, mediation: &Mediation) -> Option<OffsetDateTime> {
    let days = i64::from(net.settings.mediation.contact_days);
    mediation
        .times
        .finished_at
        .map(|at| at + Duration::days(days))
}
