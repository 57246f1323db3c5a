//! Takes one step of a case: finds it within the asker's scope, lets the rules decide, saves it with what belongs to the
//! step and its journal entries. The one way in which a case changes today; imports live the same rules in memory.

mod leave;
mod part;
mod words;

use std::sync::Arc;

use rules::access::Actor;
use rules::case::{
    self, Case, Command, CommandName, Decision, Moved, Target, is_open_file, transition,
};
use rules::ids::{AnswerId, CaseId, DepartmentId, ItemId, MemberId, Number, ResultId};
use rules::journal::Event;
use store::Unit;
use store::case::{Attachment, KeptResult, Trail};
use store::journal::Note;
use uuid::Uuid;

use self::leave::{Behind, behind};
use super::apart::asked;
use super::beside;
use super::command::{Kept, addressee, command, department, ends, missing};
use super::faults::{ahead, leaves_lane, of_the_department, of_the_task};
use super::form::StepForm;
use super::spare::{Left, words_of};
use super::terms::{Laid, People, moved_before, people};
use super::together::{given_though_far, one_though_far, sides, talked_over_once};
use crate::net::{CommunityNet, Question, Routed};
use crate::routing::why;
use crate::wording::tell;
use crate::{Asker, Error, House, task};

/// The version somebody saw before deciding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// This one; another is stale.
    Version(i64),
    /// Whatever it is now.
    Any,
}

impl Expected {
    pub(crate) fn is(self, version: i64) -> Result<(), Error> {
        match self {
            Self::Version(seen) if seen != version => Err(Error::Stale { is: version }),
            _ => Ok(()),
        }
    }
}

/// Takes a step.
///
/// # Errors
/// `Invalid` for faulty fields, `NotFound` outside the scope, `Stale` if the case has moved on, `Refused` with the reason
/// of the rules.
#[task]
pub async fn step(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    command: CommandName,
    form: StepForm,
) -> Result<Trail, Error> {
    let step = Step::ready(house, asker, number, expected, command, form).await?;
    let community = step.net.id;
    house
        .store
        .unit(community, async move |unit: &Unit| step.take(unit).await)
        .await
}

/// Whether a step comes in time and in order, whatever it says: to be told before what is wrong with its fields.
///
/// # Errors
/// `NotFound` outside the scope, `Stale` if the case has moved on, `Refused` for a step out of order.
#[task]
pub async fn in_order(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    command: CommandName,
) -> Result<(), Error> {
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    let (case, settings) = (found.case, &net.settings.case);
    expected.is(case.version)?;
    case::in_order(&case, command, &asker.actor, settings, asker.now)?;
    Ok(())
}

/// One step on its way; its keys are made before the unit, so that the unit only writes.
pub(super) struct Step {
    remark: Uuid,
    left: Uuid,
    answer: Uuid,
    result: Uuid,
    photos: Vec<Uuid>,
    asker: Asker,
    number: Number,
    expected: Expected,
    name: CommandName,
    form: StepForm,
    net: Arc<CommunityNet>,
    /// Who had to do with it before.
    people: People,
    /// The cases on both sides of a merge.
    sides: Vec<Vec<CaseId>>,
    /// The cases whose words go along where the step brings them before somebody else.
    told_in: Vec<CaseId>,
    /// The cases that a telling leaves whose reporter takes it out of a merge.
    behind: Vec<Behind>,
    /// What set and moved the deadline before, and the version of the case that this was read of.
    moved: Option<(i64, Vec<Moved>)>,
}

