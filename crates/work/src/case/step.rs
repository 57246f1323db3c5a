//! Takes one step of a case: finds it within the asker's scope, lets the rules decide, saves it with what belongs to the
//! step and its journal entries. The one way in which a case ever changes, from pages, API and imports alike.

use std::sync::Arc;

use rules::case::{self, Addressee, Case, Command, CommandName, Decision, Extend, Target, Verdict, Words, transition};
use rules::ids::{AnswerId, DepartmentId, Number, ResultId};
use rules::journal::Event;
use store::Unit;
use store::case::{Attachment, KeptResult, Remark, Trail};
use store::journal::Note;
use time::OffsetDateTime;
use uuid::Uuid;

use super::choice::{named, routed};
use super::form::StepForm;
use super::terms::Laid;
use crate::net::CommunityNet;
use crate::{Asker, Error, House};

/// The version somebody saw before deciding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// This one; another is stale.
    Version(i64),
    /// Whatever it is now (imports, the clock).
    Any,
}

/// Takes a step.
///
/// # Errors
/// `Invalid` for faulty fields, `NotFound` outside the scope, `Stale` if the case has moved on, `Refused` with the reason
/// of the rules.
pub async fn step(house: &House, asker: &Asker, number: &Number, expected: Expected, command: CommandName, form: StepForm) -> Result<Trail, Error> {
    form.check(command)?;
    let net = Arc::clone(house.net().community(number.community()).ok_or(Error::NotFound)?);
    let step = Step {
        ids: Ids { remark: house.clock.id(), answer: house.clock.id(), result: house.clock.id() },
        photos: form.attached.iter().map(|_| house.clock.id()).collect(),
        asker: asker.clone(),
        occurred_at: None,
        number: number.clone(),
        expected,
        command,
        form,
        net: Arc::clone(&net),
    };
    house.store.unit(net.id, async move |unit: &Unit| step.take(unit).await).await
}

/// Keys made before the unit, so that the unit only writes.
struct Ids {
    remark: Uuid,
    answer: Uuid,
    result: Uuid,
}

/// One step on its way.
pub(crate) struct Step {
    ids: Ids,
    photos: Vec<Uuid>,
    asker: Asker,
    occurred_at: Option<OffsetDateTime>,
    number: Number,
    expected: Expected,
    command: CommandName,
    form: StepForm,
    net: Arc<CommunityNet>,
}

impl Step {
    /// A step of an imported history: it happened at `occurred_at`, whatever the clock says now.
    pub fn replayed(ids: [Uuid; 3], asker: Asker, occurred_at: OffsetDateTime, number: Number, command: CommandName, form: StepForm, net: Arc<CommunityNet>) -> Self {
        let [remark, answer, result] = ids;
        Self { ids: Ids { remark, answer, result }, photos: Vec::new(), asker, occurred_at: Some(occurred_at), number, expected: Expected::Any, command, form, net }
    }

    /// When it happens.
    fn at(&self) -> OffsetDateTime {
        self.occurred_at.unwrap_or(self.asker.now)
    }

    pub async fn take(self, unit: &Unit) -> Result<Trail, Error> {
        let trail = unit.case_numbered(&self.asker.scope, &self.number).await?;
        if let Expected::Version(seen) = self.expected
            && seen != trail.case.version
        {
            return Err(Error::Stale { is: trail.case.version });
        }
        let command = self.command(unit, &trail.case).await?;
        let department = self.department(&command, &trail);
        let named = match self.command {
            CommandName::File | CommandName::Fix => {
                let category = self.form.category.as_ref().or(trail.case.category.as_ref());
                category.map(|category| (category, self.form.condition.as_ref()))
            }
            _ => None,
        };
        let laid = Laid::new(&self.net, &trail.case, named, self.at());
        let joined = match &command {
            Command::Merge { into } => Some(unit.case_within(&self.asker.scope, into.id).await?),
            _ => None,
        };
        let decision = transition(&trail.case, command, &self.asker.actor, &laid.terms(), self.at())?;
        let before = trail.case.version;
        let case = self.save(unit, before, decision, department).await?;
        if let Some(other) = joined {
            self.join(unit, &other, &case, &laid).await?;
        }
        self.keep_words(unit, &case).await?;
        self.keep_result(unit, &case).await?;
        Ok(Trail { case, department })
    }

