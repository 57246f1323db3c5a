//! The lives of cases as a file tells them, lived in memory: nothing is written here, every step is judged by the rules.

use std::collections::HashMap;
use std::sync::Arc;

use rules::access::Actor;
use rules::case::{self, Case, Command, CommandName, Decision, Telling, transition};
use rules::ids::{AnswerId, CaseId, DepartmentId, Number, ReportId, ResultId};
use rules::journal::Event;
use rules::privacy::Pii;
use rules::privacy::envelope::Dek;
use store::case::{KeptResult, Remark};
use store::journal::Note;
use store::report::{Report, SealedContact};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::Problem;
use super::beside::{self, Beside};
use super::row::{Row, Told, What};
use crate::case::{Kept, Laid, StepForm, addressee, command, department, ends, told_at_once};
use crate::net::CommunityNet;
use crate::report::Contact;
use crate::{Error, House};

/// A case and all that is kept with it.
pub(super) struct Life<C = Option<Contact>> {
    pub case: Case,
    pub department: Option<DepartmentId>,
    pub report: Report,
    pub contact: C,
    pub remarks: Vec<Remark>,
    pub results: Vec<KeptResult>,
    pub beside: Vec<Beside>,
}

impl Life {
    /// The same with the contact under seal, ready to be kept.
    pub fn sealed(self, key: &Dek) -> Result<Life<Option<SealedContact>>, Error> {
        let contact = self.contact.filter(|contact| !contact.is_empty());
        Ok(Life {
            contact: contact
                .map(|contact| contact.seal(key, self.report.id))
                .transpose()?,
            case: self.case,
            department: self.department,
            report: self.report,
            remarks: self.remarks,
            results: self.results,
            beside: self.beside,
        })
    }
}

/// All cases of a file on their way.
pub(super) struct Lives {
    net: Arc<CommunityNet>,
    /// Cases that are in the store already, with their version there.
    known: HashMap<Number, i64>,
    /// How many events the file tells of those.
    told: HashMap<Number, i64>,
    actors: HashMap<String, Actor>,
    pub lives: HashMap<Number, Life>,
    pub notes: Vec<Note>,
    pub problems: Vec<Problem>,
    recorded_at: OffsetDateTime,
}

impl Lives {
    pub async fn new(
        house: &House,
        net: Arc<CommunityNet>,
        known: HashMap<Number, i64>,
    ) -> Result<Self, Error> {
        let mut actors = HashMap::new();
        for code in net.members().filter_map(|member| member.code.as_deref()) {
            if let Ok(asker) = house.asker_of(code).await {
                actors.insert(code.to_owned(), asker.actor);
            }
        }
        Ok(Self {
            net,
            known,
            told: HashMap::new(),
            actors,
            lives: HashMap::new(),
            notes: Vec::new(),
            problems: Vec::new(),
            recorded_at: house.clock.now(),
        })
    }

    pub fn new_cases(&self) -> usize {
        self.lives.len()
    }

    pub fn known_cases(&self) -> usize {
        self.known.len()
    }

    /// Lives one row; what does not fit becomes a problem of that row.
    pub fn live(&mut self, house: &House, row: &Row) {
        if self.known.contains_key(&row.number) {
            *self.told.entry(row.number.clone()).or_default() += 1;
            return;
        }
        let lived = match &row.what {
            What::Told(told) => self.tell(house, row, told),
            What::Step(command, form, photos) => self.step(house, row, *command, form, *photos),
        };
        if let Err(problem) = lived {
            self.problems.push(problem);
        }
    }

    fn actor(&self, row: &Row, case: CaseId) -> Result<Actor, Problem> {
        match row.actor.as_str() {
            "reporter" => Ok(Actor::Reporter { case }),
            "clock" => Ok(Actor::Clock),
            name => self.actors.get(name).cloned().ok_or_else(|| {
                Problem::row(row.line, "actor", "account-unknown").with("value", name)
            }),
        }
    }