impl Step {
    /// Checks a form and reads what has to be known before the unit.
    ///
    /// # Errors
    /// `Invalid` for faulty fields, and for words about somebody who works here as long as nobody said whether they are;
    /// `NotFound` outside the scope.
    pub(super) async fn ready(
        house: &House,
        asker: &Asker,
        number: &Number,
        expected: Expected,
        command: CommandName,
        form: StepForm,
    ) -> Result<Self, Error> {
        form.check(command)?;
        ahead(command, &form, asker.now)?;
        if command == CommandName::Escalate && asker.member().is_some() && form.text().is_none() {
            return Err(Error::invalid("words", "field-missing"));
        }
        let net = Arc::clone(
            house
                .net()
                .community(number.community())
                .ok_or(Error::NotFound)?,
        );
        of_the_department(&net, command, &form)?;
        of_the_task(&net, command, &form)?;
        asked(house, asker, &net, (number, expected), command, &form).await?;
        let form = form.without_numbers(command);
        Ok(Self {
            people: people(house, asker, &net, number, command).await?,
            moved: moved_before(house, asker, &net, number, command).await?,
            told_in: words_of(house, asker, &net, number, command).await?,
            behind: behind(house, asker, &net, number, command).await?,
            sides: sides(house, asker, (command, number), form.into.as_ref()).await?,
            remark: house.clock.id(),
            left: house.clock.id(),
            answer: house.clock.id(),
            result: house.clock.id(),
            photos: form.attached.iter().map(|_| house.clock.id()).collect(),
            asker: asker.clone(),
            number: number.clone(),
            expected,
            name: command,
            form,
            net,
        })
    }

    pub(super) async fn take(self, unit: &Unit) -> Result<Trail, Error> {
        let Trail {
            case: before,
            department: lay_with,
        } = self.found(unit).await?;
        leaves_lane(&self.net, &before, self.name, &self.form, self.asker.now)?;
        if let Some(telling) = self.parting(&before) {
            let joined = Trail {
                case: before,
                department: lay_with,
            };
            return self.part(unit, joined, telling).await;
        }
        let told = self.told(unit, before.id).await?;
        let joined = self.joined(unit).await?;
        let routed = self.routed(unit, &before).await?;
        let item_by = self.item_by(unit, &before).await?;
        let command = self.command(&before, joined.as_ref(), told.is_some(), (routed, item_by))?;
        let department = department(&self.net, &command, lay_with);
        let laid = self.laid(&before);
        let decision = transition(
            &before,
            command,
            &self.asker.actor,
            &laid.terms(),
            self.asker.now,
        )?;
        let cases = [&before, &decision.case];
        self.heeds(unit, cases, [lay_with, department], joined.as_ref())
            .await?;
        beside::keep(unit, &before, &decision, self.asker.now).await?;
        let case = self
            .save(unit, before.version, decision, department)
            .await?;
        if let Some(routed) = routed {
            unit.keep_routing(&why(&self.net, &case, routed)).await?;
        }
        self.keep_beside(unit, &case).await?;
        self.read(unit, case.id).await?;
        if let Some(other) = joined {
            self.join(unit, other, &case, &laid).await?;
        }
        if self.name == CommandName::Reopen {
            self.leave(unit, &before).await?;
        }
        self.keep_words(unit, &case, told).await?;
        self.keep_result(unit, case.id).await?;
        Ok(Trail { case, department })
    }

    /// What the rules cannot tell from the case alone: what lies far apart is given or merged by whoever says so, words go before
    /// nobody whom they speak of, and nothing is mediated twice.
    async fn heeds(
        &self,
        unit: &Unit,
        [before, after]: [&Case; 2],
        departments: [Option<DepartmentId>; 2],
        joined: Option<&Trail>,
    ) -> Result<(), Error> {
        if self.name == CommandName::Dispatch {
            let to = (self.form.to.as_deref(), self.form.far);
            given_though_far(&self.net, before, to, self.asker.now)?;
        }
        if let Some(other) = joined {
            one_though_far(&self.net, (before, &other.case), self.form.far)?;
        }
        let left = Left {
            before,
            after,
            departments,
            joined,
            called: beside::calls(&self.net, self.name, &self.form)?,
        };
        left.spare(unit, &self.net, &self.told_in, self.asker.now)
            .await?;
        talked_over_once(unit, &self.sides).await
    }