    async fn save(&self, unit: &Unit, before: i64, decision: Decision, department: Option<DepartmentId>) -> Result<Case, Error> {
        unit.save_case(before, &decision.case, department).await?;
        for event in decision.events {
            self.note(unit, decision.case.id.0, event);
        }
        Ok(decision.case)
    }

    /// The other half of a merge: the case that goes on takes up the tellings.
    async fn join(&self, unit: &Unit, other: &Trail, merged: &Case, laid: &Laid<'_>) -> Result<(), Error> {
        let decision = case::attach(&other.case, merged, &self.asker.actor, &laid.terms(), self.at())?;
        self.save(unit, other.case.version, decision, other.department).await?;
        Ok(())
    }

    fn note(&self, unit: &Unit, subject: Uuid, event: case::Event) {
        unit.note(Note {
            at: self.asker.now,
            occurred_at: self.occurred_at,
            actor: self.asker.actor.member(),
            role: self.asker.actor.role().map_or("clock", |role| role.as_str()),
            subject: Some(subject),
            event: Event::Case(event),
        });
    }

    /// Words of the step and what the reporter is told. `ids.answer` is what the journal names as the answer.
    async fn keep_words(&self, unit: &Unit, case: &Case) -> Result<(), Error> {
        let keep = async |id: Uuid, words: &str, for_reporter: bool| {
            let remark =
                Remark { id, case: case.id, version: case.version, command: self.command, words: words.to_owned(), for_reporter, at: self.at() };
            unit.keep_remark(&remark).await
        };
        if let Some(words) = self.form.text()
            && !self.has_result()
        {
            keep(self.ids.remark, words, told_at_once(self.command)).await?;
        }
        if self.answers()
            && let Some(told) = self.told(unit, case).await?
        {
            keep(self.ids.answer, &told, true).await?;
        }
        Ok(())
    }

    async fn keep_result(&self, unit: &Unit, case: &Case) -> Result<(), Error> {
        let (Some(words), Some(member), true) = (self.form.text(), self.asker.actor.member(), self.has_result()) else { return Ok(()) };
        let result = ResultId(self.ids.result);
        unit.keep_result(&KeptResult { id: result, case: case.id, member, note: words.to_owned(), at: self.at() }).await?;
        for (id, attached) in self.photos.iter().zip(&self.form.attached) {
            let attachment = Attachment {
                id: *id,
                case: case.id,
                report: None,
                result: Some(result),
                kind: attached.kind,
                blob: attached.blob.clone(),
                thumbnail: attached.thumbnail.clone(),
                at: self.at(),
            };
            unit.keep_attachment(&attachment).await?;
        }
        Ok(())
    }

    /// Whether the words are the record of a result.
    fn has_result(&self) -> bool {
        matches!(self.command, CommandName::Handle | CommandName::Fix)
    }

    /// Whether the reporter is told something final by it.
    fn answers(&self) -> bool {
        match self.command {
            CommandName::Fix | CommandName::Close => true,
            CommandName::Check => self.form.yes == Some(true),
            _ => false,
        }
    }

    /// What the reporter is told: the answer given, else the handler's own note.
    async fn told(&self, unit: &Unit, case: &Case) -> Result<Option<String>, Error> {
        if let Some(told) = self.form.told() {
            return Ok(Some(told.to_owned()));
        }
        Ok(unit.latest_result(case.id).await?.map(|result| result.note))
    }

    fn words(&self) -> Result<Words, Error> {
        Ok(self.form.text().unwrap_or_default().parse::<Words>()?)
    }

    async fn answer(&self, unit: &Unit, case: &Case) -> Result<Option<AnswerId>, Error> {
        Ok(self.told(unit, case).await?.map(|_| AnswerId(self.ids.answer)))
    }