    fn tell(&mut self, house: &House, row: &Row, told: &Told) -> Result<(), Problem> {
        if self.lives.contains_key(&row.number) {
            return Err(Problem::row(row.line, "number", "number-twice"));
        }
        let grid = self.net.grid_by_code(&told.grid).cloned();
        let grid = grid.ok_or_else(|| {
            Problem::row(row.line, "grid", "grid-unknown").with("value", &told.grid)
        })?;
        let id = CaseId(house.clock.id());
        let actor = self.actor(row, id)?;
        let telling = Telling {
            community: self.net.id,
            id,
            number: row.number.clone(),
            grid: grid.id,
            grid_version: grid.version,
            place: told.place,
            channel: told.channel,
            category: told
                .category
                .clone()
                .and_then(|code| Some((self.net.catalogue()?.version, code))),
        };
        let net = Arc::clone(&self.net);
        let on_duty = net
            .on_duty(Some(grid.id), told.category.as_ref(), row.at)
            .map(|duty| duty.member);
        let decision = case::receive(telling, &actor, &Laid::bare(&net, on_duty).terms(), row.at);
        let case = self.note(row, &actor, decision);
        let report = report(row, told, &case, &actor);
        let contact = Contact {
            name: told.name.clone().map(Pii::new),
            phone: told.phone.clone().map(Pii::new),
            visit_welcome: told.phone.is_some(),
            ..Contact::default()
        };
        let life = Life {
            case,
            department: None,
            report,
            contact: Some(contact),
            remarks: Vec::new(),
            results: Vec::new(),
            beside: Vec::new(),
        };
        self.lives.insert(row.number.clone(), life);
        Ok(())
    }

    fn step(
        &mut self,
        house: &House,
        row: &Row,
        name: CommandName,
        form: &StepForm,
        photos: u16,
    ) -> Result<(), Problem> {
        let before = self
            .lives
            .get(&row.number)
            .ok_or_else(|| Problem::row(row.line, "number", "case-unknown"))?;
        let (case, actor) = (before.case.clone(), self.actor(row, before.case.id)?);
        let ids = [house.clock.id(), house.clock.id(), house.clock.id()];
        let net = Arc::clone(&self.net);
        let faulty = |error: Error| refused(row, &error);
        let form = &beside::completed(&net, &case, name, form);
        let command = self.command(&case, name, form, photos, ids, row)?;
        let named = form
            .category
            .as_ref()
            .or(case.category.as_ref())
            .map(|category| (category, form.condition.as_ref()));
        let laid = Laid::new(
            &net,
            &case,
            named.filter(|_| matches!(name, CommandName::File | CommandName::Fix)),
            row.at,
        );
        let joined = match &command {
            Command::Merge { into } => Some(into.id),
            _ => None,
        };
        let department = department(&net, &command, before.department);
        let decision = transition(&case, command, &actor, &laid.terms(), row.at)
            .map_err(|refusal| faulty(refusal.into()))?;
        let what = (name, form, ids[2]);
        let who = (actor.member(), row.at);
        let lives = (&case, &decision.case);
        let left = beside::left(&net, lives, &decision.events, what, who).map_err(faulty)?;
        let case = self.note(row, &actor, decision);
        if let Some(life) = self.lives.get_mut(&row.number) {
            life.beside.extend(left);
        }
        if let Some(other) = joined {
            self.join(row, other, &case, &actor, &laid)?;
        }
        self.keep(row, name, form, ids, case, department, &actor);
        Ok(())
    }

    /// The other half of a merge.
    fn join(
        &mut self,
        row: &Row,
        other: CaseId,
        merged: &Case,
        actor: &Actor,
        laid: &Laid<'_>,
    ) -> Result<(), Problem> {
        let number = self
            .lives
            .values()
            .find(|life| life.case.id == other)
            .map(|life| life.case.number.clone());
        let number = number.ok_or_else(|| Problem::row(row.line, "into", "case-unknown"))?;
        let target = self.lives[&number].case.clone();
        let decision = case::attach(&target, merged, actor, &laid.terms(), row.at)
            .map_err(|refusal| refused(row, &refusal.into()))?;
        let case = self.note(row, actor, decision);
        if let Some(life) = self.lives.get_mut(&number) {
            life.case = case;
        }
        Ok(())
    }