    async fn found(&self, unit: &Unit) -> Result<Trail, Error> {
        let trail = unit.case_numbered(&self.asker.scope, &self.number).await?;
        let is = trail.case.version;
        self.expected.is(is)?;
        let read = self.moved.as_ref().map(|(version, _)| *version);
        // what was read before the unit has to be of this case as it is
        if is_open_file(&trail.case) && self.name == CommandName::File && read != Some(is) {
            return Err(Error::Stale { is });
        }
        Ok(trail)
    }

    /// The case to merge into, within the asker's scope.
    async fn joined(&self, unit: &Unit) -> Result<Option<Trail>, Error> {
        match (&self.form.into, self.name) {
            (Some(number), CommandName::Merge) => {
                let found = unit.case_numbered(&self.asker.scope, number).await;
                Ok(Some(
                    found.map_err(|_| Error::invalid("into", "case-unknown"))?,
                ))
            }
            _ => Ok(None),
        }
    }

    /// Whom the rules give the task to, where nobody was named.
    async fn routed(&self, unit: &Unit, case: &Case) -> Result<Option<Routed>, Error> {
        if self.name != CommandName::Dispatch || self.form.to.is_some() {
            return Ok(None);
        }
        let words = if self.net.reads_words() {
            unit.told_words(case.id).await?
        } else {
            String::new()
        };
        Ok(self.net.route(&Question::of(case, &words, self.asker.now)))
    }

    /// Who was to do the thing agreed upon that is settled.
    async fn item_by(&self, unit: &Unit, case: &Case) -> Result<Option<MemberId>, Error> {
        let Some(wanted) = self.form.coordination.item else {
            return Ok(None);
        };
        let items = unit.items_of(case.id).await?;
        let item = items.into_iter().find(|item| item.id == wanted);
        let item = item.ok_or_else(|| Error::invalid("item", "item-unknown"))?;
        Ok(beside::settler(&self.net, &self.asker.actor, &item.by))
    }

    /// Whoever has decided on what they were asked has read that they were.
    async fn read(&self, unit: &Unit, case: CaseId) -> Result<(), Error> {
        let Some(member) = self.asker.member() else {
            return Ok(());
        };
        let kinds: &[&str] = match self.name {
            CommandName::Extend => &["extension_asked"],
            CommandName::Review => &["appealed", "review_second"],
            _ => &[],
        };
        for kind in kinds {
            unit.read_messages_of(member, case, kind, self.asker.now)
                .await?;
        }
        Ok(())
    }

    /// The rows of a calling together.
    async fn keep_beside(&self, unit: &Unit, case: &Case) -> Result<(), Error> {
        let (Some(by), at) = (self.asker.member(), self.asker.now) else {
            return Ok(());
        };
        match self.name {
            CommandName::Coordinate => {
                let parties = beside::parties(&self.net, &self.form)?;
                beside::keep_coordination(unit, case, &self.form, parties, by, at).await
            }
            CommandName::Agree => {
                let doer = beside::doer(&self.net, &self.form)?;
                beside::took_part(unit, &self.net, case, &doer).await?;
                beside::keep_item(unit, case, ItemId(self.result), &self.form, doer).await
            }
            CommandName::Settle => beside::settle_item(unit, &self.form, by, at).await,
            _ => Ok(()),
        }
    }

    fn command(
        &self,
        case: &Case,
        joined: Option<&Trail>,
        told: bool,
        (routed, item_by): (Option<Routed>, Option<MemberId>),
    ) -> Result<Command, Error> {
        let to = match routed {
            Some(routed) => Some(routed.duty.addressee()),
            None => addressee(&self.net, case, &self.form, self.asker.now),
        };
        let target = joined.map(|other| Target {
            id: other.case.id,
            state: other.case.state.kind(),
        });
        let photos = u16::try_from(self.form.attached.len()).unwrap_or(u16::MAX);
        let kept = Kept {
            result: ResultId(self.result),
            photos,
            answer: told.then_some(AnswerId(self.answer)),
            item_by,
            at: self.asker.now,
        };
        command(&self.net, case, self.name, &self.form, to, target, kept)
    }