    async fn command(&self, unit: &Unit, case: &Case) -> Result<Command, Error> {
        let form = &self.form;
        let missing = |field| Error::invalid(field, "field-missing");
        let result = ResultId(self.ids.result);
        let photos = u16::try_from(form.attached.len()).unwrap_or(u16::MAX);
        Ok(match self.command {
            CommandName::Verify => Command::Verify { by: self.addressee(case)?.member },
            CommandName::Verified => Command::Verified(form.found.ok_or_else(|| missing("found"))?),
            CommandName::File => {
                let category = form.category.clone().or_else(|| case.category.clone());
                Command::File { condition: self.condition(category.as_ref())?, category }
            }
            CommandName::Redirect => Command::Redirect { reason: form.redirect.ok_or_else(|| missing("redirect"))?, instead: self.words()? },
            CommandName::Merge => Command::Merge { into: self.target(unit).await? },
            CommandName::Fix => {
                let category = form.category.clone().or_else(|| case.category.clone());
                Command::Fix { condition: self.condition(category.as_ref())?, category, result, photos, answer: Some(AnswerId(self.ids.answer)) }
            }
            CommandName::Void => Command::Void { reason: self.words()? },
            CommandName::Dispatch => Command::Dispatch(self.addressee(case)?),
            CommandName::Accept => Command::Accept,
            CommandName::Return => Command::Return { reason: self.words()? },
            CommandName::Escalate => Command::Escalate,
            CommandName::Ask => Command::Ask { question: self.words()? },
            CommandName::Answer => Command::Answer,
            CommandName::Extend => Command::Extend(match form.yes {
                Some(grant) => Extend::Decide { grant },
                None => Extend::Ask { reason: self.words()? },
            }),
            CommandName::HandOver => Command::HandOver { to: self.addressee(case)? },
            CommandName::Suspend => Command::Suspend { until: form.until.ok_or_else(|| missing("until"))?, reason: self.words()? },
            CommandName::Resume => Command::Resume,
            CommandName::Handle => {
                Command::Handle { result, photos, claim: form.claimed.unwrap_or(super::form::Claimed::Solved).into() }
            }
            CommandName::Check => match form.yes {
                Some(true) => Command::Check { verdict: Verdict::Pass, answer: self.answer(unit, case).await? },
                _ => Command::Check { verdict: Verdict::Fail { reason: self.words()? }, answer: None },
            },
            CommandName::Visit => Command::Visit { solved: form.yes.ok_or_else(|| missing("yes"))? },
            CommandName::Close => Command::Close { answer: self.answer(unit, case).await? },
            CommandName::Rate => Command::Rate(form.rating.ok_or_else(|| missing("rating"))?),
            CommandName::Reopen => Command::Reopen { reason: self.words()? },
            CommandName::Withdraw => Command::Withdraw,
        })
    }

    /// The condition named, else the first of the category; an unknown one is a fault.
    fn condition(&self, category: Option<&rules::ids::CategoryCode>) -> Result<Option<rules::ids::ConditionCode>, Error> {
        let Some(category) = category else { return Ok(None) };
        let unknown = |field| Error::invalid(field, "category-unknown");
        let catalogue = self.net.catalogue().ok_or_else(|| unknown("category"))?;
        let found = catalogue.condition(category, self.form.condition.as_ref());
        let field = if catalogue.category(category).is_some() { "condition" } else { "category" };
        Ok(found.ok_or_else(|| unknown(field))?.code)
    }

    /// Whom a task goes to: whoever the form names, else whom the rules of routing suggest.
    fn addressee(&self, case: &Case) -> Result<Addressee, Error> {
        let category = self.form.category.as_ref().or(case.category.as_ref());
        let found = match &self.form.to {
            Some(name) => named(&self.net, name, self.at()),
            None => routed(&self.net, case.grid, category, self.at()),
        };
        found.ok_or_else(|| Error::invalid("to", "addressee-unknown"))
    }

    async fn target(&self, unit: &Unit) -> Result<Target, Error> {
        let number = self.form.into.as_ref().ok_or_else(|| Error::invalid("into", "field-missing"))?;
        let found = unit.case_numbered(&self.asker.scope, number).await;
        let trail = found.map_err(|_| Error::invalid("into", "case-unknown"))?;
        Ok(Target { id: trail.case.id, state: trail.case.state.kind() })
    }

    /// Which department the task lies with after the command.
    fn department(&self, command: &Command, trail: &Trail) -> Option<DepartmentId> {
        match command {
            Command::Dispatch(to) | Command::HandOver { to } => self.net.post(to.post).and_then(|post| post.department),
            Command::Return { .. } | Command::Escalate => None,
            _ => trail.department,
        }
    }
}

/// Words that the reporter reads as they are; others are between those who work on the case.
fn told_at_once(command: CommandName) -> bool {
    matches!(command, CommandName::Redirect | CommandName::Ask | CommandName::Answer | CommandName::Suspend | CommandName::Reopen)
}