    fn command(
        &self,
        case: &Case,
        name: CommandName,
        form: &StepForm,
        photos: u16,
        ids: [Uuid; 3],
        row: &Row,
    ) -> Result<Command, Problem> {
        let target = form
            .into
            .as_ref()
            .and_then(|number| self.lives.get(number))
            .map(|life| case::Target {
                id: life.case.id,
                state: life.case.state.kind(),
            });
        let to = addressee(&self.net, case, form, row.at);
        // A file tells each closing in a row of its own, so a check closes nothing by itself.
        let has_answer = form.answer.is_some()
            || (name != CommandName::Check && form.words.is_some())
            || self
                .lives
                .get(&row.number)
                .is_some_and(|life| name != CommandName::Check && !life.results.is_empty());
        let kept = Kept {
            result: ResultId(ids[2]),
            photos,
            answer: has_answer.then_some(AnswerId(ids[1])),
            item_by: None,
            at: row.at,
        };
        command(&self.net, case, name, form, to, target, kept).map_err(|error| refused(row, &error))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one step, kept together at its end"
    )]
    fn keep(
        &mut self,
        row: &Row,
        name: CommandName,
        form: &StepForm,
        ids: [Uuid; 3],
        case: Case,
        department: Option<DepartmentId>,
        actor: &Actor,
    ) {
        let Some(life) = self.lives.get_mut(&row.number) else {
            return;
        };
        let remark = |id: Uuid, words: &str, for_reporter: bool| Remark {
            id,
            case: case.id,
            version: case.version,
            command: name,
            words: words.to_owned(),
            for_reporter,
            at: row.at,
        };
        let is_result = matches!(name, CommandName::Handle | CommandName::Fix);
        if let (Some(words), true, Some(member)) = (form.text(), is_result, actor.member()) {
            life.results.push(KeptResult {
                id: ResultId(ids[2]),
                case: case.id,
                member,
                note: words.to_owned(),
                at: row.at,
            });
        } else if let Some(words) = form.text() {
            life.remarks.push(remark(ids[0], words, told_at_once(name)));
        }
        if let Some(left) = form.left().filter(|_| name == CommandName::Handle) {
            life.remarks.push(remark(ids[0], left, true));
        }
        let told = form
            .answer
            .clone()
            .or_else(|| life.results.last().map(|result| result.note.clone()));
        if let Some(words) = told.filter(|_| ends(name, form)) {
            life.remarks.push(remark(ids[1], &words, true));
        }
        life.case = case;
        life.department = department;
    }

    /// Remembers a decision's events; gives the case after it.
    fn note(&mut self, row: &Row, actor: &Actor, decision: Decision) -> Case {
        for event in decision.events {
            self.notes.push(Note {
                at: self.recorded_at,
                occurred_at: Some(row.at),
                actor: actor.member(),
                role: actor.role().map_or("clock", |role| role.as_str()),
                subject: Some(decision.case.id.0),
                event: Event::Case(event),
            });
        }
        decision.case
    }
}

fn report(row: &Row, told: &Told, case: &Case, actor: &Actor) -> Report {
    Report {
        id: ReportId(case.id.0),
        number: row.number.clone(),
        case: case.id,
        channel: told.channel,
        words: told.words.clone(),
        place_note: String::new(),
        grid: case.grid,
        category: told.category.as_ref().map(|code| code.as_str().to_owned()),
        place: told.place,
        answer_by: case.times.due_at,
        received_at: row.at,
        entered_by: actor.member(),
    }
}

fn refused(row: &Row, error: &Error) -> Problem {
    let code = match error {
        Error::Refused(refusal) => refusal.code(),
        Error::Invalid(faults) => faults.first().map_or("row-unreadable", |fault| fault.code),
        _ => "row-unreadable",
    };
    Problem::row(row.line, "command", code).with("number", &row.number)
}