    fn laid(&self, case: &Case) -> Laid<'_> {
        let named = match self.name {
            CommandName::File | CommandName::Fix => {
                self.form.category.as_ref().or(case.category.as_ref())
            }
            _ => None,
        };
        let laid = Laid::new(
            &self.net,
            case,
            named.map(|category| (category, self.form.condition.as_ref())),
            self.asker.now,
        );
        let moved = self.moved.iter().flat_map(|(_, moved)| moved);
        let laid = laid.moved_by(moved.copied());
        if self.asker.actor == Actor::Clock {
            return laid.unanswered(case, self.asker.now).done_by(&self.people);
        }
        laid.done_by(&self.people)
    }

    async fn save(
        &self,
        unit: &Unit,
        before: i64,
        decision: Decision,
        department: Option<DepartmentId>,
    ) -> Result<Case, Error> {
        unit.save_case(before, &decision.case, department, self.asker.stir())
            .await?;
        self.noted(unit, decision).await
    }

    /// What is told of it outside, and its entries in the journal.
    async fn noted(&self, unit: &Unit, decision: Decision) -> Result<Case, Error> {
        tell(unit, &self.net, &decision.case, &decision.events).await?;
        for event in decision.events {
            unit.note(Note {
                at: self.asker.now,
                occurred_at: None,
                actor: self.asker.actor.member(),
                role: self
                    .asker
                    .actor
                    .role()
                    .map_or("clock", |role| role.as_str()),
                subject: Some(decision.case.id.0),
                event: Event::Case(event),
            });
        }
        Ok(decision.case)
    }

    /// The other half of a merge: the case that goes on takes up the tellings.
    async fn join(
        &self,
        unit: &Unit,
        other: Trail,
        merged: &Case,
        laid: &Laid<'_>,
    ) -> Result<(), Error> {
        let decision = case::attach(
            &other.case,
            merged,
            &self.asker.actor,
            &laid.terms(),
            self.asker.now,
        )?;
        let grown = self
            .save(unit, other.case.version, decision, other.department)
            .await?;
        self.keep_reason(unit, &grown).await
    }

    /// What the reporter is told at the end: the answer given; else, at closing, what whoever checked it told them. Never what was
    /// written for those who work on the case.
    async fn told(&self, unit: &Unit, case: CaseId) -> Result<Option<String>, Error> {
        if !ends(self.name, &self.form) {
            return Ok(None);
        }
        if let Some(told) = self.form.told() {
            return Ok(Some(told.to_owned()));
        }
        let checked = match self.name {
            CommandName::Close => unit.latest_checked(case).await?,
            _ => None,
        };
        checked.map(Some).ok_or_else(|| missing("answer"))
    }

    /// Whether the words are the record of a result.
    fn has_result(&self) -> bool {
        matches!(self.name, CommandName::Handle | CommandName::Fix)
    }

    /// Whether the words stand in a row of their own.
    fn has_row(&self) -> bool {
        matches!(self.name, CommandName::Coordinate | CommandName::Agree)
    }

    async fn keep_result(&self, unit: &Unit, case: CaseId) -> Result<(), Error> {
        let Some((words, member)) = self
            .form
            .text()
            .zip(self.asker.member())
            .filter(|_| self.has_result())
        else {
            return Ok(());
        };
        let (result, at) = (ResultId(self.result), self.asker.now);
        unit.keep_result(&KeptResult {
            id: result,
            case,
            member,
            note: words.to_owned(),
            at,
        })
        .await?;
        for (id, attached) in self.photos.iter().zip(&self.form.attached) {
            let attachment = Attachment {
                id: *id,
                case,
                report: None,
                result: Some(result),
                kind: attached.kind,
                blob: attached.blob.clone(),
                thumbnail: attached.thumbnail.clone(),
                at,
            };
            unit.keep_attachment(&attachment).await?;
        }
        Ok(())
    }
}
