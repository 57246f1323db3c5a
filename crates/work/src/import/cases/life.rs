//! The lives of cases as a file tells them, lived in memory: nothing is written here, every step is judged by the rules.

mod kept;
mod merge;

use std::collections::HashMap;
use std::sync::Arc;

use rules::access::Actor;
use rules::case::{
    self, Case, Command, CommandName, Decision, Moved, Telling, is_open_file, transition,
};
use rules::ids::{AnswerId, CaseId, DepartmentId, Number, ResultId};
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
use super::row::{Line, Row, Told, What};
use super::trails::{Trails, Way};
use crate::case::{Kept, Laid, People, StepForm, addressee, command, department};
use crate::net::CommunityNet;
use crate::report::Contact;
use crate::{Error, House, task};

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
    trails: Trails,
    actors: HashMap<String, Actor>,
    pub lives: HashMap<Number, Life>,
    pub notes: Vec<Note>,
    /// Which of the notes are about a case, in order.
    noted: HashMap<Uuid, Vec<usize>>,
    pub problems: Vec<Problem>,
    recorded_at: OffsetDateTime,
}

impl Lives {
    #[task]
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
            trails: Trails::new(known),
            actors,
            lives: HashMap::new(),
            notes: Vec::new(),
            noted: HashMap::new(),
            problems: Vec::new(),
            recorded_at: house.clock.now(),
        })
    }

    pub fn new_cases(&self) -> usize {
        self.lives.len()
    }

    pub fn known_cases(&self) -> usize {
        self.trails.known()
    }

    /// Lives one line; what does not fit becomes a problem of that line, and its case is not lived any further.
    pub fn live(&mut self, house: &House, line: &Line) {
        match self.trails.way(&self.net, &self.actors, line) {
            Way::Pass => {}
            Way::Wrong(mut faults) => self.problems.append(&mut faults),
            Way::Live => {
                if let Some(row) = &line.row {
                    self.live_row(house, row);
                }
            }
        }
    }

    fn live_row(&mut self, house: &House, row: &Row) {
        let lived = match &row.what {
            What::Told(told) => self.tell(house, row, told),
            What::Step(_, form, _) if self.waits_for(form) => {
                self.trails.stop(&row.number);
                return;
            }
            What::Step(command, form, photos) => self.step(house, row, *command, form, *photos),
        };
        if let Err(problem) = lived {
            self.trails.stop(&row.number);
            if !self.trails.is_lost(&row.number, false) {
                self.problems.push(problem);
            }
        }
    }

    /// Whether a step needs another case that could not be lived to its end: then nothing can be said of it.
    fn waits_for(&mut self, form: &StepForm) -> bool {
        let Some(into) = &form.into else { return false };
        if self.lives.contains_key(into) || self.trails.is_stopped(into) {
            return self.trails.is_stopped(into);
        }
        let lost = self.trails.is_lost(into, true);
        if lost {
            self.trails.stop(into);
        }
        lost
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
        let grid = self.net.grid_by_code(&told.grid).cloned();
        let grid = grid.ok_or_else(|| {
            Problem::row(row.line, "grid", "grid-unknown").with("value", &told.grid)
        })?;
        let known = |code| {
            let catalogue = self.net.catalogue();
            catalogue.is_some_and(|catalogue| catalogue.category(code).is_some())
        };
        if let Some(code) = told.category.as_ref().filter(|code| !known(code)) {
            let unknown = Problem::row(row.line, "category", "category-unknown");
            return Err(unknown.with("value", code.as_str()));
        }
        if row.at > house.clock.now() {
            return Err(Problem::row(row.line, "occurred_at", "moment-ahead"));
        }
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
            .map(|duty| duty.meant);
        let decision = case::receive(telling, &actor, &Laid::bare(&net, on_duty).terms(), row.at);
        let case = self.note(row, &actor, decision);
        let report = kept::report(row, told, &case, &actor);
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
        if row.at > house.clock.now() {
            return Err(Problem::row(row.line, "occurred_at", "moment-ahead"));
        }
        let (case, actor) = (before.case.clone(), self.actor(row, before.case.id)?);
        let was = case.clone();
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
        let laid = laid.moved_by(self.moved(&case, name));
        let laid = laid.done_by(&self.people(&case, name));
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
        if name == CommandName::Reopen {
            self.leave(row, &was, &actor)?;
        }
        self.keep(row, name, form, ids, case, department, &actor);
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

    /// What set and moved the deadline of a case before, where a step may name the category of an open file.
    fn moved(&self, case: &Case, name: CommandName) -> Vec<Moved> {
        if name != CommandName::File || !is_open_file(case) {
            return Vec::new();
        }
        let moments = |(note, event): (&Note, _)| (note.occurred_at.unwrap_or(note.at), event);
        Moved::of(self.trail(case).map(moments))
    }

    /// Who had to do with a case before, where a step may call a leader or is for one to decide.
    fn people(&self, case: &Case, name: CommandName) -> People {
        let rounds = case.counts.unsolved_rounds().saturating_add(1);
        let calls = matches!(name, CommandName::Reopen | CommandName::Visit)
            && rounds >= self.net.settings.case.reopenings_to_leader;
        let decides = matches!(
            name,
            CommandName::Dispatch | CommandName::Void | CommandName::Merge
        ) && case.leader_called.is_some();
        if !calls && !decides {
            return People::default();
        }
        People::of(self.trail(case).map(|(note, event)| (note.actor, event)))
    }

    /// What happened to a case so far, in order.
    fn trail(&self, case: &Case) -> impl Iterator<Item = (&Note, &case::Event)> + Clone {
        let of_it = self.noted.get(&case.id.0).into_iter().flatten();
        let of_it = of_it.filter_map(|at| self.notes.get(*at));
        of_it.filter_map(|note| match &note.event {
            Event::Case(event) => Some((note, event)),
            _ => None,
        })
    }

    /// Remembers a decision's events; gives the case after it.
    fn note(&mut self, row: &Row, actor: &Actor, decision: Decision) -> Case {
        let noted = self.noted.entry(decision.case.id.0).or_default();
        for event in decision.events {
            noted.push(self.notes.len());
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

fn refused(row: &Row, error: &Error) -> Problem {
    let (column, code) = match error {
        Error::Refused(refusal) => ("command", refusal.code()),
        Error::Invalid(faults) => match faults.first() {
            Some(fault) => (column(fault.field), fault.code),
            None => ("command", "row-unreadable"),
        },
        _ => ("command", "row-unreadable"),
    };
    Problem::row(row.line, column, code).with("number", &row.number)
}

/// The column of a file that fills a field of a step's form.
fn column(field: &str) -> &'static str {
    match field {
        "to" => "to",
        "into" => "into",
        "category" => "category",
        "condition" => "condition",
        "until" => "until",
        "rating" => "rating",
        "departments" => "departments",
        "leads" => "leads",
        "parties" => "parties",
        "yes" | "found" => "outcome",
        "redirect" => "reason",
        _ => "command",
    }
}
